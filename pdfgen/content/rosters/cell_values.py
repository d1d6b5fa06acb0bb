"""The values of cells of a spreadsheet or a text file, as texts, numbers, days and times."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import TypeAlias

from pdfgen.content.files.source import Scalar
from pdfgen.content.rosters.dates import DateOrder, has_short_year, has_time, read_date, read_time
from pdfgen.content.rosters.number_formats import Shown

Cell: TypeAlias = Scalar | Shown | dt.date | dt.time | dt.timedelta
"""The value of a cell: text in a CSV file; in a spreadsheet also numbers and dates."""

#: A day as spreadsheets count them, from 1982 to 2036.
_DAY_NUMBER = re.compile(r"[34]\d{4}(?:[.,]\d+)?")
_NO_DATE = "is a number, not a date; give the cell the format of a date"
_A_DATE = (
    "is a date in the spreadsheet, which takes 8-10 for one; "
    "give the column the format Text and write it again"
)

#: Characters of a date without a time of day, in figures.
_LONGEST_DAY = 10


def is_empty(cell: Cell) -> bool:
    """Whether a cell is blank or holds only spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str:
    """Return a cell as the text that its reader sees; a spreadsheet's whole number has no decimals."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Shown):
        return cell.text
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(as_whole(cell))


def as_number(cell: Cell) -> Scalar:
    """Return a cell that is no text as the number that it holds.

    Raises:
        ValueError: it is a date.
    """
    if isinstance(cell, Shown):
        # A whole number with a unit behind it is that number; anything else stays what is shown.
        return as_whole(cell.number)
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        raise ValueError(_A_DATE)
    return as_whole(cell)


def as_whole(cell: Cell) -> Scalar:
    """Return a number without decimals as a whole one; what no file with keys holds as text."""
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        return int(cell)
    if cell is None or isinstance(cell, str | int | float):
        return cell
    return str(cell)


def as_date(cell: Cell, order: DateOrder, tell: Callable[[str], None]) -> Scalar:
    """Return the day of a cell, as `2026-03-02` where it can be read.

    Args:
        order: of day and month.
        tell: is told what was guessed or left out.

    Raises:
        ValueError: it is a number.
    """
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            tell("has a time of day, which is not used")
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, str):
        if len(cell) > _LONGEST_DAY and has_time(cell):
            tell("has a time of day, which is not used")
        if has_short_year(cell):
            tell("the year of two digits is read as one of this century")
        if _DAY_NUMBER.fullmatch(cell.strip()):
            raise ValueError(_NO_DATE)
        return _day_of(cell, order)
    if isinstance(cell, int | float | Shown) and not isinstance(cell, bool):
        raise ValueError(_NO_DATE)
    return as_whole(cell)


def as_time(cell: Cell) -> Scalar:
    """Return the time of day of a cell, as `08:30` where it can be read."""
    return f"{cell:%H:%M}" if isinstance(cell, dt.datetime | dt.time) else read_time(as_text(cell))


def _day_of(text: str, order: DateOrder) -> str:
    found = read_date(text, order)
    return found.isoformat() if found else text.strip()
