"""Fetching over real HTTP from a hub on the loopback, with everything that goes wrong on the way."""

from __future__ import annotations

import errno
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from core.embedding import installation, known_encoders, weights
from core.embedding.installation import Installed
from core.embedding.registry import EncoderRegistry
from core.embedding.spec import EncoderSpec
from core.errors import LibraryError
from core.events import JobProgress
from core.jobs import Cancelled, JobControl
from tests.support import small_encoders
from tests.support.small_encoders import Kind
from tests.support.small_hub import Fault, SmallHub

_WEIGHTS = "open_clip_model.safetensors"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Repositories `vit` and `siglip` as folders; open_clip knows both as small-..."""
    root = tmp_path_factory.mktemp("hub")
    small_encoders.save(root / "vit", "vit")
    small_encoders.save(root / "siglip", "siglip")
    small_encoders.register(tmp_path_factory.mktemp("configs"))
    return root


@pytest.fixture
def hub(sources: Path) -> Iterator[SmallHub]:
    with SmallHub({"small/vit": sources / "vit", "small/siglip": sources / "siglip"}) as running:
        yield running


def _spec(kind: Kind = "vit") -> EncoderSpec:
    return EncoderSpec(
        name=f"small-{kind}/random",
        title=f"Small {kind}",
        license="MIT",
        languages="none",
        size_mb=7,
        dimension=small_encoders.CONFIGS[kind]["embed_dim"],
        description="",
        recommended_for=None,
        hub_repository=f"small/{kind}",
    )


def _job(progress: list[JobProgress] | None = None) -> JobControl:
    steps = iter(range(1_000_000))
    publish = progress.append if progress is not None else None
    return JobControl("fetch:small", "Fetch", unit="bytes", publish=publish, clock=lambda: float(next(steps)))


def _stopped_half_way(hub: SmallHub, home: Path) -> Path:
    """Fetch until a million bytes are there, stop, and return the file with what arrived."""
    steps = iter(range(1_000_000))

    def stop(progress: JobProgress) -> None:
        if progress.done > 1_000_000:
            job.stop()

    job = JobControl("fetch:small", "Fetch", unit="bytes", publish=stop, clock=lambda: float(next(steps)))
    with pytest.raises(Cancelled):
        _fetch(hub, home, job=job)
    return _part(home)


class _Waits:
    """Stands for passing time: remembers how long it was asked to wait."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float, job: JobControl) -> None:
        self.seconds.append(seconds)
        job.check()


def _fetch(
    hub: SmallHub | str,
    home: Path,
    spec: EncoderSpec | None = None,
    job: JobControl | None = None,
    waits: _Waits | None = None,
) -> Installed:
    address = hub if isinstance(hub, str) else hub.address
    return weights.fetch(
        spec or _spec(), home / "encoders", home / "cache", job or _job(), endpoint=address, wait=waits or _Waits()
    )


def _installed_files(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "encoders").rglob("*")) if (home / "encoders").exists() else []


def _part(home: Path) -> Path:
    parts = list((home / "cache").rglob(f"{_WEIGHTS}*.part"))
    assert len(parts) == 1
    return parts[0]


def test_a_fetched_encoder_is_complete_and_the_download_is_gone(hub: SmallHub, tmp_path: Path, sources: Path) -> None:
    progress: list[JobProgress] = []
    installed = _fetch(hub, tmp_path, job=_job(progress))
    assert installed.spec == _spec()
    assert installation.problem(installed) is None
    assert (installed.folder / _WEIGHTS).read_bytes() == (sources / "vit" / _WEIGHTS).read_bytes()
    assert list((tmp_path / "cache" / "downloads").iterdir()) == []
    size = (sources / "vit" / _WEIGHTS).stat().st_size
    assert (progress[-1].done, progress[-1].total) == (size, size)
    done = [step.done for step in progress]
    assert done == sorted(done)
    assert len(set(done)) > 3


