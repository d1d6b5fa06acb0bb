"""Tables become rows: headings choose the columns, cells become values with row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pdfgen.content.files.source import Mark, Node, dotted
from pdfgen.content.rosters.cell_values import Cell, is_empty
from pdfgen.content.rosters.cells import Reading, read_cell
from pdfgen.content.rosters.columns import Column, Kind, read_columns
from pdfgen.content.rosters.dates import UNKNOWN_ORDER, DateOrder, order_of, order_told
from pdfgen.content.rosters.names import Names
from pdfgen.content.rosters.options import MAX_COLUMNS, MAX_ROWS, TOO_MANY_ROWS, RosterOptions
from pdfgen.content.rosters.roster import RosterRow, RowProblem, RowSource
from pdfgen.content.rosters.row_values import LABEL, RowValues
from pdfgen.content.rosters.surroundings import heading_texts, is_blank, listed
from pdfgen.content.rosters.table_row import TableRow, Unreadable
from pdfgen.content.rosters.told import Told, joined
from pdfgen.errors import InputError, Problem, printable


class Table(NamedTuple):
    """A table of a file.

    Attributes:
        rows: all of them.
        hidden_columns: numbers of those that nobody sees.
        totals: numbers of rows that are known to add up.
        wide: numbers of rows in which cells of several columns are one.
        is_sheet: whether cells have places of their own, so that one more is no slip of the delimiter.
    """

    rows: Iterable[TableRow]
    hidden_columns: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    wide: tuple[int, ...] = ()
    is_sheet: bool = False


class TableRows(NamedTuple):
    """The rows of patients in a table, and what should be known of how they were read."""

    rows: tuple[RosterRow, ...]
    warnings: tuple[Problem, ...]


def read_table(table: Table, file: str, options: RosterOptions, names: Names) -> TableRows:
    """Return the rows below the headings; blank rows are left out.

    Args:
        table: of the file.
        file: the roster as the user named it.
        options: how to read it.
        names: of the library that the programs are made from.

    Raises:
        InputError: a heading is unknown, or there are too many rows or columns.
    """
    written = (row.corrected(options.corrections) for row in _limited(table.rows, file))
    found = listed(written, options.mapping, table.totals, file)
    texts = heading_texts(found.headings)
    if len(texts) > MAX_COLUMNS:
        raise InputError(Problem(f"holds more than {MAX_COLUMNS} columns; take some out", file=file))
    headings = tuple("" if number in table.hidden_columns else text for number, text in enumerate(texts, 1))
    place = f"{file}, row {found.headings.number}"
    columns = read_columns(headings, options, names, file, found.headings.number)
    hidden = [text for number, text in enumerate(texts, 1) if text and number in table.hidden_columns]
    warnings = [*found.warnings, *columns.warnings]
    if hidden:
        shown = ", ".join(f'"{printable(text)}"' for text in hidden)
        warnings.append(
            Problem(f"hidden, and not read; show them in Excel to have them read: {shown}", file=place)
        )
    if wide := [row.number for row in found.rows if row.number in table.wide]:
        message = (
            f"cells are merged across columns in row {joined(wide)}; their text counts for the first only"
        )
        warnings.append(Problem(message, file=file))
    reader = _RowReader(file, headings, columns.read, table, found.rows, _Context(options, names))
    rows = tuple(map(reader.read, found.rows))
    return TableRows(rows, (*warnings, *reader.told()))


def headings_in(table: Table, file: str, options: RosterOptions) -> tuple[str, ...]:
    """Return the headings of a table, known or not.

    Raises:
        InputError: it is empty, or too large.
    """
    found = listed(_limited(table.rows, file), options.mapping, table.totals, file)
    return heading_texts(found.headings)[:MAX_COLUMNS]


def _limited(rows: Iterable[TableRow], file: str) -> Iterator[TableRow]:
    """Yield the rows that are not blank."""
    written = (row for row in rows if row.problem or not all(map(is_blank, row.cells)))
    for count, row in enumerate(written):
        if count > MAX_ROWS:
            raise InputError(Problem(TOO_MANY_ROWS, file=file))
        yield row


class _Context(NamedTuple):
    options: RosterOptions
    names: Names


class _RowReader:
    """Reads the rows of one table."""

    def __init__(
        self,
        file: str,
        headings: tuple[str, ...],
        columns: Sequence[Column],
        table: Table,
        rows: Sequence[TableRow],
        context: _Context,
    ) -> None:
        self.file = file
        self.headings = headings
        self.table = table
        self._told = Told(file)
        self._beside: dict[int, int] = {}
        self._free_text = [column for column in columns if _is_free_text(column, rows)]
        self.columns = [column for column in columns if column not in self._free_text]
        self._readings = {column.number: self._reading(column, rows, context) for column in columns}
        labels = [c for c in columns if c.target == LABEL] or [c for c in columns if c.kind is Kind.NAME_PART]
        self._names_place = _place(labels[0]) if labels else ""
        read = {column.number for column in columns}
        self._unheaded = [
            number
            for number, heading in enumerate(headings, 1)
            if not heading and number not in table.hidden_columns and number not in read
        ]

    def _reading(self, column: Column, rows: Sequence[TableRow], context: _Context) -> Reading:
        order = UNKNOWN_ORDER
        if column.kind is Kind.DATE and context.options.day_first is not None:
            order = DateOrder(context.options.day_first)
        elif column.kind is Kind.DATE:
            cells = (_cell(row, column.number) for row in rows)
            decided = order_of((cell for cell in cells if isinstance(cell, str)), context.options.country)
            order = decided.order
            for message in order_told(decided):
                self._told.of_all(_place(column), message)
        return Reading(order, context.names, lambda message: self._told.of_row(_place(column), message))

    def read(self, row: TableRow) -> RosterRow:
        """Return a row, with its problems."""
        self._told.row = row.number
        found = RowValues(lambda message: self._told.of_row(self._names_place, message))
        problems: list[RowProblem] = []
        if problem := row.problem or self.outside(row):
            problems.append(RowProblem(problem, file=self.file, row=row.number))
        else:
            for column in self.columns:
                try:
                    self.add(row, column, found)
                except ValueError as error:
                    problems.append(self.problem(row, column, str(error)))
            for number in self._unheaded:
                if not is_blank(_cell(row, number)):
                    self._beside.setdefault(number, row.number)
        try:
            found.add_name()
        except ValueError as error:
            problems.append(RowProblem(str(error), "patient.label", self.file, row=row.number))
        # A mark in a table is a column; the source adds the row.
        source = RowSource(self.file, Node(found.values, Mark(self.file, 0, 0)), row.number, self.headings)
        return RosterRow(source, tuple(problems), tuple(row.cells))

    def add(self, row: TableRow, column: Column, found: RowValues) -> None:
        """Put the value of a cell among the others.

        Raises:
            ValueError: it cannot be read, or there is another one.
        """
        cell = _cell(row, column.number)
        if cell is None or cell == "":  # most cells are empty, and this test is the quickest
            return
        if isinstance(cell, Unreadable):
            raise ValueError(cell.reason)
        if not is_empty(cell):
            mark = Mark(self.file, 0, column.number)
            reading = self._readings[column.number]
            found.add(column.target, read_cell(cell, column.target, column.kind, mark, reading))

    def outside(self, row: TableRow) -> str:
        """Return the problem of text to the right of the last heading; empty without such text."""
        beyond = row.cells[len(self.headings) :]
        if all(map(is_blank, beyond)):
            return ""
        # A remark beside the list has a column between them; a text that was cut at a delimiter has not.
        if self.table.is_sheet or is_blank(beyond[0]):
            first = next(number for number, cell in enumerate(beyond, 1) if not is_blank(cell))
            self._beside.setdefault(len(self.headings) + first, row.number)
            return ""
        return (
            f"has {len(row.cells)} cells, and there are {len(self.headings)} headings; "
            "put a text that holds the delimiter in quotes"
        )

    def problem(self, row: TableRow, column: Column, message: str) -> RowProblem:
        """Return the problem of a cell."""
        field = "patient.label" if column.kind is Kind.NAME_PART else dotted(column.target)
        return RowProblem(message, field, self.file, 0, column.number, row.number, column.heading)

    def told(self) -> Iterator[Problem]:
        """Yield what was guessed in cells, and what was not read of them."""
        yield from self._told.problems()
        for column in self._free_text:
            message = (
                "not read: free text is printed nowhere; to print it beside an exercise, name that in the "
                "heading, such as notes.plank"
            )
            yield Problem(message, file=f"{self.file}, {_place(column)}")
        for number, row in sorted(self._beside.items()):
            message = f"column {number} has no heading, and is not read (first in row {row})"
            yield Problem(message, file=self.file)


def _place(column: Column) -> str:
    return f'column "{printable(column.heading)}"'


def _cell(row: TableRow, number: int) -> Cell | Unreadable:
    return row.cells[number - 1] if number <= len(row.cells) else None


def _is_free_text(column: Column, rows: Sequence[TableRow]) -> bool:
    """Whether a column of notes holds texts for nobody's exercise."""
    if column.target != ("notes",):
        return False
    texts = [cell for cell in (_cell(row, column.number) for row in rows) if not is_blank(cell)]
    return bool(texts) and not any(isinstance(text, str) and text.lstrip().startswith("{") for text in texts)
