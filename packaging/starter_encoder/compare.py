"""Prints what the shipped starter encoder reaches on held-out photos, beside the untrained ridge regression.

    python packaging/starter_encoder/compare.py PHOTOS --features FOLDER

The starter is measured as it is shipped, from the photo files; FOLDER keeps the baseline's features.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import photos
import ridge_baseline
import training_texts
from feature_cache import FeatureCache
from measuring import Held

from core.embedding.registry import EncoderRegistry
from core.jobs import JobControl
from core.search import captioned_photos, encoder_trial
from core.search.evaluation import RetrievalFigures


def main() -> None:
    """Print one line per folder and encoder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--features", type=Path, required=True)
    options = parser.parse_args()
    for part in ("flickr8k", "coco", "phone", "visual7w", "imagenet"):
        if part in ("flickr8k", "coco", "phone"):
            print(_line(part, "ridge", _baseline(options.photos, options.features, part)), flush=True)
        result = _starter(options.photos, part)
        print(_line(part, "starter", result.text_to_photo), flush=True)
        print(_line(part, "starter, photo->text", result.photo_to_text), flush=True)
        if result.zero_shot is not None:
            print(f"{part:9} zero-shot top-1 {result.zero_shot.top_1:.1%}, top-5 {result.zero_shot.top_5:.1%}")
        print(f"{part:9} {result.photos_per_s:.0f} photos/s, {result.queries_per_s:.0f} queries/s", flush=True)


def _baseline(photo_folder: Path, features: Path, part: str) -> RetrievalFigures:
    cache = FeatureCache(photo_folder, features)
    texts = cache.texts(f"{part}_val", training_texts.of_photos(part, photos.read(photo_folder, part, "val")))
    held = Held(part, cache.maps(part, "val", 0), texts)
    return ridge_baseline.figures(held, cache.texts("imagenet_classes", training_texts.of_classes()))


def _starter(photo_folder: Path, part: str) -> encoder_trial.Evaluation:
    captioned = captioned_photos.read(photo_folder / f"{part}.jsonl", "val")
    with tempfile.TemporaryDirectory() as folder:
        encoder = EncoderRegistry(Path(folder), Path(folder)).encoder("starter")
        return encoder_trial.evaluate(encoder, captioned, photo_folder / part, JobControl("evaluate", "Evaluating"))


def _line(part: str, encoder: str, figures: RetrievalFigures) -> str:
    recalls = " / ".join(
        f"{100 * share:.1f}" for share in (figures.recall_at_1, figures.recall_at_5, figures.recall_at_10)
    )
    return (
        f"{part:9} {encoder:22} recall@1/5/10 {recalls}, median rank {figures.median_rank:.0f}, mrr {figures.mrr:.3f}"
    )


if __name__ == "__main__":
    main()
