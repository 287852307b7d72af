"""`recollect evaluate`: how well an encoder finds photos, measured on captioned ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output
from core.library import Library
from core.search.encoder_trial import Evaluation


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    evaluate = commands.add_parser(
        "evaluate",
        parents=[library],
        help="measure an encoder on captioned photos",
        description="Text-to-photo and photo-to-text retrieval (recall@1/5/10, median rank, mean reciprocal rank),"
        " zero-shot accuracy where labels are given, and speed. The library is not touched.",
    )
    evaluate.add_argument(
        "captions", type=Path, metavar="CAPTIONS.jsonl", help='a line a photo: {"file", "captions", "split", "labels"?}'
    )
    evaluate.add_argument("photos", type=Path, metavar="PHOTOS_DIR", help="the folder the file names are relative to")
    evaluate.add_argument("--encoder", metavar="NAME", help="an installed encoder (default: the chosen one)")
    evaluate.add_argument("--split", metavar="NAME", help="only this split (default: val where there is one, else all)")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    evaluate.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library, output.progress(library):
        found = library.evaluate_encoder(arguments.captions, arguments.photos, arguments.encoder, arguments.split)
    if arguments.json:
        output.write_json(found.as_json())
    else:
        _print(found)
    return 0


def _print(found: Evaluation) -> None:
    print(f"{found.encoder} on {output.plural(found.photos, 'photo')}")
    print("                recall@1  recall@5  recall@10  median rank   MRR")
    for title, one in (("text to photo", found.text_to_photo), ("photo to text", found.photo_to_text)):
        print(
            f"{title:14}  {one.recall_at_1:8.1%}  {one.recall_at_5:8.1%}  {one.recall_at_10:9.1%}"
            f"  {one.median_rank:11g}  {one.mrr:.2f}"
        )
    if found.zero_shot is not None:
        print(f"zero-shot       top-1 {found.zero_shot.top_1:.1%}, top-5 {found.zero_shot.top_5:.1%}")
    print(f"{found.photos_per_s:.1f} photos/s, {found.queries_per_s:.0f} queries/s")
