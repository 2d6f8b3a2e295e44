"""Derive `apropos/_sync` from `apropos/_async`: the same code without waiting.

    python sdk/derive.py            write it
    python sdk/derive.py --check    fail when what is written is not what would be

`connection.py` is not derived: it is the one place where the two sides differ.
"""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent / "apropos"
FROM, TO = HERE / "_async", HERE / "_sync"
BY_HAND = {"connection.py"}
WORDS = {
    "AsyncApropos": "Apropos", "AsyncBaseTransport": "BaseTransport", "AsyncClient": "Client",
    "AsyncGenerator": "Generator", "AsyncIterator": "Iterator",
    "__aenter__": "__enter__", "__aexit__": "__exit__", "aclose": "close", "aclosing": "closing", "aiter_bytes": "iter_bytes",
    "aread": "read", "asynccontextmanager": "contextmanager", "asyncio": "time",
}  # fmt: skip
FACE = '"""The SDK, not awaited; derived from `_async` by `sdk/derive.py`, all but `connection.py`."""\n'


def derived(name: str) -> str:
    """Return what `_sync/name` is, styled as the rest of the repository."""
    if name == "__init__.py":
        return FACE
    text = re.sub(r"\b(async (?=def|for|with)|await )", "", (FROM / name).read_text(encoding="utf-8"))
    text = re.sub(r"AsyncGenerator\[(\w+), None\]", r"AsyncGenerator[\1, None, None]", text)
    text = re.sub(r"\w+", lambda word: WORDS.get(word[0], word[0]), text)
    return _styled(f"# Derived from _async/{name} by sdk/derive.py: change it there.\n{text}", TO / name)


def main(*arguments: str) -> int:
    """Write `_sync`, or with `--check` tell what is stale. Returns the exit status."""
    wanted = {file.name: derived(file.name) for file in sorted(FROM.glob("*.py")) if file.name not in BY_HAND}
    there = {file.name: file.read_text(encoding="utf-8") for file in TO.glob("*.py") if file.name not in BY_HAND}
    stale = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
    if "--check" in arguments:
        sys.stdout.writelines(f"sdk/apropos/_sync/{name} is stale; run python sdk/derive.py\n" for name in stale)
        return 1 if stale else 0
    for name in stale:
        (TO / name).write_text(wanted[name], encoding="utf-8") if name in wanted else (TO / name).unlink()
    return 0


def _styled(text: str, path: Path) -> str:
    for how in (["check", "--quiet", "--select", "I,UP028,C416", "--fix-only", "--unsafe-fixes"], ["format", "--quiet"]):
        command = [sys.executable, "-m", "ruff", *how, "--stdin-filename", str(path), "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout  # noqa: S603 our own words
    return text


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
