"""Week sheets without room for all cautions and notes: rows name the page of these, as the last resort."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from geometry import joined_runs, text_of
from programs import EXAMPLES, Data, Made, in_week, make_program, personal, shipped_library
from programs import words_of as line_of
from test_tracker_layout import _rows, sides

from pdfgen.cli.app import program
from pdfgen.errors import ExitCode, FitError
from pdfgen.production.job import Job
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.document import LinkArea, Placed

SITUATIONS = ["osteoporosis", "high-blood-pressure", "knee-pain", "shoulder-pain", "wrist-pain"]
#: A spare sheet names the pages of all forms.
FIRST = re.compile(r"Lees eerst bladzijde ((\d+)(?:–\d+)?) ?\.")
MESSAGE = "the week sheets have no room for all cautions and notes"


def full_seven(layout: str, situations: int, characters: int, weeks: int) -> Data:
    """A program with notes of so many characters on each exercise."""
    note = ("Doe dit heel rustig en met kleine stappen aan. " * characters)[:characters].strip()
    notes = dict.fromkeys(shipped_library().value.programs["full-seven"].exercises, note)
    chosen = SITUATIONS[:situations]
    return {"program": "full-seven", "layout": layout, "weeks": weeks, "situations": chosen, "notes": notes}


def sheets_with_page(made: Made) -> tuple[int, int]:
    """Count rows that say all that is meant for this patient, and rows that name the page that does."""
    document, plan, whole, pointed = made.document(), made.plan(), 0, 0
    pages = {place.name: place.page + 1 for place in document.destinations}
    texts = [line_of([text_of(run) for run in joined_runs(page.items)]) for page in document.pages]
    for page in sides(document):
        assert page.sheet
        week = page.sheet.week
        links = {(item.target, item.description) for item in page.items if isinstance(item, LinkArea)}
        for number, row in _rows(document, page).items():
            exercise = plan.exercises[number - 1]
            if week and exercise.doses[week - 1] is None:
                continue
            form = in_week(exercise, week) if week else exercise
            own = [line_of([said]) for said in personal(form)]
            missing, said = [words for words in own if words not in row], FIRST.findall(row)
            if not missing:
                assert said == []
                whole += 1
                continue
            place = pages[destination_of(form)]
            assert [int(first) for _, first in said] == [place]
            assert (f"#{destination_of(form)}", f"bladzijde {said[0][0]}") in links
            assert [words for words in own if words not in texts[place - 1]] == []
            pointed += 1
    return whole, pointed


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet"])
def test_each_row_says_what_is_meant_for_this_patient_or_names_its_page(layout: str) -> None:
    made = make_program(full_seven(layout, situations=5, characters=200, weeks=4))
    whole, pointed = sheets_with_page(made)
    assert made.document().sheets_say_all is (pointed == 0) is (layout == "standard")
    assert whole + pointed > 4 * 6


def test_rows_without_room_for_notes_keep_cautions_where_these_have_room() -> None:
    made = make_program(full_seven("standard", situations=3, characters=400, weeks=6))
    document = made.document()
    sheets_with_page(made)
    assert not document.sheets_say_all
    kept = 0
    for page in sides(document):
        for number, row in _rows(document, page).items():
            if FIRST.search(row):
                cautions = made.plan().exercises[number - 1].cautions
                assert [one for one in cautions if line_of([one.text]) not in row] == []
                kept += len(cautions)
    assert kept


@pytest.mark.parametrize("layout", ["large-print", "booklet"])
@pytest.mark.parametrize("situations", [3, 5])
def test_rows_name_pages_before_they_lose_their_drawings(layout: str, situations: int) -> None:
    data = full_seven(layout, situations, characters=0, weeks=4)
    made = make_program({**data, "notes": {}})
    sheets_with_page(made)
    weeks = {
        week.number: len({item.number for s in week.sessions for item in s.items})
        for week in made.plan().weeks
    }
    drawn = dict.fromkeys(weeks, 0)
    for page in sides(made.document()):
        if page.sheet and page.sheet.week:
            drawn[page.sheet.week] += sum(
                isinstance(item, Placed) and item.drawing.name in figures_of(made) for item in page.items
            )
    assert drawn == {week: 2 * count for week, count in weeks.items()}


def figures_of(made: Made) -> set[str]:
    """The names of the drawings of all forms."""
    forms = (form for exercise in made.plan().exercises for form in exercise.forms)
    return {made.composer().figures[panel.figure].name for form in forms for panel in form.panels}


def test_rows_name_pages_only_where_words_have_no_room() -> None:
    made = Made.of(Job(EXAMPLES / "patient-situations.yaml", layout="large-print"))
    whole, pointed = sheets_with_page(made)
    assert made.document().sheets_say_all
    assert whole > pointed == 0


def test_sheets_alone_have_no_page_to_name() -> None:
    with pytest.raises(FitError, match="does not fit on the week sheet"):
        make_program(full_seven("tracker", situations=5, characters=600, weeks=6)).document()


@pytest.mark.parametrize(("situations", "characters", "told"), [(1, 20, 0), (5, 200, 1)])
def test_who_makes_a_program_is_told_that_sheets_name_a_page(
    tmp_path: Path, situations: int, characters: int, told: int
) -> None:
    data = full_seven("large-print", situations, characters, weeks=4)
    file = tmp_path / "patient.yaml"
    file.write_text(json.dumps({**data, "patient": {"label": "Mw. De Beek"}}), encoding="utf-8")
    result = CliRunner().invoke(program, ["generate", str(file), "-o", str(tmp_path / "a.pdf")])
    assert result.exit_code == ExitCode.OK, result.stderr
    lines = [line for line in result.stderr.splitlines() if MESSAGE in line]
    assert len(lines) == told
    for line in lines:
        assert "shorter notes or fewer exercises" in line
        assert "Beek" not in line
        assert "rustig" not in line
