"""Tryton with its web client, as a company runs it, and the example that brings discussions to its forms.

Law: it lives in `.tryton`, a folder of its own that is made once; neither the product nor its tests import anything of it.
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from programs import LIKE_NOWHERE, free_port

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".tryton"
BIN = HOME / "venv/bin"
PASSWORD = "kestrel-and-pumps"
CONFIG = """[database]
uri = sqlite://
path = {folder}
[web]
listen = 127.0.0.1:{port}
root = {folder}/sao
[apropos]
endpoint = {service}
workspace = {workspace}
signing_secret = {secret}
models = party.party
"""
PEOPLED = """
from trytond.config import config
config.update_etc({config!r})
from trytond.pool import Pool
from trytond.transaction import Transaction
Pool.start()
pool = Pool("tests")
with Transaction().start("tests", 0, context={{"active_test": False}}):
    pool.init()
with Transaction().start("tests", 1):
    User, Group, Party = (pool.get(name) for name in ("res.user", "res.group", "party.party"))
    groups = [group.id for group in Group.search([])]
    User.create([
        {{"login": login, "name": name, "password": {password!r}, "groups": [("add", groups)]}}
        for login, name in (("ines", "Ines Marchetti"), ("tomasz", "Tomasz Wolny"))
    ])
    Party.create([{{"name": "Kestrel Water Authority"}}])
    Transaction().commit()
"""


def installed():
    """Install what Tryton needs into its folder, unless it is there as it is pinned."""
    pins = [ROOT / "requirements/tryton.txt", ROOT / "tests/tryton/package-lock.json"]
    wanted = "".join(pin.read_text(encoding="utf-8") for pin in pins)
    mark = HOME / "installed"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(HOME, ignore_errors=True)
    shutil.copytree(ROOT / "tests/tryton", HOME)
    tools = Path(sys.executable).parent
    env = LIKE_NOWHERE | {"PATH": f"{tools}:{os.environ['PATH']}", "VIRTUAL_ENV": str(HOME / "venv")}
    run(tools / "uv", "venv", "--quiet", "--no-config", "--python", sys.executable, HOME / "venv", env=env)
    run(tools / "uv", "pip", "install", "--quiet", "--no-config", "--require-hashes", "-r", pins[0], env=env)
    run(tools / "npm", "ci", "--prefix", HOME, "--loglevel=error", env=env, cwd=HOME)
    (next(BIN.parent.glob("lib/*/site-packages")) / "trytond/modules/apropos").symlink_to(ROOT / "examples/tryton_discussions")
    mark.write_text(wanted, encoding="utf-8")


def run(*command, **settings):
    """Run a command; what it says is in the failure."""
    done = subprocess.run([str(word) for word in command], check=False, capture_output=True, text=True, **settings)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def tryton(world, folder):
    """Give Tryton's address until the block ends: Ines, Tomasz and a party, who discuss it in `world`."""
    installed()
    port = free_port()
    config = folder / "trytond.conf"
    config.write_text(
        CONFIG.format(folder=folder, port=port, service=world.url, workspace=world.workspace, secret=world.secret), encoding="utf-8"
    )
    _dress(folder / "sao")
    (folder / "tests.sqlite").touch()
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    env = LIKE_NOWHERE | {"PYTHONPATH": str(ROOT / "sdk"), "TRYTONPASSFILE": str(folder / "password")}
    run(BIN / "trytond-admin", "-c", config, "-d", "tests", "-u", "apropos", "party", "--activate-dependencies",
        "--email", "ines@example.com", "-p", env=env)  # fmt: skip
    run(BIN / "python", "-c", PEOPLED.format(config=str(config), password=PASSWORD), env=env)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([str(BIN / "trytond"), "-c", str(config), "-d", "tests"], env=env, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait()


def _dress(sao):
    """The web client, and the example's hooks in it."""
    sao.mkdir()
    for part in (HOME / "node_modules/tryton-sao").iterdir():
        (sao / part.name).symlink_to(part)
    for hook in ("custom.js", "custom.css"):
        (sao / hook).symlink_to(ROOT / "examples/tryton_discussions" / hook)
