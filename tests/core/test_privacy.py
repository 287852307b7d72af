"""Nothing leaves the computer: whatever Recollect does but a fetch, no network is asked for anything."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.domain import ExamplePicture, Query, Scope
from core.embedding import starter
from core.embedding.encoder_recipe import Recipe
from core.embedding.encoding_process import EncodingProcess
from core.embedding.registry import EncoderRegistry
from core.library import Library
from tests.support import offline_encoding
from tests.support.libraries import Shelf

_FAMILIES_OF_THIS_COMPUTER = (str, bytes)
"""The address of a Unix socket is a path: processes of this program talk through them."""
_asked: list[tuple[str, object]] = []
_is_listening = [False]


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if not _is_listening[0] or not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        address = arguments[1] if len(arguments) > 1 else None
        if address is not None and not isinstance(address, _FAMILIES_OF_THIS_COMPUTER):
            _asked.append((event, address))
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        _asked.append((event, arguments))


sys.addaudithook(
    _listen
)  # Python's own, below every library written in it (https://docs.python.org/3/library/audit_events.html)


@pytest.fixture
def asked() -> Iterator[list[tuple[str, object]]]:
    _asked.clear()
    _is_listening[0] = True
    yield _asked
    _is_listening[0] = False


def test_the_hook_hears_a_connection(asked: list[tuple[str, object]]) -> None:
    with socket.socket() as outside:
        outside.connect_ex(("127.0.0.1", 1))
    assert asked


def test_a_day_with_the_starter_asks_no_network(shelf: Shelf, asked: list[tuple[str, object]]) -> None:
    shelf.library.close()
    # In this process, where the hook hears all that the encoder does; its own process has a test below.
    registry = EncoderRegistry(shelf.places.encoders, shelf.places.cache, is_in_process=True)
    shelf.library = Library(shelf.places, registry)
    shelf.library.change_settings(encoder="starter")
    for colour in ("red", "green", "blue", "white"):
        shelf.picture(f"{colour}.png", colour)
    shelf.watch_root()
    assert shelf.library.search(Query("a red wall")).hits
    assert shelf.library.search(Query(examples=(ExamplePicture(photo_id=shelf.ids("red.png")[0]),))).hits
    shelf.library.suggest_tags(Scope())
    shelf.library.encoders()
    shelf.library.measure_encoder("starter")
    assert asked == []


def test_the_process_that_encodes_asks_no_network(tmp_path: Path) -> None:
    process = EncodingProcess(serve=offline_encoding.serve)
    recipe = Recipe(starter.NAME, starter.fingerprint(), tmp_path, None)
    try:
        squares = [np.full((260, 260, 3), grey, dtype=np.uint8) for grey in (0, 200)]
        assert process.encode_images(recipe, squares).shape == (2, starter.DIMENSION)
        assert process.encode_texts(recipe, ["a dog"] * 100).shape == (100, starter.DIMENSION)
    finally:
        process.close()
