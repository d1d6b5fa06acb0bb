"""Objects of a PDF file as they are written: read into values, and written again in one canonical form.

Numbers, strings, names and words stay the bytes that they are in the file; only dictionaries, arrays and
references become values, because those are what a copy has to change (ISO 32000-1, 7.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias, Union

#: Deeper values are damaged: ours have about five levels.
_MAX_DEPTH = 60


class Reference(NamedTuple):
    """The number of another object. Generations are always 0 in files with cross-reference streams."""

    number: int


class Stream(NamedTuple):
    """A stream: its dictionary, and its bytes as they stand in the file, still packed."""

    entries: Mapping[bytes, Value]
    data: bytes


Value: TypeAlias = Union[bytes, Reference, Mapping[bytes, "Value"], "list[Value]"]
"""A dictionary by its keys (with the slash), an array, a reference, or anything else as bytes."""

Pieces: TypeAlias = "tuple[bytes | int, ...]"
"""A value as it is written: bytes, with the number of an object wherever one is referred to."""


class DamagedFileError(Exception):
    """A file is no PDF, or not as the format wants it."""


_WHITE = rb"[\0\t\n\f\r ]"
_SPACE = rb"(?:" + _WHITE + rb"|%[^\r\n]*)*"
_REGULAR = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
_TOKEN = re.compile(
    _SPACE
    + rb"(?:(?P<open><<|\[)|(?P<close>>>|\])|(?P<string>\()"
    + rb"|(?P<ref>\d+)%b+\d+%b+R(?!%b)" % (_WHITE, _WHITE, _REGULAR)
    + rb"|(?P<plain><[0-9A-Fa-f\0\t\n\f\r ]*>|/?%b+|/))" % _REGULAR
)
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_STREAM = re.compile(_SPACE + rb"stream\r?\n")
_HEAD = re.compile(_SPACE + rb"(\d+)%b+\d+%b+obj" % (_WHITE, _WHITE))
_END = re.compile(_WHITE + rb"*endstream")


def parse(data: bytes, at: int, depth: int = 0) -> tuple[Value, int]:
    """Return the value that begins at `at`, and where it ends.

    Raises:
        DamagedFileError: there is none.
    """
    match = _TOKEN.match(data, at)
    if match is None or depth > _MAX_DEPTH:
        raise DamagedFileError(f"no value at byte {at}")
    kind = match.lastgroup
    if kind == "plain":
        return match["plain"], match.end()
    if kind == "ref":
        return Reference(int(match["ref"])), match.end()
    if kind == "string":
        end = _string_end(data, match.end())
        return data[match.end() - 1 : end], end
    if kind == "close":
        raise DamagedFileError(f"nothing to close at byte {at}")
    items, at = _parse_items(data, match.end(), b"]" if match["open"] == b"[" else b">>", depth)
    if match["open"] == b"[":
        return items, at
    keys = items[::2]
    if len(items) % 2 or not all(isinstance(key, bytes) and key.startswith(b"/") for key in keys):
        raise DamagedFileError(f"no dictionary at byte {at}")
    return dict(zip(keys, items[1::2], strict=True)), at  # type: ignore[arg-type]


def _parse_items(data: bytes, at: int, close: bytes, depth: int) -> tuple[list[Value], int]:
    items: list[Value] = []
    while True:
        match = _TOKEN.match(data, at)
        if match is not None and match.lastgroup == "close":
            if match["close"] != close:
                raise DamagedFileError(f"wrong end at byte {at}")
            return items, match.end()
        item, at = parse(data, at, depth + 1)
        items.append(item)


def _string_end(data: bytes, at: int) -> int:
    depth = 1
    for match in _PARENTHESIS.finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    raise DamagedFileError(f"a string without end at byte {at}")


def parse_object(data: bytes, at: int, number: int) -> Value | Stream:
    """Return the numbered object at `at`.

    Raises:
        DamagedFileError: it is not there, or has another number.
    """
    head = _HEAD.match(data, at)
    if head is None or int(head[1]) != number:
        raise DamagedFileError(f"object {number} is not at byte {at}")
    value, at = parse(data, head.end())
    start = _STREAM.match(data, at) if isinstance(value, dict) else None
    if start is None:
        return value
    assert isinstance(value, dict)
    end = start.end() + whole_number(value.get(b"/Length"))
    if _END.match(data, end) is None:
        raise DamagedFileError(f"the stream of object {number} has another length")
    return Stream(value, data[start.end() : end])


def whole_number(value: Value | None) -> int:
    """Return a value that has to be a number, 0 or more, written here and not in another object.

    Raises:
        DamagedFileError: it is not.
    """
    if not isinstance(value, bytes) or not value.isdigit():
        raise DamagedFileError("a number is missing")
    return int(value)


def pieces(value: Value | Stream, left_out: frozenset[bytes] = frozenset()) -> Pieces:
    """Return how a value is written, the same for equal values: keys in order, one space where one is needed.

    Args:
        value: what is to be written.
        left_out: keys that no dictionary keeps.
    """
    found: list[bytes | int] = []
    if isinstance(value, Stream):
        kept = {key: entry for key, entry in value.entries.items() if key != b"/Length"}
        _write({**kept, b"/Length": b"%d" % len(value.data)}, left_out, found)
        found += (b"stream\n", value.data, b"\nendstream")
    else:
        _write(value, left_out, found)
    return _merged(found)


def _write(value: Value, left_out: frozenset[bytes], found: list[bytes | int]) -> None:
    if isinstance(value, bytes):
        found.append(value)
    elif isinstance(value, Reference):
        found.append(value.number)
    elif isinstance(value, Mapping):
        found.append(b"<<")
        for key in sorted(value):
            if key not in left_out:
                found += (key, b" ")
                _write(value[key], left_out, found)
        found.append(b">>")
    else:
        found.append(b"[")
        for index, item in enumerate(value):
            if index:
                found.append(b" ")
            _write(item, left_out, found)
        found.append(b"]")


def _merged(found: list[bytes | int]) -> Pieces:
    merged: list[bytes | int] = []
    held: list[bytes] = []
    for piece in found:
        if isinstance(piece, bytes):
            held.append(piece)
        else:
            merged += (b"".join(held), piece)
            held.clear()
    return (*merged, b"".join(held))
