"""A WebSocket as the server holds it: frames go straight to the transport, and nothing waits for whoever does not read.

Law: what is written is written once and kept by nobody else; a peer that leaves more than `MOST` bytes unread is told
`resync` and closed. What is not understood is answered with a code of RFC 6455 and harms nobody else.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, Final, cast
from urllib.parse import parse_qs, urlsplit

from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from . import frames
from .crowd import Write
from .page import Page

PATH: Final = "/v1/live"
LARGEST, MOST = 16_384, 262_144
"""Bytes of a message, and of what may wait to be read by the peer."""
UNHURRIED = 20.0
"""Seconds that a peer has to make room, or to go once it was told to."""
QUIET, SILENT = 25.0, 70.0
"""Seconds of silence after which a peer is asked whether it is there, and after which it is taken to be gone."""
TOKENS = {"token", "access_token", "key"}
_log = logging.getLogger("apropos.line")


class Talk(ServerProtocol):
    """The protocol, of which a peer may take leave in the middle of a message. Source: RFC 6455, sections 5.4 and 5.5."""

    def recv_frame(self, frame: Frame) -> None:
        """Hear a frame; after a close, the rest of a message is not waited for."""
        if frame.opcode is Opcode.CLOSE:
            self.current_size = None
        super().recv_frame(frame)


class Line(asyncio.Protocol):
    """One connection, from the handshake on; a page speaks on it. Made by uvicorn for each upgrade."""

    __slots__ = (
        "_asked", "_closing", "_connections", "_heard", "_is_open", "_is_text", "_page", "_parts", "_protocol", "_state",
        "_transport", "_writable",
    )  # fmt: skip

    speaks: Callable[[Any, "Line"], Page] = Page
    largest = LARGEST
    """Bytes of a message that the peer may send."""

    def __init__(self, config: Any, server_state: Any, app_state: Any) -> None:  # noqa: ARG002 uvicorn gives all three
        """`config` has the service, `server_state` the connections that uvicorn stops."""
        self._connections: set[Any] = server_state.connections
        self._state = config.app.state
        self._protocol = Talk(max_size=self.largest, logger=_log)
        self._page: Page | None = None
        self._is_open = False
        self._parts: list[bytes] = []
        self._is_text = True
        self._writable: asyncio.Event | None = None
        self._closing: asyncio.TimerHandle | None = None
        self._heard, self._asked = monotonic(), False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        self._connections.add(self)

    def connection_lost(self, _: Exception | None) -> None:
        """End."""
        self._connections.discard(self)
        if self._closing is not None:
            self._closing.cancel()
        if self._writable is not None:
            self._writable.set()
        if self._page is not None:
            self._page.leave()

    def data_received(self, data: bytes) -> None:
        """Hear what the peer says."""
        self._heard, self._asked = monotonic(), False
        self._protocol.receive_data(data)
        if self._protocol.state is OPEN:
            self._flush()  # a ping between fragments is answered before the message
        for event in self._protocol.events_received():
            if isinstance(event, Request):
                self._shake(event)
            elif isinstance(event, Frame):
                self._hear(event)
        self._flush()
        if self._protocol.close_expected():
            self._shut()
            self._go()

    def pause_writing(self) -> None:
        """Know that the peer is behind."""
        self._writable = self._writable or asyncio.Event()
        self._writable.clear()
        self._unsettle()
        asyncio.get_running_loop().call_soon(self._weigh)  # what was written straight may be too much already

    def resume_writing(self) -> None:
        """Know that it caught up."""
        if self._writable is not None:
            self._writable.set()
            self._writable = None

    def shutdown(self) -> None:
        """Close, once what was written is sent: the service stops, and `page` has said so."""
        self.close(CloseCode.SERVICE_RESTART)
        self._transport.close()

    async def room(self) -> None:
        """Wait until the peer has read most of what it was told; one that does not is closed."""
        if self._writable is not None and self._is_open:
            with suppress(TimeoutError):
                async with asyncio.timeout(UNHURRIED):
                    await self._writable.wait()
                    return
            self._give_up()

    @property
    def straight(self) -> Write | None:
        """What writes a whole frame to a peer that reads; the page is unsettled before nothing may be written so any more."""
        return self._transport.write if self._is_open and self._writable is None else None

    def write(self, frame: bytes) -> None:
        """Write a whole frame; a peer too far behind is closed instead."""
        if self._is_open:
            self._transport.write(frame)
            if self._writable is not None:
                self._weigh()

    def say(self, said: Any) -> None:
        """Write JSON."""
        self.write(frames.frame(said))

    def close(self, code: int) -> None:
        """Close, once what was written is read; whoever does not read it is cut off."""
        if self._is_open:
            self._shut()
            self._protocol.send_close(code)
            self._flush()
        self._go()

    def hold(self, *, still: bool) -> None:
        """Read nothing from the peer while `still`."""
        if not self._transport.is_closing():
            self._transport.pause_reading() if still else self._transport.resume_reading()

    def beat(self) -> None:
        """Ask a peer that was quiet whether it is there, and drop one that does not answer."""
        silence = monotonic() - self._heard
        if silence > SILENT:
            self._transport.abort()
        elif silence > QUIET and not self._asked and self._is_open:
            self._asked = True
            self._protocol.send_ping(b"")
            self._flush()

    def _shake(self, request: Request) -> None:
        address = urlsplit(request.path)
        if address.path != PATH:
            answer = self._protocol.reject(404, "There is nothing here.\n")
        elif TOKENS & parse_qs(address.query).keys():
            answer = self._protocol.reject(400, "Addresses are written down everywhere: a token goes into the first frame.\n")
        else:
            answer = self._protocol.accept(request)
        self._protocol.send_response(answer)
        self._is_open = self._protocol.state is OPEN
        if self._is_open:
            self._page = self.speaks(self._state, self)

    def _hear(self, frame: Frame) -> None:
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._is_text, self._parts = frame.opcode is Opcode.TEXT, []
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            self._parts.append(bytes(frame.data))
            if frame.fin and self._page is not None and self._is_open:
                self._pass(b"".join(self._parts), self._page)

    def _pass(self, message: bytes, page: Page) -> None:
        self._parts = []
        if not self._is_text:
            self.close(CloseCode.UNSUPPORTED_DATA)
            return
        try:
            page.hear(message.decode())
        except UnicodeDecodeError:
            self.close(CloseCode.INVALID_DATA)

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self._transport.write(data)

    def _shut(self) -> None:
        """Write nothing more that is told."""
        self._is_open = False
        self._unsettle()

    def _unsettle(self) -> None:
        if self._page is not None:
            self._page.unsettle()

    def _go(self) -> None:
        """Close the connection when the peer does, or after a while."""
        if self._closing is None:
            self._closing = asyncio.get_running_loop().call_later(UNHURRIED, self._transport.abort)
        if self._protocol.close_rcvd is not None or self._protocol.eof_sent:
            self._transport.close()

    def _weigh(self) -> None:
        if self._transport.get_write_buffer_size() > MOST:
            self._give_up()

    def _give_up(self) -> None:
        if self._page is not None and self._is_open:
            self._page.fell_behind()
            self.close(CloseCode.TRY_AGAIN_LATER)
