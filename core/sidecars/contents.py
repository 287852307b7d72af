"""What a sidecar says about a photo, brought into a document: keywords with their hierarchies, stars, caption. Pure.

dc:subject holds every name as it is. The two hierarchical lists cannot hold a name with their own separator in it:
such a name stands in dc:subject only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.file_words import FileWords
from core.images.metadata import exif, xmp_keywords
from core.images.metadata.xmp_keywords import HIERARCHICAL_SUBJECT, SEPARATORS, SUBJECT, TAGS_LIST
from core.sidecars.document import Document

RATING = "{http://ns.adobe.com/xap/1.0/}Rating"
DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the catalog says of a photo, to be said by its sidecar."""

    names: tuple[str, ...]
    """Its tags."""
    paths: Mapping[str, tuple[str, ...]]
    """The hierarchies that some of them stand in, by the tag's name in lower case."""
    rating: int
    caption: str | None
    embedded: FileWords
    """What the picture file itself says: where the person took that away, the sidecar must say so."""


def update(content: bytes | None, wanted: Wanted) -> bytes | None:
    """The sidecar's new content; None when it says all of it already (or there is nothing to say).

    `content` None: there is no sidecar yet. Raises ForeignDocument.
    """
    if content is None and not _is_anything_said(wanted):
        return None
    document = Document(content)
    was_changed = document.is_changed
    document.is_changed = False
    _put_names(document, wanted)
    _put_hierarchy(document, HIERARCHICAL_SUBJECT, "Bag", wanted, may_create=bool(wanted.names))
    _put_hierarchy(document, TAGS_LIST, "Seq", wanted, may_create=bool(wanted.paths))
    _put_rating(document, wanted)
    if wanted.caption and not any(document.items(DESCRIPTION) or [""]):
        document.add_caption(DESCRIPTION, writable(wanted.caption))
    return document.content() if document.is_changed or was_changed else None


def _is_anything_said(wanted: Wanted) -> bool:
    said = wanted.embedded
    return bool(wanted.names or wanted.rating or said.keywords or said.rating or wanted.caption)


def _put_names(document: Document, wanted: Wanted) -> None:
    names = {_key(name): writable(name) for name in wanted.names}
    there = {_key(text) for text in document.items(SUBJECT) or ()}
    added = [name for key, name in names.items() if key not in there]
    if not names and not wanted.embedded.keywords:
        if document.items(SUBJECT) is not None:
            document.remove(SUBJECT)
        return
    document.set_items(SUBJECT, "Bag", lambda text: _key(text) in names, added)


def _put_hierarchy(document: Document, name: str, kind: str, wanted: Wanted, *, may_create: bool) -> None:
    now, separator = document.items(name), SEPARATORS[name]
    if now is None and not may_create:
        return
    keep = _keeper({_key(one) for one in wanted.names}, separator)
    there = {_key(levels[-1]) for text in now or () if (levels := xmp_keywords.levels(text, separator))}
    added = []
    for one in wanted.names:
        levels = wanted.paths.get(one.casefold(), (one,))
        if _key(one) not in there and not any(separator in level for level in levels):
            added.append(writable(separator.join(levels)))
    if now is None and not added:
        return
    document.set_items(name, kind, keep, added)
    if not document.items(name):
        document.remove(name)


def _keeper(keys: set[str], separator: str) -> Callable[[str], bool]:
    def keep(text: str) -> bool:
        levels = xmp_keywords.levels(text, separator)
        return not levels or _key(levels[-1]) in keys  # no levels: what a program keeps there for itself

    return keep


def _put_rating(document: Document, wanted: Wanted) -> None:
    now = next(iter(document.items(RATING) or ()), None)
    stars = exif.rating(now)
    is_said = stars is not None or wanted.embedded.rating
    if stars != wanted.rating and (wanted.rating or is_said):
        document.set_text(RATING, str(wanted.rating))


def writable(text: str) -> str:
    """A name without the control characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def _key(text: str) -> str:
    return " ".join(writable(text).strip()[: xmp_keywords.LONGEST_KEYWORD].split()).casefold()
