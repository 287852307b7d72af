"""A hub on the loopback: repositories of files, with the faults a real network has. Serves from threads of its own."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

_COMMIT = "0123456789abcdef0123456789abcdef01234567"
_BIG_BYTES = 100_000
"""Larger files are listed with their SHA-256, smaller ones with git's checksum, as on the hub."""


@dataclass
class Fault:
    """What happens to the next request for a file instead of, or during, a proper answer."""

    status: int | None = None
    """Answer with this status and nothing else."""
    retry_after: str | None = None
    cut_after: int | None = None
    """Close the connection after that many bytes."""
    damage: bool = False
    """Change a byte on the way."""
    ignore_range: bool = False


@dataclass
class Request:
    """A request for a file as it arrived."""

    file: str
    range: str | None


@dataclass
class SmallHub:
    """Use as a context manager; `address` is what HF_ENDPOINT would be."""

    repositories: dict[str, Path]
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    """By file name (`api` for the listing); one is used up by each request."""
    requests: list[Request] = field(default_factory=list)

    def __enter__(self) -> Self:
        hub = self

        class Handler(_Handler):
            @property
            def owner(self) -> SmallHub:
                return hub

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def ranges(self, file: str) -> list[str | None]:
        """The Range headers of all requests for a file, oldest first."""
        return [request.range for request in self.requests if request.file == file]


class _Handler(BaseHTTPRequestHandler):
    @property
    def owner(self) -> SmallHub:
        raise NotImplementedError

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""

    def do_GET(self) -> None:
        listing = re.fullmatch(r"/api/models/([^/]+/[^/]+)/revision/main\?blobs=true", self.path)
        asked = re.fullmatch(rf"/([^/]+/[^/]+)/(?:resolve/{_COMMIT}|store)/([^/]+)", self.path)
        found = listing or asked
        folder = self.owner.repositories.get(found[1]) if found else None
        if asked and folder and "/resolve/" in self.path and (folder / asked[2]).stat().st_size > _BIG_BYTES:
            self._head(302, 0, {"Location": f"/{asked[1]}/store/{asked[2]}"})  # big files live on other machines
            return
        name = asked[2] if asked else "api"
        self.owner.requests.append(Request(name, self.headers.get("Range")))
        faults = self.owner.faults.get(name, [])
        fault = faults.pop(0) if faults else Fault()
        if fault.status is not None:
            self._head(fault.status, 0, {"Retry-After": fault.retry_after} if fault.retry_after else {})
        elif folder is None or (asked and not (folder / name).is_file()):
            self._head(404, 0, {})
        else:
            self._send(_listing(folder) if listing else (folder / name).read_bytes(), fault)

    def _send(self, content: bytes, fault: Fault) -> None:
        start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        headers = {}
        if start and not fault.ignore_range:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            content = content[start:]
        if fault.damage:
            content = bytes([content[0] ^ 1]) + content[1:]
        self._head(206 if headers else 200, len(content), headers)
        if fault.cut_after is not None:
            self.wfile.write(content[: fault.cut_after])
            self.close_connection = True
            return
        try:
            self.wfile.write(content)
        except ConnectionError:
            self.close_connection = True

    def _head(self, status: int, size: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(size), **headers}.items():
            self.send_header(key, value)
        self.end_headers()


def _listing(folder: Path) -> bytes:
    siblings: list[dict[str, object]] = []
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        entry: dict[str, object] = {"rfilename": path.name, "size": len(content)}
        entry["blobId"] = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        if len(content) > _BIG_BYTES:
            entry["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}
        siblings.append(entry)
    return json.dumps({"sha": _COMMIT, "siblings": siblings}).encode()
