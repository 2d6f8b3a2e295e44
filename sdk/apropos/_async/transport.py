"""Sends requests and asks again when that is worth it; the only room here that knows the network.

Law: a caller hears of a failure only after every retry, and what they hear is an `AproposError`.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from .._protocol import Request, pause_before_repeating, understood
from .._version import __version__
from ..errors import Unreachable
from ..models import Page

T = TypeVar("T")


@dataclass(frozen=True)
class Transport:
    """The way to one service for one caller; `timeout` is in seconds, `retries` how often the same is sent again."""

    endpoint: str
    bearer: Callable[[], str] = field(repr=False)
    http: httpx.AsyncClient
    timeout: float
    retries: int
    direct: bool
    actor: str | None = None
    kept: MutableMapping[Any, Any] = field(default_factory=dict, repr=False)

    def acting_as(self, person_id: str) -> "Transport":
        """Return the same way for the host acting as this person."""
        return replace(self, actor=person_id)

    async def send(self, request: Request, shape: type[T]) -> T:
        """Return what the service answers. Raises the `ApiError` it means, or `Unreachable`."""
        return understood(await self.answer(request), shape)

    async def pages(self, request: Request, shape: type[Page[T]]) -> AsyncGenerator[T, None]:
        """Yield everything of a list, fetching a page when the one before is used up."""
        page = await self.send(request, shape)
        while True:
            for one in page.data:
                yield one
            if page.next is None:
                return
            query = (*(pair for pair in request.query if pair[0] != "cursor"), ("cursor", page.next))
            page = await self.send(replace(request, query=query), shape)

    async def answer(self, request: Request) -> httpx.Response:
        """Return the answer, whatever its status, once it is not worth asking again. Raises `Unreachable`."""
        attempt = 0
        while True:
            answer, failure = await self._once(request)
            pause = pause_before_repeating(attempt, answer) if attempt < self.retries else None
            if pause is None and answer is not None:
                return answer
            if pause is None:
                raise Unreachable(f"{self.endpoint} did not answer: {failure!r}") from failure
            await asyncio.sleep(pause)
            attempt += 1

    @asynccontextmanager
    async def streaming(self, request: Request, *, silence: float) -> AsyncIterator[httpx.Response]:
        """Give an answer whose body is read as it comes; the line may be silent for so many seconds. Raises `Unreachable`."""
        timeout = httpx.Timeout(self.timeout, read=silence)
        try:
            async with self.http.stream(**self._arguments(request, timeout)) as answer:
                if not answer.is_success:
                    await answer.aread()
                yield answer
        except httpx.TransportError as failure:
            raise Unreachable(f"{self.endpoint} went silent: {failure!r}") from failure

    async def _once(self, request: Request) -> tuple[httpx.Response | None, httpx.TransportError | None]:
        timeout = httpx.Timeout(self.timeout, read=self.timeout + request.patience)
        try:
            return await self.http.request(**self._arguments(request, timeout)), None
        except httpx.TransportError as failure:
            return None, failure

    def _arguments(self, request: Request, timeout: httpx.Timeout) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.bearer()}", "User-Agent": f"apropos-sdk/{__version__}", **request.headers}
        if self.actor is not None:
            headers["Apropos-Actor"] = quote(self.actor, safe="")
        return {
            "method": request.method, "url": self.endpoint + request.path, "params": list(request.query), "headers": headers,
            "json": request.body, "data": request.form, "files": {"file": request.file} if request.file else None,
            "timeout": timeout,
        }  # fmt: skip
