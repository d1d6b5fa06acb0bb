"""Strict YAML: a file goes in, plain data come out, together with the line and column of every value.

Only what JSON also has is read: mappings with text as keys, lists, text, numbers, `true`, `false` and
`null`. Everything that YAML would guess beyond that stays the text that was written: `no` is "no", `12:30`
is "12:30", `010` is "010" and a date is text. Tags, anchors, aliases and merge keys are refused, so a file
can neither run code nor grow when it is read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from pdfgen.content.files.file_bytes import name_of, read_bytes
from pdfgen.content.files.prepared import prepared_sources
from pdfgen.content.files.source import Mark, Node, Scalar, Source
from pdfgen.content.files.yaml_advice import MAX_DEPTH, TOO_DEEP, advice_for
from pdfgen.errors import InputError, Problem, printable

#: A library of 500 exercises is about 1 MB; whatever is larger is a mistake or an attack.
MAX_BYTES = 2_000_000
MAX_NODES = 200_000

#: Nobody means a whole number with more digits; it stays text.
MAX_DIGITS = 300

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(rf"0|-?[1-9][0-9]{{0,{MAX_DIGITS - 1}}}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+][0-9]+)?")
_NUMBERS_BEGIN = frozenset("-0123456789")
_CONSTANTS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}

#: Everything outside the printable characters of YAML 1.1 (5.1).
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: What follows a key whose value is empty because a colour without quotes reads as a remark.
_LOST_COLOUR = re.compile(r"\s+#(?:[0-9a-fA-F]{6}(?:\s.*)?|[0-9a-fA-F]{3}\s*)")

#: What stands behind a value: the spaces before a remark, and what follows its #.
_REMARK = re.compile(r"(\s*)#(.?)")
#: A name as files have it, a number, or a word such as true.
_PLAIN_VALUE = re.compile(r"[a-z0-9][a-z0-9._/-]*")
#: A space that YAML takes for a letter.
_WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]")

#: Where the parser begins a new line.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")

#: Halves of a character, which an escape such as `\ud800` can smuggle in; they cannot be stored as UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")


def resolve(text: str) -> Scalar:
    """Return the value of a text that stands without quotes: a number, `true`, `false`, `null`, else text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBERS_BEGIN:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


def read_yaml(path: Path, what: str = "file") -> Source:
    """Read the YAML file at `path`; `-` reads standard input.

    Raises:
        InputError: with all problems; the file cannot be read or is not strict YAML.
    """
    if found := prepared_sources().get(str(path)):
        return found
    return parse_bytes(read_bytes(path, what, MAX_BYTES), name_of(path))


def parse_bytes(data: bytes, file: str) -> Source:
    """Parse the bytes of a YAML file; `file` names it in problems.

    Raises:
        InputError: as `read_yaml`.
    """
    if len(data) > MAX_BYTES:
        raise InputError(Problem(f"is larger than {MAX_BYTES // 1_000_000} MB; split it", file=file))
    return parse_yaml(_decode(data, file), file)


def parse_yaml(text: str, file: str) -> Source:
    """Parse `text`; `file` is the name for problems.

    Raises:
        InputError: it is not strict YAML, with all problems that were found.
    """
    _refuse_unprintable(text, file)
    reader = _Reader(file, text)
    root = reader.read()
    if reader.problems or root is None:
        raise InputError(reader.problems)
    return Source(file, root, cautions=tuple(reader.cautions))


