"""Tables become rows: headings choose the columns, cells become values with row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pdfgen.content.files.source import Mark, Node, dotted
from pdfgen.content.rosters.cells import Cell, as_text, is_empty, read_cell
from pdfgen.content.rosters.columns import NAME, NAME_PARTS, Column, Kind, Target, read_columns
from pdfgen.content.rosters.options import MAX_COLUMNS, MAX_ROWS, TOO_MANY_ROWS, RosterOptions
from pdfgen.content.rosters.roster import RosterRow, RowProblem, RowSource
from pdfgen.errors import InputError, Problem


class Unreadable(NamedTuple):
    """A cell that cannot be read, with the reason."""

    reason: str


class TableRow(NamedTuple):
    """A row of the file: its number, its cells, and what is wrong with the row as a whole."""

    number: int
    cells: Sequence[Cell | Unreadable]
    problem: str = ""


def read_table(table: Iterable[TableRow], file: str, options: RosterOptions) -> tuple[RosterRow, ...]:
    """Return the rows below the headings; blank rows are left out.

    Raises:
        InputError: a heading is unknown, or there are too many rows or columns.
    """
    rows = (row for row in table if row.problem or not all(map(_is_blank, row.cells)))
    first = next(rows, None)
    if first is None:
        raise InputError(Problem("is empty; the first row must name the columns", file=file))
    if first.problem:
        raise InputError(Problem(first.problem, file=f"{file}, row {first.number}"))
    headings = tuple(
        "" if isinstance(cell, Unreadable) else as_text(cell or "").strip() for cell in first.cells
    )
    if len(headings) > MAX_COLUMNS:
        raise InputError(Problem(f"holds more than {MAX_COLUMNS} columns; take some out", file=file))
    columns = read_columns(headings, options.mapping, file, first.number)
    reader = _RowReader(file, headings, columns, options.day_first)
    read: list[RosterRow] = []
    for row in rows:
        if len(read) == MAX_ROWS:
            raise InputError(Problem(TOO_MANY_ROWS, file=file))
        read.append(reader.read(row))
    return tuple(read)


def _is_blank(cell: Cell | Unreadable) -> bool:
    return not isinstance(cell, Unreadable) and is_empty(cell)


class RowValues:
    """The values of one row, put together one by one; `values` holds them by their keys."""

    def __init__(self) -> None:
        self.values: dict[str, Node] = {}
        self._name: dict[str, Node] = {}

    def add(self, target: Target, node: Node) -> None:
        """Put a value under its keys, and make the mappings on the way; parts of a name wait for `add_name`.

        Raises:
            ValueError: the key has a value already, or a part of a name is not text.
        """
        if target[0] != NAME:
            self._put(target, node)
        elif isinstance(node.value, Mapping | tuple):
            raise ValueError("must be text")
        else:
            self._name[target[-1]] = node

    def add_name(self) -> None:
        """Make the parts of the patient's name, if there are any, the label.

        Raises:
            ValueError: there is a label already.
        """
        parts = [self._name[part] for part in NAME_PARTS if part in self._name]
        if parts:
            name = " ".join(str(node.value).strip() for node in parts)
            self._put(("patient", "label"), Node(name, parts[-1].mark, parts[-1].mark))

    def _put(self, target: Target, node: Node) -> None:
        values = self.values
        *above, last = target
        for key in above:
            around = values.get(key, Node({}, node.mark, node.key))
            if not isinstance(around.value, Mapping):
                raise ValueError(f'"{key}" has a value already; keep one of them')
            inside = dict(around.value)
            values[key] = around._replace(value=inside)
            values = inside
        if last in values:
            raise ValueError(f'"{last}" has a value already; keep one of them')
        values[last] = node


class _RowReader:
    """Reads the rows of one table."""

    def __init__(
        self, file: str, headings: tuple[str, ...], columns: Sequence[Column], day_first: bool | None
    ) -> None:
        self.file = file
        self.headings = headings
        self.columns = columns
        self.day_first = day_first

    def read(self, row: TableRow) -> RosterRow:
        found = RowValues()
        problems: list[RowProblem] = []
        if problem := row.problem or self.outside(row):
            problems.append(RowProblem(problem, file=self.file, row=row.number))
        else:
            for column in self.columns:
                try:
                    self.add(row, column, found)
                except ValueError as error:
                    problems.append(self.problem(row, column, str(error)))
        found.add_name()
        # A mark in a table is a column; the source adds the row.
        source = RowSource(self.file, Node(found.values, Mark(self.file, 0, 0)), row.number, self.headings)
        return RosterRow(source, tuple(problems), tuple(row.cells))

    def add(self, row: TableRow, column: Column, found: RowValues) -> None:
        cell = row.cells[column.number - 1] if column.number <= len(row.cells) else None
        if cell is None or cell == "":  # most cells are empty, and this test is the quickest
            return
        if isinstance(cell, Unreadable):
            raise ValueError(cell.reason)
        if not is_empty(cell):
            mark = Mark(self.file, 0, column.number)
            found.add(column.target, read_cell(cell, column.target, column.kind, mark, self.day_first))

    def outside(self, row: TableRow) -> str:
        """Return the problem of text to the right of the last heading; empty without such text."""
        if all(map(_is_blank, row.cells[len(self.headings) :])):
            return ""
        return (
            f"has {len(row.cells)} cells, and there are {len(self.headings)} headings; "
            "put a text that holds the delimiter in quotes"
        )

    def problem(self, row: TableRow, column: Column, message: str) -> RowProblem:
        field = "patient.label" if column.kind is Kind.NAME_PART else dotted(column.target)
        return RowProblem(message, field, self.file, 0, column.number, row.number, column.heading)
