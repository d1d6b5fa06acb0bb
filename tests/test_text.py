"""Lines of text: nothing is lost, nothing is too wide, and the breaks are the best ones."""

from __future__ import annotations

import itertools
import re
from itertools import pairwise

import pytest
from geometry import page_lines, runs, text_of, width_of
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.errors import FitError
from pdfgen.production.assets import load_family
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import DECORATION, GlyphRun, LinkArea
from pdfgen.typesetting.text import Text, average_character_width
from pdfgen.typesetting.text_style import Span, TextStyle

FAMILY = load_family()
STYLE = TextStyle(12.0, 16.0)

#: What people write: letters with and without marks, digits, signs, words with hyphens, very long words.
LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789éèëïöüçñåøæßłńśżćęąőűşğıțșđĐŻġúùặ€%&<>\"'(),.:;!?–—-/×…"
WORDS = st.text(LETTERS, min_size=1, max_size=24)
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
WIDTHS = st.floats(40, 480)


def set_text(text: Text, width: float = 300.0, node: int = 0) -> tuple[Canvas, list[GlyphRun]]:
    canvas = Canvas(600, 800)
    canvas.new_page()
    text.place(canvas, 50, 100, width, node)
    return canvas, [item for item in canvas.pages()[0].items if isinstance(item, GlyphRun)]


@given(words=TEXTS, width=WIDTHS)
def test_all_characters_are_placed_in_order(words: str, width: float) -> None:
    _, placed = set_text(Text(words, STYLE, FAMILY), width)
    assert "".join(map(text_of, placed)) == words


@given(words=TEXTS, width=WIDTHS)
def test_no_line_is_wider_than_allowed(words: str, width: float) -> None:
    text = Text(words, STYLE, FAMILY)
    widest = max(text.style.size * 1.3, width)
    assert all(line.width <= widest + 0.02 for line in text.lines(width))
    _, placed = set_text(text, width)
    assert all(run.x + width_of(run) <= 50 + widest + 0.02 for run in placed)


@given(words=TEXTS, width=WIDTHS)
def test_height_is_that_of_the_lines(words: str, width: float) -> None:
    text = Text(words, STYLE, FAMILY)
    assert text.height(width) == len(text.lines(width)) * STYLE.leading
    _, placed = set_text(text, width)
    assert len({run.y for run in placed}) == len(text.lines(width))
    assert all(100 < run.y < 100 + text.height(width) for run in placed)


@given(words=TEXTS)
def test_wide_enough_means_one_line(words: str) -> None:
    text = Text(words, STYLE, FAMILY)
    assert len(text.lines(text.natural_width + 0.1)) == 1
    assert text.lines(text.natural_width + 0.1)[0].width == pytest.approx(text.natural_width)


@given(
    words=st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=1, max_size=9),
    width=st.floats(70, 160),
)
def test_no_other_breaks_need_fewer_lines_or_are_less_ragged(words: list[str], width: float) -> None:
    text = Text(" ".join(words), STYLE, FAMILY)
    found = text.lines(width)
    best = min(
        cost_of(
            [Text(" ".join(part), STYLE, FAMILY).natural_width for part in breaks], width, len(breaks[-1])
        )
        for breaks in all_breaks(words)
    )
    cost = cost_of([line.width for line in found], width, len(found[-1].words))
    assert cost == pytest.approx(best, abs=1e-3)


def all_breaks(words: list[str]) -> list[list[list[str]]]:
    cuts = range(1, len(words))
    chosen = itertools.chain.from_iterable(itertools.combinations(cuts, size) for size in range(len(words)))
    return [[words[a:b] for a, b in itertools.pairwise((0, *ends, len(words)))] for ends in chosen]


def cost_of(widths: list[float], width: float, last_words: int) -> tuple[float, float]:
    """Lines, then squared free space of all but the last, which must be neither very short nor one word."""
    if max(widths) > width + 0.01:
        return (float("inf"), 0.0)
    ragged = sum((1 - line / width) ** 2 for line in widths[:-1])
    is_lost = widths[-1] < 0.18 * width or (last_words == 1 and len(widths) > 1)
    return (float(len(widths)), ragged + (0.25 if is_lost else 0.0))


