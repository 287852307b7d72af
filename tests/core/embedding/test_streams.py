import threading

import pytest
import torch

from core.embedding import streams


def test_results_come_in_the_order_of_the_pieces() -> None:
    assert streams.run(lambda piece: piece * 10, [3, 1, 2, 5, 4], 2) == [30, 10, 20, 50, 40]


def test_each_stream_has_one_torch_thread_and_the_others_keep_theirs() -> None:
    before = torch.get_num_threads()
    both = threading.Barrier(2, timeout=30)

    def count(_: int) -> int:
        both.wait()
        return torch.get_num_threads()

    assert streams.run(count, [0, 1], 2) == [1, 1]
    found: list[int] = []
    later = threading.Thread(target=lambda: found.append(torch.get_num_threads()))
    later.start()
    later.join()
    assert [torch.get_num_threads(), *found] == [before, before]


def test_what_fails_in_a_stream_fails_here_and_leaves_no_thread() -> None:
    def fail(piece: int) -> int:
        if piece == 2:
            raise MemoryError("no room")
        return piece

    with pytest.raises(MemoryError, match="no room"):
        streams.run(fail, [0, 1, 2, 3, 4, 5], 2)
    assert not [one for one in threading.enumerate() if one.name == "encoding"]
