"""Makes picture files for tests, in memory: every format, with metadata, turned, and wrong in all the usual ways."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image, TiffImagePlugin

Colour = tuple[int, int, int]
Size = tuple[int, int]

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 40), (40, 60, 220), (250, 250, 250)
QUARTERS = (RED, GREEN, BLUE, WHITE)
"""Of `quarters`: top left, top right, bottom left, bottom right."""

_TURNED_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


# -- images ---------------------------------------------------------------------------------------------------------
def plain(size: Size = (96, 64), colour: Colour = RED) -> Image.Image:
    """One colour."""
    return Image.new("RGB", size, colour)


def quarters(size: Size = (96, 64)) -> Image.Image:
    """Four colours, so that every way to turn it looks different."""
    image = Image.new("RGB", size, WHITE)
    half = (size[0] // 2, size[1] // 2)
    image.paste(RED, (0, 0, *half))
    image.paste(GREEN, (half[0], 0, size[0], half[1]))
    image.paste(BLUE, (0, half[1], half[0], size[1]))
    return image


def photo_like(size: Size = (600, 400), seed: int = 0) -> Image.Image:
    """Soft shapes with grain: compresses about as a photo does."""
    random = np.random.default_rng(seed)
    shapes = Image.fromarray(random.integers(0, 255, (12, 16, 3), dtype=np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )
    grain = random.normal(0, 4, (size[1], size[0], 1))
    return Image.fromarray(np.clip(np.asarray(shapes) + grain, 0, 255).astype(np.uint8))


def quarter_colours(image: Image.Image) -> tuple[Colour, ...]:
    """The colours in the middle of the four quarters, in the order of `QUARTERS`."""
    points = [(x, y) for y in (1, 3) for x in (1, 3)]
    found = [image.getpixel((image.width * x // 4, image.height * y // 4)) for x, y in points]
    return tuple(found)  # type: ignore[arg-type]


# -- metadata -------------------------------------------------------------------------------------------------------
def make_exif(
    *,
    main: Mapping[int, Any] | None = None,
    photo: Mapping[int, Any] | None = None,
    gps: Mapping[int, Any] | None = None,
    orientation: int | None = None,
    taken_at: str | None = None,
    offset: str | None = None,
) -> bytes:
    """An EXIF block from tags by number; `taken_at` as EXIF writes it, `2024:05:01 12:30:00`."""
    exif = Image.Exif()
    exif.update(main or {})
    if orientation is not None:
        exif[0x0112] = orientation
    tags = dict(photo or {})
    if taken_at is not None:
        tags[0x9003] = taken_at
    if offset is not None:
        tags[0x9011] = offset
    if tags:
        exif.get_ifd(0x8769).update(tags)
        exif[0x8769] = tags
    if gps:
        exif[0x8825] = dict(gps)
    return exif.tobytes()


def make_gps(latitude: float, longitude: float, altitude_m: float | None = None) -> dict[int, Any]:
    """The tags of a GPS directory."""
    tags: dict[int, Any] = {
        1: "N" if latitude >= 0 else "S",
        2: _degrees(abs(latitude)),
        3: "E" if longitude >= 0 else "W",
        4: _degrees(abs(longitude)),
    }
    if altitude_m is not None:
        tags[5] = b"\x00" if altitude_m >= 0 else b"\x01"
        tags[6] = _rational(abs(altitude_m))
    return tags


def make_xmp(properties: str) -> bytes:
    """An XMP packet around the given elements (prefixes dc, xmp, exif, tiff, aux, photoshop are declared)."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
        ' xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f'{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def make_iptc(records: Sequence[tuple[int, bytes]]) -> bytes:
    """A Photoshop resource block (for a JPEG's APP13) with IPTC records of the application record."""
    body = b"".join(struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text for number, text in records)
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"Photoshop 3.0\x00" + resource


def with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    """A JPEG file with one more application segment right after its start."""
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + jpeg[2:]


# -- files ----------------------------------------------------------------------------------------------------------
def encoded(image: Image.Image, file_format: str, **options: Any) -> bytes:
    """The image as a file of one of Pillow's formats."""
    stored = io.BytesIO()
    image.save(stored, file_format, **options)
    return stored.getvalue()


def make_jpeg(
    size: Size = (96, 64),
    colour: Colour | None = None,
    *,
    orientation: int | None = None,
    exif: bytes = b"",
    **options: Any,
) -> bytes:
    """A JPEG file, of one colour or of `quarters`; with an orientation it is stored turned, so it looks the same."""
    image = quarters(size) if colour is None else plain(size, colour)
    if orientation is not None:
        image, exif = stored_turned(image, orientation), exif or make_exif(orientation=orientation)
    return encoded(image, "JPEG", **{"quality": 92, "exif": exif, **options})


def make_heic(image: Image.Image | None = None, **options: Any) -> bytes:
    """A HEIC file; written by pillow-heif, a development dependency."""
    image = quarters() if image is None else image
    stored = io.BytesIO()
    pillow_heif.from_pillow(image).save(stored, quality=90, **options)
    return stored.getvalue()


def make_avif(image: Image.Image | None = None, **options: Any) -> bytes:
    """An AVIF file."""
    return encoded(quarters() if image is None else image, "AVIF", **{"quality": 90, "speed": 10, **options})


def make_animation(file_format: str, colours: Sequence[Colour] = (RED, BLUE), size: Size = (64, 48)) -> bytes:
    """An animated GIF, WEBP or PNG, one colour a frame."""
    frames = [plain(size, colour) for colour in colours]
    return encoded(frames[0], file_format, save_all=True, append_images=frames[1:], duration=100)


def stored_turned(image: Image.Image, orientation: int) -> Image.Image:
    """The image as a camera would store it with this orientation."""
    turn = _TURNED_BACK.get(orientation)
    return image if turn is None else image.transpose(turn)


def make_png_16_bit_rgb(colour: Colour = RED, size: Size = (32, 24)) -> bytes:
    """A PNG with 16 bits in each of three channels, which Pillow cannot write."""
    pixel = b"".join(struct.pack(">H", channel * 257) for channel in colour)
    rows = (b"\0" + pixel * size[0]) * size[1]
    header = struct.pack(">IIBBBBB", *size, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def make_png_bomb(size: Size = (60_000, 60_000)) -> bytes:
    """A small PNG file whose header claims to be huge."""
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    pixels = _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + pixels + _chunk(b"IEND", b"")


def make_jpeg_bomb(size: Size = (65_000, 65_000)) -> bytes:
    """A small JPEG file whose frame header claims to be huge."""
    jpeg = make_jpeg()
    start = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:start] + struct.pack(">HH", size[1], size[0]) + jpeg[start + 4 :]


def make_dng(
    preview: bytes | None = None, size: Size = (128, 96), *, orientation: int = 1, taken_at: str = "2024:05:01 12:30:00"
) -> bytes:
    """A minimal DNG file (DNG specification 1.7): grey-green sensor data and, if given, an embedded JPEG preview.

    `size` is the sensor's, before turning.
    """
    sensor = np.full((size[1], size[0]), 12_000, dtype="<u2")
    sensor[0::2, 1::2] = sensor[1::2, 0::2] = 30_000
    raw_tags = {
        254: ("I", [0]), 256: ("I", [size[0]]), 257: ("I", [size[1]]), 258: ("H", [16]), 259: ("H", [1]),
        262: ("H", [32803]), 277: ("H", [1]), 278: ("I", [size[1]]), 33421: ("H", [2, 2]), 33422: ("B", [0, 1, 1, 2]),
        50717: ("I", [65535]),
    }  # fmt: skip
    main_tags = {
        271: ("s", "Recollect"), 272: ("s", "Recollect Test Camera"), 274: ("H", [orientation]),
        306: ("s", taken_at), 50706: ("B", [1, 4, 0, 0]), 50707: ("B", [1, 1, 0, 0]),
        50708: ("s", "Recollect Test Camera"), 50721: ("r", [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        50728: ("R", [1, 1, 1]), 50778: ("H", [21]),
    }  # fmt: skip
    if preview is None:
        return _tiff({**raw_tags, **main_tags}, sensor.tobytes(), None, b"")
    with Image.open(io.BytesIO(preview)) as opened:
        width, height = opened.size
    preview_tags = {
        254: ("I", [1]), 256: ("I", [width]), 257: ("I", [height]), 258: ("H", [8, 8, 8]), 259: ("H", [7]),
        262: ("H", [6]), 277: ("H", [3]), 278: ("I", [height]),
    }  # fmt: skip
    return _tiff({**preview_tags, **main_tags}, preview, raw_tags, sensor.tobytes())


def _tiff(main: Mapping[int, Any], main_strip: bytes, sub: Mapping[int, Any] | None, sub_strip: bytes) -> bytes:
    """A little-endian TIFF file: the strips, then the sub directory if there is one, then the main directory."""
    content = bytearray(b"II*\0\0\0\0\0")
    tags = {**main, 273: ("I", [len(content)]), 279: ("I", [len(main_strip)])}
    content += main_strip + b"\0" * (len(main_strip) % 2)
    if sub is not None:
        sub_tags = {**sub, 273: ("I", [len(content)]), 279: ("I", [len(sub_strip)])}
        content += sub_strip
        tags[330] = ("I", [len(content)])
        content += _directory(sub_tags, len(content))
    content[4:8] = struct.pack("<I", len(content))
    return bytes(content + _directory(tags, len(content)))


def _directory(tags: Mapping[int, Any], offset: int) -> bytes:
    entries, tail = b"", b""
    tail_offset = offset + 2 + 12 * len(tags) + 4
    for tag, (kind, values) in sorted(tags.items()):
        code, count, packed = _packed(kind, values)
        if len(packed) > 4:
            place = struct.pack("<I", tail_offset + len(tail))
            tail += packed + b"\0" * (len(packed) % 2)
        else:
            place = packed.ljust(4, b"\0")
        entries += struct.pack("<HHI", tag, code, count) + place
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0) + tail


def _packed(kind: str, values: Any) -> tuple[int, int, bytes]:
    """The TIFF type, count and bytes of values: B, H, I unsigned; s text; R and r rationals, the latter signed."""
    if kind == "s":
        text = values.encode() + b"\0"
        return 2, len(text), text
    if kind in "Rr":
        pairs = [struct.pack("<iI", value * 10_000, 10_000) for value in values]
        return (5 if kind == "R" else 10), len(values), b"".join(pairs)
    return {"B": 1, "H": 3, "I": 4}[kind], len(values), struct.pack(f"<{len(values)}{kind}", *values)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _degrees(value: float) -> tuple[TiffImagePlugin.IFDRational, ...]:
    minutes = value % 1 * 60
    return _rational(int(value)), _rational(int(minutes)), _rational(minutes % 1 * 60)


def _rational(value: float) -> TiffImagePlugin.IFDRational:
    exact = Fraction(value).limit_denominator(100_000)
    return TiffImagePlugin.IFDRational(exact.numerator, exact.denominator)
