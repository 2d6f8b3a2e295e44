"""The parts of the widget as this service served them before it was updated, for pages that were opened then.

Law: a page that stays open over an update goes on with the build it began with; parts of two builds never meet.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog

from .settings import Settings

log = structlog.get_logger()
MOST: Final = 5
"""So many builds are kept, the current one among them: some 1 MB each."""


def kept_in(settings: Settings) -> Path:
    """Return the folder in which builds are kept: `<build>/<part>.js` in it."""
    return settings.data_dir / "widget"


def keep(built: Path, kept: Path) -> None:
    """Keep the parts of the build in `built`, and forget all but the last `MOST`. A folder that cannot be written keeps none."""
    try:
        for build in (built / "chunks").glob("*"):
            _bring(build, kept / build.name)
        started_last = sorted(kept.glob("*"), key=lambda build: build.stat().st_mtime, reverse=True)
        for build in started_last[MOST:]:
            shutil.rmtree(build, ignore_errors=True)
    except OSError as problem:
        log.warning("pages that are open now will need a reload after the next update", folder=str(kept), problem=str(problem))


def _bring(build: Path, place: Path) -> None:
    """Copy a build to its place, whole or not at all, whoever else does so; that it is there already says that it was started."""
    if not place.exists():
        partly = place.with_name(f".{place.name}-{os.getpid()}")
        shutil.copytree(build, partly, dirs_exist_ok=True)
        with suppress(OSError):  # another process was quicker
            partly.rename(place)
        shutil.rmtree(partly, ignore_errors=True)
    os.utime(place)
