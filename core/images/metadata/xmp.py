"""XMP packets to `Metadata` (Adobe's XMP specification, parts 1 and 2). Pure; any thread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from core.file_words import FileWords
from core.images.metadata import cameras, exif, moments, texts, xmp_keywords
from core.images.metadata.record import Metadata, distinct

_LONGEST_PACKET = 4_000_000
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_EXIF_EX = "{http://cipa.jp/exif/1.0/}"
_TIFF = "{http://ns.adobe.com/tiff/1.0/}"
_AUX = "{http://ns.adobe.com/exif/1.0/aux/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

Properties = dict[str, list[str]]


def read(packet: str | bytes | None) -> Metadata:
    """What an XMP packet says; nothing when it is damaged. Never raises."""
    found = _properties(packet) if packet else {}

    def first(*names: str) -> str | None:
        return next((texts.clean(value) for name in names for value in found.get(name, ()) if value.strip()), None)

    dates = (f"{_EXIF}DateTimeOriginal", f"{_PHOTOSHOP}DateCreated", f"{_XMP}CreateDate")
    moment = next((m for name in dates if (m := moments.parse(first(name) or ""))), None)
    taken_at, fraction_s = moment or (None, 0.0)
    latitude, longitude = exif.place(
        _coordinate(first(f"{_EXIF}GPSLatitude")), _coordinate(first(f"{_EXIF}GPSLongitude"))
    )
    iso = exif.number(first(f"{_EXIF_EX}PhotographicSensitivity", f"{_EXIF}ISOSpeedRatings"))
    return Metadata(
        taken_at=taken_at,
        taken_at_fraction_s=fraction_s,
        camera=cameras.camera(first(f"{_TIFF}Make"), first(f"{_TIFF}Model")),
        lens=cameras.lens(first(f"{_EXIF_EX}LensModel", f"{_AUX}Lens")),
        exposure_s=exif.number(first(f"{_EXIF}ExposureTime")),
        f_number=exif.number(first(f"{_EXIF}FNumber")),
        iso=round(iso) if iso else None,
        focal_length_mm=exif.number(first(f"{_EXIF}FocalLength")),
        latitude=latitude,
        longitude=longitude,
        caption=texts.caption(first(f"{_DC}description", f"{_DC}title")),
        rating=exif.rating(first(f"{_XMP}Rating")),
        keywords=distinct(list(xmp_keywords.names(found))),
        keyword_paths=xmp_keywords.paths(found),
        people=distinct(found.get(xmp_keywords.PEOPLE, [])),
    )


def sidecar_words(packet: bytes) -> FileWords | None:
    """The words of a sidecar; None when it does not read, a file without any XMP in it included."""
    found = _readable(packet)
    if found is None:
        return None
    known = read(packet)
    return FileWords(
        keywords=known.keywords,
        paths=known.keyword_paths,
        people=known.people,
        rating=known.rating,
        caption=known.caption,
        states_keywords=any(name in found for name in xmp_keywords.KEYWORD_PROPERTIES),
    )


def _properties(packet: str | bytes) -> Properties:
    return _readable(packet) or {}


def _readable(packet: str | bytes) -> Properties | None:
    """The properties by their names with namespaces; None when the packet is damaged or no XMP."""
    text = packet if isinstance(packet, str) else _decoded(packet)
    text = text.strip("\0 \t\r\n\ufeff")
    # No picture needs a document type, and entities declared in one can grow without bound.
    if len(text) > _LONGEST_PACKET or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    if text.startswith("<?xml"):
        text = text.partition("?>")[2].lstrip()  # it names the encoding of bytes that are characters by now
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  (no document type gets this far)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return None
    found: Properties = {}
    for rdf in root.iter(f"{_RDF}RDF"):
        # Only the picture's own: a description inside a property may be of another picture.
        for description in rdf.findall(f"{_RDF}Description"):
            for name, value in _described(description):
                found.setdefault(name, []).extend(value)
        if people := xmp_keywords.people(rdf):
            found.setdefault(xmp_keywords.PEOPLE, []).extend(people)
    return found if found or root.tag == f"{_RDF}RDF" or root.find(f".//{_RDF}RDF") is not None else None


def _described(description: ElementTree.Element[Any]) -> Iterator[tuple[str, list[str]]]:
    """The simple properties of one rdf:Description, and its lists: a text in several languages counts as a list."""
    for name, value in description.attrib.items():
        yield name, [value]
    for element in description:
        items = list(element.iter(f"{_RDF}li"))
        # The language marked as default comes first.
        items.sort(key=lambda item: item.get(_LANGUAGE, "x-default") != "x-default")
        is_list = any(element.find(f"{_RDF}{kind}") is not None for kind in ("Bag", "Seq", "Alt"))
        yield element.tag, [item.text or "" for item in items] if items or is_list else [element.text or ""]


def _decoded(packet: bytes) -> str:
    for mark, encoding in ((b"\xfe\xff", "utf-16"), (b"\xff\xfe", "utf-16")):
        if packet.startswith(mark):
            return packet.decode(encoding, "replace")
    return texts.decoded(packet)


def _coordinate(text: str | None) -> float | None:
    """`52,30.5N` or `52,30,30N` to degrees."""
    if not text or text[-1].upper() not in "NSEW":
        return None
    return exif.degrees([exif.number(part) for part in text[:-1].split(",")], text[-1])
