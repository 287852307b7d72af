"""The scan of embeddings kept as bytes against the exact float32 product, interleaved in one run: time and recall@100.

    python -m tests.benchmarks.matrix_scan [--photos 100000 1000000] [--real EMBEDDINGS.npy]

Random unit vectors are the hardest case for a top list, since nothing stands out; `--real` embeddings of photos (n, d),
repeated with a little noise, are what libraries look like.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from core.domain import Embedding
from core.search import ranking
from core.search.vector_matrix import VectorMatrix
from tests.benchmarks import machine

_DIMENSION = 512
_QUERIES = 20
_CHUNK = 50_000
_NOISE = 0.3
"""Length of what is added to a real embedding, so that photos are alike but not the same."""


def measure(count: int, real: Embedding | None) -> dict[str, object]:
    """Milliseconds of one query over `count` rows, both ways, and how much of the exact best 100 the scan finds."""
    random = np.random.default_rng(0)
    ids = np.arange(count, dtype=np.int64)
    exact = np.concatenate([_rows(random, min(_CHUNK, count - start), real) for start in range(0, count, _CHUNK)])
    matrix = VectorMatrix(exact.shape[1])
    matrix.load(((ids[at : at + _CHUNK], exact[at : at + _CHUNK]) for at in range(0, count, _CHUNK)), count)
    queries = _rows(random, _QUERIES, real)
    of_scan, of_product, recalls = [], [], []
    for query in queries:
        of_product += machine.timed_ms(lambda query=query: exact @ query, 2, warm_up=0)  # type: ignore[misc]
        of_scan += machine.timed_ms(lambda query=query: matrix.scores(query[None]), 2, warm_up=0)  # type: ignore[misc]
        wanted, _ = ranking.best(ids, exact @ query, 100)
        found, _ = ranking.best(ids, matrix.scores(query[None])[1][:, 0], 100)
        recalls.append(len(np.intersect1d(found, wanted)) / 100)
    return {
        "photos": count,
        "embeddings": "random" if real is None else "photos with noise",
        "float32 product ms": machine.summary(of_product),
        "scan and exact best ms": machine.summary(of_scan),
        "recall@100": round(float(np.mean(recalls)), 4),
        "memory of the matrix in MB": round(matrix.size_bytes / 1e6),
        "memory of float32 in MB": round(exact.nbytes / 1e6),
    }


def _rows(random: np.random.Generator, count: int, real: Embedding | None) -> Embedding:
    rows = random.standard_normal((count, _DIMENSION if real is None else real.shape[1]), dtype=np.float32)
    if real is not None:
        rows *= _NOISE / np.sqrt(rows.shape[1])
        rows += real[random.integers(0, len(real), count)]
    unit: Embedding = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--real", type=Path, help="embeddings (n, d) of real photos, float32 .npy")
    given = parser.parse_args()
    sources = [None, np.load(given.real)] if given.real else [None]
    results = [measure(count, source) for count in given.photos for source in sources]
    print(json.dumps({"machine": machine.description(), "results": results}, indent=2))
