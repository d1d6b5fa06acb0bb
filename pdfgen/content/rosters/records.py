"""Rosters of keys with values (YAML, JSON, NDJSON) become rows."""

from __future__ import annotations

from collections.abc import Mapping

from pdfgen.content.files.source import Node, Source, dotted
from pdfgen.content.rosters.cells import is_empty, read_cell
from pdfgen.content.rosters.columns import IGNORED, NAME_PARTS, Kind, Target, kind_of, mapped, target_of
from pdfgen.content.rosters.roster import RosterRow, RowProblem, RowSource
from pdfgen.content.rosters.table import named, put


def read_record(
    node: Node, file: str, row: int, mapping: Mapping[str, str], day_first: bool | None
) -> RosterRow:
    """Return the row in `node`, whose keys are those of a prescription, or headings as in a table.

    Text is read as the cell of a table would be; lists and mappings are taken as they are. Unknown keys
    stay, and validation reports them.
    """
    if not isinstance(node.value, Mapping):
        source = RowSource(file, node._replace(value={}), row)
        return RosterRow(source, (source.row_problem(node.mark, "", "must hold keys with values"),))
    values: dict[str, Node] = {}
    parts: dict[str, Node] = {}
    source = RowSource(file, node, row)
    problems: list[RowProblem] = []
    for key, child in node.value.items():
        name = mapped(key, mapping)
        target = (key,) if isinstance(child.value, Mapping) and key == "patient" else target_of(name)
        if name == IGNORED or (not isinstance(child.value, Mapping | tuple) and is_empty(child.value)):
            continue
        try:
            _add(child, target or (key,), target is not None, values, parts, day_first)
        except ValueError as error:
            problems.append(source.row_problem(child.mark, dotted(target or (key,)), str(error)))
    if parts:
        try:
            put(values, ("patient", "label"), named(parts))
        except ValueError as error:
            problems.append(source.row_problem(node.mark, "patient.label", str(error)))
    return RosterRow(RowSource(file, node._replace(value=values), row), tuple(problems))


def _add(
    child: Node,
    target: Target,
    is_known: bool,
    values: dict[str, Node],
    parts: dict[str, Node],
    day_first: bool | None,
) -> None:
    kind = kind_of(target)
    value = child.value
    if is_known and isinstance(value, str):
        child = read_cell(value, target, kind, child.mark, day_first)._replace(key=child.key)
    if kind is Kind.NAME_PART and target[-1] in NAME_PARTS:
        if isinstance(value, Mapping | tuple):
            raise ValueError("must be text")
        parts[target[-1]] = child
    else:
        put(values, target, child)


def records_of(source: Source) -> tuple[Node, ...] | None:
    """Return the entries of a file that is a list, or a mapping whose key `patients` holds the list."""
    root = source.root
    if isinstance(root.value, Mapping) and set(root.value) == {"patients"}:
        root = root.value["patients"]
    return root.value if isinstance(root.value, tuple) else None
