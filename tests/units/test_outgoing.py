"""Nothing is called but public addresses, and the address that was checked is the one connected to."""

import asyncio
import time
from contextlib import asynccontextmanager
from ipaddress import ip_address, ip_network

import pytest

from apropos_service.called import Answer, Refused, Unreachable
from apropos_service.outgoing import fetch, is_public
from wires import shut

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.215.14 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
172.15.255.255 172.32.0.0 192.0.1.0 192.89.0.1 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 203.0.112.255
203.0.114.0 223.255.255.255 2606:4700:4700::1111 2a00:1450:4001:82a::200e 2001:4860:4860::8888 2400:cb00:2048:1::c629:d7a2
"""
NOT_PUBLIC = """
0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255 127.0.0.0 127.0.0.1
127.0.0.53 127.1.1.1 127.255.255.255 168.63.129.16 169.254.0.0 169.254.169.254 169.254.170.2 169.254.169.123 169.254.255.255
172.16.0.0 172.16.0.1 172.31.255.255 192.0.0.0 192.0.0.1 192.0.0.192 192.0.0.170 192.0.2.0 192.0.2.255 192.31.196.1
192.52.193.1 192.88.99.0 192.88.99.1 192.88.99.255 192.168.0.0 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.0 198.18.0.1
198.19.255.255 198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255 224.0.0.0 224.0.0.1 224.0.0.251 233.252.0.1
239.255.255.250 239.255.255.255 240.0.0.0 240.0.0.1 250.1.2.3 255.255.255.254 255.255.255.255 :: ::1 ::2 ::127.0.0.1
::10.0.0.1 ::8.8.8.8 ::ffff:0.0.0.0 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:192.168.0.1 ::ffff:8.8.8.8
::ffff:7f00:1 ::ffff:0:127.0.0.1 ::ffff:0:8.8.8.8 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254
64:ff9b::8.8.8.8 64:ff9b:1::1 64:ff9b:1::10.0.0.1 100::1 100:0:0:1::1 2001::1 2001:0:7f00:1::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:1::1 2001:2::1 2001:10::1 2001:20::1 2001:30::1 2001:db8::1 2001:db8:ffff::1
2002::1 2002:7f00:1::1 2002:a00:1::1 2002:a9fe:a9fe::1 2002:808:808::1 2620:4f:8000::1 3ffe::1 3fff::1 3fff:fff::1 4000::1
5f00::1 8000::1 a000::1 e000::1 fc00::1 fd00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::a9fe:a9fe fec0::1 feff::1 ff00::1 ff01::1
ff02::1 ff02::fb ff05::2 ff0e::1 2a00:1450::5efe:7f00:1 2a00:1450::200:5efe:a00:1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
"""
# What reaches this machine or the next through the real resolver, however it is spelt.
SPELLINGS = """
127.0.0.1 127.1 127.0.1 0 0.0 0x7f.1 0x7f000001 0X7F.0.0.1 0177.0.0.1 017700000001 2130706433 127.0.0.1. localhost LOCALHOST
localhost. 0x0a000001 10.1 167772161 012.0.0.1 192.168.1 3232235521 169.254.43518 2852039166 0xa9fea9fe 0251.0376.0251.0376
[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:0:0:1] [0000::0001] [::127.0.0.1] [64:ff9b::7f00:1] [fe80::1]
[fd00:ec2::254] [::ffff:169.254.169.254] [::FFFF:10.0.0.1] [2002:7f00:1::]
"""
NO_ADDRESSES = [
    "", "example.com", "//example.com", "/x", "ftp://example.com", "file:///etc/passwd", "gopher://example.com",
    "javascript:alert(1)",
    "data:text/html,x", "unix:///run/x.sock", "https:example.com", "https:/example.com", "https:///example.com", "https://",
    "https://user@example.com", "https://user:secret@example.com", "https://@example.com", "https://example.com@127.0.0.1",
    "https://example.com\\@127.0.0.1", "https://127.0.0.1\\.example.com", "https://exa mple.com", " https://example.com",
    "https://example.com ", "https://example.com\n", "https://example.com/\r\nHost: x", "https://example.com/a b", "https://example.com/ä",
    "https://exämple.com", "https://ⓛocalhost", "https://127。0。0。1", "https://①②⑦.0.0.1", "https://%6c%6fcalhost", "https://example.com:0",
    "https://example.com:65536", "https://example.com:99999", "https://example.com:-1", "https://example.com:x", "https://example.com:",
    "https://example.com:\uff11", "https://[::1", "https://::1", "https://[fe80::1%25lo]", "https://[fe80::1%lo]", "https://[v1.x]",
    "https://[127.0.0.1", "https://example.com[", "https://example.com/\0", "http\u017f://example.com", "https://" + "a" * 254,
    "https://example.com/" + "a" * 2_000, "https://example,com", "https://example.com;x", "https://*.example.com",
]  # fmt: skip
LOCAL = [ip_network("127.0.0.0/8"), ip_network("::1/128")]


def resolved(*addresses):
    async def resolve(host, port):
        resolve.asked.append((host, port))
        return addresses

    resolve.asked = []
    return resolve


async def get(url, **more):
    asked = {"headers": {}, "body": None, "deadline": 2.0, "limit": 1_000, **more}
    return await fetch("GET", url, **asked)


@asynccontextmanager
async def serving(answer, *, slowly=0.0):
    """Serve one `answer` on this machine; yield its port and the requests it saw."""
    seen, open_ones = [], []

    async def serve(reader, writer):
        open_ones.append(writer)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            seen.append(head + (await reader.readexactly(2) if b"POST" in head else b""))
            for at in range(0, len(answer), 1 if slowly else 1 << 20):
                writer.write(answer[at : at + (1 if slowly else 1 << 20)])
                await writer.drain()
                await asyncio.sleep(slowly)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], seen
    finally:
        await shut(server)
        for writer in open_ones:
            writer.transport.abort()  # an answer that nobody reads would keep it open
        await shut(server)


@pytest.mark.parametrize("text", PUBLIC.split())
def test_these_are_public(text):
    assert is_public(ip_address(text))


@pytest.mark.parametrize("text", NOT_PUBLIC.split())
async def test_these_are_not_public_and_not_called(text):
    assert not is_public(ip_address(text))
    for addresses in ([text], ["8.8.8.8", text], [text, "2606:4700:4700::1111"], ["8.8.8.8"] * 9 + [text]):
        with pytest.raises(Refused):
            await get("https://hook.example/", resolve=resolved(*addresses))


@pytest.mark.parametrize("host", SPELLINGS.split())
async def test_this_machine_is_not_called_however_it_is_spelt(host):
    for scheme in ("https", "http"):
        with pytest.raises((Refused, Unreachable), match=r"not public|not found"):
            await get(f"{scheme}://{host}:1/")


@pytest.mark.parametrize("url", NO_ADDRESSES, ids=ascii)
async def test_what_is_no_plain_web_address_is_not_even_resolved(url):
    resolve = resolved("8.8.8.8")

    with pytest.raises(Refused):
        await get(url, resolve=resolve)
    assert resolve.asked == []


async def test_what_resolves_to_no_address_or_to_nothing_is_not_called():
    with pytest.raises(Refused):
        await get("https://hook.example/", resolve=resolved("fe80::1%eth0"))
    with pytest.raises(Refused):
        await get("https://hook.example/", resolve=resolved("hook.example"))
    with pytest.raises(Unreachable):
        await get("https://hook.example/", resolve=resolved())


async def test_http_is_for_allowed_networks_only():
    with pytest.raises(Refused, match="https"):
        await get("http://hook.example/", resolve=resolved("8.8.8.8"))
    with pytest.raises(Refused, match="https"):
        await get("http://hook.example/", resolve=resolved("127.0.0.1", "8.8.8.8"), allow=LOCAL)


async def test_the_name_is_resolved_once_and_the_checked_address_called_with_the_name_as_host():
    async with serving(b"HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 2\r\n\r\nok") as (port, seen):
        resolve = resolved("127.0.0.1")
        url = f"http://Hook.example:{port}/a?b=c#d"
        answer = await fetch(
            "POST", url, headers={"X-B": "c"}, body=b"hi", deadline=2, limit=9, allow=LOCAL, resolve=resolve,
        )  # fmt: skip

    assert answer == Answer(200, {"x-a": "b", "content-length": "2"}, b"ok", cut=False)
    assert resolve.asked == [("hook.example", port)]
    assert seen[0].startswith(b"POST /a?b=c HTTP/1.1\r\n")
    assert f"Host: hook.example:{port}\r\n".encode() in seen[0]
    assert b"X-B: c\r\n" in seen[0]
    assert seen[0].endswith(b"\r\n\r\nhi")


async def test_a_name_that_resolves_differently_the_second_time_gains_nothing():
    addresses = iter([["8.8.8.8", "127.0.0.1"], ["127.0.0.1"]])

    async def resolve(_host, _port):
        return next(addresses)

    async with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (port, seen):
        with pytest.raises(Refused):
            await get(f"https://hook.example:{port}/", resolve=resolve)
    assert seen == []


async def test_no_redirect_is_followed_and_no_proxy_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    async with serving(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n") as (port, seen):
        answer = await get(f"http://127.0.0.1:{port}/", allow=LOCAL)

    assert answer.status == 302
    assert len(seen) == 1


async def test_the_next_checked_address_is_tried_when_the_first_is_dead():
    async with serving(b"HTTP/1.1 204 No Content\r\n\r\n") as (port, _):
        answer = await get(f"http://hook.example:{port}/", allow=LOCAL, resolve=resolved("127.9.9.9", "::1", "127.0.0.1"))

    assert answer.status == 204


async def test_an_answer_is_read_up_to_its_limit():
    async with serving(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5_000_000) as (port, _):
        answer = await get(f"http://127.0.0.1:{port}/", allow=LOCAL, limit=4_096)

    assert answer.body == b"x" * 4_096
    assert answer.cut


NO_ANSWERS = [
    b"",
    b"nonsense\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx",
    b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
]
DRIPPING = [b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 99, b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + b"x" * 999]


@pytest.mark.parametrize("answer", NO_ANSWERS, ids=range(4))
async def test_an_answer_that_is_none_is_unreachable(answer):
    async with serving(answer) as (port, _):
        with pytest.raises(Unreachable):
            await get(f"http://127.0.0.1:{port}/", allow=LOCAL)


@pytest.mark.parametrize("answer", DRIPPING, ids=["header", "body"])
async def test_a_dripping_answer_ends_with_the_deadline(answer):
    async with serving(answer, slowly=0.05) as (port, _):
        start = time.monotonic()
        with pytest.raises(Unreachable, match=r"within 0\.3 s"):
            await get(f"http://127.0.0.1:{port}/", allow=LOCAL, deadline=0.3)

    assert time.monotonic() - start < 1


async def test_a_slow_resolver_ends_with_the_deadline():
    async def resolve(_host, _port):
        await asyncio.sleep(60)

    with pytest.raises(Unreachable):
        await get("https://hook.example/", resolve=resolve, deadline=0.1)


async def test_a_server_without_a_certificate_is_not_believed():
    async with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (port, _):
        with pytest.raises(Unreachable):
            await get(f"https://127.0.0.1:{port}/", allow=LOCAL, deadline=0.5)
