"""What can be laid over the photo in the viewer: a rectangle to search by, and the map of why. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.tasks import Tasks
from app.views.image_canvas import ImageCanvas
from app.views.region_drawing import RegionDrawing
from app.views.viewer_why import ViewerWhy
from app.views.why_panel import WhyPanel
from core.domain import PhotoId, Region
from core.library import Library


class ViewerTools(QObject):
    """One at a time has the keyboard; both follow the photo and the size of the viewer."""

    region_chosen = Signal(object)
    """Region"""

    def __init__(self, library: Library, tasks: Tasks, canvas: ImageCanvas, viewer: QWidget) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self.drawing = RegionDrawing(canvas)
        self.why = ViewerWhy(library, tasks, canvas, WhyPanel(viewer))
        self.drawing.chosen.connect(self._chosen)
        self.drawing.cancelled.connect(self.stop_drawing)

    def toggle_drawing(self) -> None:
        """Begin to draw a part of the photo to search by, or stop that."""
        if self.drawing.isHidden():
            self.drawing.begin()
        else:
            self.stop_drawing()

    def stop_drawing(self) -> None:
        """Whatever was drawn is forgotten."""
        if not self.drawing.isHidden():
            self.drawing.end()
            self._viewer.setFocus()

    def show_photo(self, photo_id: PhotoId | None) -> None:
        """Another photo is shown."""
        self.stop_drawing()
        self.why.show_photo(photo_id)

    def escape(self) -> bool:
        """Take away what lies over the photo; whether anything did."""
        was_on = self.why.is_on
        self.why.turn_off()
        return was_on

    def put_away(self) -> None:
        """Nobody looks any more."""
        self.stop_drawing()
        self.why.turn_off()

    def _chosen(self, region: Region) -> None:
        self.stop_drawing()
        self.region_chosen.emit(region)
