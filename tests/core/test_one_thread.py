"""Products on one thread, for as long as anybody wants it and no longer."""

from __future__ import annotations

import pytest
from threadpoolctl import ThreadpoolController

from core.one_thread import one_thread

_CONTROLLER = ThreadpoolController().select(user_api="blas")


def threads() -> set[int]:
    return {one["num_threads"] for one in _CONTROLLER.info()}


@pytest.mark.skipif(not _CONTROLLER.info(), reason="NumPy's products are not threadpoolctl's to limit here")
def test_what_overlaps_ends_with_as_many_threads_as_before() -> None:
    with _CONTROLLER.limit(limits=2):  # smart albums are filled, a query is typed, and the filling ends first
        filling, query = one_thread(), one_thread()
        filling.__enter__()
        query.__enter__()
        filling.__exit__(None, None, None)
        assert threads() == {1}
        query.__exit__(None, None, None)
        assert threads() == {2}
