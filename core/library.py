"""`Library`: the one door for the window and the command line; builds the parts and wires them.

Every method may be called from any thread; those marked long are not for a thread that paints.
"""

from __future__ import annotations

import io
import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from PIL import Image

from core import background, doctor, encoder_choice, running, trash, watched_folders
from core import settings as settings_file
from core.album_suggestions.suggesting import AlbumSuggestions
from core.auto_tagging import AutoTagging
from core.catalog import (
    album_edits,
    albums,
    edits,
    file_words,
    folders,
    photo_places,
    photos,
    picture_texts,
    problems,
    suggestions,
    tags,
    thumbnails,
    vectors,
)
from core.catalog.catalog import Catalog
from core.domain import (
    Album,
    AlbumDefinition,
    AlbumId,
    ContentPairs,
    DeletedAlbum,
    Diagnosis,
    DuplicateGroup,
    DuplicateKind,
    EncoderEntry,
    ExamplePicture,
    Explanation,
    FilledAlbum,
    Folder,
    FolderId,
    KeepChoice,
    LibraryStatus,
    Listing,
    Membership,
    Photo,
    PhotoDetails,
    PhotoId,
    PlaceCount,
    Problem,
    Query,
    RunId,
    ScanReport,
    Scope,
    SearchResult,
    SeenWord,
    SidecarReport,
    SidecarStatus,
    SuggestedAlbum,
    Suggestion,
    SuggestionRun,
    Tag,
    TagId,
    TagLesson,
    TagRun,
    TrashReport,
    VocabularyEdit,
    VocabularyGroup,
)
from core.duplicate_review import DuplicateReview
from core.embedding.registry import EncoderRegistry
from core.errors import LibraryError, UnreadableImage
from core.events import CatalogChanged, Event, EventBus
from core.explaining import Explaining
from core.images import decoding
from core.jobs import JobControl
from core.places import Places
from core.query_parts import Completion, ParsedQuery
from core.recognition import rapid_text_reader
from core.recognition.rapid_text_reader import RapidTextReader
from core.recognition.text_reader import TextReader
from core.search import (
    background_file,
    captioned_photos,
    cut_trial,
    encoder_trial,
    example_pictures,
    filter_names,
    query_language,
)
from core.search.completions import Completions
from core.search.cut_trial import CutTrial
from core.search.encoder_trial import Evaluation
from core.settings import Settings
from core.smart_albums.smart_albums import SmartAlbums

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeletedTag:
    """What it takes to put a deleted tag back."""

    name: str
    photo_ids: tuple[PhotoId, ...]


def repair(catalog: Path) -> Diagnosis:
    """Mend a library that nobody has open, saving what can be saved of a damaged file. Long. Raises LibraryError."""
    with running.alone_with(catalog):
        return doctor.repair(catalog)


def examine(catalog: Path) -> Diagnosis:
    """Read all of a library's files and say what is wrong; changes nothing. Long. Raises LibraryError."""
    return doctor.examine(catalog)


