"""The heat map of a photo and a search by a part of one, against the encoder's own speed, in one run."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

from core import places
from core.domain import PhotoId, Query, Region
from core.library import Library
from core.search import explanation
from tests.benchmarks import machine, picture_files

SIZE = (4000, 3000)


def measure(count: int) -> dict[str, object]:
    """Milliseconds of each, after one that loads what is loaded once."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["RECOLLECT_HOME"] = home
        folder = Path(home) / "photos"
        folder.mkdir()
        picture_files.write(folder, "JPEG 4000 x 3000", count)
        with Library(places.places()) as library:
            library.add_folder(folder)
            library.index_until_done()
            ids = [PhotoId(int(one)) for one in library.listing().ids]
            library.warm_up()
            library.explain(ids[0], Query("a dog"))
            alone = [library.measure_encoder("starter")]
            first, other, part = [], [], []
            for photo_id in ids[1:]:
                first.append(_ms(partial(library.explain, photo_id, Query("a dog"))))
                other.append(_ms(partial(library.explain, photo_id, Query("grass"))))
                region = Region(0.3, 0.3, 0.6, 0.7)
                example = replace(library.example(library.photos([photo_id])[0].path), region=region)
                part.append(_ms(partial(library.search, Query(examples=(example,)))))
            alone.append(library.measure_encoder("starter"))
        crops = len(explanation.windows(*SIZE))
        rate = sum(alone) / len(alone)
        return {
            "size": f"{SIZE[0]} x {SIZE[1]}",
            "crops": crops,
            "heat map, first of a photo (ms)": machine.summary(first),
            "heat map, another wish (ms)": machine.summary(other),
            "search by a part (ms)": machine.summary(part),
            "encoder alone, before and after (photos/s)": [round(one, 1) for one in alone],
            "encoder alone, the crops (ms)": round(crops / rate * 1000),
        }


def _ms(work: Callable[[], object]) -> float:
    started_at = perf_counter()
    work()
    return (perf_counter() - started_at) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=8)
    given = parser.parse_args()
    print(json.dumps({"machine": machine.description(), "results": measure(given.photos)}, indent=2))
