"""Posting comments, durably: ours, and PostgreSQL alone writing the same rows in one statement."""

import asyncio
import json
import urllib.error
import urllib.request
from contextlib import ExitStack

import uvloop

import breakdown
from asking import ask, message
from load import FRESH
from measures import REPETITIONS
from pgbench import Pgbench
from service import DATABASES, PEOPLE, new_service, placed, serving, settle
from stage import empty_database

THREADS = 200
WAYS = {"spread": THREADS, "hot": 1}
"""Into how many threads."""
CLIENTS = {1: 1.0, 16: 1.0, PEOPLE: 2.0}
"""How many post at once, and for how many seconds."""
TEXT = (
    "Procurement says **two suppliers** cannot deliver before week 41.\n"
    "I would lock *900,000* for Q3 and move the rest; does that hold?"
)
SHOWN = "<strong>two suppliers</strong>"


def measure(measures, folder):
    """Post alone, with some and with many, spread and into one thread, in turns with pgbench."""
    with ExitStack() as stack:
        limit = Pgbench(stack.enter_context(empty_database("postgresql", folder)), THREADS, PEOPLE)
        services = {kind: stack.enter_context(new_service(kind, folder / kind)) for kind in DATABASES}
        threads = {kind: lively_threads(service) for kind, service in services.items()}
        for kind, service in services.items():
            prove(service, threads[kind][0])
        limit.settle()
        for _ in range(REPETITIONS):
            for way, number in WAYS.items():
                for clients, seconds in CLIENTS.items():
                    measures.note(f"pgbench {way} {clients}", rate=limit.post(threads=number, clients=clients, seconds=seconds))
                    for kind, service in services.items():
                        seen = post(service, threads[kind][:number], clients=clients, seconds=seconds)
                        measures.note(f"post {way} {clients} {kind}", **vars(seen))
        for kind, service in services.items():
            measures.note(f"posted {kind}", memory=service.memory() / 2**20)
    for room, share in sample(folder):
        measures.note(f"share {room}", share=share)


def sample(folder):
    """Post once more, on PostgreSQL, into a service that notes what it spends its time on; return the shares."""
    noted = folder / "noted"
    with placed("postgresql", folder / "sampled") as place, serving(place, sampled_to=noted) as service:
        post(service, lively_threads(service))
    return breakdown.shares(noted)


def lively_threads(service):
    """Open the threads and let people begin to write there; return their ids."""
    threads = uvloop.run(open_threads(service))
    post(service, threads)
    settle(service.place.url)
    return threads


async def open_threads(service):
    """Open the threads, each on a record of its own; return their ids."""
    async with service.host() as host:
        opened = (host.threads.open(f"bench:{number}", "Which figure do we lock?") for number in range(THREADS))
        return [thread.id for thread in await asyncio.gather(*opened)]


def post(service, threads, *, clients=PEOPLE, seconds=CLIENTS[PEOPLE]):
    """Let so many people post into `threads`, each beginning at another one."""
    body = json.dumps({"id": FRESH.decode(), "body": TEXT}).encode()
    asked = []
    for number in range(clients):
        place, token = number % len(threads), service.token(number)
        turned = threads[place:] + threads[:place]
        asked.append([message("POST", f"/v1/threads/{thread}/comments", token, body=body) for thread in turned])
    return ask(service, asked, seconds=seconds, status=201)


def prove(service, thread):
    """See that what is measured is what people use: the token is looked at, what it allows is asked, Markdown is rendered."""
    may, may_not, nobody = service.token(0), service.token(0, **{"other:*": "comment"}), service.token(0)[:-6] + "AAAAAA"
    found = {name: _say(service, thread, token) for name, token in (("may", may), ("may not", may_not), ("nobody", nobody))}
    if {name: status for name, (status, _) in found.items()} != {"may": 201, "may not": 404, "nobody": 401}:
        raise AssertionError(found)
    if SHOWN not in found["may"][1]:
        raise AssertionError(found["may"][1])


def _say(service, thread, token):
    address = f"http://127.0.0.1:{service.port}/v1/threads/{thread}/comments"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(address, json.dumps({"body": TEXT}).encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 our own address
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, ""
