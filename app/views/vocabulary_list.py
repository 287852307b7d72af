"""The words for tags as a list: groups with their words, a search, and what can be changed. GUI thread only.

Shows what is in the file and asks for changes; whoever listens makes them and shows the list again.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.domain import VocabularyEdit, VocabularyGroup, VocabularyWord
from core.domain import VocabularyEditKind as Kind

_GROUP, _WORD = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_SEPARATOR = "; "


class VocabularyList(QWidget):
    """Checked is suggested; F2 renames, Delete removes."""

    edited = Signal(object)
    """VocabularyEdit wished for"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups: tuple[VocabularyGroup, ...] = ()
        """What is shown."""
        self._items: list[QTreeWidgetItem] = []
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a word"))
        self.search.setAccessibleName(self.tr("Find a word"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = _Tree(self)
        self.tree.setAccessibleName(self.tr("Groups and words"))
        self.tree.itemChanged.connect(self._item_changed)
        self.tree.currentItemChanged.connect(lambda _now, _before: self._show_current())
        self.tree.remove_requested.connect(self.remove_current)
        self.new_word, self.new_group = QLineEdit(self), QLineEdit(self)
        self.synonyms, self.prompts = QLineEdit(self), QLineEdit(self)
        self._rename = self._button(self.tr("Rename"), self._start_rename)
        self._remove = self._button(self.tr("Remove"), self.remove_current)
        self._lay_out()
        self._show_current()

    def _lay_out(self) -> None:
        for field, hint, does in (
            (self.new_word, self.tr("New word"), self.add_word),
            (self.new_group, self.tr("New group"), self.add_group),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.returnPressed.connect(does)
        self.synonyms.setPlaceholderText(self.tr("other names, separated by ;"))
        self.prompts.setPlaceholderText(self.tr("own sentences, separated by ;"))
        for field in (self.synonyms, self.prompts):
            field.editingFinished.connect(self._describe)
        form = QFormLayout()
        form.addRow(self.tr("Also found as"), self.synonyms)
        form.addRow(self.tr("Looks like"), self.prompts)
        adding = QHBoxLayout()
        adding.addWidget(self.new_word, 1)
        adding.addWidget(self._button(self.tr("Add word"), self.add_word))
        adding.addWidget(self.new_group, 1)
        adding.addWidget(self._button(self.tr("Add group"), self.add_group))
        changing = QHBoxLayout()
        changing.addWidget(self.search, 1)
        changing.addWidget(self._rename)
        changing.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(changing)
        column.addWidget(self.tree, 1)
        column.addLayout(form)
        column.addLayout(adding)

    def _button(self, text: str, does: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: does())  # type: ignore[operator]
        return button

    def show_groups(self, groups: Sequence[VocabularyGroup]) -> None:
        """Show these; what was open, chosen and scrolled to stays."""
        before, chosen = {one.name for one in self.groups}, self._current()
        was_open = {item.data(0, _GROUP) for item in self._items if item.isExpanded()}
        place = self.tree.verticalScrollBar().value()
        self.groups = tuple(groups)
        with QSignalBlocker(self.tree):
            self.tree.clear()
            self._items = [_group_item(group) for group in groups]
            self.tree.addTopLevelItems(self._items)
        for item in self._items:
            name = item.data(0, _GROUP)
            item.setExpanded(name in was_open or bool(before and name not in before))
            for child in (item, *_children(item)):
                if (child.data(0, _GROUP), child.data(0, _WORD)) == chosen:
                    self.tree.setCurrentItem(child)
        self._filter(self.search.text())
        self.tree.verticalScrollBar().setValue(place)
        self._show_current()

    def add_word(self) -> None:
        """Ask for a new word in the group one is in."""
        name = self.new_word.text().strip()
        group = self._current()[0] or (self.groups[-1].name if self.groups else "")
        if name:
            self.new_word.clear()
            self.edited.emit(VocabularyEdit(Kind.ADD_WORD, group, new=name))

    def add_group(self) -> None:
        """Ask for a new group."""
        if name := self.new_group.text().strip():
            self.new_group.clear()
            self.edited.emit(VocabularyEdit(Kind.ADD_GROUP, new=name))

    def remove_current(self) -> None:
        """Ask to remove the word or group one is on."""
        group, word = self._current()
        if group:
            self.edited.emit(VocabularyEdit(Kind.REMOVE_WORD if word else Kind.REMOVE_GROUP, group, word))

    def _start_rename(self) -> None:
        if (item := self.tree.currentItem()) is not None:
            self.tree.editItem(item)

    def _current(self) -> tuple[str, str]:
        """Group and word one is on; empty where there is none."""
        item = self.tree.currentItem()
        return (item.data(0, _GROUP), item.data(0, _WORD)) if item is not None else ("", "")

    def _word(self) -> VocabularyWord | None:
        group, name = self._current()
        words = next((one.words for one in self.groups if one.name == group), ())
        return next((one for one in words if one.name == name), None)

    def _show_current(self) -> None:
        word = self._word()
        self.synonyms.setText(_SEPARATOR.join(word.synonyms) if word else "")
        self.prompts.setText(_SEPARATOR.join(word.prompts) if word else "")
        for field in (self.synonyms, self.prompts):
            field.setEnabled(word is not None)
        for button in (self._rename, self._remove):
            button.setEnabled(bool(self._current()[0]))

    def _describe(self) -> None:
        word = self._word()
        synonyms, prompts = _parts(self.synonyms.text()), _parts(self.prompts.text())
        if word is not None and (synonyms, prompts) != (word.synonyms, word.prompts):
            self.edited.emit(
                VocabularyEdit(Kind.DESCRIBE_WORD, self._current()[0], word.name, synonyms=synonyms, prompts=prompts)
            )

    def _item_changed(self, item: QTreeWidgetItem) -> None:
        group, word = item.data(0, _GROUP), item.data(0, _WORD)
        is_on, name = item.checkState(0) is Qt.CheckState.Checked, item.text(0).strip()
        if name and name != (word or group):
            self.edited.emit(VocabularyEdit(Kind.RENAME_WORD if word else Kind.RENAME_GROUP, group, word, name))
        else:
            self.edited.emit(VocabularyEdit(Kind.TURN_WORD if word else Kind.TURN_GROUP, group, word, is_on=is_on))

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        for item, group in zip(self._items, self.groups, strict=True):
            found = 0
            for child, word in zip(_children(item), group.words, strict=True):
                fits = any(wanted in one.casefold() for one in (word.name, *word.synonyms))
                child.setHidden(not fits)
                found += fits
            item.setHidden(bool(wanted) and not found and wanted not in group.name.casefold())
            if wanted and found:
                item.setExpanded(True)
        self._leave_hidden()

    def _leave_hidden(self) -> None:
        """Go to the first word that is left when the one one is on was filtered away."""
        now = self.tree.currentItem()
        if now is not None and now.isHidden():
            left = (one for item in self._items for one in _children(item) if not one.isHidden())
            if (first := next(left, None)) is not None:
                self.tree.setCurrentItem(first)


class _Tree(QTreeWidget):
    """Delete removes."""

    remove_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setStyleSheet("QTreeView::item { padding: 3px 0 }")
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setExpandsOnDoubleClick(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)


def _item(text: str, group: str, word: str, *, is_on: bool) -> QTreeWidgetItem:
    item = QTreeWidgetItem([text])
    item.setData(0, _GROUP, group)
    item.setData(0, _WORD, word)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(0, Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
    return item


def _group_item(group: VocabularyGroup) -> QTreeWidgetItem:
    item = _item(group.name, group.name, "", is_on=group.is_enabled)
    item.addChildren([_item(word.name, group.name, word.name, is_on=word.is_enabled) for word in group.words])
    return item


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(row) for row in range(item.childCount()))
    return [one for one in found if one is not None]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(_SEPARATOR.strip()) if part.strip())
