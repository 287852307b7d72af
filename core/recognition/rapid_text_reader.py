"""Reads text with RapidOCR on onnxruntime; the only importer of both (docs/decisions/0014).

The models are inside the package. Both are optional (`pip install recollect[text]`) and are imported when the first
picture is read.
"""

from __future__ import annotations

import importlib.util
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.errors import LibraryError
from core.recognition.text_reader import LEAST_CONFIDENCE, Line

LONGEST_SIDE_PX = 1280
_GLANCE_PX = 736
"""Most photos have no text: at this size that is seen five times quicker, and the second look finds what is small."""
_THREADS = 1
"""The rest of the program stays quick, and on two cores a second thread gains nothing."""


def is_installed() -> bool:
    """Whether text can be read at all; imports nothing."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def ensure_installed() -> None:
    """Raise LibraryError with the way to get it."""
    if not is_installed():
        raise LibraryError(
            "Reading text in pictures needs a part that is not installed.",
            "It is optional, because it takes 200 MB.",
            'Install it with: pip install "recollect[text]"',
        )


class RapidTextReader:
    """Finds lines of text and reads them. Loads its models when it is made; raises LibraryError when it cannot."""

    def __init__(self) -> None:
        ensure_installed()
        try:
            self._glance = _engine(_GLANCE_PX)
            self._look = _engine(LONGEST_SIDE_PX)
        except Exception as error:
            raise LibraryError(
                "Reading text in pictures does not work here.",
                f"{type(error).__name__}: {error}",
                'Install it again with: pip install --force-reinstall "recollect[text]"',
            ) from error
        self.name = f"rapidocr {version('rapidocr')}"
        self.longest_side_px = LONGEST_SIDE_PX

    def read(self, image: Image.Image) -> list[Line]:
        """The lines of text in an upright RGB image, from the top."""
        if self._glance(_pixels(image, _GLANCE_PX), use_cls=False, use_rec=False).boxes is None:
            return []
        found = self._look(_pixels(image, LONGEST_SIDE_PX), use_cls=False)
        return [Line(text, float(score)) for text, score in zip(found.txts or (), found.scores or (), strict=True)]


def _pixels(image: Image.Image, longest_side_px: int) -> NDArray[np.uint8]:
    """Height x width x 3, blue first, as OpenCV has it; no larger than asked."""
    image = image.copy()
    image.thumbnail((longest_side_px, longest_side_px), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def _engine(longest_side_px: int) -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": LEAST_CONFIDENCE,
            "Global.max_side_len": longest_side_px,
            "Det.limit_type": "max",
            "Det.limit_side_len": longest_side_px,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
