"""What a person sees when the library file is damaged: what happened, and the offer to save what can be saved."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QMessageBox, QProgressDialog

from core import library
from core.domain import Diagnosis
from core.errors import DamagedCatalog, LibraryError

_POLL_MS = 50


def tr(text: str) -> str:
    """Translated."""
    return QCoreApplication.translate("recovery", text)


def offer(error: DamagedCatalog) -> bool:
    """Ask, and repair; returns whether the library can be opened now."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Recollect", error.title)
    box.setInformativeText(
        tr(
            "What can be saved goes into a new library file, together with the newest backup. The damaged file is kept"
            " beside it. Your photos are not touched."
        )
    )
    box.setDetailedText(error.detail)
    save = box.addButton(tr("Save what can be saved"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(tr("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.exec()
    if box.clickedButton() is not save:
        return False
    try:
        diagnosis = _repaired(error.catalog)
    except LibraryError as failure:
        QMessageBox.critical(None, "Recollect", str(failure))
        return False
    QMessageBox.information(None, "Recollect", "\n".join(one.sentence for one in diagnosis.findings))
    return True


def _repaired(catalog: Path) -> Diagnosis:
    """Repair on a thread, with a window that says so."""
    found: list[Diagnosis | LibraryError] = []

    def work() -> None:
        try:
            found.append(library.repair(catalog))
        except LibraryError as error:
            found.append(error)

    busy = QProgressDialog(tr("Saving what can be saved…"), "", 0, 0)
    busy.setCancelButton(None)
    busy.setMinimumDuration(0)
    busy.show()
    thread = threading.Thread(target=work, name="repair")
    thread.start()
    loop = QEventLoop()
    poll = QTimer(interval=_POLL_MS)
    poll.timeout.connect(lambda: loop.quit() if not thread.is_alive() else None)
    poll.start()
    loop.exec()
    thread.join()
    busy.close()
    match found:
        case [LibraryError() as error]:
            raise error
        case [Diagnosis() as diagnosis]:
            return diagnosis
        case _:
            raise LibraryError("The library could not be repaired.", hint="The log says more.")
