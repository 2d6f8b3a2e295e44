"""What the log says: one line of JSON each, with its level and time, whatever is said."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

SAYING = """
import structlog
from apropos_service.serving import speak

speak("info")
log = structlog.get_logger()
log.debug("not said")
log.info("request", method="GET", ms=1.5, workspace=None)
log.warning("not ready", problem=ValueError("x"))
try:
    raise KeyError("y")
except KeyError:
    log.exception("failed")
"""


def test_a_line_is_json_with_its_level_and_its_time_and_says_what_was_raised():
    began = datetime.now(UTC)
    said = subprocess.run([sys.executable, "-c", SAYING], check=True, stderr=subprocess.PIPE).stderr

    request, warning, failure = [json.loads(line) for line in said.splitlines()]

    at = request.pop("timestamp")
    assert at.endswith("Z")
    assert timedelta(0) <= datetime.fromisoformat(at) - began < timedelta(minutes=1)
    assert list(request.items()) == [("method", "GET"), ("ms", 1.5), ("workspace", None), ("event", "request"), ("level", "info")]
    assert (warning["event"], warning["level"], warning["problem"]) == ("not ready", "warning", "ValueError('x')")
    assert (failure["event"], failure["level"]) == ("failed", "error")
    assert failure["exception"].startswith("Traceback")
    assert failure["exception"].endswith("KeyError: 'y'")
