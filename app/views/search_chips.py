"""The chips of the search field: the part of the library, example pictures and filters. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from app import query_pieces
from app.views import sidebar_rows
from app.views.chip import Chip
from app.views.flow_layout import FlowLayout
from core.domain import ExamplePicture, Scope
from core.query_parts import Filter

_FILTER_ICONS = {
    "date": "calendar", "before": "calendar", "after": "calendar", "album": "album", "tag": "tag", "folder": "folder",
    "camera": "camera", "lens": "camera", "place": "pin", "rating": "star", "is": "check", "has": "check",
    "type": "image",
}  # fmt: skip


class SearchChips(QObject):
    """Builds them into the lines of the search field, before the text."""

    scope_removed = Signal()
    example_removed = Signal(int)
    example_reversed = Signal(int)
    """Search for less of it instead of more, or the other way round."""
    example_opened = Signal(int)
    """Search by a part of it."""
    filter_removed = Signal(int)
    filter_edited = Signal(int)
    """Its text is wanted back in the line."""

    def __init__(self, bar: QWidget, row: FlowLayout, line: QWidget) -> None:
        super().__init__(bar)
        self._bar = bar
        self._row = row
        self._line = line
        self._chips: list[Chip] = []

    @property
    def texts(self) -> list[str]:
        """What the chips say, from the left."""
        return [chip.text for chip in self._chips]

    def show_all(
        self, scope: Scope, scope_name: str | None, examples: Sequence[ExamplePicture], filters: Sequence[str]
    ) -> None:
        """Replace all chips; `filters` as typed."""
        had_focus = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        if scope_name is not None:
            chip = self._add(self.tr("in {0}").format(scope_name), sidebar_rows.ICONS[scope.kind])
            chip.removal_requested.connect(self.scope_removed)
        for index, example in enumerate(examples):
            self._add_example(index, example)
        for index, source in enumerate(filters):
            self._add_filter(index, source)
        if had_focus:
            (self._chips[-1] if self._chips else self._line).setFocus()

    def show_picture(self, index: int, picture: QPixmap) -> None:
        """The picture of an example, when it is known."""
        chips = [chip for chip in self._chips if chip.property("example") is not None]
        if index < len(chips) and not picture.isNull():
            chips[index].show_picture(picture)

    def has_examples(self) -> bool:
        """Whether a picture is searched by."""
        return any(chip.property("example") is not None for chip in self._chips)

    def remove_last(self) -> None:
        """Remove the chip nearest to the line."""
        if self._chips:
            self._chips[-1].removal_requested.emit()

    def _add(self, text: str, icon: str) -> Chip:
        chip = Chip(text, icon, self._bar)
        self._row.insert_widget(len(self._chips), chip)
        chip.show()
        self._chips.append(chip)
        QWidget.setTabOrder(chip, self._line)
        return chip

    def _add_example(self, index: int, example: ExamplePicture) -> None:
        is_unwanted, is_part = example.weight < 0, example.is_part
        pattern = self.tr("like this part of {0}") if is_part else self.tr("like {0}")
        if is_unwanted:
            pattern = self.tr("not like this part of {0}") if is_part else self.tr("not like {0}")
        chip = self._add(pattern.format(example.title or self.tr("this")), "photos")
        chip.setProperty("example", index)
        chip.set_unwanted(is_unwanted)
        chip.offer_opening(self.tr("Search by a part of it…"))
        chip.offer(
            self.tr("Photos like this") if is_unwanted else self.tr("No photos like this"),
            lambda: self.example_reversed.emit(index),
        )
        chip.opened.connect(lambda: self.example_opened.emit(index))
        chip.removal_requested.connect(lambda: self._remove_example(index))

    def _add_filter(self, index: int, source: str) -> None:
        found = query_pieces.filter_of(source)
        chip = self._add(
            self._filter_text(found) if found else source, _FILTER_ICONS.get(found.name if found else "", "")
        )
        chip.set_unwanted(found is not None and found.is_negative)
        chip.removal_requested.connect(lambda: self.filter_removed.emit(index))
        chip.offer_opening(self.tr("Edit"))
        chip.opened.connect(lambda: self.filter_edited.emit(index))

    def _filter_text(self, one: Filter) -> str:
        text = f"{one.name}: {', '.join(one.values)}"
        return self.tr("not {0}").format(text) if one.is_negative else text

    def _remove_example(self, index: int) -> None:
        self._line.setFocus()
        self.example_removed.emit(index)
