from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import open_clip
import pytest
from open_clip import pretrained

from core.embedding import installation, known_encoders, open_clip_config
from core.embedding.registry import EncoderRegistry, EncoderSpec
from core.errors import LibraryError
from core.jobs import JobControl
from tests.support import colour_encoder, small_encoders


@pytest.fixture
def registry(tmp_path: Path) -> EncoderRegistry:
    return EncoderRegistry(tmp_path / "encoders", tmp_path / "cache", is_in_process=True)


def _job() -> JobControl:
    return JobControl("import", "Import", unit="bytes")


def test_nothing_heavy_is_imported_before_something_is_encoded(tmp_path: Path) -> None:
    small_encoders.save(tmp_path / "small-one")
    EncoderRegistry(tmp_path / "encoders", tmp_path / "cache").import_from(tmp_path / "small-one", _job())
    program = f"""
import sys
from pathlib import Path
from core.embedding.registry import EncoderRegistry, EncoderSpec
registry = EncoderRegistry(Path({str(tmp_path / "encoders")!r}), Path({str(tmp_path / "cache")!r}))
for spec in registry.specs():
    if registry.is_installed(spec.name):
        encoder = registry.encoder(spec.name)
        encoder.fingerprint, encoder.dimension, encoder.input_side_px
    registry.photos_per_s(spec.name), registry.is_damaged(spec.name)
from PIL import Image
registry.encoder("small-one").prepare_image(Image.new("RGB", (50, 40)))
heavy = {{"torch", "open_clip", "timm", "transformers", "torchvision", "huggingface_hub"}} & set(sys.modules)
sys.exit(f"imported {{heavy}}" if heavy else 0)
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[3], timeout=60)


def test_the_starter_comes_first_and_is_always_there(registry: EncoderRegistry) -> None:
    specs = registry.specs()
    assert specs[0].name == "starter"
    assert registry.is_installed("starter")
    assert not registry.is_damaged("starter")
    assert [spec.name for spec in specs if registry.is_installed(spec.name)] == ["starter"]


def test_one_encoder_is_recommended_for_each_kind_of_machine(registry: EncoderRegistry) -> None:
    recommended = {spec.recommended_for: spec.name for spec in registry.specs() if spec.recommended_for}
    assert recommended == {"cpu": "ViT-B-32-SigLIP2-256/webli", "gpu": "ViT-B-16-SigLIP2-384/webli"}


@pytest.mark.parametrize("spec", known_encoders.KNOWN, ids=lambda spec: spec.name)
def test_known_encoders_are_as_open_clip_lists_them(spec: EncoderSpec) -> None:
    architecture, _, tag = spec.name.partition("/")
    listed = pretrained.get_pretrained_cfg(architecture, tag)
    ours = open_clip_config.architecture_of(spec.name)
    assert listed["hf_hub"].rstrip("/") == spec.hub_repository
    assert ours.dimension == spec.dimension
    assert ours.preprocessing.mean == listed["mean"]
    assert ours.preprocessing.std == listed["std"]
    assert ours.preprocessing.resize == listed["resize_mode"]
    assert ours.preprocessing.interpolation == listed["interpolation"]
    assert ours.model_cfg.get("quick_gelu", False) == listed.get("quick_gelu", False)
    assert spec.license in ("MIT", "Apache-2.0")


def test_weights_for_research_only_are_not_offered(registry: EncoderRegistry) -> None:
    offered = " ".join(f"{spec.name} {spec.hub_repository}" for spec in registry.specs()).lower()
    for word in ("mobileclip", "dfn", "metaclip", "nllb"):
        assert word not in offered


def test_an_unknown_name_is_answered_with_near_ones(registry: EncoderRegistry) -> None:
    with pytest.raises(LibraryError) as caught:
        registry.spec("ViT-B-32-SigLIP-256")
    assert "ViT-B-32-SigLIP2-256/webli" in caught.value.hint
    with pytest.raises(LibraryError):
        registry.encoder("zzz")


def test_an_encoder_that_is_not_here_says_what_to_do(registry: EncoderRegistry) -> None:
    with pytest.raises(LibraryError, match="not on this computer") as caught:
        registry.encoder("RN50/openai")
    assert "import" in caught.value.hint


def test_an_imported_encoder_is_listed_used_and_removed(registry: EncoderRegistry, tmp_path: Path) -> None:
    source = small_encoders.save(tmp_path / "holiday-clip", "vit")
    name = registry.import_from(source, _job())
    assert name == "holiday-clip"
    assert registry.specs()[-1].name == name
    assert registry.spec(name).dimension == 32
    assert registry.is_installed(name)
    assert not registry.is_damaged(name)
    encoder = registry.encoder(name)
    assert encoder is registry.encoder(name)
    assert encoder.encode_texts(["a dog"]).shape == (1, 32)
    registry.remove(name)
    assert not registry.is_installed(name)
    assert list((tmp_path / "encoders").iterdir()) == []
    assert (source / "open_clip_model.safetensors").exists()
    with pytest.raises(LibraryError):
        registry.encoder(name)


def test_importing_again_replaces_the_weights_and_the_fingerprint(registry: EncoderRegistry, tmp_path: Path) -> None:
    registry.import_from(small_encoders.save(tmp_path / "one", seed=1), _job(), name="mine")
    before = registry.encoder("mine")
    old = before.encode_texts(["dog"])
    registry.import_from(small_encoders.save(tmp_path / "two", seed=2), _job(), name="mine")
    after = registry.encoder("mine")
    assert after.fingerprint != before.fingerprint
    assert abs(float((after.encode_texts(["dog"]) @ old.T)[0, 0])) < 0.9


def test_the_same_weights_have_the_same_fingerprint(registry: EncoderRegistry, tmp_path: Path) -> None:
    source = small_encoders.save(tmp_path / "one", seed=1)
    for name in ("first", "second"):
        registry.import_from(source, _job(), name=name)
    assert registry.encoder("first").fingerprint == registry.encoder("second").fingerprint


@pytest.mark.parametrize("harm", ["missing", "shorter", "config changed"])
def test_damage_is_noticed(registry: EncoderRegistry, tmp_path: Path, harm: str) -> None:
    registry.import_from(small_encoders.save(tmp_path / "source"), _job(), name="mine")
    installed = installation.find(tmp_path / "encoders", "mine")
    assert installed is not None
    weights = installed.folder / "open_clip_model.safetensors"
    if harm == "missing":
        weights.unlink()
    elif harm == "shorter":
        weights.write_bytes(weights.read_bytes()[:-1])
    else:
        config = installed.folder / "open_clip_config.json"
        config.write_text(config.read_text().replace("shortest", "longest "))
    assert registry.is_installed("mine")
    assert registry.is_damaged("mine")


def test_damage_that_only_loading_finds_is_remembered(registry: EncoderRegistry, tmp_path: Path) -> None:
    registry.import_from(small_encoders.save(tmp_path / "source"), _job(), name="mine")
    weights = tmp_path / "encoders" / "mine" / "open_clip_model.safetensors"
    content = weights.read_bytes()
    weights.write_bytes(b"\xff" * 8 + content[8:])
    assert not registry.is_damaged("mine")
    with pytest.raises(LibraryError, match="damaged"):
        registry.encoder("mine").encode_texts(["dog"])
    assert registry.is_damaged("mine")
    registry.import_from(tmp_path / "source", _job(), name="mine")
    assert not registry.is_damaged("mine")
    registry.encoder("mine").encode_texts(["dog"])


def test_built_in_encoders_stay(tmp_path: Path) -> None:
    registry = colour_encoder.colour_registry(tmp_path / "encoders", tmp_path / "cache")
    for name in ("starter", "colours"):
        with pytest.raises(LibraryError):
            registry.remove(name)
        with pytest.raises(LibraryError):
            registry.import_from(small_encoders.save(tmp_path / "source"), _job(), name=name)


def test_the_speed_is_measured_and_kept(tmp_path: Path) -> None:
    registry = colour_encoder.colour_registry(tmp_path / "encoders", tmp_path / "cache")
    assert registry.photos_per_s("colours") is None
    measured = registry.measure("colours")
    assert measured > 0
    again = colour_encoder.colour_registry(tmp_path / "encoders", tmp_path / "cache")
    assert again.photos_per_s("colours") == pytest.approx(measured, rel=0.01)
    assert again.photos_per_s("colours-2") is None


def test_a_broken_measurements_file_is_only_forgotten(tmp_path: Path) -> None:
    registry = colour_encoder.colour_registry(tmp_path / "encoders", tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    for content in ("{", "[]", '{"x": 3}'):
        (tmp_path / "cache" / "encoder_measurements.json").write_text(content)
        assert registry.photos_per_s("colours") is None


def test_folder_names_are_safe_and_differ() -> None:
    names = ["a/b", "a--b", "a-b", "../x", "a/b/c", "a/b--c", "..", "con:1", "con 1", "ä", "ö", "x" * 300]
    folders = [installation.folder_name(name) for name in names]
    assert len(set(folders)) == len(names)
    assert all(folder and not set(folder) & set('/\\:*?"<>| ') and len(folder) < 120 for folder in folders)
    assert not any(folder.startswith(".") for folder in folders)


def test_open_clip_still_lists_what_we_need() -> None:
    assert "ViT-B-32-SigLIP2-256" in open_clip.list_models()
