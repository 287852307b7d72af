"""Keeps each half of an encoder loaded on the best device, and moves on when that device fails. Imports torch.

A runner is used by one thread at a time: `OpenClipEncoder` holds a lock around each.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch

from core.domain import Embedding
from core.embedding import devices, self_test
from core.embedding.encoder import PreparedImage
from core.embedding.image_half import ImageHalf, NotFiniteError
from core.embedding.measurements import Measurements, Plan
from core.embedding.plan_watch import PlanWatch
from core.embedding.preprocessing import Preprocessing
from core.embedding.text_half import TextHalf
from core.embedding.towers import Towers
from core.errors import LibraryError

log = logging.getLogger(__name__)

_CPU = torch.device("cpu")
_FAILURES = (RuntimeError, MemoryError)
"""What torch raises when a device is out of memory, lost or asked for something it cannot do."""

BestDevice = Callable[[], torch.device]


class ImageRunner:
    """The image half: loaded on demand by the best known plan, smaller batches or the processor when that fails."""

    def __init__(
        self,
        towers: Towers,
        preprocessing: Preprocessing,
        fingerprint: str,
        measurements: Measurements,
        best_device: BestDevice = devices.best,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._clock = clock
        self._watch = PlanWatch(0)
        self._is_found_anew = False
        self._towers = towers
        self._preprocessing = preprocessing
        self._fingerprint = fingerprint
        self._measurements = measurements
        self._best_device = best_device
        self._half: ImageHalf | None = None
        self._plan: Plan | None = None

    def plan(self) -> Plan:
        """How the half runs; loads it, and tries it out the first time."""
        return self._loaded()[1]

    def encode(self, images: Sequence[PreparedImage]) -> Embedding:
        """Embed at least one image: (n, d), unit rows. Raises LibraryError when even the processor cannot."""
        rows: list[Embedding] = []
        done = 0
        while done < len(images):
            half, plan = self._loaded()
            started = self._clock()
            try:
                rows.append(half.encode(images[done : done + plan.batch_size], plan.stream_count))
                is_full = done + plan.batch_size <= len(images)
                done += plan.batch_size
                if is_full and self._watch.note(plan.batch_size, self._clock() - started):
                    self._find_plan_anew(half, plan)
            except _FAILURES as error:
                self._recover(error, half, plan, min(plan.batch_size, len(images) - done))
        return np.concatenate(rows)

    def release(self) -> None:
        """Give the memory back; the next use starts on the best device again."""
        if self._half is not None:
            device = self._half.device
            self._half = self._plan = None
            devices.empty_cache(device)

    def _loaded(self) -> tuple[ImageHalf, Plan]:
        if self._half is None or self._plan is None:
            device = self._best_device()
            try:
                self._half, self._plan = self._load(device)
            except _FAILURES as error:
                if device == _CPU:
                    raise _cannot_encode(error) from error
                self._half, self._plan = self._load_on_processor(error, device)
            self._watch = PlanWatch(0 if self._is_found_anew else self._plan.photos_per_s)
        return self._half, self._plan

    def _find_plan_anew(self, half: ImageHalf, plan: Plan) -> None:
        """The encoder is far from what its self-test promised: the next batch begins with a new one, once."""
        log.info("%s runs at quite another speed than its self-test promised; testing again", plan)
        self._is_found_anew = True
        self._measurements.forget_plan(self._fingerprint, devices.full_name(half.device))
        self._half = self._plan = None

    def _load(self, device: torch.device) -> tuple[ImageHalf, Plan]:
        device_name = devices.full_name(device)
        plan = self._measurements.plan(self._fingerprint, device_name)
        if plan is not None and getattr(torch, plan.dtype) in devices.dtypes(device):
            return self._make_half(device, getattr(torch, plan.dtype)), plan
        found = self_test.find_plan(self._make_half, device, self._preprocessing.side_px)
        self._measurements.keep_plan(self._fingerprint, device_name, found.plan)
        return found.half, found.plan

    def _make_half(self, device: torch.device, dtype: torch.dtype) -> ImageHalf:
        return ImageHalf(self._towers.image(), self._preprocessing, device, dtype)

    def _recover(self, error: BaseException, half: ImageHalf, plan: Plan, tried: int) -> None:
        """Change the plan so that a second try can succeed, or raise LibraryError."""
        if devices.is_out_of_memory(error) and tried > 1:
            log.info("no memory for %d images at a time on %s; halving", tried, half.device)
            self._plan = replace(plan, batch_size=tried // 2, stream_count=1)
            devices.empty_cache(half.device)
        elif half.dtype == torch.int8 or (isinstance(error, NotFiniteError) and half.dtype != torch.float32):
            log.info("%s failed (%s); encoding in float32 instead", half.dtype, error)
            self._half = None
            self._half, self._plan = self._make_half(half.device, torch.float32), replace(plan, dtype="float32")
            self._measurements.keep_plan(self._fingerprint, devices.full_name(half.device), self._plan)
        elif half.device != _CPU and not isinstance(error, NotFiniteError):
            self._half, self._plan = self._load_on_processor(error, half.device)
        else:
            raise _cannot_encode(error) from error

    def _load_on_processor(self, error: BaseException, device: torch.device) -> tuple[ImageHalf, Plan]:
        log.warning("%s failed (%s); encoding on the processor instead", device, error)
        try:
            return self._load(_CPU)
        except _FAILURES as second:
            raise _cannot_encode(second) from second


class TextRunner:
    """The text half: loaded on demand on the best device, on the processor when that fails."""

    def __init__(self, towers: Towers, best_device: BestDevice = devices.best) -> None:
        self._towers = towers
        self._best_device = best_device
        self._half: TextHalf | None = None

    def encode(self, texts: Sequence[str]) -> Embedding:
        """Embed at least one text: (n, d), unit rows. Raises LibraryError when even the processor cannot."""
        device = self._half.device if self._half is not None else self._best_device()
        try:
            return self._loaded(device).encode(texts)
        except _FAILURES as error:
            if device == _CPU:
                raise _cannot_encode(error) from error
            log.warning("%s failed (%s); encoding texts on the processor instead", device, error)
        self._half = None
        try:
            return self._loaded(_CPU).encode(texts)
        except _FAILURES as error:
            raise _cannot_encode(error) from error

    def _loaded(self, device: torch.device) -> TextHalf:
        if self._half is None:
            self._half = TextHalf(self._towers.text(), device)
        return self._half


def _cannot_encode(error: BaseException) -> LibraryError:
    if devices.is_out_of_memory(error):
        return LibraryError(
            "There is not enough memory for this encoder.", "", "Close other programs, or choose a smaller encoder."
        )
    if isinstance(error, NotFiniteError):
        return LibraryError(
            "The encoder's weights are broken.", f"For a picture or a text, {error}.", "Fetch or import it again."
        )
    return LibraryError("The encoder failed on this machine.", str(error)[:300], "Choose another encoder.")
