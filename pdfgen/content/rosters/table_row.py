"""A row of a table, as CSV files and workbooks give it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.content.rosters.cells import Cell


class Unreadable(NamedTuple):
    """A cell that cannot be read, with the reason."""

    reason: str


class TableRow(NamedTuple):
    """A row of the file.

    Attributes:
        number: as the user counts.
        cells: its cells.
        problem: what is wrong with the row as a whole; empty where nothing is.
        is_hidden: whether nobody sees it in a spreadsheet.
    """

    number: int
    cells: Sequence[Cell | Unreadable]
    problem: str = ""
    is_hidden: bool = False
