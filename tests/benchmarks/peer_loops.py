"""The indexing loop of one peer over a folder of photos. Runs in the peer's own environment; prints photos a second.

    PEER_PYTHON tests/benchmarks/peer_loops.py NAME PHOTOS WEIGHTS

Nothing of Recollect is imported. `NAME_weights` writes the random weights in the form that the peer loads. Loading the
weights does not count, only what happens for each photo.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path
from typing import Any

ARCHITECTURE = "ViT-B-32-256"
"""What rclip uses; the others can use any."""
SIDE_PX = 256
_RCLIP_FOLDER = "ViT-B-32-256-datacomp_s34b_b86k"
_ST_BATCH = 32
"""The batch of `SentenceTransformer.encode` unless told otherwise."""


def module(name: str) -> Any:
    """A package of the peer's environment."""
    return importlib.import_module(name)


def pair(weights: Path) -> Any:
    """open_clip's model of ARCHITECTURE with the random weights in a file, and its preprocessing."""
    model, _, preprocess = module("open_clip").create_model_and_transforms(ARCHITECTURE, pretrained=str(weights))
    return model.eval(), preprocess


def open_clip_loop(photos: Path, weights: Path) -> float:
    """As open_clip's README embeds a picture, once for each."""
    torch, image = module("torch"), module("PIL.Image")
    model, preprocess = pair(weights)
    paths, features = sorted(photos.iterdir()), []
    with torch.no_grad():
        model.encode_image(torch.zeros(1, 3, SIDE_PX, SIDE_PX))
        started_at = time.perf_counter()
        for path in paths:
            one = model.encode_image(preprocess(image.open(path)).unsqueeze(0))
            features.append(one / one.norm(dim=-1, keepdim=True))
    return len(features) / (time.perf_counter() - started_at)


def rclip_weights(target: Path, weights: Path) -> None:
    """The image half as ONNX, where rclip looks for what it has downloaded."""
    torch = module("torch")
    folder = target / _RCLIP_FOLDER
    folder.mkdir(parents=True)
    shape = torch.zeros(2, 3, SIDE_PX, SIDE_PX)
    model, _ = pair(weights)
    batch = {0: torch.export.Dim("batch", min=1, max=1024)}
    torch.onnx.export(
        model.visual, (shape,), str(folder / "visual.onnx"), dynamo=True, external_data=False,
        input_names=["input"], output_names=["output"], dynamic_shapes=(batch,),
    )  # fmt: skip
    (folder / "textual.onnx").touch()
    (target / "tokenizer").mkdir()
    (target / "tokenizer" / "bpe_simple_vocab_16e6.txt.gz").touch()


def rclip_loop(photos: Path, weights: Path) -> float:
    """rclip's own `ensure_index`, database included."""
    os.environ["RCLIP_DATADIR"] = str(weights)
    import numpy as np

    main = module("rclip.main")
    database, model = main.db.DB(weights / "db.sqlite3"), main.model.Model()
    model.ensure_downloaded()
    model.compute_preprocessed_image_features([np.zeros((3, SIDE_PX, SIDE_PX), np.float32)], for_indexing=True)
    defaults = main.helpers.init_arg_parser().parse_args(["query"])
    rclip = main.RClip(
        model_instance=model, database=database, indexing_batch_size=defaults.indexing_batch_size, exclude_dirs=None
    )
    started_at = time.perf_counter()
    rclip.ensure_index(str(photos))
    took_s = time.perf_counter() - started_at
    count = len(rclip._get_features(str(photos))[0])
    rclip.close()
    database.close()
    (weights / "db.sqlite3").unlink()
    return count / took_s


def sentence_transformers_weights(target: Path, weights: Path) -> None:
    """transformers' CLIP of the same shape with random weights: the speed does not depend on them."""
    clip = module("transformers")
    image = {"image_size": SIDE_PX, "patch_size": 32, "hidden_size": 768, "intermediate_size": 3072}
    config = clip.CLIPConfig(
        vision_config={**image, "num_hidden_layers": 12, "num_attention_heads": 12},
        text_config={"num_hidden_layers": 1},
        projection_dim=512,
    )
    clip.CLIPModel(config).save_pretrained(target)
    size, crop = {"shortest_edge": SIDE_PX}, {"height": SIDE_PX, "width": SIDE_PX}
    (target / "vocab.json").write_text('{"<|startoftext|>": 0, "<|endoftext|>": 1}')
    (target / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = clip.CLIPTokenizer(str(target / "vocab.json"), str(target / "merges.txt"))
    pictures = clip.CLIPImageProcessor(size=size, crop_size=crop)
    clip.CLIPProcessor(pictures, tokenizer).save_pretrained(target)


def sentence_transformers_loop(photos: Path, weights: Path) -> float:
    """`SentenceTransformer.encode` over pictures opened with Pillow, as in its example of image search."""
    st, image, torch = module("sentence_transformers"), module("PIL.Image"), module("torch")
    model = st.SentenceTransformer(str(weights), device="cpu")
    model.encode([image.new("RGB", (SIDE_PX, SIDE_PX))], batch_size=1)
    paths = sorted(photos.iterdir())
    started_at = time.perf_counter()
    rows = model.encode([image.open(path) for path in paths], batch_size=_ST_BATCH, convert_to_tensor=True)
    torch.nn.functional.normalize(rows)
    return len(rows) / (time.perf_counter() - started_at)


LOOPS = {"open_clip": open_clip_loop, "rclip": rclip_loop, "sentence_transformers": sentence_transformers_loop}
WEIGHTS = {"rclip": rclip_weights, "sentence_transformers": sentence_transformers_weights}

if __name__ == "__main__":
    peer, folder, own = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if peer.endswith("_weights"):
        WEIGHTS[peer.removesuffix("_weights")](folder, own)
    else:
        print(LOOPS[peer](folder, own))
