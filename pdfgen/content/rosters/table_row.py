"""A row of a table, as CSV files and workbooks give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pdfgen.content.rosters.cell_values import Cell


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

    def corrected(self, corrections: Mapping[int, Mapping[int, str]]) -> TableRow:
        """Return the row with texts in place of some of its cells.

        Args:
            corrections: texts by the number of the row and of the column.
        """
        own = corrections.get(self.number)
        if not own:
            return self
        cells = list(self.cells)
        cells += [None] * (max(own) - len(cells))
        for column, text in own.items():
            cells[column - 1] = text
        return self._replace(cells=cells)
