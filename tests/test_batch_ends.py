"""However a batch ends, no half file is left, the manifest is true, and a later run goes on."""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from test_batch import assert_true, batch, digests, manifest, patients, roster

from pdfgen.delivery import batch_folder, writing
from pdfgen.errors import ExitCode

COUNT = 120
RUN = "from pdfgen.cli import app; app.main()"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    roster(tmp_path / "r.csv", patients(COUNT))
    return tmp_path


def started(
    workers: int, *words: str, limit: Callable[[], None] | None = None, new_group: bool = False
) -> subprocess.Popen[str]:
    words = ("batch", "r.csv", "--out", "o", "--layout", "wall-sheet", "--workers", str(workers), *words)
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limit,
        start_new_session=new_group,
    )  # fmt: skip


def wait_for_files(run: subprocess.Popen[str], count: int) -> None:
    """Wait until a run has made some files; a run that ended before is told with what it said."""
    end = time.monotonic() + 120
    while len(list(Path("o").glob("*.pdf"))) < count:
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.cluster
@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on_where_it_was(here: Path, workers: int) -> None:
    with started(workers) as run:
        wait_for_files(run, 5)
        run.kill()
        run.communicate()
    before = digests(here / "o")
    assert 5 <= len(before) < COUNT
    for path in (here / "o").glob("*.pdf"):
        assert path.read_bytes().endswith(b"%%EOF\n")
    assert not (here / "o/manifest.json").exists()
    done = batch("r.csv", "--out", "o", "--resume", workers=workers)
    assert done.exit_code == 0, done.stderr
    assert f"{len(before)} of them kept" in done.stderr
    assert_true(here / "o")
    assert batch("r.csv", "--out", "clean", workers=2).exit_code == 0
    assert digests(here / "o") == digests(here / "clean")
    for name in ("manifest.json", "manifest.csv", "SHA256SUMS"):
        assert (here / "o" / name).read_bytes() == (here / "clean" / name).read_bytes()


def workers_of(run: subprocess.Popen[str]) -> list[int]:
    """Return the processes that make rows for a run; another child of it only clears up after them."""
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    if not children.exists():
        run.kill()
        pytest.skip("this system does not tell which children a process has")
    # Processes that threads start are children of these threads.
    found = [
        number
        for path in Path(f"/proc/{run.pid}/task").glob("*/children")
        for number in path.read_text().split()
    ]
    commands = {int(number): Path(f"/proc/{number}/cmdline").read_text() for number in found}
    return [number for number, command in commands.items() if "spawn_main" in command]


@pytest.mark.cluster
def test_workers_leave_with_a_killed_parent(here: Path) -> None:
    with started(2) as run:
        wait_for_files(run, 3)
        workers = workers_of(run)
        assert len(workers) == 2
        run.kill()
        run.communicate()
    end = time.monotonic() + 20
    while any(is_running(worker) for worker in workers):
        assert time.monotonic() < end
        time.sleep(0.05)


def is_group(process: int) -> bool:
    """Whether any process is left of a group."""
    try:
        os.killpg(process, 0)
    except ProcessLookupError:
        return False
    return True


