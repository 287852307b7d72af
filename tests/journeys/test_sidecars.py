"""Tags travel: a file's keywords are seen for what they are; photos get sidecars on request, or by themselves."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QMessageBox, QToolButton

from tests.core.sidecars.test_reading import jpeg, sidecar, subject
from tests.core.sidecars.test_writing import keywords
from tests.support.desk import Desk


@pytest.fixture
def tagged(desk: Desk) -> Desk:
    desk.photos.mkdir(exist_ok=True)
    jpeg(desk.photos / "one.jpg")
    sidecar(desk.photos / "one.jpg.xmp", subject("from the file"))
    jpeg(desk.photos / "two.jpg", colour="blue")
    desk.watch()
    desk.until_shown("one.jpg", "two.jpg")
    return desk


def test_chosen_photos_get_sidecars_after_a_question(tagged: Desk) -> None:
    shell, path = tagged.shell, tagged.photos / "two.jpg.xmp"
    tagged.choose("two.jpg")
    shell.photo_deeds.add_tag("sea")
    tagged.until(lambda: tagged.program.library.sidecar_status().waiting_count == 1)
    shell.commands.run("photo.sidecars")
    tagged.until(lambda: shell.window.findChild(QMessageBox) is not None)
    box = shell.window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "Write a sidecar file for 1 photo?"
    assert not path.exists()
    tagged.press(box, "Write sidecars")
    tagged.until(path.exists)
    assert keywords(path) == {"sea"}
    tagged.until(lambda: "Wrote 1 sidecar" in tagged.toasts())


def test_the_setting_writes_by_itself(tagged: Desk) -> None:
    shell, path = tagged.shell, tagged.photos / "two.jpg.xmp"
    tagged.until_searchable()
    shell.settings.open_page(3)
    box = next(one for one in shell.settings.findChildren(QCheckBox) if "sidecar" in one.text())
    assert not box.isChecked()
    box.click()
    shell.settings.close()
    tagged.choose("two.jpg")
    shell.photo_deeds.add_tag("sea")
    tagged.until(lambda: path.exists() and keywords(path) == {"sea"})


def test_a_tag_from_the_file_says_so(tagged: Desk) -> None:
    tagged.choose("one.jpg")
    tagged.shell.commands.run("view.inspector")

    def found() -> list[QToolButton]:
        return [one for one in tagged.shell.inspector.findChildren(QToolButton) if one.text() == "from the file"]

    tagged.until(found)
    (pill,) = found()
    assert pill.toolTip() == "from the file (from the file or its sidecar)"
    assert pill.accessibleDescription() == pill.toolTip()
    frame = pill.parentWidget()
    assert frame is not None
    assert frame.property("quiet")
