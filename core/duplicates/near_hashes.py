"""Which 64-bit hashes are within a few bits of each other, without comparing all with all. Pure; any thread.

Multi-index hashing (Norouzi, Punjani, Fleet: "Fast Search in Hamming Space with Multi-Index Hashing", 2012): of the
four 16-bit bands of two hashes that differ in at most 7 bits, one differs in at most one bit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.images.perceptual_hash import RADIUS

Hashes = NDArray[np.uint64]
Rows = NDArray[np.int64]

_BANDS = tuple(np.uint64(shift) for shift in (0, 16, 32, 48))
_LOW = np.uint64(0xFFFF)
_FLIPS = np.array([0, *(1 << bit for bit in range(16))], dtype=np.int64)
_CHUNK = 2048


class HashIndex:
    """Hashes (n,) sorted by each of their bands."""

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = hashes
        self._rows: list[Rows] = []
        self._starts: list[Rows] = []
        for shift in _BANDS:
            band = _band(hashes, shift)
            self._rows.append(np.argsort(band, kind="stable"))
            counts = np.bincount(band, minlength=1 << 16)
            self._starts.append(np.concatenate(([0], np.cumsum(counts))).astype(np.int64))

    def near(self, wanted: Hashes) -> tuple[Rows, Rows, NDArray[np.uint8]]:
        """Rows of `wanted` (m,), rows of the index and their distance in bits, for every pair within `RADIUS`."""
        parts = [self._near(wanted[start : start + _CHUNK], start) for start in range(0, len(wanted), _CHUNK)]
        if not parts:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint8)
        asked, found, apart = (np.concatenate(column) for column in zip(*parts, strict=True))
        return asked, found, apart

    def _near(self, wanted: Hashes, offset: int) -> tuple[Rows, Rows, NDArray[np.uint8]]:
        codes: list[Rows] = []
        for number, shift in enumerate(_BANDS):
            probes = (_band(wanted, shift)[:, None] ^ _FLIPS).ravel()
            asked, found = self._bucket_members(number, probes)
            asked //= len(_FLIPS)
            is_near = np.bitwise_count(wanted[asked] ^ self._hashes[found]) <= RADIUS
            codes.append(asked[is_near] * len(self._hashes) + found[is_near])
        unique = np.unique(np.concatenate(codes))
        asked, found = np.divmod(unique, max(1, len(self._hashes)))
        return asked + offset, found, np.bitwise_count(wanted[asked] ^ self._hashes[found])

    def _bucket_members(self, band: int, probes: Rows) -> tuple[Rows, Rows]:
        """(probe row, index row) for every member of every probed bucket."""
        starts = self._starts[band][probes]
        counts = self._starts[band][probes + 1] - starts
        asked = np.repeat(np.arange(len(probes)), counts)
        within = np.arange(len(asked)) - np.repeat(np.cumsum(counts) - counts, counts)
        return asked, self._rows[band][np.repeat(starts, counts) + within]


def _band(hashes: Hashes, shift: np.uint64) -> Rows:
    return ((hashes >> shift) & _LOW).astype(np.int64)
