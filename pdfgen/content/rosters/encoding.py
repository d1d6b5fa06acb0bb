"""Bytes become text: simple rules recognise the encoding, and the user is told which it is."""

from __future__ import annotations

import codecs
import re

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


def decode(data: bytes, file: str, encoding: str = "") -> tuple[str, str]:
    """Return the text of `data`, and the name of its encoding for the user.

    A byte order mark decides; without one the text is UTF-8 if possible, else Windows-1252. `encoding`
    overrides all of this.

    Raises:
        InputError: the bytes are not text in that encoding; the message names the line.
    """
    if encoding:
        return _strict(data, encoding, encoding, file).removeprefix("\ufeff"), encoding
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec, name, file), name
    if b"\0" in data:
        raise InputError(Problem("is not text: it holds zero bytes; save it as CSV in UTF-8", file=file))
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        characters = _SEVERAL_BYTES.findall(data)
        broken = len(_HIGH.findall(data)) - sum(map(len, characters))
        if len(characters) > broken:
            raise InputError(_broken(data, error.start, "UTF-8", file)) from None
    return _strict(data, "cp1252", "Windows-1252", file), "Windows-1252"


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
