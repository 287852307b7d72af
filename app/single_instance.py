"""One window per library: a second start shows the first one's window instead. GUI thread only.

A local socket named after the catalog file; whoever connects asks for the window to come to the front.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1000


def name_of(catalog: Path) -> str:
    """The socket's name: short, because paths of sockets are, and this person's own."""
    return f"recollect-{hashlib.sha256(str(catalog).encode('utf-8', 'surrogateescape')).hexdigest()[:20]}"


def show_other(catalog: Path) -> bool:
    """Bring the window that has this library open to the front; returns whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(catalog))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Listens for further starts while this window is open."""

    rung = Signal()

    def __init__(self, catalog: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = name_of(catalog)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left by a program that was killed: nobody answered
            self._server.listen(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.rung.emit()
