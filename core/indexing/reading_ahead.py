"""Files read ahead on the decoder threads, in batches small enough to be seen soon. Runs on the scanner thread.

While the window is in use, on battery or when told to be slow, fewer are read at a time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from core.indexing.disk import DiskFile
from core.indexing.file_reading import ReadFile, UnreadableFile
from core.indexing.pace import LONGEST_REST_S, Pace
from core.indexing.reading_process import ReadingProcesses
from core.jobs import JobControl

BATCH_FILES = 48
_BATCH_S = 0.4
_AHEAD_OF_EACH = 3
"""Files on their way to each decoder, so that none waits for the others."""


class ReadingAhead:
    """Asks the reading processes for files, as many at a time as there are decoders."""

    def __init__(self, decoders: ThreadPoolExecutor, decoder_count: int, readers: ReadingProcesses) -> None:
        self._decoders = decoders
        self._decoder_count = decoder_count
        self._readers = readers

    def batches(
        self, files: Iterable[DiskFile], job: JobControl, pace: Pace | None = None
    ) -> Iterator[list[ReadFile | UnreadableFile]]:
        """The files in order, read; those that are gone by now are left out. Raises Cancelled from a rest."""
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
                worked_s = time.monotonic() - started_at
                if len(batch) >= BATCH_FILES or (batch and worked_s > _BATCH_S):
                    yield batch
                    job.rest(self._rest_s(pace, worked_s))
                    batch, started_at = [], time.monotonic()
        finally:
            for future in pending:
                future.cancel()
        if batch:
            yield batch

    def _ahead(self, pace: Pace | None) -> int:
        """Files to have on their way: where not all the time is ours, no more than the decoders of our share."""
        share = 1.0 if pace is None else pace.share()
        return self._decoder_count * _AHEAD_OF_EACH if share >= 1 else max(1, int(self._decoder_count * share))

    def _rest_s(self, pace: Pace | None, worked_s: float) -> float:
        """Seconds to rest where even one decoder is more than the share."""
        decoders = self._decoder_count if pace is None else self._decoder_count * pace.share()
        return 0.0 if decoders >= 1 else min(LONGEST_REST_S, worked_s * (1 / decoders - 1))