def lines(words: str, width: float) -> list[str]:
    canvas, _ = set_text(Text(words, STYLE, FAMILY), width)
    return [line for _, _, line in page_lines(canvas.pages()[0])]


def test_a_word_with_a_hyphen_may_be_parted_behind_it() -> None:
    assert lines("een-twee-drie vier", 70.0) == ["een-twee-", "drie vier"]


@pytest.mark.parametrize("word", ["cat-cow", "Cat-cow", "warm-up", "he/she", "sit-to-stand", "x-y–z"])
def test_a_word_of_short_parts_stays_whole(word: str) -> None:
    text = f"once {word} and {word} more {word}."
    for width in range(90, 230, 7):
        assert sum(line.count(word) for line in lines(text, float(width))) == 3


def test_a_hyphen_between_no_break_spaces_parts_nothing_that_fits() -> None:
    name = "bird\u00a0under-standing\u00a0table"
    assert name in lines(f"do the {name} now", 150.0)
    assert "".join(lines(name, 60.0)).replace(" ", "") == "birdunder-standingtable"
    assert any(line.endswith("under-") for line in lines(name, 50.0))


def test_numbers_with_a_dash_are_not_parted() -> None:
    assert lines("wacht 10–12 en 3/4", 50.0) == ["wacht", "10–12 en", "3/4"]


def test_what_is_joined_by_no_break_spaces_stays_together() -> None:
    assert lines("bel nu op 085\u00a0000\u00a00000", 80.0)[-1] == "085\u00a0000\u00a00000"


def test_a_word_wider_than_the_line_is_parted_not_lost() -> None:
    parts = lines("Hottentottententententoonstelling", 60.0)
    assert len(parts) > 2
    assert "".join(parts) == "Hottentottententententoonstelling"


def test_marks_stay_with_their_letters_when_a_long_word_is_parted() -> None:
    word = "m\u0331" * 40  # a letter and a mark that Unicode does not compose
    assert all(not part.startswith("\u0331") for part in lines(word, 60.0))


def test_no_text_is_one_empty_line() -> None:
    text = Text("", STYLE, FAMILY)
    assert text.height(100) == STYLE.leading
    assert set_text(text)[1] == []


@pytest.mark.parametrize(
    "name", ["Łódź", "Đặng", "Ġużè", "Müller-Lüdenscheidt", "Çağlar", "Ștefan", "Øystein"]
)
def test_names_are_set_whole_in_the_order_of_their_letters(name: str) -> None:
    for bold in (False, True):
        _, placed = set_text(Text(name, TextStyle(12, 16, bold=bold), FAMILY))
        assert "".join(map(text_of, placed)) == name
        assert all(glyph.gid for run in placed for glyph in run.glyphs), "a box stands for a character"


def test_a_word_is_set_in_one_face_if_one_has_all_of_it() -> None:
    _, placed = set_text(Text("a Đặng b", STYLE, FAMILY))
    faces = {text_of(run).strip(): run.face.name for run in placed}
    assert len({face for words, face in faces.items() if "Đ" in words}) == 1
    assert len({run.face.name for run in placed}) <= 2


@pytest.mark.parametrize(
    ("character", "named"), [("李", "U+674E"), ("😀", "U+1F600 GRINNING FACE"), ("ا", "U+0627")]
)
def test_a_character_that_no_font_has_is_named_with_its_place(character: str, named: str) -> None:
    with pytest.raises(
        FitError, match=r"^exercise 2, step 1: no font has the character .* \(" + named.replace("+", r"\+")
    ):
        Text(f"voor {character}", STYLE, FAMILY, "exercise 2, step 1")


def test_a_mark_without_a_letter_before_it_is_set() -> None:
    _, placed = set_text(Text("\u0301abc", STYLE, FAMILY))
    assert "".join(map(text_of, placed)) == "\u0301abc"


@pytest.mark.parametrize(("align", "free"), [("left", 0.0), ("centre", 0.5), ("right", 1.0)])
def test_lines_are_aligned(align: str, free: float) -> None:
    text = Text("kort", TextStyle(12, 16, align=align), FAMILY)  # type: ignore[arg-type]
    _, (run,) = set_text(text, 300)
    assert run.x == pytest.approx(50 + (300 - text.natural_width) * free)


