"""Facts about a photo as people read them: dates, sizes, exposure, place. Pure text in the locale; any thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from core.domain import Photo, PhotoDetails, Place


def when(taken_at: int) -> str:
    """UTC seconds as a local date and time in the locale's long form, without seconds."""
    return f"{day(taken_at)}, {time(taken_at)}"


def time(taken_at: int) -> str:
    """UTC seconds as a local time of day."""
    moment = QDateTime.fromSecsSinceEpoch(taken_at).time()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def day(taken_at: int) -> str:
    """UTC seconds as a local day."""
    date = QDateTime.fromSecsSinceEpoch(taken_at).date()
    return QLocale().toString(date, QLocale.FormatType.LongFormat)


def days(first: int, last: int) -> str:
    """A span of days, or the one day. UTC seconds."""
    earliest, latest = day(first), day(last)
    return earliest if earliest == latest else f"{earliest} – {latest}"


def short_days(first: int, last: int) -> str:
    """Like `days`, in the locale's short form, for where there is little room."""
    moments = (QDateTime.fromSecsSinceEpoch(one).date() for one in (first, last))
    earliest, latest = (QLocale().toString(date, QLocale.FormatType.ShortFormat) for date in moments)
    return earliest if earliest == latest else f"{earliest} – {latest}"


def size(size_bytes: int) -> str:
    """A file size in decimal units, as file managers show it: 3.4 MB, 605 MB."""
    # 1,000 bytes a step: three digits before the point say enough without one behind it.
    leading = size_bytes / 1000 ** ((len(str(max(size_bytes, 1))) - 1) // 3)
    digits = 0 if leading >= 100 or size_bytes < 1000 else 1
    return QLocale().formattedDataSize(size_bytes, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def pixels(photo: Photo) -> str:
    """4032 × 3024 · 12.2 MP; empty when unknown."""
    if not photo.width_px or not photo.height_px:
        return ""
    plain = QLocale()
    plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    megapixels = photo.width_px * photo.height_px / 1_000_000
    shown = plain.toString(megapixels, "f", 1 if megapixels < 100 else 0)
    across, down = plain.toString(photo.width_px), plain.toString(photo.height_px)
    return f"{across} × {down} · {shown} MP"


def exposure(details: PhotoDetails) -> str:
    """1/250 s · f/2.8 · ISO 200 · 35 mm, with what is known; empty when nothing is."""
    locale = QLocale()
    parts = []
    if details.exposure_s:
        parts.append(f"{_seconds(details.exposure_s)} s")
    if details.f_number:
        parts.append(f"f/{_short(details.f_number)}")
    if details.iso:
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        parts.append(f"ISO {locale.toString(details.iso)}")
    if details.focal_length_mm:
        parts.append(f"{_short(details.focal_length_mm)} mm")
    return " · ".join(parts)


def place_names(place: Place) -> tuple[str, str]:
    """`Baixa, Lisbon` and `Lisboa, Portugal`; the second is empty where only the country is known."""
    near = [name for name in (place.district, place.town) if name]
    far = [name for name in (place.region, place.country) if name and name not in near]
    return (", ".join(near), ", ".join(far)) if near else (", ".join(far), "")


def place_query(name: str) -> str:
    """What to type to find the photos of a town or country."""
    return f'place:"{name.replace(chr(34), " ")}"'


def place(details: PhotoDetails) -> str:
    """48.85837° N, 2.29448° E; empty when unknown."""
    if details.latitude is None or details.longitude is None:
        return ""
    tr = QCoreApplication.translate
    north = tr("photo_facts", "N") if details.latitude >= 0 else tr("photo_facts", "S")
    east = tr("photo_facts", "E") if details.longitude >= 0 else tr("photo_facts", "W")
    locale = QLocale()
    across = locale.toString(abs(details.longitude), "f", 5)
    return f"{locale.toString(abs(details.latitude), 'f', 5)}° {north}, {across}° {east}"


def altitude(details: PhotoDetails) -> str:
    """Metres above (below) the sea; empty when unknown."""
    if details.altitude_m is None or details.latitude is None:
        return ""
    above = QCoreApplication.translate("photo_facts", "{n} m above the sea")
    return above.format(n=QLocale().toString(round(details.altitude_m)))


def coordinates(details: PhotoDetails) -> str:
    """`48.85837, 2.29448`: the form every map understands, in no locale."""
    return f"{details.latitude:.5f}, {details.longitude:.5f}"


def strength(share: float) -> str:
    """How strong a reason is (0 to 1), in a word."""
    tr = QCoreApplication.translate
    if share >= 0.75:
        return tr("photo_facts", "strong")
    return tr("photo_facts", "good") if share >= 0.45 else tr("photo_facts", "weak")


def counted(count: int, one: str, many: str) -> str:
    """`one` or `many` with {n} replaced by the number as the locale writes it."""
    return (one if count == 1 else many).format(n=QLocale().toString(count))


def percent(share: float) -> str:
    """0 to 1 as whole percent."""
    return QCoreApplication.translate("photo_facts", "{number} %").format(number=QLocale().toString(round(share * 100)))


def _seconds(exposure_s: float) -> str:
    return f"1/{round(1 / exposure_s)}" if exposure_s < 0.3 else _short(exposure_s)


def _short(number: float) -> str:
    shortest = QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value
    return QLocale().toString(float(round(number, 1)), "f", shortest)
