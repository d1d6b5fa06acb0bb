"""Rows that are made on other machines: here by one that works in a folder of its own."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from programs import EXAMPLES
from test_batch import assert_true, batch, digests, manifest, patients, roster

from pdfgen.cli.app import program
from pdfgen.errors import ExitCode, Problem, WriteError
from pdfgen.production.workers import Workers

KEYS = "goal: Weer fietsen\nprogram: starter\nclinic: clinic.yaml\n"


class Elsewhere(Executor):
    """A cluster of one machine, which begins in another folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: list[bool] = []
        self.arrives: Callable[[], None] = lambda: None

    def __enter__(self) -> Elsewhere:
        return self

    def __exit__(self, *reason: object) -> None:
        pass

    def workers(self) -> Workers:
        return Workers(self, 1, option="--dask")

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **more: Any) -> Future[Any]:
        self.arrives()
        with contextlib.chdir(self.folder):
            answer = function(*arguments)
            assert Path.cwd() == self.folder
        self.kept += [result.is_kept for result in answer.opened().results]
        done: Future[Any] = Future()
        done.set_result(answer)
        return done


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    there = Elsewhere(tmp_path / "there")
    there.folder.mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("pdfgen.production.cluster.Cluster", lambda _: there)
    return there


def far(*words: str, layout: str = "wall-sheet") -> Result:
    return CliRunner().invoke(program, ["batch", *words, "--layout", layout, "--dask", "tcp://far:8786"])


def test_paths_mean_the_same_elsewhere(elsewhere: Elsewhere) -> None:
    """Clinic, logo, base and layout are named from this folder or from the roster's, and all are found."""
    for name in ("clinic.yaml", "logo.svg"):
        shutil.copy(EXAMPLES / name, name)
    Path("lists").mkdir()
    Path("plans").mkdir()
    Path("plans/base.yaml").write_text(KEYS.replace("clinic.yaml", "../clinic.yaml"), encoding="utf-8")
    Path("lists/r.csv").write_text(
        "naam;doel;layout\nA;Fietsen;\nB;Lopen;../own.yaml\nC;;no.yaml\n", encoding="utf-8"
    )
    words = ("lists/r.csv", "--base", "plans/base.yaml")
    assert CliRunner().invoke(program, ["new", "layout", "own.yaml"]).exit_code == 0
    near = CliRunner().invoke(program, ["batch", *words, "--out", "near", "--workers", "1"])
    assert near.exit_code == ExitCode.PARTIAL, near.stderr
    done = CliRunner().invoke(program, ["batch", *words, "--out", "far", "--dask", "tcp://far:8786"])
    assert done.exit_code == ExitCode.PARTIAL, done.stderr
    assert digests(Path("far")) == digests(Path("near"))
    assert len(digests(Path("far"))) == 2, done.stderr
    assert "row 4: lists/no.yaml: layout not found" in done.stderr
    assert done.stderr.replace("far", "near") == near.stderr
    assert_true(Path("far"))


def test_files_that_options_name(elsewhere: Elsewhere) -> None:
    for name in ("clinic.yaml", "logo.svg"):
        shutil.copy(EXAMPLES / name, name)
    assert CliRunner().invoke(program, ["new", "layout", "own.yaml"]).exit_code == 0
    roster(Path("r.csv"), patients(2))
    words = ("r.csv", "--clinic", "clinic.yaml")
    assert batch(*words, "--out", "near", layout="own.yaml").exit_code == 0
    assert far(*words, "--out", "far", layout="own.yaml").exit_code == 0
    assert digests(Path("far")) == digests(Path("near"))


def test_problems_name_files_as_the_user_did(elsewhere: Elsewhere) -> None:
    clinic = (EXAMPLES / "clinic.yaml").read_text(encoding="utf-8").replace("logo:", "#")
    Path("clinic.yaml").write_text(f"{clinic}\nheader: {'te lang ' * 24}\n", encoding="utf-8")
    roster(Path("r.csv"), patients(1))
    near = batch("r.csv", "--clinic", "clinic.yaml", "--out", "near")
    done = far("r.csv", "--clinic", "clinic.yaml", "--out", "far")
    assert done.exit_code == near.exit_code != 0
    assert "clinic.yaml" in done.stderr
    assert done.stderr.replace("far", "near") == near.stderr


