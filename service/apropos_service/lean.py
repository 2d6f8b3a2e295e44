"""What libraries would load or build on their way that nothing here uses: a third of the time it takes to start, and its memory.

Law: imported before them, and only by the command line. Each is told that it is not installed, which its users know how to
do without: FastAPI asks Pydantic 1 only whether a class is one of its own, structlog draws tracebacks without Rich and has
threads without greenlets, uvicorn watches no files. Pydantic is told to build what checks a shape once it is asked to check:
most are of routes that are not called now, or describe OpenAPI for FastAPI.
"""

import sys
import warnings
from typing import Any

modules: dict[str, Any] = sys.modules
modules.setdefault("pydantic.v1", None)
modules.setdefault("watchfiles", None)
later = [name for name in ("greenlet", "rich") if name not in modules]
"""What others of us may well load."""
modules.update(dict.fromkeys(later))

import structlog  # noqa: E402, F401 while they are not there
from pydantic import BaseModel, ConfigDict  # noqa: E402
from pydantic.warnings import UnsupportedFieldAttributeWarning  # noqa: E402

for name in later:
    del modules[name]
BaseModel.model_config = ConfigDict(defer_build=True)
# FastAPI gives a body's shape an alias that has no effect, and while it makes one it has this warning ignored; ours are made later.
warnings.filterwarnings("ignore", "The 'alias' attribute", UnsupportedFieldAttributeWarning)
