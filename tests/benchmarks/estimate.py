"""The trial's photos per second against a full run over the same library. Prints JSON.

    python -m tests.benchmarks.estimate [PHOTOS] [--encoders FOLDER] [--encoder starter] [--encoder NAME]

The estimate is what choosing an encoder shows; the truth is the embedding of the whole library afterwards.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from core.embedding import starter
from core.library import Library
from tests.benchmarks import machine, own_home, picture_files


def measure(photos: Path, encoder_name: str, encoders: Path | None) -> dict[str, object]:
    """Estimate first, as a person would, then embed."""
    with own_home.made(encoders) as own:
        with Library(own) as library:
            library.change_settings(encoder=encoder_name)
            watched = library.add_folder(photos)
            library.scan_until_done([watched.id])
            count = len(library.listing())
            started_at = time.perf_counter()
            estimate = library.measure_encoder(encoder_name)
            estimated_at = time.perf_counter()
            library._work.embed()
            truth = count / (time.perf_counter() - estimated_at)
        return {
            "encoder": encoder_name,
            "photos": count,
            "estimate took in s": round(estimated_at - started_at, 1),
            "estimated photos_per_s": round(estimate, 1),
            "true photos_per_s": round(truth, 1),
            "estimated / true": round(estimate / truth, 3),
        }


def main() -> None:
    """Measure each encoder and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, nargs="?", help="default: 400 small ones are made")
    parser.add_argument("--encoder", action="append", help="may be given several times (default: the starter)")
    parser.add_argument("--encoders", type=Path, help="folder with installed encoders")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.photos
        if folder is None:
            folder = Path(temporary)
            picture_files.write(folder, "JPEG 1024 x 768", 400)
        results = [measure(folder, one, given.encoders) for one in given.encoder or [starter.NAME]]
    print(json.dumps({"machine": machine.description(), "results": results}, indent=2))


if __name__ == "__main__":
    main()
