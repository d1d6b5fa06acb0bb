"""Faces and families: coverage, metrics, shaping."""

from __future__ import annotations

import unicodedata

import pytest
import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.production.assets import load_family
from pdfgen.typesetting.fonts import Face, FontFamily

FAMILY = load_family()
FACES = [face for bold in (False, True) for face in FAMILY.faces(bold=bold)]
EVERY_FACE = pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)

#: Languages written in Latin letters that patients may have names in.
NAMES = "Łódź Đặng Ġużè Čapek Þórr Ørsted Škoda Ğ İ ı Ș Ț Ő Ű Ŀ Ŵ Ŷ Ẁ Ạ Ế Ợ Ữ ß ẞ Œ Æ Å Ñ Ç"


@EVERY_FACE
def test_metrics_are_those_of_a_text_face(face: Face) -> None:
    em = face.units_per_em
    assert 0.6 * em < face.cap_height < 0.8 * em
    assert 0.4 * em < face.cap_height
    assert face.descender < 0 < face.ascender


@EVERY_FACE
def test_a_face_has_what_every_document_needs(face: Face) -> None:
    needed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \u00a0.,:;!?()–-…×·'’“”\"&<>/%+"
    assert [character for character in needed if character not in face] == []


@pytest.mark.parametrize("bold", [False, True])
def test_the_family_has_every_latin_name(bold: bool) -> None:
    assert FAMILY.missing(NAMES, bold=bold) == ()


def test_faces_know_their_weight() -> None:
    for bold in (False, True):
        assert {face.bold for face in FAMILY.faces(bold=bold)} == {bold}
    assert len({face.name for face in FACES}) == len(FACES)


def test_missing_characters_are_named_once_in_order() -> None:
    assert FAMILY.missing("a李😀b李") == ("李", "😀")


def test_the_first_face_that_has_a_character_is_used() -> None:
    first, second = FAMILY.faces()
    only_second = next(
        c for c in "ặẠếĐġ" + "".join(map(chr, range(0x1E00, 0x1EFF))) if c in second and c not in first
    )
    assert FAMILY.face_for("a") is first is FAMILY.primary()
    assert FAMILY.face_for(only_second) is second
    assert FAMILY.face_for("李") is None


@given(st.text("abcdefgAVTofiflŁódźéè 0123456789.,-–", min_size=1, max_size=30))
def test_glyphs_stand_for_the_whole_text_in_order(text: str) -> None:
    for face in FACES:
        if not all(character in face for character in text):
            continue
        glyphs, advance = face.shape(text)
        assert "".join(glyph.text for glyph in glyphs) == text
        assert sum(glyph.advance for glyph in glyphs) == advance > 0
        assert all(glyph.gid != 0 for glyph in glyphs)


def test_letters_are_kerned() -> None:
    face = FAMILY.primary()
    kerned = face.shape("AVAVAV")[1]
    assert kerned < sum(face.natural_advance(glyph.gid) for glyph in face.shape("AVAVAV")[0])


def test_fi_is_two_glyphs_so_that_it_is_read_as_two_letters() -> None:
    for face in FACES:
        assert [glyph.text for glyph in face.shape("fifl")[0]] == ["f", "i", "f", "l"]


def test_a_decomposed_letter_is_one_cluster() -> None:
    face = next(face for face in FAMILY.faces() if "ệ" in face)
    decomposed = unicodedata.normalize("NFD", "ệ")
    glyphs, _ = face.shape(decomposed)
    assert "".join(glyph.text for glyph in glyphs) == decomposed
    assert all(glyph.text == "" or glyph.text[0] == "e" for glyph in glyphs)


def test_shaping_is_remembered() -> None:
    face = FAMILY.primary()
    assert face.shape("oefening") is face.shape("oefening")


def test_what_is_no_font_is_refused_when_it_is_used() -> None:
    broken = FontFamily((Face("x", b"no font"),), ())
    assert broken.missing("a") == ("a",)


@pytest.mark.parametrize("bold", [False, True])
@given(st.data())
def test_pairs_shape_as_whole_runs(bold: bool, data: st.DataObject) -> None:
    """Latin letters of the main face depend on their neighbour and on nothing else."""
    face = FAMILY.primary(bold=bold)
    plain = [character for character in face.characters if character < "\u0250"]
    text = data.draw(st.text(st.sampled_from(plain), min_size=1, max_size=12))
    assert face._shape_pairs(text) == face._shape_run(text)


# the zero


def contours(face: Face, character: str) -> int:
    """How many outlines a character has: two make a ring, a third is a stroke through it."""
    closed: list[None] = []
    functions = hb.DrawFuncs()
    functions.set_close_path_func(lambda _: closed.append(None))
    hb.Font(face.hb_face).draw_glyph(face.nominal_glyph(character), functions, None)
    return len(closed)


def shapes(word: str, *, bold: bool, code: bool = False) -> list[tuple[Face, str]]:
    parts = FAMILY.shape_word(word, bold, code)
    return [(part.face, glyph.text) for part in parts for glyph in part.glyphs]


@given(st.text("0123456789.,:-–/×%ABCDEFGHabcdefŁλЖ", min_size=1, max_size=20), st.booleans())
def test_a_zero_has_no_stroke_whatever_stands_beside_it(word: str, bold: bool) -> None:
    found = shapes(word, bold=bold)
    assert "".join(text for _, text in found) == word
    assert all(contours(face, text) == 2 for face, text in found if text == "0")
    assert all(face.bold is bold for face, _ in found)


@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=1, max_size=20), st.booleans())
def test_the_zero_of_a_code_has_a_stroke(code: str, bold: bool) -> None:
    found = shapes(code, bold=bold, code=True)
    assert "".join(text for _, text in found) == code
    assert all(contours(face, text) == 3 for face, text in found if text == "0")


@pytest.mark.parametrize("bold", [False, True])
def test_the_zero_has_the_height_and_the_white_of_other_figures(bold: bool) -> None:
    def of(figure: str) -> tuple[float, float, float, float]:
        ((face, _),) = shapes(figure, bold=bold)
        glyph = face.nominal_glyph(figure)
        ink = hb.Font(face.hb_face).get_glyph_extents(glyph)
        advance = face.natural_advance(glyph)
        sizes = (
            ink.y_bearing,
            ink.y_bearing + ink.height,
            ink.x_bearing,
            advance - ink.x_bearing - ink.width,
        )
        return tuple(size / face.units_per_em for size in sizes)  # type: ignore[return-value]

    zero, six = of("0"), of("6")
    assert zero == pytest.approx(six, abs=0.02)
    ((face, _),) = shapes("0", bold=bold)
    assert face.shape(" ")[1] == FAMILY.primary(bold=bold).shape(" ")[1]
