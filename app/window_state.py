"""What the window remembers over restarts, in its own file beside the settings. GUI thread only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_HISTORY_KEY = "search/history"


class WindowState:
    """Geometry, what is folded away, and recent queries."""

    def __init__(self, path: Path) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def bytes_of(self, key: str) -> QByteArray | None:
        """What Qt saved under `key`, if anything."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else None

    def flag(self, key: str, default: bool) -> bool:
        """A yes or no."""
        value = self._file.value(key, default)
        return value if isinstance(value, bool) else str(value).lower() == "true"

    def keep(self, key: str, value: QByteArray | bool) -> None:
        """Remember something."""
        self._file.setValue(key, value)

    def history(self) -> list[str]:
        """Recent queries, newest first."""
        found = self._file.value(_HISTORY_KEY, [])
        if isinstance(found, str):
            return [found]  # an ini file does not tell a list of one from a string
        return [str(one) for one in found] if isinstance(found, list) else []

    def keep_history(self, queries: list[str]) -> None:
        """Remember recent queries."""
        self._file.setValue(_HISTORY_KEY, queries)

    def save(self) -> None:
        """Write to the disk now."""
        self._file.sync()