def test_a_file_that_is_not_there_or_another_one_ends_the_run(elsewhere: Elsewhere) -> None:
    shutil.copy(EXAMPLES / "logo.svg", "logo.svg")
    path = Path(shutil.copy(EXAMPLES / "clinic.yaml", "clinic.yaml"))
    roster(Path("r.csv"), patients(2))

    def changed() -> None:
        path.write_text(path.read_text() + "# other\n")

    elsewhere.arrives = changed
    done = far("r.csv", "--clinic", "clinic.yaml", "--out", "o")
    assert done.exit_code == ExitCode.WRITE
    assert "clinic.yaml: the worker on " in done.stderr
    assert "another file under this path" in done.stderr
    assert "stopped; 0 of 2 programs" in done.stderr

    elsewhere.arrives = path.unlink
    done = far("r.csv", "--clinic", "clinic.yaml", "--out", "o")
    assert done.exit_code == ExitCode.WRITE
    assert done.stderr.count("cannot read it") == 1


def test_a_machine_with_another_version_ends_the_run(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that joins later, when the versions of the others were compared already."""
    roster(Path("r.csv"), patients(2))

    elsewhere.arrives = lambda: monkeypatch.setattr("pdfgen.production.row_work.__version__", "0.0.9")
    done = far("r.csv", "--out", "o")
    assert done.exit_code == ExitCode.WRITE
    assert "has pdfgen 0.0.9, not " in done.stderr


def test_going_on(elsewhere: Elsewhere) -> None:
    """Files are compared here; what is whole is not made again, nor sent."""
    roster(Path("r.csv"), patients(3))
    assert far("r.csv", "--out", "o").exit_code == 0
    before = digests(Path("o"))
    damaged = Path("o") / manifest(Path("o"))["programs"][1]["file"]
    damaged.write_bytes(b"%PDF-1.7 other")
    elsewhere.kept.clear()
    done = far("r.csv", "--out", "o", "--resume")
    assert done.exit_code == 0
    assert "2 of them kept" in done.stderr
    assert elsewhere.kept == [True, False, True]
    assert digests(Path("o")) == before


def test_a_full_disk_is_one_here(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    roster(Path("r.csv"), patients(3))

    def full(folder: Path, *data: bytes) -> Path:
        raise WriteError(Problem("the disk is full", file=str(folder)))

    monkeypatch.setattr("pdfgen.production.batch_run.write_part", full)
    done = far("r.csv", "--out", "o")
    assert done.exit_code == ExitCode.WRITE
    assert "stopped; 0 of 3 programs" in done.stderr
    assert_true(Path("o"))


def test_passwords(elsewhere: Elsewhere) -> None:
    roster(Path("r.csv"), patients(2))
    Path("p.csv").write_text("row,password\n2,correct-horse\n", encoding="utf-8")
    done = far("r.csv", "--out", "o", "--encrypt", "p.csv")
    assert done.exit_code == ExitCode.PARTIAL
    assert "has no password" in done.stderr
    assert len(digests(Path("o"))) == 1
    assert "1 of them kept" in far("r.csv", "--out", "o", "--encrypt", "p.csv", "--resume").stderr
    Path("p.csv").write_text("row,password\n2,another-horse\n", encoding="utf-8")
    assert "kept" not in far("r.csv", "--out", "o", "--encrypt", "p.csv", "--resume").stderr


def test_a_machine_without_the_folder_reads_no_file_of_another_one(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a relative path would name in the folder of the worker is not meant."""
    for folder in (Path(), elsewhere.folder):
        shutil.copy(EXAMPLES / "clinic.yaml", folder / "clinic.yaml")
    roster(Path("r.csv"), patients(2))
    monkeypatch.setattr("os.path.isdir", lambda _: False)
    done = far("r.csv", "--out", "o", "--clinic", "clinic.yaml")
    assert done.exit_code == ExitCode.WRITE
    assert "clinic.yaml: the worker on " in done.stderr
    assert "cannot read it" in done.stderr


def test_nothing_is_named_when_a_row_is_bad(elsewhere: Elsewhere) -> None:
    roster(Path("r.csv"), [*patients(2), "X;nothing-like-it;4;;;;"])
    done = far("r.csv", "--out", "o", "--strict")
    assert done.exit_code == ExitCode.INPUT
    assert not Path("o").exists()
    roster(Path("r.csv"), patients(2))
    assert far("r.csv", "--out", "o", "--strict").exit_code == 0
    assert_true(Path("o"))
