"""What an operator asks when something is wrong: each check says how it is and what to do."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.datastructures import State

from . import migrations
from .access import keyring
from .access.secrets import Vault
from .app import READERS
from .attachments.storage import Files
from .audit.verifying import NEWEST, broken
from .database import Database
from .events.bus import Bus, open_bus
from .events.sealing import Sealing
from .events.upkeep import standings
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    says: str


async def examine(settings: Settings) -> list[Check]:
    """Look at everything the service stands on; what fails says what to do."""
    found = [await _check("secret key", lambda: _secret(settings))]
    try:
        database = await Database.open(settings.database, Sealing(b""))  # it only looks
    except Exception as problem:  # noqa: BLE001 it is said, whatever it is
        return [*found, Check("database", ok=False, says=f"{problem!r}. Is --database-url right and the server up?")]
    found.append(await _check("database", lambda: _version(database)))
    found.append(await _check("keys", lambda: _keys(database, settings)))
    found.append(await _check("clock", lambda: _clock(database, settings)))
    found.append(await _check("bus", lambda: _bus(settings)))
    found.append(Check("mail", ok=True, says="not sent by this version"))
    found.append(await _check("readers", lambda: _readers(database)))
    found.append(await _check("audit log", lambda: _audit(database, settings)))
    found.append(await _check("files", lambda: asyncio.to_thread(lambda: f"written to {Files.of(settings).check()}")))
    await database.close()
    return found


async def _check(name: str, look: Callable[[], Awaitable[str]]) -> Check:
    try:
        return Check(name, ok=True, says=await look())
    except Exception as problem:  # noqa: BLE001 it is said, whatever it is
        return Check(name, ok=False, says=str(problem) or repr(problem))


async def _secret(settings: Settings) -> str:
    keyring.secret_key(settings)
    return "from APROPOS_SECRET_KEY" if settings.secret_key else f"from {settings.data_dir / 'secret_key'}; keep a copy of it"


async def _version(database: Database) -> str:
    async with database.reading("") as look:
        try:
            found = await look.fetch("SELECT version_num FROM alembic_version")
        except Exception as problem:
            raise RuntimeError("it is empty; apropos serve or apropos migrate sets it up") from problem
    if found[0][0] != migrations.HEAD:
        raise RuntimeError(f"it is at {found[0][0]}, this version needs {migrations.HEAD}: make a copy, then run apropos migrate")
    return f"answers, at {migrations.HEAD}"


async def _keys(database: Database, settings: Settings) -> str:
    await keyring.check(database, Vault(keyring.secret_key(settings)))
    async with database.reading("") as look:
        [(count,)] = await look.fetch("SELECT count(*) FROM access_key WHERE revoked_at IS NULL")
    if not count:
        raise RuntimeError("there is no server key yet: apropos workspace create NAME")
    return f"{count} server keys are valid"


async def _clock(database: Database, settings: Settings) -> str:
    if not settings.database.startswith("postgresql:"):
        return "the database's clock is this machine's"
    async with database.reading("") as look:
        [(theirs,)] = await look.fetch("SELECT extract(epoch FROM clock_timestamp())")
    apart = abs(float(theirs) - time.time())
    if apart > 5:  # noqa: PLR2004 seconds
        raise RuntimeError(f"this machine and the database are {apart:.0f} s apart: set up NTP on both")
    return f"{apart:.2f} s from the database's"


async def _bus(settings: Settings) -> str:
    if settings.bus.startswith("memory:"):
        return "in memory: right for one process, others would look every second"
    bus = open_bus(settings.bus, lambda _: None)
    try:
        return await _until_healthy(bus, settings.bus.partition(":")[0])
    finally:
        await bus.close()


async def _readers(database: Database) -> str:
    found = await standings(database, [make(State({"database": database})).name for make in READERS])
    parked = [f"{one.reader} parked {one.parked} entries (last: {one.problem})" for one in found if one.parked]
    if parked:
        raise RuntimeError(f"{'; '.join(parked)}. Once the cause is gone: apropos reader retry NAME")
    late = [f"{one.reader} is {one.behind} entries behind" for one in found if one.behind]
    return f"{', '.join(late)}; apropos serve or apropos work catches up" if late else "have read everything, and parked nothing"


async def _audit(database: Database, settings: Settings) -> str:
    breaks = await broken(database, Vault(keyring.secret_key(settings)).sealing, newest=NEWEST)
    if breaks:
        raise RuntimeError(f"{breaks[0]} (and {len(breaks) - 1} more). Look at it with: apropos audit verify")
    return f"the newest {NEWEST:,} entries of every workspace are as they were written; apropos audit verify looks at all"


async def _until_healthy(bus: Bus, kind: str) -> str:
    for _ in range(30):
        if bus.healthy():
            return f"{kind} carries hints between processes"
        await asyncio.sleep(0.1)
    raise RuntimeError("BUS_URL does not answer; live delivery is late by up to a second until it does")
