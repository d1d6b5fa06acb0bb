"""Wall sheet and compact: the promised pages or advice, and nothing of the plan left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, product
from typing import Any

import pytest
from geometry import all_faults, box_of, document_text, runs, text_of
from hypothesis import given
from hypothesis import strategies as st
from programs import Made, examples, make_program

from pdfgen.errors import ExitCode, FitError
from pdfgen.planning.plan import Plan
from pdfgen.planning.wording import dose_cell
from pdfgen.typesetting.document import Document, Placed, TickBox
from pdfgen.typesetting.look import MM, make_look

PAPERS = {"wall-sheet": ("a4", "a3", "letter"), "compact": ("a4", "letter")}
PROGRAMS = ("short-four", "full-seven")
WEEKS = (4, 6, 12)
#: Everything that a therapist can add.
RICH: dict[str, Any] = {
    "side": "left", "situations": ["osteoporosis", "wrist-pain"], "therapist": "K. Beek",
    "notes": {"cat-cow": "Beweeg klein in de eerste week."}, "goal": "Weer fietsen",
    "doses": {"bridge": [{"from_week": 4, "blank": True}]},
}  # fmt: skip


def program_of(layout: str, language: str, paper: str, program: str, weeks: int, **more: Any) -> Made:
    data = {"layout": layout, "language": language, "paper": paper, "program": program, "weeks": weeks}
    return make_program({**data, "start": "2026-03-02", "patient": {"label": "Mw. De Wit"}, **more})


def cases() -> Iterator[tuple[str, str, str, str, int]]:
    """Those on A4, and on other papers the longest and the shortest; the layout matrix has all."""
    for layout, papers in PAPERS.items():
        for case in product((layout,), ("nl", "en"), papers, PROGRAMS, WEEKS):
            if case[2] == "a4" or case[3:] in {("short-four", 6), ("full-seven", 12)}:
                yield case


def fitting(case: Made) -> Document | None:
    """Return the document; None where it cannot be, and the advice is good."""
    try:
        return case.document()
    except FitError as error:
        problems = error.problems
    assert all("do not fit" in p.message and "fewer weeks" in p.message for p in problems)
    return None


def missing(document: Document, case: Made) -> list[str]:
    """Return what of the plan is not in the document."""
    text = document_text(document)
    return [words for words in wanted(case) if " ".join(words.replace("\u00a0", " ").split()) not in text]


def wanted(case: Made) -> Iterator[str]:
    plan: Plan = case.plan()
    safety = plan.safety
    yield from (plan.title, plan.label, plan.therapist, plan.goal, plan.preparation.warm_up.intro)
    yield from (safety.stop_rule, *(light.title for light in safety.lights))
    for box in safety.boxes:
        yield box.title
        yield from (words for phone in box.phones for words in (phone.label, phone.number))
    for exercise in plan.exercises:
        yield exercise.name
        yield exercise.note
        yield from (caution.text for caution in exercise.cautions)
        yield from (dose_cell(d, case.language) for d in exercise.doses if d is not None and not d.blank)
    if case.layout.supplement:
        return
    yield from (safety.intro, safety.light_intro, safety.usual_pain, *safety.ask_first)
    yield from (words for box in safety.boxes for words in (*box.signs, box.note))
    yield from (light.text for light in safety.lights)
    for exercise in plan.exercises:
        yield from exercise.care
        yield from (
            variant.summary for variant in (exercise.easier, exercise.harder) if variant and variant.weeks
        )


def ticks(document: Document) -> list[TickBox]:
    return [item for page in document.pages for item in page.items if isinstance(item, TickBox)]


def faults(document: Document, case: Made) -> list[str]:
    return all_faults(document, make_look(case.layout, case.paper, case.clinic.accent))


def drawing_lengths(document: Document) -> list[float]:
    """Millimetres of the longer side of each drawing that is content: some figures lie, some stand."""
    return [
        max(item.width, item.height) / MM
        for page in document.pages
        for item in page.items
        if isinstance(item, Placed) and item.node >= 0 and document.nodes[item.node].role == "Figure"
    ]


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: "-".join(map(str, case)))
def test_whole_or_advice(case: tuple[str, str, str, str, int]) -> None:
    one = program_of(*case)
    document = fitting(one)
    if document is None:
        assert case[3:] != ("short-four", 6)
        return
    assert len(document.pages) == one.layout.pages
    assert missing(document, one) == []
    assert faults(document, one) == []
    assert len(ticks(document)) == sum(len(week.sessions) for week in one.plan().weeks)
    assert min(tick.size for tick in ticks(document)) >= 6 * MM - 0.01
    assert len(drawing_lengths(document)) >= len(one.plan().exercises)
    # The figure that leans on a wall is 43 mm high in the true size, one that lies 57 mm wide.
    assert min(drawing_lengths(document)) >= 20 * 43 / 57 - 0.1


@pytest.mark.parametrize(
    "case",
    [
        ("wall-sheet", "nl", "a4", "full-seven", 6),
        ("wall-sheet", "nl", "a3", "full-seven", 12),
        ("wall-sheet", "en", "letter", "full-seven", 6),
        ("compact", "nl", "a4", "short-four", 12),
        ("compact", "en", "letter", "short-four", 12),
        ("compact", "nl", "a4", "full-seven", 4),
    ],
    ids=lambda case: "-".join(map(str, case)),
)
def test_these_fit(case: tuple[str, str, str, str, int]) -> None:
    one = program_of(*case)
    assert len(one.document().pages) == one.layout.pages


@pytest.mark.parametrize(("layout", "language"), list(product(PAPERS, ("nl", "en"))))
def test_cautions_notes_and_open_doses_stay(layout: str, language: str) -> None:
    one = program_of(layout, language, "a4", "short-four", 4, **RICH)
    document = one.document()
    assert missing(document, one) == []
    assert faults(document, one) == []
    open_dose = f"{one.language.strings.dose}: …"
    assert any(node.actual == open_dose for node in document.nodes)


@pytest.mark.parametrize("layout", PAPERS)
def test_what_is_not_given_is_a_line(layout: str) -> None:
    one = make_program({"layout": layout, "weeks": 4})
    lines = {node.actual for node in one.document().nodes if node.actual.endswith(": …")}
    strings = one.language.strings
    asked = {strings.for_patient, strings.from_therapist, strings.start_date}
    assert all(any(words in line for line in lines) for words in asked)
    phones = {phone.label for box in one.plan().safety.boxes for phone in box.phones if not phone.number}
    assert {f"{label}: …" for label in phones} <= lines


@pytest.mark.parametrize("layout", PAPERS)
def test_too_much_is_an_error_with_advice(layout: str) -> None:
    notes = dict.fromkeys(("knee-rolls", "cat-cow", "bridge", "plank"), "Let goed op je houding. " * 24)
    with pytest.raises(FitError, match=r"points too high; take fewer exercises or fewer weeks") as error:
        program_of(layout, "nl", "a4", "short-four", 6, notes=notes).document()
    assert error.value.exit_code == ExitCode.FIT


def test_fewer_exercises_have_larger_names_and_doses() -> None:
    def largest(program: str) -> float:
        document = program_of("wall-sheet", "nl", "a4", program, 6).document()
        found = runs(document.pages[0])
        return max(run.size for run in found if "1 × 10" in text_of(run).replace("\u00a0", " "))

    assert largest("short-four") > largest("full-seven") >= 10.5


def test_a3_is_larger() -> None:
    a3, a4 = (program_of("wall-sheet", "nl", paper, "short-four", 6).document() for paper in ("a3", "a4"))
    assert sum(drawing_lengths(a3)) > 1.3 * sum(drawing_lengths(a4))


def test_the_wall_sheet_fills_its_room() -> None:
    one = program_of("wall-sheet", "nl", "a4", "short-four", 6)
    boxes = sorted((box_of(item) for item in one.document().pages[0].items), key=lambda box: box.top)
    lowest = accumulate((box.bottom for box in boxes), max)
    assert max(below.top - above for above, below in zip(lowest, boxes[1:], strict=False)) < 25


@given(st.data())
@examples(15)
def test_any_program_fits_or_advises(data: st.DataObject) -> None:
    names = ("leg-lengthening", "knee-rolls", "cat-cow", "bridge", "plank", "superman", "childs-pose")
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=7, unique=True))
    weeks = data.draw(st.integers(3, 12))
    layout = data.draw(st.sampled_from(sorted(PAPERS)))
    note = data.draw(st.text(alphabet="abc de.", max_size=200).filter(str.strip))
    one = program_of(layout, "nl", "a4", "short-four", weeks, exercises=chosen, notes={chosen[0]: note})
    document = fitting(one)
    if document is not None:
        assert missing(document, one) == []
        assert faults(document, one) == []
