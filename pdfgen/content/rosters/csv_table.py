"""CSV: rows of text, with any delimiter. A broken row is reported, and reading goes on after it."""

from __future__ import annotations

import csv
import io
import itertools
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pdfgen.content.rosters.columns import recognised
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.table_row import TableRow
from pdfgen.errors import InputError, Problem

#: Delimiters of spreadsheets and registries, in the order in which they are tried.
_COMMON = ",;\t|"

#: Characters that headings themselves contain.
_IN_WORDS = frozenset("\"'.-_()" + string.ascii_letters + string.digits + " \r\n")

_DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars (|)"}

_QUOTE = '"'

#: Characters of the headings that are enough to recognise the delimiter.
_LOOKED_AT = 20_000
_MOST_UNUSUAL = 12

#: Lines among which the headings are looked for; titles may stand above them.
_MOST_ABOVE = 20

#: Excel's own first line, which declares the delimiter; programs that save it anew add quotes and delimiters.
_DECLARED = re.compile(r"\s*\"?sep=([^\w\"\r\n])\"?(\1*)\s*", re.IGNORECASE)


class Dialect(NamedTuple):
    """How a CSV file is written: its delimiter, and whether its first line says so."""

    delimiter: str
    declared: bool

    @property
    def note(self) -> str:
        """The delimiter in words."""
        return f"columns separated by {_DELIMITER_NAMES.get(self.delimiter, self.delimiter)}"


def recognise(text: str, file: str, options: RosterOptions) -> Dialect:
    """Return the dialect of `text`: the delimiter asked for, else the one with the most known headings.

    Raises:
        InputError: the delimiter that `options` ask for is not one character.
    """
    delimiter = options.delimiter
    if delimiter and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise InputError(Problem("the delimiter must be one character, such as ; or a tab", file=file))
    lines = (line[:_LOOKED_AT] for line in io.StringIO(text, newline="") if line.strip())
    above = list(itertools.islice(lines, _MOST_ABOVE)) or [""]
    declared = _DECLARED.fullmatch(above[0])
    if delimiter or declared:
        return Dialect(delimiter or (declared[1] if declared else ""), declared is not None)
    marks = _COMMON + "".join(sorted(set(above[0]) - _IN_WORDS - set(_COMMON))[:_MOST_UNUSUAL])
    found = (mark for mark in marks if not (mark.isalnum() or mark.isspace()) or mark in _COMMON)
    return Dialect(max(found, key=lambda mark: _fit(above, mark, options.mapping)), False)


def _fit(lines: Sequence[str], delimiter: str, mapping: Mapping[str, str]) -> tuple[int, int]:
    """Return how many headings are known in the line that has most, and how many cells it has."""
    rows = (next(csv.reader([line], delimiter=delimiter), []) for line in lines)
    return max(
        (recognised(filter(None, cells), mapping), len(cells) if delimiter in _COMMON else 0)
        for cells in rows
    )


def unwrapped(text: str, mapping: Mapping[str, str]) -> str | None:
    """Return the lines of a table of which each whole line stands in quotes; None where they do not.

    Programs write such files that take the line of another one for one cell.
    """
    inner: list[str] = []
    for line in map(str.strip, text.splitlines()):
        cells = next(csv.reader([line], delimiter="\0"), [""])
        if line and (len(cells) != 1 or f'"{cells[0].replace(_QUOTE, _QUOTE * 2)}"' != line):
            return None
        inner.append(cells[0] if cells else "")
    first = next(filter(None, inner), "")
    known = max(_fit([first], mark, mapping) for mark in _COMMON)
    return "\n".join(inner) + "\n" if known[0] > _fit([first], "\0", mapping)[0] else None


def read_csv(text: str, dialect: Dialect) -> Iterator[TableRow]:
    """Yield the rows of `text`, counted from 1 as a spreadsheet does.

    A row with misplaced quotes is a problem; reading goes on in the line below, so an unclosed quote spoils
    only its own row, and two that are out of place the rows between them.
    """
    lines = list(io.StringIO(text, newline=""))
    start, number, width = 0, 0, 0
    while start < len(lines):
        reader = csv.reader(
            (lines[index] for index in range(start, len(lines))), delimiter=dialect.delimiter, strict=True
        )
        first, done = start, 0
        try:
            for cells in reader:
                number += 1
                ended = reader.line_num
                if swallowed := ended - done > 1 and _swallowed(cells, dialect.delimiter, width):
                    rows = ended - done
                    for row in range(number, number + rows):
                        yield TableRow(row, (), _swallowed_message(number, number + rows - 1))
                    number += rows - 1
                done = ended
                if not (swallowed or (number == 1 and dialect.declared)):
                    width = max(width, len(cells) if number < _MOST_ABOVE else 0)
                    yield TableRow(number, cells)
            return
        except csv.Error as error:
            number += 1
            start = first + done + 1
            yield TableRow(number, (), _reason(str(error)))


def _swallowed_message(first: int, last: int) -> str:
    """Return the problem of the rows between a quote that is out of place and the next."""
    return (
        f"a quote that is opened in row {first} is closed in row {last} only, and all between is one text; "
        "take the quotes away, or close the text where it ends"
    )


def _swallowed(cells: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a text over several lines holds as many delimiters as a row of this width has.

    A delimiter with a space behind it is punctuation of the text.
    """
    fewest = max(width - 1, 1)
    return any(
        "\n" in cell.replace("\r", "\n") and len(re.findall(f"{re.escape(delimiter)}(?! )", cell)) >= fewest
        for cell in cells
    )


def _reason(said: str) -> str:
    if "field limit" in said:
        return (
            f"a cell is longer than {csv.field_size_limit()} characters; a quote may be opened and not closed"
        )
    if "unexpected end" in said:
        return "a quote is opened and not closed; close it, or double a quote that belongs to the text"
    if "expected after" in said:
        return "a quote stands inside a cell; put the cell in quotes and double the quotes in it"
    return "cannot be read; check the quotes"
