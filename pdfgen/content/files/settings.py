"""Values that stand in place of those in a file: what options of the command line set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from pdfgen.content.files.source import Mark, Node, Source, node_of
from pdfgen.content.files.strict_yaml import parse_yaml, resolve
from pdfgen.errors import InputError, Problem, printable

Setting: TypeAlias = tuple[str, str] | tuple[str, str, str]
"""A key and what it is set to, such as `("patient.label", "J. de Vries")`; a third text is the name of the
option that did it, for messages, where it was not `--set`."""


def overridden(source: Source, overrides: Sequence[Setting]) -> Source:
    """Return a source with other values.

    Raises:
        InputError: an override has no place in it.
    """
    if not overrides:
        return source
    root = source.root
    problems: list[Problem] = []
    for key, text, *option in overrides:
        mark = Mark(option[0] if option else f"--set {printable(key)}", 0, 0)
        try:
            root = _with_value(root, tuple(key.split(".")), _option_value(text, mark), mark)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return replace(source, root=root)


def _option_value(text: str, mark: Mark) -> Node:
    """Return the value of an option: a number, text, or a list or mapping in brackets."""
    if text.lstrip().startswith(("[", "{", '"', "'")):
        try:
            return node_of(parse_yaml(text, mark.file).data, mark)
        except InputError as error:
            raise InputError(Problem(problem.message, file=mark.file) for problem in error.problems) from None
    return node_of(resolve(text) if text else "", mark)


def _with_value(node: Node | None, keys: tuple[str, ...], value: Node, mark: Mark) -> Node:
    """Return `node` with `value` under `keys`; mappings on the way are made where there are none."""
    if not keys:
        return value
    key, *rest = keys
    if not key:
        raise InputError(Problem("a name is missing before or after a dot", file=mark.file))
    if node is None or node.value is None:
        return Node({key: _with_value(None, tuple(rest), value, mark)}, mark, mark)
    if isinstance(node.value, Mapping):
        changed = _with_value(node.value.get(key), tuple(rest), value, mark)
        return node._replace(value={**node.value, key: changed})
    if isinstance(node.value, tuple) and key.isdecimal() and int(key) < len(node.value):
        index = int(key)
        changed = _with_value(node.value[index], tuple(rest), value, mark)
        return node._replace(value=(*node.value[:index], changed, *node.value[index + 1 :]))
    raise InputError(
        Problem(f'there is no place for "{printable(key)}" here; check the name', file=mark.file)
    )
