"""Character maps of embedded fonts, by which readers and searches find the text of glyphs."""

from __future__ import annotations

import re

#: A row of ReportLab's character maps: code and number of a character; and the rows that a block may have.
_MAPPED = re.compile(r"<(\w\w)> <(\w{4,})>$", re.MULTILINE)
_MOST_ROWS = 100


def in_blocks(character_map: str) -> str:
    """Return a character map of ReportLab's without codes that no character has, in blocks of 100.

    More rows in a block are not allowed (ISO 32000-1, 9.10.3, by way of Adobe's CMap specification), and
    characters are written as UTF-16, where ReportLab writes their number.
    """
    found = [(code, int(number, 16)) for code, number in _MAPPED.findall(character_map)]
    rows = [f"<{code}> <{utf_16(chr(number))}>" for code, number in found if number]
    blocks = [rows[first : first + _MOST_ROWS] for first in range(0, len(rows), _MOST_ROWS)]
    head, _, rest = character_map.partition("endcodespacerange\n")
    tail = rest.partition("endbfchar\n")[2]
    texts = [f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n" for block in blocks]
    return "".join([head, "endcodespacerange\n", *texts, tail])


def utf_16(text: str) -> str:
    """Return a text as UTF-16 in hex, most significant byte first."""
    return text.encode("utf-16-be").hex().upper()
