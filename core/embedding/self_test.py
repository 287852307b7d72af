"""A short timed trial that finds how an image tower runs best on a device. Imports torch; runs on the caller's thread.

First the number format (a faster one is taken only if its embeddings agree with float32; besides the best so far only
the next one is in memory), then the batch size, and on the processor whether several threads with a piece of the batch
each are faster than all cores at every operation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

from core.domain import Embedding
from core.embedding import agreement, devices, image_half, trial
from core.embedding.encoder import PreparedImage
from core.embedding.image_half import ImageHalf
from core.embedding.measurements import Plan

log = logging.getLogger(__name__)

_WORTH_IT = 1.05
"""A variant must be this much faster to be preferred to a simpler one."""
_WORTH_INT8 = 1.15
"""The same for int8, which is less exact."""
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
    deadline = clock() + _BUDGET_S
    sample = trial.scenes(_SAMPLE, side_px)
    exact, *faster = devices.dtypes(device)
    half = make_half(device, exact)
    once_s = _seconds(half, sample[:1], clock)
    reference = half.encode(sample)
    seconds = float("inf")
    for dtype in faster:
        if dtype == torch.int8 and not half.can_be_int8:
            continue
        other = make_half(device, dtype)
        if _is_promising(other, sample[:1], _HOPELESS * once_s, clock) and _agrees(other, sample, reference):
            half, seconds = _faster(half, other, sample, deadline, clock)
        del other
    if seconds == float("inf"):
        seconds = _seconds(half, sample, clock)
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
    except (RuntimeError, AttributeError) as error:  # a format that the device or a layer of the tower does not know
        log.info("%s does not work here: %s", half.dtype, error)
        return float("inf")


def _agrees(half: ImageHalf, sample: list[PreparedImage], reference: Embedding) -> bool:
    try:
        return agreement.is_faithful(half.encode(sample), reference, half.dtype == torch.int8)
    except image_half.NotFiniteError:
        return False


def _faster(
    simple: ImageHalf, other: ImageHalf, sample: list[PreparedImage], deadline: float, clock: Callable[[], float]
) -> tuple[ImageHalf, float]:
    """The half to be preferred and its seconds for the sample; they take turns, so that other programs slow both."""
    best = [float("inf"), float("inf")]
    for _ in range(_ROUNDS):
        for number, half in enumerate((simple, other)):
            best[number] = min(best[number], _seconds(half, sample, clock))
        if clock() > deadline:
            break
    worth_it = _WORTH_INT8 if other.dtype == torch.int8 else _WORTH_IT
    return (other, best[1]) if best[1] * worth_it < best[0] else (simple, best[0])


def _seconds(half: ImageHalf, pictures: list[PreparedImage], clock: Callable[[], float], streams: int = 1) -> float:
    devices.synchronize(half.device)
    started = clock()
    half.encode(pictures, streams)
    return clock() - started


def _best_batch(
    half: ImageHalf, seconds_each: float, side_px: int, deadline: float, clock: Callable[[], float]
) -> tuple[int, int, float]:
    """The batch and the number of streams with the most pictures a second, and its seconds for each picture.

    Of those the time allows to try, in turns, so that other programs slow all alike; a sensible one without time.
    """
    ways = [way for way in _ways(half.device) if clock() + _ROUNDS * way[0] * seconds_each <= deadline]
    best: dict[tuple[int, int], float] = {}
    for _ in range(_ROUNDS):
        for batch, streams in ways:
            pictures = trial.pictures(1, side_px) * batch
            try:
                each = _seconds(half, pictures, clock, streams) / batch
            except (RuntimeError, MemoryError) as error:
                if not devices.is_out_of_memory(error):
                    raise
                ways = [way for way in ways if way[0] < batch]
                break
            best[batch, streams] = min(each, best.get((batch, streams), each))
        if clock() > deadline:
            break
    if not best:
        batch, streams = _ways(half.device)[0]
        return batch // 2, streams, seconds_each
    winner = next(iter(best))
    for way, each in best.items():
        if each * _WORTH_IT < best[winner]:
            winner = way
    return *winner, best[winner]


def _ways(device: torch.device) -> list[tuple[int, int]]:
    """Batch sizes with numbers of streams worth trying on a device, the one to be preferred first.

    On the processor that is a stream for each core: it also bears with cores that decode, which none does here.
    """
    if device.type != "cpu":
        return [(batch, 1) for batch in _GPU_BATCHES]
    cores = torch.get_num_threads()
    streams = [(2 * image_half.PIECE * cores, cores)] if cores > 1 else []
    return [*streams, *((batch, 1) for batch in _CPU_BATCHES)]
