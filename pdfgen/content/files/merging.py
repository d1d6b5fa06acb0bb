"""One YAML source is laid over another, so that a clinic can change and add to the shipped library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pdfgen.content.files.source import FieldPath, Mark, Node, Source, dotted, plain
from pdfgen.errors import InputError, Problem, printable


@dataclass(frozen=True, slots=True)
class Override:
    """A field of an earlier file that a later file replaced.

    Attributes:
        field: the field in dots.
        file, line: the place of the text that is used, or that takes the earlier one away.
        replaced: the file and line of the text that is no longer used.
        is_removed: whether nothing comes in its place.
    """

    field: str
    file: str
    line: int
    replaced: Mark
    is_removed: bool = False

    def __str__(self) -> str:
        verb = "removes" if self.is_removed else "replaces"
        return f"{self.file}:{self.line}: {self.field}: {verb} {self.replaced.file}:{self.replaced.line}"


def merge(base: Source, over: Source) -> tuple[Source, tuple[Override, ...]]:
    """Return `over` laid on `base`, and the fields that it replaced.

    Mappings merge key by key. Lists whose entries all have an `id` merge by it: known entries are changed
    in place, new ones follow at the end. An entry of either with nothing but `remove: true` (and its `id`)
    is taken away. Everything else is replaced as a whole. Every field keeps the place where it was written.

    Raises:
        InputError: entries to remove are not there.
    """
    changes = _Changes()
    root = _merged(base.root, over.root, (), changes)
    if changes.problems:
        raise InputError(changes.problems)
    cautions = (*base.cautions, *over.cautions)
    return Source(base.file, root, cautions=cautions), tuple(changes.overrides)


@dataclass
class _Changes:
    """What is found on the way."""

    overrides: list[Override] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _merged(base: Node, over: Node, path: FieldPath, changes: _Changes) -> Node:
    if isinstance(base.value, Mapping) and isinstance(over.value, Mapping):
        return base._replace(value=_merged_mapping(base.value, over.value, path, changes))
    if isinstance(base.value, tuple) and isinstance(over.value, tuple):
        old, new = _by_id(base.value), _by_id(over.value)
        if old is not None and new:
            merged = _merged_mapping(old, new, path, changes)
            return base._replace(value=tuple(merged.values()))
    if plain(base) != plain(over) or type(base.value) is not type(over.value):
        changes.overrides.append(Override(dotted(path), over.mark.file, over.mark.line, base.mark))
    return over


def _merged_mapping(
    base: Mapping[str, Node], over: Mapping[str, Node], path: FieldPath, changes: _Changes
) -> dict[str, Node]:
    result = dict(base)
    for key, node in over.items():
        at = (*path, key)
        if _is_removal(node):
            if key in base:
                del result[key]
                replaced = base[key].key or base[key].mark
                changes.overrides.append(
                    Override(dotted(at), node.mark.file, node.mark.line, replaced, is_removed=True)
                )
            else:
                changes.problems.append(_problem(node, at, f'there is no "{printable(key)}" to remove'))
        else:
            result[key] = _merged(base[key], node, at, changes) if key in base else node
    return result


def _is_removal(node: Node) -> bool:
    if not isinstance(node.value, Mapping) or not {"remove"} <= set(node.value) <= {"remove", "id"}:
        return False
    return node.value["remove"].value is True


def _problem(node: Node, path: FieldPath, message: str) -> Problem:
    return Problem(message, dotted(path), node.mark.file, node.mark.line, node.mark.column)


def _by_id(items: tuple[Node, ...]) -> dict[str, Node] | None:
    """Return the entries by `id`; None if an entry has no `id`, or two share one."""
    found: dict[str, Node] = {}
    for item in items:
        node = item.value.get("id") if isinstance(item.value, Mapping) else None
        if node is None or not isinstance(node.value, str) or node.value in found:
            return None
        found[node.value] = item
    return found
