"""What a page asks for, beside servers that only send the same bytes: a record, whether it changed, pins, inbox, lists, search."""

import asyncio
import json
import urllib.request
from contextlib import ExitStack
from urllib.parse import quote

import uvloop

from asking import ask, message
from measures import REPETITIONS
from posting import TEXT
from sending import KINDS, storing
from service import DATABASES, PEOPLE, new_service

AROUND = 20_000
"""Comments that others made up meanwhile, in so many records that 500 of them can be counted."""
COMMENTS, THREADS = 100, 5
SECONDS = 1.0
FEW = 8
"""So many search at once."""
RECORD = "open:1"
CONVERSATION = f"/v1/conversation?record={RECORD}"
INBOX, LIST = "/v1/inbox", "/v1/threads"
RARE, COMMON = "LOT-7", "supplier delivers"
READS = {
    "open": "open a record",
    "304": "… nothing changed, 304",
    "counts 50": "counts of 50 records",
    "counts 500": "counts of 500 records",
    "inbox": "an inbox",
    "threads": "a list of threads",
    "rare": "search, a rare word, 8 clients",
    "common": "search, common words, 8 clients",
    "reaction": "a reaction put or taken back, one client",
    "reopened": "… and the record opened after it, both together",
}


def measure(measures, folder):
    """Ask everything that a page asks, in turns with servers that have nothing but the bytes."""
    with ExitStack() as stack:
        services = {kind: stack.enter_context(new_service(kind, folder / kind, comments=AROUND)) for kind in DATABASES}
        reacted = {kind: uvloop.run(fill(service)) for kind, service in services.items()}
        content = fetch(services["sqlite"], CONVERSATION)[0]
        limits = {kind: stack.enter_context(storing(kind, content, folder)) for kind in KINDS}
        for service in services.values():
            prove(service)
        for _ in range(REPETITIONS):
            for kind, limit in limits.items():
                measures.note(f"stored {kind}", **vars(ask(limit, [[message("GET", CONVERSATION, "-")]] * PEOPLE, **FINE)))
            for kind, service in services.items():
                for row, seen in read(service, reacted[kind]):
                    measures.note(f"{row} {kind}", **vars(seen))
        for kind, service in services.items():
            measures.note(f"read {kind}", memory=service.memory() / 2**20)


async def fill(service):
    """Make the record with its comments, of eight people in five threads, so that the answer holds them all; return one of them."""
    async with service.host() as host:
        opened = [await host.threads.open(RECORD, TEXT) for _ in range(THREADS)]
        people = [host.acting_as(f"person-{number}") for number in range(8)]
        for number in range(COMMENTS // THREADS - 1):
            made = await asyncio.gather(*(people[number % 8].threads.comment(thread.id, TEXT) for thread in opened))
        return made[0].id


def prove(service):
    """See that what is asked for is there: an answer about nothing costs little."""
    found = {path: json.loads(fetch(service, path)[0])["data"] for path in (INBOX, LIST, search(RARE), search(COMMON))}
    if empty := [path for path, data in found.items() if not data]:
        raise AssertionError(f"nothing to answer: {empty}")


def read(service, comment):
    """Yield what was seen of each row."""
    yield "open alone", get(service, CONVERSATION, clients=1)
    yield "open", get(service, CONVERSATION)
    yield "304", not_modified(service)
    for number in (50, 500):
        yield f"counts {number}", counts(service, some(number))
    yield from lists(service)
    yield from reopened(service, comment)


def lists(service):
    """Yield what was seen of what is longer: an inbox, a list, searches by a few."""
    for row, path in (("inbox", INBOX), ("threads", LIST)):
        yield row, get(service, path)
    for row, words in (("rare", RARE), ("common", COMMON)):
        yield row, get(service, search(words), clients=FEW)


FINE = {"seconds": SECONDS, "status": 200}


def get(service, *paths, clients=PEOPLE, seconds=SECONDS):
    """Let so many people ask for these again and again, each beginning with another one, or with no `seconds` share them, once."""
    asked = []
    for number in range(clients):
        place, token = number % len(paths), service.token(number)
        turned = paths[number::clients] if seconds is None else paths[place:] + paths[:place]
        asked.append([message("GET", path, token) for path in turned])
    return ask(service, asked, seconds=seconds, status=200)


def reopened(service, comment):
    """Yield what a reaction costs by itself, and what it costs together with somebody else's look at the record that so changed."""
    address, token = f"/v1/comments/{comment}/reactions/{quote('👍')}", service.token(1)
    put, take = message("PUT", address, token, body=b"{}"), message("DELETE", address, token)
    look = message("GET", CONVERSATION, service.token(0))
    yield "reaction", ask(service, [[put, take]], **FINE)
    yield "reopened", ask(service, [[put, look, take, look]], counted=b"GET", **FINE)


def not_modified(service):
    """Let everybody ask whether something changed."""
    tokens = [service.token(number) for number in range(PEOPLE)]
    tags = [fetch(service, CONVERSATION, token)[1] for token in tokens]
    asked = [[message("GET", CONVERSATION, token, headers={"If-None-Match": tag})] for token, tag in zip(tokens, tags, strict=True)]
    return ask(service, asked, seconds=SECONDS, status=304)


def some(number):
    """Return so many records that others made up."""
    return [f"line:L-{place}" for place in range(number)]


def counts(service, records):
    """Let everybody ask for the counts of these records."""
    body = json.dumps({"records": records}).encode()
    return ask(service, [[message("POST", "/v1/counts", service.token(number), body=body)] for number in range(PEOPLE)], **FINE)


def search(words):
    """Return where threads are searched for."""
    return f"{LIST}?q={quote(words)}"


def fetch(service, path, token=None):
    """Return the content of an answer and its tag."""
    headers = {"Authorization": f"Bearer {token or service.token(0)}"}
    request = urllib.request.Request(f"http://127.0.0.1:{service.port}{path}", headers=headers)
    with urllib.request.urlopen(request) as answer:  # noqa: S310 our own address
        return answer.read(), answer.headers["etag"]
