"""A gateway as it stands outside the house: a real server that takes messages and passes on each key once."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway:
    """What the gateway took and passed on; `answers` are given one after the other, the last one for ever."""

    def __init__(self) -> None:
        self.answers = [200]
        self.taken: list[dict[str, Any]] = []
        self.passed_on: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.url = ""

    def take(self, path: str, body: bytes) -> int:
        self.asked.append(path)
        status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        message = json.loads(body) if body else {}
        self.taken.append(message)
        if status == 200:
            self.passed_on.setdefault(str(message.get("key") or message), message)
        return status


@contextmanager
def a_gateway() -> Iterator[Gateway]:
    """Let a gateway listen on this machine as long as the test needs it."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = gateway.take(self.path, body)
            self.send_response(status)
            if status in {301, 302, 307}:
                self.send_header("Location", f"{gateway.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - as the library calls it

        def log_message(self, *args: object) -> None:
            """Keep the test's output to itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
