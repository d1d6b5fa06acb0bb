"""Which sheet of a workbook holds the list: the one that a person sees first and that has headings."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.surroundings import MOST_ABOVE, known_headings_in
from pdfgen.content.rosters.table import Table
from pdfgen.content.rosters.xlsx_table import Grid, read_grids
from pdfgen.errors import Problem, printable

#: Known headings that make a sheet a list.
_FEWEST_KNOWN = 2
_MOST_NAMED = 5


class ChosenSheet(NamedTuple):
    """The table of a workbook, and what should be known of the rest of it."""

    table: Table
    notes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def choose_sheet(data: bytes, file: str, options: RosterOptions) -> ChosenSheet:
    """Return the sheet that is asked for, else of those that are not hidden the one with a list.

    Of several lists it is the one that Excel opens the file at, else the first.

    Raises:
        InputError: the file is no workbook, or has no such sheet.
    """
    book = read_grids(data, file, options.sheet)
    known = [_known(grid, options) for grid in book.grids]
    lists = [grid for grid, count in zip(book.grids, known, strict=True) if count >= _FEWEST_KNOWN]
    best = max(known, default=0)
    chosen = lists[0] if lists else book.grids[known.index(best)]
    notes = list(book.notes)
    warnings: list[Problem] = []
    others = [grid.name for grid in book.grids if grid is not chosen]
    if not options.sheet and (others or book.hidden):
        message = f'only the sheet "{printable(chosen.name)}" is read'
        message += f"; not read: {_named(others)}" if others else ""
        message += f"; hidden and not read: {_named(book.hidden)}" if book.hidden else ""
        message += "; --sheet names another one"
        is_doubtful = len(lists) > 1 or bool(book.hidden)
        (warnings if is_doubtful else notes).append(Problem(message, file=file))
    return ChosenSheet(
        Table(chosen.rows, chosen.hidden_columns, chosen.totals, chosen.wide, is_sheet=True),
        tuple(notes),
        tuple(warnings),
    )


def _known(grid: Grid, options: RosterOptions) -> int:
    rows = itertools.islice(grid.rows, MOST_ABOVE)
    return max((known_headings_in(row, options.mapping) for row in rows if not row.is_hidden), default=0)


def _named(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(f'"{printable(name)}"' for name in names[:_MOST_NAMED])
    return shown + (f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else "")
