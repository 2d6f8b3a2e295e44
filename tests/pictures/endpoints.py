"""Other systems that the console tells of: one hears everything, one refuses, one is gone."""

import functools
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .demo import Demo

SAYS = {"/apropos": 204, "/erp": 503, "/bi": 410}
WAIT = 30
"""Seconds until every one of them has been called."""


class Door(BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_POST(self) -> None:
        """Take what is sent."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(SAYS[self.path])
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@functools.cache
def endpoints(demo: Demo) -> str:
    """Make the demo's webhooks, let something happen, and return the id of the one that refuses."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{server.server_port}"
    host = demo.host
    hooks = [
        host.webhooks.create(f"{at}/apropos", description="Fieldline"),
        host.webhooks.create(f"{at}/erp", types=["comment.posted", "thread.opened"], description="ERP"),
        host.webhooks.create(f"{at}/bi", types=["thread.resolved", "thread.opened"], description="BI"),
    ]
    thread = host.acting_as("tomasz").threads.open("customer_request:REQ-8000", "Is the mould ready?", field="priority")
    for text in ("From week 36.", "Then we ship in week 37.", "Kestrel knows."):
        host.acting_as("amara").threads.comment(thread.id, text)
    until = time.monotonic() + WAIT
    while not all(any(each.attempts for each in host.webhooks.deliveries(hook.id)) for hook in hooks):
        if time.monotonic() > until:
            raise TimeoutError("the demo's webhooks were not called")
        time.sleep(0.2)
    return hooks[1].id
