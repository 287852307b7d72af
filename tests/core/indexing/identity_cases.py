"""The table of cases of `test_identity`: what is done to the files, and whose marks each name wears afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.file_deeds import (
    Deed,
    copy,
    delete,
    edit,
    hard_link,
    in_turn,
    link,
    nothing,
    rename,
    shoot,
    swap,
    touch,
    turn,
)  # fmt: skip

SEA, DUNE, WOOD, CAT = "sea.png", "dune.png", "sub/wood.png", "IMG_1.jpg"
"""The four photos at the start, each with a tag, an album and stars of its own."""
SECOND = "../second"
"""The other watched folder."""
MAY, JUNE = "2024:05:01 12:30:00", "2024:06:02 18:00:00"
STARS = {"sea": 1, "dune": 2, "wood": 3, "cat": 4, "": 0}
GONE = None
NO_MARKS = ""
LOOK: Deed = nothing
"""Recollect has the time to see what happened so far."""


@dataclass(frozen=True)
class Case:
    """What is done, and what differs afterwards: each name with whose marks it wears."""

    deeds: tuple[Deed, ...]
    after: dict[str, str | None] = field(default_factory=dict)
    encoded: int = 0
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Added, changed, moved and gone, as the last scan says when everything was done while Recollect was closed."""


