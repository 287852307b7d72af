"""Reads files ahead on the decoder threads, in batches for the catalog. The scanner's thread asks."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from core.indexing.disk import DiskFile
from core.indexing.file_reading import ReadFile, UnreadableFile
from core.indexing.pace import Pace
from core.indexing.reading_process import ReadingProcesses

BATCH_FILES = 48
_BATCH_S = 0.4
_AHEAD_OF_EACH = 3
"""Files on their way to each reading process, so that none waits for a batch to be written."""


class ReadingAhead:
    """Keeps the decoders busy while the one who asks writes what was read."""

    def __init__(self, decoders: ThreadPoolExecutor, decoder_count: int, readers: ReadingProcesses) -> None:
        self._decoders = decoders
        self._decoder_count = decoder_count
        self._readers = readers

    def batches(self, files: Iterable[DiskFile], pace: Pace | None) -> Iterator[list[ReadFile | UnreadableFile]]:
        """Read files ahead on the decoder threads; yields batches small enough to be seen soon."""
        pending: deque[Future[ReadFile | UnreadableFile | None]] = deque()
        batch: list[ReadFile | UnreadableFile] = []
        started_at = time.monotonic()
        waiting = iter(files)
        try:
            while True:
                ahead = self._ahead(pace)
                while len(pending) < ahead and (file := next(waiting, None)) is not None:
                    pending.append(self._decoders.submit(self._readers.read, file))
                if not pending:
                    break
                result = pending.popleft().result()
                if result is not None:
                    batch.append(result)
                if len(batch) >= BATCH_FILES or (batch and time.monotonic() - started_at > _BATCH_S):
                    yield batch
                    batch, started_at = [], time.monotonic()
        finally:
            for future in pending:
                future.cancel()
        if batch:
            yield batch

    def _ahead(self, pace: Pace | None) -> int:
        """Files to have on their way: while the window is in use, no more than the decoders it can spare."""
        share = 1.0 if pace is None else pace.share()
        return self._decoder_count * _AHEAD_OF_EACH if share >= 1 else max(1, int(self._decoder_count * share))
