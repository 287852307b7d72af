"""The index finds exactly what comparing all with all finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.duplicates.near_hashes import HashIndex
from core.images.perceptual_hash import RADIUS

U64 = st.integers(0, 2**64 - 1)


def flipped(value: int, bits: set[int]) -> int:
    for bit in bits:
        value ^= 1 << bit
    return value


@given(st.lists(st.tuples(U64, st.sets(st.integers(0, 63), max_size=10)), min_size=1, max_size=40))
@settings(max_examples=80, deadline=None)
def test_every_pair_within_the_radius_is_found_and_no_other(made: list[tuple[int, set[int]]]) -> None:
    values = [one for value, bits in made for one in (value, flipped(value, bits))]
    hashes = np.array(values, dtype=np.uint64)
    asked, found, apart = HashIndex(hashes).near(hashes)
    expected = {
        (one, other, (a ^ b).bit_count())
        for one, a in enumerate(values)
        for other, b in enumerate(values)
        if (a ^ b).bit_count() <= RADIUS
    }
    assert set(zip(asked.tolist(), found.tolist(), apart.tolist(), strict=True)) == expected


def test_an_empty_index_answers() -> None:
    none = np.zeros(0, dtype=np.uint64)
    assert [len(column) for column in HashIndex(none).near(none)] == [0, 0, 0]
    assert [len(column) for column in HashIndex(none).near(np.ones(2, dtype=np.uint64))] == [0, 0, 0]