def test_spans_keep_their_weight_and_colour() -> None:
    red = (0.5, 0.0, 0.0)
    _, placed = set_text(Text([Span("Let op: ", bold=True), Span("rustig", colour=red)], STYLE, FAMILY))
    assert [(text_of(run), run.face.bold, run.colour) for run in placed] == [
        ("Let op: ", True, STYLE.colour), ("rustig", False, red),
    ]  # fmt: skip


def test_a_link_has_a_node_and_an_area_round_its_words() -> None:
    text = Text([Span("bel "), Span("085 000", link="tel:085000"), Span(" nu")], STYLE, FAMILY)
    canvas, _ = set_text(text, node=0)
    (link,) = [node for node in canvas.nodes if node.role == "Link"]
    (area,) = [item for item in canvas.pages()[0].items if isinstance(item, LinkArea)]
    assert (area.target, area.description, area.node) == ("tel:085000", "085 000", link.id)
    (run,) = [run for run in runs(canvas.pages()[0]) if run.node == link.id]
    assert text_of(run).strip() == "085 000"
    assert area.x <= run.x
    assert area.x + area.width >= run.x + width_of(run) - 0.01
    assert area.y < run.y < area.y + area.height


def test_a_link_over_two_lines_is_one_node_with_two_areas() -> None:
    text = Text([Span("een lang adres om op te klikken", link="https://a.example")], STYLE, FAMILY)
    canvas, _ = set_text(text, 100)
    areas = [item for item in canvas.pages()[0].items if isinstance(item, LinkArea)]
    assert len(areas) == len(text.lines(100)) > 1
    assert len({area.node for area in areas}) == 1


def test_a_link_in_decoration_is_only_words() -> None:
    canvas, _ = set_text(Text([Span("adres", link="https://a.example")], STYLE, FAMILY), node=DECORATION)
    assert not any(isinstance(item, LinkArea) for item in canvas.pages()[0].items)
    assert len(canvas.nodes) == 1


def test_a_line_of_seventy_characters_is_about_seventy_wide() -> None:
    width = average_character_width(FAMILY, 12.0) * 70
    sample = "Je rug wordt soepeler als je elke dag een klein beetje beweegt, zegt ze."
    assert Text(sample, STYLE, FAMILY).natural_width == pytest.approx(width, rel=0.12)


# what a line does not end in

TIED = frozenset({"de", "een", "’s"})
SENTENCE = st.lists(
    st.sampled_from(
        ["Loop", "de", "een", "trap", "10", "minuten", "rustig", "op", "30", "keer", "’s", "avonds"]
    ),
    min_size=6,
    max_size=30,
)


def ends(words: str, width: float) -> list[tuple[str, str]]:
    """The last word of each line but the last, with the first of the next one."""
    lines = [
        [word.text for word in line.words] for line in Text(words, STYLE, FAMILY, tied=TIED).lines(width)
    ]
    return [(line[-1], following[0]) for line, following in pairwise(lines)]


@given(SENTENCE, st.floats(90, 400))
def test_a_number_stays_with_its_noun_where_that_takes_no_line_more(words: list[str], width: float) -> None:
    said = " ".join(words)
    torn = [pair for pair in ends(said, width) if pair[0].isdigit() and pair[1].isalpha()]
    bound = re.sub(r"(\d) (?=[^\W\d])", "\\1\u00a0", said)
    lines = [len(Text(text, STYLE, FAMILY).lines(width)) for text in (said, bound)]
    assert not torn or lines[1] > lines[0]


def test_an_article_does_not_end_a_line_that_can_end_before_it() -> None:
    words = "Vraag eerst de arts of je mag oefenen met een bal en een band"
    for width in range(90, 400, 7):
        plain = Text(words, STYLE, FAMILY).lines(width)
        found = [last for last, _ in ends(words, width) if last in TIED]
        assert len(found) <= len([line for line in plain[:-1] if line.words[-1].text in TIED])


def test_no_word_is_left_alone_where_the_line_above_can_spare_one() -> None:
    text = Text("Zet je voeten neer op de vloer en buig langzaam je knieën", STYLE, FAMILY)
    whole = text.natural_width
    alone = [w for w in range(120, int(whole), 5) if len(text.lines(w)[-1].words) == 1]
    assert alone == []
