"""The receivers in `examples/`, run as their first lines say: what happens arrives, and an outcome becomes the host's figure."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from listening import until
from programs import LIKE_NOWHERE, free_port

EXAMPLES = Path(__file__).parents[2] / "examples"
UVICORN = [sys.executable, "-m", "uvicorn", "--app-dir", str(EXAMPLES), "webhook_receiver:app"]
FLASK = [sys.executable, "-m", "flask", "--app", str(EXAMPLES / "outcomes_to_a_table.py"), "run"]


@pytest.fixture
async def receives(tmp_path, host):
    """Make a webhook and run an example for it: `receives(command, types=…)` gives the webhook and the file of its log."""
    started = []

    async def run(command, **which):
        port = free_port()
        hook = await host.webhooks.create(f"http://127.0.0.1:{port}/apropos", **which)
        around = LIKE_NOWHERE | {"APROPOS_WEBHOOK_SECRET": hook.secret, "FORECAST": str(tmp_path / "forecast.db")}
        with (tmp_path / "log").open("w") as log:
            started.append(await asyncio.to_thread(
                subprocess.Popen, [*command, "--port", str(port)], env=around, stdout=log, stderr=log
            ))  # fmt: skip

        async def answers():
            async with httpx.AsyncClient() as http:
                try:
                    return (await http.post(f"http://127.0.0.1:{port}/apropos")).status_code == 400
                except httpx.TransportError:
                    return False

        await until(answers)
        return hook, tmp_path / "log"

    yield run
    for process in started:
        process.terminate()
        await asyncio.to_thread(process.wait)


async def test_what_happens_is_written_to_a_log(receives, visit):
    _, log = await receives(UVICORN)
    ada = visit("ada", name="Ada")
    thread = await ada.threads.open("forecast_line:FL-7", "Which figure?")
    await ada.threads.resolve(thread.id, "Locked at 900,000")

    async def written():
        said = log.read_text()
        return "Ada wrote 'Which figure?'" in said and "Ada closed it: Locked at 900,000" in said

    await until(written)


async def test_an_outcome_becomes_the_hosts_figure_once(receives, visit, host, tmp_path):
    hook, _ = await receives(FLASK, types=["thread.resolved"], records=["forecast_line"])
    ada = visit("ada")
    thread = await ada.threads.open("forecast_line:FL-7", "Which figure do we lock?", field="q3/amount")
    await ada.threads.resolve(thread.id, "Locked at 900,000", value=900_000)

    async def delivered():
        found = [one async for one in host.webhooks.deliveries(hook.id, state="delivered")]
        return found[0] if found else None

    await host.webhooks.redeliver((await until(delivered)).id)
    await until(lambda: figures(tmp_path / "forecast.db"))

    assert await figures(tmp_path / "forecast.db") == [("FL-7", "q3/amount", 900_000.0, "ada")]


async def figures(path):
    """Return what the host's table says."""
    with closing(sqlite3.connect(path)) as host:
        return host.execute("SELECT * FROM forecast").fetchall()
