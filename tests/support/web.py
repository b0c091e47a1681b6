"""A web server on this machine that serves what a test gives it, and misbehaves as the test says.

Each address has a list of faults; a request takes the next of them, and when none is left the file is served as it
should be. What was asked for is kept, with its headers.
"""

from __future__ import annotations

import hashlib
import io
import socket
import struct
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote


@dataclass(frozen=True)
class Served:
    """A file as it should be served."""

    body: bytes
    kind: str = "text/csv"
    etag: str | None = ""
    """Made from the body if empty; none at all if None."""
    modified: float | None = None
    """Seconds since 1970."""
    ranges: bool = True

    def headers(self) -> dict[str, str]:
        told = {"Content-Type": self.kind}
        if self.etag is not None:
            told["ETag"] = self.etag or f'"{hashlib.md5(self.body).hexdigest()}"'
        if self.modified is not None:
            told["Last-Modified"] = formatdate(self.modified, usegmt=True)
        return told


@dataclass(frozen=True)
class Status:
    """Another status code than 200, with headers and a body."""

    code: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Cut:
    """The right headers and `after` bytes; then the connection ends, by a reset or as if all had been sent."""

    after: int
    reset: bool = False


@dataclass(frozen=True)
class Stall:
    """The right headers and `after` bytes; then nothing until the server is closed."""

    after: int


@dataclass(frozen=True)
class OneRange:
    """A partial answer with no more than `most` bytes of the rest."""

    most: int


Fault = Status | Cut | Stall | OneRange


class Web:
    """The server; a context manager."""

    def __init__(self) -> None:
        self.files: dict[str, Served] = {}
        self.faults: dict[str, list[Fault]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.stalled = threading.Event()
        self.closing = threading.Event()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        web = self

        class Handler(_Handler):
            owner = web

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def serve(self, path: str, body: bytes | str, **how: object) -> None:
        """Serve `body` at `path`."""
        raw = body.encode() if isinstance(body, str) else body
        self.files[path] = Served(raw, **how)  # type: ignore[arg-type]

    def serve_folder(self, files: Mapping[str, bytes | str]) -> None:
        """Serve files under their paths, with an index page for each folder above them."""
        below: dict[str, set[str]] = {}
        for path, body in files.items():
            self.serve(f"/{path}", body)
            parts = path.split("/")
            for depth in range(len(parts)):
                folder = "/" + "".join(f"{part}/" for part in parts[:depth])
                below.setdefault(folder, set()).add(parts[depth] + ("/" if depth < len(parts) - 1 else ""))
        for folder, names in below.items():
            links = "".join(f'<a href="{name}">{name}</a>' for name in sorted(names))
            self.serve(folder, f"<html><h1>Index of {folder}</h1>{links}</html>", kind="text/html", etag=None)

    def misbehave(self, path: str, *faults: Fault) -> None:
        """What the next requests for `path` meet."""
        self.faults.setdefault(path, []).extend(faults)

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for `path`, their names in lower case."""
        with self._lock:
            return [headers for at, headers in self.requests if at == path]

    def take(self, path: str, headers: dict[str, str]) -> Fault | None:
        with self._lock:
            self.requests.append((path, headers))
            waiting = self.faults.get(path)
            return waiting.pop(0) if waiting else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    owner: Web
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = unquote(self.path)
        asked = {name.lower(): value for name, value in self.headers.items()}
        fault = self.owner.take(path, asked)
        if isinstance(fault, Status):
            return self._answer(fault.code, dict(fault.headers), fault.body)
        served = self.owner.files.get(path)
        if served is None:
            return self._answer(404, {"Content-Type": "text/html"}, b"<html>Not here</html>")
        headers = served.headers()
        if "range" not in asked and self._unchanged(asked, headers):
            return self._answer(304, headers, b"")
        start = 0
        if (
            served.ranges
            and "range" in asked
            and asked.get("if-range") in (headers.get("ETag"), headers.get("Last-Modified"))
        ):
            start = int(asked["range"].removeprefix("bytes=").rstrip("-"))
            if start >= len(served.body):
                return self._answer(416, {"Content-Range": f"bytes */{len(served.body)}"}, b"")
            end = len(served.body)
            if isinstance(fault, OneRange):
                end = min(end, start + fault.most)
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(served.body)}"
            if end < len(served.body):
                return self._answer(206, headers, served.body[start:end])
        body = served.body[start:]
        if isinstance(fault, Cut | Stall):
            return self._broken(206 if start else 200, headers, body, fault)
        return self._answer(206 if start else 200, headers, body)

    def _unchanged(self, asked: Mapping[str, str], headers: Mapping[str, str]) -> bool:
        if "if-none-match" in asked:
            return asked["if-none-match"] == headers.get("ETag")
        return "if-modified-since" in asked and asked["if-modified-since"] == headers.get("Last-Modified")

    def _answer(self, code: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        if code != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _broken(self, code: int, headers: Mapping[str, str], body: bytes, fault: Cut | Stall) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: fault.after])
        self.wfile.flush()
        self.close_connection = True
        if isinstance(fault, Stall):
            self.owner.stalled.set()
            self.owner.closing.wait(30)
        elif fault.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A zip file with these members."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return into.getvalue()
