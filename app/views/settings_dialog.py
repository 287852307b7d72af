"""The settings: appearance, folders, encoder, words for tags. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.views.elided_label import ElidedLabel
from app.views.encoder_settings import EncoderSettings
from app.views.text_settings import TextSettings
from core.domain import Folder
from core.settings import Speed

_SENSITIVE = ("show", "blur", "hide")
_SPEEDS: tuple[Speed, ...] = ("full", "considerate", "slow")
_APPEARANCES: tuple[theme.Appearance, ...] = ("system", "light", "dark")


class SettingsDialog(QDialog):
    """Pages at the right of a list; everything takes effect at once."""

    appearance_chosen = Signal(str)
    speed_chosen = Signal(str)
    add_folder_requested = Signal()
    remove_folder_requested = Signal(object)
    """Folder"""
    locate_requested = Signal(object)
    """Folder"""
    suggesting_changed = Signal(bool)
    sensitive_chosen = Signal(str)
    """show, blur or hide"""
    vocabulary_requested = Signal()
    history_requested = Signal()
    sidecars_chosen = Signal(bool)

    def __init__(
        self,
        encoders: EncoderSettings,
        texts: TextSettings,
        appearance: theme.Appearance,
        speed: Speed,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.texts = texts
        self.setObjectName("settings")
        self.setWindowTitle(self.tr("Settings"))
        self.resize(min(860, max(400, parent.width() - 60)), min(620, max(360, parent.height() - 60)))
        self._list = QListWidget(self)
        self._list.setObjectName("settingsList")
        self._list.setAccessibleName(self.tr("Pages"))
        self._list.setFixedWidth(160)
        self._pages = QStackedWidget(self)
        self._folder_rows = QVBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._pages, 1)
        for name, page in (
            (self.tr("General"), self._general(appearance, speed)),
            (self.tr("Folders"), self._folders()),
            (self.tr("Encoder"), encoders),
            (self.tr("Tags"), self._tags()),
        ):
            page.setAccessibleName(name)
            self._list.addItem(name)
            self._list.item(self._list.count() - 1).setSizeHint(QSize(100, 32))
            self._pages.addWidget(page)
        self._list.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._list.setCurrentRow(0)

    def open_page(self, number: int) -> None:
        """Show the dialog at a page: 0 general, 1 folders, 2 encoder, 3 tags."""
        self._list.setCurrentRow(number)
        self.open()

    def show_sidecars(self, are_written: bool) -> None:
        """Whether sidecars are kept up to date."""
        self._sidecars.setChecked(are_written)

    def show_folders(self, folders: Sequence[Folder]) -> None:
        """The watched folders."""
        while item := self._folder_rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for folder in folders:
            self._folder_rows.addWidget(self._folder_line(folder))

    def _general(self, appearance: theme.Appearance, speed: Speed) -> QWidget:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(24, 24, 24, 24)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setHorizontalSpacing(theme.SPACING_PX * 2)
        box = QComboBox(page)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.addItems([self.tr("Like the system"), self.tr("Light"), self.tr("Dark")])
        box.setCurrentIndex(_APPEARANCES.index(appearance))
        box.activated.connect(lambda row: self.appearance_chosen.emit(_APPEARANCES[row]))
        form.addRow(self.tr("Appearance"), box)
        speeds = QComboBox(page)
        speeds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        speeds.addItems(
            [
                self.tr("As fast as it goes"),
                self.tr("Considerate: slower while you use the window or run on battery"),
                self.tr("Slow and quiet"),
            ]
        )
        speeds.setCurrentIndex(_SPEEDS.index(speed))
        speeds.activated.connect(lambda row: self.speed_chosen.emit(_SPEEDS[row]))
        form.addRow(self.tr("Indexing"), speeds)
        form.setVerticalSpacing(theme.SPACING_PX * 3)
        form.addRow(self.texts)
        return page

    def _folders(self) -> QWidget:
        page, column = _page(self)
        intro = QLabel(
            self.tr("Recollect watches these folders and everything below them. It never changes a photo."), page
        )
        intro.setObjectName("muted")
        intro.setWordWrap(True)
        column.addWidget(intro)
        column.addLayout(self._folder_rows)
        add = QPushButton(self.tr("Add a folder…"), page)
        add.clicked.connect(self.add_folder_requested)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _folder_line(self, folder: Folder) -> QWidget:
        line = QFrame(self)
        line.setObjectName("card")
        row = QHBoxLayout(line)
        words = QVBoxLayout()
        words.setSpacing(2)
        path = ElidedLabel(line)
        path.show_text(str(folder.path))
        count = self.tr("{0} photos").format(QLocale().toString(folder.photo_count))
        quiet = QLabel(self.tr("{0} · not there now").format(count) if folder.is_offline else count, line)
        quiet.setObjectName("muted")
        words.addWidget(path)
        words.addWidget(quiet)
        row.addLayout(words, 1)
        if folder.is_offline:
            locate = QPushButton(self.tr("Locate…"), line)
            locate.clicked.connect(lambda: self.locate_requested.emit(folder))
            row.addWidget(locate)
        remove = QPushButton(self.tr("Remove…"), line)
        remove.clicked.connect(lambda: self.remove_folder_requested.emit(folder))
        row.addWidget(remove)
        return line

    def _tags(self) -> QWidget:
        page, column = _page(self)
        intro = QLabel(
            self.tr("Auto-tag compares the photos of an album with a list of words. You review every suggestion."), page
        )
        intro.setObjectName("muted")
        intro.setWordWrap(True)
        column.addWidget(intro)
        self.suggesting = QCheckBox(self.tr("Suggest tags for new photos; they wait under Suggestions"), page)
        self.suggesting.clicked.connect(self.suggesting_changed)
        column.addWidget(self.suggesting)
        edit = QPushButton(self.tr("Edit the words…"), page)
        edit.clicked.connect(self.vocabulary_requested)
        history = QPushButton(self.tr("Tag history…"), page)
        history.clicked.connect(self.history_requested)
        for button in (edit, history):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_sensitive(column, page)
        self._add_sidecars(column, page)
        column.addStretch(1)
        return page

    def _add_sensitive(self, column: QVBoxLayout, page: QWidget) -> None:
        heading = QLabel(self.tr("Sensitive photos"), page)
        heading.setObjectName("strong")
        self.sensitive = QComboBox(page)
        self.sensitive.setAccessibleName(self.tr("Sensitive photos"))
        self.sensitive.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sensitive.addItems(
            [self.tr("Show them like any other"), self.tr("Blur them until asked"), self.tr("Hide them until asked")]
        )
        self.sensitive.activated.connect(lambda row: self.sensitive_chosen.emit(_SENSITIVE[row]))
        honest = QLabel(
            self.tr(
                "Looks for nudity, violence, identity documents and bank cards. It works on this computer only and "
                "often errs: it misses some and covers harmless photos, the starter encoder more than others. Do not "
                "rely on it."
            ),
            page,
        )
        honest.setObjectName("muted")
        honest.setWordWrap(True)
        column.addSpacing(theme.SPACING_PX)
        column.addWidget(heading)
        column.addWidget(self.sensitive, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(honest)

    def show_tagging(self, treatment: str, *, is_suggesting: bool) -> None:
        """What happens to sensitive photos now (show, blur or hide), and whether new photos get suggestions."""
        self.suggesting.setChecked(is_suggesting)
        self.sensitive.setCurrentIndex(_SENSITIVE.index(treatment))

    def _add_sidecars(self, column: QVBoxLayout, page: QWidget) -> None:
        heading = QLabel(self.tr("Sidecar files"), page)
        heading.setObjectName("strong")
        column.addSpacing(theme.SPACING_PX)
        column.addWidget(heading)
        self._sidecars = QCheckBox(self.tr("Write tags into sidecar files (.xmp) beside the photos"), page)
        self._sidecars.clicked.connect(self.sidecars_chosen)
        column.addWidget(self._sidecars)
        explained = QLabel(
            self.tr(
                "digiKam, Lightroom and darktable read tags, stars and captions there. Photos are never touched, and"
                " what other programs wrote into a sidecar stays. Keywords in your files are read either way."
            ),
            page,
        )
        explained.setObjectName("muted")
        explained.setWordWrap(True)
        column.addWidget(explained)


def _page(parent: QWidget) -> tuple[QScrollArea, QVBoxLayout]:
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    body = QWidget(scroll)
    column = QVBoxLayout(body)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(theme.SPACING_PX)
    scroll.setWidget(body)
    return scroll, column
