"""A connection that refuses what is too many before anything is made of it: prepared bytes, no task, no line in the log.

Law: who is refused hears so at once, and then is not heard for a while: the more rest, the longer each does, so that coming again
and again costs the process about `REFUSALS` small answers a second, and nobody rests longer than they were told to stay away.
Source: for not reading from who was told to come later, https://lists.w3.org/Archives/Public/ietf-http-wg-old/1995SepDec/0383.html
"""

from typing import Any, cast

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from .gate import RETRY_AFTER, TOO_MANY, Gate, Lane
from .middleware import Around, Scope, request_id_of

_BODY = orjson.dumps(TOO_MANY.document())
_HEADERS = (
    (b"content-type", b"application/problem+json"),
    (b"content-length", str(len(_BODY)).encode()),
    (b"retry-after", str(RETRY_AFTER).encode()),
    *Around.HEADERS,
    Around.NOSNIFF,
)
_CLOSE = b"connection: close\r\n"


def _lines(headers: Any) -> bytes:
    return b"".join(b"%b: %b\r\n" % each for each in headers)


_HEAD = b"HTTP/1.1 503 Service Unavailable\r\n" + _lines(_HEADERS)


class Connection(HttpToolsProtocol):
    """One connection to the service, as uvicorn has it, but for what is too many."""

    def __init__(self, config: Any, server_state: Any, app_state: Any, _loop: Any = None) -> None:
        """`config` has the service, whose gate knows what is under way."""
        super().__init__(config, server_state, app_state, _loop)
        self._gate: Gate = config.app.state.gate
        self._rests = False

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Begin a request, or refuse it: in its turn among those that came on this connection."""
        lane = self._gate.lane(cast("Scope", cycle.scope))
        if lane is None:
            super()._start_asgi_task(cycle, app)
        elif self._gate.takes(lane):
            lane.coming += 1
            super()._start_asgi_task(cycle, app)
            self.loop.call_soon(lane.came)  # after its first step, which is where it is counted unless it waits for others
        else:
            self._refuse(cycle, lane)

    def _refuse(self, cycle: RequestResponseCycle, lane: Lane) -> None:
        """Answer, and let what is still to come of the request's body go by."""
        lane.refused.inc()
        stays = cycle.keep_alive and not cycle.waiting_for_100_continue  # who waits for a word may send the body or not
        cycle.response_started = cycle.response_complete = True
        if self.transport.is_closing():
            return
        self.transport.write(self._answer(cycle, stays=stays))
        if not stays:
            self.transport.close()
        elif self.pipeline:
            self.loop.call_soon(self.on_response_complete)  # a long row of them is no deep stack
        elif not self._rests:
            self._rests = True
            self.flow.pause_reading()
            self._gate.rest(self._wake)

    def _answer(self, cycle: RequestResponseCycle, *, stays: bool) -> bytes:
        scope = cast("Scope", cycle.scope)
        return b"%b%bx-request-id: %b\r\n%b\r\n%b" % (
            _HEAD, _lines(self.server_state.default_headers), request_id_of(scope).encode(),
            b"" if stays else _CLOSE, b"" if scope["method"] == "HEAD" else _BODY,
        )  # fmt: skip

    def _wake(self) -> None:
        self._rests = False
        if self.cycle.response_complete:
            self.on_response_complete()
        else:  # another request that came along with the refused one is worked on
            self.flow.resume_reading()
