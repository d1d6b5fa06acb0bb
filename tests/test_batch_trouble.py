"""Whatever somebody or the system does to a batch: one true sentence, a documented exit code, true lists."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_batch import assert_true, batch, patients, roster

from pdfgen.delivery.batch_folder import BatchFolder
from pdfgen.errors import ExitCode

#: Rows of the roster: a few before the trouble, and a few behind it.
COUNT = 6
OUT = Path("o")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    roster(tmp_path / "r.csv", patients(COUNT))
    return tmp_path


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of the same roster that came to its end."""
    folder = tmp_path_factory.mktemp("finished")
    roster(folder / "r.csv", patients(COUNT))
    assert batch(str(folder / "r.csv"), "--out", str(folder / "o")).exit_code == 0
    return folder / "o"


def pdfs() -> list[Path]:
    return sorted(OUT.glob("*.pdf"))


def after(monkeypatch: pytest.MonkeyPatch, count: int, trouble: Callable[[], object]) -> None:
    """Make trouble once, when so many programs are finished."""
    commit = BatchFolder.commit

    def troubled(*arguments: object) -> None:
        commit(*arguments)  # type: ignore[arg-type]
        if len(pdfs()) == count:
            monkeypatch.setattr(BatchFolder, "commit", commit)
            trouble()

    monkeypatch.setattr(BatchFolder, "commit", troubled)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def flip(path: Path) -> None:
    """Change a bit in the middle, and leave size and times as they were."""
    data, status = bytearray(path.read_bytes()), path.stat()
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


LOSSES: dict[str, Callable[[], object]] = {
    "removed": lambda: pdfs()[1].unlink(),
    "cut": lambda: cut(pdfs()[1]),
    "emptied": lambda: pdfs()[1].write_bytes(b""),
    "moved": lambda: pdfs()[1].rename("elsewhere.pdf"),
    "changed, and as large as before": lambda: flip(pdfs()[1]),
    "another patient's": lambda: shutil.copy(pdfs()[0], pdfs()[1]),
}


@pytest.mark.parametrize(("loss", "workers"), [*((loss, 1) for loss in LOSSES), ("removed", 2)])
def test_a_finished_file_that_somebody_takes(
    here: Path, monkeypatch: pytest.MonkeyPatch, loss: str, workers: int
) -> None:
    after(monkeypatch, 3, LOSSES[loss])
    done = batch("r.csv", "--out", "o", "--zip", workers=workers)
    assert done.exit_code == ExitCode.PARTIAL, done.stderr
    assert f"{COUNT - 1} of {COUNT} programs are in o" in done.stderr
    assert "row 3: 0002-" in done.stderr
    assert "was removed or changed by another program" in done.stderr
    data = json.loads((OUT / "manifest.json").read_text("utf-8"))
    assert (len(data["programs"]), data["failed"]) == (COUNT - 1, [3])
    again = batch("r.csv", "--out", "o", "--resume")
    assert (again.exit_code, f"{COUNT} of {COUNT} programs are in o" in again.stderr) == (0, True)
    assert f"{COUNT - 1} of them kept" in again.stderr
    assert_true(here / "o")


