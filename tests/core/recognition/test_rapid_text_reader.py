"""The reader that is shipped as an option, on drawn signs, without a network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from core.errors import LibraryError
from core.recognition import rapid_text_reader
from core.recognition.text_reader import cleaned

installed = pytest.mark.skipif(not rapid_text_reader.is_installed(), reason="recollect[text] is not installed")

_WITHOUT_A_NETWORK = """
import socket, sys
def deny(*arguments, **options): raise OSError("no network in this test")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = deny
from PIL import Image
from core.recognition.rapid_text_reader import RapidTextReader
from core.recognition.text_reader import cleaned
print(cleaned(RapidTextReader().read(Image.open(sys.argv[1]).convert("RGB"))))
assert not [name for name in sys.modules if name.startswith("PySide6")]
"""


def sign(words: str, size: tuple[int, int] = (900, 600), size_px: int = 40) -> Image.Image:
    image = Image.new("RGB", size, (60, 90, 140))
    font = ImageFont.load_default(size_px)
    ImageDraw.Draw(image).text((60, size[1] // 2), words, fill=(255, 255, 255), font=font)
    return image


@installed
def test_it_reads_a_sign_without_a_network(tmp_path: Path) -> None:
    sign("Bakery on Main Street 1924").save(tmp_path / "sign.png")
    answer = subprocess.run(
        [sys.executable, "-c", _WITHOUT_A_NETWORK, str(tmp_path / "sign.png")],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert "bakery on main street 1924" in " ".join(answer.stdout.casefold().split())


@installed
def test_small_words_of_a_large_picture_are_read_and_a_picture_without_text_gives_none() -> None:
    reader = rapid_text_reader.RapidTextReader()
    assert "Harbour" in cleaned(reader.read(sign("Harbour Museum", (2400, 1600), 48)))
    assert reader.read(Image.new("RGB", (800, 600), (60, 90, 140))) == []


def test_without_the_option_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(LibraryError) as caught:
        rapid_text_reader.RapidTextReader()
    assert "pip install" in caught.value.hint
    assert "recollect[text]" in caught.value.hint


@installed
def test_opencv_leaves_qt_alone() -> None:
    """opencv-python brings Qt plugins of its own and points Qt at them; the headless one must be what is installed."""
    check = "import os, cv2; assert 'QT_QPA_PLATFORM_PLUGIN_PATH' not in os.environ; print(cv2.__version__)"
    answer = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False, timeout=120)
    assert answer.returncode == 0, answer.stderr
