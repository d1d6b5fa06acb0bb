"""Rosters of keys with values (YAML, JSON, NDJSON) become rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pdfgen.content.files.source import Node, Source, dotted
from pdfgen.content.rosters.cell_values import is_empty
from pdfgen.content.rosters.cells import Reading, called, read_cell
from pdfgen.content.rosters.columns import IGNORED, called_target, kind_of, mapped, target_of
from pdfgen.content.rosters.dates import DateOrder, order_of, order_told
from pdfgen.content.rosters.names import Names
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.roster import RosterRow, RowProblem, RowSource
from pdfgen.content.rosters.row_values import RowValues
from pdfgen.content.rosters.told import Told
from pdfgen.errors import Problem, printable


class Records:
    """Reads the rows of one file of keys with values.

    Args:
        file: the roster as the user named it.
        options: how to read it.
        names: of the library that the programs are made from.
        nodes: all rows, whose dates show the order of day and month.
    """

    def __init__(self, file: str, options: RosterOptions, names: Names, nodes: Iterable[Node]) -> None:
        self._file = file
        self._options = options
        self._told = Told(file)
        order = DateOrder(options.day_first)
        if options.day_first is None:
            decided = order_of(_dates_of(nodes, options), options.country)
            order = decided.order
            for message in order_told(decided):
                self._told.of_all("", message)
        self._reading = Reading(order, names, lambda message: self._told.of_row(self._key, message))
        self._key = ""

    def told(self) -> Iterator[Problem]:
        """Yield what was guessed in the rows, and what was not read of them."""
        return self._told.problems()

    def read(self, node: Node, row: int) -> RosterRow:
        """Return the row in `node`, whose keys are those of a prescription, or headings as in a table.

        Text is read as the cell of a table would be, and in lists and mappings names and days become what
        they mean. Unknown keys stay, and validation reports them.
        """
        self._told.row = row
        file = self._file
        if not isinstance(node.value, Mapping):
            source = RowSource(file, node._replace(value={}), row)
            return RosterRow(source, (source.row_problem(node.mark, "", "must hold keys with values"),))
        source = RowSource(file, node, row)
        found = RowValues(self._reading.tell)
        problems: list[RowProblem] = []
        for key, child in node.value.items():
            self._key = printable(key)
            try:
                self._add(key, child, found)
            except ValueError as error:
                target = target_of(mapped(key, self._options.mapping)) or (key,)
                problems.append(source.row_problem(child.mark, dotted(target), str(error)))
        try:
            found.add_name()
        except ValueError as error:
            problems.append(source.row_problem(node.mark, "patient.label", str(error)))
        return RosterRow(RowSource(file, node._replace(value=found.values), row), tuple(problems))

    def _add(self, key: str, child: Node, found: RowValues) -> None:
        """Put the value of a key among the others.

        Raises:
            ValueError: it cannot be read, or there is another one.
        """
        reading, name = self._reading, mapped(key, self._options.mapping)
        known = ("patient",) if key == "patient" and isinstance(child.value, Mapping) else target_of(name)
        if name == IGNORED or (not isinstance(child.value, Mapping | tuple) and is_empty(child.value)):
            return
        if known is None and self._options.ignore_unknown:
            reading.tell("this key is not known, and is not read")
            return
        target = called_target(known or (key,), reading.names)
        if known and isinstance(child.value, str):
            read = read_cell(child.value, target, kind_of(target), child.mark, reading)
            child = read._replace(key=child.key)
        elif known:
            child = called(child, target, reading)
        found.add(target, child)


def _dates_of(nodes: Iterable[Node], options: RosterOptions) -> Iterator[str]:
    """Yield the first days of records as they are written."""
    for node in nodes:
        for key, child in node.value.items() if isinstance(node.value, Mapping) else ():
            if isinstance(child.value, str) and target_of(mapped(key, options.mapping)) == ("start",):
                yield child.value


def records_of(source: Source) -> tuple[Node, ...] | None:
    """Return the entries of a file that is a list, or a mapping whose key `patients` holds the list."""
    root = source.root
    if isinstance(root.value, Mapping) and set(root.value) == {"patients"}:
        root = root.value["patients"]
    return root.value if isinstance(root.value, tuple) else None