def _decode(data: bytes, file: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise InputError(Problem("is UTF-16 or UTF-32; save it as UTF-8", file=file))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line, column = _position(before, len(before))
        message = "is not UTF-8 here; save the file as UTF-8"
        raise InputError(Problem(message, file=file, line=line, column=column)) from None


def _position(text: str, index: int) -> tuple[int, int]:
    lines = re.split(r"\r\n|\r|\n", text[:index])
    return len(lines), len(lines[-1]) + 1


def _refuse_unprintable(text: str, file: str) -> None:
    problems = []
    for match in islice(_UNPRINTABLE.finditer(text), 10):
        line, column = _position(text, match.start())
        message = f"the character U+{ord(match[0]):04X} cannot be printed; remove it"
        problems.append(Problem(message, file=file, line=line, column=column))
    if problems:
        raise InputError(problems)


def _is_doubtful(value: str, spaces: str, after: str) -> bool:
    """Whether what follows a value on its line may be meant as a part of it."""
    is_joined = bool(after) and not after.isspace() and after != "#"
    return is_joined or (bool(value) and len(spaces) == 1 and not _PLAIN_VALUE.fullmatch(value))


class _HaltError(Exception):
    """Reading further makes no sense; the reason is among the problems."""


class _Reader:
    """Builds nodes from the parser's events; keeps the problems that it meets."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, as the parser counts them."""
        return _LINE_END.split(self.text)

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.problems: list[Problem] = []
        self.cautions: list[Problem] = []
        self.nodes = 0
        self.events: Iterator[Any] = iter(())

    def read(self) -> Node | None:
        root = None
        try:
            self.events = iter(_LOADER(self.text).get_event, None)
            for event in self.events:
                if isinstance(event, DocumentStartEvent):
                    if root is not None:
                        self.halt("a second document starts here; put one document in a file", event)
                    root = self.node(next(self.events), depth=1, key=None)
        except _HaltError:
            return None
        except yaml.YAMLError as error:
            self.problems.append(advice_for(error, self.text, self.file))
            return None
        if root is None or root.value is None:
            message = "is empty; `pdfgen new` writes a file to start from"
            self.problems.append(Problem(message, file=self.file))
        return root

    def problem(self, message: str, event: Any) -> None:
        mark = event.start_mark
        self.problems.append(Problem(message, file=self.file, line=mark.line + 1, column=mark.column + 1))

    def halt(self, message: str, event: Any) -> None:
        self.problem(message, event)
        raise _HaltError

    def node(self, event: Any, depth: int, key: Mark | None) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.halt(f"holds more than {MAX_NODES} values; split the file", event)
        mark = Mark(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, AliasEvent):
            self.problem("aliases (*name) are not allowed; write the value out", event)
            return Node(None, mark, key)
        if event.anchor is not None:
            self.problem("anchors (&name) are not allowed; put the text in quotes", event)
        if event.tag is not None:
            self.problem("tags (!name) are not allowed; put the text in quotes", event)
        if isinstance(event, ScalarEvent):
            if not event.value.isascii() and _SURROGATE.search(event.value):
                self.problem("an escape in this text does not stand for a character", event)
            if event.implicit[0]:
                self.look_behind(event)
            return Node(resolve(event.value) if event.implicit[0] else event.value, mark, key)
        if depth > MAX_DEPTH:
            self.halt(TOO_DEEP, event)
        if isinstance(event, MappingStartEvent):
            return Node(self.mapping(depth), mark, key)
        return Node(self.sequence(depth), mark, key)

    def look_behind(self, event: Any) -> None:
        """Note a value of which a part may be lost, because a # after a space begins a remark.

        A remark has two spaces before it and one behind it, or stands behind a name or a number; anything
        else may belong to the text.
        """
        mark = event.end_mark
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        if "#" not in line and not event.value.startswith("-"):
            return
        behind = _REMARK.match(line, mark.column)
        if behind is None:
            if _WIDE_SPACE.match(event.value[1:]) and event.value.startswith("-"):
                self.problem("a no-break space stands behind this dash; write a space", event)
            return
        if not event.value and _LOST_COLOUR.fullmatch(line, mark.column):
            self.problem("put quotes round the colour: after # the line is a remark", event)
        elif _is_doubtful(event.value, *behind.groups()):
            message = (
                "what stands after # is a remark and is not read; put the text in quotes if it belongs to it"
            )
            place = line.index("#", mark.column) + 1
            self.cautions.append(Problem(message, file=self.file, line=mark.line + 1, column=place))

    def sequence(self, depth: int) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.node(event, depth + 1, None))
        return tuple(items)

    def mapping(self, depth: int) -> dict[str, Node]:
        items: dict[str, Node] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.node(event, depth + 1, None)
            name = self.name(event)
            value = self.node(next(self.events), depth + 1, key.mark)
            if name is None:
                continue
            if name in items:
                first = items[name].key or key.mark
                self.problem(f'"{printable(name)}" stands here twice, first in line {first.line}', event)
            else:
                items[name] = value
        return items

    def name(self, event: Any) -> str | None:
        """Return the key at `event` as the text that was written; None if it is not a key."""
        if isinstance(event, AliasEvent):
            return None
        if not isinstance(event, ScalarEvent):
            self.problem("a key must be text", event)
            return None
        if event.implicit[0] and event.value == "<<":
            self.problem("merge keys (<<) are not allowed; write the values out", event)
            return None
        if event.implicit[0] and not event.value:
            self.problem("there is no key before this colon", event)
            return None
        if event.implicit[0] and _WIDE_SPACE.match(event.value):
            self.problem("a no-break space stands before this key; indent with spaces", event)
        return str(event.value)
