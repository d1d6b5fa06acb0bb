"""Codes of week sheets: written and read back, whatever stands on the sheet; misread ones are noticed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import ROOT

from pdfgen.typesetting.sheet_payload import (
    ID_ALPHABET,
    PAPERS,
    DocumentCode,
    NotASheetCodeError,
    SheetCode,
    decode,
    encode,
)
from pdfgen.typesetting.tracker_geometry import (
    CODE_SIZES,
    DayRow,
    ExerciseRow,
    PainRows,
    SheetMap,
    boxes_of,
)

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

halves = st.integers(0, 600).map(lambda value: value / 2).filter(lambda value: value <= 511.5)
idents = st.text(ID_ALPHABET, min_size=8, max_size=8)


@st.composite
def sheets(draw: st.DrawFn) -> SheetMap:
    """Any sheet, whether or not it could be printed."""
    columns = tuple(sorted(draw(st.sets(st.integers(1, 7), min_size=1))))
    days = st.sets(st.sampled_from(columns), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
    day_rows = st.none() | st.builds(DayRow, days, halves)
    numbers = sorted(draw(st.sets(st.integers(1, 7))))
    every_day = st.sets(st.integers(1, 7), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
    pitches = st.integers(0, 63).map(lambda value: value / 2)
    side = draw(st.integers(1, 4))
    return SheetMap(
        paper=draw(st.sampled_from(PAPERS)),
        first_day=draw(st.integers(0, 6)),
        weeks=draw(st.integers(1, 12)),
        week=draw(st.integers(0, 12)),
        side=side,
        sides=draw(st.integers(side, 4)),
        columns=columns,
        box=draw(st.integers(20, 35)) / 2,
        pitch=draw(pitches),
        exercises=tuple(ExerciseRow(number, draw(days), draw(halves)) for number in numbers),
        morning=draw(day_rows),
        pain_number=draw(day_rows),
        pain=draw(st.none() | st.builds(PainRows, every_day, halves, pitches)),
        effort=draw(st.none() | halves),
        walking=draw(st.none() | halves),
    )


codes = st.builds(SheetCode, sheets(), idents, st.integers(0, 1))


@given(codes)
def test_a_code_is_read_back_as_it_was(code: SheetCode) -> None:
    text = encode(code)
    assert set(text) <= set(BASE45)
    assert len(text) <= CODE_SIZES[-1][0]
    again = decode(text)
    assert again == code
    assert boxes_of(again.sheet) == boxes_of(code.sheet)


@given(codes, idents)
def test_another_document_has_the_same_code_but_for_its_id(code: SheetCode, ident: str) -> None:
    assert DocumentCode.of(encode(code)).with_id(ident) == encode(code._replace(document_id=ident))


@given(codes, st.data())
def test_a_misread_character_is_noticed(code: SheetCode, data: st.DataObject) -> None:
    text = encode(code)
    place = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.sampled_from(BASE45.replace(text[place], "")))
    with pytest.raises(NotASheetCodeError):
        decode(text[:place] + wrong + text[place + 1 :])


@given(codes)
def test_neighbours_that_change_places_are_noticed(code: SheetCode) -> None:
    text = encode(code)
    for place, (one, other) in enumerate(pairwise(text)):
        if one != other:
            with pytest.raises(NotASheetCodeError):
                decode(text[:place] + other + one + text[place + 2 :])


@given(st.text(max_size=80) | st.text(BASE45, max_size=80))
def test_other_codes_are_not_taken_for_sheets(text: str) -> None:
    with pytest.raises(NotASheetCodeError):
        decode(text)


@pytest.mark.parametrize("text", ["", "0", "https://example.org/video/1", "H1147K3QMZ9P30K"])
def test_known_other_codes_are_refused(text: str) -> None:
    with pytest.raises(NotASheetCodeError):
        decode(text)


@pytest.mark.parametrize(("field", "value"), [("week", 16), ("box", 9.5), ("box", 18.0), ("pitch", 32.0)])
def test_what_has_no_room_in_a_code_is_refused(field: str, value: float) -> None:
    sheet = SheetMap("a4", 0, 6, 1, 1, 2, (1,), 12.0, 18.0)
    with pytest.raises(ValueError, match="does not fit"):
        encode(SheetCode(sheet._replace(**{field: value}), "7K3QMZ9P", 0))


class TestWorkedExample:
    """The example of docs/tracker.md is true: text, bits, values and boxes."""

    words = (ROOT / "docs" / "tracker.md").read_text()

    def text(self) -> str:
        found = re.search(r"```text code\n(.*)\n```", self.words)
        assert found
        return found[1]

    def test_the_text_says_what_the_table_says(self) -> None:
        rows = re.findall(r"^\| `([a-z0-9_. ]+)` \| (\d+) \| `([01]+)` \| (.*) \|$", self.words, re.M)
        assert len(rows) > 20
        bits = "".join(row[2] for row in rows)
        assert [len(row[2]) for row in rows] == [int(row[1]) for row in rows]
        number = 0
        data = bytearray()
        text = self.text()
        for start in range(0, len(text), 3):
            group = text[start : start + 3]
            number = sum(BASE45.index(character) * 45**place for place, character in enumerate(group))
            data += number.to_bytes(len(group) - 1, "big")
        assert "".join(f"{byte:08b}" for byte in data) == bits

    def test_the_boxes_are_those_of_the_decoder(self) -> None:
        placed = {box.name: box for box in boxes_of(decode(self.text()).sheet)}
        rows = re.findall(r"^\| `([a-z0-9.]+)` \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", self.words, re.M)
        assert len(rows) >= 6
        for name, x, y, size in rows:
            box = placed[name]
            assert (box.x, box.y, box.size) == pytest.approx((float(x), float(y), float(size)), abs=0.05)
