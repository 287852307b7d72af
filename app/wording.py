"""What the window says about what it shows: titles, counts, empty pages. Pure; no widget is touched."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from app import query_pieces
from app.answers import Answer
from app.browsing import View
from app.contents import Contents
from app.stacks import StackedHits
from core.domain import Album, AlbumId, ScopeKind, SearchResult


@dataclass(frozen=True, slots=True)
class Message:
    """A page that stands where the photos would be."""

    icon: str
    title: str
    detail: str
    buttons: tuple[tuple[str, str], ...] = ()
    """(key, text); keys are "add-folder", "show-weaker", "clear-search", "edit-search"."""


def number(count: int) -> str:
    """A count as people of this locale write it."""
    return QLocale().toString(count)


def photos(count: int) -> str:
    """ "1 photo", "12,480 photos" """
    return _tr("1 photo") if count == 1 else _tr("{0} photos").format(number(count))


def copies(count: int) -> str:
    """ "1 copy stacked", "12 copies stacked" """
    return _tr("1 copy stacked") if count == 1 else _tr("{0} copies stacked").format(number(count))


def missing(count: int) -> str:
    """ "1 missing photo", "12 missing photos" """
    return _tr("1 missing photo") if count == 1 else _tr("{0} missing photos").format(number(count))


def to_trash(sidecars: int) -> str:
    """What happens to files that are moved to the trash, and to the sidecars beside them."""
    if not sidecars:
        return _tr("The files go to the system's trash, from where they can be restored.")
    along = _tr("1 sidecar goes along.") if sidecars == 1 else _tr("{0} sidecars go along.").format(number(sidecars))
    return _tr("The files go to the system's trash, from where they can be restored; {0}").format(along)


def title(view: View, scope_name: str | None) -> str:
    """What a view shows."""
    if view.examples and not view.text.strip():
        is_part = any(example.is_part for example in view.examples)
        return _tr("Photos like this part") if is_part else _tr("Photos like this")
    if view.is_search:
        return _tr("Results")
    match view.scope.kind:
        case ScopeKind.ALL:
            return _tr("All photos")
        case ScopeKind.RECENT:
            return _tr("Recent")
        case ScopeKind.FAVOURITES:
            return _tr("Favourites")
        case _:
            return scope_name or ""


def facts(answer: Answer, album: Album | None = None, stacked: StackedHits | None = None) -> str:
    """How many and how fast: "214 photos · 18 ms"; of a smart album, what it searches for.

    `stacked`: the result as it is shown, where some photos are behind others that show the same picture.
    """
    result = answer.result
    if result is None:
        return " · ".join([photos(len(answer.listing)), *_smart_facts(album)])
    parts = [photos(stacked.found_count if stacked else result.strong_count), elapsed(result.elapsed_ms)]
    if not result.strong_count and result.hits:
        parts[0] = (
            _tr("No close match, here are the nearest")
            if is_by_picture(answer)
            else _tr("Nothing here looks like that")
        )
    if stacked is not None and stacked.behind_count:
        parts.insert(1, copies(stacked.behind_count))
    own = sum(example.photo_id is not None for example in answer.view.examples)  # an example is no hit of itself
    if result.searchable_count + own < result.scope_count and not result.notice:
        parts.append(_tr("searching {0} of {1}").format(number(result.searchable_count), number(result.scope_count)))
    if result.notice:
        parts.append(result.notice)
    return " · ".join(parts)


def _smart_facts(album: Album | None) -> list[str]:
    if album is None or not album.is_smart:
        return []
    if album.trouble:
        return [album.trouble]
    parts = [_tr("search: {0}").format(_shortened(album.search))]
    if album.automatic_count:
        parts.append(_tr("{0} added automatically").format(number(album.automatic_count)))
    return parts


def album_hint(album: Album) -> str:
    """What the tooltip of an album says; nothing about a plain one."""
    if not album.is_smart:
        return ""
    trouble = _tr("It is not filled now: {0}").format(album.trouble) if album.trouble else ""
    search = _tr("Fills itself with: {0}").format(album.search)
    return "\n".join(part for part in (search, trouble) if part)


def elapsed(elapsed_ms: float) -> str:
    """How long it took: "18 ms", from a second on "1.4 s"."""
    if elapsed_ms < 1000:
        return _tr("{0} ms").format(number(max(1, round(elapsed_ms))))
    return _tr("{0} s").format(QLocale().toString(elapsed_ms / 1000, "f", 1))


def is_by_picture(answer: Answer) -> bool:
    """Whether the search is for a picture and no words: then the nearest photos are always worth seeing."""
    return bool(answer.view.examples) and not answer.view.text.strip()


def counts(shown: int, selected: int) -> str:
    """The left end of the strip: "12,480 photos · 3 selected"."""
    parts = [photos(shown)]
    if selected:
        parts.append(_tr("{0} selected").format(number(selected)))
    return " · ".join(parts)


def message_for(answer: Answer, contents: Contents | None, is_scanning: bool) -> Message | None:
    """What to say where there is no photo to show; None if there is."""
    if answer.result is not None:
        is_first_scan = is_scanning and not answer.result.scope_count
        return _looking() if is_first_scan else _nothing_found(answer.view, answer.result)
    if len(answer.listing):
        return None
    if contents is not None and not contents.folders:
        return Message(
            "folder",
            _tr("No folders yet"),
            _tr("Add a folder with photos. They stay where they are, and everything stays on this computer."),
            (("add-folder", _tr("Add a folder…")),),
        )
    if is_scanning:
        return _looking()
    album = contents.album(AlbumId(answer.view.scope.id or 0)) if contents is not None else None
    if answer.view.scope.kind is ScopeKind.ALBUM and album is not None and album.is_smart:
        return _empty_smart_album(album)
    return _EMPTY_SCOPES[answer.view.scope.kind]()


def _looking() -> Message:
    return Message("search", _tr("Looking for photos…"), _tr("They appear here as they are found."))


def _empty_smart_album(album: Album) -> Message:
    edit = (("edit-search", _tr("Edit the search")),)
    if album.trouble:
        return Message("smart-album", _tr("This album cannot be filled now"), album.trouble, edit)
    return Message(
        "smart-album",
        _tr("Nothing matches this album's search yet"),
        _tr("It searches for “{0}”. Photos that match appear here by themselves.").format(_shortened(album.search)),
        edit,
    )


def _nothing_found(view: View, result: SearchResult) -> Message | None:
    if result.strong_count:
        return None
    words = query_pieces.split(view.text).line.strip()
    wanted = _tr("“{0}”").format(_shortened(words)) if words else _tr("this picture")
    if not words and view.text.strip() and not result.hits:
        wanted = _tr("these filters")
    if result.searchable_count < result.scope_count and not result.hits:
        return Message(
            "search",
            _tr("Nothing found yet for {0}").format(wanted),
            _tr("{0} of {1} photos can be searched so far; the others follow by themselves.").format(
                number(result.searchable_count), number(result.scope_count)
            ),
            (("clear-search", _tr("Clear the search")),),
        )
    detail = _tr("Try other or fewer words, or describe what can be seen: “two dogs on a beach”.")
    if says_mistakes(result):
        detail = " ".join(result.mistakes)
    buttons = [("clear-search", _tr("Clear the search"))]
    if result.hits:
        buttons.insert(0, ("show-weaker", _tr("Show the nearest photos")))
        return Message("search", _tr("Nothing here looks like {0}").format(wanted), detail, tuple(buttons))
    return Message("search", _tr("Nothing found for {0}").format(wanted), detail, tuple(buttons))


def says_mistakes(result: SearchResult) -> bool:
    """Whether the page that stands where photos would be says what is wrong with the query."""
    return bool(result.mistakes) and not result.hits and result.searchable_count >= result.scope_count


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"


_EMPTY_SCOPES = {
    ScopeKind.ALL: lambda: Message(
        "photos",
        _tr("No photos yet"),
        _tr("Put photos into your folders, and they appear here by themselves. Are they somewhere else?"),
        (("add-folder", _tr("Add a folder…")),),
    ),
    ScopeKind.RECENT: lambda: Message("clock", _tr("Nothing recent"), _tr("Photos of the last weeks appear here.")),
    ScopeKind.FAVOURITES: lambda: Message(
        "heart", _tr("No favourites yet"), _tr("Press F on a photo, or click its heart.")
    ),
    ScopeKind.ALBUM: lambda: Message(
        "album", _tr("This album is empty"), _tr("Drag photos onto its name, or choose photos and press L.")
    ),
    ScopeKind.TAG: lambda: Message("tag", _tr("No photo has this tag"), _tr("Choose photos and press T.")),
    ScopeKind.FOLDER: lambda: Message(
        "folder", _tr("No photos in this folder"), _tr("Put photos into it, and they appear here by themselves.")
    ),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)
