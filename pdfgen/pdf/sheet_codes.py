"""The codes of sheets: QR code version 1 with error correction Q, for texts of 15 characters (ISO/IEC 18004).

Size, correction level and mask are always the same, so the modules without data are a drawing here, and the
modules of each byte are looked up. A general encoder takes 30 times as long, and a batch has thousands of
codes.
"""

from __future__ import annotations

from functools import cache, lru_cache

#: Characters of a text: with 15 of them no padding is needed.
LENGTH = 15
#: Characters at the start of a text that the sheets of a program have in common; an even number.
_COMMON = 12
#: Modules in a side.
MODULES = 21

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(_ALPHANUMERIC)}
_DATA_BYTES = _CHECK_BYTES = 13
#: Mode "alphanumeric" (4 bits) and the number of characters (9 bits); then pairs of 11 bits, a single of 6.
_HEAD = 0b0010 << 9 | LENGTH
#: Behind the text: the terminator, and zeros up to a whole byte.
_TAIL_BITS = 8
#: All check bytes but the first, in a number that holds them all.
_FIRST_BIT = 8 * (_CHECK_BYTES - 1)
_REST = (1 << _FIRST_BIT) - 1
#: The generator polynomial for 13 check bytes, highest power first and without the leading 1 (annex A).
_GENERATOR = bytes([137, 73, 227, 17, 177, 17, 52, 13, 46, 43, 83, 132, 120])
#: Finder patterns, timing, and the format that says level Q and mask 3 (`#` is dark); `.` holds data.
_FIXED = """\
#######--....-#######
#-----#-#....-#-----#
#-###-#-#....-#-###-#
#-###-#--....-#-###-#
#-###-#--....-#-###-#
#-----#--....-#-----#
#######-#-#-#-#######
---------....--------
-###-##--....-----##-
......-..............
......#..............
......-..............
......#..............
--------#............
#######--............
#-----#-#............
#-###-#--............
#-###-#-#............
#-###-#-#............
#-----#-#............
#######--............
"""

#: GF(256) is reduced modulo x^8 + x^4 + x^3 + x^2 + 1.
_REDUCED = 0x11D


def code_rows(text: str) -> bytes:
    """Return the modules of a code: 21 rows from the top of 3 bytes, the first module highest, 1 is dark.

    Raises:
        ValueError: the text does not have 15 characters, or has some that QR's alphanumeric set lacks.
    """
    if len(text) != LENGTH or not _VALUES.keys() >= set(text):
        raise ValueError(f"a sheet code has {LENGTH} capitals and digits")
    # Sums of codes are codes: what the sheets of a program have in common is worked out once.
    start, end = text[:_COMMON], text[_COMMON:]
    pattern = _code(start + "0" * len(end)) ^ _code("0" * _COMMON + end) ^ _code("0" * LENGTH)
    return pattern.to_bytes(MODULES * 3, "big")


@lru_cache(maxsize=1 << 10)
def _code(text: str) -> int:
    data = _data(text)
    pattern = _empty()
    for place, byte in enumerate(data + _check_bytes(data)):
        pattern ^= _placed(place, byte)
    return pattern


def _data(text: str) -> bytes:
    values = [_VALUES[character] for character in text]
    bits = _HEAD
    for first, second in zip(values[:-1:2], values[1::2], strict=True):
        bits = bits << 11 | first * len(_ALPHANUMERIC) + second
    return ((bits << 6 | values[-1]) << _TAIL_BITS).to_bytes(_DATA_BYTES, "big")


def _check_bytes(data: bytes) -> bytes:
    """Return the Reed-Solomon check bytes: the remainder after division by the generator polynomial."""
    products = _products()
    remainder = 0
    for byte in data:
        remainder = (remainder & _REST) << 8 ^ products[byte ^ remainder >> _FIRST_BIT]
    return remainder.to_bytes(_CHECK_BYTES, "big")


@cache
def _products() -> list[int]:
    """Return the generator polynomial times each byte, in GF(256)."""
    products = [0, int.from_bytes(_GENERATOR, "big")]
    for byte in range(2, 256):
        twice = [
            one << 1 ^ (_REDUCED if one & 0x80 else 0)
            for one in products[byte >> 1].to_bytes(_CHECK_BYTES, "big")
        ]
        products.append(int.from_bytes(bytes(twice), "big") ^ products[byte & 1])
    return products


@cache
def _empty() -> int:
    """Return the code of zeros, masked."""
    every = [(row, column) for row in range(MODULES) for column in range(MODULES)]
    dark = [place for place in every if _drawn(place) == "#"]
    masked = [(row, column) for row, column in _places() if (row + column) % 3 == 0]
    return sum([_module(place) for place in (*dark, *masked)])


@cache
def _placed(index: int, byte: int) -> int:
    """Return the modules that a byte of data or check makes dark, before masking."""
    places = _places()[8 * index : 8 * index + 8]
    return sum([_module(place) for bit, place in enumerate(places) if byte << bit & 0x80])


@cache
def _places() -> list[tuple[int, int]]:
    """Return row and column of each bit: columns by twos from the right, up and down by turns, without 6."""
    places = []
    for turn, right in enumerate((20, 18, 16, 14, 12, 10, 8, 5, 3, 1)):
        rows = range(MODULES) if turn % 2 else range(MODULES - 1, -1, -1)
        places += [(row, column) for row in rows for column in (right, right - 1)]
    return [place for place in places if _drawn(place) == "."]


def _drawn(place: tuple[int, int]) -> str:
    row, column = place
    return _FIXED[row * (MODULES + 1) + column]


def _module(place: tuple[int, int]) -> int:
    row, column = place
    return 1 << (MODULES - 1 - row) * 24 + 23 - column
