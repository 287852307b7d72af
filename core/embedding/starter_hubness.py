"""Takes back what makes some photos the answer to every question. Constants and the text side; torch-free.

In a shared space a few photos, the hubs, are near to very many texts. As in querybank normalisation (Bogolin et al.,
"Cross Modal Retrieval with Querybank Normalisation", CVPR 2022), a photo's score is lowered by its soft maximum over
a bank of everyday texts: here the centres of 512 clusters of training texts. Nothing outside the encoder needs to know:
the correction becomes two more coordinates of unit vectors, as maximum inner product search becomes cosine search
(Bachrach et al., RecSys 2014). With q and p the unit vectors of a text and a photo and h the photo's hubness,

    text  (a q, b, 0)        a = cos(angle), b = sin(angle), tan(angle) = STRENGTH
    photo (c p, -c (h - mean), rest)        c = KEPT, rest so that the length is 1

have the cosine a c (q p - STRENGTH (h - mean)).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from core.domain import Embedding

STRENGTH: Final = 0.5
SHARPNESS: Final = 20.0
"""Of the soft maximum."""
KEPT: Final = 0.95
"""Of a photo's own vector, so that the two other coordinates fit into length 1."""
EXTRA: Final = 2

_ANGLE = math.atan(STRENGTH)


def extend_texts(rows: Embedding) -> Embedding:
    """Unit rows (n, d - 2) to unit rows (n, d)."""
    extra = np.tile(np.array([math.sin(_ANGLE), 0.0], dtype=np.float32), (len(rows), 1))
    return np.concatenate([rows * np.float32(math.cos(_ANGLE)), extra], axis=1)
