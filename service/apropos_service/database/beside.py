"""Making rows in a process of its own, while this one brings them in: a computer has a core for each.

Law: little is made ahead of what was taken; what is refused there is raised here; and that process never outlives this one.
"""

import asyncio
import gc
import multiprocessing
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from ..errors import Problem

T = TypeVar("T")
_fresh = multiprocessing.get_context("spawn")


@asynccontextmanager
async def beside(make: Callable[..., Iterator[T]], *given: Any) -> AsyncIterator[AsyncIterator[T]]:
    """Give what `make(*given)` yields, made in another process: a function of a module, what it takes and gives can be pickled.

    The `Problem` or `OSError` that it raises is raised to who takes; where it ends otherwise, it has said why itself.
    """
    end, theirs = _fresh.Pipe(duplex=False)
    maker = _fresh.Process(target=_make, args=(theirs, make, given), name="apropos maker", daemon=True)
    maker.start()
    theirs.close()
    try:
        yield _taken(end)
    finally:
        maker.terminate()  # also where nobody takes any more
        maker.join()


async def _taken(end: Connection) -> AsyncIterator[Any]:
    while (made := await asyncio.to_thread(end.recv)) is not None:
        if isinstance(made, Exception):
            raise made
        yield made


def _make(end: Connection, make: Callable[..., Iterator[Any]], given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that takes
    gc.disable()  # as `Database.loading` does
    with suppress(BrokenPipeError):  # it is gone
        try:
            for made in make(*given):
                end.send(made)
            end.send(None)
        except (Problem, OSError) as problem:
            end.send(problem)
