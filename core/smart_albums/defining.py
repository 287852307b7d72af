"""Turns what a person searched for into a stored definition, and back into a query. Any thread.

Pictures from outside and parts of pictures are kept as small JPEGs: the file may be gone tomorrow, and another
encoder must be able to look at them again.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import date

from PIL import Image

from core.catalog import albums, definitions, folders, photo_files, photos, smart_albums, tags
from core.catalog.catalog import Catalog
from core.catalog.connection import Connection
from core.catalog.definitions import StoredDefinition, StoredExample
from core.domain import AlbumDefinition, AlbumId, ExamplePicture, PhotoId, Scope, ScopeKind
from core.errors import LibraryError
from core.search import example_pictures, filtering, query_language

_KEPT_SIDE_PX = 640


class CannotFill(LibraryError):
    """A definition that cannot be answered now; the title says why."""


def store(catalog: Catalog, definition: AlbumDefinition) -> tuple[StoredDefinition, dict[bytes, bytes]]:
    """The definition to store, and the pictures to keep with it, by hash. Raises LibraryError, QueryError."""
    if not definition.text.strip() and not definition.examples:
        raise LibraryError("There is nothing to search for.", hint="Give some words or an example picture.")
    pictures: dict[bytes, bytes] = {}
    examples = [_stored(catalog, one, pictures) for one in definition.examples]
    with catalog.reading() as connection:
        name = _scope_names(connection, definition.scope.kind).get(definition.scope.id or 0, "")
    scope = definition.scope
    return StoredDefinition(
        text=definition.text.strip(), examples=tuple(examples), scope=scope.kind, scope_id=scope.id, scope_name=name
    ), pictures


def mistakes(connection: Connection, text: str) -> list[str]:
    """A sentence for each part of a query that means nothing here: a filter that is none, a name that nothing has.

    A search answers without such a part; an album would fill with the rest.
    """
    parsed = query_language.parse(text)
    return [*parsed.mistakes, *filtering.nameless(connection, parsed, date.today())]


def refuse_mistakes(catalog: Catalog, definition: AlbumDefinition, what_now: str) -> None:
    """Raise LibraryError when the definition's text means nothing somewhere; `what_now` is the way out."""
    with catalog.reading() as connection:
        found = mistakes(connection, definition.text)
    if found:
        raise LibraryError(found[0], " ".join(found[1:]), what_now)


def read(connection: Connection, stored: StoredDefinition) -> AlbumDefinition:
    """The definition as a query. Raises CannotFill when its album, tag, folder or example is gone."""
    examples = tuple(_example(connection, one) for one in stored.examples)
    return AlbumDefinition(stored.text, examples, _scope(connection, stored))


def read_what_is_left(connection: Connection, stored: StoredDefinition) -> AlbumDefinition:
    """Like `read`, without the parts that are gone: to be corrected by a person."""
    examples = []
    for one in stored.examples:
        try:
            examples.append(_example(connection, one))
        except CannotFill:
            continue
    try:
        scope = _scope(connection, stored)
    except CannotFill:
        scope = Scope()
    return AlbumDefinition(stored.text, tuple(examples), scope)


def parse(text: str) -> StoredDefinition:
    """A stored definition. Raises CannotFill when it is damaged."""
    try:
        return definitions.from_json(text)
    except ValueError as error:
        raise CannotFill("What this album searches for cannot be read.", str(error), "Give it a new search.") from error


def own_examples(definition: AlbumDefinition) -> list[PhotoId]:
    """Photos that the album is to be like: they belong in it, although a search never finds its own example."""
    return [
        one.photo_id
        for one in definition.examples
        if one.photo_id is not None and one.region is None and one.content is None and one.weight > 0
    ]


def _stored(catalog: Catalog, example: ExamplePicture, pictures: dict[bytes, bytes]) -> StoredExample:
    if example.photo_id is not None and example.region is None and example.content is None:
        with catalog.reading() as connection:
            content = photo_files.content_hashes(connection, [example.photo_id]).get(example.photo_id)
        if content is None:
            raise LibraryError("This photo is no longer in the library.", hint="Choose another example.")
        return StoredExample(
            title=example.title, weight=example.weight, photo_id=example.photo_id, content_hash=content.hex()
        )
    jpeg = _small_jpeg(example_pictures.open_image(catalog, example, _KEPT_SIDE_PX))
    content_hash = hashlib.sha256(jpeg).digest()
    pictures[content_hash] = jpeg
    title = example.title or (example.path.name if example.path else "")
    return StoredExample(
        title=title,
        weight=example.weight,
        photo_id=example.photo_id,
        kept_picture=content_hash.hex(),
        is_part_of_title=example.is_part,
    )


def _small_jpeg(image: Image.Image) -> bytes:
    image.thumbnail((_KEPT_SIDE_PX, _KEPT_SIDE_PX), Image.Resampling.LANCZOS)
    stored = io.BytesIO()
    image.convert("RGB").save(stored, "JPEG", quality=92)
    return stored.getvalue()


def _example(connection: Connection, stored: StoredExample) -> ExamplePicture:
    name = f"“{stored.title}”" if stored.title else "that this album is to be like"
    gone = CannotFill(f"The example picture {name} is no longer there.", hint="Edit the album's search.")
    if stored.kept_picture is not None:
        kept = smart_albums.kept_pictures(connection, [stored.kept_picture])
        if not kept:
            raise gone
        of = PhotoId(stored.photo_id) if stored.photo_id is not None else None
        return ExamplePicture(
            of,
            content=kept[stored.kept_picture],
            title=stored.title,
            weight=stored.weight,
            is_kept_part=stored.is_part,
        )
    known = photos.load(connection, [PhotoId(stored.photo_id or 0)])
    found: Sequence[PhotoId] = [one.id for one in known]
    if not found and stored.content_hash:
        found = smart_albums.ids_with_content(connection, stored.content_hash)
    if not found:
        raise gone
    return ExamplePicture(photo_id=found[0], title=stored.title, weight=stored.weight)


def _scope(connection: Connection, stored: StoredDefinition) -> Scope:
    if stored.scope_id is None:
        return Scope(stored.scope)
    names = _scope_names(connection, stored.scope)
    if stored.scope_id in names:
        return Scope(stored.scope, stored.scope_id)
    again = next((one for one, name in names.items() if name.casefold() == stored.scope_name.casefold()), None)
    if again is None:
        raise CannotFill(
            f"The {stored.scope.value} “{stored.scope_name}” that it searches in is no longer there.",
            hint="Edit the album's search.",
        )
    return Scope(stored.scope, again)


def _scope_names(connection: Connection, kind: ScopeKind) -> dict[int, str]:
    match kind:
        case ScopeKind.ALBUM:
            return {one.id: one.name for one in albums.all_of_them(connection)}
        case ScopeKind.TAG:
            return {one.id: one.name for one in tags.all_of_them(connection)}
        case ScopeKind.FOLDER:
            return {one.id: one.path.name or str(one.path) for one in folders.all_of_them(connection)}
        case _:
            return {}


def refuse_itself(connection: Connection, album_id: AlbumId, definition: StoredDefinition, filters: set[str]) -> None:
    """Raise CannotFill when an album searches in itself: it would empty and fill itself for ever.

    `filters` are the albums that its text names, folded.
    """
    name = albums.one_of_them(connection, album_id).name
    is_scope = definition.scope is ScopeKind.ALBUM and definition.scope_id == album_id
    if is_scope or name.casefold() in filters:
        raise CannotFill("This album searches in itself.", hint="Edit the album's search.")
