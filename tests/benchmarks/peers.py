"""Indexing against rclip, a plain open_clip loop and sentence-transformers, in one run on one machine. Prints JSON.

    python -m tests.benchmarks.peers PHOTOS [--encoders FOLDER]
        --rclip VENV/bin/python --sentence-transformers VENV/bin/python

Everybody embeds the pictures of a folder with ViT-B-32 for 256 px and random weights. The two peers live in virtual
environments of their own (`pip install rclip onnx onnxscript torch open_clip_torch`; `pip install
sentence-transformers`); a peer whose interpreter is not given is left out. Recollect goes from files to embeddings in
its catalog, thumbnails and all, before and after the others.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core.embedding.registry import EncoderRegistry
from core.jobs import JobControl
from core.library import Library
from tests.benchmarks import machine, own_home, peer_loops

LOOPS = Path(peer_loops.__file__)
NAME = f"{peer_loops.ARCHITECTURE}/random"


def make_weights(folder: Path) -> Path:
    """Random weights for open_clip, and Recollect's encoder of them in `folder`/encoders; returns the former."""
    import open_clip
    import safetensors.torch
    import torch

    hub = folder / "hub"
    hub.mkdir()
    torch.manual_seed(0)
    tensors = open_clip.create_model(peer_loops.ARCHITECTURE).state_dict()
    torch.save(tensors, folder / "pair.pt")
    safetensors.torch.save_file(
        {name: one.contiguous() for name, one in tensors.items()}, hub / "open_clip_model.safetensors"
    )
    pixels = {"mean": open_clip.OPENAI_DATASET_MEAN, "std": open_clip.OPENAI_DATASET_STD, "interpolation": "bicubic"}
    config = {
        "model_cfg": open_clip.get_model_config(peer_loops.ARCHITECTURE),
        "preprocess_cfg": {**pixels, "resize_mode": "shortest"},
    }
    (hub / "open_clip_config.json").write_text(json.dumps(config))
    registry = EncoderRegistry(folder / "encoders", folder / "cache")
    registry.import_from(hub, JobControl("import", "Importing"), NAME)
    return folder / "pair.pt"


def recollect(photos: Path, folder: Path) -> float:
    """Photos a second from files to embeddings; the encoder is loaded and its way of working known."""
    with own_home.made(folder / "encoders") as own, Library(own) as library:
        library.change_settings(encoder=NAME)
        library._registry.encoder(NAME).batch_size()
        watched = library.add_folder(photos)
        started_at = time.perf_counter()
        library.scan_until_done([watched.id])
        library._work.embed()
        return len(library.listing()) / (time.perf_counter() - started_at)


def peer(python: str, name: str, *arguments: Path) -> str:
    """What a peer's loop prints last."""
    command = [python, str(LOOPS), name, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip().rpartition("\n")[2]


def prepare(peers: dict[str, str], folder: Path) -> dict[str, Path]:
    """The weights of each peer, in the form it loads."""
    weights = {"open_clip": folder / "pair.pt"}
    if not weights["open_clip"].exists():
        make_weights(folder)
    for name in peers.keys() & peer_loops.WEIGHTS.keys():
        weights[name] = folder / name
        if not weights[name].exists():
            peer(peers[name], f"{name}_weights", weights[name], folder / "pair.pt")
    return weights


def main() -> None:
    """Prepare, measure each in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--rclip", help="the interpreter of its environment")
    parser.add_argument("--sentence-transformers", dest="sentence_transformers")
    parser.add_argument("--weights", type=Path, help="folder where the weights are kept for the next time")
    parser.add_argument("--only-prepare", action="store_true")
    given = parser.parse_args()
    peers = {"open_clip": sys.executable, "rclip": given.rclip, "sentence_transformers": given.sentence_transformers}
    peers = {name: python for name, python in peers.items() if python}
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.weights or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        weights = prepare(peers, folder)
        if given.only_prepare:
            return
        ours = [recollect(given.photos, folder)]
        theirs = {name: float(peer(python, name, given.photos, weights[name])) for name, python in peers.items()}
        ours.append(recollect(given.photos, folder))
    mean = sum(ours) / len(ours)
    print(
        json.dumps(
            {
                "machine": machine.description(),
                "photos": sum(1 for _ in given.photos.iterdir()),
                "recollect, before and after": [round(one, 1) for one in ours],
                **{
                    name: {"photos_per_s": round(rate, 1), "times": round(mean / rate, 2)}
                    for name, rate in theirs.items()
                },
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
