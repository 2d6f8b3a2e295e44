"""Write each file of the widget's build beside itself as browsers take it compressed: `.br` and `.gz`, as small as can be.

Law: what the service sends was compressed once, when it was built. `python tools/compressed.py widget/dist`.
"""

import sys
from pathlib import Path

import brotli
from zopfli.gzip import compress

LEAST = 200
"""Bytes; what is smaller does not get smaller."""


def main(folder: Path) -> None:
    """Compress what is in a folder."""
    for file in sorted(file for file in folder.rglob("*") if file.suffix in {".js", ".css", ".json"}):
        content = file.read_bytes()
        if len(content) >= LEAST:
            file.with_name(f"{file.name}.br").write_bytes(brotli.compress(content))
            file.with_name(f"{file.name}.gz").write_bytes(compress(content))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
