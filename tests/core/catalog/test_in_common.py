"""What several photos have in common, of any number at once."""

from __future__ import annotations

from core.domain import PhotoId
from tests.support.libraries import Shelf


def test_what_all_of_them_have(shelf: Shelf) -> None:
    for name in ("a.png", "b.png", "c.png"):
        shelf.picture(name)
    shelf.watch_root()
    library, ids = shelf.library, shelf.ids("a.png", "b.png", "c.png")
    library.add_tag("sea", ids)
    library.add_tag("boat", ids[:2])
    library.create_album("all", ids)
    library.create_album("some", ids[1:])
    library.set_rating(ids, 4)
    found = library.in_common(ids)
    assert (found.count, found.rating, found.formats) == (3, 4, (("PNG", 3),))
    assert ([tag.name for tag in found.tags], [name for _, name in found.albums]) == (["sea"], ["all"])
    assert found.size_bytes == sum(library.details(one).size_bytes for one in ids)
    taken = [photo.taken_at for photo in library.photos(ids)]
    assert (found.first_taken_at, found.last_taken_at) == (min(taken), max(taken))
    library.set_rating(ids[:1], 2)
    assert library.in_common(ids).rating is None
    assert [tag.name for tag in library.in_common(ids[:2]).tags] == ["boat", "sea"]


def test_photos_that_left_are_passed_over(shelf: Shelf) -> None:
    shelf.picture("a.png")
    shelf.watch_root()
    (one,) = shelf.ids("a.png")
    shelf.library.add_tag("sea", [one])
    found = shelf.library.in_common([one, PhotoId(999)])
    assert (found.count, [tag.name for tag in found.tags]) == (1, ["sea"])
    assert shelf.library.in_common([]).count == 0
