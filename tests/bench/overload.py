"""Ten times as many clients as at the peak, who come again at once whatever they are told; and how soon all is as before."""

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from statistics import median

import posting
from asking import asked, message
from load import FRESH, REFUSED, Plan
from measures import REPETITIONS
from service import DATABASES, PEOPLE, new_service

MANY = 10 * PEOPLE
SECONDS = 4.0
NORMAL, BY_THEN = 0.8, 10
"""What of the peak's rate is normal again, and after how many looks at it we give up."""
PROBE = 0.1
"""Seconds between newcomers, who each ask once on a connection of their own."""


def measure(measures, folder):
    """Post with as many as at the peak, then with ten times as many, then with as many again until it is as before."""
    with ExitStack() as stack:
        services = {kind: stack.enter_context(new_service(kind, folder / kind)) for kind in DATABASES}
        threads = {kind: posting.lively_threads(service) for kind, service in services.items()}
        for _ in range(REPETITIONS):
            for kind, service in services.items():
                peak = posted(service, threads[kind], PEOPLE)
                measures.note(f"peak {kind}", rate=peak["rate"], cpu=peak["cpu"])
                measures.note(f"crowd {kind}", **crowd(service, threads[kind]))
                measures.note(f"after {kind}", seconds=until_normal(service, threads[kind], peak["rate"]))


def crowd(service, threads):
    """Let the crowd come; return what was seen of it, and how long newcomers waited to be refused."""
    memory, told = [service.memory() / 2**20], []
    with ThreadPoolExecutor(1) as beside:
        found = beside.submit(posted, service, threads, MANY)
        while not found.done():
            time.sleep(PROBE)
            told.append(newcomer(service, threads[0]))
            memory.append(service.memory() / 2**20)
    seen, refusals = found.result(), [took for took in told if took]
    return {
        "rate": seen["rate"], "cpu": seen["cpu"], "refused": seen["refused"] / SECONDS, "again": seen["refused_p50"] * 1e3,
        "told": median(refusals) * 1e3 if refusals else 0.0, "before": memory[0], "most": max(memory),
    }  # fmt: skip


def posted(service, threads, clients, seconds=SECONDS):
    """Let so many post; return what was seen, and what a post cost the service, with the refusals beside it."""
    body, plans = json.dumps({"id": FRESH.decode(), "body": posting.TEXT}).encode(), []
    for number in range(clients):
        token = service.token(number % PEOPLE)
        plans.append([message("POST", f"/v1/threads/{threads[number % len(threads)]}/comments", token, body=body)])
    before, seen = service.cpu(), asked(Plan(service.port, plans, seconds))
    if not set(seen["statuses"]) <= {"201", str(REFUSED)}:
        raise AssertionError(seen["statuses"])
    cost = (service.cpu() - before) / seen["all"] * 1e6
    return seen | {"rate": seen["in_time"] / seconds, "cpu": cost}


def newcomer(service, thread):
    """Post once; return the seconds until it was refused, and nothing where it was not."""
    said = message("POST", f"/v1/threads/{thread}/comments", service.token(0), body=json.dumps({"body": "I am new."}).encode())
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        began = time.perf_counter()
        connection.sendall(said)
        status = int(connection.recv(64)[9:12])
        return time.perf_counter() - began if status == REFUSED else None


def until_normal(service, threads, peak):
    """Return the seconds until as many as before are served as they were, at most; they are looked at for half a second each."""
    began = time.monotonic()
    for _ in range(BY_THEN):
        if posted(service, threads, PEOPLE, 0.5)["rate"] >= NORMAL * peak:
            break
    return time.monotonic() - began
