"""Run a command with what it needs: `services.py COMMAND …` sets the address of each machine in its environment.

Each is taken from the environment, found on loopback, started from this computer's programs, or, for root on Debian,
installed. Law: what was not to be had is named in the last line, and where `CI` is set that is a failure.
"""

import functools
import os
import shutil
import signal
import subprocess
import sys

from machinery import MACHINES, Ground, Machine


def main(command: list[str]) -> int:
    """Run `command`; return its exit code, or 1 where it passed but `CI` is set and something was missing."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with Ground() as ground:
        addresses = {machine: address(machine, ground) for machine in MACHINES}
        for machine, where in addresses.items():
            print(f"{machine.name}: {where or 'not to be had'}", flush=True)
        found = {machine.variable: where for machine, where in addresses.items() if where}
        code = subprocess.run(command, check=False, env={**os.environ, **found}).returncode
    missing = [machine for machine, where in addresses.items() if not where]
    if missing:
        names = ", ".join(f"{machine.name} (install {machine.packages[-1]} or set {machine.variable})" for machine in missing)
        print(f"Did not run: what needs {names}.", flush=True)
    return code or int(bool(missing) and "CI" in os.environ)


def address(machine: Machine, ground: Ground) -> str | None:
    """Return where `machine` answers, or `None`."""
    if given := os.environ.get(machine.variable):
        return given
    here = machine.find() or machine.start(ground)
    if here or not any(installed(package) for package in machine.packages):
        return here
    return machine.find() or machine.start(ground)


def installed(package: str) -> bool:
    """Install a Debian package where that is allowed; say whether it is there now."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    refresh_packages()
    return _apt("install", "-y", "--no-install-recommends", package)


@functools.cache
def refresh_packages() -> None:
    """Fetch the list of packages, once."""
    _apt("update")


def _apt(*words: str) -> bool:
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", "-qq", *words], check=False, env=quietly).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
