"""Rows that differ in label, therapist and start alone: each file says what its own row says."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pdfgen.cli.app import program
from pdfgen.pdf.reader import read

#: What rows say, and how their starts are written.
SAID: tuple[tuple[dict[str, str], str], ...] = (
    ({"label": "Eerste", "therapist": "K. Beek", "start": "2026-03-02"}, "2 maart 2026"),
    ({"label": "Jan", "therapist": "100% {label} \\ (x)", "start": "2026-12-28"}, "2026-12-28"),
    ({"label": "Jan", "start": "2100-12-27"}, "December 27, 2100"),
    ({"label": "Piet", "therapist": "Олена Шевченко", "start": "2026-03-09"}, "2026-03-09"),
    ({"label": "Олена", "therapist": "K. Beek", "start": "2028-02-28"}, "28-02-2028"),
    ({"label": "Aad", "therapist": "K. Beek", "start": "2028-02-29"}, "29 februari 2028"),
    ({"label": "Bo", "therapist": "Mw. dr. A. van der Ploeg-de Wit", "start": "2026-03-16"}, "16 maart 2026"),
    ({"label": "Bo", "therapist": "K. Beek"}, ""),
    ({"therapist": "K. Beek", "start": "2026-03-23"}, "2026-03-23"),
    ({"label": "Cor", "start": "2026-03-02", "id": "7K2M9QXA"}, "2026-03-02"),
    ({"label": "Kamer 100", "therapist": "L. Vos", "start": "2026-03-02"}, "2026-03-02"),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


def batch(*rows: str, layout: str = "wall-sheet", resume: bool = False) -> dict[int, Path]:
    """Return the file of each row."""
    heading = "label;therapist;start;id;program;weeks"
    lines = [f"{row};short-four;4" for row in rows]
    Path("r.csv").write_text("\n".join([heading, *lines]), encoding="utf-8")
    more = ("--resume",) if resume else ()
    done = run("batch", "r.csv", "--out", "o", "--layout", layout, "--workers", "1", *more)
    assert done.exit_code == 0, done.stderr
    programs = json.loads(Path("o/manifest.json").read_text(encoding="utf-8"))["programs"]
    return {one["row"]: Path("o", one["file"]) for one in programs}


def prescription(row: dict[str, str]) -> dict[str, Any]:
    patient = {"patient": {"label": row["label"]}} if "label" in row else {}
    return {
        "program": "short-four", "weeks": 4, **{key: row[key] for key in row if key != "label"}, **patient
    }  # fmt: skip


def numbers_of_days(path: Path) -> list[int]:
    """The numbers beside the names of days, in the order of the file; those of the spare sheet have none."""
    heads = [one.text.split(" ") for one in read(path.read_bytes()).elements if one.role == "TH"]
    days = {"ma", "di", "wo", "do", "vr", "za", "zo"}
    return [int(head[1]) for head in heads if head[0] in days and head[-1].isdigit()]


@pytest.mark.slow
@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("layout", ["tracker", pytest.param("wall-sheet", marks=pytest.mark.matrix)])
def test_the_same_bytes_as_one_at_a_time(here: Path, layout: str) -> None:
    cells = [(*map(row.get, ("label", "therapist")), start, row.get("id")) for row, start in SAID]
    made = batch(*(";".join(cell or "" for cell in row) for row in cells), layout=layout)
    for number, (row, _) in enumerate(SAID, start=2):
        Path("one.yaml").write_text(json.dumps(prescription(row)), encoding="utf-8")
        assert run("generate", "one.yaml", "-o", "one.pdf", "--layout", layout).exit_code == 0
        assert Path("one.pdf").read_bytes() == made[number].read_bytes(), row
        if layout == "tracker" and "start" in row:
            start = dt.date.fromisoformat(row["start"])
            weeks = [
                [(start + dt.timedelta(weeks=week, days=day)).day for day in range(7)] for week in range(4)
            ]
            # Once over the ticks and once beside the pain.
            assert numbers_of_days(made[number]) == [day for week in weeks for day in (*week, *week)], row


def test_what_is_not_of_the_row_any_more_is_made_again(here: Path) -> None:
    first = batch(
        "A;K. Beek;2026-03-02;", "B;K. Beek;2026-03-02;7K2M9QXA", "C;K. Beek;2026-03-02;7K2M9QXB", "D;;;"
    )
    before = {number: path.read_bytes() for number, path in first.items()}
    second = batch(
        "A;K. Beek;2026-03-02;", "B;K. Beek;2026-03-09;7K2M9QXA", "C;L. Vos;2026-03-02;7K2M9QXB", "D;;;",
        resume=True,
    )  # fmt: skip
    changed = [number for number, path in second.items() if path.read_bytes() != before[number]]
    assert changed == [3, 4]
    texts = [" ".join(one.text for one in read(second[number].read_bytes()).elements) for number in (3, 4)]
    assert "9 maart 2026" in texts[0]
    assert "L. Vos" in texts[1]
    assert "K. Beek" not in texts[1]
