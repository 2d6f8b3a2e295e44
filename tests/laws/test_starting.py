"""A service begins with what it serves with, and with nothing else of what its libraries bring."""

import json
import subprocess
import sys

ELSEWHERE = {
    "alembic", "asyncpg", "greenlet", "httpcore", "httpx", "jinja2", "nats", "PIL", "pydantic.v1", "redis", "rich", "sqlalchemy",
    "watchfiles",
}  # fmt: skip
"""What only another database, another bus, a terminal, a call outside, a page of the console or a migration needs."""
BEGIN = """
import gc, json, sys
from apropos_service import cli, serving, workers
from apropos_service.settings import Settings
from pydantic import BaseModel

server = serving.Server(Settings())
server.app.build_middleware_stack()
shapes = [one for one in gc.get_objects() if isinstance(one, type) and issubclass(one, BaseModel)]
built = [one.__qualname__ for one in shapes if one.__pydantic_complete__ and one.__module__.startswith("apropos_service")]
print(json.dumps({"loaded": [name for name, module in sys.modules.items() if module], "shapes": len(shapes), "built": built}))
"""


def test_a_start_loads_nothing_that_only_others_need_and_builds_no_checks_that_nobody_asked_for():
    begun = subprocess.run([sys.executable, "-c", BEGIN], check=True, capture_output=True, text=True)

    found = json.loads(begun.stdout)
    assert ELSEWHERE & {*found["loaded"]} == set()
    assert found["shapes"] > 200
    assert {*found["built"]} <= {"Settings", "Upload", "Listing"}, "the settings are read, and forms are FastAPI's own"
