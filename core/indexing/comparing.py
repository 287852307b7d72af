"""How one folder on disk differs from the catalog, by path, size and time. Pure; reads no file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from core.catalog.photo_files import FileRow
from core.domain import PhotoId
from core.indexing.disk import DiskFile, UnreadableFolder
from core.indexing.identity import Place


@dataclass(slots=True)
class Findings:
    """How one folder differs from the catalog."""

    place: Place
    known_count: int = 0
    new: list[DiskFile] = field(default_factory=list)
    touched: list[tuple[DiskFile, FileRow]] = field(default_factory=list)
    """Photos whose size or time differs: maybe new content."""
    reworded: list[tuple[DiskFile, FileRow]] = field(default_factory=list)
    """Photos whose sidecar came, changed or went."""
    missing: list[FileRow] = field(default_factory=list)
    returned: list[PhotoId] = field(default_factory=list)
    """Offline photos whose file is there again, unchanged."""
    blind: list[UnreadableFolder] = field(default_factory=list)
    away: list[FileRow] = field(default_factory=list)
    """Missing with the drive they are on, which is mounted below the folder at other times."""
    away_mounts: frozenset[Path] = frozenset()
    """Where those drives belong."""
    settled_problems: list[Path] = field(default_factory=list)
    """Unreadable files that are no longer there."""


def compare(
    place: Place,
    on_disk: Iterable[DiskFile | UnreadableFolder],
    rows: Iterable[FileRow],
    unreadable: dict[Path, tuple[int, int]],
    lacking: Collection[PhotoId],
    known_count: int,
    inside: list[Path] | None,
) -> Findings:
    """Disk against catalog, by path, size and modification time; reads no file."""
    findings = Findings(place, known_count)
    known = {row.path: row for row in rows}
    seen: set[Path] = set()
    for file in on_disk:
        if isinstance(file, UnreadableFolder):
            findings.blind.append(file)
            continue
        if file.path in seen:  # reported by itself and with its folder
            continue
        seen.add(file.path)
        stamp = (file.size_bytes, file.modified_ns)
        row = known.get(file.path)
        if row is None:
            if unreadable.get(file.path) != stamp:
                findings.new.append(file)
        elif (row.size_bytes, row.modified_ns) != stamp:
            findings.touched.append((file, row))
        elif row.photo_id in lacking:
            findings.new.append(file)
        elif row.state == "offline":
            findings.returned.append(row.photo_id)
        if row is not None and (row.size_bytes, row.modified_ns) == stamp and row.sidecar != file.sidecar:
            findings.reworded.append((file, row))
    blind = [folder.path for folder in findings.blind]
    findings.missing = [
        row for path, row in known.items() if path not in seen and not any(path.is_relative_to(one) for one in blind)
    ]
    findings.new.sort(key=lambda file: file.modified_ns, reverse=True)
    findings.settled_problems = [
        path
        for path in unreadable
        if path not in seen
        and path not in blind
        and (inside is None or any(path.is_relative_to(one) for one in inside))
    ]
    return findings


def set_aside_away(findings: Findings, were_mounted: Collection[Path], mounted: Collection[Path]) -> None:
    """Of what is missing, set aside what lies on a drive that was mounted below the folder and is away now."""
    away = [mount for mount in were_mounted if mount not in mounted]
    for row in findings.missing if away else ():
        if any(row.path.is_relative_to(mount) for mount in away):
            findings.away.append(row)
    known = {row.photo_id for row in findings.away}
    findings.missing = [row for row in findings.missing if row.photo_id not in known]
    findings.away_mounts = frozenset(
        mount for mount in away if any(row.path.is_relative_to(mount) for row in findings.away)
    )
