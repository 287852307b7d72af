"""The list at the left: the library, albums, tags, folders and places. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QTreeWidgetItem, QWidget

from app import wording
from app.contents import Contents
from app.views import sidebar_places, sidebar_rows
from app.views.icon_button import IconButton
from app.views.photo_drop_tree import PhotoDropTree
from app.views.sidebar_places import PlacesSection
from core.domain import AlbumId, Scope, ScopeKind

_WIDTH_PX = 216
_SECTIONS = (None, ScopeKind.ALBUM, ScopeKind.TAG, ScopeKind.FOLDER)


class Sidebar(PhotoDropTree):
    """Choosing a row browses it; photos can be dropped on albums and tags; F2 renames."""

    scope_chosen = Signal(object)
    """Scope"""
    add_requested = Signal(object)
    """ScopeKind whose + was pressed: ALBUM, TAG or FOLDER"""
    renamed = Signal(object, str)
    """Scope, new name"""
    album_suggestions_requested = Signal()
    suggestions_chosen = Signal()
    """The suggested tags that wait for a review"""
    duplicates_requested = Signal()
    place_chosen = Signal(str)
    """What to search for"""
    menu_requested = Signal(object, QPoint)
    """Scope, global position"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Library, albums, tags, folders and places"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setItemDelegate(sidebar_rows.SidebarRows(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.setMinimumWidth(160)
        self._scope = Scope()
        self._query = ""
        self._items: dict[Scope, QTreeWidgetItem] = {}
        self._suggestions: QTreeWidgetItem | None = None
        self._headings: dict[ScopeKind | None, QTreeWidgetItem] = {}
        self._is_filling = False
        self._build()
        self._add_duplicates()
        self.currentItemChanged.connect(self._choose)
        self.itemChanged.connect(self._rename)

    def sizeHint(self) -> QSize:
        """Qt override."""
        return QSize(_WIDTH_PX, 400)

    # -- what is shown ----------------------------------------------------------------------------------------

    def show_contents(self, contents: Contents) -> None:
        """Show what can be browsed; the chosen row stays chosen."""
        self._is_filling = True
        library = (
            (Scope(), self.tr("All photos"), contents.status.photos),
            (Scope(ScopeKind.RECENT), self.tr("Recent"), contents.recent_count),
            (Scope(ScopeKind.FAVOURITES), self.tr("Favourites"), contents.favourite_count),
        )
        self._fill(None, library)
        self._show_suggestions(contents.suggestion_count)
        self._fill(
            ScopeKind.ALBUM, ((Scope(ScopeKind.ALBUM, one.id), one.name, one.photo_count) for one in contents.albums)
        )
        self._fill(ScopeKind.TAG, ((Scope(ScopeKind.TAG, one.id), one.name, one.photo_count) for one in contents.tags))
        for album in contents.albums:
            item = self._items[Scope(ScopeKind.ALBUM, album.id)]
            item.setData(0, sidebar_rows.ICON_ROLE, "smart-album" if album.is_smart else "album")
            item.setToolTip(0, wording.album_hint(album))
        folders = (
            (Scope(ScopeKind.FOLDER, one.id), one.path.name or str(one.path), one.photo_count)
            for one in contents.folders
        )
        self._fill(ScopeKind.FOLDER, folders)
        for folder in contents.folders:
            item = self._items[Scope(ScopeKind.FOLDER, folder.id)]
            item.setData(0, sidebar_rows.ICON_ROLE, "folder-offline" if folder.is_offline else "folder")
            state = (
                self.tr("This drive or folder is not there now. Right-click to locate it.") if folder.is_offline else ""
            )
            item.setToolTip(0, "\n".join(filter(None, (str(folder.path), state))))
        self._places.show_places(contents.places)
        self._is_filling = False
        self.show_scope(self._scope, self._query)

    def show_scope(self, scope: Scope, query: str = "") -> None:
        """Mark what is being browsed: the place that is searched for, else the part of the library."""
        self._scope, self._query = scope, query
        self._is_filling = True
        item = self._places.item_of(query.strip()) or self._items.get(scope)
        self.setCurrentItem(item)  # type: ignore[arg-type]
        self._is_filling = False

    def rename(self, scope: Scope) -> None:
        """Let the person type a new name in place."""
        if item := self._items.get(scope):
            self.setFocus()
            self.editItem(item)

    def texts(self) -> list[str]:
        """All names in order, headings included."""
        found: list[str] = []
        for kind in _SECTIONS:
            heading = self._headings[kind]
            found.append(heading.text(0))
            found += [child.text(0) for row in range(heading.childCount()) if (child := heading.child(row))]
        return found + self._places.texts()

    # -- inside -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        names = {
            None: self.tr("Library"),
            ScopeKind.ALBUM: self.tr("Albums"),
            ScopeKind.TAG: self.tr("Tags"),
            ScopeKind.FOLDER: self.tr("Folders"),
        }
        hints = {
            ScopeKind.ALBUM: self.tr("New album"),
            ScopeKind.TAG: self.tr("Tag the selected photos"),
            ScopeKind.FOLDER: self.tr("Add a folder"),
        }
        for kind, name in names.items():
            heading = QTreeWidgetItem(self, [name])
            heading.setData(0, sidebar_rows.HEADING_ROLE, True)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setExpanded(True)
            self._headings[kind] = heading
            if kind is not None:
                self.setItemWidget(heading, 0, self._plus(kind, hints[kind]))
        self._places = PlacesSection(self, self.tr("Places"))

    def _add_duplicates(self) -> None:
        """A row that opens a page of its own instead of a part of the library."""
        item = QTreeWidgetItem(self._headings[None], [self.tr("Duplicates")])
        item.setData(0, sidebar_rows.ICON_ROLE, "copy")
        item.setData(0, sidebar_rows.PAGE_ROLE, True)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)

    def _plus(self, kind: ScopeKind, hint: str) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 8, 2, 0)  # the plus stands above the counts
        row.addStretch(1)
        row.setSpacing(0)
        if kind is ScopeKind.ALBUM:
            suggest = IconButton("suggest", self.tr("Suggest albums"), holder)
            suggest.clicked.connect(self.album_suggestions_requested)
            row.addWidget(suggest)
        button = IconButton("plus", hint, holder)
        button.clicked.connect(lambda: self.add_requested.emit(kind))
        row.addWidget(button)
        return holder

    def _fill(self, kind: ScopeKind | None, rows: Iterable[tuple[Scope, str, int]]) -> None:
        heading = self._headings[kind]
        wanted = list(rows)
        scopes = {scope for scope, _name, _count in wanted}
        for row in reversed(range(heading.childCount())):
            child = heading.child(row)
            scope = child.data(0, sidebar_rows.SCOPE_ROLE) if child is not None else None
            if isinstance(scope, Scope) and scope not in scopes:
                heading.takeChild(row)
                self._items.pop(scope, None)
        for row, (scope, name, count) in enumerate(wanted):
            item = self._items.get(scope) or self._new_item(scope)
            if heading.indexOfChild(item) != row:
                if heading.indexOfChild(item) >= 0:
                    heading.removeChild(item)
                heading.insertChild(row, item)
            item.setText(0, name)
            item.setData(0, sidebar_rows.COUNT_ROLE, count)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, self.tr("{0}, {1} photos").format(name, count))

    def _show_suggestions(self, count: int) -> None:
        """The last row of the library, while anything waits for a review."""
        heading = self._headings[None]
        if self._suggestions is not None and not count:
            heading.removeChild(self._suggestions)
            self._suggestions = None
        if not count:
            return
        if self._suggestions is None:
            self._suggestions = QTreeWidgetItem([self.tr("Suggestions")])
            self._suggestions.setData(0, sidebar_rows.ICON_ROLE, "check")
            self._suggestions.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self._suggestions.setToolTip(0, self.tr("Suggested tags that wait for your review"))
            heading.addChild(self._suggestions)
        self._suggestions.setData(0, sidebar_rows.COUNT_ROLE, count)
        spoken = self.tr("Suggestions, {0} to review").format(count)
        self._suggestions.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _new_item(self, scope: Scope) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        item.setData(0, sidebar_rows.SCOPE_ROLE, scope)
        item.setData(0, sidebar_rows.ICON_ROLE, sidebar_rows.ICONS[scope.kind])
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if scope.kind in (ScopeKind.ALBUM, ScopeKind.TAG):
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled
        item.setFlags(flags)
        self._items[scope] = item
        return item

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        scope = item.data(0, sidebar_rows.SCOPE_ROLE) if item is not None else None
        if item is not None and item is self._suggestions and not self._is_filling:
            self.suggestions_chosen.emit()
        if not self._is_filling and isinstance(scope, Scope):
            self._scope = scope
            self.scope_chosen.emit(scope)
        elif not self._is_filling and item is not None and item.data(0, sidebar_rows.PAGE_ROLE):
            QTimer.singleShot(0, self._open_page)  # the tree is still busy choosing the row
        elif not self._is_filling and (query := sidebar_places.query_of(item)) is not None:
            self.place_chosen.emit(query)

    def _open_page(self) -> None:
        self.show_scope(self._scope)
        self.duplicates_requested.emit()

    def _rename(self, item: QTreeWidgetItem, _column: int) -> None:
        scope = item.data(0, sidebar_rows.SCOPE_ROLE)
        if not self._is_filling and isinstance(scope, Scope) and self.state() == QAbstractItemView.State.EditingState:
            self.renamed.emit(scope, item.text(0).strip())

    def _ask_for_menu(self, point: QPoint) -> None:
        item = self.itemAt(point)
        scope = item.data(0, sidebar_rows.SCOPE_ROLE) if item is not None else None
        if isinstance(scope, Scope):
            self.menu_requested.emit(scope, self.viewport().mapToGlobal(point))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the row one is on goes there again (back from a search); Qt override."""
        item = self.itemAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.RightButton:
            return  # the menu is about the row under the pointer, and does not browse it
        if item is not None and sidebar_places.query_of(item) is not None and item.childCount():
            item.setExpanded(not item.isExpanded())
        was_on_suggestions = item is not None and item is self._suggestions and item is self.currentItem()
        super().mousePressEvent(event)
        if was_on_suggestions:
            self.suggestions_chosen.emit()
        scope = item.data(0, sidebar_rows.SCOPE_ROLE) if item is not None else None
        if scope == self._scope and isinstance(scope, Scope):
            self.scope_chosen.emit(scope)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are the window's commands, not a search for rows; Qt override."""
        if event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


def album_of(scope: Scope) -> AlbumId | None:
    """The album a scope stands for."""
    return AlbumId(scope.id) if scope.kind is ScopeKind.ALBUM and scope.id is not None else None
