"""What libraries would load on their way that nothing here uses: a fifth of the time it takes to start, and its memory.

Law: imported before them, and only by the command line. Each is told that it is not installed, which its users know how to
do without: FastAPI asks Pydantic 1 only whether a class is one of its own, structlog draws tracebacks without Rich and has
threads without greenlets, uvicorn watches no files.
"""

import sys
from typing import Any

modules: dict[str, Any] = sys.modules
modules.setdefault("pydantic.v1", None)
modules.setdefault("watchfiles", None)
later = [name for name in ("greenlet", "rich") if name not in modules]
"""What others of us may well load."""
modules.update(dict.fromkeys(later))

import structlog  # noqa: E402, F401 while they are not there

for name in later:
    del modules[name]
