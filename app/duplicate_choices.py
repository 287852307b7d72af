"""Which photos of a group stay and which go. Pure; no widget is touched.

At least one photo that is there always stays; what is offline or unreadable is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.domain import DuplicateGroup, DuplicateKind, DuplicatePhoto, KeepChoice, PhotoId


@dataclass(slots=True)
class GroupChoice:
    """One group with what the person wants to keep of it."""

    group: DuplicateGroup
    kept: set[PhotoId] = field(default_factory=set)
    is_touched: bool = False
    """The person chose; otherwise the keep rules did."""

    def __post_init__(self) -> None:
        if not self.kept:
            self.follow_rules()

    @property
    def key(self) -> frozenset[PhotoId]:
        """The same for the same photos, whatever their order."""
        return frozenset(one.id for one in self.group.photos)

    @property
    def leaving(self) -> tuple[DuplicatePhoto, ...]:
        """The photos that would go to the trash."""
        return tuple(one for one in self.group.photos if one.id not in self.kept)

    @property
    def size_bytes(self) -> int:
        """What would be won."""
        return sum(one.size_bytes for one in self.leaving)

    def follow_rules(self) -> None:
        """Keep what the rules say: of duplicates the first one, of all other kinds everything."""
        is_same = self.group.kind is DuplicateKind.SAME
        first, *others = self.group.photos
        self.kept = {first.id, *(one.id for one in others if not is_same or not one.is_available)}
        self.is_touched = False

    def keep_all(self) -> None:
        """Nothing of this group goes."""
        self.kept = set(self.key)
        self.is_touched = True

    def keep_only(self, photo_id: PhotoId) -> bool:
        """Everything else goes; False when the photo is not there to be counted on."""
        if not self._one(photo_id).is_available:
            return False
        self.kept = {photo_id, *(one.id for one in self.group.photos if not one.is_available)}
        self.is_touched = True
        return True

    def toggle(self, photo_id: PhotoId) -> bool:
        """Keep a photo, or let it go; False when it is the last one that is there."""
        if photo_id not in self.kept:
            self.kept.add(photo_id)
        elif self._one(photo_id).is_available and any(
            one.is_available and one.id in self.kept and one.id != photo_id for one in self.group.photos
        ):
            self.kept.discard(photo_id)
        else:
            return False
        self.is_touched = True
        return True

    def choice(self) -> KeepChoice:
        """What the library is told."""
        kept = [one for one in self.group.photos if one.id in self.kept]
        kept.sort(key=lambda one: not one.is_available)
        return KeepChoice(tuple(one.id for one in kept), tuple(one.id for one in self.leaving))

    def _one(self, photo_id: PhotoId) -> DuplicatePhoto:
        return next(one for one in self.group.photos if one.id == photo_id)
