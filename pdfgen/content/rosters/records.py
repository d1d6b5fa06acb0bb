"""Rosters of keys with values (YAML, JSON, NDJSON) become rows."""

from __future__ import annotations

from collections.abc import Mapping

from pdfgen.content.files.source import Node, Source, dotted
from pdfgen.content.rosters.cells import is_empty, read_cell
from pdfgen.content.rosters.columns import IGNORED, kind_of, mapped, target_of
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.roster import RosterRow, RowProblem, RowSource
from pdfgen.content.rosters.table import RowValues


def read_record(node: Node, file: str, row: int, options: RosterOptions) -> RosterRow:
    """Return the row in `node`, whose keys are those of a prescription, or headings as in a table.

    Text is read as the cell of a table would be; lists and mappings are taken as they are. Unknown keys
    stay, and validation reports them.
    """
    if not isinstance(node.value, Mapping):
        source = RowSource(file, node._replace(value={}), row)
        return RosterRow(source, (source.row_problem(node.mark, "", "must hold keys with values"),))
    source = RowSource(file, node, row)
    found = RowValues()
    problems: list[RowProblem] = []
    for key, child in node.value.items():
        name = mapped(key, options.mapping)
        known = ("patient",) if key == "patient" and isinstance(child.value, Mapping) else target_of(name)
        if name == IGNORED or (not isinstance(child.value, Mapping | tuple) and is_empty(child.value)):
            continue
        target = known or (key,)
        try:
            if known and isinstance(child.value, str):
                read = read_cell(child.value, target, kind_of(target), child.mark, options.day_first)
                child = read._replace(key=child.key)
            found.add(target, child)
        except ValueError as error:
            problems.append(source.row_problem(child.mark, dotted(target), str(error)))
    try:
        found.add_name()
    except ValueError as error:
        problems.append(source.row_problem(node.mark, "patient.label", str(error)))
    return RosterRow(RowSource(file, node._replace(value=found.values), row), tuple(problems))


def records_of(source: Source) -> tuple[Node, ...] | None:
    """Return the entries of a file that is a list, or a mapping whose key `patients` holds the list."""
    root = source.root
    if isinstance(root.value, Mapping) and set(root.value) == {"patients"}:
        root = root.value["patients"]
    return root.value if isinstance(root.value, tuple) else None
