"""What every valid prescription keeps: nothing is lost, nothing overlaps, the file says what was meant."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from geometry import all_faults, document_text, filled_part
from hypothesis import example, given
from hypothesis import strategies as st
from programs import Made, examples, make_anew, make_program, shipped_library

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.errors import FitError
from pdfgen.pdf.logical_text import differences, expected_text
from pdfgen.pdf.reader import read
from pdfgen.planning.progression import CHANGEOVER_S, seconds
from pdfgen.production.assets import load_family
from pdfgen.typesetting.document import GlyphRun
from pdfgen.typesetting.look import make_look

LIBRARY = shipped_library().value
EXERCISES = sorted(LIBRARY.exercises)

#: A page that is used less looks like a mistake.
LEAST_FILLED = 0.2

#: Odd but printable: marks of many languages, signs of markup, joined and very long words.
ODD_WORDS = st.sampled_from(
    [
        "Łódź",
        "Đặng",
        "Ġużè",
        "Þórr",
        "İnönü",
        "Ștefănuț",
        '<b>&"',
        "</div>",
        "{side}",
        "{{x}}",
        "%s",
        "\\n",
        "$HOME",
        "a\u0301e\u0308",
        "m\u0331",
        "½",
        "—",
        "…",
        "“Oma’s”",
        "5×3",
        "a/b/c/d",
        "en-nog-een-koppelwoord",
        "№" * 0 + "€ 5",
        "Hottentottententententoonstelling",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten",
        "x" * 60,
        "WWWWWWWWWWWWWWWWWWWW",
        "iiiiiiii",
        "0",
        "12:30",
        "no",
        "'",
        "`",
        "#",
        "@",
    ]
)
LETTERS = st.text(
    st.characters(max_codepoint=0x17F, categories=["Lu", "Ll", "Nd", "Po", "Sm", "Sc"]).filter(
        lambda character: (
            load_family().face_for(character) is not None
            and load_family().face_for(character, bold=True) is not None
        )
    ),
    min_size=1,
    max_size=12,
)
PLAIN = st.sampled_from(
    ["de", "rug", "een", "wandeling", "elke", "dag", "rustig", "Mevrouw", "Jansen", "tuin"]
)


def texts(longest: int) -> st.SearchStrategy[str]:
    words = st.lists(st.one_of(PLAIN, PLAIN, ODD_WORDS, LETTERS), min_size=1, max_size=40)
    return words.map(lambda chosen: " ".join(chosen)[:longest].strip()).filter(bool)


DOSES = st.fixed_dictionaries(
    {},
    optional={
        "sets": st.integers(1, 10),
        "reps": st.integers(1, 50),
        "hold_s": st.integers(0, 600),
        "per_side": st.booleans(),
        "level": st.sampled_from(["L1", "L2", "L3"]),
        "from_week": st.just(2),
        "to_week": st.just(2),
        "blank": st.booleans(),
    },
)
DAYS = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True)


@st.composite
def prescriptions(draw: st.DrawFn) -> dict[str, Any]:
    """A valid prescription."""
    data: dict[str, Any] = {
        "program": draw(st.sampled_from(sorted(LIBRARY.programs))),
        "weeks": draw(st.integers(2, 12)),
        "language": draw(st.sampled_from(["nl", "en"])),
        "paper": draw(st.sampled_from(["a4", "letter"])),
    }
    if draw(st.booleans()):
        data["exercises"] = draw(st.lists(st.sampled_from(EXERCISES), min_size=1, max_size=7, unique=True))
    chosen = data.get("exercises") or list(LIBRARY.programs[data["program"]].exercises)
    if draw(st.booleans()):
        data["start"] = draw(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))).isoformat()
    if draw(st.booleans()):
        data["days"] = draw(
            st.one_of(DAYS, st.fixed_dictionaries({"mobilising": DAYS, "strengthening": DAYS}))
        )
    if draw(st.booleans()):
        data["side"] = draw(st.sampled_from(["left", "right"]))
    data["situations"] = draw(st.lists(st.sampled_from(sorted(LIBRARY.situations)), max_size=3, unique=True))
    data["doses"] = draw(st.dictionaries(st.sampled_from(chosen), DOSES, max_size=3))
    for name, dose in data["doses"].items():
        if dose.get("level") not in LIBRARY.exercises[name].variants:
            dose.pop("level", None)
    data["notes"] = draw(st.dictionaries(st.sampled_from(chosen), texts(300), max_size=2))
    data["patient"] = {"label": draw(st.one_of(st.just(""), texts(60)))}
    for field, longest in (("goal", 150), ("if_then", 120), ("therapist", 60)):
        if draw(st.booleans()):
            data[field] = draw(texts(longest))
    return data


CLINICS = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {"country": st.sampled_from(sorted(LIBRARY.countries))},
        optional={
            "name": texts(50),
            "address": st.lists(texts(40), max_size=3),
            "phone": st.just("+31 (0)85 000 00 00"),
            "email": st.just("a@b.example"),
            "website": st.just("b.example"),
            "accent": st.sampled_from(["#0b4f5c", "#5c0b20"]),
            "urgent": st.just([{"id": "day", "label": "Nurse", "number": "0900 – 123 456 789"}]),
            "traffic_light": st.just({"green_max": 0, "amber_max": 9, "settle_hours": 72}),
        },
    ),
)

#: As many exercises and questions as there can be, and the longest words.
FULL = {
    "program": "full-seven",
    "weeks": 12,
    "paper": "letter",
    "start": "2027-12-29",
    "situations": ["osteoporosis", "pregnancy", "slipped-disc"],
    "side": "left",
    "patient": {"label": "x" * 60},
    "goal": "Hottentottententententoonstelling " * 4,
    "if_then": "Als ik koffie heb, dan oefen ik. " * 3,
    "notes": {"plank": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten " * 4},
}


@examples(8)
@given(data=prescriptions(), clinic=CLINICS)
@example(data=FULL, clinic=None)
@example(data={"exercises": ["superman"], "weeks": 2}, clinic={"country": "BE"})
def test_any_valid_prescription_gives_a_good_document(
    data: dict[str, Any], clinic: dict[str, Any] | None
) -> None:
    made = make_program(data, clinic)
    document = made.document()
    look = make_look(made.layout, made.paper, made.clinic.accent)
    faults = [*week_faults(made), *all_faults(document, look), *text_faults(made)]
    for number, page in enumerate(document.pages, 1):
        part = filled_part(page, look)
        if part < LEAST_FILLED:
            faults.append(f"page {number} of {len(document.pages)} is used for {part:.0%} only")
    assert faults == []


def week_faults(made: Made) -> list[str]:
    """Weeks whose minutes are not the sum of their exercises, or are told where a dose is left open."""
    plan, faults = made.plan(), []
    by_number = {exercise.number: LIBRARY.exercises[exercise.id] for exercise in plan.exercises}
    for week in plan.weeks:
        sums = [
            sum(seconds(by_number[item.number], item.dose) + CHANGEOVER_S for item in session.items)
            for session in week.sessions
        ]
        is_open = any(item.dose.blank for session in week.sessions for item in session.items)
        minutes = 0 if is_open else -(-max(sums, default=0) // 60)
        if sums != [session.seconds for session in week.sessions] or week.minutes != minutes:
            faults.append(f"week {week.number}: {week.minutes} minutes for {sums} seconds")
    return faults


def text_faults(made: Made) -> list[str]:
    """What must be read in every document and is not there."""
    plan, text = made.plan(), document_text(made.document())
    wanted = [sign for box in plan.safety.boxes for sign in box.signs]
    wanted += [plan.safety.stop_rule, *plan.safety.ask_first, *(light.text for light in plan.safety.lights)]
    wanted += [caution.text for caution in plan.cautions]
    wanted += [exercise.name for exercise in plan.exercises]
    wanted += [step for exercise in plan.exercises for _, step in exercise.main.steps]
    wanted += [question for question, _ in plan.faq] + [answer for _, answer in plan.faq]
    faults = [
        f"not in the text: {words}"
        for words in wanted
        if " ".join(words.replace("\u00a0", " ").split()) not in text
    ]
    # A long word may be parted at the end of a line, so what people wrote is looked for without spaces.
    packed = text.replace(" ", "")
    written = [
        plan.label,
        plan.goal.text if plan.goal else "",
        plan.if_then.text if plan.if_then else "",
        plan.therapist,
        *(note.words.text for exercise in plan.exercises for note in exercise.notes),
    ]
    faults += [f"not in the text: {words}" for words in written if words.replace(" ", "") not in packed]
    return faults


@examples(2)
@given(data=prescriptions(), clinic=CLINICS)
@example(data=FULL, clinic=None)
def test_the_file_says_what_the_document_says_and_is_always_the_same(
    data: dict[str, Any], clinic: dict[str, Any] | None
) -> None:
    made, again = make_program(data, clinic), make_anew(data, clinic)
    file = made.pdf()
    assert file == again.pdf()
    found = read(file)
    assert differences(expected_text(made.document()), found.elements) == ()
    assert len(found.pages) == len(made.document().pages)
    assert not any(page.untagged for page in found.pages)
    assert all(font.embedded and font.mapped for font in found.fonts)


@examples(4)
@given(data=prescriptions())
def test_every_glyph_on_every_page_exists(data: dict[str, Any]) -> None:
    for page in make_program(data).document().pages:
        assert not [
            item for item in page.items if isinstance(item, GlyphRun) and any(g.gid == 0 for g in item.glyphs)
        ]


def test_what_does_not_fit_is_an_error_and_not_a_page_with_a_part_missing() -> None:
    notes = dict.fromkeys(LIBRARY.programs["full-seven"].exercises, "x " * 300)
    situations = sorted(LIBRARY.situations)
    made = make_program({"program": "full-seven", "notes": notes, "situations": situations})
    text = document_text(made.document())
    assert all(caution.text in text for caution in made.plan().cautions)
    large = {"program": "full-seven", "layout": "wall-sheet", "paper": "a4", "large": True}
    longest = dict.fromkeys(notes, "W" * 600)
    with pytest.raises(FitError, match=r"exercise-weeks: does not fit on a page.*shorten its texts"):
        make_program(large | {"notes": longest}).document()
