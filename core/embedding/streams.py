"""Runs one torch module on several threads, each with a single thread of torch's own. Imports torch. Any thread.

Where torch shares every operation among all cores, each operation waits for its slowest share, and a core that also
decodes is always slow. Threads that take whole pieces of a batch wait for each other only at its end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import torch

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_STARTING = threading.Lock()


def run(work: Callable[[Piece], Result], pieces: Sequence[Piece], count: int) -> list[Result]:
    """The results of `work` for each piece, in order, from at most `count` threads. Raises what `work` raised first."""
    todo = iter(enumerate(pieces))
    results: dict[int, Result] = {}
    errors: list[BaseException] = []
    taking = threading.Lock()

    def serve() -> None:
        try:
            for number, piece in _taken(todo, taking):
                results[number] = work(piece)
                if errors:
                    return
        except BaseException as error:
            errors.append(error)

    threads = _start(serve, min(count, len(pieces)))
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [results[number] for number in range(len(pieces))]


def _start(serve: Callable[[], None], count: int) -> list[threading.Thread]:
    """Threads whose torch uses one thread each; everybody else's uses as many as before.

    torch keeps the number per thread, but a thread takes it over from the last one set by anybody when it first asks.
    """
    ready = threading.Barrier(count + 1)

    def alone() -> None:
        torch.set_num_threads(1)
        torch.get_num_threads()
        ready.wait()
        serve()

    with _STARTING:
        usual = torch.get_num_threads()
        threads = [threading.Thread(target=alone, name="encoding", daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        ready.wait()
        torch.set_num_threads(usual)
    return threads


def _taken(todo: Iterator[tuple[int, Piece]], taking: threading.Lock) -> Iterator[tuple[int, Piece]]:
    while True:
        with taking:
            taken = next(todo, None)
        if taken is None:
            return
        yield taken
