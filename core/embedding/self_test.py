"""A short timed trial that finds how an image tower runs best on a device. Imports torch; runs on the caller's thread.

First the number format (a faster one is taken only if its embeddings agree with float32), then the batch size, and on
the processor whether several threads with a piece of the batch each are faster than all cores at every operation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

from core.domain import Embedding
from core.embedding import devices, image_half, trial
from core.embedding.encoder import PreparedImage
from core.embedding.image_half import ImageHalf
from core.embedding.measurements import Plan

log = logging.getLogger(__name__)

_AGREEMENT = 0.99
"""Lowest cosine to float32 a faster number format may have."""
_WORTH_IT = 1.05
"""A variant must be this much faster to be preferred to a simpler one."""
_HOPELESS = 4.0
"""A format that takes so many times longer for its first picture is emulated and not tried further."""
_FIRST_TRIES, _FIRST_TRY_S = 3, 0.5
"""A format that takes longer than this for one picture is not tried again."""
_BUDGET_S = 3.0
"""No further variant is tried once the trial of number formats, loading included, or that of batches took this long."""
_ROUNDS = 3
_SAMPLE = 4
"""Pictures in the trial of number formats."""
_CPU_BATCHES = (8, 16)
_GPU_BATCHES = (32, 64, 128)

MakeHalf = Callable[[torch.device, torch.dtype], ImageHalf]
"""Loads a fresh image half."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the trial decided, with the half already loaded that way."""

    half: ImageHalf
    plan: Plan


def find_plan(
    make_half: MakeHalf, device: torch.device, side_px: int, clock: Callable[[], float] = time.perf_counter
) -> Found:
    """Try number formats and batch sizes on `device` for a few seconds. Raises what the device raises."""
    started = clock()
    sample = trial.pictures(_SAMPLE, side_px)
    exact, *faster = devices.dtypes(device)
    halves = [make_half(device, exact)]
    once_s = _seconds(halves[0], sample[:1], clock)
    reference = halves[0].encode(sample)
    for dtype in faster:
        half = make_half(device, dtype)
        if _is_promising(half, sample[:1], _HOPELESS * once_s, clock) and _agrees(half, sample, reference):
            halves.append(half)
    half, seconds = _fastest(halves, sample, started + _BUDGET_S, clock)
    del halves
    batch_size, streams, each_s = _best_batch(half, seconds / len(sample), side_px, clock() + _BUDGET_S, clock)
    devices.empty_cache(device)
    number_format = str(half.dtype).removeprefix("torch.")
    plan = Plan(str(device), number_format, batch_size, round(1 / max(each_s, 1e-6), 3), streams)
    log.info("self-test on %s: %s", devices.full_name(device), plan)
    return Found(half, plan)


def _is_promising(half: ImageHalf, pictures: list[PreparedImage], limit_s: float, clock: Callable[[], float]) -> bool:
    """Whether one of the first tries is below the limit; the very first also prepares, and others may disturb it."""
    for _ in range(_FIRST_TRIES):
        seconds = _seconds_or_never(half, pictures, clock)
        if seconds < limit_s:
            return True
        if seconds > _FIRST_TRY_S:
            return False
    return False


def _seconds_or_never(half: ImageHalf, pictures: list[PreparedImage], clock: Callable[[], float]) -> float:
    try:
        return _seconds(half, pictures, clock)
    except RuntimeError as error:  # a format that the device or one of the tower's layers does not know
        log.info("%s does not work here: %s", half.dtype, error)
        return float("inf")


def _agrees(half: ImageHalf, sample: list[PreparedImage], reference: Embedding) -> bool:
    return float((half.encode(sample) * reference).sum(axis=1).min()) >= _AGREEMENT


def _fastest(
    halves: list[ImageHalf], sample: list[PreparedImage], deadline: float, clock: Callable[[], float]
) -> tuple[ImageHalf, float]:
    """The fastest half and its seconds for the sample; the halves take turns, so that other programs slow all alike."""
    best = [float("inf")] * len(halves)
    for _ in range(_ROUNDS):
        for number, half in enumerate(halves):
            best[number] = min(best[number], _seconds(half, sample, clock))
        if clock() > deadline:
            break
    winner = 0
    for number in range(1, len(halves)):
        if best[number] * _WORTH_IT < best[winner]:
            winner = number
    return halves[winner], best[winner]


def _seconds(half: ImageHalf, pictures: list[PreparedImage], clock: Callable[[], float], streams: int = 1) -> float:
    devices.synchronize(half.device)
    started = clock()
    half.encode(pictures, streams)
    return clock() - started


def _best_batch(
    half: ImageHalf, seconds_each: float, side_px: int, deadline: float, clock: Callable[[], float]
) -> tuple[int, int, float]:
    """The batch and the number of streams with the most pictures a second, of those the time allows to try, and its
    seconds for each picture.

    A sensible one where there is no time to try any.
    """
    ways = _ways(half.device)
    best, best_each = ways[0], seconds_each
    for batch, streams in ways:
        if clock() + _ROUNDS * batch * seconds_each > deadline:
            continue
        pictures = trial.pictures(1, side_px) * batch
        try:
            half.encode(pictures, streams)
            each = min(_seconds(half, pictures, clock, streams) for _ in range(_ROUNDS - 1)) / batch
        except (RuntimeError, MemoryError) as error:
            if devices.is_out_of_memory(error):
                break
            raise
        # More streams also bear with a core that decodes, which no core does here: as fast is better.
        if each * (1 / _WORTH_IT if streams > best[1] else _WORTH_IT) < best_each:
            best, best_each = (batch, streams), each
    return *best, best_each


def _ways(device: torch.device) -> list[tuple[int, int]]:
    """Batch sizes with numbers of streams worth trying on a device, the safest first."""
    if device.type != "cpu":
        return [(batch, 1) for batch in _GPU_BATCHES]
    first, *larger = [(batch, 1) for batch in _CPU_BATCHES]
    cores = torch.get_num_threads()
    streams = [(2 * image_half.PIECE * cores, cores)] if cores > 1 else []
    return [first, *streams, *larger]
