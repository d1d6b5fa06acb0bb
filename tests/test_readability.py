"""The syllable counters against words counted by hand, and the two formulas against sums done by hand."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.content.rules.readability import (
    LANGUAGES,
    longest_sentence,
    measure,
    sentences,
    syllables,
    words,
)

# Counted by hand, syllable by syllable.
DUTCH = {
    1: "rug buik heup knie hiel been hoofd rust één",
    2: "over open even avond onder knieën billen rustig buigen rollen nieuwe draaien tweeën niveau serie",
    3: "ademen hernia oefening herhaling bewegen schouderpijn bureautje duizelig overeind museum België",
    4: "makkelijker onderarmen oefeningen halverwege behandeling huisartsenpost geopereerd januari individu",
    5: "rugoperatie krachtoefeningen verloskundige makkelijkere",
    6: "fysiotherapeut spondylolisthesis osteoporose",
}
ENGLISH = {
    1: "hip knee lift breathe breathed knees walked straight these times hips once clothes does",
    2: "muscle muscles belly lower gently closely movement careful sideways lying doing going being people"
    " little needed rested settled evening forearms changes breathing",
    3: "exercise exercises appointment surgery together usual serious medical hospital general period area",
    4: "repetition information inflammation",
    6: "physiotherapist osteoporosis",
}


def _cases(table: dict[int, str]) -> list[tuple[str, int]]:
    return [(word, count) for count, line in table.items() for word in line.split()]


@pytest.mark.parametrize(("word", "count"), _cases(DUTCH))
def test_dutch_syllables(word: str, count: int) -> None:
    assert syllables(word, "nl") == count


@pytest.mark.parametrize(("word", "count"), _cases(ENGLISH))
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_of_a_word_and_digits_add_up(language: str) -> None:
    assert syllables("hol-bol", language) == 2
    assert syllables("112", language) == 3
    assert syllables("KNIE", "nl") == 1
    assert syllables("psst", language) == 1


def test_sentences_end_at_a_stop_before_a_space() -> None:
    text = 'Ga zitten. Doet het pijn? "Stop dan!" Bel 1.5 keer: nu.'
    assert sentences(text) == ["Ga zitten.", "Doet het pijn?", '"Stop dan!', "Bel 1.5 keer: nu."]
    assert words("Hol-bol, 2 keer; regio's.") == ["Hol-bol", "2", "keer", "regio's"]
    assert longest_sentence("Een twee. Een twee drie! Een.") == 3
    assert longest_sentence(" ") == 0


def dutch_score(text: str) -> float:
    return measure(text, "nl").score


def english_grade(text: str) -> float:
    return measure(text, "en").score


def test_flesch_douma_by_hand() -> None:
    # 3 words, 1 sentence, 4 syllables
    assert dutch_score("Buig je knieën.") == pytest.approx(206.835 - 0.93 * 3 - 77 * 4 / 3)
    # 6 words, 2 sentences, 8 syllables
    assert dutch_score("Adem uit. Til je heupen op.") == pytest.approx(206.835 - 0.93 * 3 - 77 * 8 / 6)


def test_flesch_kincaid_by_hand() -> None:
    # 4 words, 1 sentence, 5 syllables
    assert english_grade("Lift your hips slowly.") == pytest.approx(0.39 * 4 + 11.8 * 5 / 4 - 15.59)


def test_long_words_and_sentences_are_harder() -> None:
    easy, hard = "Buig je knie. Adem uit.", "Flexie van het kniegewricht tijdens gecontroleerde uitademing."
    assert dutch_score(easy) > 100 > 30 > dutch_score(hard)
    easy, hard = "Bend your knee. Breathe out.", "Perform flexion of the articulation during exhalation."
    assert english_grade(easy) < 2 < 12 < english_grade(hard)


def test_measure_counts_and_is_frozen() -> None:
    result = measure("Bend your knee. Breathe out.", "en")
    assert (result.words, result.sentences, result.longest_sentence) == (5, 2, 3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.words = 4  # type: ignore[misc]


def test_no_formula_or_no_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="'ar'"):
        measure("نص", "ar")
    with pytest.raises(ValueError, match="no words"):
        measure("…", "nl")


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_is_counted_without_contradiction(text: str, language: str) -> None:
    if not words(text):
        return
    result = measure(text, language)
    assert 1 <= result.sentences <= result.words
    assert result.words <= result.longest_sentence * result.sentences


@given(st.lists(st.sampled_from(["Buig je knie.", "Adem uit.", "Rust."]), min_size=1, max_size=6))
def test_repeating_a_text_keeps_its_score(parts: list[str]) -> None:
    text = " ".join(parts)
    assert measure(f"{text} {text}", "nl").score == pytest.approx(measure(text, "nl").score)
