"""What each stage of indexing costs one core, in milliseconds a photo: the median over some files, one thread."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from core.embedding.encoder import Encoder
from core.images import perceptual_hash, reading, thumbnails
from core.indexing import file_reading
from core.indexing.disk import DiskFile

T = TypeVar("T")


class Stages:
    """Milliseconds of each stage, collected."""

    def __init__(self) -> None:
        self.samples: dict[str, list[float]] = defaultdict(list)

    def timed(self, name: str, work: Callable[[], T]) -> T:
        """The result of a piece of work, its time noted."""
        started_at = time.perf_counter()
        result = work()
        self.samples[name].append((time.perf_counter() - started_at) * 1000)
        return result

    def medians(self) -> dict[str, float]:
        """By stage."""
        return {name: round(statistics.median(times), 2) for name, times in self.samples.items()}


def measure(files: Sequence[DiskFile], encoder: Encoder) -> dict[str, float]:
    """The stages of reading and embedding; writing is what the whole takes beyond them."""
    stages = Stages()
    with one_torch_thread():
        encoder.batch_size()
        for file in files:
            _measure_one(stages, file, encoder)
    return stages.medians()


def _measure_one(stages: Stages, file: DiskFile, encoder: Encoder) -> None:
    content = stages.timed("read", file.path.read_bytes)
    stages.timed("hash", lambda: file_reading.content_hash(content))
    picture = stages.timed(
        "decode and metadata",
        lambda: reading.read_picture(content, file.path.name, file_reading.THUMBNAIL_SHORTER_SIDE_PX),
    )
    jpeg = stages.timed("thumbnail", lambda: thumbnails.make(picture.image))
    stages.timed("perceptual hash", lambda: perceptual_hash.of_image(picture.image))
    image = stages.timed("thumbnail decoded again", lambda: thumbnails.open_thumbnail(jpeg))
    prepared = stages.timed("prepare for the encoder", lambda: encoder.prepare_image(image))
    stages.timed("encode", lambda: encoder.encode_prepared([prepared]))


@contextmanager
def one_torch_thread() -> Iterator[None]:
    """torch uses one thread here, so that a stage is the work of one core."""
    import torch  # here, so that the reading children do not import it with this module

    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(usual)
