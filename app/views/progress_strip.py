"""The strip at the bottom: counts at the left, background work at the right. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app import theme
from app.views.elided_label import ElidedLabel
from app.views.icon_button import IconButton
from core.events import JobProgress

_IMPORTANCE = ("tag", "fetch", "import", "index", "scan", "places", "text")
"""Which job is shown when several run: what the person asked for last comes first."""


class ProgressStrip(QFrame):
    """The only place that talks about background work."""

    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal(str)
    """The job's key"""
    problems_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progressStrip")
        self._jobs: dict[str, JobProgress] = {}
        self._counts = ElidedLabel(self)
        self._counts.setObjectName("muted")
        self._problems = QPushButton(self)
        self._problems.setObjectName("linkButton")
        self._problems.setFlat(True)
        self._problems.clicked.connect(self.problems_requested)
        self._problems.hide()
        self._text = QLabel(self)
        self._text.setObjectName("muted")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 4)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._pause = IconButton("pause", self.tr("Pause"), self)
        self._pause.clicked.connect(self._toggle)
        self._stop = IconButton("close", self.tr("Stop"), self)
        self._stop.clicked.connect(self._ask_to_stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACING_PX * 2, 0, theme.SPACING_PX, 0)
        row.setSpacing(theme.SPACING_PX)
        row.addWidget(self._counts, 1)
        for widget in (self._problems, self._text, self._bar, self._pause, self._stop):
            row.addWidget(widget)
        self.setFixedHeight(32)
        self._show()

    def show_counts(self, text: str) -> None:
        """How many photos are shown and selected."""
        self._counts.show_text(text)

    def show_problems(self, count: int) -> None:
        """How many files could not be read."""
        shown = self.tr("1 file could not be read") if count == 1 else self.tr("{0} files could not be read")
        self._problems.setText(shown.format(QLocale().toString(count)))
        self._problems.setVisible(count > 0)

    def show_job(self, progress: JobProgress) -> None:
        """Slot: a job has got somewhere."""
        if progress.is_finished:
            self._jobs.pop(progress.job, None)
        else:
            self._jobs[progress.job] = progress
        self._show()

    @property
    def problems_text(self) -> str:
        """What is said about files that could not be read."""
        return self._problems.text()

    @property
    def current(self) -> JobProgress | None:
        """The job that is shown."""
        return min(self._jobs.values(), key=_rank, default=None)

    @property
    def text(self) -> str:
        """What is said about it."""
        return self._text.text()

    def _show(self) -> None:
        job = self.current
        for widget in (self._text, self._bar, self._stop):
            widget.setVisible(job is not None)
        self._pause.setVisible(job is not None and job.can_pause)
        if job is None:
            self._text.clear()
            return
        self._text.setText(sentence(job))
        self._bar.setMaximum(job.total if _is_counted(job) and job.total else 0)
        self._bar.setValue(min(job.done, job.total or 0))
        self._pause.show_icon("play" if job.is_paused else "pause")
        self._pause.describe(self.tr("Resume") if job.is_paused else self.tr("Pause"))

    def _toggle(self) -> None:
        job = self.current
        if job is not None:
            (self.resume_requested if job.is_paused else self.pause_requested).emit()

    def _ask_to_stop(self) -> None:
        if (job := self.current) is not None:
            self.stop_requested.emit(job.job)


def _is_counted(job: JobProgress) -> bool:
    """Whether its progress says anything: "0 of 1" until the very end does not."""
    return job.total is not None and job.total > (0 if job.done else 1)


def _rank(job: JobProgress) -> int:
    kind = job.job.partition(":")[0]
    return _IMPORTANCE.index(kind) if kind in _IMPORTANCE else len(_IMPORTANCE)


def sentence(job: JobProgress) -> str:
    """ "Embedding 8,112 of 12,480 · 52/s · 1 min 24 s" """
    locale = QLocale()
    if job.unit == "bytes":
        done, total = locale.formattedDataSize(job.done), locale.formattedDataSize(job.total or 0)
    else:
        done, total = locale.toString(job.done), locale.toString(job.total or 0)
    parts = [job.title]
    if _is_counted(job):
        parts[0] += " " + _tr("{0} of {1}").format(done, total)
    elif job.done:
        parts[0] += " " + done
    if job.is_paused:
        parts.append(_tr("paused"))
        return " · ".join(parts)
    if job.rate_per_s is not None and job.rate_per_s > 0 and job.total:
        rate = locale.formattedDataSize(int(job.rate_per_s)) if job.unit == "bytes" else _rate(job.rate_per_s)
        parts.append(_tr("{0}/s").format(rate))
    if job.remaining_s is not None and job.remaining_s >= 1:
        parts.append(duration(job.remaining_s))
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """A length of time with its two largest units."""
    whole = round(seconds)
    if whole < 60:
        return _tr("{0} s").format(whole)
    if whole < 3600:
        return _tr("{0} min {1} s").format(whole // 60, whole % 60)
    return _tr("{0} h {1} min").format(whole // 3600, whole % 3600 // 60)


def _rate(per_s: float) -> str:
    return QLocale().toString(per_s, "f", 0 if per_s >= 10 else 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProgressStrip", text)
