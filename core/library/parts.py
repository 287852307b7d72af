"""The parts that a library is built of, as its verbs see them, and the settings; `door` builds them. Any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from core import background, encoder_choice
from core import settings as settings_file
from core.album_suggestions.suggesting import AlbumSuggestions
from core.auto_tagging import AutoTagging
from core.catalog.catalog import Catalog
from core.duplicate_review import DuplicateReview
from core.embedding.registry import EncoderRegistry
from core.events import EventBus
from core.explaining import Explaining
from core.jobs import JobControl
from core.places import Places
from core.recognition.text_reader import TextReader
from core.search.completions import Completions
from core.settings import Settings
from core.smart_albums.smart_albums import SmartAlbums


class Parts:
    """What every group of verbs works with."""

    places: Places
    events: EventBus
    settings: Settings
    _catalog: Catalog
    _registry: EncoderRegistry
    _choice: encoder_choice.EncoderChoice
    _make_text_reader: Callable[[], TextReader]
    _tagging: AutoTagging
    _work: background.BackgroundWork
    _smart: SmartAlbums
    _completions: Completions
    _suggestions: AlbumSuggestions
    _duplicates: DuplicateReview
    _explaining: Explaining
    _is_started: bool
    _settings_lock: threading.Lock

    def job(self, key: str, title: str, unit: str = "photos") -> JobControl:
        """A job whose progress is published on `events`."""
        return JobControl(key, title, unit=unit, publish=self.events.publish)

    def change_settings(self, **changes: Any) -> None:
        """Change some settings, by their names in `Settings`, in memory and on disk; the others stay as they are."""
        with self._settings_lock:
            self._keep(self.settings.model_copy(update=changes))
        if changes.get("writes_sidecars"):
            self._work.sidecars.note()

    def save_settings(self, settings: Settings) -> None:
        """Replace all settings, in memory and on disk."""
        with self._settings_lock:
            self._keep(settings)

    def _keep(self, settings: Settings) -> None:
        settings_file.save(settings, self.places.settings)
        self.settings = settings
