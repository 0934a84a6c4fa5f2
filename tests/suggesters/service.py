"""Services of other programs for tests: real HTTP on this machine, answering well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[str, Any], tuple[int, bytes]]
"""From a path and the record that was sent to a status and the bytes of the answer."""


@contextmanager
def serving(
    answer: Answer, headers: list[str | None] | None = None
) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """The address of a service that lives as long as the block, and what it was asked.

    `headers` is filled with the authorization of each request.
    """
    asked: list[tuple[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            record = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, record))
            if headers is not None:
                headers.append(self.headers["Authorization"])
            status, data = answer(self.path, record)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://localhost:1/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reply(record: object, status: int = 200) -> tuple[int, bytes]:
    return status, json.dumps(record, ensure_ascii=False).encode()
