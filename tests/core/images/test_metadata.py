from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from PIL import TiffImagePlugin

from core.images import metadata, reading
from core.images.metadata import cameras, moments
from tests.support import pictures
from tests.support.pictures import encoded, make_avif, make_exif, make_gps, make_heic, make_iptc, make_jpeg, make_xmp

MAY_1 = 1714559400
"""10:30 UTC on 2024-05-01, which is 12:30 in Berlin."""

RICH_EXIF = make_exif(
    main={0x010E: "At the lake", 0x010F: "Canon", 0x0110: "Canon EOS 5D Mark IV", 0x4746: 4},
    photo={0x829A: 1 / 250, 0x829D: 2.8, 0x8827: 400, 0x920A: 50.0, 0xA434: "EF50mm f/1.8 STM", 0x9291: "25"},
    gps=make_gps(-33.8568, 151.2153, 12.5),
    taken_at="2024:05:01 12:30:00",
    offset="+02:00",
)


@pytest.fixture
def berlin() -> Iterator[None]:
    """This computer stands in Berlin for one test."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows cannot change its time zone for one process")
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def of_jpeg(**options: object) -> metadata.Metadata:
    return metadata.read(make_jpeg(exif=make_exif(**options)), "x.jpg")  # type: ignore[arg-type]


def with_xmp(properties: str, exif: bytes = b"") -> metadata.Metadata:
    packet = b"http://ns.adobe.com/xap/1.0/\0" + make_xmp(properties)
    return metadata.read(pictures.with_segment(make_jpeg(exif=exif), 0xE1, packet), "x.jpg")


@pytest.mark.parametrize(
    "content",
    [
        make_jpeg(exif=RICH_EXIF),
        encoded(pictures.plain(), "PNG", exif=RICH_EXIF),
        encoded(pictures.plain(), "WEBP", exif=RICH_EXIF),
        encoded(pictures.plain(), "TIFF", exif=RICH_EXIF),
        make_heic(exif=RICH_EXIF),
        make_avif(exif=RICH_EXIF),
    ],
    ids=["jpeg", "png", "webp", "tiff", "heic", "avif"],
)
def test_every_format_tells_what_its_exif_says(content: bytes) -> None:
    for found in (metadata.read(content, "x"), reading.read_picture(content, "x", 32).metadata):
        assert found.taken_at == MAY_1
        assert found.taken_at_fraction_s == 0.25
        assert found.camera == "Canon EOS 5D Mark IV"
        assert found.lens == "EF50mm f/1.8 STM"
        assert found.exposure_s == pytest.approx(1 / 250)
        assert found.f_number == pytest.approx(2.8)
        assert found.iso == 400
        assert found.focal_length_mm == 50
        assert found.latitude == pytest.approx(-33.8568, abs=1e-5)
        assert found.longitude == pytest.approx(151.2153, abs=1e-5)
        assert found.altitude_m == pytest.approx(12.5)
        assert found.caption == "At the lake"
        assert found.rating == 4


def test_a_file_without_metadata_says_nothing() -> None:
    assert metadata.read(make_jpeg(), "x.jpg") == metadata.Metadata()


@pytest.mark.usefixtures("berlin")
def test_a_date_without_a_zone_is_local_time() -> None:
    assert of_jpeg(taken_at="2024:05:01 12:30:00").taken_at == MAY_1
    assert of_jpeg(taken_at="2024:05:01 12:30:00", offset="-05:00").taken_at == MAY_1 + 7 * 3600


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2024:13:45 12:00:00", "", "yesterday"])
@pytest.mark.parametrize("zone", ["", "+02:00"])
def test_what_is_no_date_is_unknown(text: str, zone: str) -> None:
    assert of_jpeg(taken_at=text, offset=zone).taken_at is None


@pytest.mark.parametrize("text", ["1970:01:01 00:00:00", "2999:01:01 00:00:00", "0001:01:01 00:00:00", "2024:05:01"])
def test_dates_that_cannot_be_true_are_unknown(text: str) -> None:
    assert of_jpeg(taken_at=text).taken_at is None


def test_the_next_best_date_is_used() -> None:
    gps = {7: (10.0, 30.0, 0.0), 29: "2024:05:01"}
    assert of_jpeg(taken_at="0000:00:00 00:00:00", gps=gps).taken_at == MAY_1
    assert of_jpeg(photo={0x9004: "2024:05:01 10:30:00", 0x9012: "+00:00"}).taken_at == MAY_1
    assert of_jpeg(main={0x0132: "2024:05:01 10:30:00"}, photo={0x9010: "Z"}).taken_at == MAY_1
    assert with_xmp("<photoshop:DateCreated>2024-05-01T12:30:00+02:00</photoshop:DateCreated>").taken_at == MAY_1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01T10:30:00.5Z", (MAY_1, 0.5)),
        ("2024-05-01T10:30Z", (MAY_1, 0.0)),
        ("2024:05:01 10:30:60+00:00", (MAY_1 + 59, 0.0)),
        ("1950:05:01 00:00:00Z", (-620784000, 0.0)),
    ],
)
def test_dates_are_read_as_written_by_cameras_and_editors(text: str, expected: moments.Moment) -> None:
    assert moments.parse(text) == expected


@pytest.mark.parametrize(
    ("make", "model", "expected"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("NIKON CORPORATION", "NIKON D750", "NIKON D750"),
        ("NIKON CORPORATION", "Z 6", "Nikon Z 6"),
        ("OLYMPUS IMAGING CORP.  ", "E-M5", "Olympus E-M5"),
        ("EASTMAN KODAK COMPANY", "KODAK DC290", "KODAK DC290"),
        ("Apple", "iPhone 15 Pro", "Apple iPhone 15 Pro"),
        ("samsung", "SM-G991B\0\0", "Samsung SM-G991B"),
        ("DJI", "FC3170", "DJI FC3170"),
        ("SONY", None, "Sony"),
        (None, "X100V", "X100V"),
        (None, None, None),
        ("  ", "", None),
    ],
)
def test_the_maker_is_named_once(make: str | None, model: str | None, expected: str | None) -> None:
    assert cameras.camera(make, model and model.rstrip("\0")) == expected


def test_a_lens_without_a_name_is_described() -> None:
    assert of_jpeg(photo={0xA432: (24.0, 70.0, 2.8, 2.8)}).lens == "24-70 mm f/2.8"
    assert of_jpeg(photo={0xA432: (18.0, 55.0, 3.5, 5.6)}).lens == "18-55 mm f/3.5-5.6"
    assert of_jpeg(photo={0xA434: "----"}).lens is None


def test_places_that_cannot_be_are_unknown() -> None:
    assert of_jpeg(gps=make_gps(0, 0)).latitude is None
    assert of_jpeg(gps={1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (13.0, 0.0, 0.0)}).latitude is None
    assert of_jpeg(gps={1: "N", 2: (52.0, 0.0, 0.0)}).latitude is None
    assert of_jpeg(gps=make_gps(52.5, 13.4, -3.0)).altitude_m == pytest.approx(-3)


def test_captions_keep_their_letters_and_cameras_own_captions_do_not_count() -> None:
    assert of_jpeg(main={0x010E: "Frühstück 早餐".encode()}).caption == "Frühstück 早餐"
    assert of_jpeg(main={0x010E: "OLYMPUS DIGITAL CAMERA         "}).caption is None
    assert of_jpeg(main={0x9C9B: "Straße".encode("utf-16-le") + b"\0\0"}).caption == "Straße"
    assert of_jpeg(photo={0x9286: b"UNICODE\0" + "Über".encode("utf-16-le")}).caption == "Über"
    assert of_jpeg(photo={0x9286: b"ASCII\0\0\0hello\0\0\0"}).caption == "hello"


def test_xmp_tells_caption_stars_and_keywords() -> None:
    found = with_xmp(
        "<xmp:Rating>5</xmp:Rating>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="de">Am See</rdf:li><rdf:li xml:lang="x-default">At the lake'
        "</rdf:li></rdf:Alt></dc:description>"
        "<dc:subject><rdf:Bag><rdf:li>lake</rdf:li><rdf:li>Lake</rdf:li><rdf:li>Urlaub &amp; Meer</rdf:li></rdf:Bag>"
        "</dc:subject><aux:Lens>EF50mm</aux:Lens><exif:GPSLatitude>52,30.5N</exif:GPSLatitude>"
        "<exif:GPSLongitude>13,24,30W</exif:GPSLongitude>"
    )
    assert found.caption == "At the lake"
    assert found.rating == 5
    assert found.keywords == ("lake", "Urlaub & Meer")
    assert found.lens == "EF50mm"
    assert found.latitude == pytest.approx(52.508333, abs=1e-5)
    assert found.longitude == pytest.approx(-13.408333, abs=1e-5)


def test_peoples_later_words_count_before_the_cameras() -> None:
    exif = make_exif(main={0x010E: "from the camera", 0x4746: 1, 0x0110: "X100V"})
    found = with_xmp(
        "<xmp:Rating>3</xmp:Rating><dc:description>edited</dc:description><tiff:Model>M</tiff:Model>", exif
    )
    assert (found.caption, found.rating, found.camera) == ("edited", 3, "X100V")


@pytest.mark.parametrize(("stars", "expected"), [("-1", 0), ("0", 0), ("5", 5), ("17", None), ("many", None)])
def test_stars_are_none_to_five(stars: str, expected: int | None) -> None:
    assert with_xmp(f"<xmp:Rating>{stars}</xmp:Rating>").rating == expected


def test_xmp_in_heic_webp_and_png_counts() -> None:
    packet = make_xmp("<dc:subject><rdf:Bag><rdf:li>lake</rdf:li></rdf:Bag></dc:subject>")
    assert metadata.read(make_heic(xmp=packet), "x").keywords == ("lake",)
    assert metadata.read(make_avif(xmp=packet), "x").keywords == ("lake",)
    assert metadata.read(encoded(pictures.plain(), "WEBP", xmp=packet), "x").keywords == ("lake",)
    assert metadata.read(encoded(pictures.plain(), "TIFF", tiffinfo={700: packet}), "x").keywords == ("lake",)


def test_entities_in_xmp_are_refused_and_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + make_xmp("<xmp:Rating>5</xmp:Rating>")
    packet = b"http://ns.adobe.com/xap/1.0/\0" + bomb
    found = metadata.read(pictures.with_segment(make_jpeg(exif=RICH_EXIF), 0xE1, packet), "x.jpg")
    assert found.rating == 4


def test_iptc_tells_caption_and_keywords() -> None:
    records = [(120, b"Am See"), (25, "Müritz".encode("latin-1")), (25, b"boat"), (55, b"20240501")]
    content = pictures.with_segment(make_jpeg(), 0xED, make_iptc([*records, (60, b"123000+0200")]))
    found = metadata.read(content, "x.jpg")
    assert found.caption == "Am See"
    assert found.keywords == ("Müritz", "boat")
    assert found.taken_at == MAY_1


def test_one_keyword_in_iptc_is_enough() -> None:
    content = pictures.with_segment(make_jpeg(), 0xED, make_iptc([(25, b"boat")]))
    assert metadata.read(content, "x.jpg").keywords == ("boat",)


def test_the_orientation_of_the_file_is_told() -> None:
    assert metadata.read(make_jpeg(orientation=6), "x.jpg").orientation == 6


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_damaged_exif_loses_only_what_is_damaged() -> None:
    for cut in range(10, len(RICH_EXIF), 7):
        picture = reading.read_picture(make_jpeg(exif=RICH_EXIF[:cut]), "x.jpg", 32)
        assert picture.image.size == (96, 64)
    assert metadata.read(make_jpeg(exif=b"Exif\0\0II*\0\xff\xff\xff\xff"), "x.jpg") == metadata.Metadata()


def test_numbers_that_are_none_are_unknown() -> None:
    found = of_jpeg(photo={0x829A: TiffImagePlugin.IFDRational(1, 0), 0x8827: (65535,), 0x8832: 102400})
    assert found.exposure_s is None
    assert found.iso == 102400


def test_shutter_and_aperture_values_stand_in_for_missing_times() -> None:
    found = of_jpeg(photo={0x9201: 8.0, 0x9202: 4.0})
    assert found.exposure_s == pytest.approx(1 / 256)
    assert found.f_number == pytest.approx(4)
