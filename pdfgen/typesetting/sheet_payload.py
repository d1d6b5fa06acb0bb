"""The text of a sheet's code: written for a sheet, and read back into the same sheet.

Bits, highest first, as `docs/tracker.md` lists them; zeros up to a whole byte; CRC-16 over these bytes; all
of it in Base45 (RFC 9285), because a QR code holds capitals and digits without a question of encoding. There
is no personal data in it. This module opens nothing and knows no page: a reader of sheets uses it as it is.
"""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.typesetting.tracker_geometry import (
    DAYS,
    LEAST_BOX,
    MAX_EXERCISES,
    STEP,
    VERSION,
    DayRow,
    ExerciseRow,
    PainRows,
    SheetMap,
)

ID_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Characters of a document id: Crockford's base 32, five bits each."""
ID_LENGTH = 8

PAPERS = ("a4", "letter")
"""Papers by their numbers in a code."""

_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(_BASE45)}

#: CRC-16/IBM-3740, also called CCITT-FALSE: polynomial 0x1021, starting with all ones.
_CRC_START = 0xFFFF
_CRC_BYTES = 2

#: Bits of the parts.
_VERSION, _PAPER, _WEEKDAY, _WEEK, _SIDE, _COPY = 4, 3, 3, 4, 2, 1
_ID = 5 * ID_LENGTH
_BOX, _PITCH, _HEIGHT = 4, 6, 10
#: Bits before the document id.
_BEFORE_ID = _VERSION + _PAPER + _WEEKDAY + 2 * _WEEK + 2 * _SIDE + _COPY


class NotASheetCodeError(ValueError):
    """A text is not the code of a week sheet of this version, or was misread."""


class SheetCode(NamedTuple):
    """What a code says: the sheet, the document it belongs to, and which of the two codes it is (0, 1)."""

    sheet: SheetMap
    document_id: str
    copy: int


class _Writer:
    """Bits in a row, the first one highest."""

    def __init__(self) -> None:
        self.value = self.length = 0

    def put(self, value: int, bits: int) -> None:
        if not 0 <= value < 1 << bits:
            raise ValueError(f"{value} does not fit in {bits} bits of a sheet code")
        self.value, self.length = self.value << bits | value, self.length + bits

    def put_steps(self, length: float, bits: int, least: float = 0.0) -> None:
        self.put(round((length - least) / STEP), bits)

    def put_days(self, days: Sequence[int], most: int = DAYS) -> None:
        self.put(sum(1 << (most - day) for day in days), most)


class _Reader:
    """The same, taken from the front."""

    def __init__(self, data: bytes) -> None:
        self._value, self._left = int.from_bytes(data, "big"), len(data) * 8

    def take(self, bits: int) -> int:
        self._left -= bits
        if self._left < 0:
            raise NotASheetCodeError("the code ends too early")
        return self._value >> self._left & (1 << bits) - 1

    def take_steps(self, bits: int, least: float = 0.0) -> float:
        return least + self.take(bits) * STEP

    def take_days(self, most: int = DAYS) -> tuple[int, ...]:
        mask = self.take(most)
        return tuple(day for day in range(1, most + 1) if mask >> (most - day) & 1)


