"""Tracker sheets alone: which weeks, what stands on each sheet, and what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from geometry import all_faults, document_text, page_lines
from programs import EXAMPLES, make_program
from pydantic import TypeAdapter

from pdfgen.cli.app import program
from pdfgen.content.models.prescription import WeekRanges
from pdfgen.errors import ExitCode, InputError
from pdfgen.typesetting.document import Document, TickBox
from pdfgen.typesetting.look import make_look

PATIENT = str(EXAMPLES / "patient.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["generate", PATIENT, "--layout", "tracker", *arguments])


def codes(document: Document) -> list[str]:
    return [text for page in document.pages if page.sheet for text, *_ in page.sheet.codes]


@pytest.mark.parametrize(
    ("written", "weeks"),
    [("5-8, 12", (5, 6, 7, 8, 12)), (3, (3,)), ([2, 1], (2, 1)), ("1", (1,)), ("2 - 3,5", (2, 3, 5))],
)
def test_weeks_are_written_as_a_text_or_a_list(written: object, weeks: tuple[int, ...]) -> None:
    assert TypeAdapter(WeekRanges).validate_python(written, strict=True) == weeks


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("x", "write weeks such as 5-8, 12 or [5, 6, 12]"),
        ("6-2", "the weeks 6-2 run backwards"),
        ("5-9", "there is no week 7 or 8 or 9; the program has 6 weeks"),
        ("0-2", "must be at least 1"),
        ("", "write weeks such as"),
    ],
)
def test_weeks_that_cannot_be_are_told_with_the_option(written: str, said: str) -> None:
    result = run("-o", "-", "--tracker-weeks", written)
    assert result.exit_code == ExitCode.INPUT
    assert result.stderr.startswith("--tracker-weeks: tracker_weeks: ")
    assert said in result.stderr


@pytest.mark.parametrize("layout", ["tracker", "standard"])
def test_codes_name_the_weeks_and_the_document(layout: str) -> None:
    made = make_program({"layout": layout, "weeks": 12, "tracker_weeks": "5-6, 12"})
    sheets = [page.sheet for page in made.document().pages if page.sheet]
    assert [sheet.week for sheet in sheets] == [5, 6, 12]
    letters = "0123456789ABC"
    wanted = [made.ident + letters[week] + str(copy) for week in (5, 6, 12) for copy in (0, 1)]
    assert [code[4:14] for code in codes(made.document())] == wanted
    first = next(mark for mark in made.document().bookmarks if mark.title == "Bijhouden" or mark.level == 0)
    assert first.page == 0


def test_weeks_in_any_order_are_printed_in_order_once() -> None:
    document = make_program({"layout": "tracker", "weeks": 8, "tracker_weeks": [4, 2, 4]}).document()
    assert [page.sheet.week for page in document.pages if page.sheet] == [2, 4]


@pytest.mark.parametrize("form", ["tracker", "standard", "large-print"])
def test_a_spare_sheet_has_lines_for_its_week_and_its_doses_and_no_dates(form: str) -> None:
    made = make_program({"layout": form, "weeks": 4, "program": "full-seven", "start": "2026-03-02"})
    spare = next(page for page in made.document().pages if page.sheet and not page.sheet.week)
    lines = [words.replace("\u00a0", " ") for _, _, words in page_lines(spare)]
    assert lines[0].strip() == made.language.strings.spare_week
    strings = made.language.strings
    assert strings.spare_note in " ".join(lines)
    said = [node.actual for node in made.document().nodes]
    assert said.count("Week: …") == 1
    assert [line for line in lines if "mrt" in line or " × " in line] == []
    plan = made.plan()
    boxes = [item.id for item in spare.items if isinstance(item, TickBox) and item.id.startswith("ex")]
    assert len(boxes) == sum(len(session.items) for session in plan.weeks[-1].sessions)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("chosen", ["short-four", "full-seven"])
def test_sheets_say_when_to_stop_and_whom_to_call(chosen: str, paper: str, large: bool) -> None:
    data = {"layout": "tracker", "program": chosen, "paper": paper, "large": large, "tracker_weeks": 3}
    for language in ("nl", "en"):
        made = make_program({**data, "language": language})
        document = made.document()
        assert len(document.pages) == (2 if large else 1)
        assert not all_faults(document, make_look(made.layout, made.paper, made.clinic.accent))
        rule = made.plan().safety.stop_rule.replace("\u00a0", " ")
        times = 2 if large and chosen == "short-four" else 1
        assert document_text(document).count(rule) == times
        assert document_text(document).count("112") == times


def test_a_layout_without_a_tracker_has_no_sheets_for_its_weeks(tmp_path: Path) -> None:
    """The weeks are a property of the prescription; other layouts leave them alone."""
    assert not codes(make_program({"layout": "wall-sheet", "tracker_weeks": "2"}).document())
    with pytest.raises(InputError, match="no week 7"):
        make_program({"layout": "wall-sheet", "tracker_weeks": "7"})