def test_a_fetched_encoder_never_needs_the_network(
    hub: SmallHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fetch(hub, tmp_path, _spec("siglip"))

    def denied(*args: object, **options: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", denied)
    monkeypatch.setattr(socket, "create_connection", denied)
    monkeypatch.setattr(socket, "getaddrinfo", denied)
    encoder = EncoderRegistry(tmp_path / "encoders", tmp_path / "cache", is_in_process=True).encoder(
        "small-siglip/random"
    )
    dog, same, house = encoder.encode_texts(["a photo of a dog", "A photo of a dog!", "a photo of a house"])
    assert np.allclose(dog, same)
    assert not np.allclose(dog, house)
    assert encoder.encode_prepared([np.zeros((160, 160, 3), dtype=np.uint8)]).shape == (1, 64)


def test_the_tokenizer_may_live_in_another_repository(hub: SmallHub, tmp_path: Path, sources: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copyfile(sources / "siglip" / _WEIGHTS, alone / _WEIGHTS)
    hub.repositories["small/alone"] = alone
    spec = replace(_spec("siglip"), hub_repository="small/alone")
    installed = _fetch(hub, tmp_path, spec)
    assert (installed.folder / "tokenizer.json").is_file()
    del hub.repositories["small/siglip"]
    with pytest.raises(LibraryError, match="does not hand out"):
        _fetch(hub, tmp_path / "again", spec)


def test_an_interrupted_download_goes_on_where_it_stopped(hub: SmallHub, tmp_path: Path) -> None:
    hub.faults[_WEIGHTS] = [Fault(cut_after=1_000_000), Fault(cut_after=2_000_000)]
    waits = _Waits()
    installed = _fetch(hub, tmp_path, waits=waits)
    assert hub.ranges(_WEIGHTS) == [None, "bytes=1000000-", "bytes=3000000-"]
    assert installation.problem(installed) is None
    assert waits.seconds == [1.0, 1.0]


def test_stopping_keeps_what_arrived(hub: SmallHub, tmp_path: Path) -> None:
    have = _stopped_half_way(hub, tmp_path).stat().st_size
    assert have > 1_000_000
    assert _installed_files(tmp_path) == []
    installed = _fetch(hub, tmp_path)
    assert hub.ranges(_WEIGHTS) == [None, f"bytes={have}-"]
    assert installation.problem(installed) is None


def test_a_finished_file_is_not_fetched_twice(hub: SmallHub, tmp_path: Path) -> None:
    hub.faults["tokenizer.json"] = [Fault(status=404)]
    with pytest.raises(LibraryError):
        _fetch(hub, tmp_path, _spec("siglip"))
    _fetch(hub, tmp_path, _spec("siglip"))
    assert len(hub.ranges(_WEIGHTS)) == 1


def test_a_server_that_cannot_resume_sends_everything_again(hub: SmallHub, tmp_path: Path) -> None:
    hub.faults[_WEIGHTS] = [Fault(cut_after=1_000_000), Fault(ignore_range=True)]
    assert installation.problem(_fetch(hub, tmp_path)) is None


@pytest.mark.parametrize("file", [_WEIGHTS, "tokenizer.json"])
def test_a_wrong_checksum_throws_the_download_away(hub: SmallHub, tmp_path: Path, file: str) -> None:
    hub.faults[file] = [Fault(damage=True)]
    with pytest.raises(LibraryError, match="damaged") as caught:
        _fetch(hub, tmp_path, _spec("siglip"))
    assert file in caught.value.detail
    assert _installed_files(tmp_path) == []
    assert not list((tmp_path / "cache").rglob("*.part"))
    assert installation.problem(_fetch(hub, tmp_path, _spec("siglip"))) is None


def test_damage_in_the_part_that_was_kept_is_noticed(hub: SmallHub, tmp_path: Path) -> None:
    part = _stopped_half_way(hub, tmp_path)
    part.write_bytes(b"\0" * part.stat().st_size)
    with pytest.raises(LibraryError, match="damaged"):
        _fetch(hub, tmp_path)
    assert installation.problem(_fetch(hub, tmp_path)) is None


def test_a_busy_server_is_asked_again_when_it_says(hub: SmallHub, tmp_path: Path) -> None:
    hub.faults["api"] = [Fault(status=429, retry_after="7")]
    hub.faults[_WEIGHTS] = [Fault(status=503), Fault(status=500), Fault(status=429, retry_after="3")]
    waits = _Waits()
    assert installation.problem(_fetch(hub, tmp_path, waits=waits)) is None
    assert waits.seconds == [7.0, 1.0, 2.0, 3.0]


def test_a_server_that_stays_busy_is_given_up(hub: SmallHub, tmp_path: Path) -> None:
    hub.faults[_WEIGHTS] = [Fault(status=503)] * 50
    waits = _Waits()
    with pytest.raises(LibraryError, match="interrupted") as caught:
        _fetch(hub, tmp_path, waits=waits)
    assert "503" in caught.value.detail
    assert len(waits.seconds) < 10


def test_stopping_while_waiting_for_a_busy_server(hub: SmallHub, tmp_path: Path) -> None:
    job = _job()
    hub.faults["api"] = [Fault(status=429, retry_after="50")]

    def stop_while_waiting(seconds: float, waiting: JobControl) -> None:
        job.stop()
        waiting.check()

    with pytest.raises(Cancelled):
        weights.fetch(_spec(), tmp_path / "e", tmp_path / "c", job, endpoint=hub.address, wait=stop_while_waiting)


def test_without_a_network_it_says_so(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(LibraryError, match="no connection") as caught:
            _fetch(address, tmp_path)
    assert "import" in caught.value.hint


@pytest.mark.parametrize("address", ["file:///etc", "nonsense"])
def test_an_address_that_is_no_web_address(tmp_path: Path, address: str) -> None:
    with pytest.raises(LibraryError, match="not a web address"):
        _fetch(address, tmp_path)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_told_at_once(hub: SmallHub, tmp_path: Path, status: int) -> None:
    hub.faults["api"] = [Fault(status=status)]
    waits = _Waits()
    with pytest.raises(LibraryError, match="does not hand out"):
        _fetch(hub, tmp_path, waits=waits)
    assert waits.seconds == []


def test_a_page_that_is_no_hub(tmp_path: Path, hub: SmallHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.small_hub._listing", lambda folder: b"<html>Please log in</html>")
    with pytest.raises(LibraryError, match="does not understand"):
        _fetch(hub, tmp_path)


def test_weights_of_another_architecture_are_refused(hub: SmallHub, tmp_path: Path) -> None:
    spec = replace(_spec("resnet"), hub_repository="small/vit")
    with pytest.raises(LibraryError, match="do not fit"):
        _fetch(hub, tmp_path, spec)
    assert _installed_files(tmp_path) == []


def test_other_weights_than_recorded_are_refused(hub: SmallHub, tmp_path: Path) -> None:
    spec = replace(_spec(), weights_sha256="0" * 64)
    with pytest.raises(LibraryError, match="other weights"):
        _fetch(hub, tmp_path, spec)
    assert hub.ranges(_WEIGHTS) == []


def test_a_pickled_checkpoint_is_fetched_and_converted(hub: SmallHub, tmp_path: Path) -> None:
    hub.repositories["small/vit"] = small_encoders.save(tmp_path / "pickled", weights="open_clip_pytorch_model.bin")
    installed = _fetch(hub, tmp_path)
    assert sorted(installed.files) == ["open_clip_config.json", _WEIGHTS]
    encoder = EncoderRegistry(tmp_path / "encoders", tmp_path / "cache", is_in_process=True).encoder("small-vit/random")
    assert encoder.encode_texts(["dog"]).shape == (1, 32)


def test_a_full_disk_is_told_and_the_part_is_kept(
    hub: SmallHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.embedding.download._SPARE_BYTES", 1 << 60)
    with pytest.raises(LibraryError, match="not enough space"):
        _fetch(hub, tmp_path)
    assert hub.ranges(_WEIGHTS) == []
    full = installation.disk_error(OSError(errno.ENOSPC, "No space left on device"), tmp_path)
    assert full.title == "The disk is full."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_fills_up_while_writing(hub: SmallHub, tmp_path: Path) -> None:
    part = _stopped_half_way(hub, tmp_path)
    part.unlink()
    part.symlink_to("/dev/full")
    with pytest.raises(LibraryError, match="disk is full"):
        _fetch(hub, tmp_path)


def test_a_disk_that_refuses_is_told(hub: SmallHub, tmp_path: Path) -> None:
    (tmp_path / "encoders").write_text("a file where the folder should be")
    with pytest.raises(LibraryError, match="cannot be written"):
        _fetch(hub, tmp_path)


def test_the_registry_fetches_from_the_mirror_of_the_environment(
    hub: SmallHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.address + "/")
    monkeypatch.setattr(known_encoders, "KNOWN", (*known_encoders.KNOWN, _spec()))
    registry = EncoderRegistry(tmp_path / "encoders", tmp_path / "cache", is_in_process=True)
    name = _spec().name
    assert not registry.is_installed(name)
    registry.fetch(name, _job())
    assert registry.is_installed(name)
    assert registry.encoder(name).encode_texts(["dog"]).shape == (1, 32)
    asked = len(hub.requests)
    registry.fetch(name, _job())
    assert len(hub.requests) == asked
    installed = installation.find(tmp_path / "encoders", name)
    assert installed is not None
    (installed.folder / _WEIGHTS).unlink()
    assert registry.is_damaged(name)
    registry.fetch(name, _job())
    assert not registry.is_damaged(name)


def test_encoders_without_a_repository_cannot_be_fetched(tmp_path: Path) -> None:
    spec = replace(_spec(), hub_repository=None)
    with pytest.raises(LibraryError, match="cannot be fetched"):
        weights.fetch(spec, tmp_path, tmp_path, _job())
