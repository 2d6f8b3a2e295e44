"""What somebody could try so that the service calls where it must not: every way to write an address, names, redirects, rebinding.

Everything here leads nowhere, or to `OUTSIDE`, which is public: whatever else is connected to is a hole.
"""

from ipaddress import IPv4Address

OUTSIDE = "93.184.215.14"
PUBLIC_NAME = "hook.example"
INSIDE = [
    "127.0.0.1", "127.0.0.53", "127.1.2.3", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.254", "172.16.0.1",  # noqa: S104
    "172.31.255.254", "192.168.0.1", "192.168.255.254", "169.254.169.254", "169.254.170.2", "169.254.0.1", "100.64.0.1",
    "100.100.100.200", "100.127.255.254", "192.0.0.1", "192.0.0.192", "168.63.129.16", "192.0.2.1", "198.18.0.1", "198.19.255.254",
    "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
]  # fmt: skip
INSIDE_6 = [
    "::", "::1", "::2", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::0001", "0::1", "::0.0.0.1", "100::1",
    "64:ff9b::", "64:ff9b:1::1", "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002::", "2620:4f:8000::1",
    "3ffe::1", "3fff::1", "4000::1", "5f00::1", "8000::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fd12:3456:789a::1", "fe80::1",
    "fe80::a9fe:a9fe", "febf::1", "fec0::1", "ff02::1", "ff05::2", "ff0e::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "FD00:EC2::254", "FE80::1",
]  # fmt: skip
CIRCLED = dict(zip("0123456789", "⓪①②③④⑤⑥⑦⑧⑨", strict=True))
STATUSES = (300, 301, 302, 303, 307, 308)


def spellings(text):
    """Return the ways to write an IPv4 address that somewhere pass for a host, with a name for none."""
    parts, number = text.split("."), int(IPv4Address(text))
    a, b, c, d = map(int, parts)
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    mirrored = number ^ 0xFFFFFFFF
    return [
        text, f"{text}.", f"{text}..", str(number), f"{number}.", f"0{number:o}", f"000{number:o}", f"0x{number:x}",
        f"0X{number:X}", f"0x{number:08x}", f"0x{number:016x}",
        str(number + (1 << 32)), f"0x1{number:08x}", f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}", f"0x{a:x}.{b}.{c}.{d}", f"{a}.0x{number & 0xFFFFFF:x}",
        ".".join(f"0x{one:x}" for one in (a, b, c, d)),
        ".".join(f"0{one:o}" for one in (a, b, c, d)), ".".join(f"{one:03d}" for one in (a, b, c, d)),
        ".".join(f"0000{one:o}" for one in (a, b, c, d)), f"{a + 256}.{b}.{c}.{d}",
        f"0x{a:x}.0{b:o}.{c}.0x{d:x}", f"{text}.0",
        f"[::ffff:{text}]", f"[::ffff:{high}:{low}]", f"[::FFFF:{high}:{low}]", f"[0:0:0:0:0:ffff:{high}:{low}]",
        f"[0000:0000:0000:0000:0000:ffff:{text}]", f"[::{text}]", f"[::{high}:{low}]", f"[::ffff:0:{text}]", f"[64:ff9b::{text}]",
        f"[64:ff9b:1::{text}]", f"[2002:{high}:{low}::]", f"[2002:{high}:{low}::1]", f"[2001:0:{high}:{low}::1]",
        f"[2001:0:4136:e378:8000:63bf:{mirrored >> 16:x}:{mirrored & 0xFFFF:x}]", f"[2a00:1450::5efe:{high}:{low}]",
        f"[2a00:1450::200:5efe:{high}:{low}]", f"[fe80::{high}:{low}]", f"[fe80::5efe:{text}]", f"[fec0::{text}]", f"[{text}]",
        f"[::ffff:{text}%25lo]", f"[::ffff:{text}%lo]", f"[::ffff:{text}%251]", f"%5b::ffff:{text}%5d", f"::ffff:{text}",
        f"x@{text}", f"x:y@{text}", f":@{text}", f"@{text}", f"{PUBLIC_NAME}@{text}", f"{PUBLIC_NAME}:443@{text}",
        f"{PUBLIC_NAME}%40{text}", f"{PUBLIC_NAME}\\@{text}", f"{text}\\@{PUBLIC_NAME}", f"{text}%00.{PUBLIC_NAME}",
        f"{PUBLIC_NAME}#@{text}", f"{PUBLIC_NAME}?@{text}", f"{PUBLIC_NAME}/@{text}", f"{text}#{PUBLIC_NAME}",
        f"{text}?{PUBLIC_NAME}",
        f"{PUBLIC_NAME};@{text}", f"{PUBLIC_NAME} @{text}", f"{PUBLIC_NAME}\t@{text}", f"{PUBLIC_NAME}\n@{text}",
        f"{text}\r\nHost: x", f" {text}", f"{text} ", f"\t{text}", f"{text}\x00", f"/{text}", f"//{text}", f"\\{text}",
        text.replace(".", "\u3002"), text.replace(".", "\uff0e"), text.replace(".", "\uff61"), text.replace(".", "%2e"),
        "".join(CIRCLED.get(one, one) for one in text), "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in text),
        "".join(chr(ord(one) - 0x30 + 0x1D7D8) if one.isdigit() else one for one in text),
        "".join(f"%{ord(one):02x}" for one in text),
        text.replace(".", ".\u00ad"), text.replace(".", ".\u200b"), f"{text}:00443", f"{text}:443@{PUBLIC_NAME}",
        f"{text}:0443:443",
    ]  # fmt: skip


