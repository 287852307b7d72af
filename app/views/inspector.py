"""The inspector: everything known about the selected photo, or what several have in common. GUI thread only.

It shows and asks; what the person wishes for is done by the window's commands, so that it can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app import photo_facts
from app.tasks import Tasks
from app.views import marked_text
from app.views.elided_label import ElidedLabel
from app.views.inspector_facts import InspectorFacts
from app.views.match_reasons import MatchReasons
from app.views.picture_text import PictureText
from app.views.pills import PillRow, Word
from app.views.star_row import StarRow
from app.views.tag_field import TagField
from core.domain import Album, Hit, InCommon, PhotoDetails, PhotoId, ReasonKind, SeenWord, Tag, TagOnPhoto
from core.errors import LibraryError
from core.library import Library

_LOOK_KEY = "inspector:look"
_TAGS_KEY = "inspector:tags"
_LIKENESS_KEY = "inspector:likeness"
_MARGIN_PX = 16


class Inspector(QScrollArea):
    """Facts of the selection; `show_photos([])` shows a quiet hint."""

    show_in_folder_requested = Signal()
    rating_requested = Signal(int)
    tag_added = Signal(str)
    tag_removed = Signal(str)
    tag_clicked = Signal(object)
    """TagId"""
    place_clicked = Signal(str)
    """What to search for"""
    album_clicked = Signal(object)
    """AlbumId"""
    word_clicked = Signal(object)
    """str: a word that the photo looks like."""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._ids: tuple[PhotoId, ...] = ()
        self._hit: Hit | None = None
        self._caption_text = ""
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        self._connect()
        self.show_photos([])

    def _build(self) -> None:
        body = QWidget(self)
        body.setObjectName("inspectorBody")
        self._problem = QLabel(body)
        self._problem.setObjectName("inspectorProblem")
        self._problem.setWordWrap(True)
        self._name = ElidedLabel(body)
        self._name.setProperty("role", "title")
        self._stars = StarRow(body)
        self._caption = QLabel(body)
        self._caption.setWordWrap(True)
        self._facts = InspectorFacts(body)
        self._tags, self._albums = PillRow(body, can_remove=True), PillRow(body)
        self._tag_field = TagField(body)
        self._added = QLabel(body)
        self._added.setProperty("role", "muted")
        self._added.setWordWrap(True)
        self._reasons = MatchReasons(body)
        self._likeness = PillRow(body)
        self._picture_text = PictureText(body)
        self._headings = {
            "tags": _heading(self.tr("TAGS"), body),
            "albums": _heading(self.tr("ALBUMS"), body),
            "reasons": _heading(self.tr("WHY IT MATCHED"), body),
            "likeness": _heading(self.tr("LOOKS LIKE"), body),
            "text": _heading(self.tr("TEXT IN THE PICTURE"), body),
        }
        for label in (self._problem, self._caption, self._added):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out(body)
        page = QWidget(self)
        page.setObjectName("inspectorBody")
        self._pages = QStackedLayout(page)
        self._pages.addWidget(self._hint(page))
        self._pages.addWidget(body)
        self.setWidget(page)

    def _lay_out(self, body: QWidget) -> None:
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(8)
        column.addWidget(self._problem)
        column.addWidget(self._name)
        column.addWidget(self._stars)
        column.addWidget(self._caption)
        column.addSpacing(4)
        column.addWidget(self._facts)
        for name, parts in (
            ("reasons", (self._reasons,)),
            ("tags", (self._tags, self._tag_field)),
            ("albums", (self._albums, self._added)),
            ("likeness", (self._likeness,)),
            ("text", (self._picture_text,)),
        ):
            column.addSpacing(8)
            column.addWidget(self._headings[name])
            for part in parts:
                column.addWidget(part)
        column.addStretch(1)

    def _hint(self, parent: QWidget) -> QWidget:
        page = QWidget(parent)
        hint = QLabel(self.tr("Select a photo to see what is known about it."), page)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(page)
        column.setContentsMargins(40, 24, 40, 24)
        column.addWidget(hint)
        return page

    def _connect(self) -> None:
        self._facts.show_in_folder_requested.connect(self.show_in_folder_requested)
        self._facts.place_clicked.connect(self.place_clicked)
        self._stars.rating_requested.connect(self.rating_requested)
        self._tags.clicked.connect(lambda tag: self.tag_clicked.emit(tag.id))
        self._tags.removal_requested.connect(lambda tag: self.tag_removed.emit(tag.name))
        self._albums.clicked.connect(self.album_clicked)
        self._likeness.clicked.connect(self.word_clicked)
        self._tag_field.tag_added.connect(self.tag_added)
        self._tag_field.completions_wanted.connect(self._fetch_completions)

    def show_photos(self, ids: Sequence[PhotoId]) -> None:
        """Show these photos; what was shown stays until the answer is there, so nothing flickers."""
        if tuple(ids) != self._ids:
            self.set_hit(None)
            self._show_likeness(())
        self._ids = tuple(ids)
        if not ids:
            self._tasks.forget(_LOOK_KEY)
            self._pages.setCurrentIndex(0)
            return
        self.refresh()

    def refresh(self) -> None:
        """Look again: the catalog changed."""
        library, ids = self._library, self._ids
        if len(ids) == 1:
            self._tasks.run(_LOOK_KEY, lambda: library.details(ids[0]), self._show_one, self._vanished)
        elif ids:
            self._tasks.run(_LOOK_KEY, lambda: library.in_common(ids), self._show_many)

    def set_hit(self, hit: Hit | None) -> None:
        """Why the photo is in the result; None outside of one."""
        self._hit = hit
        self._reasons.show_hit(hit)
        has_reasons = hit is not None and bool(hit.reasons)
        self._reasons.setVisible(has_reasons)
        self._headings["reasons"].setVisible(has_reasons)
        self._mark_words()

    def focus_tag_field(self) -> None:
        """The keyboard goes where a tag is typed."""
        self._tag_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(self._tag_field)

    def _show_one(self, details: PhotoDetails) -> None:
        self._name.show_text(details.photo.name)
        self._facts.show_details(details)
        self._stars.show_rating(details.photo.rating)
        self._say(self._problem, details.problem or "")
        self._caption_text = details.caption or ""
        self._mark_words()
        self._ask_likeness(details.photo.id)
        self._show_text(details.picture_text or "")
        self._show_words(
            details.tags,
            [Word(album.name, album.id, self._album_hint(details, album)) for album in details.albums],
        )
        by_itself = [album.name for album in details.albums if album.id in details.automatic_albums]
        names = ", ".join(self.tr("“{0}”").format(name) for name in by_itself)
        self._say(self._added, self.tr("Added by itself to {albums}").format(albums=names) if by_itself else "")
        self._pages.setCurrentIndex(1)

    def _show_many(self, summary: InCommon) -> None:
        count = QLocale().toString(summary.count)
        self._name.show_text(self.tr("{count} photos").format(count=count))
        self._facts.show_summary(summary)
        self._stars.show_rating(summary.rating or 0)
        self._say(self._problem, "")
        self._caption_text = ""
        self._mark_words()
        self._show_likeness(())
        self._show_text("")
        self._show_words(summary.tags, [Word(name, album_id) for album_id, name in summary.albums])
        self._say(self._added, "")
        self._pages.setCurrentIndex(1)

    def _album_hint(self, details: PhotoDetails, album: Album) -> str:
        if album.id not in details.automatic_albums:
            return album.name
        return self.tr("{name} (added by itself: it matches “{search}”)").format(name=album.name, search=album.search)

    def _show_words(self, tags: Sequence[TagOnPhoto], albums: Sequence[Word]) -> None:
        self._tags.show_words([Word(tag.name, tag, self._origin(tag), tag.source == "file") for tag in tags])
        self._tags.setVisible(bool(tags))
        self._albums.show_words(albums)
        for part in (self._albums, self._headings["albums"]):
            part.setVisible(bool(albums))

    def _ask_likeness(self, photo_id: PhotoId) -> None:
        """The words follow when they are known; a cold encoder is not loaded for them."""
        library = self._library

        def work() -> tuple[SeenWord, ...]:
            return library.looks_like(photo_id) if library.is_warm else ()

        self._tasks.run(_LIKENESS_KEY, work, self._show_likeness, lambda _error: self._show_likeness(()))

    def _show_likeness(self, words: Sequence[SeenWord]) -> None:
        self._likeness.show_words(
            [Word(word.name, word.name, f"{word.name}  ·  {photo_facts.strength(word.strength)}") for word in words]
        )
        for part in (self._likeness, self._headings["likeness"]):
            part.setVisible(bool(words))

    def _mark_words(self) -> None:
        """What was searched for stands out where it was found."""
        found = {reason.kind: reason.words for reason in self._hit.reasons} if self._hit else {}
        self._name.mark(found.get(ReasonKind.NAME, ""))
        words = found.get(ReasonKind.CAPTION, "")
        self._caption.setTextFormat(Qt.TextFormat.RichText if words else Qt.TextFormat.PlainText)
        self._say(self._caption, marked_text.marked(self._caption_text, words) if words else self._caption_text)

    def _show_text(self, text: str) -> None:
        self._picture_text.show_text(text)
        for part in (self._picture_text, self._headings["text"]):
            part.setVisible(bool(text))

    def _origin(self, tag: TagOnPhoto) -> str:
        origins = {
            "suggested": self.tr("{name} (suggested by Recollect, accepted by you)"),
            "learned": self.tr("{name} (learned from your examples)"),
            "file": self.tr("{name} (from the file or its sidecar)"),
        }
        return origins.get(tag.source, "{name}").format(name=tag.name)

    def _vanished(self, _error: LibraryError) -> None:
        # The photo left the library between the selection and the look.
        self.show_photos([])

    def _fetch_completions(self) -> None:
        def done(tags: list[Tag]) -> None:
            self._tag_field.show_completions([tag.name for tag in tags])

        self._tasks.run(_TAGS_KEY, self._library.tags, done)

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "heading")
    return label
