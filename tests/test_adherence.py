"""`pdfgen adherence`: counts with what is missing, on a page that is tagged and the same each time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from verapdf import NotAvailableError, validate

from pdfgen.cli.app import program
from pdfgen.errors import ExitCode, FitError
from pdfgen.pdf.charts import bars, dots
from pdfgen.production.adherence_page import adherence_pdf
from pdfgen.scanning.adherence import Adherence, Done, PainDay, adherence_of
from pdfgen.scanning.table import Row, as_csv


def row(week: int, kind: str, value: str, weekday: str = "mon", exercise: int = 0, **changes: str) -> Row:
    plain = Row(
        "7K3QMZ9P", str(week), weekday, "", kind, str(exercise or ""), "Bridge" if exercise else "", value,
        "ok", "", kind, "a.pdf", "1", "",
    )  # fmt: skip
    return plain._replace(**changes)


ROWS = [
    row(1, "exercise", "1", exercise=1),
    row(1, "exercise", "0", "wed", exercise=1),
    row(1, "exercise", "", "fri", exercise=1, state="unsure"),
    row(1, "exercise", "1", exercise=2),
    row(1, "pain", "3"),
    row(1, "pain", "", "wed", state="none"),
    row(1, "effort", "", "", state="several"),
    row(1, "walking", "20"),
    row(1, "walking", "", "tue", state="written"),
    row(3, "exercise", "1", exercise=1),
    row(3, "pain", "10"),
    row(3, "effort", "right", ""),
    row(1, "exercise", "1", exercise=1, copy_of="a.pdf page 1"),
    row(0, "exercise", "1", exercise=1),
]


def counted() -> Adherence:
    (one,) = adherence_of(ROWS)
    return one


def test_counts_are_plain_and_say_what_is_missing() -> None:
    one = counted()
    first, third = one.weeks
    assert first.exercises == {1: Done(1, 3, 1), 2: Done(1, 1, 0)}
    assert first.together == Done(2, 4, 1)
    assert first.pain == (PainDay(0, 3), PainDay(2, None))
    assert (first.effort, first.walked, first.walked_more) == ("?", 20, True)
    assert (third.week, third.effort, third.walked) == (3, "right", None)
    assert one.spare == 1
    assert one.names == {1: "Bridge", 2: "Bridge"}


def test_charts_have_a_shape_for_each_value() -> None:
    chart = bars(["1", "2"], [(2, 4), (0, 0)], (300, 100), (0, 0.3, 0.4))
    assert {label.text for label in chart.labels} >= {"1", "2", "0", "4"}
    filled = [shape for shape in chart.shapes if shape.fill == (0, 0.3, 0.4)]
    heights = [
        max(s[2] for s in f.segments if len(s) > 2) - min(s[2] for s in f.segments if len(s) > 2)
        for f in filled
    ]  # type: ignore[type-var, operator]
    assert max(heights) == pytest.approx((100 - 18 - 14) * 2 / 4, abs=1)  # type: ignore[type-var]
    chart = dots(3, [[(0.1, 3), (0.4, 4)], [(2.1, 10)]], (300, 100), (0, 0.3, 0.4))
    curved = [shape for shape in chart.shapes if any(segment[0] == "C" for segment in shape.segments)]
    assert len(curved) == 3
    assert len(dots(2, [], (300, 100), (0, 0, 0)).labels) >= 2


@pytest.fixture(scope="module")
def page() -> bytes:
    return adherence_pdf([counted()], "en", "a4")


def test_the_page_says_in_words_what_its_charts_show(page: bytes) -> None:
    reader = PdfReader(io.BytesIO(page))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    for words in ("7K3QMZ9P", "2/4?", "1/3?", "just right", "20?", "not counted: 1"):
        assert words in text, text
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    alternatives: list[str] = []

    def walk(node: object) -> None:
        found = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(found, dict):
            if found.get("/S") == "/Figure":
                alternatives.append(str(found["/Alt"]))
            walk(found.get("/K"))
        elif isinstance(found, list):
            for kid in found:
                walk(kid)

    walk(root["/K"])
    done, pain = alternatives
    assert done == "A bar a week: Week 1: 2 of 4; Week 2: no sheet; Week 3: 1 of 1."
    assert "Week 1 Mon: 3; Week 1 Wed: –; Week 3 Mon: 10" in pain


def test_the_page_is_the_same_each_time_and_conforms(page: bytes, tmp_path: Path) -> None:
    assert adherence_pdf([counted()], "en", "a4") == page
    dutch = adherence_pdf([counted(), counted()._replace(document="8K3QMZ9P")], "nl", "letter")
    files = []
    for name, data in (("en", page), ("nl", dutch)):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(data)
    try:
        verdicts = validate(files)
    except NotAvailableError as error:
        pytest.skip(str(error))
    assert all(verdict.passed for verdict in verdicts), [v.faults for v in verdicts]


def test_twelve_weeks_of_seven_exercises_fit_on_a_page() -> None:
    rows = [
        row(week, "exercise", "1", day, exercise=number)
        for week in range(1, 13)
        for number in range(1, 8)
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    ]
    rows += [row(week, "effort", "hard", "") for week in range(1, 13)]
    rows += [row(week, "walking", "45", day) for week in range(1, 13) for day in ("mon", "tue")]
    for language in ("nl", "en"):
        data = adherence_pdf(adherence_of(rows), language, "letter")
        assert len(PdfReader(io.BytesIO(data)).pages) == 1
    with pytest.raises(FitError, match="more than 12 weeks"):
        adherence_pdf(adherence_of([row(13, "exercise", "1", exercise=1)]), "en", "a4")


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(program, ["adherence", *map(str, arguments)])
    return result.exit_code, result.output


def test_the_command_counts_and_writes(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(as_csv(ROWS))
    assert run(tmp_path / "t.csv") == (0, "7K3QMZ9P  week 1: 2 of 4, week 3: 1 of 1\n")
    code, output = run(tmp_path / "t.csv", "--pdf", tmp_path / "a.pdf", "--png", tmp_path / "a.png")
    assert code == 0, output
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    two = [*ROWS, *(one._replace(document="8K3QMZ9P") for one in ROWS)]
    (tmp_path / "two.csv").write_bytes(as_csv(two))
    assert run(tmp_path / "two.csv", "--png", tmp_path / "b.png", "--language", "nl")[0] == 0
    assert sorted(path.name for path in tmp_path.glob("b*")) == ["b-7K3QMZ9P.png", "b-8K3QMZ9P.png"]


def test_tables_without_a_sheet_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(as_csv([]))
    code, output = run(tmp_path / "t.csv")
    assert code == ExitCode.INPUT
    assert "holds no sheet" in output
