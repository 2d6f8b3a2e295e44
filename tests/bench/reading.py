"""What a page asks for: a record with 100 comments, the 304 when nothing changed, counts for its pins."""

import asyncio
import json
import urllib.request

from asking import ask, message
from posting import TEXT
from service import PEOPLE

COMMENTS, THREADS = 100, 5
SECONDS = 1.0
RECORD = "open:1"
ADDRESS = f"/v1/conversation?record={RECORD}"


async def fill(service):
    """Make the record with its comments, of eight people in five threads, so that the answer holds them all."""
    async with service.host() as host:
        opened = [await host.threads.open(RECORD, TEXT) for _ in range(THREADS)]
        people = [host.acting_as(f"person-{number}") for number in range(8)]
        for number in range(COMMENTS // THREADS - 1):
            await asyncio.gather(*(people[number % 8].threads.comment(thread.id, TEXT) for thread in opened))


def open_record(service, *, clients):
    """Let so many people open the record again and again."""
    asked = [[message("GET", ADDRESS, service.token(number))] for number in range(clients)]
    return ask(service, asked, seconds=SECONDS, status=200)


def not_modified(service):
    """Let everybody ask whether something changed."""
    tokens = [service.token(number) for number in range(PEOPLE)]
    asked = [[message("GET", ADDRESS, token, headers={"If-None-Match": tag(service, token)})] for token in tokens]
    return ask(service, asked, seconds=SECONDS, status=304)


def counts(service, *, records):
    """Let everybody ask for the counts of so many records."""
    body = json.dumps({"records": [f"bench:{number}" for number in range(records)]}).encode()
    asked = [[message("POST", "/v1/counts", service.token(number), body=body)] for number in range(PEOPLE)]
    return ask(service, asked, seconds=SECONDS, status=200)


def tag(service, token):
    """Return the tag that somebody was given."""
    request = urllib.request.Request(f"http://127.0.0.1:{service.port}{ADDRESS}", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:  # noqa: S310 our own address
        return answer.headers["etag"]
