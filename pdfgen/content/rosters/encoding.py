"""Bytes become text: a mark or UTF-8 decides, else the code page is guessed and told."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

from pdfgen.content.rosters.code_pages import guess
from pdfgen.errors import InputError, Problem

_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
"""Byte order marks; those of UTF-32 begin like those of UTF-16, so they come first."""

#: Characters of UTF-8 that take several bytes (RFC 3629).
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")

#: A word of which UTF-8 was once taken for Windows-1252 and saved so, or of which letters are lost.
_GARBLED = re.compile(r"\w*(?:[ÃÂÅÄ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|\ufffd)+[\w\ufffd]*")
_HEAD = 1_000


@dataclass(frozen=True)
class GuessedEncoding(Problem):
    """That the encoding of a file was guessed, or its letters were garbled before.

    Attributes:
        word: the first word that shows it, which may be a part of a name: said on the screen, kept nowhere.
    """

    word: str = ""

    def __str__(self) -> str:
        said = super().__str__()
        return f'{said}; the first such word is read as "{self.word}"' if self.word else said


class Decoded(NamedTuple):
    """A text, the name of its encoding for the user, and what should be looked at."""

    text: str
    encoding: str
    warnings: tuple[Problem, ...] = ()


def decode(data: bytes, file: str, encoding: str = "") -> Decoded:
    """Return the text of `data`.

    A byte order mark decides; without one the text is UTF-8 if possible, UTF-16 if every second byte is zero,
    else in the code page that fits its words best. `encoding` overrides all of this.

    Raises:
        InputError: the bytes are not text in that encoding; the message names the line.
    """
    if encoding:
        return _looked_at(_strict(data, encoding, encoding, file).removeprefix("\ufeff"), encoding, file)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _looked_at(_strict(data, codec, name, file), name, file)
    if b"\0" in data:
        return _wide(data, file)
    try:
        return _looked_at(data.decode("utf-8"), "UTF-8", file)
    except UnicodeDecodeError as error:
        characters = _SEVERAL_BYTES.findall(data)
        broken = len(_HIGH.findall(data)) - sum(map(len, characters))
        if len(characters) > broken:
            raise InputError(_broken(data, error.start, "UTF-8", file)) from None
    found = guess(data)
    message = (
        f"is not UTF-8, and is read as {found.name}, which is a guess; if it is wrong, save the file in "
        "Excel as “CSV UTF-8”, or name its encoding with --encoding"
    )
    return Decoded(found.text, found.name, (GuessedEncoding(message, file=file, word=found.word),))


def _wide(data: bytes, file: str) -> Decoded:
    """Return the text of UTF-16 without a mark: of its letters each has a zero byte at the same side."""
    head = data[:_HEAD]
    for codec, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if zeros.count(0) * 2 > len(zeros) and not others.count(0) and len(data) % 2 == 0:
            message = "has no mark of its encoding, and is read as UTF-16"
            text = _strict(data, codec, "UTF-16", file)
            return Decoded(text, "UTF-16", (Problem(message, file=file),))
    raise InputError(Problem("is not text: it holds zero bytes; save it as CSV in UTF-8", file=file))


def _looked_at(text: str, encoding: str, file: str) -> Decoded:
    """Return a text with a warning where letters were lost or garbled before it was saved."""
    found = None if text.isascii() else _GARBLED.search(text)
    if found is None:
        return Decoded(text, encoding)
    message = (
        "letters with accents were garbled before the file was saved; export it once more, and choose UTF-8 "
        "where it is opened"
    )
    return Decoded(text, encoding, (GuessedEncoding(message, file=file, word=found[0]),))


def _strict(data: bytes, codec: str, name: str, file: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(_broken(data, error.start, name, file)) from None
    except (LookupError, UnicodeError):
        message = f'there is no encoding of texts "{name}"; write one such as utf-8, cp1252 or cp1250'
        raise InputError(Problem(message, file=file)) from None


def _broken(data: bytes, start: int, name: str, file: str) -> Problem:
    line = data.count(b"\n", 0, start) + 1
    return Problem(f"is not {name} in line {line}; save it as UTF-8, or name its encoding", file=file)
