"""Cleaning text: what is taken out, what is refused, what stays."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.content.models.text_cleaning import clean_text

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u2060\u2064\u3164\ufe00\ufe0f\ufeff\U000e0041"
)


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda c: f"U+{ord(c):04X}")
def test_what_shows_nothing_is_taken_out(character: str) -> None:
    assert clean_text(character) == ""
    assert clean_text(f"{character}J. de{character} Wit{character}") == "J. de Wit"
    assert clean_text(f"Zoe{character}\u0308") == "Zo\u00eb", "what it kept apart is one letter again"


def test_joiners_stay_between_letters_that_join() -> None:
    assert (
        clean_text("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
        == "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    )
    assert clean_text("\u0645\u06cc\u200c") == "\u0645\u06cc"
    assert clean_text("a\u200db") == "ab"


def test_text_gets_one_form_and_single_spaces() -> None:
    assert clean_text("  e\u0301e\u0301n\n\ttwee\u00a0drie\u2028vier ") == "\u00e9\u00e9n twee drie vier"


@pytest.mark.parametrize(
    ("text", "character", "position"),
    [
        ("J\x1b", "U+001B", 2),
        ("a\rb", "U+000D", 2),
        ("a\u0085b", "U+0085", 2),
        ("\u202eJan", "U+202E", 1),
        ("\u200bJa\u2066n", "U+2066", 3),
        ("\ue000", "U+E000", 1),
        ("\u0378", "U+0378", 1),
        ("\ud800", "U+D800", 1),
    ],
)
def test_what_misleads_or_cannot_be_printed_is_refused(text: str, character: str, position: int) -> None:
    with pytest.raises(ValueError, match=re.escape(f"the character {character} at position {position} ")):
        clean_text(text)


def test_a_lost_character_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a character was lost here \(U\+FFFD at position 3\)"):
        clean_text("Zo\ufffd")


def test_too_many_accents_are_refused() -> None:
    assert clean_text("x\u0300\u0301\u0302y\u0300\u0301\u0302").startswith("x")
    with pytest.raises(ValueError, match="too many accents on one letter, at position 5"):
        clean_text("x\u0300\u0301\u0302\u0303")


@given(
    st.text(max_size=40)
    | st.text(st.sampled_from("ab \u0301\u0308\u200b\u200d\ufe0f\u0645\u00ad"), max_size=12)
)
def test_clean_text_is_clean(text: str) -> None:
    try:
        cleaned = clean_text(text)
    except ValueError:
        return
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not cleaned or cleaned.strip()
