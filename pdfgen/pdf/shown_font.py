"""Fonts of a finished file: what their codes stand for and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

UNKNOWN = "\ufffd"
#: Rows of a map of characters: a code, and its text as UTF-16.
_BEGIN, _END = b"beginbfchar", b"endbfchar"
_MAPPED = re.compile(rb"<(\w+)>\s*<(\w+)>\s")
#: Codes of a font; no code has more than one width.
_MOST_CODES = 65_536


class Font:
    """What a font's codes stand for and how wide they are, in 1/1000 em.

    Attributes:
        name: as the file has it, subset tag included.
        embedded: whether the glyphs are in the file.
        mapped: whether codes are mapped to text.
    """

    def __init__(self, dictionary: DictionaryObject) -> None:
        self.name = str(dictionary.get("/BaseFont", "")).lstrip("/")
        descendants = dictionary.get("/DescendantFonts")
        inner = descendants.get_object()[0].get_object() if descendants else dictionary
        descriptor = inner.get("/FontDescriptor", DictionaryObject()).get_object()
        self.embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        self.mapped = "/ToUnicode" in dictionary
        self._bytes = 2 if descendants else 1
        self._texts = _texts(stream_data(dictionary["/ToUnicode"])) if self.mapped else {}
        self._default = float(inner.get("/DW", 1000 if descendants else 0))
        self._widths = _composite_widths(inner) if descendants else _simple_widths(inner)

    def codes(self, shown: bytes) -> Iterable[int]:
        """Return the codes in a shown string."""
        step = self._bytes
        return (int.from_bytes(shown[at : at + step], "big") for at in range(0, len(shown), step))

    def text(self, code: int) -> str:
        """Return what `code` stands for; U+FFFD where the file does not say."""
        return self._texts.get(code, UNKNOWN)

    def width(self, code: int) -> float:
        """Return how far `code` moves on."""
        return self._widths.get(code, self._default)


def _texts(character_map: bytes) -> dict[int, str]:
    """Return the texts of codes that are mapped one by one, as ReportLab maps them."""
    rows = (row for section in _sections(character_map) for row in _MAPPED.findall(section))
    return {
        int(code, 16): bytes.fromhex(text.decode("ascii")).decode("utf-16-be", "replace")
        for code, text in rows
    }


def _sections(character_map: bytes) -> Iterator[bytes]:
    """Yield what stands between a begin and the next end: a pattern would search in vain from every begin."""
    at = 0
    while (begin := character_map.find(_BEGIN, at)) >= 0:
        end = character_map.find(_END, begin)
        if end < 0:
            return
        yield character_map[begin + len(_BEGIN) : end]
        at = end + len(_END)


def _simple_widths(font: DictionaryObject) -> dict[int, float]:
    first = int(font.get("/FirstChar", 0))
    return {first + index: float(width) for index, width in enumerate(font.get("/Widths", ()))}


def _composite_widths(font: DictionaryObject) -> dict[int, float]:
    widths: dict[int, float] = {}
    given = 0
    entries = iter(font.get("/W", ArrayObject()).get_object())
    for entry in entries:
        first, second = int(entry), next(entries).get_object()
        if isinstance(second, ArrayObject):
            found = {first + index: float(width) for index, width in enumerate(second)}
            given += len(second)
        else:
            codes = range(first, int(second) + 1)
            given += len(codes)
            found = dict.fromkeys(codes[:_MOST_CODES], float(next(entries)))
        if given > _MOST_CODES:
            raise ValueError("a font gives more widths than it can have codes")
        widths.update(found)
    return widths


def stream_data(item: PdfObject) -> bytes:
    """Return the decoded content of a stream, empty for anything else."""
    resolved = item.get_object()
    return resolved.get_data() if isinstance(resolved, StreamObject) else b""
