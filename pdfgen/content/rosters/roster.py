"""A roster after reading: rows of values, each value with its place in the file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property

from pdfgen.content.files.settings import Setting
from pdfgen.content.files.source import FieldPath, Mark, Node, Source, dotted
from pdfgen.content.loading import Loaded, prescription_of
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.rosters.encoding import GuessedEncoding
from pdfgen.errors import InputError, Problem, printable


@dataclass(frozen=True, slots=True)
class RowProblem(Problem):
    """One thing to mend in a row of a roster.

    Attributes:
        row: as the user counts: the row of a table whose headings are row 1, the line of an NDJSON file,
            the entry of a bundle or list.
        heading: of the column, as the file writes it; empty when the problem concerns the whole row.
        line: in a YAML roster; 0 in all other formats.
    """

    row: int = 0
    heading: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        place += f", row {self.row}" + (f', column "{printable(self.heading)}"' if self.heading else "")
        field = "" if self.field == self.heading else self.field
        return ": ".join(part for part in (place, field, self.message) if part)


@dataclass(frozen=True, slots=True)
class Gap(Problem):
    """A sign that a list is not whole: patients may be missing."""


@dataclass(frozen=True)
class RowSource(Source):
    """The source of one row: its problems name the row and the column.

    Attributes:
        row: as the user counts.
        headings: of the table's columns, in order; empty when rows have keys instead.
    """

    row: int = 0
    headings: tuple[str, ...] = ()

    def problem(self, path: FieldPath, message: str, *, key: bool = False) -> Problem:
        """Return the problem `message` with row and heading; a value of another file keeps its own place."""
        mark = self.mark(path, key=key)
        if mark.file != self.file:
            return super().problem(path, message, key=key)
        return self.row_problem(mark, dotted(path), message)

    def row_problem(self, mark: Mark, field: str, message: str) -> RowProblem:
        """Return the problem `message` about a field at `mark` in this row."""
        if self.headings:
            heading = self.headings[mark.column - 1] if mark.column else ""
            return RowProblem(message, field, self.file, 0, mark.column, self.row, heading)
        return RowProblem(message, field, self.file, mark.line, mark.column, self.row)


@dataclass(frozen=True)
class RosterRow:
    """One row: the values of one prescription.

    Attributes:
        source: the values with their places.
        problems: cells that could not be read; a row with problems cannot become a prescription.
        cells: all cells of a table's row, also those of unused columns. They only serve to sort rows, so
            they are not sent to other processes.
    """

    source: RowSource
    problems: tuple[RowProblem, ...] = ()
    cells: tuple[object, ...] = field(default=(), repr=False, compare=False)

    def __reduce__(self) -> tuple[type[RosterRow], tuple[RowSource, tuple[RowProblem, ...]]]:
        return RosterRow, (self.source, self.problems)

    @property
    def number(self) -> int:
        """The row as the user counts: see `RowProblem.row`."""
        return self.source.row


@dataclass(frozen=True)
class Roster:
    """A list of patients.

    Attributes:
        file: as the user named it.
        rows: in the order of the file, without blank rows, with those that have problems.
        notes: how the file was read: encoding, delimiter, sheet.
        warnings: what somebody should look at, such as a row that occurs twice.
    """

    file: str
    rows: tuple[RosterRow, ...]
    notes: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def reading(self) -> tuple[str, ...]:
        """How the file was read, in words that can be kept: they hold no part of a name."""
        kept = (replace(one, word="") if isinstance(one, GuessedEncoding) else one for one in self.told)
        return tuple(map(str, kept))

    @property
    def gaps(self) -> tuple[Problem, ...]:
        """The warnings that patients may be missing."""
        return tuple(one for one in self.warnings if isinstance(one, Gap))

    @property
    def told(self) -> tuple[Problem, ...]:
        """Notes and warnings."""
        return (*self.notes, *self.warnings)

    @cached_property
    def problems(self) -> tuple[RowProblem, ...]:
        """The problems of all rows, in order."""
        return tuple(problem for row in self.rows for problem in row.problems)


def row_source(row: RosterRow, defaults: Source | None = None) -> RowSource:
    """Return the source of a row as if it were a prescription file.

    `defaults` is a prescription file that holds for all rows. A row's own values win; mappings such as
    `notes` and `doses` merge key by key. Paths in `defaults` remain relative to its own folder.
    """
    if defaults is None:
        # What is worked out from it is not kept as long as the roster.
        return copy(row.source)
    below = _seen_from(defaults, row.source)
    return replace(row.source, root=_laid_over(below, row.source.root))


def row_prescription(
    row: RosterRow, defaults: Source | None = None, overrides: tuple[Setting, ...] = ()
) -> Loaded[Prescription]:
    """Return the prescription of a row.

    Raises:
        InputError: with every problem of the row: cells that cannot be read, and values that are not valid.
    """
    problems: list[Problem] = list(row.problems)
    if any(not problem.field for problem in problems):
        raise InputError(problems)
    try:
        prescription = prescription_of(row_source(row, defaults), overrides)
    except InputError as error:
        if not problems:
            raise
        unread = {problem.field for problem in problems}
        problems += [problem for problem in error.problems if problem.field not in unread]
    if problems:
        raise InputError(problems)
    return prescription


def _laid_over(below: Node, above: Node) -> Node:
    if not isinstance(below.value, Mapping) or not isinstance(above.value, Mapping):
        return above
    merged = dict(below.value)
    for key, node in above.value.items():
        merged[key] = _laid_over(merged[key], node) if key in merged else node
    return above._replace(value=merged)


def _seen_from(defaults: Source, row: RowSource) -> Node:
    """Return the values of `defaults` with paths relative to the roster's folder."""
    values = defaults.root.value
    if not isinstance(values, Mapping) or defaults.folder.absolute() == row.folder.absolute():
        return defaults.root
    changed = dict(values)
    for key in ("clinic", "layout", "library"):
        node = changed.get(key)
        if node and isinstance(node.value, tuple):
            items = tuple(_moved(item, defaults, row) for item in node.value)
            changed[key] = node._replace(value=items)
        elif node and (key != "layout" or str(node.value).endswith((".yaml", ".yml"))):
            changed[key] = _moved(node, defaults, row)
    return defaults.root._replace(value=changed)


def _moved(node: Node, defaults: Source, row: RowSource) -> Node:
    """Return a path that is seen from the folder of `defaults` as one that is seen from the roster's."""
    if not isinstance(node.value, str):
        return node
    path = defaults.folder.absolute() / node.value
    try:
        name = os.path.relpath(path, row.folder.absolute())
    except ValueError:  # on another drive
        name = str(path)
    return node._replace(value=name)