def is_running(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.cluster
@pytest.mark.parametrize(
    ("sent", "workers"), [(signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGTERM, 2), (signal.SIGHUP, 1)]
)
def test_a_signal_leaves_whole_files_and_a_true_manifest(
    here: Path, sent: signal.Signals, workers: int
) -> None:
    with started(workers) as run:
        wait_for_files(run, 4)
        run.send_signal(sent)
        stdout, stderr = run.communicate(timeout=60)
    assert run.returncode == ExitCode.INTERRUPTED, stderr
    done = len(digests(here / "o"))
    assert 4 <= done < COUNT
    assert stdout == ""
    assert stderr == f"interrupted; {done} of {COUNT} programs are in o; go on with --resume\n"
    assert_true(here / "o")
    assert manifest(here / "o")["complete"] is False
    assert f"{done} of them kept" in batch("r.csv", "--out", "o", "--resume").stderr
    assert_true(here / "o")


def test_a_signal_between_journal_and_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two belong together: a request to end waits for both."""
    replace = os.replace

    def interrupted(part: str, target: str) -> None:
        if Path(target).name.startswith("0003"):
            os.kill(os.getpid(), signal.SIGINT)
        replace(part, target)

    monkeypatch.setattr(batch_folder.os, "replace", interrupted)
    done = batch("r.csv", "--out", "o")
    assert done.exit_code == ExitCode.INTERRUPTED
    assert len(digests(here / "o")) == 3
    assert_true(here / "o")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk(here: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the fifth program on nothing fits any more, but for the room that was kept for the manifest."""
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if bytes(data[:5]) == b"%PDF-" and len(list(Path("o").glob("*.pdf"))) >= 4:
            write(descriptor, data[:100])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data)

    monkeypatch.setattr(writing.os, "write", full)
    done = batch("r.csv", "--out", "o", "--zip", workers=workers)
    assert done.exit_code == ExitCode.WRITE
    assert "the disk is full" in done.stderr
    assert done.stderr.count("the disk is full") == 1
    assert f"stopped; 4 of {COUNT} programs" in done.stderr
    assert "go on with --resume" in done.stderr
    assert_true(here / "o")
    assert not Path("o.zip").exists()
    monkeypatch.undo()
    os.chdir(here)
    assert batch("r.csv", "--out", "o", "--resume").exit_code == 0
    assert_true(here / "o")


def test_a_limit_on_the_size_of_files(here: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    roster(here / "r.csv", ["A;starter;4;;;;", "B;full-seven;12;;;;"])
    with started(1, "--layout", "standard", limit=limit) as run:
        _, stderr = run.communicate(timeout=60)
    assert run.returncode == ExitCode.WRITE, stderr
    assert_true(here / "o")


def test_no_room_for_the_journal(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is not whole is taken back, and its file is not there."""
    write = os.write

    def short(descriptor: int, data: bytes) -> int:
        if bytes(data).startswith(b'{"row":5'):
            return write(descriptor, data[:10])
        return write(descriptor, data)

    monkeypatch.setattr(batch_folder.os, "write", short)
    done = batch("r.csv", "--out", "o")
    assert done.exit_code == ExitCode.WRITE
    assert len(digests(here / "o")) == 3
    assert_true(here / "o")


def test_a_torn_journal(here: Path) -> None:
    with started(1) as run:
        wait_for_files(run, 3)
        run.kill()
        run.communicate()
    journal = here / "o/.pdfgen-batch.journal"
    lines = journal.read_text().splitlines()
    journal.write_text("\n".join([*lines[:-1], lines[-1][:20]]))
    done = batch("r.csv", "--out", "o", "--resume")
    assert done.exit_code == 0
    assert f"{len(lines) - 1} of them kept" in done.stderr
    assert_true(here / "o")


def test_a_roster_that_vanishes_meanwhile(here: Path) -> None:
    with started(2) as run:
        wait_for_files(run, 1)
        Path("r.csv").unlink()
        _, stderr = run.communicate(timeout=60)
    assert run.returncode == 0, stderr
    assert len(manifest(here / "o")["programs"]) == COUNT


@pytest.mark.cluster
def test_a_killed_worker_costs_nothing(here: Path) -> None:
    with started(2) as run:
        wait_for_files(run, 3)
        os.kill(workers_of(run)[0], signal.SIGKILL)
        _, stderr = run.communicate(timeout=60)
    assert run.returncode == 0, stderr
    assert_true(here / "o")
    assert len(json.loads(Path("o/manifest.json").read_text())["programs"]) == COUNT


@pytest.mark.cluster
def test_an_interruption_from_the_keyboard_reaches_all_processes(here: Path) -> None:
    """It goes to the whole group, at whatever moment of its life a worker is; one line is said of it."""
    for wait in (0.1, 0.5):
        with started(2, new_group=True) as run:
            while not (here / "o/.pdfgen-batch.journal").exists():
                time.sleep(0.005)
            time.sleep(wait)
            os.killpg(run.pid, signal.SIGINT)
            _, stderr = run.communicate(timeout=60)
        assert run.returncode == ExitCode.INTERRUPTED, stderr
        assert re.fullmatch(rf"interrupted; \d+ of {COUNT} programs are in o; go on with --resume\n", stderr)
        end = time.monotonic() + 20
        while is_group(run.pid):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert_true(here / "o")
