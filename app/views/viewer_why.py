"""Shows in the viewer what in a photo speaks for a query: asks the library, paints the answer. GUI thread only.

The library call is a task; moving on to another photo stops it.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from app.tasks import Tasks
from app.views import heat_overlay
from app.views.heat_overlay import HeatOverlay
from app.views.image_canvas import ImageCanvas
from app.views.why_panel import WhyPanel
from core.domain import Explanation, PhotoId, Query
from core.errors import LibraryError
from core.jobs import JobControl
from core.library import Library

_KEY = "viewer:why"
_SETTLE_MS = 140
"""Whoever leafs through photos does not want each of them explained."""
_KEPT = 24

Shown = tuple[Explanation, QImage]


class ViewerWhy(QObject):
    """Off until `toggle`; then every photo that is shown is explained."""

    def __init__(self, library: Library, tasks: Tasks, canvas: ImageCanvas, panel: WhyPanel) -> None:
        super().__init__(panel)
        self._library = library
        self._tasks = tasks
        self._panel = panel
        self.overlay = HeatOverlay(canvas)
        self._query = Query()
        self._photo_id: PhotoId | None = None
        self._wish = 0
        self._is_on = False
        self._job: JobControl | None = None
        self._known: OrderedDict[tuple[PhotoId, Query, int], Shown] = OrderedDict()
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(self._ask)
        panel.wish_chosen.connect(self._choose)
        panel.opacity_changed.connect(self.overlay.set_opacity)
        panel.close_requested.connect(self.turn_off)

    @property
    def is_on(self) -> bool:
        """Whether photos are being explained."""
        return self._is_on

    @property
    def is_shown(self) -> bool:
        """Whether a map lies over the photo now."""
        return self.overlay.heat is not None

    def set_query(self, query: Query) -> None:
        """What photos are explained for; an empty query: their own strongest words."""
        if query != self._query:
            self._query, self._wish = query, 0

    def show_photo(self, photo_id: PhotoId | None) -> None:
        """Another photo is shown."""
        self._photo_id = photo_id
        if not (self._query.text or self._query.examples):
            self._wish = 0  # each photo has words of its own
        self._stop()
        if self._is_on:
            self.overlay.show_heat(None)
            self._ask() if self._remembered() else self._wait()

    def forget(self) -> None:
        """Photos changed: explain anew what is asked for from now on."""
        self._known.clear()

    def toggle(self) -> None:
        """Explain, or show the bare photo."""
        if self._is_on:
            self.turn_off()
        else:
            self._is_on = True
            self._panel.show()
            self._panel.raise_()
            self._ask()

    def turn_off(self) -> None:
        """Show the bare photo."""
        self._is_on = False
        self._stop()
        self.overlay.show_heat(None)
        if self._panel.isVisible():
            self._panel.hand_back()

    def place(self) -> None:
        """The viewer changed its size."""
        self._panel.place()
        if self.overlay.heat is not None:
            self.overlay.show_heat(self.overlay.heat)

    def _choose(self, wish: int) -> None:
        self._wish = wish
        self._stop()
        self._ask()

    def _wait(self) -> None:
        self._panel.show_busy()
        self._soon.start()

    def _remembered(self) -> Shown | None:
        return self._known.get((self._photo_id, self._query, self._wish)) if self._photo_id is not None else None

    def _ask(self) -> None:
        if self._photo_id is None:
            return
        remembered = self._remembered()
        if remembered is not None:
            self._show(remembered)
            return
        self._panel.show_busy()
        library, photo_id, query, wish = self._library, self._photo_id, self._query, self._wish
        job = self._job = JobControl("explain", "")

        def work() -> Shown:
            found = library.explain(photo_id, query, wish, job)
            return found, heat_overlay.heat_image(found.heat)

        def done(shown: Shown) -> None:
            self._known[photo_id, query, wish] = shown
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            self._show(shown)

        self._tasks.run(_KEY, work, done, self._failed)

    def _show(self, shown: Shown) -> None:
        found, image = shown
        self._wish = max(found.wish, 0)
        self.overlay.show_heat(image if found.wish >= 0 else None)
        self._panel.show_explanation(found)

    def _failed(self, error: LibraryError) -> None:
        self.overlay.show_heat(None)
        self._panel.show_failure(" ".join(part for part in (error.title, error.detail) if part))

    def _stop(self) -> None:
        self._soon.stop()
        self._tasks.forget(_KEY)
        if self._job is not None:
            self._job.stop()
            self._job = None
