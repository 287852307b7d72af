"""Serves as the process that encodes does, and ends it if anything there asks a network: runs in children."""

from __future__ import annotations

import os
import sys
from ctypes import Array, c_uint8
from multiprocessing.connection import Connection

from core.embedding import encoding_child

_NETWORK = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def serve(images: Connection, texts: Connection, shared: Array[c_uint8], idle_s: float) -> None:
    """What the children run."""
    sys.addaudithook(_deny)
    encoding_child.serve(images, texts, shared, idle_s)


def _deny(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        os._exit(7)
