"""A text-message gateway that passes on each key once, as the district's own does; nothing leaves this machine."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Gateway:
    """How often each key was taken in. Passed on is each once."""

    url: str = ""
    taken: Counter[str] = field(default_factory=Counter)


@contextmanager
def gateway() -> Iterator[Gateway]:
    """Let a gateway listen on this machine alone for a while."""
    its = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            its.taken[message["key"]] += 1
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing: the ledger says what was sent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    its.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield its
    finally:
        server.shutdown()
        server.server_close()
