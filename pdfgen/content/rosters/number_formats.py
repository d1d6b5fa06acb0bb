"""Numbers as a spreadsheet shows them: a value and its format code (ECMA-376 part 1, 18.8.31) give a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Shown(NamedTuple):
    """A number of a spreadsheet, rounded to what is shown of it, and the text that is shown."""

    number: float
    text: str


#: One piece of a format: text in quotes, an escaped character, a width, brackets, or a character.
_PIECES = re.compile(r'"([^"]*)"?|\\(.)|[_*](.)|\[([^\]]*)\]|(General)|(.)', re.DOTALL | re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)")
_CONDITION = re.compile(r"[<>=]")
_DIGITS = "0#?"
#: Significant digits of a number without a format of its own (Excel's General).
_GENERAL_DIGITS = 11

_GENERAL = "general"


class _Section(NamedTuple):
    """One of the up to four parts of a format: its pieces, each a literal text or a placeholder."""

    pieces: tuple[tuple[str, bool], ...]

    @property
    def places(self) -> str:
        return "".join(text for text, is_literal in self.pieces if not is_literal)


def shown(value: float, code: str) -> Shown | None:
    """Return a number as it is shown; None for a format that is not known here: fractions, conditions."""
    sections = _sections(code)
    if sections is None:
        return None
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if not section.places:
        return Shown(value, "".join(text for text, _ in section.pieces).strip())
    if _GENERAL in section.places:
        text = "".join(text if is_literal else general(value) for text, is_literal in section.pieces)
        return Shown(value, text.strip())
    return _placed(value, section)


def shown_text(text: str, code: str) -> str:
    """Return a text as a format shows it: the part for texts has an @ in its place."""
    if "@" not in code and code.count(";") < 3:
        return text
    sections = _sections(code)
    if sections is None:
        return text
    section = sections[3] if len(sections) > 3 else sections[-1]
    if "@" not in section.places and len(sections) < 4:
        return text
    return "".join(piece if is_literal else text for piece, is_literal in section.pieces).strip()


def general(value: float) -> str:
    """Return a number without a format of its own."""
    return str(int(value)) if value == int(value) else f"{value:.{_GENERAL_DIGITS}g}"


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...] | None:
    sections: list[list[tuple[str, bool]]] = [[]]
    for quoted, escaped, wide, brackets, general_word, character in _PIECES.findall(code):
        if brackets:
            if _CONDITION.match(brackets):
                return None
            currency = _CURRENCY.match(brackets)
            sections[-1].append((currency[1] if currency else "", True))
        elif general_word:
            sections[-1].append((_GENERAL, False))
        elif character == ";":
            sections.append([])
        elif character in ("/", "E", "e"):
            return None
        elif character and character in f"{_DIGITS}.,%@":
            sections[-1].append((character, False))
        else:
            sections[-1].append((quoted or escaped or character or (" " if wide else ""), True))
    return tuple(_Section(tuple(pieces)) for pieces in sections[:4])


def _placed(value: float, section: _Section) -> Shown | None:
    places = section.places.replace("@", "")
    whole, point, fraction = places.partition(".")
    if "." in fraction or not any(digit in whole + fraction for digit in _DIGITS):
        return None
    thousands = len(whole.replace("%", "")) - len(whole.replace("%", "").rstrip(","))
    scale = 100 ** places.count("%") / 1000**thousands
    decimals = sum(place in _DIGITS for place in fraction)
    rounded = round(abs(value) * scale, decimals)
    digits, _, behind = f"{rounded:.{decimals}f}".partition(".")
    optional = len(fraction) - len(fraction.rstrip("#?%"))
    while optional and behind.endswith("0"):
        behind, optional = behind[:-1], optional - 1
    least = sum(place == "0" for place in whole)
    digits = ("" if digits == "0" else digits).rjust(least, "0")
    text = _spread(section, digits, point and behind, sum(place in _DIGITS for place in whole))
    sign = "-" if value < 0 and rounded else ""
    return Shown(rounded / scale * (-1 if value < 0 else 1), f"{sign}{text.strip()}")


def _spread(section: _Section, digits: str, behind: str, places: int) -> str:
    """Put the digits in their places, the last into the last; the first place takes what is left over."""
    text, place, is_behind = "", 0, False
    for piece, is_literal in section.pieces:
        if is_literal or piece == "%":
            text += piece
        elif piece == ".":
            is_behind = True
            text += f".{behind}" if behind else ""
        elif piece in _DIGITS and not is_behind:
            place += 1
            end = len(digits) - (places - place)
            text += digits[: max(end, 0)] if place == 1 else digits[max(end - 1, 0) : max(end, 0)]
    return text
