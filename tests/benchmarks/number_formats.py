"""The number formats of the processor on whole image towers with random weights, and what the self-test takes.

`number_formats ViT-B-32-256 ...`: names of open_clip's architectures. Formats take turns in one run, each in pieces on
a stream a core. ONEDNN_MAX_CPU_ISA=AVX512_CORE_VNNI in the environment stands in for a processor without bfloat16.
"""

from __future__ import annotations

import argparse
import copy
import json
from time import perf_counter

import open_clip
import torch

from core.embedding import devices, image_half, self_test, trial
from core.embedding.image_half import ImageHalf
from core.embedding.preprocessing import Preprocessing
from core.embedding.towers import ImageTower
from tests.benchmarks import machine

_CPU = torch.device("cpu")
_PICTURES = 32


def measure(name: str, rounds: int, pieces: list[int]) -> dict[str, object]:
    """Photos a second of each format and piece, the best of the rounds, and the plan that the self-test finds."""
    visual = open_clip.create_model(name).visual.eval()
    side: int = visual.image_size[0] if isinstance(visual.image_size, tuple) else visual.image_size
    preprocessing = Preprocessing(side, (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))

    def made(device: torch.device, dtype: torch.dtype) -> ImageHalf:
        return ImageHalf(ImageTower(copy.deepcopy(visual)), preprocessing, device, dtype)

    started = perf_counter()
    plan = self_test.find_plan(made, _CPU, side).plan
    took_s = perf_counter() - started
    halves = [made(_CPU, dtype) for dtype in devices.dtypes(_CPU)]
    pictures, cores = trial.scenes(_PICTURES, side), torch.get_num_threads()
    best: dict[str, float] = {}
    for _ in range(rounds):
        for half in halves:
            for piece in pieces:
                image_half.PIECE = piece
                started = perf_counter()
                half.encode(pictures, cores)
                way = f"{half.dtype} by {piece}"
                best[way] = round(max(best.get(way, 0.0), _PICTURES / (perf_counter() - started)), 1)
    return {"photos per s, best": best, "plan": str(plan), "self-test, s": round(took_s, 1)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=["ViT-B-32-256", "ViT-B-32-SigLIP2-256"])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--pieces", type=int, nargs="+", default=[4])
    given = parser.parse_args()
    results = {name: measure(name, given.rounds, given.pieces) for name in given.names}
    print(json.dumps({"machine": machine.description(), "results": results}, indent=2))
