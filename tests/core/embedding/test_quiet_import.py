"""Torch is imported without freezing the other threads."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from core.embedding.quiet_import import quietly

_LOADED_BEFORE_THE_IMPORT = """
import sys
from pathlib import Path
from core.embedding import quiet_import
quiet_import.load_libraries()
assert "torch" not in sys.modules
assert "libtorch_cpu.so" in Path("/proc/self/maps").read_text()
import torch
assert torch.ones(2).sum() == 2
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_libraries_are_loaded_before_torch_is_imported_and_torch_works_with_them() -> None:
    subprocess.run([sys.executable, "-c", _LOADED_BEFORE_THE_IMPORT], check=True)


def import_what_is_not_there() -> None:
    with quietly():
        assert not gc.isenabled()
        raise ImportError


@pytest.mark.parametrize("is_enabled", [True, False])
def test_collections_go_on_afterwards_as_before(is_enabled: bool) -> None:
    (gc.enable if is_enabled else gc.disable)()
    try:
        with pytest.raises(ImportError):
            import_what_is_not_there()
        assert gc.isenabled() == is_enabled
    finally:
        gc.enable()
        gc.unfreeze()


def test_where_nothing_is_left_to_import_nothing_is_kept_from_the_collector() -> None:
    before = gc.get_freeze_count()
    with quietly():
        import gc as there_already
    assert gc.get_freeze_count() == before
    assert there_already is gc


_IMPORTED_WITH_ALL_THAT_ENCODERS_NEED = """
from core.embedding.quiet_import import quietly
with quietly():
    import open_clip
"""


def test_a_command_that_imported_torch_ends_without_a_word() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _IMPORTED_WITH_ALL_THAT_ENCODERS_NEED], check=True, capture_output=True, text=True
    )
    assert ended.stderr == ""
