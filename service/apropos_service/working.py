"""Running readers and senders without answering anybody: for installations of many processes."""

import asyncio
import signal
import sys

import uvloop
from starlette.datastructures import State

from .app import running
from .serving import speak
from .settings import Settings


def run(settings: Settings) -> None:
    """Work until stopped; what is under way is finished first."""
    speak(settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_until_stopped(settings.model_copy(update={"work": True})))


async def _until_stopped(settings: Settings) -> None:
    stopped = asyncio.Event()
    for which in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(which, stopped.set)
    async with running(State(), settings):
        sys.stderr.write("Apropos works\n")
        await stopped.wait()
