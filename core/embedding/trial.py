"""How fast an encoder is on this machine, decoding left out. Runs on the caller's thread for a few seconds."""

from __future__ import annotations

import time

import numpy as np

from core.embedding.encoder import Encoder, PreparedImage

_TRIAL_S = 2.0
_ELLIPSES = 60


def photos_per_s(encoder: Encoder) -> float:
    """Encode the same batch again and again for about two seconds. Raises LibraryError."""
    batch = encoder.batch_size()
    prepared = pictures(batch, encoder.input_side_px)
    encoder.encode_prepared(prepared)  # the first one loads the weights
    done, started = 0, time.perf_counter()
    elapsed_s = 0.0
    while elapsed_s < _TRIAL_S:
        encoder.encode_prepared(prepared)
        done += batch
        elapsed_s = time.perf_counter() - started
    return done / elapsed_s


def pictures(count: int, side_px: int) -> list[PreparedImage]:
    """Smooth coloured squares, the same every time: pure noise would look alike to every encoder."""
    ramp = np.linspace(0, 1, side_px, dtype=np.float32)
    random = np.random.default_rng(7)
    squares = []
    for _ in range(count):
        phase, pitch = random.uniform(0, 6.3, 3), random.uniform(2, 20, (2, 3))
        waves = np.sin(phase + ramp[:, None, None] * pitch[0] + ramp[None, :, None] * pitch[1])
        squares.append(((waves + 1) * 127).astype(np.uint8))
    return squares


def scenes(count: int, side_px: int) -> list[PreparedImage]:
    """Squares of overlapping shaded ellipses, large and small, the same every time: edges and areas as in photos."""
    random = np.random.default_rng(11)
    return [_scene(side_px, random) for _ in range(count)]


def _scene(side_px: int, random: np.random.Generator) -> PreparedImage:
    down, across = np.mgrid[0:side_px, 0:side_px].astype(np.float32) / side_px
    picture = np.broadcast_to(random.uniform(0, 255, 3), (side_px, side_px, 3)).copy()
    light = random.uniform(0, 255, 3)
    for radius in sorted(1 / random.uniform(2, 25, _ELLIPSES), reverse=True):
        y, x = random.uniform(0, 1, 2)
        height, width = radius * random.uniform(0.3, 1, 2)
        is_inside = ((down - y) / height) ** 2 + ((across - x) / width) ** 2 < 1
        shade = 40 * (across[is_inside] - x)[:, None] / radius
        picture[is_inside] = (light + random.uniform(0, 255, 3)) / 2 + shade
    return picture.clip(0, 255).astype(np.uint8)