def encode(code: SheetCode) -> str:
    """Return the text of a code.

    Raises:
        ValueError: a length or a number does not fit in its bits.
    """
    sheet, bits = code.sheet, _Writer()
    for value, size in (
        (VERSION, _VERSION),
        (PAPERS.index(sheet.paper), _PAPER),
        (sheet.first_day, _WEEKDAY),
        (sheet.weeks, _WEEK),
        (sheet.week, _WEEK),
        (sheet.side - 1, _SIDE),
        (sheet.sides - 1, _SIDE),
        (code.copy, _COPY),
        (_id_number(code.document_id), _ID),
    ):
        bits.put(value, size)
    bits.put_days(sheet.columns)
    bits.put_steps(sheet.box, _BOX, LEAST_BOX)
    bits.put_steps(sheet.pitch, _PITCH)
    bits.put_days([row.exercise for row in sheet.exercises], MAX_EXERCISES)
    for row in sheet.exercises:
        _put_days(bits, row.days, row.y)
    for day_row in (sheet.morning, sheet.pain_number):
        bits.put(day_row is not None, 1)
        if day_row:
            _put_days(bits, day_row.days, day_row.y)
    bits.put(sheet.pain is not None, 1)
    if sheet.pain:
        _put_days(bits, sheet.pain.days, sheet.pain.y)
        bits.put_steps(sheet.pain.pitch, _PITCH)
    for height in (sheet.effort, sheet.walking):
        bits.put(height is not None, 1)
        if height is not None:
            bits.put_steps(height, _HEIGHT)
    bits.put(0, -bits.length % 8)
    return _text(bits.value, bits.length // 8)


def _put_days(bits: _Writer, days: Sequence[int], y: float) -> None:
    bits.put_days(days)
    bits.put_steps(y, _HEIGHT)


def decode(text: str) -> SheetCode:
    """Return what the text of a code says.

    Raises:
        NotASheetCodeError: it is none of this version, or was misread.
    """
    bits = _Reader(_checked(text))
    if bits.take(_VERSION) != VERSION:
        raise NotASheetCodeError(f"not a sheet of geometry version {VERSION}")
    paper = bits.take(_PAPER)
    if paper >= len(PAPERS):
        raise NotASheetCodeError("a paper that this version does not know")
    first_day, weeks, week = bits.take(_WEEKDAY), bits.take(_WEEK), bits.take(_WEEK)
    side, sides, copy = bits.take(_SIDE) + 1, bits.take(_SIDE) + 1, bits.take(_COPY)
    document_id = _id_text(bits.take(_ID))
    columns = bits.take_days()
    box, pitch = bits.take_steps(_BOX, LEAST_BOX), bits.take_steps(_PITCH)
    exercises = tuple(
        ExerciseRow(number, bits.take_days(), bits.take_steps(_HEIGHT))
        for number in bits.take_days(MAX_EXERCISES)
    )
    morning = DayRow(bits.take_days(), bits.take_steps(_HEIGHT)) if bits.take(1) else None
    number = DayRow(bits.take_days(), bits.take_steps(_HEIGHT)) if bits.take(1) else None
    pain = (
        PainRows(bits.take_days(), bits.take_steps(_HEIGHT), bits.take_steps(_PITCH))
        if bits.take(1)
        else None
    )
    effort = bits.take_steps(_HEIGHT) if bits.take(1) else None
    walking = bits.take_steps(_HEIGHT) if bits.take(1) else None
    rows = [row.days for row in (*exercises, morning, number) if row is not None]
    if not {day for days in rows for day in days} <= set(columns):
        raise NotASheetCodeError("a box on a day that has no column")
    sheet = SheetMap(
        PAPERS[paper], first_day, weeks, week, side, sides, columns, box, pitch, exercises, morning, number,
        pain, effort, walking,
    )  # fmt: skip
    return SheetCode(sheet, document_id, copy)


class DocumentCode(NamedTuple):
    """A code but for its document: the bits with zeros in place of the id, and how many bytes they are."""

    value: int
    bytes: int

    @classmethod
    def of(cls, text: str) -> DocumentCode:
        """Return what another document has of this code too."""
        data = _checked(text)
        place = len(data) * 8 - _BEFORE_ID - _ID
        return cls(int.from_bytes(data, "big") & ~((1 << _ID) - 1 << place), len(data))

    def with_id(self, document_id: str) -> str:
        """Return the code of another document."""
        place = self.bytes * 8 - _BEFORE_ID - _ID
        return _text(self.value | _id_number(document_id) << place, self.bytes)


def _id_number(document_id: str) -> int:
    number = 0
    for character in document_id:
        number = number << 5 | ID_ALPHABET.index(character)
    return number


def _id_text(number: int) -> str:
    places = range(5 * (ID_LENGTH - 1), -1, -5)
    return "".join(ID_ALPHABET[number >> place & 31] for place in places)


def _text(value: int, length: int) -> str:
    """Return bytes with their check in Base45: two bytes are three characters, the lowest first."""
    data = value.to_bytes(length, "big")
    data += crc_hqx(data, _CRC_START).to_bytes(_CRC_BYTES, "big")
    characters = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, len(_BASE45))
            characters.append(_BASE45[digit])
    return "".join(characters)


def _checked(text: str) -> bytes:
    """Return the bytes of a text without their check.

    Raises:
        NotASheetCodeError: it is not Base45, or the check does not agree.
    """
    data = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) == 1 or not _VALUES.keys() >= set(group):
            raise NotASheetCodeError("not Base45")
        number = sum(_VALUES[character] * len(_BASE45) ** place for place, character in enumerate(group))
        if number >= 1 << 8 * (len(group) - 1):
            raise NotASheetCodeError("not Base45")
        data += number.to_bytes(len(group) - 1, "big")
    body, check = bytes(data[:-_CRC_BYTES]), bytes(data[-_CRC_BYTES:])
    if not body or crc_hqx(body, _CRC_START).to_bytes(_CRC_BYTES, "big") != check:
        raise NotASheetCodeError("the check does not agree: misread, or no code of a week sheet")
    return body
