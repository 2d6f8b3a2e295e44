"""Write `threads/emoji.txt` anew: every emoji there is, as Unicode's emoji-test.txt lists them.

Law: only until the next release of Unicode, some time each September; `pip install emoji`, whose table is made of that file, first.
Source: https://unicode.org/Public/emoji/ and https://pypi.org/project/emoji/.
"""

import textwrap
from pathlib import Path

from emoji import EMOJI_DATA, STATUS

PLACE = Path(__file__).parents[1] / "service/apropos_service/threads/emoji.txt"


def main() -> None:
    """Write those that are fully qualified, which is how each is kept; a part of one (a skin tone alone) is none."""
    whole = [one for one, said in EMOJI_DATA.items() if said["status"] == STATUS["fully_qualified"]]
    PLACE.write_text("\n".join(textwrap.wrap(" ".join(sorted(whole)), 130)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
