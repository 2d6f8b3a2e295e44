"""What somebody is called, or a group: a name of any script that turns no sentence it stands in. Pure."""

import re

# Embeddings, overrides and isolates: what follows one that is not ended reads in its direction, a full stop at the wrong end.
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def unturned(name: str) -> str | None:
    """Return the name without marks that turn what follows it; `None` where nothing else is in it."""
    return _TURNS.sub("", name).strip() or None
