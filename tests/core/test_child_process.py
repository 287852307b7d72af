"""Child processes: Ctrl+C while they start is the program's alone to answer, and all find their modules imported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.support.libraries import PATIENCE_S, wait_until

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")

_SLOW = """
import contextlib, os, threading
from pathlib import Path

HERE = Path(__file__).parent

def wait():
    (HERE / "waiting").touch()
    until_there("go")

def until_there(name, most=1000):
    while most and not (HERE / name).exists():
        threading.Event().wait(0.01)
        most -= 1
    return bool(most)

if os.environ.get("SLOW") == "import" and os.environ["PARENT"] != str(os.getpid()):
    wait()

def serve(pipe):
    if os.environ["SLOW"] == "serve":
        wait()
    (HERE / "survived").touch()
    with contextlib.suppress(EOFError, OSError):
        pipe.recv()
"""

_PARENT = """
import os, signal, sys
os.environ.setdefault("PARENT", str(os.getpid()))
import slow
from core import child_process

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ours, theirs = child_process.context().Pipe()
    try:
        child = child_process.ChildProcess("slow", slow.serve, (theirs,))
        ours.recv()
    except KeyboardInterrupt:
        has_survived = slow.until_there("survived")  # who exits at once kills a child before it can complain
        print("Stopped." if has_survived else "The child is gone.", file=sys.stderr)
        sys.exit(1)
"""

_AT_START = """
import os, sys
if "multiprocessing.forkserver" in " ".join(sys.orig_argv):
    os.environ["SLOW"] = "import"
    import slow
"""


@pytest.mark.parametrize("stage", ["server", "import", "serve"])
def test_ctrl_c_while_a_child_starts_says_nothing_but_what_the_program_says(tmp_path: Path, stage: str) -> None:
    """Sent while the fork server starts, while the child imports what it runs, and while it runs."""
    if stage == "server" and sys.platform != "linux":
        pytest.skip("there is no fork server")
    (tmp_path / "slow.py").write_text(_SLOW)
    (tmp_path / "parent.py").write_text(_PARENT)
    if stage == "server":
        (tmp_path / "sitecustomize.py").write_text(_AT_START)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]), "SLOW": stage}
    command = [sys.executable, str(tmp_path / "parent.py")]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        try:
            wait_until((tmp_path / "waiting").exists)
            if stage == "import":  # the program itself would kill a child that has not begun, before it can complain
                for one in psutil.Process(parent.pid).children(recursive=True):
                    one.send_signal(signal.SIGINT)
                (tmp_path / "go").touch()
                wait_until((tmp_path / "survived").exists)
            os.killpg(parent.pid, signal.SIGINT)
            (tmp_path / "go").touch()
            _, said = parent.communicate(timeout=PATIENCE_S)
        finally:
            parent.kill()
    assert (said, parent.returncode) == ("Stopped.\n", 1)


def printed(folder: Path, program: str) -> tuple[str, str]:
    """What a program says and complains about, with this project to import."""
    path = folder / "program.py"
    path.write_text(program)
    run = subprocess.run(
        [sys.executable, path], env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=PATIENCE_S,
    )  # fmt: skip
    return run.stdout, run.stderr


_REPORTING = """
import sys
from core import child_process

def serve(pipe):
    pipe.send(set(child_process.PRELOADED) <= set(sys.modules))

if __name__ == "__main__":
    ours, theirs = child_process.context().Pipe()
    child_process.ChildProcess("reporting", serve, (theirs,))
    print(ours.recv())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there is no fork server")
def test_whichever_child_comes_first_each_finds_everything_imported(tmp_path: Path) -> None:
    assert printed(tmp_path, _REPORTING) == ("True\n", "")


_STEPPED_BACK = """
import os, threading
from core import child_process, manners

def serve(pipe):
    pipe.send(os.getpriority(os.PRIO_PROCESS, 0))

def ask():
    manners.step_back()
    ours, theirs = child_process.context().Pipe()
    child_process.ChildProcess("asked", serve, (theirs,))
    stepped_back = os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) > before
    print(stepped_back, ours.recv() - before)

if __name__ == "__main__":
    before = os.getpriority(os.PRIO_PROCESS, 0)
    child_process.prepare()
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has a priority of its own")
def test_a_child_does_not_step_back_with_the_thread_that_first_needed_one(tmp_path: Path) -> None:
    """Else typed words would wait behind everything in the process that encodes, if a file was read before."""
    assert printed(tmp_path, _STEPPED_BACK) == ("True 0\n", "")
