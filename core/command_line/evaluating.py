"""`recollect evaluate`: how well an encoder finds photos and tells good matches, measured on captioned ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output
from core.library import Library
from core.search.cut_trial import CutTrial
from core.search.encoder_trial import Evaluation


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    evaluate = commands.add_parser(
        "evaluate",
        parents=[library],
        help="measure an encoder on captioned photos",
        description="Text-to-photo and photo-to-text retrieval (recall@1/5/10, median rank, mean reciprocal rank),"
        " zero-shot accuracy where labels are given, and speed; with --cut, where the good matches end: how often words"
        " that no photo shows are answered with nothing, and how much of what is found is kept. The library is not"
        " touched.",
    )
    evaluate.add_argument(
        "captions", type=Path, metavar="CAPTIONS.jsonl", help='a line a photo: {"file", "captions", "split", "labels"?}'
    )
    evaluate.add_argument("photos", type=Path, metavar="PHOTOS_DIR", help="the folder the file names are relative to")
    evaluate.add_argument("--encoder", metavar="NAME", help="an installed encoder (default: the chosen one)")
    evaluate.add_argument("--split", metavar="NAME", help="only this split (default: val where there is one, else all)")
    evaluate.add_argument("--cut", action="store_true", help="measure where good matches end (docs/relevance.md)")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    evaluate.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> int:
    asked = (arguments.captions, arguments.photos, arguments.encoder, arguments.split)
    found: Evaluation | CutTrial
    with Library(places.places(arguments.library)) as library, output.progress(library):
        found = library.evaluate_cut(*asked) if arguments.cut else library.evaluate_encoder(*asked)
    if arguments.json:
        output.write_json(found.as_json())
    elif isinstance(found, CutTrial):
        print_cut(found)
    else:
        _print(found)
    return 0


def print_cut(found: CutTrial) -> None:
    """The figures for people, one line a library."""
    print(f"{found.encoder}: where good matches end")
    for title, figures in (("words it was chosen with", found.chosen_with), ("words held out", found.held_out)):
        print(f"{title:26}  absent: nothing  present: survive  precision  recall")
        for name, one in figures.items():
            library = f"  {name} ({one.photos})" if name == "all" else f"  {name} at random"
            print(
                f"{library:26}  {_share(one.absent_answered_with_nothing)} of {one.absent_words:<5}"
                f"  {_share(one.true_top_survival)} of {one.present_words:<6}"
                f"  {_share(one.precision):>9}  {_share(one.recall):>6}"
            )


def _share(value: float | None) -> str:
    return "     -" if value is None else f"{value:6.1%}"


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
