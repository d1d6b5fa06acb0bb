"""Layouts whose type is large for their page: nothing breaks inside a word, drawings stay legible."""

from __future__ import annotations

import json
from functools import cache
from itertools import product

import pytest
from geometry import all_faults, document_text, page_lines
from programs import Made, make_program, shipped_language, shipped_library

from pdfgen.typesetting.look import make_look
from pdfgen.typesetting.sections.safety_strip import emergency

NARROW = ("large-print", "booklet")
SITUATIONS = ["osteoporosis", "shoulder-pain", "pregnancy"]


@cache
def program_of(layout: str, language: str, program: str, weeks: int, *, personal: bool = False) -> Made:
    data = {"layout": layout, "language": language, "program": program, "weeks": weeks}
    own = {
        "situations": SITUATIONS,
        "notes": {"plank": "Begin met 5 tellen. " * 8},
        "doses": {"bridge": [{"from_week": 2, "to_week": 3, "blank": True}]},
    }
    return make_program({**data, "start": "2026-03-02", **(own if personal else {})})


def tokens(made: Made) -> set[str]:
    """Everything between spaces and ends of lines."""
    return {
        token
        for page in made.document().pages
        for _, _, words in page_lines(page)
        for token in words.replace("\u00a0", " ").split()
    }


def written(language: str) -> set[str]:
    """Every word of the interface's texts."""
    return set(json.dumps(shipped_language(language).source.data, ensure_ascii=False).split())


CASES = pytest.mark.parametrize(
    ("layout", "language", "program", "weeks"),
    [
        # With each change, half of them: any values of three columns meet.
        pytest.param(*case, marks=() if number.bit_count() % 2 else pytest.mark.matrix)
        for number, case in enumerate(product(NARROW, ("nl", "en"), ("short-four", "full-seven"), (4, 12)))
    ],
)


def pieces(token: str) -> set[str]:
    """A word without what stands around it, and what a break at its hyphens makes of it."""
    bare = token.strip('",.:;()“”')
    *first, last = bare.split("-")
    return {bare, last, *(f"{part}-" for part in first)}


@CASES
def test_no_word_and_no_amount_is_broken(layout: str, language: str, program: str, weeks: int) -> None:
    made = program_of(layout, language, program, weeks)
    whole = tokens(program_of("standard", language, program, weeks)) | written(language)
    whole |= {made.ident, made.identity.digest, *made.layout.name[language].split()}
    others = (e.easier for e in made.plan().exercises if e.easier)
    whole |= {word for form in others for word in form.summary.split()}
    # It has room for more questions, with their sources, than the other layout.
    library = json.dumps(shipped_library().source.data, ensure_ascii=False).replace("}", " ")
    whole |= {*library.replace('"', " ").split(), made.language.strings.on_page.split()[0].capitalize()}
    # Page numbers go further than in the other layout; a sheet's name has its letter.
    whole |= {str(number) for number in range(120)}
    whole |= {f"{first}–{first + more}" for first in range(120) for more in range(1, 12)}
    whole |= {*made.language.narrow_days.values()}
    # Where a sheet has little room it says what the number is for in a word.
    whole |= {f"{emergency(made.plan().safety.boxes[0].phones[0])}:"}
    whole |= {f"{made.ident}-{week:02}{part}" for week in range(1, 13) for part in "abcd"}
    known = {piece for token in whole for piece in pieces(token)}
    assert {token for token in tokens(made) if not pieces(token) & known} == set()


@CASES
def test_cautions_notes_and_open_doses_find_room(
    layout: str, language: str, program: str, weeks: int
) -> None:
    made = program_of(layout, language, program, weeks, personal=True)
    assert made.plan().cautions
    text = document_text(made.document())
    for exercise in made.plan().exercises_by_form:
        for caution in exercise.cautions:
            assert caution.text in text
        assert all(note.words.text in text for note in exercise.notes)
    look = make_look(made.layout, made.paper, made.clinic.accent)
    assert all_faults(made.document(), look, mirrored=made.layout.margins.mirrored) == []
