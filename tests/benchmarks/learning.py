"""What examples add to a tag: average precision with 0 to 20 examples against the word alone, on captioned photos.

    RECOLLECT_HOME=/some/where recollect index PHOTOS
    RECOLLECT_HOME=/some/where python -m tests.benchmarks.learning PHOTOS --json learning.json

PHOTOS holds folders of photos with a file of captions beside each (`coco/` and `coco.jsonl`, as for `recollect
evaluate`). A photo has a word when one of its captions does: a lower bound, the same for both sides.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core import places
from core.catalog import photos, vectors
from core.catalog.catalog import Catalog
from core.domain import Embedding, PhotoId, Scope
from core.embedding.registry import EncoderRegistry
from core.events import EventBus
from core.jobs import JobControl
from core.search import background_file, calibration, captioned_photos
from core.search.captioned_photos import DEVELOPMENT_SPLIT
from core.tagging import learned, prompt_file, vocabulary, zero_shot
from core.tagging.learned import Lesson

EXAMPLES = (0, 1, 3, 5, 10, 20)
CAPTIONED = ("flickr8k", "coco")
CLASSES = "imagenet"
LEAST_PHOTOS = 40
GROUPS = {
    "dog": (151, 269), "bird": (7, 25), "water bird": (127, 147), "snake": (52, 69), "lizard": (38, 49),
    "insect": (300, 327), "monkey": (365, 385),
}  # fmt: skip
"""Runs of classes of ImageNet-1k that have one everyday name."""


@dataclass(frozen=True)
class Task:
    """One tag over one set of photos."""

    name: str
    photos: Embedding
    labels: NDArray[np.bool_]
    prior: NDArray[np.float32]


def main() -> None:
    """Measure and print; `--json` keeps the figures for the plot."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("photos", type=Path)
    arguments.add_argument("--draws", type=int, default=5)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    found = tasks(given.photos)
    print(f"{len(found)} tags: {', '.join(one.name for one in found)}")
    results = [measured(found, count, given.draws) for count in EXAMPLES]
    print("| examples | tags | word alone | with examples | worst tag | gain | precision said | precision found |")
    print("|---|---|---|---|---|---|---|---|")
    for row in results:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")
    if given.json:
        given.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def measured(found: list[Task], count: int, draws: int) -> dict[str, float]:
    """Means over tags and draws with `count` random examples a tag; the examples are not in the test."""
    alone, taught, said, true, per_tag = [], [], [], [], []
    rng = np.random.default_rng(count)
    usable = [one for one in found if one.labels.sum() >= count + 5]
    for task in usable:
        gains = []
        for _ in range(draws if count else 1):
            chosen = rng.choice(np.flatnonzero(task.labels), count, replace=False)
            test = ~np.isin(np.arange(len(task.labels)), chosen)
            scores = task.prior
            if count:
                tag = learned.learn(lesson(task, chosen, rng))
                scores = tag.scores(task.photos, task.prior)
                above = test & (scores >= tag.threshold)
                if tag.expected_precision is not None and above.sum() >= 5:
                    said.append(tag.expected_precision)
                    true.append(float(task.labels[above].mean()))
            alone.append(learned.average_precision(task.prior[test], task.labels[test]))
            taught.append(learned.average_precision(scores[test], task.labels[test]))
            gains.append(taught[-1] - alone[-1])
        per_tag.append(float(np.mean(gains)))
    return {
        "examples": count,
        "tags": len(usable),
        "alone": round(float(np.mean(alone)), 3),
        "taught": round(float(np.mean(taught)), 3),
        "worst": round(min(per_tag), 3),
        "gain": round(float(np.mean(per_tag)), 3),
        "said": round(float(np.mean(said)), 2) if said else float("nan"),
        "true": round(float(np.mean(true)), 2) if true else float("nan"),
    }


def lesson(task: Task, chosen: NDArray[np.int64], rng: np.random.Generator) -> Lesson:
    """These examples against a random part of the library, which holds unmarked photos of the tag as in real life."""
    others = np.setdiff1d(np.arange(len(task.labels)), chosen)
    background = rng.choice(others, min(learned.BACKGROUND, len(others)), replace=False)
    nothing = np.zeros(0, dtype=np.int64)
    return Lesson(
        task.photos[chosen], task.photos[nothing], task.photos[background],
        task.prior[chosen], task.prior[nothing], task.prior[background],
    )  # fmt: skip


def tasks(folder: Path) -> list[Task]:
    """Words of the vocabulary with enough captioned photos, and groups of classes."""
    here = places.places()
    encoder = EncoderRegistry(here.encoders, here.cache).encoder("starter")
    catalog = Catalog(here.catalog, EventBus())
    try:
        with catalog.reading() as connection:
            row = vectors.encoder(connection, encoder.fingerprint)
            assert row is not None, "index the photos first"
            ids, embeddings = vectors.load(connection, row)
            known = photos.load(connection, [PhotoId(int(one)) for one in photos.listing(connection, Scope()).ids])
    finally:
        catalog.close()
    rows = {int(one): at for at, one in enumerate(ids)}
    row_of = {(one.path.parent.name, one.path.name): rows[one.id] for one in known if one.id in rows}
    background = background_file.load_or_make(encoder, here.cache)
    usual = calibration.usual(embeddings, background.everyday)
    job = JobControl("learning", "Embedding prompts")
    words = [one for one in vocabulary.parse(places.resource("vocabulary.toml").read_text("utf-8"))
             if not one.is_exclusive and not one.is_sensitive]  # fmt: skip
    words += [vocabulary.Word(name, CLASSES, (f"a photo of a {name}.", name), False) for name in GROUPS]
    columns = zero_shot.columns(words, lambda texts: prompt_file.embed(encoder, here.cache, texts, job))
    z_scores = calibration.against_background(embeddings @ columns.vectors.T, usual)
    standard = zero_shot.standardised(z_scores, zero_shot.learn(z_scores, len(z_scores)))
    described = {
        name: captioned_photos.read(folder / f"{name}.jsonl", DEVELOPMENT_SPLIT) for name in (*CAPTIONED, CLASSES)
    }
    found = []
    for at, word in enumerate(words):
        sources = (CLASSES,) if word.group == CLASSES else CAPTIONED
        here_rows, labels = [], []
        for source in sources:
            for number, one in enumerate(described[source]):
                if (source, one.file) in row_of:
                    here_rows.append(row_of[source, one.file])
                    labels.append(_has(word, number, " ".join(one.captions).lower()))
        mask = np.array(labels, dtype=bool)
        if mask.sum() >= LEAST_PHOTOS or (word.group == CLASSES and mask.any()):
            found.append(Task(word.name, embeddings[here_rows], mask, standard[here_rows, at]))
    return found


def _has(word: vocabulary.Word, number: int, caption: str) -> bool:
    if word.group == CLASSES:
        first, end = GROUPS[word.name]
        return first <= number < end
    return re.search(rf"\b{re.escape(word.name)}(s|es)?\b", caption) is not None


if __name__ == "__main__":
    main()
