"""The codes of sheets: QR code version 1 with error correction Q, for texts of 15 characters (ISO/IEC 18004).

Size, correction level and mask are always the same, so every module of a code is a sum (modulo 2) over the
bits of its text. The pattern that each bit adds is worked out once; a code is the sum of some of them, which
takes microseconds where a general encoder takes half a millisecond. A batch has thousands of codes.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

#: Characters of a text: with 15 of them no padding is needed.
LENGTH = 15
#: Modules in a side.
MODULES = 21

#: Parts of a text that are the same in many codes: of a layout, of a document, of a week.
_PARTS = ((0, 4), (4, 12), (12, LENGTH))

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_CHARACTERS = frozenset(_ALPHANUMERIC)

_DATA_BYTES, _CHECK_BYTES = 13, 13
#: Mode "alphanumeric" (4 bits) and the number of characters (9 bits).
_HEAD = 0b0010 << 9 | LENGTH
_PAIR_BITS, _SINGLE_BITS = 11, 6
#: Behind the text: the terminator, and zeros up to a whole byte.
_TAIL_BITS = _DATA_BYTES * 8 - 13 - LENGTH // 2 * _PAIR_BITS - _SINGLE_BITS
#: A code this small is filled by its text and error correction, which look random under any mask.
_MASK = 3
_LEVEL_Q = 0b11

#: Bits of a row in the pattern: whole bytes, as in a picture of one bit a sample.
_ROW_BITS = 24


def code_rows(text: str) -> bytes:
    """The modules of a code: 21 rows from the top of 3 bytes, the first module in the highest bit, 1 = dark.

    Raises:
        ValueError: the text has not 15 characters, or others than those of QR's alphanumeric set.
    """
    if len(text) != LENGTH or not _CHARACTERS.issuperset(text):
        raise ValueError(f"a sheet code has {LENGTH} capitals and digits")
    pattern = _empty()
    for start, end in _PARTS:
        pattern ^= _added_by_part(start, text[start:end])
    return pattern.to_bytes(MODULES * _ROW_BITS // 8, "big")


@lru_cache(maxsize=1 << 12)
def _added_by_part(start: int, characters: str) -> int:
    """As `_added_by_text`, for parts that are the same in several codes."""
    return _added_by_text(start, characters)


def _added_by_text(start: int, characters: str) -> int:
    """What characters from an even place on add to the pattern."""
    pattern = 0
    for place in range(0, len(characters), 2):
        pattern ^= _added(start + place, characters[place : place + 2])
    return pattern


@lru_cache(maxsize=1 << 15)
def _added(place: int, characters: str) -> int:
    """What one or two characters at a place in the text add to the pattern."""
    value = 0
    for character in characters:
        value = value * len(_ALPHANUMERIC) + _ALPHANUMERIC.index(character)
    bits = _PAIR_BITS if len(characters) > 1 else _SINGLE_BITS
    behind = _DATA_BYTES * 8 - 13 - place // 2 * _PAIR_BITS - bits
    pattern = 0
    for bit in range(bits):
        if value >> bit & 1:
            pattern ^= _added_by_bit(behind + bit)
    return pattern


@cache
def _added_by_bit(bit: int) -> int:
    """What one bit of the data adds to the pattern; bit 0 is the last one."""
    return _spread(1 << bit)


@cache
def _empty() -> int:
    """The pattern of a code without characters: what is the same in all of them."""
    pattern = _spread(_HEAD << _TAIL_BITS + _SINGLE_BITS + LENGTH // 2 * _PAIR_BITS)
    for row, column in _data_places():
        if (row + column) % 3 == 0:  # mask 3
            pattern ^= _module(row, column)
    for row, column in _dark_places():
        pattern |= _module(row, column)
    return pattern


def _spread(data: int) -> int:
    """The modules of data (an integer of 13 bytes) and its check bytes, unmasked."""
    codewords = data.to_bytes(_DATA_BYTES, "big")
    codewords += _check_bytes(codewords)
    bits = int.from_bytes(codewords, "big")
    places = _data_places()
    last = len(places) - 1
    return sum(_module(*place) for index, place in enumerate(places) if bits >> (last - index) & 1)


def _module(row: int, column: int) -> int:
    return 1 << (MODULES - 1 - row) * _ROW_BITS + _ROW_BITS - 1 - column


def _check_bytes(data: bytes) -> bytes:
    """Reed-Solomon check bytes: the remainder after division by the generator polynomial."""
    generator = _generator()
    remainder = [*data, *bytes(_CHECK_BYTES)]
    for index in range(len(data)):
        if factor := remainder[index]:
            for offset, coefficient in enumerate(generator):
                remainder[index + offset] ^= _product(coefficient, factor)
    return bytes(remainder[len(data) :])


@cache
def _generator() -> tuple[int, ...]:
    """The product of (x - 2^i) for the number of check bytes, highest power first."""
    polynomial = [1]
    root = 1
    for _ in range(_CHECK_BYTES):
        polynomial = [
            high ^ _product(low, root) for low, high in pairwise([0, *polynomial, 0])
        ]  # times x, and times the root, one power lower
        root = _product(root, 2)
    return tuple(polynomial)


def _product(one: int, two: int) -> int:
    """The product in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1."""
    result = 0
    while two:
        if two & 1:
            result ^= one
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        two >>= 1
    return result


@cache
def _data_places() -> tuple[tuple[int, int], ...]:
    """Rows and columns of the modules that hold data, in its order: columns by twos, up and down by turns."""
    fixed = _fixed_places()
    places = []
    upwards = True
    for right in (20, 18, 16, 14, 12, 10, 8, 5, 3, 1):  # column 6 is no data
        rows = range(MODULES - 1, -1, -1) if upwards else range(MODULES)
        places += [
            (row, column) for row in rows for column in (right, right - 1) if (row, column) not in fixed
        ]
        upwards = not upwards
    return tuple(places)


def _fixed_places() -> frozenset[tuple[int, int]]:
    """Modules that hold no data: finder patterns with their edges, formats, timing."""
    corners = {(row, column) for row in range(9) for column in range(9)}
    corners |= {(row, column) for row in range(9) for column in range(13, MODULES)}
    corners |= {(row, column) for row in range(13, MODULES) for column in range(9)}
    return frozenset(corners | {(6, index) for index in range(MODULES)} | {(i, 6) for i in range(MODULES)})


def _dark_places() -> set[tuple[int, int]]:
    """The dark ones among the modules that hold no data."""
    dark = {(13, 8)} | {place for index in range(8, 13, 2) for place in ((6, index), (index, 6))}
    for top, left in ((0, 0), (0, 14), (14, 0)):
        dark |= {
            (top + row, left + column)
            for row in range(7)
            for column in range(7)
            if max(abs(row - 3), abs(column - 3)) != 2
        }
    format_bits = _format_bits()
    beside = [*((8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)), *((r, 8) for r in (7, 5, 4, 3, 2, 1, 0))]
    apart = [*((row, 8) for row in range(20, 13, -1)), *((8, column) for column in range(13, 21))]
    for places in (beside, apart):
        dark |= {place for index, place in enumerate(places) if format_bits >> (14 - index) & 1}
    return dark


def _format_bits() -> int:
    """Correction level and mask with their check bits (BCH), masked as the standard asks."""
    data = _LEVEL_Q << 3 | _MASK
    remainder = data << 10
    for bit in range(14, 9, -1):
        if remainder >> bit & 1:
            remainder ^= 0b10100110111 << bit - 10
    return (data << 10 | remainder) ^ 0b101010000010010
