"""The section of the sidebar with where photos were taken: countries that unfold to their towns. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from app import photo_facts, wording
from app.views import sidebar_rows
from core.domain import PlaceCount


class PlacesSection:
    """Hidden while no photo says where it was taken. Choosing a row searches for the place."""

    def __init__(self, tree: QTreeWidget, heading: str) -> None:
        self._heading = QTreeWidgetItem(tree, [heading])
        self._heading.setData(0, sidebar_rows.HEADING_ROLE, True)
        self._heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._heading.setExpanded(True)
        self._heading.setHidden(True)
        self._shown: tuple[PlaceCount, ...] = ()
        self._items: dict[str, QTreeWidgetItem] = {}
        tree.itemExpanded.connect(_turn_chevron)
        tree.itemCollapsed.connect(_turn_chevron)

    def show_places(self, places: Sequence[PlaceCount]) -> None:
        """Show countries, and their towns by number of photos; what was unfolded stays unfolded."""
        if tuple(places) == self._shown:
            return
        self._shown = tuple(places)
        unfolded = {query for query, item in self._items.items() if item.isExpanded()}
        self._heading.takeChildren()
        self._items.clear()
        for country, group in groupby(places, key=lambda one: one.country):
            towns = sorted(group, key=lambda one: (-one.photo_count, one.town or ""))
            is_folded = any(town.town for town in towns)
            count = sum(one.photo_count for one in towns)
            row = self._add(self._heading, country, count, "chevron-right" if is_folded else "pin")
            for town in towns:
                if town.town:
                    self._add(row, town.town, town.photo_count, "pin", town.region).setData(
                        0, sidebar_rows.DEPTH_ROLE, 1
                    )
            row.setExpanded(photo_facts.place_query(country) in unfolded)
        self._heading.setHidden(not places)

    def item_of(self, query: str) -> QTreeWidgetItem | None:
        """The row that searches for `query`."""
        return self._items.get(query)

    def texts(self) -> list[str]:
        """The heading and all names, in order; nothing while hidden."""
        return [] if self._heading.isHidden() else [self._heading.text(0), *_texts_below(self._heading)]

    def _add(
        self, parent: QTreeWidgetItem, name: str, count: int, icon: str, region: str | None = None
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [name])
        query = photo_facts.place_query(name)
        item.setData(0, sidebar_rows.PLACE_ROLE, query)
        item.setData(0, sidebar_rows.COUNT_ROLE, count)
        item.setData(0, sidebar_rows.ICON_ROLE, icon)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{name}, {wording.counts(count, 0)}")
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        if region:
            item.setToolTip(0, f"{name}, {region}")
        self._items.setdefault(query, item)
        return item


def query_of(item: QTreeWidgetItem | None) -> str | None:
    """What choosing this row searches for; None when it is no place."""
    found = item.data(0, sidebar_rows.PLACE_ROLE) if item is not None else None
    return found if isinstance(found, str) else None


def _turn_chevron(item: QTreeWidgetItem) -> None:
    if query_of(item) is not None and item.childCount():
        item.setData(0, sidebar_rows.ICON_ROLE, "chevron-down" if item.isExpanded() else "chevron-right")


def _texts_below(item: QTreeWidgetItem) -> list[str]:
    found: list[str] = []
    for row in range(item.childCount()):
        child = item.child(row)
        if child is not None:
            found += [child.text(0), *_texts_below(child)]
    return found
