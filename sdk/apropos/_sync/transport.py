# Derived from _async/transport.py by sdk/derive.py: change it there.
"""Sends requests and asks again when that is worth it; the only room here that knows the network.

Law: a caller hears of a failure only after every retry, and what they hear is an `AproposError`.
"""

import time
from collections.abc import Callable, Generator, Iterator, MutableMapping
from contextlib import contextmanager
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
    http: httpx.Client
    timeout: float
    retries: int
    direct: bool
    actor: str | None = None
    kept: MutableMapping[Any, Any] = field(default_factory=dict, repr=False)

    def acting_as(self, person_id: str) -> "Transport":
        """Return the same way for the host acting as this person."""
        return replace(self, actor=person_id)

    def send(self, request: Request, shape: type[T]) -> T:
        """Return what the service answers. Raises the `ApiError` it means, or `Unreachable`."""
        return understood(self.answer(request), shape)

    def pages(self, request: Request, shape: type[Page[T]]) -> Generator[T, None, None]:
        """Yield everything of a list, fetching a page when the one before is used up."""
        page = self.send(request, shape)
        while True:
            yield from page.data
            if page.next is None:
                return
            query = (*(pair for pair in request.query if pair[0] != "cursor"), ("cursor", page.next))
            page = self.send(replace(request, query=query), shape)

    def answer(self, request: Request) -> httpx.Response:
        """Return the answer, whatever its status, once it is not worth asking again. Raises `Unreachable`."""
        attempt = 0
        while True:
            answer, failure = self._once(request)
            pause = pause_before_repeating(attempt, answer) if attempt < self.retries else None
            if pause is None and answer is not None:
                return answer
            if pause is None:
                raise Unreachable(f"{self.endpoint} did not answer: {failure!r}") from failure
            time.sleep(pause)
            attempt += 1

    @contextmanager
    def streaming(self, request: Request, *, silence: float) -> Iterator[httpx.Response]:
        """Give an answer whose body is read as it comes; the line may be silent for so many seconds. Raises `Unreachable`."""
        timeout = httpx.Timeout(self.timeout, read=silence)
        try:
            with self.http.stream(**self._arguments(request, timeout)) as answer:
                if not answer.is_success:
                    answer.read()
                yield answer
        except httpx.TransportError as failure:
            raise Unreachable(f"{self.endpoint} went silent: {failure!r}") from failure

    def _once(self, request: Request) -> tuple[httpx.Response | None, httpx.TransportError | None]:
        timeout = httpx.Timeout(self.timeout, read=self.timeout + request.patience)
        try:
            return self.http.request(**self._arguments(request, timeout)), None
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
