"""Collects a picture's metadata from wherever its format keeps it. Never raises: what is damaged is left out.

Pure; any thread.
"""

from __future__ import annotations

import contextlib
import dataclasses

from PIL import Image

from core.file_words import FileWords
from core.images import opening, signatures
from core.images.metadata import exif, iptc, raw_files, texts, xmp
from core.images.metadata.record import Metadata, first_known
from core.images.signatures import Kind

_EXIF_DIRECTORY, _GPS_DIRECTORY = 0x8769, 0x8825


def read(content: bytes, name: str) -> Metadata:
    """The metadata of a whole file, without decoding its picture where the format allows that."""
    kind = signatures.recognise(content, name)
    if kind is None:
        return Metadata()
    if kind is Kind.RAW:
        return of_raw(content, None)
    try:
        return of_opened(opening.open_file(content, kind))
    except Exception:
        return Metadata()


def of_opened(opened: Image.Image) -> Metadata:
    """The metadata of a file Pillow has opened. Orientation aside: Pillow turns TIFF files while loading them."""
    from_exif = Metadata()
    with contextlib.suppress(Exception):
        from_exif = of_exif(opened.getexif())
    packet = opened.info.get("xmp") or opened.info.get("XML:com.adobe.xmp")
    text = Metadata(caption=texts.caption(opened.info.get("Description") or opened.info.get("Title")))
    return _combined(from_exif, xmp.read(packet), iptc.read(opened), text)


def of_raw(content: bytes, preview: Image.Image | None) -> Metadata:
    """The metadata of a camera RAW file; its embedded preview, where there is one, fills the gaps."""
    from_exif, packet = Metadata(), None
    with contextlib.suppress(Exception):
        main, photo, gps = raw_files.directories(content)
        from_exif = exif.read(main, photo, gps)
        packet = main.get(raw_files.XMP_TAG)
    from_file = _combined(from_exif, xmp.read(packet if isinstance(packet, bytes) else None))
    return from_file if preview is None else first_known(from_file, of_opened(preview))


def of_exif(directories: Image.Exif) -> Metadata:
    """The metadata in EXIF directories as Pillow opened them; a damaged one does not hide the others."""
    photo: exif.Directory = {}
    gps: exif.Directory = {}
    with contextlib.suppress(Exception):
        photo = directories.get_ifd(_EXIF_DIRECTORY)
    with contextlib.suppress(Exception):
        gps = directories.get_ifd(_GPS_DIRECTORY)
    return exif.read(directories, photo, gps)


def _combined(from_exif: Metadata, *edited: Metadata) -> Metadata:
    """The camera's word counts for the shot; people's later edits (XMP, IPTC) count for caption and stars."""
    words = first_known(*edited, from_exif)
    return dataclasses.replace(
        first_known(from_exif, *edited), caption=words.caption, rating=words.rating, keywords=words.keywords
    )


def words(found: Metadata) -> FileWords:
    """Of a picture file's metadata, the words."""
    return FileWords(
        keywords=found.keywords,
        paths=found.keyword_paths,
        people=found.people,
        rating=found.rating,
        caption=found.caption,
        states_keywords=bool(found.keywords),
    )