def literals():
    """Return every URL that writes an address."""
    hosts = [host for text in INSIDE for host in spellings(text)]
    hosts += [form for text in INSIDE_6 for form in (f"[{text}]", f"[{text}%25lo]", f"x@[{text}]")]
    return [f"{scheme}://{host}/" for scheme in ("https", "http") for host in dict.fromkeys(hosts)]


def names():
    """Return a zone of names that have an address inside, among others or alone, and the URLs that call them."""
    zone = {PUBLIC_NAME: [[OUTSIDE]], "localhost.example": [["127.0.0.1"]], "metadata.example": [["169.254.169.254"]]}
    for number, text in enumerate(INSIDE):
        mapped = f"::ffff:{text}"
        answers = {
            "alone": [text], "last": [OUTSIDE, text], "first": [text, OUTSIDE], "mapped": [mapped], "beside": [OUTSIDE, mapped],
            "many": [OUTSIDE] * 9 + [text], "alias": [f"alone-{number}.example", text],
        }  # fmt: skip
        zone |= {f"{how}-{number}.example": [answer] for how, answer in answers.items()}
        zone |= {f"{text.replace('.', '-')}.nip.example": [[text]], f"{text}.{PUBLIC_NAME}": [[text]]}
    zone |= {f"six-{number}.example": [[text]] for number, text in enumerate(INSIDE_6)}
    zone |= {f"six-beside-{number}.example": [[OUTSIDE, text]] for number, text in enumerate(INSIDE_6)}
    local = ("localhost", "LOCALHOST", "localhost.", "LocalHost.", "localhost.localdomain", "ip6-localhost", "ip6-loopback", "lo")
    called = [name for name in zone if name != PUBLIC_NAME]
    return zone, [
        f"https://{name}/" for name in (*called, *(f"{name}." for name in called), *(name.upper() for name in called), *local)
    ]


def redirects():
    """Return URLs of a public site that sends whoever calls to an address inside."""
    return [f"https://{PUBLIC_NAME}/{status}?to=http://{text}/" for status in STATUSES for text in INSIDE]


def rebinding():
    """Return a zone of names that change where they lead after the first time they were asked for, and the names."""
    changes = {f"turns-{number}.example": [[OUTSIDE], [text]] for number, text in enumerate(INSIDE)}
    changes |= {f"turns-6-{number}.example": [[OUTSIDE], [text]] for number, text in enumerate(INSIDE_6)}
    changes |= {f"turns-mapped-{number}.example": [[OUTSIDE], [f"::ffff:{text}"]] for number, text in enumerate(INSIDE)}
    return changes, list(changes)
