"""An internet of one's own, in a process: every address on it is this machine, names are what a test says, and all is seen.

Run in a network namespace (`unshare --net --mount`), where it reads a plan from standard input (JSON) and answers with what each
call came to and which addresses were connected to. Law: the calls are those of `apropos_service.outgoing`, by the real resolver.
"""

import asyncio
import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from apropos_service.called import Refused, Unreachable
from apropos_service.outgoing import admit, fetch

A, CNAME, AAAA = 1, 5, 28
PORTS = {80: False, 443: True}


class Names:
    """A name server: `zone` has for each name what is answered to the first question, the second, and so on."""

    def __init__(self, zone):
        self._zone = zone
        self._asked = Counter()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            question, sender = self._socket.recvfrom(512)
            self._socket.sendto(self._answer(question), sender)

    def _answer(self, question):
        name, end = "", 12
        while length := question[end]:
            name += question[end + 1 : end + 1 + length].decode("latin-1").lower() + "."
            end += 1 + length
        [kind] = struct.unpack_from("!H", question, end + 1)
        known = self._zone.get(name.rstrip("."))
        now = known[min(self._asked[name, kind], len(known) - 1)] if known else []
        self._asked[name, kind] += 1
        records = _records(now, kind)
        head = question[:2] + struct.pack("!5H", 0x8180 if known else 0x8183, 1, len(records), 0, 0)
        return head + question[12 : end + 5] + b"".join(records)


def _records(texts, kind):
    """Return the records of an answer, of no lifetime: addresses of this kind, and a name, whose addresses follow it."""
    owner, records = b"\xc0\x0c", []
    for text in texts:
        try:
            content = ip_address(text).packed
        except ValueError:
            content = b"".join(bytes([len(part)]) + part.encode() for part in text.split(".")) + b"\0"
            records.append(owner + struct.pack("!HHIH", CNAME, 1, 0, len(content)) + content)
            owner = content
        else:
            if (kind == A) == (len(content) == 4):
                records.append(owner + struct.pack("!HHIH", kind, 1, 0, len(content)) + content)
    return records


class Everywhere:
    """A web server at every address: it notes where it was called, and redirects to where the path says."""

    def __init__(self, tls):
        self.called = []  # noted before anything is said, and no call ends before that
        self._tls = tls
        for port, secure in PORTS.items():
            for family, anywhere in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):  # noqa: S104 it is nobody else's
                listening = socket.socket(family)
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                listening.bind((anywhere, port))
                listening.listen(128)
                threading.Thread(target=self._serve, args=(listening, secure), daemon=True).start()

    def _serve(self, listening, secure):
        while True:
            connection, _ = listening.accept()
            self.called.append(connection.getsockname()[0])
            connection.settimeout(2)
            try:
                with closing(self._tls.wrap_socket(connection, server_side=True) if secure else connection) as stream:
                    stream.sendall(_answer(stream.recv(65_536)))
            except OSError:
                connection.close()


def _answer(request):
    where = urlsplit(request.split(b" ")[1].decode()) if request.count(b" ") > 1 else urlsplit("/")
    to = parse_qs(where.query).get("to", [""])[0]
    status = HTTPStatus(int(where.path[1:])) if to else HTTPStatus.NO_CONTENT
    lines = [
        f"HTTP/1.1 {status} {status.phrase}",
        f"Location: {to}",
        f"Refresh: 0; url={to}",
        "Content-Length: 0",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def certified(names, folder):
    """Return a server's TLS whose certificate, for these names, is believed by this process from now on."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "internet")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    alternatives = x509.SubjectAlternativeName([x509.DNSName(one) for one in names])
    certificate = made.add_extension(alternatives, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "both.pem").write_bytes(private + certificate.public_bytes(pem))
    os.environ["SSL_CERT_FILE"] = str(folder / "both.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "both.pem")
    return tls


def raise_network(folder):
    """Make every address this machine's own, and have names asked of us."""
    (folder / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    for words in (
        "ip link set lo up", "ip route add local 0.0.0.0/0 dev lo", "ip -6 route add local ::/0 dev lo",
        f"mount --bind {folder / 'resolv.conf'} /etc/resolv.conf",
    ):  # fmt: skip
        subprocess.run(words.split(), check=True, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})


async def call(everywhere, how, url, allow):
    """Make one call; return what came of it, and where connections were made."""
    networks, before = [ip_network(one) for one in allow], len(everywhere.called)
    try:
        if how == "admit":
            said = await admit(url, deadline=3, allow=networks)
        else:
            said = (await fetch("GET", url, headers={}, body=None, deadline=3, limit=1_000, allow=networks)).status
    except (Refused, Unreachable) as problem:
        said = type(problem).__name__
    return [said, everywhere.called[before:]]


async def main(plan, folder):
    """Make the calls one after the other."""
    raise_network(folder)
    tls = certified(sorted(plan["zone"]), folder)
    Names(plan["zone"])
    everywhere = Everywhere(tls)
    return [await call(everywhere, *each) for each in plan["calls"]]


if __name__ == "__main__":
    with TemporaryDirectory(prefix="internet-") as place:
        json.dump(asyncio.run(main(json.load(sys.stdin), Path(place))), sys.stdout)
