"""Indexing against its two halves alone, in one run: files to embeddings in the catalog, for each kind of file.

    python -m tests.benchmarks.indexing [--photos 400] [--encoder starter] [--kind JPEG] [--rows 100000]

*Decode alone* reads, hashes, decodes and makes thumbnails on all cores and writes nothing; *encode alone* embeds
squares that are ready, on the same cores. Both are measured before and after the pipeline. Where both halves need the
same processors, the sum of their work is a bound of its own: 1 / (1 / decode + 1 / encode).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from core.embedding import trial
from core.embedding.encoder import Encoder
from core.embedding.registry import EncoderRegistry
from core.indexing import disk
from core.indexing.disk import DiskFile
from core.indexing.reading_process import ReadingProcesses
from core.library import Library
from tests.benchmarks import indexing_stages, machine, own_home, picture_files, synthetic_library

_LONGEST_ENCODE_S = 6.0


def files_of(folder: Path) -> list[DiskFile]:
    """The picture files in a folder."""
    return [one for one in disk.walk(folder) if isinstance(one, DiskFile)]


def decode_alone(files: Sequence[DiskFile]) -> float:
    """Files a second that the reading processes give, on all cores."""
    readers, cores = ReadingProcesses(), os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as threads:
        list(threads.map(readers.read, list(files[: 2 * cores])))  # starts the children
        started_at = time.perf_counter()
        list(threads.map(readers.read, files))
        rate = len(files) / (time.perf_counter() - started_at)
    readers.close()
    return rate


def encode_alone(encoder: Encoder, count: int) -> float:
    """Prepared pictures a second that the encoder embeds, in batches of the size it likes."""
    size = encoder.batch_size()
    prepared = trial.pictures(size, encoder.input_side_px)
    encoder.encode_prepared(prepared)
    done, started_at = 0, time.perf_counter()
    while done < count and time.perf_counter() - started_at < _LONGEST_ENCODE_S:
        encoder.encode_prepared(prepared)
        done += size
    return done / (time.perf_counter() - started_at)


def measure(
    kind: str,
    folder: Path,
    encoder_name: str,
    rows: int = 0,
    encoders: Path | None = None,
    made: Path | None = None,
) -> dict[str, object]:
    """Photos a second of each half alone and of the whole, in a library that has `rows` photos already."""
    with own_home.made(encoders) as own, tempfile.TemporaryDirectory() as other:
        if rows:
            away = Path(other)
            synthetic_library.copy_or_build(made, own.catalog, away, rows)
        with Library(own) as library:
            if encoder_name != library.settings.encoder:
                library.change_settings(encoder=encoder_name)
            return _measure_in(library, folder, kind, encoder_name)


def _measure_in(library: Library, folder: Path, kind: str, encoder_name: str) -> dict[str, object]:
    encoder, files = library._registry.encoder(encoder_name), files_of(folder)
    decode, encode = [decode_alone(files)], [encode_alone(encoder, len(files))]
    watched = library.add_folder(folder)
    started_at = time.perf_counter()
    library.scan_until_done([watched.id])
    scanned_at = time.perf_counter()
    library._work.embed()
    ended_at = time.perf_counter()
    encode.append(encode_alone(encoder, len(files)))
    decode.append(decode_alone(files))
    whole = len(files) / (ended_at - started_at)
    best_decode, best_encode = float(np.mean(decode)), float(np.mean(encode))
    slower, bound = min(best_decode, best_encode), 1 / (1 / best_decode + 1 / best_encode)
    return {
        "kind": kind,
        "photos": len(files),
        "encoder": encoder_name,
        "rows": len(library.listing()),
        "photos_per_s": {
            "decode alone, before and after": [round(one, 1) for one in decode],
            "encode alone, before and after": [round(one, 1) for one in encode],
            "scan": round(len(files) / (scanned_at - started_at), 1),
            "embedding": round(len(files) / (ended_at - scanned_at), 1),
            "whole": round(whole, 1),
        },
        "embedding as a share of encode alone": round(len(files) / (ended_at - scanned_at) / best_encode, 3),
        "share of the slower half": round(whole / slower, 3),
        "share of the sum of the work": round(whole / bound, 3),
        "stages_ms": indexing_stages.measure(files[:40], _in_process(library, encoder_name)),
    }


def _in_process(library: Library, name: str) -> Encoder:
    """The same encoder, but here, where its torch can be told to use one thread."""
    places = library.places
    return EncoderRegistry(places.encoders, places.cache, is_in_process=True).encoder(name)


def main() -> None:
    """Measure each kind asked for and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, help="of each kind (default: 400 small ones, fewer of the others)")
    parser.add_argument("--files", type=Path, help="folder where the files are kept for the next time")
    parser.add_argument("--made", type=Path, help="folder where made-up libraries are kept for the next time")
    parser.add_argument("--only-make", action="store_true", help="make the files and stop")
    parser.add_argument("--rows", type=int, default=0, help="photos that are in the library already")
    parser.add_argument("--encoder", default="starter")
    parser.add_argument("--encoders", type=Path, help="folder with installed encoders (default: none but the starter)")
    parser.add_argument("--kind", default="", help="only kinds whose name holds this")
    given = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as temporary:
        for kind in (kind for kind in picture_files.KINDS if given.kind in kind):
            count = given.photos or picture_files.KINDS[kind][1]
            folder = (given.files or Path(temporary)) / f"{kind} {count}"
            picture_files.write(folder, kind, count)
            if not given.only_make:
                results.append(measure(kind, folder, given.encoder, given.rows, given.encoders, given.made))
                print(json.dumps(results[-1]), file=sys.stderr, flush=True)
    print(json.dumps({"machine": machine.description(), "results": results}, indent=2))


if __name__ == "__main__":
    main()
