"""Layouts that are folded or cut: the reading copy, and beside it the sheets for the printer."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
import verapdf
from click.testing import CliRunner, Result
from programs import EXAMPLES

from pdfgen.cli.app import program
from pdfgen.errors import ExitCode

PATIENT = str(EXAMPLES / "patient.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["generate", PATIENT, "--layout", "booklet", *arguments])


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Size of each page in millimetres."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(data))
    return [tuple(round(side / 72 * 25.4, 1) for side in page.get_size()) for page in pdf]


@pytest.mark.parametrize(("paper", "page"), [("a4", (148.5, 210.0)), ("letter", (139.7, 215.9))])
def test_pages_are_half_the_paper_and_sheets_hold_four(
    tmp_path: Path, paper: str, page: tuple[float, float]
) -> None:
    result = run("-o", str(tmp_path / "b.pdf"), "--paper", paper)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.split() == [str(tmp_path / "b.pdf"), str(tmp_path / "b-print.pdf")]
    reading = sizes((tmp_path / "b.pdf").read_bytes())
    sheets = sizes((tmp_path / "b-print.pdf").read_bytes())
    assert set(reading) == {page}
    assert set(sheets) == {(page[0] * 2, page[1])}
    assert len(sheets) == 2 * -(-len(reading) // 4)
    assert "flip on the short edge" in result.stderr


@pytest.mark.matrix
def test_each_copy_keeps_its_standard(tmp_path: Path) -> None:
    """Sheets of a booklet are held against it with every change in test_imposition."""
    reading, sheets = tmp_path / "b.pdf", tmp_path / "b-print.pdf"
    assert run("-q", "-o", str(reading)).stderr == ""
    verapdf.require()
    for verdict in (*verapdf.validate([reading]), *verapdf.validate([sheets], ["2b"])):
        assert verdict.passed, str(verdict)


def test_standard_output_takes_the_reading_copy_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("-o", "-")
    assert result.stdout_bytes.startswith(b"%PDF-")
    assert "left out" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_another_file_in_the_place_of_the_sheets_is_kept(tmp_path: Path) -> None:
    own = tmp_path / "b-print.pdf"
    own.write_text("mine")
    result = run("-o", str(tmp_path / "b.pdf"))
    assert result.exit_code == ExitCode.WRITE
    assert own.read_text() == "mine"
    assert not (tmp_path / "b.pdf").exists()
