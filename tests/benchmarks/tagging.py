"""How long it takes to score the vocabulary over 100,000 photos, and to decide in a review of 20,000 suggestions."""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

from core import places
from core.domain import PhotoId, RunId, Suggestion, SuggestionRun
from core.jobs import JobControl
from core.library import Library
from core.photo_scores import PhotoScores
from core.suggesting import comparison
from core.tagging import prompt_file, suggestions, vocabulary, zero_shot
from tests.benchmarks import machine, synthetic_library


def scoring(count: int, runs: int, home: Path | None) -> dict[str, object]:
    """Seconds to score every word over `count` photos, suggestions included, and what memory that takes."""
    with synthetic_library.at(home, count) as own:
        words = [one for one in vocabulary.parse(places.resource("vocabulary.toml").read_text("utf-8"))
                 if not one.is_sensitive]  # fmt: skip
        with Library(own) as library:
            library.warm_up()
            engine = library._choice.engine()
            started_at = time.perf_counter()
            job, encoder = JobControl("tag", ""), engine.encoder
            zero_shot.columns(words, lambda texts: prompt_file.embed(encoder, own.cache, texts, job))
            prompts_s = time.perf_counter() - started_at
            before_mb = _peak_mb()
            times, found = [], 0
            for _ in range(runs):
                started_at = time.perf_counter()
                compared = comparison(engine, own.cache, words, JobControl("tag", ""), PhotoScores(engine, own.cache))
                found = 0
                for ids, embeddings in compared.scores.chunks():
                    found += len(suggestions.choose(ids, compared.candidates(ids, embeddings), words, set()))
                times.append(time.perf_counter() - started_at)
            first, *later = times
            return {
                "photos": count,
                "words": len(words),
                "scoring for the first time in s": round(first, 2),
                "scoring again in s, median": round(statistics.median(later), 2),
                "scoring again in s, best": round(min(later), 2),
                "prompts embedded once in s": round(prompts_s, 1),
                "memory on top in MB": round(_peak_mb() - before_mb),
                "suggestions": found,
            }


def reviewing(count: int, decisions: int) -> dict[str, object]:
    """Milliseconds from pressing A to the next painted frame, with `count` suggestions in ten tags."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from app.tasks import Tasks
    from app.views.tag_review import TagReview

    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RECOLLECT_HOME"] = folder
        own = places.places()
        (Path(folder) / "photos").mkdir()
        synthetic_library.build(own.catalog, Path(folder) / "photos", count, dimension=0)
        with Library(own) as library:
            tasks = Tasks()
            review = TagReview(library, tasks)
            review.resize(1280, 820)
            review.show()
            run = SuggestionRun(
                RunId(1), "many",
                tuple(Suggestion(PhotoId(n + 1), f"tag {n % 10}", 0.5 + n / count / 2) for n in range(count)),
            )  # fmt: skip
            started_at = time.perf_counter()
            review.show_run(run)
            app.processEvents()
            opened_ms = (time.perf_counter() - started_at) * 1000
            grid = review._page.grid
            times = []
            for _ in range(decisions):
                started_at = time.perf_counter()
                QTest.keyClick(grid, Qt.Key.Key_R)
                grid.viewport().repaint()
                times.append((time.perf_counter() - started_at) * 1000)
            scrolls = []
            bar = grid.verticalScrollBar()
            for step in range(decisions):
                started_at = time.perf_counter()
                bar.setValue(step * bar.maximum() // decisions)
                grid.viewport().repaint()
                scrolls.append((time.perf_counter() - started_at) * 1000)
            review._review = None
            tasks.close()
            return {
                "suggestions": count,
                "opened in ms": round(opened_ms),
                "a decision in ms, median": round(statistics.median(times), 1),
                "a decision in ms, worst": round(max(times), 1),
                "a frame while scrolling in ms, median": round(statistics.median(scrolls), 1),
                "a frame while scrolling in ms, worst": round(max(scrolls), 1),
            }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--photos", type=int, default=100_000)
    arguments.add_argument("--suggestions", type=int, default=20_000)
    arguments.add_argument("--runs", type=int, default=6)
    arguments.add_argument("--home", type=Path, help="a library made by synthetic_library")
    given = arguments.parse_args()
    print(json.dumps({
        "machine": machine.description(), "scoring": scoring(given.photos, given.runs, given.home),
        "reviewing": reviewing(given.suggestions, 60),
    }, indent=2))  # fmt: skip


if __name__ == "__main__":
    main()
