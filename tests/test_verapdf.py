"""The conformance check itself: a file that does not conform must fail, and a missing Java must not pass."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import verapdf
from reportlab.pdfgen.canvas import Canvas


@pytest.fixture(scope="module")
def stock_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ReportLab writes by itself: untagged, with a font that is not embedded."""
    path = tmp_path_factory.mktemp("stock") / "stock file.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(100, 700, "not tagged")
    canvas.save()
    return path


def test_untagged_file_fails_both_profiles(stock_file: Path) -> None:
    verapdf.require()
    verdicts = verapdf.validate([stock_file])
    assert [(verdict.profile, verdict.passed) for verdict in verdicts] == [("ua1", False), ("2a", False)]
    assert all(verdict.checks > 10 and verdict.file == stock_file for verdict in verdicts)
    faults = "\n".join(map(str, verdicts))
    assert "7.21.4.1-1" in faults  # the font is not embedded (PDF/UA-1)
    assert "6.6.2.1-1" in faults  # there is no XMP (PDF/A-2)


def test_no_pdf_at_all_fails(tmp_path: Path, stock_file: Path) -> None:
    verapdf.require()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"this is no PDF")
    verdicts = verapdf.validate([broken, stock_file], ["ua1"])
    assert [(verdict.file, verdict.passed) for verdict in verdicts] == [(broken, False), (stock_file, False)]
    assert verdicts[0].checks == 0
    assert verdicts[0].faults
    assert verdicts[1].checks > 0


def test_one_process_answers_all_and_a_new_one_follows_where_it_fails(
    stock_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verapdf.require()
    first = verapdf.validate([stock_file])
    java = verapdf._kept()
    monkeypatch.chdir(tmp_path)
    odd = Path("odd\tpijn\u00e9 100%\n.pdf")
    odd.write_bytes(stock_file.read_bytes())
    again = verapdf.validate([odd, stock_file])
    assert [verdict.file for verdict in again] == [odd, odd, stock_file, stock_file]
    assert verapdf._kept() is java
    assert [sorted(verdict.faults) for verdict in again] == 2 * [sorted(verdict.faults) for verdict in first]
    with pytest.raises(RuntimeError, match=r"veraPDF stopped with 1: .*InputStream cannot be null"):
        verapdf.validate([stock_file], ["no such profile"])
    after = verapdf.validate([stock_file])
    assert [(verdict.profile, verdict.checks) for verdict in after] == [
        (verdict.profile, verdict.checks) for verdict in first
    ]


def test_program_returns_1_for_a_bad_file_and_2_without_files(stock_file: Path) -> None:
    verapdf.require()
    program = [sys.executable, verapdf.__file__]
    run = subprocess.run([*program, str(stock_file)], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "FAIL ua1" in run.stdout
    assert "FAIL 2a" in run.stdout
    assert subprocess.run(program, capture_output=True, check=False).returncode == 2


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_missing_java_skips_but_fails_in_ci(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    verapdf.class_path.cache_clear()
    try:
        with pytest.raises(outcome, match="java and javac not found"):
            verapdf.require()
    finally:
        verapdf.class_path.cache_clear()


@pytest.mark.slow
def test_runner_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    verapdf.require()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    verapdf.class_path.cache_clear()
    try:
        verapdf.class_path()
        (folder,) = (tmp_path / "pdfgen-conformance").iterdir()
        compiled = folder / "VeraRun.class"
        first = compiled.stat().st_mtime_ns
        assert [path.name for path in compiled.parent.iterdir()] == ["VeraRun.class"]
        verapdf.class_path.cache_clear()
        assert verapdf.class_path().split(os.pathsep)[-1] == str(compiled.parent)
        assert compiled.stat().st_mtime_ns == first
    finally:
        verapdf.class_path.cache_clear()
