"""Ticked sheets at the page: it has words for all that reading says, and the keys of the review page."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from test_page_modules import MODULES, words_of

from pdfgen.production import scan_run
from pdfgen.scanning import review_page
from pdfgen.scanning.answers import OPEN_STATES, AnswerState
from pdfgen.scanning.deciding import BoxState, Reason
from pdfgen.scanning.decisions import SCHEMA
from pdfgen.scanning.messages import NOT_READ
from pdfgen.scanning.reading import Refusal
from pdfgen.web.engine import scan_patients

TABLE = r'^  \[/(.+?)/, "(.*?)", "(.*)"\],$'
#: Patterns with their English words, in the order in which the page tries them.
PATTERNS = [
    (re.compile(found[0].replace("\\/", "/")), found[1])
    for name in ("known-messages.js", "scan-messages.js")
    for found in re.findall(TABLE, MODULES[name], re.MULTILINE)
]
#: What the program says, and how the words of the page for it begin.
MESSAGES = {
    NOT_READ[Refusal.FOREIGN]: "No week sheet",
    NOT_READ[Refusal.TWO_COLOURS]: "Scanned in black and white",
    NOT_READ[Refusal.NO_CODE]: "The code of the sheet",
    NOT_READ[Refusal.NO_MARKS]: "A part of the sheet is missing",
    NOT_READ[Refusal.COARSE]: "Too few pixels",
    NOT_READ[Refusal.OUTLINES]: "The boxes are not where",
    NOT_READ[Refusal.NOISY]: "Too dark",
    NOT_READ[Refusal.BURNT]: "The paper is burnt",
    scan_run._COSTLY: "It takes too long",
    scan_run._NO_ID: "A filled program without",
    scan_run._NOTHING: "A program in which nothing",
    scan_patients._NO_PATIENT: "There is no prescription",
    "is larger than 58 MB; split it": "Larger than",
    'a photo in HEIC needs the extra "heic"; install it; or send it as JPEG': "Photos in HEIC",
    "is no PDF, PNG, JPEG, TIFF or HEIC, or is damaged": "This is no PDF",
    "is damaged; scan or save it again": "It is damaged",
    "is damaged; scan it again": "It is damaged",
    "has 30000 by 30000 pixels; at most 80 million are read": "Too many pixels",
    "has more pixels than can be read; at most 80 million": "Too many pixels",
    "opens with a password only; save it without": "It opens with a password",
    "holds no decisions; give the file that the review page saves": "There are no decisions",
    "holds no sheet of a week": "There is no sheet of a week",
    "has sheets of more than 26 weeks, which do not fit on a page": "Sheets of more than",
    "its exercises do not fit on a page": "The exercises do not fit",
}


def test_every_refusal_is_here() -> None:
    assert set(NOT_READ.values()) <= set(MESSAGES)


@pytest.mark.parametrize("message", MESSAGES)
def test_why_a_file_is_not_read_is_said_in_the_words_of_the_page(message: str) -> None:
    found = next(words for pattern, words in PATTERNS if pattern.search(message))
    assert found.startswith(MESSAGES[message])


def test_every_doubt_has_its_words() -> None:
    told = dict(
        re.findall(r'^  "?([a-z0-9 ]+)"?: "(scans\.why\.[a-z]+)",$', MODULES["scan-words.js"], re.MULTILINE)
    )
    assert set(get_args(Reason)) - {""} <= set(told)
    assert set(told.values()) <= set(words_of("nl"))


def test_every_state_has_its_words() -> None:
    words = words_of("nl")
    assert set(OPEN_STATES) <= set(get_args(AnswerState))
    assert {f"scans.read.{state}" for state in (*OPEN_STATES, "corrected", "none")} <= set(words)
    assert {f"scans.legend.{state}" for state in get_args(BoxState)} <= set(words)


def test_decisions_are_saved_as_what_the_command_line_takes() -> None:
    assert f'const SCHEMA = "{SCHEMA}";' in MODULES["scan-save.js"]


def test_decisions_have_the_keys_of_the_review_page() -> None:
    def keys(code: str) -> list[str]:
        choices = code.partition("function choicesOf")[2].partition("\n}\n")[0]
        return re.findall(r'key: "(\w)", value: "(\w*)"', choices)

    numbers = 'key: n === 10 ? "t" : String(n), value: String(n)'
    ours, theirs = MODULES["scan-keys.js"], review_page._file("review.js")
    assert numbers in ours
    assert numbers in theirs
    assert len(keys(ours)) == 8
    assert keys(ours) == keys(theirs)
