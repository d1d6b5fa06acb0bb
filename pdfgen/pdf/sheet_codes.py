"""The codes of sheets: QR codes with error correction Q, versions 1 to 4 (ISO/IEC 18004).

Correction level and mask are always the same, so the modules without data are drawn once for each size, and
the modules of each byte are looked up. A general encoder takes 30 times as long, and a batch has thousands of
codes.
"""

from __future__ import annotations

from functools import cache, reduce
from itertools import chain
from operator import xor
from typing import NamedTuple

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(_ALPHANUMERIC)}


class _Size(NamedTuple):
    """A version at level Q: its blocks, all equal, and the bytes of data and of check in each (table 9)."""

    modules: int
    blocks: int
    data: int
    check: int

    @property
    def characters(self) -> int:
        """The longest text: 4 bits of mode, 9 of length, then 11 for a pair and 6 for a single character."""
        bits = self.blocks * self.data * 8 - 13
        return bits // 11 * 2 + (bits % 11 >= 6)


_SIZES = (_Size(21, 1, 13, 13), _Size(25, 1, 22, 22), _Size(29, 2, 17, 18), _Size(33, 2, 24, 26))

#: Mode "alphanumeric", before the number of characters in 9 bits.
_MODE = 0b0010
#: Bytes that fill up a code, by turns.
_FILLING = (0xEC, 0x11)

#: Level Q (3) and mask 3, with the generator of the format's check bits and what is laid over them (annex C).
_FORMAT, _FORMAT_GENERATOR, _FORMAT_MASK = 0b11_011, 0b10100110111, 0b101010000010010
#: Row and column of its bits at the top left, highest first.
_FORMAT_PLACES = (
    *((8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)),
    *((row, 8) for row in (7, 5, 4, 3, 2, 1, 0)),
)

#: GF(256) is reduced modulo x^8 + x^4 + x^3 + x^2 + 1.
_REDUCED = 0x11D


class Modules(NamedTuple):
    """A code: `side` rows of whole bytes from the top, the first module in the highest bit, 1 is dark."""

    side: int
    rows: bytes


def modules_of(characters: int) -> int:
    """Return the modules in a side of the smallest code that holds so many characters.

    Raises:
        ValueError: no code has room for them.
    """
    return _size(characters).modules


def code_modules(text: str) -> Modules:
    """Return the modules of the smallest code that holds a text.

    Raises:
        ValueError: it is longer than 67 characters, or has some that QR's alphanumeric set lacks.
    """
    if not _VALUES.keys() >= set(text):
        raise ValueError("a sheet code has capitals, digits and $%*+-./: only")
    size = _size(len(text))
    side = size.modules
    pattern = reduce(xor, (_placed(side, *item) for item in enumerate(_codewords(text, size))), _empty(side))
    return Modules(side, pattern.to_bytes(side * _row_bytes(side), "big"))


def _size(characters: int) -> _Size:
    for size in _SIZES:
        if characters <= size.characters:
            return size
    raise ValueError(f"a sheet code has at most {_SIZES[-1].characters} characters, not {characters}")


def _codewords(text: str, size: _Size) -> bytes:
    """Return the bytes of data and of check, those of the blocks by turns (7.6)."""
    data = _data(text, size.blocks * size.data)
    blocks = [data[start : start + size.data] for start in range(0, len(data), size.data)]
    checks = [_check_bytes(block, size.check) for block in blocks]
    return bytes(chain(*zip(*blocks, strict=True), *zip(*checks, strict=True)))


