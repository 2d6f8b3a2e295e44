"""A host that knows nothing of us: a web server on loopback that shows what a test writes, with the headers that it says."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Stranger:
    """One such host. `says[path]` is `(body, type, headers)`, or a function that gives them, called in a thread of its own."""

    def __init__(self):
        self.says, self.url = {}, ""

    def show(self, path, body, kind="text/html; charset=utf-8", **headers):
        """Answer at `path` with this body from now on; `Content_Security_Policy=…` is a header."""
        self.says[path] = body, kind, {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def stranger():
    """Give a `Stranger` that listens until the block ends."""
    made = Stranger()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            said = made.says.get(self.path.partition("?")[0], ("", "text/plain", {}))
            body, kind, headers = said() if callable(said) else said
            self.send_response(200 if body else 204)
            for name, value in {"Content-Type": kind, "Cache-Control": "no-store", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    made.url = f"http://127.0.0.1:{server.server_port}"
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
