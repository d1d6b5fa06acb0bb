"""The cleaning of every text that enters the program, so that no later code has to defend itself.

Invisible characters are removed, characters that mislead or cannot be printed are refused, and the rest
is brought into one Unicode form.
"""

import re
import unicodedata

#: Bidirectional embeddings, overrides and isolates: they let a text look different from what it is.
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: Control, private-use, half and unassigned characters (Unicode general categories).
_UNPRINTABLE = frozenset({"Cc", "Co", "Cs", "Cn"})

#: The character that programs write in place of one that they could not read.
_REPLACEMENT = "\ufffd"

#: Most marks on one letter. Vietnamese needs two; more than three is decoration that runs into other lines.
MOST_MARKS = 3

# Default-ignorable code points (Unicode 15, DerivedCoreProperties.txt) except direction controls: soft
# hyphen, grapheme joiner, direction marks, Hangul and Mongolian fillers, zero width space, word joiner,
# invisible operators, variation selectors, byte order mark, tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

#: Joiners shape letters of scripts that join, such as Arabic; anywhere else they do nothing.
_JOINER = re.compile("[\u200c\u200d]")

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"\s+")


def clean_text(value: str) -> str:
    """Return `value` in Unicode normal form C, with single spaces and without invisible characters.

    Raises:
        ValueError: a control, private-use, unassigned or direction-override character is in it, or the mark
            of a lost character, or a letter with more than `MOST_MARKS` marks.
    """
    if value.isascii():
        # Nearly all texts; looking at each character would cost a third of the time of reading a library.
        if found := _CONTROL.search(value):
            raise ValueError(_unprintable(found[0], found.start()))
    else:
        value = _without_invisible(unicodedata.normalize("NFC", value))
        _refuse(value)
    return _SPACES.sub(" ", value).strip()


def _without_invisible(value: str) -> str:
    value = _INVISIBLE.sub("", value)
    value = _JOINER.sub(lambda found: found[0] if _joins(value, found.start()) else "", value)
    # What stood apart may now form one character.
    return unicodedata.normalize("NFC", value)


def _joins(value: str, index: int) -> bool:
    """Whether letters of a script without capitals stand on both sides."""
    sides = value[index - 1 : index] + value[index + 1 : index + 2]
    return [unicodedata.category(side) for side in sides] == ["Lo", "Lo"]


def _refuse(value: str) -> None:
    marks = 0
    for index, character in enumerate(value):
        category = unicodedata.category(character)
        if character in "\n\t":
            continue
        if character == _REPLACEMENT:
            raise ValueError(
                f"a character was lost here (U+FFFD at position {index + 1}); write the word again"
            )
        if character in _DIRECTION_CONTROLS or category in _UNPRINTABLE:
            raise ValueError(_unprintable(character, index))
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            raise ValueError(f"too many accents on one letter, at position {index + 1}; remove them")


def _unprintable(character: str, index: int) -> str:
    return f"the character U+{ord(character):04X} at position {index + 1} cannot be printed; remove it"
