"""From the command to a usable window over 100,000 photos: the process, the window, the first photos in the grid."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core import places
from core.settings import Settings, save
from tests.benchmarks import machine, synthetic_library

_RUNS = 5
_PROBE = """
import sys, time
started_at = float(sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app import theme
from app.application import Application
from core import places
app = QApplication([])
application = Application(places.places())
theme.apply(app, "light")
application.start()
model = application.shell.model
times = {}
def look():
    if "window" not in times:
        times["window"] = time.time() - started_at
    if model.rowCount() > 0:
        times["photos"] = time.time() - started_at
        times["torch imported"] = "torch" in sys.modules
        app.quit()
    else:
        QTimer.singleShot(1, look)
QTimer.singleShot(0, look)
app.exec()
import json, resource
times["peak memory in MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(times), flush=True)
application.close()
"""


def measure(count: int) -> dict[str, object]:
    """Seconds from the start of the process, medians over some runs after one that does not count."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "RECOLLECT_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        os.environ["RECOLLECT_HOME"] = home
        own = places.places()
        photos = Path(home) / "photos"
        photos.mkdir()
        synthetic_library.build(own.catalog, photos, count)
        save(Settings(has_seen_welcome=True), own.settings)
        runs = [_run(environment) for _ in range(_RUNS + 1)][1:]
    return {
        "photos": count,
        "window in s": machine.summary([float(run["window"]) for run in runs]),
        "photos in the grid in s": machine.summary([float(run["photos"]) for run in runs]),
        "torch imported by then": any(run["torch imported"] for run in runs),
        "peak memory in MB": max(int(run["peak memory in MB"]) for run in runs),
    }


def _run(environment: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-c", _PROBE, str(time.time())]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=100_000)
    print(json.dumps({"machine": machine.description(), **measure(parser.parse_args().photos)}, indent=2))
