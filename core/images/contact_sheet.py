"""A picture of search results for people at a terminal: squares in a grid with rank and name. Pure; any thread."""

from __future__ import annotations

import contextlib
import math
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from core.errors import LibraryError

_CELL_PX = 264
_GAP_PX = 24
_MARGIN_PX = 40
_TITLE_PX = 34
_SUBTITLE_PX = 17
_CAPTION_PX = 16
_HEADER_PX = 92
_CAPTION_ROW_PX = 36
_CORNER_PX = 8
_MOST_COLUMNS = 5

_BACKGROUND = (30, 30, 32)
_TITLE_COLOUR = (242, 242, 244)
_NAME_COLOUR = (206, 206, 210)
_FAINT_COLOUR = (146, 146, 152)

# Pillow's built-in font knows ASCII only; one of these is on most desktops and knows more scripts.
_WIDE_FONTS = ("NotoSans-Regular.ttf", "Arial Unicode.ttf", "DejaVuSans.ttf", "arial.ttf")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def write(pictures: Sequence[tuple[Image.Image, str]], title: str, path: Path) -> None:
    """Draw upright images with their captions, best first, under a title, and save them as a PNG or JPEG file.

    The suffix of `path` says which. Raises LibraryError when the file cannot be written.
    """
    sheet = draw(pictures, title)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(path, quality=90)
    except (OSError, ValueError) as error:
        raise LibraryError(
            "The contact sheet could not be written.", f"{path}: {error}", "Choose another file or folder for it."
        ) from error


def draw(pictures: Sequence[tuple[Image.Image, str]], title: str) -> Image.Image:
    """The sheet as an RGB image."""
    columns = min(_MOST_COLUMNS, max(3, math.ceil(math.sqrt(len(pictures)))))
    rows = max(1, math.ceil(len(pictures) / columns))
    width = 2 * _MARGIN_PX + columns * _CELL_PX + (columns - 1) * _GAP_PX
    height = _MARGIN_PX + _HEADER_PX + rows * (_CELL_PX + _CAPTION_ROW_PX) + (rows - 1) * _GAP_PX + _MARGIN_PX // 2
    sheet = Image.new("RGB", (width, height), _BACKGROUND)
    pen = ImageDraw.Draw(sheet)
    _draw_header(pen, title, len(pictures), width - 2 * _MARGIN_PX)
    mask = _rounded_square()
    for index, (image, caption) in enumerate(pictures):
        x = _MARGIN_PX + index % columns * (_CELL_PX + _GAP_PX)
        y = _MARGIN_PX + _HEADER_PX + index // columns * (_CELL_PX + _CAPTION_ROW_PX + _GAP_PX)
        square = ImageOps.fit(image.convert("RGB"), (_CELL_PX, _CELL_PX), Image.Resampling.LANCZOS)
        sheet.paste(square, (x, y), mask)
        _draw_caption(pen, (x, y + _CELL_PX + 12), index + 1, caption)
    return sheet


def _draw_header(pen: ImageDraw.ImageDraw, title: str, count: int, width: int) -> None:
    shown, font = _lettering(_one_line(title), _TITLE_PX)
    pen.text((_MARGIN_PX, _MARGIN_PX), _shortened(pen, shown, font, width), _TITLE_COLOUR, font, anchor="lt")
    found = {0: "No photos found", 1: "1 photo"}.get(count, f"{count} photos, best first")
    position = (_MARGIN_PX, _MARGIN_PX + _TITLE_PX + 14)
    pen.text(position, found, _FAINT_COLOUR, ImageFont.load_default(_SUBTITLE_PX), anchor="lt")


def _draw_caption(pen: ImageDraw.ImageDraw, position: tuple[int, int], rank: int, caption: str) -> None:
    """The rank, faint, then as much of the name as fits under its picture."""
    x, y = position
    number, number_font = str(rank), ImageFont.load_default(_CAPTION_PX)
    name, name_font = _lettering(_one_line(caption), _CAPTION_PX)
    indent = math.ceil(pen.textlength(number, number_font)) + 10
    baseline = y + _CAPTION_PX - 3
    pen.text((x, baseline), number, _FAINT_COLOUR, number_font, anchor="ls")
    shown = _shortened(pen, name, name_font, _CELL_PX - indent)
    pen.text((x + indent, baseline), shown, _NAME_COLOUR, name_font, anchor="ls")


def _shortened(pen: ImageDraw.ImageDraw, text: str, font: Font, width: int) -> str:
    """The text, its middle left out where it is too wide: a file's end tells as much as its beginning."""
    if pen.textlength(text, font) <= width:
        return text
    for kept in range(min(len(text) - 1, 300), 1, -1):
        shorter = f"{text[: (kept + 1) // 2].rstrip()}…{text[len(text) - kept // 2 :].lstrip()}"
        if pen.textlength(shorter, font) <= width:
            return shorter
    return "…"


def _one_line(text: str) -> str:
    """Without line breaks, control characters and the surrogates of file names that are not UTF-8."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())


def _lettering(text: str, size_px: int) -> tuple[str, Font]:
    """The text and a font that has all its letters; without such a font the nearest plain letters."""
    if not text.isascii():
        for name in _WIDE_FONTS:
            with contextlib.suppress(OSError):
                return text, ImageFont.truetype(name, size_px)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return plain.encode("ascii", "replace").decode("ascii"), ImageFont.load_default(size_px)


def _rounded_square() -> Image.Image:
    """The mask of one picture; drawn four times as large, so that its corners come out smooth."""
    large = Image.new("L", (4 * _CELL_PX, 4 * _CELL_PX), 0)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, 4 * _CELL_PX - 1, 4 * _CELL_PX - 1), 4 * _CORNER_PX, fill=255)
    return large.reduce(4)
