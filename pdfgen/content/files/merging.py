"""One YAML source is laid over another, so that a clinic can change and add to the shipped library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pdfgen.content.files.source import FieldPath, Mark, Node, Source, dotted


@dataclass(frozen=True, slots=True)
class Override:
    """A field of an earlier file that a later file replaced.

    Attributes:
        field: the field in dots.
        file, line: the place of the text that is used.
        replaced: the file and line of the text that is no longer used.
    """

    field: str
    file: str
    line: int
    replaced: Mark

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: replaces {self.replaced.file}:{self.replaced.line}"


def merge(base: Source, over: Source) -> tuple[Source, tuple[Override, ...]]:
    """Return `over` laid on `base`, and the fields that it replaced.

    Mappings merge key by key. Lists whose entries all have an `id` merge by it: known entries are changed
    in place, new ones follow at the end. Everything else is replaced as a whole. Every field keeps the place
    where it was written.
    """
    overrides: list[Override] = []
    root = _merged(base.root, over.root, (), overrides)
    return Source(base.file, root), tuple(overrides)


def _merged(base: Node, over: Node, path: FieldPath, overrides: list[Override]) -> Node:
    if isinstance(base.value, Mapping) and isinstance(over.value, Mapping):
        return base._replace(value=_merged_mapping(base.value, over.value, path, overrides))
    if isinstance(base.value, tuple) and isinstance(over.value, tuple):
        old, new = _by_id(base.value), _by_id(over.value)
        if old is not None and new is not None:
            merged = _merged_mapping(old, new, path, overrides)
            return base._replace(value=tuple(merged.values()))
    if base.value != over.value or type(base.value) is not type(over.value):
        overrides.append(Override(dotted(path), over.mark.file, over.mark.line, base.mark))
    return over


def _merged_mapping(
    base: Mapping[str, Node], over: Mapping[str, Node], path: FieldPath, overrides: list[Override]
) -> dict[str, Node]:
    result = dict(base)
    for key, node in over.items():
        result[key] = _merged(base[key], node, (*path, key), overrides) if key in base else node
    return result


def _by_id(items: tuple[Node, ...]) -> dict[str, Node] | None:
    """Return the entries by `id`; None if an entry has no `id`, or two share one."""
    found: dict[str, Node] = {}
    for item in items:
        node = item.value.get("id") if isinstance(item.value, Mapping) else None
        if node is None or not isinstance(node.value, str) or node.value in found:
            return None
        found[node.value] = item
    return found