class Library:
    """An open photo library. Raises LibraryError when the catalog file cannot be opened."""

    def __init__(
        self,
        places: Places,
        registry: EncoderRegistry | None = None,
        make_text_reader: Callable[[], TextReader] = RapidTextReader,
    ) -> None:
        self.places = places
        self.events = EventBus()
        self.settings = settings_file.load(places.settings)
        self._settings_lock = threading.Lock()
        self._is_started = False
        self._catalog = Catalog(places.catalog, self.events)
        self._registry = registry or EncoderRegistry(places.encoders, places.cache)
        self._choice = encoder_choice.EncoderChoice(
            self._catalog, self._registry, lambda: self.settings, self.change_settings, places.cache
        )
        self._make_text_reader = make_text_reader
        self._tagging = AutoTagging(
            self._catalog, self._choice.engine, places.vocabulary, places.cache,
            lambda: self.settings.sensitive_photos != "show",
        )  # fmt: skip
        self._work = background.BackgroundWork(
            self._catalog,
            self.events,
            self._choice,
            lambda: self.settings.indexing_speed,
            places.cache,
            background.TextReading(make_text_reader, lambda: self.settings.is_text_read),
            is_paused=self.settings.is_indexing_paused,
            on_switched=lambda: self._smart.wake(),
            after_embedding=self._suggest_for_new,
            writes_sidecars=lambda: self.settings.writes_sidecars,
        )
        self._smart = SmartAlbums(self._catalog, self._choice.engine)
        self._completions = Completions(self._catalog)
        self._suggestions = AlbumSuggestions(self._catalog, self._choice.engine, self._tagging.vocabulary_text)
        self._duplicates = DuplicateReview(
            self._catalog, lambda: self._choice.engine().row, lambda: self.settings, self.trash
        )
        self._explaining = Explaining(self._catalog, self._choice.engine, self._tagging.vocabulary_text)
        self._unsubscribe = self.events.subscribe(self._follow_catalog)

    def close(self) -> None:
        """End the background work and close the catalog; safe to call twice."""
        self._smart.close()
        self._work.close()
        self._unsubscribe()
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- background work ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Watch all folders, reconcile them with the disk and embed what lacks an embedding, in the background."""
        self._work.start()
        if not self._is_started:
            self._is_started = True
            self._smart.start()

    def index_until_done(self, folder_ids: Sequence[FolderId] | None = None) -> ScanReport:
        """Scan folders (None: all), embed and compare everything, read text where that is switched on.

        On the calling thread. Long. Raises Cancelled.
        """
        report = self.scan_until_done(folder_ids)
        self._work.embed()
        if self.settings.writes_sidecars:
            self._work.write_sidecars(None)
        self._smart.fill()
        self._work.look_for_duplicates()
        if self.settings.is_text_read:
            self._work.read_texts()
        return report

    def scan_until_done(self, folder_ids: Sequence[FolderId] | None = None) -> ScanReport:
        """Only the first half of `index_until_done`: the photos can be seen, but not searched yet."""
        return self._work.scan([one for one in self.folders() if folder_ids is None or one.id in folder_ids])

    def rescan(self) -> None:
        """Look through all folders again in the background."""
        self._work.rescan()

    def catch_up(self) -> None:
        """Notice what another process (the command line) wrote into the catalog; cheap when it wrote nothing."""
        if self._catalog.was_written_elsewhere():
            everything = CatalogChanged(folders=True, albums=True, tags=True, problems=True, encoders=True)
            self.events.publish(everything)
            self._choice.catch_up()
            self._work.rescan()

    @property
    def is_indexing_paused(self) -> bool:
        """Whether the person paused the background work."""
        return self._work.is_paused

    def pause_indexing(self) -> None:
        """Hold the background work; remembered over restarts."""
        self._work.pause()
        self.change_settings(is_indexing_paused=True)

    def resume_indexing(self) -> None:
        """Go on after a pause or a stop."""
        self.change_settings(is_indexing_paused=False)
        self._work.resume()

    def look_at(self, photo_ids: Sequence[PhotoId]) -> None:
        """The person looks at these photos now: they are embedded first. Returns at once."""
        self._work.look_at(photo_ids)

    def note_use(self) -> None:
        """The person did something in the window: the background work steps back for a moment. Returns at once."""
        self._work.note_use()

    def stop_indexing(self) -> None:
        """Stop embedding until `resume_indexing` or the next start."""
        self._work.stop("index")

    def set_text_reading(self, is_on: bool) -> None:
        """Read the text in pictures in the background, or no longer. Raises LibraryError when it is not installed."""
        if is_on and self._make_text_reader is RapidTextReader:
            rapid_text_reader.ensure_installed()
        self.change_settings(is_text_read=is_on)
        self._work.restart_text_reading()

    def stop_text_reading(self) -> None:
        """Stop reading text until `resume_indexing`, `set_text_reading` or the next start."""
        self._work.stop("text")

    def read_texts_until_done(self) -> None:
        """Read the text of every picture that was not read yet, on the calling thread, whatever the settings say.

        Long. Raises Cancelled, LibraryError.
        """
        self._work.read_texts()

    def forget_texts(self) -> int:
        """Forget all text that was read in pictures; returns how many photos had some."""
        return self._catalog.write(edits.forget_texts)

    def job(self, key: str, title: str, unit: str = "photos") -> JobControl:
        """A job whose progress is published on `events`."""
        return JobControl(key, title, unit=unit, publish=self.events.publish)

    # -- folders -----------------------------------------------------------------------------------------------

    def folders(self) -> list[Folder]:
        """The watched folders, by path."""
        with self._catalog.reading() as connection:
            return folders.all_of_them(connection)

    def add_folder(self, path: Path) -> Folder:
        """Watch a folder and everything below it. Raises LibraryError when it is no readable folder."""
        own = (self.places.encoders, self.places.cache, self.places.logs)
        folder_id = watched_folders.add(self._catalog, path, own)
        self._work.rescan()
        return next(one for one in self.folders() if one.id == folder_id)

    def remove_folder(self, folder_id: FolderId) -> None:
        """Stop watching; its photos leave the library with their tags, the files stay untouched."""
        watched_folders.remove(self._catalog, folder_id)
        self._work.rescan()

    def move_folder(self, folder_id: FolderId, path: Path) -> None:
        """The folder now lives at `path` ("locate" an offline folder). Raises LibraryError."""
        watched_folders.move(self._catalog, folder_id, path)
        self._work.rescan()

    def remove_missing(self, folder_id: FolderId) -> tuple[PhotoId, ...]:
        """Give up the photos that vanished from a folder, many at once; returns them. No file is touched.

        A file that turns up again after all is found with its tags and albums, as always.
        """
        return self._catalog.write(partial(edits.remove_missing, folder_id=folder_id))

    def restore_missing(self, photo_ids: Sequence[PhotoId]) -> None:
        """Take `remove_missing` back."""
        self._catalog.write(partial(edits.restore_missing, ids=photo_ids))

    # -- browsing ----------------------------------------------------------------------------------------------

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

    # -- search ------------------------------------------------------------------------------------------------

    def search(self, query: Query) -> SearchResult:
        """Answer a query; may load the encoder (seconds, the first time). Raises QueryError, LibraryError."""
        return self._choice.engine().search(query)

    @property
    def is_warm(self) -> bool:
        """Whether the next typed query is answered without loading the encoder first."""
        return self._choice.engine().is_warm

    def example(self, path: Path) -> ExamplePicture:
        """A picture file to search by; the photo itself where the library knows the file."""
        path = Path(os.path.abspath(path))  # noqa: PTH100  (resolve() would follow links)
        for folder in self.folders():
            if path.is_relative_to(folder.path):
                with self._catalog.reading() as connection:
                    row = photos.file_at(connection, folder.id, folder.path, path)
                if row is not None:
                    return ExamplePicture(photo_id=row.photo_id, path=path, title=path.name)
        return ExamplePicture(path=path, title=path.name)

    @staticmethod
    def read_query(text: str) -> ParsedQuery:
        """What a typed text is understood as; asks nothing of the library and takes no time."""
        return query_language.parse(text)

    @staticmethod
    def query_filters() -> dict[str, tuple[str, str]]:
        """The filters that a query may have: what each means, and an example."""
        return dict(filter_names.FILTERS)

    def completions(self, text: str, cursor: int) -> list[Completion]:
        """Ways to go on typing at `cursor`: filters, and names that photos of the library have."""
        return self._completions.of(text, cursor)

    def example_image(self, example: ExamplePicture, shorter_side_px: int) -> Image.Image:
        """The upright RGB pixels of an example picture, or of its region with the context it needs. Long.

        The shorter side is at least `shorter_side_px` where the file allows that. Raises QueryError.
        """
        return example_pictures.open_image(self._catalog, example, shorter_side_px)

    def explain(
        self, photo_id: PhotoId, query: Query = Query(), wish: int = 0, job: JobControl | None = None
    ) -> Explanation:
        """Where in a photo one of its wishes is answered; see `Explanation.wishes`. Long, the next wish is not.

        Raises LibraryError, Cancelled.
        """
        return self._explaining.explain(photo_id, query, wish, job or JobControl("explain", "Looking closer"))

    def looks_like(self, photo_id: PhotoId) -> tuple[SeenWord, ...]:
        """The strongest words of the vocabulary; none before the photo is embedded. Long the first time."""
        return self._explaining.looks_like(photo_id)

    def warm_up(self) -> None:
        """Load what the first typed query needs. Long."""
        self._choice.engine().warm_up()

    # -- albums, tags, marks: each returns what really changed, which is what undo needs -----------------------

    def albums(self) -> list[Album]:
        """All albums, by name."""
        with self._catalog.reading() as connection:
            return albums.all_of_them(connection)

    def create_album(self, name: str, photo_ids: Sequence[PhotoId] = ()) -> Album:
        """Make an album. Raises LibraryError when the name is empty or taken."""
        return self._catalog.write(partial(album_edits.create, name=name, ids=photo_ids))

    def rename_album(self, album_id: AlbumId, name: str) -> None:
        """Give an album another name. Raises LibraryError when the name is empty or taken."""
        self._catalog.write(partial(album_edits.rename, album_id=album_id, name=name))

    def delete_album(self, album_id: AlbumId) -> DeletedAlbum:
        """Delete an album, not its photos; `restore_album` with the result makes it again."""
        return self._catalog.write(partial(album_edits.delete, album_id=album_id))

    def restore_album(self, deleted: DeletedAlbum) -> Album:
        """Take `delete_album` back. Raises LibraryError when the name was taken meanwhile."""
        return self._catalog.write(partial(album_edits.restore, deleted=deleted))

    def add_to_album(self, album_id: AlbumId, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Put photos into an album, to stay whatever its search says; returns those that are new in it."""
        before = self._catalog.write(partial(album_edits.add, album_id=album_id, ids=photo_ids))
        return tuple(one for one, how in before.items() if how is not Membership.AUTOMATIC)

    def remove_from_album(self, album_id: AlbumId, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Take photos out of an album, out of a smart one for good; returns those that were in it."""
        return tuple(self._catalog.write(partial(album_edits.remove, album_id=album_id, ids=photo_ids)))

    def set_memberships(self, album_id: AlbumId, wanted: Mapping[PhotoId, Membership]) -> dict[PhotoId, Membership]:
        """Have photos stand to an album as wished; returns how those stood to it before that changed."""
        return self._catalog.write(partial(album_edits.set_memberships, album_id=album_id, wanted=wanted))

    # -- smart albums ------------------------------------------------------------------------------------------

    def create_smart_album(self, name: str, definition: AlbumDefinition) -> Album:
        """Make an album of what a search finds, now and later, and fill it. Raises LibraryError."""
        return self._smart.create(name, definition)

    def define_album(self, album_id: AlbumId, definition: AlbumDefinition | None) -> str | None:
        """Give an album another search (None: a plain album from now on); `restore_definition` takes it back."""
        return self._smart.define(album_id, definition)

    def restore_definition(self, album_id: AlbumId, before: str | None) -> str | None:
        """Give an album the search back that `define_album` returned; returns the one it had."""
        return self._smart.restore_definition(album_id, before)

    def album_definition(self, album_id: AlbumId) -> AlbumDefinition | None:
        """What an album searches for, without what is gone; None for a plain album."""
        return self._smart.definition(album_id)

    def fill_albums(self, album_ids: Sequence[AlbumId] | None = None) -> list[FilledAlbum]:
        """Bring smart albums (None: all) in step with the library now; they follow by themselves anyway. Long."""
        return self._smart.fill(album_ids)

    def smart_album(self, name: str) -> AlbumId:
        """The smart album of this name. Raises LibraryError."""
        return self._smart.named(name)

    # -- suggested albums --------------------------------------------------------------------------------------

    def suggest_albums(self, job: JobControl | None = None) -> list[SuggestedAlbum]:
        """Albums that might be made of the library: events, newest first, then themes. Long. Raises Cancelled."""
        return self._suggestions.suggest(job or JobControl("albums", "Looking for albums"))

    def dismiss_album(self, suggestion: SuggestedAlbum) -> int:
        """Never suggest this album again; returns the number that `restore_dismissed` takes it back with."""
        write = partial(album_edits.dismiss, title=suggestion.title, ids=suggestion.photo_ids)
        return self._catalog.write(write)

    def restore_dismissed(self, number: int) -> None:
        """Let a dismissed album be suggested again."""
        self._catalog.write(partial(album_edits.take_back_dismissal, number=number))

    def tags(self) -> list[Tag]:
        """All tags in use, by name."""
        with self._catalog.reading() as connection:
            return tags.all_of_them(connection)

    def add_tag(self, name: str, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Put a tag on photos; returns those that did not have it."""
        return self._catalog.write(partial(edits.add_tag, name=name, ids=photo_ids))

    def remove_tag(self, name: str, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Take a tag off photos; returns those that had it."""
        return self._catalog.write(partial(edits.remove_tag, name=name, ids=photo_ids))

    def rename_tag(self, tag_id: TagId, name: str) -> None:
        """Give a tag another name. Raises LibraryError when the name is empty or taken."""
        self._catalog.write(partial(edits.rename_tag, tag_id=tag_id, name=name))

    def delete_tag(self, tag_id: TagId) -> DeletedTag:
        """Take a tag off everything; `add_tag` with the result puts it back."""
        return DeletedTag(*self._catalog.write(partial(edits.delete_tag, tag_id=tag_id)))

    def set_favourite(self, photo_ids: Sequence[PhotoId], is_favourite: bool) -> tuple[PhotoId, ...]:
        """Mark or unmark favourites; returns the photos that changed."""
        return self._catalog.write(partial(edits.set_favourite, ids=photo_ids, is_favourite=is_favourite))

    def set_rating(self, photo_ids: Sequence[PhotoId], rating: int) -> dict[PhotoId, int]:
        """Rate photos 0 to 5; returns the previous rating of each photo that changed."""
        return self._catalog.write(partial(edits.set_rating, ids=photo_ids, rating=rating))

    def trash(self, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Move files to the system trash; returns the photos that went. Raises LibraryError when none could."""
        wanted = {photo.path: photo.id for photo in self.photos(photo_ids)}
        moved, failed = trash.put(list(wanted))
        ids = tuple(wanted[path] for path in moved)
        self._catalog.write(partial(edits.mark_gone, ids=ids))
        if failed and not moved:
            raise LibraryError(f"{failed[0][0].name} could not be moved to the trash.", failed[0][1])
        return ids

    # -- sidecars ----------------------------------------------------------------------------------------------

    def sidecar_status(self) -> SidecarStatus:
        """How the tags and stars of the library and those of its files compare."""
        with self._catalog.reading() as connection:
            waiting, with_sidecar = file_words.counts(connection)
            found = tuple(file_words.problems(connection))
            return SidecarStatus(self.settings.writes_sidecars, waiting, with_sidecar, found)

    def count_sidecars_to_write(self, photo_ids: Sequence[PhotoId]) -> int:
        """For how many of these photos `write_sidecars` has something to write."""
        with self._catalog.reading() as connection:
            return len(file_words.worth_writing(connection, photo_ids))

    def write_sidecars(self, photo_ids: Sequence[PhotoId] | None = None) -> SidecarReport:
        """Write tags, stars and captions into XMP files beside the photos; None: of all that differ. Long.

        The photos themselves are never touched, nor what other programs wrote. Raises Cancelled, LibraryError.
        """
        return self._work.write_sidecars(photo_ids)

    def stop_writing_sidecars(self) -> None:
        """Stop after the sidecar that is being written; the rest waits."""
        self._work.stop_sidecars()

    # -- duplicates --------------------------------------------------------------------------------------------

    def duplicates(
        self, kind: DuplicateKind = DuplicateKind.SAME, job: JobControl | None = None
    ) -> list[DuplicateGroup]:
        """Groups of photos, the one to keep first; what was compared so far. Similar ones: long. Raises Cancelled."""
        return self._duplicates.groups(kind, job or JobControl("similar", "Looking for similar photos"))

    def look_for_duplicates(self) -> None:
        """Compare what was never compared, on the calling thread. Long. Raises Cancelled."""
        self._work.look_for_duplicates()

    def settle_not_duplicates(self, photo_ids: Sequence[PhotoId]) -> ContentPairs:
        """Never show these photos as duplicates of each other again, wherever their files go."""
        return self._duplicates.settle_not_duplicates(photo_ids)

    def forget_not_duplicates(self, decision: ContentPairs) -> None:
        """Take `settle_not_duplicates` back."""
        self._duplicates.forget_not_duplicates(decision)

    def trash_duplicates(self, choices: Sequence[KeepChoice], job: JobControl | None = None) -> TrashReport:
        """Hand tags, albums and marks down to what is kept, then move the rest to the system trash. Long.

        Stopping the job ends it between two files. The last file of a group never goes.
        """
        return self._duplicates.trash(choices, job or JobControl("trash", "Moving duplicates to the trash"))

    # -- auto-tagging ------------------------------------------------------------------------------------------

    def vocabulary_text(self) -> str:
        """The vocabulary file: the person's own edition, else the one that is shipped."""
        return self._tagging.vocabulary_text()

    def save_vocabulary(self, text: str) -> None:
        """Keep an own edition. Raises LibraryError naming the line that is wrong; then nothing is kept."""
        self._tagging.save_vocabulary(text)
        self._work.wake()

    def reset_vocabulary(self) -> None:
        """Go back to the vocabulary that is shipped."""
        self._tagging.reset_vocabulary()
        self._work.wake()

    def vocabulary_groups(self, text: str | None = None) -> tuple[VocabularyGroup, ...]:
        """The groups and words of a vocabulary text (None: of the one in use). Raises LibraryError naming the line."""
        return self._tagging.read_vocabulary(self.vocabulary_text() if text is None else text)

    def change_vocabulary(self, text: str, edit: VocabularyEdit) -> str:
        """A vocabulary text after one change, comments and order kept; nothing is saved. Raises LibraryError."""
        return self._tagging.change_vocabulary(text, edit)

    def suggest_tags(self, scope: Scope, job: JobControl | None = None) -> SuggestionRun:
        """Score the scope's photos against the vocabulary; writes nothing to the photos. Long."""
        return self._tagging.suggest(scope, job or JobControl("tag", "Suggesting tags"))

    def suggest_for_new_photos(self, job: JobControl | None = None) -> None:
        """Compare what was embedded since the last time; what stands out waits in `pending_suggestions`. Long."""
        self._tagging.suggest_for_new(job or JobControl("suggest", "Suggesting tags"))

    def pending_suggestions(self) -> SuggestionRun:
        """The suggestions that wait for a review, strongest first."""
        return self._tagging.pending()

    def pending_count(self) -> int:
        """How many suggestions wait for a review."""
        with self._catalog.reading() as connection:
            return suggestions.pending_count(connection)

    def more_like(self, tag: str) -> SuggestionRun:
        """Photos that may deserve a tag, learned from those that have it. Long. Raises LibraryError without any."""
        return self._tagging.more_like(tag)

    def tag_lesson(self, tag: str) -> TagLesson:
        """What a tag learns from, how right it should be, and whether new photos get it by themselves. Long."""
        return self._tagging.lesson(tag)

    def set_automatic_tag(self, tag: str, is_automatic: bool) -> None:
        """Whether new photos get a tag without a review; each time is a run that can be taken back."""
        self._catalog.write(partial(edits.set_automatic, tag=tag, is_automatic=is_automatic))

    def automatic_tags(self) -> set[str]:
        """The tags, in lower case, that new photos get without a review."""
        with self._catalog.reading() as connection:
            return suggestions.automatic(connection)

    def reopen_suggestions(self, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
        """Take decisions of a run back, so that they are open again; returns how many tags that took off."""
        return self._catalog.write(partial(edits.reopen, run_id=run_id, suggestions=suggestions))

    def sensitive_photos(self) -> frozenset[PhotoId]:
        """Photos that may be private or upsetting; none while the setting says `show`. Often wrong."""
        if self.settings.sensitive_photos == "show":
            return frozenset()
        with self._catalog.reading() as connection:
            return frozenset(suggestions.sensitive(connection))

    def treat_sensitive(self, treatment: str) -> None:
        """`show`, `blur` or `hide` photos that may be private or upsetting; looks for them where it did not yet."""
        self.change_settings(sensitive_photos=treatment)
        self.events.publish(CatalogChanged(sensitive=True))
        self._work.wake()

    def clear_sensitive(self, photo_ids: Sequence[PhotoId], is_cleared: bool = True) -> tuple[PhotoId, ...]:
        """Say for good that photos are harmless (or take that back); returns those that were marked otherwise."""
        return self._catalog.write(partial(edits.clear_sensitive, ids=photo_ids, is_cleared=is_cleared))

    def accept_suggestions(self, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
        """Write suggestions as tags; returns how many tags that added."""
        return self._catalog.write(partial(edits.accept, run_id=run_id, suggestions=suggestions))

    def reject_suggestions(self, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
        """Never suggest these again."""
        return self._catalog.write(partial(edits.reject, run_id=run_id, suggestions=suggestions))

    def tag_runs(self) -> list[TagRun]:
        """Past runs with accepted tags, newest first."""
        with self._catalog.reading() as connection:
            return tags.runs(connection)

    def undo_tag_run(self, run_id: RunId) -> int:
        """Take back every tag a run wrote; returns how many."""
        return self._catalog.write(partial(edits.undo_run, run_id=run_id))

    def redo_tag_run(self, run_id: RunId) -> int:
        """Write the accepted tags of a run again; returns how many."""
        return self._catalog.write(partial(edits.apply_run, run_id=run_id))

    # -- encoders ----------------------------------------------------------------------------------------------

    def encoders(self) -> list[EncoderEntry]:
        """Every known encoder with where it stands."""
        return self._choice.entries()

    def fetch_encoder(self, name: str, job: JobControl) -> None:
        """Download, verify and install; resumes an interrupted one. Long. Raises LibraryError, Cancelled."""
        self._registry.fetch(name, job)
        self.events.publish(CatalogChanged(encoders=True))

    def import_encoder(self, path: Path, job: JobControl, name: str | None = None) -> str:
        """Install a checkpoint already on disk; returns the encoder's name. Long. Raises LibraryError, Cancelled."""
        imported = self._registry.import_from(path, job, name)
        self.events.publish(CatalogChanged(encoders=True))
        return imported

    def use_encoder(self, name: str) -> None:
        """Embed the library with it in the background; the old one answers until that is done. Raises LibraryError."""
        self._choice.use(name)
        self.events.publish(CatalogChanged(encoders=True))
        self._work.restart_embedding()

    def measure_encoder(self, name: str) -> float:
        """Photos per second on this machine, from a trial of some seconds on photos of this library. Long.

        What it will take to embed the library follows from it. Raises LibraryError.
        """
        encoder = self._registry.encoder(name)
        speed = self._work.measure(encoder)
        if speed is None:
            return self._registry.measure(name)
        self._registry.keep_speed(name, speed)
        return speed

    def evaluate_encoder(
        self, captions: Path, photos_folder: Path, name: str | None = None, split: str | None = None
    ) -> Evaluation:
        """Measure an encoder (None: the chosen one) on captioned photos; `split` None: val where there is one.

        Touches nothing in the library. Long. Raises LibraryError, Cancelled.
        """
        captioned = captioned_photos.read_split(captions, split)
        encoder = self._registry.encoder(name or self.settings.encoder)
        job = self.job("evaluate", f"Evaluating {encoder.name}")
        try:
            return encoder_trial.evaluate(encoder, captioned, photos_folder, job)
        finally:
            job.finish()

    def evaluate_cut(
        self, captions: Path, photos_folder: Path, name: str | None = None, split: str | None = None
    ) -> CutTrial:
        """Measure where an encoder's good matches end; arguments and errors as `evaluate_encoder`. Long."""
        captioned = captioned_photos.read_split(captions, split)
        encoder = self._registry.encoder(name or self.settings.encoder)
        job = self.job("evaluate", f"Evaluating the cut of {encoder.name}")
        try:
            photos = encoder_trial.encoded_photos(encoder, captioned, photos_folder, job)
        finally:
            job.finish()
        return cut_trial.run(encoder, background_file.load_or_make(encoder, self.places.cache), captioned, photos)

    # -- settings ----------------------------------------------------------------------------------------------

    def change_settings(self, **changes: Any) -> None:
        """Change some settings, by their names in `Settings`, in memory and on disk; the others stay as they are."""
        with self._settings_lock:
            self._keep(self.settings.model_copy(update=changes))
        if changes.get("writes_sidecars"):
            self._work.wake()

    def save_settings(self, settings: Settings) -> None:
        """Replace all settings, in memory and on disk."""
        with self._settings_lock:
            self._keep(settings)

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        settings_file.save(settings, self.places.settings)

    def _follow_catalog(self, event: Event) -> None:
        if isinstance(event, CatalogChanged):
            self._choice.catalog_changed(event)
            self._completions.forget()
            self._smart.catalog_changed(event)
            # A tag may have examples to learn from; tags and stars may have to go into sidecars.
            if event.tags or (event.changed and self.settings.writes_sidecars):
                self._work.wake()

    def _suggest_for_new(self, job: JobControl) -> None:
        if self.settings.suggests_tags:
            self._tagging.suggest_for_new(job)
