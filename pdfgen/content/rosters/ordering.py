"""The order of rows by a column: dates as dates, numbers as numbers, text as people sort it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from pdfgen.content.files.source import Source
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.rosters.columns import IGNORED, NAME, mapped, target_of
from pdfgen.content.rosters.dates import read_date
from pdfgen.content.rosters.heading_words import plain
from pdfgen.content.rosters.number_formats import Shown
from pdfgen.content.rosters.roster import Roster, RosterRow, row_source
from pdfgen.content.rosters.table_row import Unreadable
from pdfgen.errors import Problem, UsageError, printable

SortKey: TypeAlias = tuple[Any, ...]
"""Keys of one column can be compared with each other."""

#: Fields of a program that a prescription does not have.
_OF_PROGRAM = ("label", "number", "pages", "row")
_DIGITS = re.compile(r"(\d+)")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


class ColumnOrder:
    """The order by one column of a roster, or by one field of the programs.

    Args:
        column: its name from the user; capitals, spaces and hyphens do not matter.
        roster: the roster with that column.
        mapping: the roster's own headings, with the key of each.
        base: a prescription that every row is laid over.

    Raises:
        UsageError: there is no such column or field; the message lists those that exist.
    """

    def __init__(
        self, column: str, roster: Roster, mapping: Mapping[str, str], base: Source | None = None
    ) -> None:
        self._base = base
        headings = next((row.source.headings for row in roster.rows), ())
        wanted = plain(column)
        place = next((number for number, name in enumerate(headings) if plain(name) == wanted), -1)
        name = mapped(headings[place] if place >= 0 else column, mapping)
        target = target_of(name) if name != IGNORED else None
        if target is not None and target[0] == NAME:
            target = None
        self._cell = place if target is None else -1
        self._target = ("label",) if target == ("patient", "label") else target or ()
        if place < 0 and target is None:
            if wanted not in _OF_PROGRAM:
                raise UsageError(Problem(_unknown(column, headings, roster), field="--print-order"))
            self._target = (wanted,)

    def keys(
        self, rows: Iterable[RosterRow], fields: Callable[[RosterRow], Mapping[str, str]]
    ) -> Mapping[int, SortKey]:
        """Return the sort key of each row number; rows without a value come last.

        Args:
            rows: of the roster.
            fields: returns the fields of a row's program: those of its prescription, `label`, `number` …
        """
        return _sort_keys({row.number: self._value(row, fields(row)) for row in rows})

    def _value(self, row: RosterRow, fields: Mapping[str, str]) -> str:
        if self._cell >= 0:
            return _text(row.cells[self._cell]) if self._cell < len(row.cells) else ""
        if len(self._target) == 1 and self._target[0] in fields:
            return fields[self._target[0]]
        value: Any = row_source(row, self._base).data
        for key in self._target:
            value = value.get(key) if isinstance(value, Mapping) else None
        return _text(value)


def _unknown(column: str, headings: Iterable[str], roster: Roster) -> str:
    known = [heading for heading in headings if heading]
    if not known:
        keys = (key for row in roster.rows for key in row.source.root.value)  # type: ignore[union-attr]
        known = list(dict.fromkeys(map(str, keys)))
    fields = sorted({*Prescription.model_fields, *_OF_PROGRAM} - {"patient"} - set(known))
    names = ", ".join(map(printable, known))
    close = nearest(column, [*known, *fields])
    advice = f"{close} There are" if close.startswith("did you mean") else "there are"
    return (
        f'there is no column "{printable(column)}"; {advice} {names}; and for any roster {", ".join(fields)}'
    )


def _text(value: Any) -> str:
    if value is None or isinstance(value, Unreadable):
        return ""
    if isinstance(value, Shown):
        return value.text
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return str(value).strip()


def _sort_keys(values: Mapping[int, str]) -> Mapping[int, SortKey]:
    """Return keys of one kind: dates or numbers if all values are, else texts."""
    given = [value for value in values.values() if value]
    for kind in (_date, _number):
        if all(kind(value) is not None for value in given):
            return {row: (not value, kind(value) if value else 0) for row, value in values.items()}
    return {row: (not value, _natural(value)) for row, value in values.items()}


def _date(text: str) -> int | None:
    try:
        date = read_date(text)
    except ValueError:
        return None
    return date.toordinal() if date else None


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _natural(text: str) -> SortKey:
    """Return a key that puts room 9 before room 10, and é beside e."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(int(part) if index % 2 else part for index, part in enumerate(_DIGITS.split(plain)))
