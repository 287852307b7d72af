"""What a front end shows: counts, listings, photos, thumbnails, pictures, problems. Any thread."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from PIL import Image

from core.catalog import (
    albums,
    folders,
    in_common,
    photo_places,
    photos,
    picture_texts,
    problems,
    tags,
    thumbnails,
    vectors,
)
from core.domain import (
    InCommon,
    LibraryStatus,
    Listing,
    Photo,
    PhotoDetails,
    PhotoId,
    PlaceCount,
    Problem,
    Scope,
)
from core.errors import LibraryError, UnreadableImage
from core.images import decoding
from core.library.parts import Parts


class BrowsingVerbs(Parts):
    """What there is to see."""

    def status(self) -> LibraryStatus:
        """Counts of everything."""
        with self._catalog.reading() as connection:
            watched = folders.all_of_them(connection)
            pictures_read, pictures_with_text, pictures_to_read = picture_texts.counts(connection)
            return LibraryStatus(
                catalog=self.places.catalog,
                photos=photos.count(connection, Scope()),
                embedded=max(
                    (
                        vectors.count(connection, row.id)
                        for row in vectors.encoders(connection)
                        if row.name == (self.settings.next_encoder or self.settings.encoder)
                    ),
                    default=0,
                ),
                unreadable=problems.count(connection),
                folders=len(watched),
                offline_folders=sum(one.is_offline for one in watched),
                albums=len(albums.all_of_them(connection)),
                tags=len(tags.all_of_them(connection)),
                encoder=self.settings.encoder,
                next_encoder=self.settings.next_encoder,
                placed=photo_places.count(connection),
                is_text_read=self.settings.is_text_read,
                pictures_read=pictures_read,
                pictures_with_text=pictures_with_text,
                pictures_to_read=pictures_to_read,
            )

    def listing(self, scope: Scope = Scope()) -> Listing:
        """The photos of a scope, newest first, as columns."""
        with self._catalog.reading() as connection:
            return photos.listing(connection, scope)

    def count(self, scope: Scope) -> int:
        """How many photos a scope has."""
        with self._catalog.reading() as connection:
            return photos.count(connection, scope)

    def photos(self, ids: Sequence[PhotoId]) -> list[Photo]:
        """Photos in the order of `ids`; unknown ids are left out."""
        with self._catalog.reading() as connection:
            return photos.load(connection, ids)

    def in_common(self, photo_ids: Sequence[PhotoId]) -> InCommon:
        """What several photos have in common; photos that left the library are passed over."""
        with self._catalog.reading() as connection:
            return in_common.of(connection, photo_ids)

    def details(self, photo_id: PhotoId) -> PhotoDetails:
        """Everything known about a photo. Raises LibraryError when it left the library."""
        with self._catalog.reading() as connection:
            found = photos.load(connection, [photo_id])
            row = photos.detail_row(connection, photo_id)
            if not found or row is None:
                raise LibraryError("This photo is no longer in the library.")
            size_bytes, camera, lens, exposure_s, f_number, iso, focal, latitude, longitude, altitude = row[:10]
            return PhotoDetails(
                photo=found[0],
                folder=found[0].path.parent,
                size_bytes=size_bytes,
                camera=camera,
                lens=lens,
                exposure_s=exposure_s,
                f_number=f_number,
                iso=iso,
                focal_length_mm=focal,
                latitude=latitude,
                longitude=longitude,
                altitude_m=altitude,
                caption=row[10],
                tags=tuple(tags.of_photo(connection, photo_id)),
                albums=tuple(albums.of_photo(connection, photo_id)),
                problem=row[11],
                place=photo_places.of_photo(connection, photo_id),
                picture_text=picture_texts.of_photo(connection, photo_id),
                automatic_albums=albums.automatic_of_photo(connection, photo_id),
            )

    def photo_places(self) -> list[PlaceCount]:
        """Where photos were taken, with their numbers, by country and town."""
        with self._catalog.reading() as connection:
            return photo_places.counts(connection)

    def thumbnails(self, ids: Sequence[PhotoId]) -> Mapping[PhotoId, bytes]:
        """JPEG bytes, upright, longest side 512 px; photos without one are left out."""
        with self._catalog.reading() as connection:
            return thumbnails.load(connection, ids)

    def picture(self, photo_id: PhotoId, longest_side_px: int | None = None) -> Image.Image:
        """The upright RGB image, no larger than asked (None: full size). Long.

        Falls back to the thumbnail when the file is away. Raises LibraryError when there is neither.
        """
        found = self.photos([photo_id])
        if not found:
            raise LibraryError("This photo is no longer in the library.")
        path = found[0].path
        try:
            image = decoding.decode(path.read_bytes(), path.name, longest_side_px).image
        except (OSError, UnreadableImage) as error:
            jpeg = self.thumbnails([photo_id]).get(photo_id)
            if jpeg is None:
                reason = (
                    str(error) if isinstance(error, UnreadableImage) else "The file is not there or may not be read."
                )
                raise LibraryError(f"{path.name} cannot be opened.", reason) from error
            image = Image.open(io.BytesIO(jpeg)).convert("RGB")
        if longest_side_px is not None:
            image.thumbnail((longest_side_px, longest_side_px), reducing_gap=2.0)
        return image

    def problems(self) -> list[Problem]:
        """Every file that could not be read, with the reason."""
        with self._catalog.reading() as connection:
            return problems.all_of_them(connection)
