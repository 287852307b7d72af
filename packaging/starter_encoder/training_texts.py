"""The texts that the starter encoder is trained with: captions, answered questions, names of things."""

from __future__ import annotations

import random
from pathlib import Path

import photos
import sentences

CLASS_TEMPLATES = (
    "{}",
    "a {}",
    "a photo of a {}",
    "a photo of the {}",
    "a close-up photo of a {}",
    "a good photo of a {}",
    "a photo of a large {}",
    "a photo of many {}",
)
ZERO_SHOT_TEMPLATES = (
    "a photo of a {}",
    "a photo of the {}",
    "{}",
    "a close-up photo of a {}",
    "a bad photo of a {}",
    "a good photo of a {}",
    "a photo of many {}",
)
_SYNONYMS = 2
_QUESTION_TEXTS = 5
_DAYTIME = ("daytime", "day time", "during the day", "daylight")


def of_photos(folder: str, captioned: list[photos.Captioned]) -> list[list[str]]:
    """The texts of each photo, at least one."""
    if folder == "visual7w":
        return [_answered(photo) for photo in captioned]
    return [[_tidy(caption) for caption in photo.captions] for photo in captioned]


def of_classes() -> list[list[str]]:
    """For each ImageNet class, in the classifier's order: its name in templates, synonyms, its definition."""
    import open_clip
    import timm

    folder = Path(timm.__file__).parent / "data" / "_info"
    order = (folder / "imagenet_synsets.txt").read_text(encoding="utf-8").split()
    words, definitions = (_table(folder / f"imagenet_synset_to_{kind}.txt") for kind in ("lemma", "definition"))
    return [
        _of_class(name, words[synset].split(", "), definitions[synset])
        for name, synset in zip(open_clip.IMAGENET_CLASSNAMES, order, strict=True)
    ]


def of_zero_shot(captioned: list[photos.Captioned]) -> list[list[str]]:
    """The prompts of each class, for photos in the classifier's order whose one caption names their class."""
    names = [photo.captions[0].removeprefix("a photo of a ") for photo in captioned]
    return [[template.format(name) for template in ZERO_SHOT_TEMPLATES] for name in names]


def _of_class(name: str, words: list[str], definition: str) -> list[str]:
    synonyms = [word for word in words if word != name][:_SYNONYMS]
    texts = [template.format(name) for template in CLASS_TEMPLATES]
    texts += [template.format(word) for word in synonyms for template in ("{}", "a photo of a {}")]
    return [*texts, f"{name}: {definition}", definition]


def _answered(photo: photos.Captioned) -> list[str]:
    """Random selections of a photo's answered questions; most say that it was day, which is dropped."""
    said = [text.strip() for caption in photo.captions if (text := sentences.from_question(caption)) and text.strip()]
    telling = [text for text in said if len(text.split()) > 4 or not any(word in text for word in _DAYTIME)]
    if not telling:
        return said[:1] or ["a photo"]
    choose = random.Random(photo.path.name)
    counts = [3, *(choose.randint(1, 3) for _ in range(_QUESTION_TEXTS - 1))]
    return [", ".join(choose.sample(telling, min(count, len(telling)))) for count in counts]


def _tidy(caption: str) -> str:
    return caption.strip().rstrip(".").strip()


def _table(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)
