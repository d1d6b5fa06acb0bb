"""No page draws how to do an exercise without what its patient has to know before doing it."""

from __future__ import annotations

import re

import pytest
from geometry import text_of
from programs import EXAMPLES, Made, make_program, personal

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.document import GlyphRun, Page, Placed, TickBox
from pdfgen.typesetting.look import MM

LAYOUTS = sorted(path.stem for path in (EXAMPLES.parent / "layouts").glob("*.yaml"))
DATA = {
    "weeks": 6, "start": "2026-03-02", "side": "left",
    "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    "situations": ["osteoporosis", "high-blood-pressure"],
    "exercises": ["leg-lengthening", "knee-rolls", "cat-cow", "bridge"],
    "notes": {"bridge": "Til je heupen niet hoger dan een handbreedte.", "knee-rolls": "Begin klein."},
    "doses": {
        "knee-rolls": [{"from_week": 1, "to_week": 3, "level": "L1"}, {"from_week": 4, "level": "L2"}],
    },
}  # fmt: skip
#: Drawings that are lower tell exercises apart, on a cover and in lists.
_SHOWS_HOW = 26 * MM
#: Layouts in which exercises stand on the pages with boxes; elsewhere steps are beside the drawings, and
#: overviews and week sheets name the page of each.
_WITH_BOXES = {"compact", "wall-sheet"}


def drawn_on(page: Page, made: Made, exercise: PlannedExercise) -> bool:
    """Whether a page shows how to do an exercise."""
    figures = made.composer().figures
    drawings = [figures[panel.figure] for form in exercise.shown_forms for panel in form.panels]
    shown = [item.drawing for item in page.items if isinstance(item, Placed) and item.height > _SHOWS_HOW]
    return any(drawing is one for drawing in shown for one in drawings)


def words_on(page: Page) -> str:
    return "".join("".join(text_of(item) for item in page.items if isinstance(item, GlyphRun)).split())


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "tracker"])
def test_a_page_that_draws_an_exercise_says_what_goes_before_it(layout: str, large: bool) -> None:
    """In words, or with the line that sends to them."""
    if layout in {"booklet", "cards", "screen"} and large:
        pytest.skip("it has no large print, or none of these weeks")
    one = make_program({**DATA, "layout": layout, "large": large})
    strings = one.language.strings
    lines = (strings.see_above, strings.frame_before, strings.front_first)
    sent = {"".join(words.split()) for words in lines}
    missing = []
    for number, page in enumerate(one.document().pages[1:], 2):
        if any(isinstance(item, TickBox) for item in page.items) != (layout in _WITH_BOXES):
            continue
        text = words_on(page)
        for exercise in one.plan().exercises:
            steps = ["".join(step.split()) for form in exercise.shown_forms for _, step in form.steps]
            if layout not in _WITH_BOXES and not any(step in text for step in steps):
                continue
            own = [*personal(exercise), *([exercise.start_side] if exercise.start_side else [])]
            lost = [words for words in own if "".join(words.split()) not in text]
            if lost and drawn_on(page, one, exercise) and not any(words in text for words in sent):
                missing.append((number, exercise.name, lost))
    assert not missing


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("layout", sorted(_WITH_BOXES))
def test_a_page_with_the_first_weeks_of_a_form_has_its_care_and_no_other_weeks(
    layout: str, large: bool
) -> None:
    """Who turns the page has stopped reading: what to take care of stands with the steps."""
    one = make_program({**DATA, "layout": layout, "large": large})
    pages = [words_on(page) for page in one.document().pages]
    parts = 0
    for exercise in one.plan().exercises:
        care = "".join("".join(exercise.care).split())
        for form in exercise.by_form:
            last = "".join(form.main.steps[-1][1].split())
            (first,) = [page for page in pages if last in page and "".join(exercise.name.split()) in page][:1]
            assert care in first
            headed = [page for page in pages if f":{''.join(form.main.name.split())}" in page]
            weeks = [re.findall(rf"Week([\d–]+):{''.join(form.main.name.split())}", page) for page in headed]
            said = [week for found in weeks for week in found]
            assert len(set(said)) == len(said), said
            parts += len(said) > 1
    assert bool(parts) is (large and layout == "compact")
