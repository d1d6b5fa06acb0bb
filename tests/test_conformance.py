"""Finished files against PDF/UA-1 and PDF/A-2a, by veraPDF, and against qpdf; all files in one run."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import verapdf
from programs import EXAMPLES, Made, make_program

from pdfgen.production.job import Job

#: Names of people and things that no single font has, and what else a program can hold.
ODD: dict[str, Any] = {
    "patient": {"label": "Łódź Đặng Ġużè <b>&\""}, "goal": "a\u0301 – “b” … 5 × 3", "side": "right",
    "exercises": ["superman", "childs-pose", "leg-lengthening"], "weeks": 2,
    "doses": {"superman": {"blank": True}}, "notes": {"superman": "Hottentottententententoonstelling " * 4},
}  # fmt: skip
SITUATIONS = ["osteoporosis", "pregnancy"]

PROGRAMS: dict[str, dict[str, Any]] = {
    "four-en-letter": {
        "program": "short-four",
        "weeks": 2,
        "language": "en",
        "paper": "letter",
        "situations": SITUATIONS,
    },
    "odd-en-a4": {**ODD, "language": "en"},
}
#: `.ci/run` takes every example on every paper, and every layout.
FILES = (*PROGRAMS, "patient-a4")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file for each program and example."""
    folder = tmp_path_factory.mktemp("conformance")
    made = {}
    for name in FILES:
        if name in PROGRAMS:
            job = make_program(PROGRAMS[name])
        else:
            example, paper = name.rsplit("-", 1)
            job = Made.of(Job(EXAMPLES / f"{example}.yaml", paper=paper))
        made[name] = folder / f"{name}.pdf"
        made[name].write_bytes(job.pdf())
    return made


@pytest.fixture(scope="module")
def verdicts(files: dict[str, Path]) -> list[verapdf.Verdict]:
    verapdf.require()
    return verapdf.validate(files.values())


@pytest.mark.parametrize("name", FILES)
def test_conforms_to_both_standards(
    name: str, files: dict[str, Path], verdicts: list[verapdf.Verdict]
) -> None:
    found = {verdict.profile: verdict for verdict in verdicts if verdict.file == files[name]}
    assert set(found) == set(verapdf.PROFILES)
    for verdict in found.values():
        assert verdict.passed, str(verdict)
        assert verdict.checks > 1_000


@pytest.mark.parametrize("name", FILES)
def test_qpdf_finds_nothing_wrong(name: str, files: dict[str, Path]) -> None:
    with pikepdf.open(io.BytesIO(files[name].read_bytes())) as pdf:
        assert pdf.check_pdf_syntax() == []