def _data(text: str, length: int) -> bytes:
    values = [_VALUES[character] for character in text]
    bits, used = _MODE << 9 | len(text), 13
    for first, second in zip(values[:-1:2], values[1::2], strict=False):
        bits, used = bits << 11 | first * len(_ALPHANUMERIC) + second, used + 11
    if len(values) % 2:
        bits, used = bits << 6 | values[-1], used + 6
    # The terminator of four zeros, as far as there is room, and zeros up to a whole byte.
    ended = min(used + 4, length * 8)
    whole = -(-ended // 8)
    data = (bits << (whole * 8 - used)).to_bytes(whole, "big")
    return data + bytes(_FILLING[place % 2] for place in range(length - whole))


def _check_bytes(data: bytes, count: int) -> bytes:
    """Return the Reed-Solomon check bytes: the remainder after division by the generator polynomial."""
    products = _products(count)
    first_bit = 8 * (count - 1)
    rest = (1 << first_bit) - 1
    remainder = 0
    for byte in data:
        remainder = (remainder & rest) << 8 ^ products[byte ^ remainder >> first_bit]
    return remainder.to_bytes(count, "big")


def _twice(value: int) -> int:
    """Return a byte times x in GF(256)."""
    return value << 1 ^ (_REDUCED if value & 0x80 else 0)


def _times(one: int, other: int) -> int:
    """Return the product of two bytes in GF(256)."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one, other = _twice(one), other >> 1
    return product


@cache
def _products(count: int) -> list[int]:
    """Return the generator polynomial for so many check bytes times each byte, without its leading term."""
    generator, root = [1], 1
    for _ in range(count):
        shifted = [*generator, 0]
        for place, value in enumerate(generator, 1):
            shifted[place] ^= _times(value, root)
        generator, root = shifted, _twice(root)
    return [
        int.from_bytes(bytes(_times(byte, value) for value in generator[1:]), "big") for byte in range(256)
    ]


@cache
def _fixed(side: int) -> dict[tuple[int, int], bool]:
    """Return the modules that hold no data: finders, timing, alignment, format; whether each is dark."""
    fixed: dict[tuple[int, int], bool] = {}
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        for row in range(max(0, top - 1), min(side, top + 8)):
            for column in range(max(0, left - 1), min(side, left + 8)):
                ring = max(abs(row - top - 3), abs(column - left - 3))
                fixed[row, column] = ring not in (2, 4)
    for place in range(8, side - 8):
        fixed[6, place] = fixed[place, 6] = place % 2 == 0
    if side > _SIZES[0].modules:
        for row in range(-2, 3):
            for column in range(-2, 3):
                fixed[side - 7 + row, side - 7 + column] = max(abs(row), abs(column)) != 1
    return fixed | _format(side)


def _format(side: int) -> dict[tuple[int, int], bool]:
    """Return the modules that say level and mask, which stand twice, and the one that is always dark."""
    check = _FORMAT << 10
    for bit in range(14, 9, -1):
        if check >> bit & 1:
            check ^= _FORMAT_GENERATOR << (bit - 10)
    bits = (_FORMAT << 10 | check) ^ _FORMAT_MASK
    again = (
        *((side - 1 - place, 8) for place in range(7)),
        *((8, side - 8 + place) for place in range(8)),
    )
    places = {(side - 8, 8): True}
    for index, pair in enumerate(zip(_FORMAT_PLACES, again, strict=True)):
        places |= dict.fromkeys(pair, bool(bits >> (14 - index) & 1))
    return places


@cache
def _empty(side: int) -> int:
    """Return the code of zeros, masked."""
    dark = [place for place, is_dark in _fixed(side).items() if is_dark]
    masked = [(row, column) for row, column in _places(side) if (row + column) % 3 == 0]
    return sum([_module(side, place) for place in (*dark, *masked)])


@cache
def _placed(side: int, index: int, byte: int) -> int:
    """Return the modules that a byte of data or check makes dark, before masking."""
    places = _places(side)[8 * index : 8 * index + 8]
    return sum([_module(side, place) for bit, place in enumerate(places) if byte << bit & 0x80])


@cache
def _places(side: int) -> list[tuple[int, int]]:
    """Return row and column of each bit: columns by twos from the right, up and down by turns, without 6."""
    fixed = _fixed(side)
    places = []
    for turn, right in enumerate((*range(side - 1, 6, -2), 5, 3, 1)):
        rows = range(side) if turn % 2 else range(side - 1, -1, -1)
        places += [(row, column) for row in rows for column in (right, right - 1)]
    return [place for place in places if place not in fixed]


def _row_bytes(side: int) -> int:
    return -(-side // 8)


def _module(side: int, place: tuple[int, int]) -> int:
    row, column = place
    bits = _row_bytes(side) * 8
    return 1 << (side - 1 - row) * bits + bits - 1 - column
