"""All benchmarks, one after the other, each in a process of its own; prints their JSON."""

from __future__ import annotations

import subprocess
import sys

NAMES = (
    "indexing",
    "while_indexing",
    "estimate",
    "starter_speed",
    "search_latency",
    "query_language",
    "matrix_scan",
    "smart_albums",
    "explaining",
    "scrolling",
    "startup",
    "responsiveness",
    "tagging",
)


def main() -> int:
    """Run every benchmark; the exit code of the first that fails."""
    for name in NAMES:
        print(f"== {name}", flush=True)
        code = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
