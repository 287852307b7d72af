"""Keywords, their hierarchies and the names of marked faces, as the usual programs write them in XMP. Pure; any thread.

dc:subject is everybody's; lr:hierarchicalSubject is Lightroom's and darktable's (`People|Ann`); digiKam:TagsList is
digiKam's (`People/Ann`). Faces: Metadata Working Group, Guidelines for Handling Image Metadata 2.0, and Microsoft's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from core.file_words import HIERARCHY_ROOTS_LEFT_OUT

LONGEST_KEYWORD = 500
_MOST_LEVELS = 20
_REGIONS = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_MICROSOFT_REGION = "{http://ns.microsoft.com/photo/1.2/t/Region#}"
_FACES = frozenset(["face", "pet", ""])

SUBJECT = "{http://purl.org/dc/elements/1.1/}subject"
HIERARCHICAL_SUBJECT = "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject"
TAGS_LIST = "{http://www.digikam.org/ns/1.0/}TagsList"
SEPARATORS = {HIERARCHICAL_SUBJECT: "|", TAGS_LIST: "/"}
KEYWORD_PROPERTIES = (SUBJECT, HIERARCHICAL_SUBJECT, TAGS_LIST)
PEOPLE = "people"
"""Not a property: the names of faces, collected from wherever they stand."""


def names(found: Mapping[str, list[str]]) -> Iterator[str]:
    """The flat keywords, and the last level of each hierarchy."""
    for word in found.get(SUBJECT, ()):
        yield word.strip()[:LONGEST_KEYWORD]
    for path in _all_paths(found):
        yield path[-1]


def paths(found: Mapping[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    """The hierarchies of two levels and more, each once."""
    return tuple(dict.fromkeys(path for path in _all_paths(found) if len(path) > 1))


def levels(text: str, separator: str) -> tuple[str, ...]:
    """The levels of one hierarchy from the top; none of a hierarchy that a program keeps for itself."""
    found = [part.strip()[:LONGEST_KEYWORD] for part in text.split(separator)]
    kept = tuple(part for part in found if part)[:_MOST_LEVELS]
    return () if kept and kept[0].casefold() in HIERARCHY_ROOTS_LEFT_OUT else kept


def people(rdf: ElementTree.Element[Any]) -> list[str]:
    """The names of faces in a document, whichever way they are written."""
    found: list[str] = []
    for element in rdf.iter():
        kind = _value(element, f"{_REGIONS}Type") or ""
        if (name := _value(element, f"{_REGIONS}Name")) and kind.strip().casefold() in _FACES:
            found.append(name)
        if name := _value(element, f"{_MICROSOFT_REGION}PersonDisplayName"):
            found.append(name)
    return [name.strip()[:LONGEST_KEYWORD] for name in found if name.strip()]


def _all_paths(found: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    for name, separator in SEPARATORS.items():
        for text in found.get(name, ()):
            if path := levels(text, separator):
                yield path


def _value(element: ElementTree.Element[Any], name: str) -> str | None:
    """A property written as an attribute or as an element."""
    return element.get(name) or element.findtext(name)
