"""Words as they come out of metadata, in whatever encoding, to clean text. Pure; any thread."""

from __future__ import annotations

import re

_LONGEST_CAPTION = 4000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_CHARSETS = {b"ASCII\0\0\0": "utf-8", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp", b"\0" * 8: "utf-8"}

# What cameras and phones write as a caption when nobody wrote one.
_MEANINGLESS = (
    frozenset(["olympus digital camera", "sony dsc", "minolta digital camera", "konica minolta digital camera"])
    | frozenset(["digital camera", "samsung digital camera", "exif_jpeg_picture", "exif jpeg", "dcim", "default"])
    | frozenset(
        ["untitled", "image description", "screenshot", "charset=ascii", "ascii", "picasa", "cof", "edf", "dav"]
    )
    | frozenset(["hdr", "hdrpl", "mde", "oznor", "oznorwo", "rbt", "ptr", "sdr", "fbt", "cav", "bst", "burst"])
)


def clean(value: object, longest: int = _LONGEST_CAPTION) -> str | None:
    """One text from a tag's value (str, bytes or a tuple of these), without padding and control characters."""
    if isinstance(value, tuple | list):
        value = next((part for part in value if part), "")
    if isinstance(value, bytes):
        text = decoded(value)
    elif isinstance(value, str):
        text = _repaired(value)
    else:
        return None
    text = _UNPRINTABLE.sub(" ", text.strip("\0").split("\0")[0]).strip()
    return text[:longest] or None


def caption(value: object) -> str | None:
    """Like `clean`, but None also for what cameras write by themselves ("OLYMPUS DIGITAL CAMERA")."""
    text = clean(value)
    return None if text is None or text.casefold() in _MEANINGLESS else text


def decoded(content: bytes) -> str:
    """UTF-8 where it is that, else Latin-1."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def windows_text(value: object) -> str | None:
    """The UTF-16 text of Windows' own tags (XPTitle, XPComment, XPKeywords)."""
    if isinstance(value, tuple) and all(isinstance(part, int) and 0 <= part < 256 for part in value):
        value = bytes(value)
    return clean(value.decode("utf-16-le", "ignore")) if isinstance(value, bytes) else clean(value)


def user_comment(value: object) -> str | None:
    """EXIF UserComment: eight bytes name its character set (CIPA DC-008, 4.6.6)."""
    if not isinstance(value, bytes):
        return caption(value)
    charset = _CHARSETS.get(value[:8])
    if charset is None:
        return caption(value)
    if charset == "utf-16":
        return caption(_utf_16(value[8:]))
    return caption(value[8:].decode(charset, "ignore"))


def _utf_16(content: bytes) -> str:
    """UTF-16 whose byte order nobody states reliably: the one with more plain spaces and letters wins."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "ignore")
    is_little = content[1::2].count(0) >= content[0::2].count(0)
    return content.decode("utf-16-le" if is_little else "utf-16-be", "ignore")


def _repaired(text: str) -> str:
    """Pillow reads EXIF text as Latin-1; most programs write UTF-8 nowadays."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
