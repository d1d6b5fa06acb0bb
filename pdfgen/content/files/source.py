"""Values with their places in a file, so that every problem can name its line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from pdfgen.errors import Problem, printable

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

#: The name under which problems mention standard input.
STDIN_NAME = "standard input"

Scalar: TypeAlias = str | int | float | bool | None
FieldPath: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead to a value: `("exercises", "plank", "doses", 0)`."""


class Mark(NamedTuple):
    """A place in a file, counted from 1; line 0 in a file without lines."""

    file: str
    line: int
    column: int


class Node(NamedTuple):
    """A value with its place, and the place of its key."""

    value: Scalar | Mapping[str, Node] | tuple[Node, ...]
    mark: Mark
    key: Mark | None = None


@dataclass(frozen=True)
class Source:
    """What was read from a file, or merged from several.

    Attributes:
        file: the (first) file as the user named it.
        root: the values with their places.
        is_passed: whether its values were passed as data: then paths in it lead nowhere without a `base`.
        base: the one folder in which files may be that passed values name.
        cautions: places where a part of a text may have been lost.
    """

    file: str
    root: Node
    is_passed: bool = field(default=False, kw_only=True)
    base: Path | None = field(default=None, kw_only=True)
    cautions: tuple[Problem, ...] = field(default=(), kw_only=True)

    @cached_property
    def data(self) -> Any:
        """The values as plain dicts, lists and scalars; computed once, so do not change them."""
        return plain(self.root)

    @cached_property
    def canonical(self) -> str:
        """The values as JSON: the same text for the same values."""
        return as_canonical(self.data)

    @cached_property
    def folder(self) -> Path:
        """The folder that paths inside the file are seen from."""
        if self.base is not None:
            return self.base
        return Path() if self.file == STDIN_NAME else Path(self.file).parent

    @cached_property
    def stem(self) -> str:
        """The name of the file without its folder and ending."""
        return Path(self.file).stem

    def mark(self, path: FieldPath, *, key: bool = False) -> Mark:
        """Return the place of the value at `path` (of its key with `key`).

        If there is no value at `path`, the place is that of the innermost value around it.
        """
        node = self.root
        for part in path:
            child = child_of(node, part)
            if child is None:
                return node.mark
            node = child
        return node.key if key and node.key else node.mark

    def problem(self, path: FieldPath, message: str, *, key: bool = False) -> Problem:
        """Return the problem `message` with file, line, column and name of the field at `path`."""
        mark = self.mark(path, key=key)
        return Problem(message, dotted(path), mark.file, mark.line, mark.column)


def as_canonical(data: Any) -> str:
    """Return plain data as JSON: the same text for the same values."""
    return _CANONICAL.encode(data)


def child_of(node: Node, part: str | int) -> Node | None:
    """Return the child of `node` with this key or index, if there is one."""
    value = node.value
    if isinstance(value, Mapping) and isinstance(part, str):
        return value.get(part)
    if isinstance(value, tuple) and isinstance(part, int) and 0 <= part < len(value):
        child: Node = value[part]
        return child
    return None


def plain(node: Node) -> Any:
    """Return the values of `node` as dicts, lists and scalars."""
    if isinstance(node.value, Mapping):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(child) for child in node.value]
    return node.value


def node_of(data: Any, mark: Mark) -> Node:
    """Return plain `data` as nodes with one place, `mark`: for a row of a table, or an option.

    Mappings, lists and scalars stay; a date becomes text, as a file has it.
    """
    if isinstance(data, Mapping):
        return Node({str(key): node_of(value, mark) for key, value in data.items()}, mark, mark)
    if isinstance(data, list | tuple):
        return Node(tuple(node_of(value, mark) for value in data), mark, mark)
    return Node(data.isoformat() if isinstance(data, dt.date) else data, mark, mark)


def dotted(path: FieldPath) -> str:
    """Return `path` as people read it: `exercises.plank.steps.0`."""
    return ".".join(printable(str(part)) for part in path)
