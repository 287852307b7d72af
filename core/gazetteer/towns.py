"""All towns as arrays, sorted by latitude, kept in one file of the cache so that they are compiled only once."""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.gazetteer import names, package
from core.gazetteer.package import Town

_FORMAT = 1
"""Counted up when what the file holds changes."""


@dataclass(frozen=True, slots=True)
class Towns:
    """n towns; the i-th entry of each array belongs to the i-th town."""

    ids: NDArray[np.int64]
    latitudes: NDArray[np.float64]
    """Degrees, ascending."""
    longitudes: NDArray[np.float64]
    populations: NDArray[np.int64]
    regions: NDArray[np.int32]
    """A row of `region_codes`."""
    region_codes: tuple[str, ...]
    """Country and region, `PT.14`."""
    texts: bytes
    """Of each town: name, tab, all its other names separated by |, newline."""
    starts: NDArray[np.int64]
    """Where the texts of the towns begin, and the end (n + 1)."""

    def names_of(self, row: int) -> tuple[str, tuple[str, ...]]:
        """The name of a town and the other names to search it by."""
        text = self.texts[int(self.starts[row]) : int(self.starts[row + 1]) - 1].decode("utf-8")
        name, _, others = text.partition("\t")
        return name, names.worth_searching(name, others.split("|")) if others else ()


def load_or_compile(cache: Path) -> Towns:
    """The towns from the cache; the first time from the package, which takes seconds."""
    file = cache / f"{package.edition().replace(' ', '-')}-{_FORMAT}.npz"
    try:
        return _load(file)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        compiled = compile_towns(list(package.towns()))
    _save(compiled, file)
    return compiled


def compile_towns(wanted: list[Town]) -> Towns:
    """Put towns into arrays."""
    wanted = sorted(wanted, key=lambda town: town.latitude)
    codes = [f"{town.country_code}.{town.region_code}" for town in wanted]
    row_of = {code: row for row, code in enumerate(sorted(set(codes)))}
    texts = [_text(town) for town in wanted]
    return Towns(
        ids=np.array([town.id for town in wanted], dtype=np.int64),
        latitudes=np.array([town.latitude for town in wanted], dtype=np.float64),
        longitudes=np.array([town.longitude for town in wanted], dtype=np.float64),
        populations=np.array([town.population for town in wanted], dtype=np.int64),
        regions=np.array([row_of[code] for code in codes], dtype=np.int32),
        region_codes=tuple(row_of),
        texts=b"".join(texts),
        starts=np.cumsum([0, *map(len, texts)], dtype=np.int64),
    )


def _text(town: Town) -> bytes:
    return "\t".join([" ".join(town.name.split()), " ".join("|".join(town.other_names).split())]).encode() + b"\n"


def _load(file: Path) -> Towns:
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as stored:
        return Towns(
            **{name: stored[name] for name in ("ids", "latitudes", "longitudes", "populations", "regions", "starts")},
            region_codes=tuple(stored["region_codes"].tolist()),
            texts=stored["texts"].tobytes(),
        )


def _save(towns: Towns, file: Path) -> None:
    """Write the cache in one step. A disk that is full or read-only only means compiling again next time."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            np.savez(
                stream,
                ids=towns.ids,
                latitudes=towns.latitudes,
                longitudes=towns.longitudes,
                populations=towns.populations,
                regions=towns.regions,
                region_codes=np.array(towns.region_codes),
                texts=np.frombuffer(towns.texts, dtype=np.uint8),
                starts=towns.starts,
            )
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):  # a disk that may only be read
            temporary.unlink(missing_ok=True)