CASES = {
    # -- renamed and moved -----------------------------------------------------------------------------------------
    "nothing": Case((LOOK,)),
    "touched": Case((touch(SEA),)),
    "renamed": Case((rename(SEA, "q.png"),), {SEA: GONE, "q.png": "sea"}, counts=(0, 0, 1, 0)),
    "renamed, case only": Case((rename(SEA, "SEA.png"),), {SEA: GONE, "SEA.png": "sea"}, counts=(0, 0, 1, 0)),
    "renamed twice": Case(
        (rename(SEA, "q.png"), LOOK, rename("q.png", "r.png")), {SEA: GONE, "r.png": "sea"}, counts=(0, 0, 1, 0)
    ),
    "moved within the folder": Case(
        (rename(SEA, "new/sea.png"),), {SEA: GONE, "new/sea.png": "sea"}, counts=(0, 0, 1, 0)
    ),
    "moved to the other watched folder": Case(
        (rename(SEA, f"{SECOND}/sea.png"),), {SEA: GONE, f"{SECOND}/sea.png": "sea"}, counts=(0, 0, 1, 0)
    ),
    "moved there and back": Case(
        (rename(SEA, f"{SECOND}/q.png"), LOOK, rename(f"{SECOND}/q.png", SEA)), counts=(0, 0, 1, 0)
    ),
    "moved out of all folders and back elsewhere": Case(
        (rename(SEA, "../aside"), LOOK, rename("../aside", "sub/q.png")),
        {SEA: GONE, "sub/q.png": "sea"},
        counts=(0, 0, 1, 0),
    ),
    "a folder renamed": Case((rename("sub", "trip"),), {WOOD: GONE, "trip/wood.png": "wood"}, counts=(0, 0, 1, 0)),
    "a folder renamed in case only": Case(
        (rename("sub", "Sub"),), {WOOD: GONE, "Sub/wood.png": "wood"}, counts=(0, 0, 1, 0)
    ),
    "a folder moved to the other watched folder": Case(
        (rename("sub", f"{SECOND}/sub"),), {WOOD: GONE, f"{SECOND}/sub/wood.png": "wood"}, counts=(0, 0, 1, 0)
    ),
    "a folder renamed, and one of its photos, too": Case(
        (rename("sub", "trip"), rename("trip/wood.png", "trip/q.png")),
        {WOOD: GONE, "trip/q.png": "wood"},
        counts=(0, 0, 1, 0),
    ),
    # -- names exchanged -------------------------------------------------------------------------------------------
    "two names exchanged": Case((swap(SEA, DUNE),), {SEA: "dune", DUNE: "sea"}, counts=(0, 0, 2, 0)),
    "two names exchanged between folders": Case((swap(SEA, WOOD),), {SEA: "wood", WOOD: "sea"}, counts=(0, 0, 2, 0)),
    "two names exchanged and exchanged back": Case((swap(SEA, DUNE), LOOK, swap(SEA, DUNE)), counts=(0, 0, 2, 0)),
    "three names in a ring": Case(
        (in_turn(swap(SEA, DUNE), swap(DUNE, WOOD)),), {SEA: "dune", DUNE: "wood", WOOD: "sea"}, counts=(0, 0, 3, 0)
    ),
    "names exchanged one at a time": Case(
        (rename(SEA, "x.png"), LOOK, rename(DUNE, SEA), LOOK, rename("x.png", DUNE)),
        {SEA: "dune", DUNE: "sea"},
        counts=(0, 0, 1, 0),
    ),
    "renamed onto another photo": Case((rename(SEA, DUNE),), {SEA: GONE, DUNE: "sea"}, counts=(0, 0, 1, 1)),
    "renamed onto another photo, which then comes back": Case(
        (copy(DUNE, "../kept"), rename(SEA, DUNE), LOOK, rename("../kept", "q.png")),
        {SEA: GONE, DUNE: "sea", "q.png": "dune"},
        counts=(0, 0, 1, 0),
    ),
    # -- copies ----------------------------------------------------------------------------------------------------
    "copied": Case((copy(SEA, "q.png"),), {"q.png": "copy of sea"}, counts=(1, 0, 0, 0)),
    "copied to the other watched folder": Case(
        (copy(SEA, f"{SECOND}/sea.png"),), {f"{SECOND}/sea.png": "copy of sea"}, counts=(1, 0, 0, 0)
    ),
    "copied, then the copy edited": Case(
        (copy(SEA, "q.png"), LOOK, edit("q.png")), {"q.png": "copy of sea"}, encoded=1, counts=(0, 1, 0, 0)
    ),
    "copied, then the original edited": Case(
        (copy(SEA, "q.png"), LOOK, edit(SEA)), {"q.png": "copy of sea"}, encoded=1, counts=(0, 1, 0, 0)
    ),
    "copied and edited at once": Case(
        (copy(SEA, "q.png"), edit("q.png")), {"q.png": NO_MARKS}, encoded=1, counts=(1, 0, 0, 0)
    ),
    "copied, then the original deleted": Case(
        (copy(SEA, "q.png"), LOOK, delete(SEA)), {SEA: GONE, "q.png": "sea"}, counts=(0, 0, 0, 1)
    ),
    "copied, then the copy deleted": Case((copy(SEA, "q.png"), LOOK, delete("q.png")), counts=(0, 0, 0, 1)),
    "copied and the original deleted at once": Case(
        (copy(SEA, "q.png"), delete(SEA)), {SEA: GONE, "q.png": "sea"}, counts=(0, 0, 1, 0)
    ),
    "copied over another photo": Case((copy(SEA, DUNE),), {DUNE: "copy of sea"}, counts=(1, 0, 0, 1)),
    "copied over another photo, which is put back": Case(
        (copy(DUNE, "../kept"), copy(SEA, DUNE), LOOK, copy("../kept", DUNE)), counts=(1, 0, 0, 1)
    ),
    "a hard link": Case((hard_link(SEA, "q.png"),), {"q.png": "copy of sea"}, counts=(1, 0, 0, 0)),
    "a hard link, and the first name deleted": Case(
        (hard_link(SEA, "q.png"), LOOK, delete(SEA)), {SEA: GONE, "q.png": "sea"}, counts=(0, 0, 0, 1)
    ),
    "a symbolic link": Case((link(SEA, "q.png"),), {"q.png": "copy of sea"}, counts=(1, 0, 0, 0)),
    "a photo moved away and a link left in its place": Case(
        (rename(SEA, "sub/sea.png"), link("sub/sea.png", SEA)),
        {SEA: "sea", "sub/sea.png": "copy of sea"},
        counts=(1, 0, 0, 0),
    ),
    # -- edited and replaced ---------------------------------------------------------------------------------------
    "edited in place": Case((edit(SEA),), encoded=1, counts=(0, 1, 0, 0)),
    "edited, and the edit taken back": Case((edit(SEA), LOOK, edit(SEA, "blue"), LOOK), encoded=2),
    "moved and edited at once": Case(
        (rename(SEA, "q.png"), edit("q.png")), {SEA: GONE, "q.png": NO_MARKS}, encoded=1, counts=(1, 0, 0, 1)
    ),
    "renamed, and another photo in its place": Case(
        (rename(SEA, "q.png"), edit(SEA)), {"q.png": "sea", SEA: NO_MARKS}, encoded=1, counts=(1, 0, 1, 0)
    ),
    "a camera's photo turned in an editor": Case((turn(CAT),), encoded=1, counts=(0, 1, 0, 0)),
    "a camera that counts from the start again": Case(
        (shoot(CAT, 9, JUNE),), {CAT: NO_MARKS}, encoded=1, counts=(1, 0, 0, 1)
    ),
    "a camera that counts from the start again, the first photo put back": Case(
        (copy(CAT, "../kept"), shoot(CAT, 9, JUNE), LOOK, rename("../kept", "q.jpg")),
        {CAT: NO_MARKS, "q.jpg": "cat"},
        encoded=1,
        counts=(0, 0, 1, 0),
    ),
    # -- deleted and back ------------------------------------------------------------------------------------------
    "deleted": Case((delete(SEA),), {SEA: GONE}, counts=(0, 0, 0, 1)),
    "deleted and restored": Case((rename(SEA, "../trash"), LOOK, rename("../trash", SEA)), counts=(1, 0, 0, 0)),
    "deleted and restored under another name": Case(
        (rename(SEA, "../trash"), LOOK, rename("../trash", "q.png")), {SEA: GONE, "q.png": "sea"}, counts=(0, 0, 1, 0)
    ),
    "deleted, another photo in its place, then restored": Case(
        (rename(SEA, "../trash"), LOOK, edit(SEA), LOOK, rename("../trash", "q.png")),
        {SEA: NO_MARKS, "q.png": "sea"},
        encoded=1,
        counts=(0, 0, 1, 0),
    ),
}
