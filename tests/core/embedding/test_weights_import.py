"""Importing from disk: what is good gets in whole, what is bad gets in not at all."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from core.embedding.registry import EncoderRegistry
from core.errors import LibraryError
from core.events import JobProgress
from core.jobs import Cancelled, JobControl
from tests.support import small_encoders

_WEIGHTS = "open_clip_model.safetensors"
_CONFIG = "open_clip_config.json"


@pytest.fixture(scope="module", autouse=True)
def small_architectures(tmp_path_factory: pytest.TempPathFactory) -> None:
    small_encoders.register(tmp_path_factory.mktemp("configs"))


@pytest.fixture
def registry(tmp_path: Path) -> EncoderRegistry:
    return EncoderRegistry(tmp_path / "encoders", tmp_path / "cache", is_in_process=True)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return small_encoders.save(tmp_path / "source", "vit")


def _job() -> JobControl:
    return JobControl("import", "Import", unit="bytes")


def _refused(registry: EncoderRegistry, path: Path, tmp_path: Path, name: str | None = "mine") -> LibraryError:
    with pytest.raises(LibraryError) as caught:
        registry.import_from(path, _job(), name=name)
    encoders = tmp_path / "encoders"
    assert not encoders.exists() or list(encoders.iterdir()) == []
    assert "Traceback" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("kind", ["vit", "resnet", "timm", "siglip", "bert"])
@pytest.mark.parametrize("weights", [_WEIGHTS, "open_clip_pytorch_model.bin"])
def test_a_folder_as_on_the_hub(
    registry: EncoderRegistry, tmp_path: Path, kind: small_encoders.Kind, weights: str
) -> None:
    folder = small_encoders.save(tmp_path / "my clip", kind, weights=weights)
    name = registry.import_from(folder, _job())
    assert name == "my clip"
    encoder = registry.encoder(name)
    assert np.isfinite(encoder.encode_texts(["a photo of a dog"])).all()
    side = encoder.input_side_px
    assert np.isfinite(encoder.encode_prepared([np.full((side, side, 3), 90, dtype=np.uint8)])).all()


@pytest.mark.parametrize("suffix", [".safetensors", ".pt", ".bin"])
def test_a_lone_checkpoint_with_a_name(registry: EncoderRegistry, tmp_path: Path, source: Path, suffix: str) -> None:
    lone = tmp_path / "lone" / f"epoch_32{suffix}"
    lone.parent.mkdir()
    if suffix == ".safetensors":
        shutil.copyfile(source / _WEIGHTS, lone)
    else:
        state = {f"module.{key}": value for key, value in small_encoders.network("vit").state_dict().items()}
        torch.save({"epoch": 32, "name": "run", "state_dict": state, "optimizer": {}}, lone)
    assert registry.import_from(lone, _job(), name="small-vit/mine") == "small-vit/mine"
    registry.import_from(source, _job(), name="folder")
    ours, same = (registry.encoder(name).encode_texts(["dog"]) for name in ("small-vit/mine", "folder"))
    assert np.allclose(ours, same)


def test_a_lone_checkpoint_without_a_name_asks_for_one(registry: EncoderRegistry, tmp_path: Path, source: Path) -> None:
    lone = tmp_path / "weights.safetensors"
    shutil.copyfile(source / _WEIGHTS, lone)
    error = _refused(registry, lone, tmp_path, name=None)
    assert "which encoder" in error.title
    assert "/" in error.hint


def test_a_checkpoint_called_like_its_architecture_is_recognised(
    registry: EncoderRegistry, tmp_path: Path, source: Path
) -> None:
    lone = tmp_path / "small-vit.safetensors"
    shutil.copyfile(source / _WEIGHTS, lone)
    assert registry.import_from(lone, _job()) == "small-vit"


def test_a_file_in_a_hub_folder_brings_its_description(registry: EncoderRegistry, source: Path) -> None:
    assert registry.import_from(source / _WEIGHTS, _job()) == "source"


def test_a_snapshot_of_the_hub_cache_with_links(registry: EncoderRegistry, tmp_path: Path, source: Path) -> None:
    snapshot = tmp_path / "hub" / "models--someone--clip" / "snapshots" / "0123abcd"
    snapshot.mkdir(parents=True)
    for file in source.iterdir():
        (snapshot / file.name).symlink_to(file)
    name = registry.import_from(snapshot, _job(), name="mine")
    shutil.rmtree(source)
    assert registry.encoder(name).encode_texts(["dog"]).shape == (1, 32)


def test_an_old_layout_with_the_text_tower_apart(registry: EncoderRegistry, tmp_path: Path) -> None:
    """A configuration with `custom_text` over a checkpoint that keeps the text tower at the top level."""
    folder = small_encoders.save(tmp_path / "old", "vit")
    config = json.loads((folder / _CONFIG).read_text())
    config["model_cfg"]["custom_text"] = True
    (folder / _CONFIG).write_text(json.dumps(config))
    assert registry.encoder(registry.import_from(folder, _job())).encode_texts(["dog"]).shape == (1, 32)


def test_progress_is_in_bytes_and_can_stop(registry: EncoderRegistry, tmp_path: Path, source: Path) -> None:
    size = (source / _WEIGHTS).stat().st_size
    progress: list[JobProgress] = []
    steps = iter(range(100_000))

    def stop_half_way(step: JobProgress) -> None:
        progress.append(step)
        if step.done > size / 2:
            job.stop()

    job = JobControl("import", "Import", unit="bytes", publish=stop_half_way, clock=lambda: float(next(steps)))
    with pytest.raises(Cancelled):
        registry.import_from(source, job)
    assert progress[-1].total == size
    assert list((tmp_path / "encoders").iterdir()) == []


class _Bomb:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self.marker,)  # type: ignore[return-value]


@pytest.mark.parametrize("zipped", [True, False])
def test_a_pickle_with_code_is_not_run(registry: EncoderRegistry, tmp_path: Path, source: Path, zipped: bool) -> None:
    marker = tmp_path / "it-ran"
    (source / _WEIGHTS).unlink()
    bad = source / "open_clip_pytorch_model.bin"
    if zipped:
        torch.save({"visual.x": _Bomb(marker)}, bad)
    else:
        bad.write_bytes(pickle.dumps({"visual.x": _Bomb(marker)}))
    _refused(registry, source, tmp_path)
    assert not marker.exists()


def test_a_torchscript_archive_is_not_run(registry: EncoderRegistry, tmp_path: Path, source: Path) -> None:
    (source / _WEIGHTS).unlink()
    with pytest.warns(Warning, match="deprecated"):
        torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), source / "open_clip_pytorch_model.bin")
    assert "more than weights" in _refused(registry, source, tmp_path).title


@pytest.mark.parametrize("content", [b"", b"\0" * 8, b"\xff" * 100, b"{}", b"PK\x03\x04", b"hello " * 1000])
@pytest.mark.parametrize("name", [_WEIGHTS, "open_clip_pytorch_model.bin"])
def test_files_that_are_no_checkpoints(
    registry: EncoderRegistry, tmp_path: Path, source: Path, name: str, content: bytes
) -> None:
    (source / _WEIGHTS).unlink()
    (source / name).write_bytes(content)
    _refused(registry, source, tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
@pytest.mark.parametrize("name", [_WEIGHTS, "open_clip_pytorch_model.bin"])
def test_truncated_files(registry: EncoderRegistry, tmp_path: Path, name: str, share: float) -> None:
    folder = small_encoders.save(tmp_path / "cut", weights=name)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: int(len(content) * share)])
    assert "damaged" in _refused(registry, folder, tmp_path).title


def test_weights_of_another_architecture(registry: EncoderRegistry, tmp_path: Path, source: Path) -> None:
    resnet = small_encoders.save(tmp_path / "resnet", "resnet")
    shutil.copyfile(resnet / _WEIGHTS, source / _WEIGHTS)
    error = _refused(registry, source, tmp_path)
    assert "do not fit" in error.title
    assert "visual." in error.detail


def test_a_known_name_for_other_weights(registry: EncoderRegistry, tmp_path: Path, source: Path) -> None:
    assert "do not fit" in _refused(registry, source, tmp_path, name="RN50/openai").title


def test_a_name_that_open_clip_does_not_know(registry: EncoderRegistry, tmp_path: Path, source: Path) -> None:
    (source / _CONFIG).unlink()
    assert "knows no encoder" in _refused(registry, source, tmp_path, name="ViT-Z-99/nobody").title


@pytest.mark.parametrize(
    "change",
    [
        {"vision_cfg": {"image_size": 32, "layers": 10**6, "width": 64, "patch_size": 8}},
        {"vision_cfg": {"image_size": 32, "layers": 2, "width": 10**9, "patch_size": 8}},
        {"vision_cfg": {"image_size": 10**6, "layers": 2, "width": 64, "patch_size": 8}},
        {"vision_cfg": {"timm_model_name": "hf-hub:someone/evil", "image_size": 32}},
        {"vision_cfg": {"timm_model_name": "../../evil", "image_size": 32}},
        {"vision_cfg": {"timm_model_name": "no_such_network", "image_size": 32}},
        {"vision_cfg": {"image_size": 32, "surprise": 1}},
        {"vision_cfg": []},
        {"text_cfg": {"hf_model_name": "someone/evil"}},
        {"multimodal_cfg": {}},
        {"embed_dim": "many"},
        {"embed_dim": None},
    ],
    ids=str,
)
def test_hostile_descriptions(
    registry: EncoderRegistry, tmp_path: Path, source: Path, change: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **options: pytest.fail("the network was asked"))
    config = json.loads((source / _CONFIG).read_text())
    config["model_cfg"].update(change)
    (source / _CONFIG).write_text(json.dumps(config))
    _refused(registry, source, tmp_path)


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"model_cfg": 3}', "\xff\xfe{"])
def test_descriptions_that_are_none(registry: EncoderRegistry, tmp_path: Path, source: Path, text: str) -> None:
    (source / _CONFIG).write_text(text, encoding="latin1")
    assert "description" in _refused(registry, source, tmp_path).title


def test_a_tokenizer_with_code_is_not_run(registry: EncoderRegistry, tmp_path: Path) -> None:
    folder = small_encoders.save(tmp_path / "evil", "siglip")
    marker = tmp_path / "it-ran"
    (folder / "evil.py").write_text(f"from pathlib import Path\nPath({str(marker)!r}).touch()\nclass Evil: pass\n")
    config = json.loads((folder / "tokenizer_config.json").read_text())
    config |= {"auto_map": {"AutoTokenizer": ["evil.Evil", None]}, "tokenizer_class": "Evil"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    (folder / _CONFIG).write_text(
        (folder / _CONFIG).read_text().replace('"clean"', '"trust_remote_code": true, "clean"')
    )
    try:
        registry.import_from(folder, _job(), name="mine")
        registry.encoder("mine").encode_texts(["dog"])
    except LibraryError:
        pass
    assert not marker.exists()


def test_a_library_text_tower_with_code_is_refused(registry: EncoderRegistry, tmp_path: Path) -> None:
    folder = small_encoders.save(tmp_path / "evil", "bert")
    config = json.loads((folder / "config.json").read_text()) | {"auto_map": {"AutoModel": "evil.Evil"}}
    (folder / "config.json").write_text(json.dumps(config))
    assert "transformers" in _refused(registry, folder, tmp_path).detail


def test_a_missing_tokenizer(registry: EncoderRegistry, tmp_path: Path) -> None:
    folder = small_encoders.save(tmp_path / "bare", "siglip")
    for file in folder.glob("token*"):
        file.unlink()
    assert "tokenizer" in _refused(registry, folder, tmp_path).title


def test_places_without_a_checkpoint(registry: EncoderRegistry, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "two").mkdir()
    for name in ("a.pt", "b.pt"):
        (tmp_path / "two" / name).write_bytes(b"")
    for place in ("empty", "photo.jpg", "nowhere", "two"):
        _refused(registry, tmp_path / place, tmp_path)


def test_a_failed_import_leaves_the_earlier_one_alone(registry: EncoderRegistry, tmp_path: Path, source: Path) -> None:
    registry.import_from(source, _job(), name="mine")
    before = registry.encoder("mine").fingerprint
    (source / _WEIGHTS).write_bytes(b"broken")
    with pytest.raises(LibraryError):
        registry.import_from(source, _job(), name="mine")
    assert not registry.is_damaged("mine")
    assert EncoderRegistry(tmp_path / "encoders", tmp_path / "cache").encoder("mine").fingerprint == before
