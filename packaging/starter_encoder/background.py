"""Writes the embeddings of the texts that queries are judged against, by the heads in `resources/`.

    python packaging/starter_encoder/background.py

To be run again after training, or when resources/background_prompts.txt or resources/unusual_prompts.txt has changed;
a test says when it was forgotten. Then the first search on a new computer need not encode 450 texts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.embedding import starter
from core.embedding.registry import EncoderRegistry
from core.search import background_file


def main() -> None:
    """Replace the file."""
    folder = starter.heads().parent
    prompts = background_file.all_prompts()
    with tempfile.TemporaryDirectory() as nowhere:
        encoder = EncoderRegistry(Path(nowhere), Path(nowhere)).encoder("starter")
        rows = encoder.encode_texts(prompts).astype(np.float16)
        name = background_file.file_name(encoder, background_file.PURPOSE, prompts)
    for old in folder.glob(f"{background_file.PURPOSE}-*.npy"):
        old.unlink()
    background_file.write(folder / name, rows)
    print(f"{folder / name}: {len(prompts)} texts")


if __name__ == "__main__":
    main()
