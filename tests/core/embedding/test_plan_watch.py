"""The self-test is repeated when an encoder runs at quite another speed than it promised, and only then."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from core.embedding import devices, self_test, trial
from core.embedding.measurements import Measurements, Plan
from core.embedding.open_clip_towers import image_tower, text_tower
from core.embedding.plan_watch import WARM_UP, WINDOW, PlanWatch
from core.embedding.preprocessing import Preprocessing
from core.embedding.runners import ImageRunner
from core.embedding.towers import Towers
from tests.support import small_encoders


def noticed_at(promised_per_s: float, seconds: Sequence[float]) -> list[int]:
    """The batches of ten pictures after which the watch asked for another self-test."""
    watch = PlanWatch(promised_per_s)
    return [number for number, one in enumerate(seconds, start=1) if watch.note(10, one)]


@pytest.mark.parametrize(
    ("seconds", "is_noticed"),
    [
        ([1.0], False),
        ([0.8, 1.3], False),
        ([0.5], True),
        ([4.0], True),
        ([4.0, 4.0, 4.0, 1.1], False),
    ],
    ids=["as promised", "about as promised", "twice as fast", "four times slower", "slowed by others most of the time"],
)
def test_what_is_far_from_the_promise(seconds: Sequence[float], is_noticed: bool) -> None:
    """The self-test promised ten pictures a second."""
    batches = list(itertools.islice(itertools.cycle(seconds), WARM_UP + WINDOW))
    assert noticed_at(10, batches) == ([WARM_UP + WINDOW] if is_noticed else [])


def test_the_first_batches_and_an_unknown_promise_say_nothing() -> None:
    assert noticed_at(10, [0.1] * WARM_UP + [1.0] * (WINDOW - 1)) == []
    assert noticed_at(0, [0.1] * 100) == []


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_encoders.save(tmp_path_factory.mktemp("encoder"), "vit")


def test_a_wrong_plan_is_found_anew_once_and_kept(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan of a day when the machine was busy promises far too little; the new one is for good."""
    kept, cpu = Measurements(tmp_path), torch.device("cpu")
    name = devices.full_name(cpu)
    kept.keep_plan("small-1", name, Plan("cpu", "float32", 2, photos_per_s=1e-6))
    tested: list[torch.device] = []
    find_plan = self_test.find_plan

    def counted(make_half: object, device: torch.device, side_px: int) -> object:
        tested.append(device)
        return find_plan(make_half, device, side_px)  # type: ignore[arg-type]

    monkeypatch.setattr(self_test, "find_plan", counted)
    towers = Towers(image=lambda: image_tower(home), text=lambda: text_tower(home))
    preprocessing = Preprocessing(32, (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
    runner = ImageRunner(towers, preprocessing, "small-1", kept, lambda: cpu)
    pictures = trial.pictures(2, 32) * (WARM_UP + WINDOW)

    rows = runner.encode(pictures)

    assert (len(rows), tested) == (len(pictures), []), "nothing is tested in the middle of the work asked for"
    runner.encode(pictures[:2])
    assert len(tested) == 1
    plan = kept.plan("small-1", name)
    assert plan is not None
    assert plan.photos_per_s > 1
    runner.release()
    runner.encode(pictures * 3)
    assert len(tested) == 1, "once for each start of the program"


def test_a_plan_without_a_promise_is_found_anew(tmp_path: Path) -> None:
    """As kept by versions that did not know the speed."""
    kept = Measurements(tmp_path)
    kept.keep_plan("old", "cpu", Plan("cpu", "float32", 8))
    file = next(tmp_path.iterdir())
    file.write_text(file.read_text().replace('"photos_per_s": 0.0', '"nothing": 0'))
    assert kept.plan("old", "cpu") is None
