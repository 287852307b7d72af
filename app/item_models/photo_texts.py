"""What a cell of the grid says to a screen reader and in its tooltip. Pure apart from the locale; GUI thread."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication, QLocale

from app.item_models import months
from app.stacks import Stack
from core.domain import Hit, Photo


def spoken(photo: Photo, stack: Stack | None = None) -> str:
    """ "beach.jpg, 3 August 2024", and what a badge would show."""
    parts = [photo.name, months.day_title(photo.taken_at)]
    if photo.is_favourite:
        parts.append(_tr("favourite"))
    if photo.is_offline:
        parts.append(_tr("offline"))
    if photo.is_unreadable:
        parts.append(_tr("cannot be read"))
    if stack is not None:
        parts.append(_copies(stack))
    return ", ".join(parts)


def tool_tip(photo: Photo, hit: Hit | None, stack: Stack | None = None) -> str:
    """Name and date; in a result also its copies, why it was found and the raw score. Rich text."""
    lines = [f"<b>{html.escape(photo.name)}</b>", html.escape(months.day_title(photo.taken_at))]
    if stack is not None:
        lines.append(html.escape(_copies(stack)))
    if hit is not None:
        for reason in hit.reasons:
            kind = reason.kind.value.capitalize()
            lines.append(html.escape(f"{kind}: {reason.words}" if reason.words else kind))
        lines.append(_tr("Score {score}").format(score=QLocale().toString(hit.score, "f", 3)))
    return "<p style='white-space: pre'>" + "<br>".join(lines) + "</p>"


def _copies(stack: Stack) -> str:
    if stack.copy_count == 1:
        return _tr("1 copy of this picture  (C)")
    return _tr("{0} copies of this picture  (C)").format(QLocale().toString(stack.copy_count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PhotoTexts", text)
