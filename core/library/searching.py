"""Searching and explaining; what can be typed. Any thread."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

from core.catalog import photo_files
from core.domain import (
    ExamplePicture,
    Explanation,
    PhotoId,
    Query,
    SearchResult,
    SeenWord,
)
from core.jobs import JobControl
from core.library.folders import FolderVerbs
from core.query_parts import Completion, ParsedQuery
from core.search import (
    example_pictures,
    filter_names,
    query_language,
)


class SearchVerbs(FolderVerbs):
    """Finding photos, and why."""

    def search(self, query: Query) -> SearchResult:
        """Answer a query; may load the encoder (seconds, the first time). Raises QueryError, LibraryError."""
        return self._choice.engine().search(query)

    @property
    def is_warm(self) -> bool:
        """Whether the next typed query is answered without loading the encoder first."""
        return self._choice.engine().is_warm

    def example(self, path: Path) -> ExamplePicture:
        """A picture file to search by; the photo itself where the library knows the file."""
        path = Path(os.path.abspath(path))  # noqa: PTH100  (resolve() would follow links)
        for folder in self.folders():
            if path.is_relative_to(folder.path):
                with self._catalog.reading() as connection:
                    row = photo_files.file_at(connection, folder.id, folder.path, path)
                if row is not None:
                    return ExamplePicture(photo_id=row.photo_id, path=path, title=path.name)
        return ExamplePicture(path=path, title=path.name)

    @staticmethod
    def read_query(text: str) -> ParsedQuery:
        """What a typed text is understood as; asks nothing of the library and takes no time."""
        return query_language.parse(text)

    @staticmethod
    def query_filters() -> dict[str, tuple[str, str]]:
        """The filters that a query may have: what each means, and an example."""
        return dict(filter_names.FILTERS)

    def completions(self, text: str, cursor: int) -> list[Completion]:
        """Ways to go on typing at `cursor`: filters, and names that photos of the library have."""
        return self._completions.of(text, cursor)

    def example_image(self, example: ExamplePicture, shorter_side_px: int) -> Image.Image:
        """The upright RGB pixels of an example picture, or of its region with the context it needs. Long.

        The shorter side is at least `shorter_side_px` where the file allows that. Raises QueryError.
        """
        return example_pictures.open_image(self._catalog, example, shorter_side_px)

    def explain(
        self, photo_id: PhotoId, query: Query = Query(), wish: int = 0, job: JobControl | None = None
    ) -> Explanation:
        """Where in a photo one of its wishes is answered; see `Explanation.wishes`. Long, the next wish is not.

        Raises LibraryError, Cancelled.
        """
        return self._explaining.explain(photo_id, query, wish, job or JobControl("explain", "Looking closer"))

    def looks_like(self, photo_id: PhotoId) -> tuple[SeenWord, ...]:
        """The strongest words of the vocabulary; none before the photo is embedded. Long the first time."""
        return self._explaining.looks_like(photo_id)

    def warm_up(self) -> None:
        """Load what the first typed query needs. Long."""
        self._choice.engine().warm_up()
