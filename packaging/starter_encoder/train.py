"""Trains the starter encoder's heads and last layers, and writes them where Recollect finds them.

    python packaging/starter_encoder/train.py PHOTOS --features FOLDER

PHOTOS holds flickr8k, visual7w, coco, phone and imagenet, each a folder of photos and a .jsonl file of captions.
Two processor cores need less than an hour, most of it for features, which FOLDER keeps. The same seed, machine and
number of threads give the same heads.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

# Before torch is loaded: threads that spin while they wait for one another take much longer on a shared machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import export
import lesson
import measuring
import training

from core.embedding import starter


def main() -> None:
    """Read the command line, train, print figures, write the heads."""
    options = _options()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    material = lesson.prepare(options.photos, options.features, options.views)
    recipe = training.Recipe(loss=options.loss, seed=options.seed)
    train = training.train_heads_again if options.last_stage_only else training.train
    model = train(material, recipe)
    print(measuring.figures(model, material.held, material.prompts), flush=True)
    export.write(model, material, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--features", type=Path, required=True, help="folder for what the frozen layers say")
    parser.add_argument("--out", type=Path, default=Path("resources/starter_encoder") / starter.HEADS_FILE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--views", type=int, default=4, help="views of each photo: whole, mirrored, random crops")
    parser.add_argument("--last-stage-only", action="store_true", help="go on from the heads in resources/")
    parser.add_argument("--loss", choices=("infonce", "sigmoid"), default="infonce")
    return parser.parse_args()


if __name__ == "__main__":
    main()