def test_a_kept_file_that_somebody_takes(here: Path, finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(finished, OUT)
    pdfs()[-1].unlink()
    after(monkeypatch, COUNT, LOSSES["cut"])
    done = batch("r.csv", "--out", "o", "--resume")
    assert done.exit_code == ExitCode.PARTIAL
    assert f"{COUNT - 1} of {COUNT} programs are in o" in done.stderr


def _replaced_by_a_file() -> None:
    shutil.rmtree(OUT)
    OUT.write_text("mine", "utf-8")


def _replaced_by_a_folder() -> None:
    OUT.rename("old")
    OUT.mkdir()


@pytest.mark.parametrize("count", [3, COUNT])
@pytest.mark.parametrize(
    "trouble",
    [lambda: shutil.rmtree(OUT), _replaced_by_a_file, _replaced_by_a_folder, lambda: OUT.rename("a")],
)
def test_a_folder_that_vanishes(
    here: Path, monkeypatch: pytest.MonkeyPatch, trouble: Callable[[], None], count: int
) -> None:
    after(monkeypatch, count, trouble)
    done = batch("r.csv", "--out", "o")
    assert done.exit_code == ExitCode.WRITE
    said = "the folder was moved, removed or replaced while the batch was at work; run it again"
    assert done.stderr == f"o: {said}\n"
    assert not list(OUT.glob("*")) if OUT.is_dir() else True


def test_no_room_for_another_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk takes so many files: those that hold the place of the lists are given back for them."""
    most = COUNT + 2
    open_ = os.open

    def counted(path: str | Path, flags: int, mode: int = 0o777, **more: int) -> int:
        is_new = flags & os.O_CREAT and not os.path.lexists(path)
        if is_new and sum(len(files) for _, _, files in os.walk(OUT)) >= most:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return open_(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", counted)
    done = batch("r.csv", "--out", "o")
    assert done.exit_code == ExitCode.WRITE
    assert "the disk is full" in done.stderr
    assert "stopped; " in done.stderr
    assert 0 < len(pdfs()) < COUNT
    assert_true(here / "o")
    assert not [path.name for path in OUT.iterdir() if path.name.startswith(".")]


def pdfgen(*words: str, handles: int = 0, **environment: str) -> subprocess.CompletedProcess[bytes]:
    def limit() -> None:
        if handles:
            resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))

    return subprocess.run(
        [sys.executable, "-m", "pdfgen", *words],
        capture_output=True, timeout=120, preexec_fn=limit, env=os.environ | environment, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("handles", [8, 11, 19])
def test_few_file_handles(here: Path, handles: int) -> None:
    roster(here / "r.csv", patients(3))
    done = pdfgen("batch", "r.csv", "--out", "o", "--workers", "3", "--layout", "wall-sheet", handles=handles)
    assert done.returncode in (ExitCode.OK, ExitCode.WRITE), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    if done.returncode == ExitCode.OK:
        assert_true(here / "o")


@pytest.mark.parametrize(
    "out", ["n" * 300, "a/" + "é" * 200, "/".join(["deep" * 20] * 60), "n" * 300 + "/more"]
)  # fmt: skip
def test_a_folder_whose_name_is_too_long(here: Path, out: str) -> None:
    done = batch("r.csv", "--out", out)
    assert done.exit_code == ExitCode.WRITE
    assert done.stderr.count("the file name is too long") == 1
    assert "mistake" not in done.stderr


@pytest.mark.parametrize(
    "change",
    [
        {"file": "n" * 300 + ".pdf"},
        {"file": "\udce9.pdf"},
        {"file": "0001\0.pdf"},
        {"file": "../r.pdf"},
        {"id": "\ud800", "key": "\udfff", "sha256": "\udcff"},
        {"row": 10**30, "pages": -(10**30)},
        {"row": -1},
        {"label": "\ud83d"},
    ],
)
def test_an_earlier_manifest_says_odd_things(here: Path, finished: Path, change: dict[str, object]) -> None:
    shutil.copytree(finished, OUT)
    path = OUT / "manifest.json"
    data = json.loads(path.read_text("utf-8"))
    data["programs"][0] |= change
    path.write_text(json.dumps(data), "utf-8")
    done = batch("r.csv", "--out", "o", "--resume", "--names")
    assert done.exit_code == 0, done.stderr
    assert f"{COUNT} of {COUNT} programs are in o" in done.stderr
    assert_true(here / "o")


def test_accents_where_the_locale_is_plain(here: Path) -> None:
    roster(here / "r.csv", patients(1))
    words = ("--name", "programmé-{number}", "--set", "goal=Crème brûlée maken", "--layout", "wall-sheet")
    done = pdfgen(
        "batch", "r.csv", "--out", "o/été", *words,
        LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list(Path("o/été").glob("*.pdf"))) == 1
