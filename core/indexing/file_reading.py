"""Reads a picture file once: content hash, metadata, reduced decode, thumbnail. Runs on decoder threads."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.catalog.photo_files import PhotoContent
from core.errors import UnreadableImage
from core.file_words import FileWords, SidecarStamp, SidecarWords
from core.images import metadata as picture_metadata
from core.images import perceptual_hash, reading, thumbnails
from core.images.metadata import xmp
from core.indexing.disk import DiskFile

HASH_BYTES = 16
LARGEST_FILE_BYTES = 2 * 1024**3
THUMBNAIL_SHORTER_SIDE_PX = 288
LARGEST_SIDECAR_BYTES = 4_000_000
BROKEN_SIDECAR = "This sidecar is damaged or no XMP file, so it is left alone."
TRY_AGAIN = -1
"""The modification time noted for a file that the system refused: permission comes back without a new one."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A picture that was read, with everything the catalog keeps of it."""

    file: DiskFile
    content: PhotoContent
    thumbnail: bytes
    perceptual_hash: int | None = None
    """None: too plain for one; see `images.perceptual_hash`."""
    words: FileWords = field(default_factory=FileWords)
    """What the picture file itself says."""
    sidecar: SidecarWords | None = None
    is_dated: bool = False
    """Whether the picture itself says when it was taken; else `taken_at` is the file's time."""


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A file that is no readable picture, with the reason in one sentence."""

    file: DiskFile
    reason: str


def content_hash(content: bytes) -> bytes:
    """The identity of a photo: BLAKE2b with 128 bits over the whole file (RFC 7693)."""
    return hashlib.blake2b(content, digest_size=HASH_BYTES).digest()


def read(file: DiskFile) -> ReadFile | UnreadableFile | None:
    """Read one file; None when it is gone by now. Never raises for what is in the file."""
    try:
        content, seen = _bytes(file)
    except FileNotFoundError:
        return None
    except PermissionError:
        reason = "This file may not be read: you have no permission."
        return UnreadableFile(replace(file, modified_ns=TRY_AGAIN), reason)
    except OSError as error:
        reason = f"The file cannot be read: {error.strerror or type(error).__name__}."
        return UnreadableFile(replace(file, modified_ns=TRY_AGAIN), reason)
    except UnreadableImage as error:
        return UnreadableFile(file, str(error))
    try:
        picture = reading.read_picture(content, file.path.name, THUMBNAIL_SHORTER_SIDE_PX)
        thumbnail = thumbnails.make(picture.image)
        looks = perceptual_hash.of_image(picture.image)
    except UnreadableImage as error:
        return UnreadableFile(seen, str(error))
    except (Exception, MemoryError) as error:
        return UnreadableFile(seen, f"This picture cannot be opened ({type(error).__name__}).")
    metadata = picture.metadata
    return ReadFile(
        seen,
        PhotoContent(
            size_bytes=seen.size_bytes,
            modified_ns=seen.modified_ns,
            content_hash=content_hash(content),
            format=picture.format,
            width_px=picture.width_px,
            height_px=picture.height_px,
            average_color=picture.average_color,
            taken_at=metadata.taken_at if metadata.taken_at is not None else seen.modified_ns // 1_000_000_000,
            camera=metadata.camera,
            lens=metadata.lens,
            exposure_s=metadata.exposure_s,
            f_number=metadata.f_number,
            iso=metadata.iso,
            focal_length_mm=metadata.focal_length_mm,
            latitude=metadata.latitude,
            longitude=metadata.longitude,
            altitude_m=metadata.altitude_m,
            caption=metadata.caption,
        ),
        thumbnail,
        looks,
        picture_metadata.words(metadata),
        read_sidecar(file.path.parent, file.sidecar),
        metadata.taken_at is not None,
    )


def read_sidecar(folder: Path, stamp: SidecarStamp | None) -> SidecarWords | None:
    """The words of a sidecar in `folder`; None without one. Never raises."""
    if stamp is None:
        return None
    if stamp.size_bytes > LARGEST_SIDECAR_BYTES:
        return SidecarWords(stamp, problem="This sidecar is too large to be one.")
    try:
        words = xmp.sidecar_words((folder / stamp.name).read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        problem = f"This sidecar cannot be read: {error.strerror or type(error).__name__}."
        return SidecarWords(replace(stamp, modified_ns=TRY_AGAIN), problem=problem)
    return SidecarWords(stamp, problem=BROKEN_SIDECAR) if words is None else SidecarWords(stamp, words)


def hash_of(file: DiskFile) -> bytes | None:
    """The content hash of a file on disk, or None when it cannot be read."""
    try:
        return content_hash(_bytes(file)[0])
    except (OSError, UnreadableImage):
        return None


def _bytes(file: DiskFile) -> tuple[bytes, DiskFile]:
    with file.path.open("rb") as stream:
        status = os.fstat(stream.fileno())
        if status.st_size > LARGEST_FILE_BYTES:
            raise UnreadableImage("The file is larger than 2 GB, more than Recollect opens.")
        return stream.read(), replace(file, size_bytes=status.st_size, modified_ns=status.st_mtime_ns)
