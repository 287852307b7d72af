"""The starter against its bare towers, taking turns in one run: what our heads and changes cost.

Pictures: EfficientNet-Lite2 as timm builds it, the same with its normalisation folded in, and the starter as it
encodes, all in the number format and batch size that its self-test chose. Texts: MiniLM in torch, and the starter,
which is NumPy; one query at a time, as people ask, and many captions at once, as evaluation does.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import timm
import torch

from core.embedding import devices, starter, starter_image, starter_text, trial
from core.embedding.image_half import ImageHalf
from core.embedding.measurements import Measurements
from core.embedding.starter_encoder import StarterEncoder
from core.embedding.towers import ImageTower
from tests.benchmarks import machine

CAPTIONS = [f"a {kind} {thing} stands in front of an old house on a sunny day"
            for kind in ("red", "big", "small", "wet")
            for thing in ("car", "dog", "bicycle", "woman", "horse", "tree", "boat", "table")] * 2  # fmt: skip
Sides = dict[str, Callable[[], object]]


def measure(rounds: int) -> dict[str, object]:
    """Medians, and each side's speed as a share of the first's, round by round."""
    with tempfile.TemporaryDirectory() as cache:
        encoder = StarterEncoder(Path(cache))
        batch = encoder.batch_size()
        plan = Measurements(Path(cache)).plan(encoder.fingerprint, devices.full_name(devices.best()))
        assert plan is not None
        pictures = trial.pictures(batch, encoder.input_side_px)

        def bare(network: torch.nn.Module) -> Callable[[], object]:
            tower = ImageTower(starter_image.PooledEfficientNet(network), None, is_convolutional=True)
            half = ImageHalf(tower, starter.PREPROCESSING, devices.best(), getattr(torch, plan.dtype))
            return lambda: half.encode(pictures)

        images: Sides = {
            "tower as timm builds it": bare(timm.create_model("tf_efficientnet_lite2", pretrained=False).eval()),
            "tower, normalisation folded in": bare(starter_image.load_network()),
            "starter": lambda: encoder.encode_prepared(pictures),
        }
        minilm, tokenize = starter_text.load_network(), starter_text.tokenize_with(str(starter.tokenizer()))

        def minilm_alone(texts: list[str]) -> object:
            with torch.inference_mode():
                return minilm(*tokenize(texts))

        def of(texts: list[str]) -> Sides:
            return {"MiniLM in torch": lambda: minilm_alone(texts), "starter": lambda: encoder.encode_texts(texts)}

        return {
            "format": plan.dtype,
            "batch": batch,
            "photos": _compared(images, batch, rounds),
            "one query": _compared(of(CAPTIONS[:1]), 1, rounds),
            "captions": _compared(of(CAPTIONS), len(CAPTIONS), rounds),
        }


def _compared(sides: Sides, count: int, rounds: int) -> dict[str, dict[str, float]]:
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 2):
        for name, work in sides.items():
            started_at = perf_counter()
            work()
            if number > 1:
                seconds[name].append(perf_counter() - started_at)
    first = seconds[next(iter(sides))]
    return {
        name: {
            "per s, median": round(count / statistics.median(own), 1),
            "share of the first, median": round(statistics.median(a / b for a, b in zip(first, own, strict=True)), 3),
        }
        for name, own in seconds.items()
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    given = parser.parse_args()
    print(json.dumps({"machine": machine.description(), "results": measure(given.rounds)}, indent=2))
