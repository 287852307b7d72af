"""The only crossing from core's threads to the window: bus events become Qt signals on the GUI thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal

from core.events import CatalogChanged, Event, EventBus, JobProgress, Notice


class EventBridge(QObject):
    """Re-emits core's events as Qt signals; close it before Qt deletes it."""

    catalog_changed = Signal(object)
    """CatalogChanged"""
    job_progress = Signal(object)
    """JobProgress"""
    notice = Signal(object)
    """Notice"""

    _arrived = Signal(object)

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._lock = threading.Lock()
        self._is_closed = False
        self._unsubscribe = bus.subscribe(self._forward)

    def close(self) -> None:
        """Stop listening. Events that are already queued are dropped."""
        self._unsubscribe()
        with self._lock:
            self._is_closed = True

    def _forward(self, event: Event) -> None:
        # Core's thread. Under the lock, because the bus may still be telling us while the GUI thread closes us.
        with self._lock:
            if not self._is_closed:
                self._arrived.emit(event)

    def _deliver(self, event: Event) -> None:
        if self._is_closed:
            return
        match event:
            case CatalogChanged():
                self.catalog_changed.emit(event)
            case JobProgress():
                self.job_progress.emit(event)
            case Notice():
                self.notice.emit(event)
