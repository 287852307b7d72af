"""Typed ids, and what an embedding is."""

from __future__ import annotations

from typing import NewType

import numpy as np
from numpy.typing import NDArray

PhotoId = NewType("PhotoId", int)
FolderId = NewType("FolderId", int)
AlbumId = NewType("AlbumId", int)
TagId = NewType("TagId", int)
RunId = NewType("RunId", int)
Embedding = NDArray[np.float32]
"""One embedding (d,) or several (n, d); float32, each row L2-normalised."""
