"""The safe client: every call to an address that somebody else chose goes through `fetch`.

Law: a name is resolved once, every address it has is checked, and the connection is made to a checked address. No
redirect is followed, no proxy is taken from the environment, and no answer is waited for or read without end.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

import certifi
import httpcore

from .called import Answer, Network, Refused, Unreachable

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns all addresses of a host, for a port."""

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?(?P<target>[/?][!-~]*)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_URL = 2_000
_PORTS = {"http": 80, "https": 443}

# What `is_global` lets through, or let through in some Python: relays and tunnels that end elsewhere, multicast, and
# addresses that mean the machine next door in some cloud. Source: IANA's special-purpose registries.
_NOT_PUBLIC: tuple[Network, ...] = tuple(map(ip_network, (
    "0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "169.254.0.0/16", "192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24",
    "192.88.99.0/24", "192.175.48.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16",
    "2620:4f:8000::/48", "3ffe::/16", "3fff::/20",
)))  # fmt: skip
_PUBLIC_6 = IPv6Network("2000::/3")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether `address` is somewhere on the internet; mapped, translated and tunnelled addresses are not."""
    if isinstance(address, IPv6Address) and (address not in _PUBLIC_6 or int(address) >> 32 & 0xFFFFFFFF in _ISATAP):
        return False
    return address.is_global and not any(address in network for network in _NOT_PUBLIC)


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """Resolve as the operating system does."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


async def admit(url: str, *, deadline: float, allow: Sequence[Network] = (), resolve: Resolve = system_resolver) -> None:
    """Raise `Refused` or `Unreachable` when `fetch` would not connect to this address now; connects to nothing."""
    try:
        async with asyncio.timeout(deadline):
            await _checked(_parse(url), allow=allow, resolve=resolve)
    except TimeoutError as problem:
        raise Unreachable(f"its name was not found within {deadline:g} s") from problem


async def fetch(  # noqa: PLR0913 all that a call is
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
    deadline: float,
    limit: int,
    allow: Sequence[Network] = (),
    resolve: Resolve = system_resolver,
) -> Answer:
    """Make one request and return the answer, whatever its status; `deadline` is seconds for all of it, `limit` bytes.

    Plain `http`, and addresses that are not public, only in the networks of `allow`. Raises `Refused` before any
    connection, and `Unreachable`.
    """
    place = _parse(url)
    try:
        async with asyncio.timeout(deadline):
            addresses = await _checked(place, allow=allow, resolve=resolve)
            request = httpcore.Request(method, place, headers=_headers(place, headers, body), content=body)
            async with (
                _Door(addresses, deadline / len(addresses)) as door,
                httpcore.AsyncHTTPConnection(place.origin, ssl_context=_tls(), network_backend=door) as connection,
            ):
                return await _exchange(connection, request, limit)
    except TimeoutError as problem:
        raise Unreachable(f"no answer within {deadline:g} s") from problem
    except httpcore.ProtocolError as problem:  # its text repeats what came, which is not ours to note
        raise Unreachable("its answer is not HTTP") from problem
    except (httpcore.NetworkError, httpcore.TimeoutException, OSError) as problem:
        raise Unreachable(f"{type(problem).__name__}: {problem}") from problem


class _Door(httpcore.AsyncNetworkBackend):
    """Opens connections to the checked addresses and nowhere else, whatever host is asked for."""

    def __init__(self, addresses: Sequence[str], patience: float) -> None:
        self._addresses = addresses
        self._patience = patience
        self._inner = httpcore.AnyIOBackend()
        self._opened: list[httpcore.AsyncNetworkStream] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close what httpcore leaves open when the deadline comes during a TLS handshake."""
        for stream in self._opened:
            await stream.aclose()

    async def connect_tcp(
        self,
        host: str,  # noqa: ARG002 resolved before
        port: int,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 httpcore's signature; the deadline holds
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        for address in self._addresses:
            try:
                stream = await self._inner.connect_tcp(address, port, self._patience, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            self._opened.append(stream)
            return stream
        raise httpcore.ConnectError("no address of it takes connections")


def _parse(url: str) -> httpcore.URL:
    found = _URL.fullmatch(url.partition("#")[0]) if len(url) <= _LONGEST_URL and "\\" not in url else None
    if found is None:
        raise Refused("this is not an address such as https://example.com/path, without a user name, in ASCII")
    scheme = found["scheme"].lower()
    port = int(found["port"] or _PORTS[scheme])
    if not 0 < port < 1 << 16:
        raise Refused("there is no such port")
    target = (found["target"] or "/").encode()
    target = target if target.startswith(b"/") else b"/" + target
    return httpcore.URL(scheme=scheme.encode(), host=found["host"].strip("[]").lower().encode(), port=port, target=target)


async def _checked(place: httpcore.URL, *, allow: Sequence[Network], resolve: Resolve) -> list[str]:
    host, port = place.host.decode(), place.port or 0
    try:
        found = list(dict.fromkeys(await resolve(host, port)))
    except (OSError, UnicodeError) as problem:
        raise Unreachable(f"{host} was not found") from problem
    if not found:
        raise Unreachable(f"{host} was not found")
    for text in found:
        _check(text, secure=place.scheme == b"https", allow=allow)
    return found


def _check(text: str, *, secure: bool, allow: Sequence[Network]) -> None:
    try:
        address = ip_address(text)
    except ValueError as problem:
        raise Refused("it resolves to something that is no address") from problem
    if any(address in network for network in allow):
        return
    if not is_public(address):
        raise Refused("it resolves to an address that is not public, in a network that the operator does not allow")
    if not secure:
        raise Refused("only https is called, except in networks that the operator allows")


def _headers(place: httpcore.URL, given: Mapping[str, str], body: bytes | None) -> list[tuple[bytes | str, bytes | str]]:
    host = f"[{place.host.decode()}]" if b":" in place.host else place.host.decode()
    usual = place.port == _PORTS[place.scheme.decode()]
    ours = {"Host": host if usual else f"{host}:{place.port}", "User-Agent": "apropos", "Accept-Encoding": "identity"}
    length = {} if body is None else {"Content-Length": str(len(body))}
    return [*ours.items(), *given.items(), *length.items()]


async def _exchange(connection: httpcore.AsyncHTTPConnection, request: httpcore.Request, limit: int) -> Answer:
    body = bytearray()
    answer = await connection.handle_async_request(request)
    try:
        async for chunk in answer.aiter_stream():
            body += chunk
            if len(body) > limit:
                break
    finally:
        await answer.aclose()
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
    return Answer(answer.status, headers, bytes(body[:limit]), len(body) > limit)


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context
