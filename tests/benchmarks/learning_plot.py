"""Draws the figures of `tests.benchmarks.learning --json` as an SVG of its own, without any drawing library.

python -m tests.benchmarks.learning_plot learning.json docs/images/learning.svg
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 560, 300, 56, 44, 20
LINES = (("alone", "the word alone", "#8a8a8a"), ("taught", "with examples", "#1a66d6"))


def drawn(rows: list[dict[str, float]]) -> str:
    """An SVG of average precision over the number of examples."""
    top = max(max(row["alone"], row["taught"]) for row in rows) * 1.1
    step = (WIDTH - LEFT - 120) / max(1, len(rows) - 1)

    def x(at: int) -> float:
        return LEFT + at * step

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    ]
    for tenth in range(int(top * 10) + 1):
        value = tenth / 10
        parts.append(
            f'<line x1="{LEFT}" x2="{x(len(rows) - 1):.0f}" y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="#e4e4e4"/>'
            f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end" fill="#555">{value:.1f}</text>'
        )
    for at, row in enumerate(rows):
        parts.append(
            f'<text x="{x(at):.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#555">'
            f"{int(row['examples'])}</text>"
        )
    parts.append(
        f'<text x="{x(0):.0f}" y="{HEIGHT - 8}" fill="#555">'
        "examples of a tag; average precision, mean of all tags</text>"
    )
    for key, title, colour in LINES:
        points = " ".join(f"{x(at):.1f},{y(row[key]):.1f}" for at, row in enumerate(rows))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(
            f'<text x="{x(len(rows) - 1) + 8:.0f}" y="{y(rows[-1][key]) + 4:.1f}" fill="{colour}">{title}</text>'
        )
    return "".join(parts) + "</svg>\n"


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(drawn(json.loads(Path(sys.argv[1]).read_text("utf-8"))), encoding="utf-8")
