"""The rest of the desktop: file managers and the clipboard. GUI thread only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from core.domain import ExamplePicture

_PICTURE_SUFFIXES = frozenset(
    (
        *(".jpg", ".jpeg", ".jpe", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".avif"),
        *(".dng", ".nef", ".cr2", ".cr3", ".arw", ".orf", ".rw2", ".raf"),
    )
)


def show_in_folder(path: Path) -> None:
    """Open the file's folder with the file chosen, where the system can do that."""
    if sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    elif sys.platform == "win32":
        # Explorer reads its command line by its own rules: the comma and the quotes must stay as they are.
        subprocess.Popen(f'explorer /select,"{path}"')  # noqa: S603
    elif not _show_by_dbus(path):
        QDesktopServices.openUrl(url_of(path.parent))


def _show_by_dbus(path: Path) -> bool:
    """Ask the desktop's file manager (org.freedesktop.FileManager1, a freedesktop.org specification)."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    interface = bus.interface()
    name = "org.freedesktop.FileManager1"
    known = interface.isServiceRegistered(name).value() or name in interface.activatableServiceNames().value()
    if not known:
        return False
    message = QDBusMessage.createMethodCall(name, "/org/freedesktop/FileManager1", name, "ShowItems")
    message.setArguments([[path.as_uri()], ""])
    return bus.send(message)


def url_of(path: Path) -> QUrl:
    """A file's address; keeps the bytes of names that are not valid UTF-8."""
    return QUrl.fromEncoded(path.as_uri().encode())


def copy_photos(paths: Sequence[Path], picture: QImage | None) -> None:
    """Put files on the clipboard, as files for file managers and as a picture for everybody else."""
    content = QMimeData()
    content.setUrls([url_of(path) for path in paths])
    content.setText("\n".join(str(path) for path in paths))
    if picture is not None:
        content.setImageData(picture)
    QGuiApplication.clipboard().setMimeData(content)


def folders_in(content: QMimeData) -> list[Path]:
    """The folders among dropped or pasted files."""
    return [path for path in local_paths(content) if path.is_dir()]


def picture_in(content: QMimeData, title: str) -> ExamplePicture | None:
    """A picture to search by: a file, else the picture itself; None if there is neither."""
    for path in local_paths(content):
        if path.suffix.lower() in _PICTURE_SUFFIXES and path.is_file():
            return ExamplePicture(path=path, title=path.name)
    if content.hasImage():
        image = content.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return ExamplePicture(content=_encoded(image), title=title)
    return None


def local_paths(content: QMimeData) -> list[Path]:
    """The local files among dropped or pasted addresses."""
    return [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]


def can_take(content: QMimeData) -> bool:
    """Whether it is worth letting this be dropped; looks at no file."""
    return content.hasImage() or any(url.isLocalFile() for url in content.urls())


def _encoded(image: QImage) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())
