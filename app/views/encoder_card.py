"""One encoder as a card: what it is, where it stands, what can be done with it. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app import photo_facts
from core.domain import EncoderEntry, EncoderState
from core.errors import LibraryError
from core.events import JobProgress

_BAR_STEPS = 1000
_UNKNOWN = "unknown"
"""What an imported encoder does not say about itself."""


class EncoderCard(QFrame):
    """Shows an entry and asks; the page does."""

    fetch_requested = Signal(str)
    cancel_requested = Signal(str)
    use_requested = Signal(str)
    stay_requested = Signal(str)
    """Do not switch to this encoder after all."""
    measure_requested = Signal(str)

    def __init__(self, entry: EncoderEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.name = entry.name
        self._is_fetching = False
        self._can_resume = False
        self._is_measuring = False
        self.setObjectName("encoderCard")
        self._title, self._recommended, self._state = QLabel(self), QLabel(self.tr("Recommended"), self), QLabel(self)
        self._description, self._facts, self._sentence = QLabel(self), QLabel(self), QLabel(self)
        self._problem = QLabel(self)
        self._title.setObjectName("encoderTitle")
        self._recommended.setProperty("role", "badge")
        self._state.setProperty("role", "badge-accent")
        for label, role in (
            (self._description, None),
            (self._facts, "muted"),
            (self._sentence, "muted"),
            (self._problem, "danger"),
        ):
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self.action = QPushButton(self)
        self.action.clicked.connect(self._act)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.clicked.connect(lambda: self.cancel_requested.emit(self.name))
        self.measure = QPushButton(self)
        self.measure.setFlat(True)
        self.measure.setProperty("role", "link")
        self.measure.setCursor(Qt.CursorShape.PointingHandCursor)
        self.measure.clicked.connect(lambda: self.measure_requested.emit(self.name))
        self._lay_out()
        self._problem.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for badge in (self._title, self._state, self._recommended):
            head.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        for button in (self.cancel, self.action):
            head.addWidget(button)
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(self._facts, 1)
        facts.addWidget(self.measure)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._description)
        column.addLayout(facts)
        for widget in (self._bar, self._sentence, self._problem):
            column.addWidget(widget)

    @property
    def text(self) -> str:
        """All that is said below the facts."""
        return " ".join(label.text() for label in (self._sentence, self._problem) if not label.isHidden())

    def show_entry(self, entry: EncoderEntry, photo_count: int, answering: str) -> None:
        """Where the encoder stands; `answering`: title of the encoder that answers queries now."""
        self.entry = entry
        self._title.setText(entry.title)
        self._description.setText(entry.description)
        self._recommended.setVisible(entry.is_recommended)
        self._facts.setText(" · ".join(self._fact_parts(entry)))
        badges = {
            EncoderState.ACTIVE: self.tr("In use"),
            EncoderState.EMBEDDING: self.tr("Getting ready"),
            EncoderState.INSTALLED: self.tr("Installed"),
        }
        self._state.setText(badges.get(entry.state, ""))
        self._state.setVisible(entry.state in badges)
        self.lacking_count = max(0, photo_count - entry.embedded_count)
        if not self._is_fetching:
            self._show_rest(entry, photo_count, answering)
        self.setAccessibleName(f"{entry.title}. {self._facts.text()}. {self._state.text()}")

    def _fact_parts(self, entry: EncoderEntry) -> list[str]:
        locale = QLocale()
        parts = [part for part in (entry.license, entry.languages) if part != _UNKNOWN]
        if entry.size_mb:
            parts.append(photo_facts.size(entry.size_mb * 1_000_000))
        parts.append(self.tr("{n} dimensions").format(n=locale.toString(entry.dimension)))
        is_here = entry.state in (EncoderState.ACTIVE, EncoderState.EMBEDDING, EncoderState.INSTALLED)
        if entry.photos_per_s is not None:
            digits = 0 if entry.photos_per_s >= 10 else 1
            rate = locale.toString(entry.photos_per_s, "f", digits)
            parts.append(self.tr("{rate} photos/s on this computer").format(rate=rate))
        self.measure.setVisible(is_here)
        self.measure.setEnabled(not self._is_measuring)
        again = self.tr("Measure again") if entry.photos_per_s is not None else self.tr("Measure its speed")
        self.measure.setText(self.tr("Measuring…") if self._is_measuring else again)
        return parts

    def _show_rest(self, entry: EncoderEntry, photo_count: int, answering: str) -> None:
        locale = QLocale()
        is_embedding = entry.state is EncoderState.EMBEDDING
        self._bar.setVisible(is_embedding)
        self.cancel.hide()
        labels = {
            EncoderState.AVAILABLE: self.tr("Resume fetching") if self._can_resume else self.tr("Fetch"),
            EncoderState.DAMAGED: self.tr("Fetch again"),
            EncoderState.INSTALLED: self.tr("Use"),
            EncoderState.EMBEDDING: self.tr("Stay with {encoder}").format(encoder=answering),
        }
        self.action.setText(labels.get(entry.state, ""))
        self.action.setAccessibleName(f"{self.action.text()}: {entry.title}")
        self.action.setVisible(entry.state in labels)
        sentence = ""
        if is_embedding:
            self._show_share(entry.embedded_count, photo_count)
            sentence = self.tr(
                "{done} of {total} photos embedded. {encoder} keeps answering until all are done."
            ).format(done=locale.toString(entry.embedded_count), total=locale.toString(photo_count), encoder=answering)
        elif entry.state is EncoderState.INSTALLED and entry.embedded_count:
            sentence = photo_facts.counted(
                entry.embedded_count,
                self.tr("One photo is already embedded with it."),
                self.tr("{n} photos are already embedded with it."),
            )
            sentence = " ".join(filter(None, (sentence, self._time_it_takes(entry))))
        elif entry.state is EncoderState.INSTALLED:
            sentence = self._time_it_takes(entry)
        elif entry.state is EncoderState.DAMAGED:
            sentence = self.tr("Its files are damaged or incomplete. Fetching it again repairs it.")
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def _time_it_takes(self, entry: EncoderEntry) -> str:
        """How long this library will take; empty while that is not known or nothing is left."""
        if not entry.photos_per_s or not self.lacking_count:
            return ""
        seconds = self.lacking_count / entry.photos_per_s
        return self.tr("Embedding {photos} will take about {time}; the encoder in use answers until then.").format(
            photos=photo_facts.counted(self.lacking_count, self.tr("one photo"), self.tr("{n} photos")),
            time=self._lasting(seconds),
        )

    def _lasting(self, seconds: float) -> str:
        if seconds < 90:
            return self.tr("{n} seconds").format(n=max(10, round(seconds / 10) * 10))
        if seconds < 90 * 60:
            return photo_facts.counted(round(seconds / 60), self.tr("one minute"), self.tr("{n} minutes"))
        return photo_facts.counted(round(seconds / 3600), self.tr("one hour"), self.tr("{n} hours"))

    def show_fetching(self) -> None:
        """A fetch has begun."""
        self._is_fetching = True
        self.show_problem(None)
        self.action.hide()
        self.cancel.show()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._sentence.setText(self.tr("Connecting…"))
        self._sentence.show()

    def show_progress(self, progress: JobProgress) -> None:
        """How far the fetch is."""
        if not self._is_fetching or progress.total is None:
            return
        self._show_share(progress.done, progress.total)
        if progress.done >= progress.total:
            self._sentence.setText(self.tr("Checking and installing…"))
            return
        done, total = photo_facts.size(progress.done), photo_facts.size(progress.total)
        parts = [self.tr("{done} of {total}").format(done=done, total=total)]
        if progress.rate_per_s:
            parts.append(self.tr("{rate}/s").format(rate=photo_facts.size(round(progress.rate_per_s))))
        if progress.remaining_s is not None:
            parts.append(self._left(progress.remaining_s))
        self._sentence.setText(" · ".join(parts))

    def show_stopped(self, *, can_resume: bool) -> None:
        """The fetch ended, done or not; `can_resume`: what arrived was kept."""
        self._is_fetching = False
        self._can_resume = can_resume

    def show_measuring(self, is_measuring: bool) -> None:
        """Whether its speed is being measured."""
        self._is_measuring = is_measuring
        self.measure.setEnabled(not is_measuring)
        if is_measuring:
            self.measure.setText(self.tr("Measuring…"))

    def show_problem(self, error: LibraryError | None) -> None:
        """What went wrong, in one sentence with the way out."""
        self._problem.setText(str(error) if error else "")
        self._problem.setVisible(error is not None)

    def _show_share(self, done: int, total: int) -> None:
        self._bar.setRange(0, _BAR_STEPS)
        self._bar.setValue(round(_BAR_STEPS * done / total) if total else 0)

    def _left(self, remaining_s: float) -> str:
        if remaining_s < 60:
            return self.tr("less than a minute left")
        minutes = round(remaining_s / 60)
        return photo_facts.counted(minutes, self.tr("one minute left"), self.tr("{n} minutes left"))

    def _act(self) -> None:
        match self.entry.state:
            case EncoderState.AVAILABLE | EncoderState.DAMAGED:
                self.fetch_requested.emit(self.name)
            case EncoderState.INSTALLED:
                self.use_requested.emit(self.name)
            case EncoderState.EMBEDDING:
                self.stay_requested.emit(self.name)
