"""Indexing against the encoder's own speed, in one run: photos per second from files to embeddings in the catalog."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from core import places
from core.library import Library
from tests.benchmarks import machine


def make_photos(folder: Path, count: int, size: tuple[int, int]) -> None:
    """JPEG files of `size` with detail in them, each different."""
    random = np.random.default_rng(1)
    for number in range(count):
        small = Image.fromarray(random.integers(0, 255, (24, 32, 3), dtype=np.uint8))
        image = small.resize(size, Image.Resampling.BICUBIC)
        image.save(folder / f"photo_{number:04}.jpg", quality=90)


def measure(count: int, size: tuple[int, int], encoder: str) -> dict[str, object]:
    """Photos per second of each stage alone and of the whole."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["RECOLLECT_HOME"] = home
        folder = Path(home) / "photos"
        folder.mkdir()
        make_photos(folder, count, size)
        with Library(places.places()) as library:
            if encoder != library.settings.encoder:
                library.use_encoder(encoder)
            alone = library._registry.measure(encoder)
            library.add_folder(folder)
            stages: dict[str, float] = {}
            started_at = time.perf_counter()
            library.scan_until_done()
            stages["scanning alone"] = count / (time.perf_counter() - started_at)
            started_at = time.perf_counter()
            library.index_until_done()
            stages["embedding from the catalog"] = count / (time.perf_counter() - started_at)
            again = library._registry.measure(encoder)
        stages["encoder alone, before"], stages["encoder alone, after"] = alone, again
        share = stages["embedding from the catalog"] / ((alone + again) / 2)
        rounded = {name: round(rate, 1) for name, rate in stages.items()}
        return {
            "photos": count,
            "size": f"{size[0]} x {size[1]}",
            "photos_per_s": rounded,
            "share of encoder": round(share, 3),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=400)
    parser.add_argument("--encoder", default="starter")
    given = parser.parse_args()
    results = [measure(given.photos, size, given.encoder) for size in ((1024, 768), (4000, 3000))]
    print(json.dumps({"machine": machine.description(), "results": results}, indent=2))
