"""Objects of finished files, copied into another file: equal ones once, whatever file they come from.

Equal means: the same dictionary, with the objects that it refers to replaced by their copies, and the same
bytes of a stream as they are stored. Copies hold nothing of their source, which can be closed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeAlias

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from pdfgen.pdf.finished import UnreadableFileError

Value: TypeAlias = Any
"""A PDF value as pikepdf gives it: an `Object`, or a number or a Boolean of Python."""

#: Keys that point into the logical tree, which stays behind, and one that is written anew.
_LEFT_OUT = frozenset({"/StructParent", "/StructParents", "/Length"})
#: Part of each reference as it is written ("12 0 R"); a value without it refers to nothing.
_REFERENCE = b" R"
#: A drawing in a drawing, and so on: ours are three deep.
_MAX_DEPTH = 50


class SharedObjects:
    """The objects that were copied into a file, by what they are.

    Args:
        target: the file.
    """

    def __init__(self, target: Pdf) -> None:
        self.target = target
        self._indirect: dict[bytes, Object] = {}
        self._direct: dict[bytes, Object] = {}

    def indirect(self, text: bytes, value: Object | None = None) -> Object:
        """Return the object of the target that is written as `text`.

        Args:
            value: made for the target; None where the text refers to nothing and says it all.
        """
        key = hashlib.sha256(text).digest()
        if key not in self._indirect:
            self._indirect[key] = self.target.make_indirect(Object.parse(text) if value is None else value)
        return self._indirect[key]

    def stream(self, text: bytes, data: bytes, entries: Callable[[], Dictionary]) -> Object:
        """Return the stream of the target whose dictionary is written as `text`, with these stored bytes.

        Args:
            entries: makes the dictionary for the target.
        """
        key = hashlib.sha256(b"%s\0%s" % (text, data)).digest()
        if key not in self._indirect:
            self._indirect[key] = Stream(self.target, data, entries())
        return self._indirect[key]

    def direct(self, text: bytes) -> Object:
        """Return the value that is written as `text`, which refers to nothing.

        Equal ones are one object in memory: a box of paper is the same on twelve thousand pages.
        """
        if text not in self._direct:
            self._direct[text] = Object.parse(text)
        return self._direct[text]


class SourceCopier:
    """Copies values of one source.

    Args:
        shared: of the file that they are copied into.
    """

    def __init__(self, shared: SharedObjects) -> None:
        self._shared = shared
        self._copies: dict[tuple[int, int], Object] = {}

    def copy(self, value: Value, depth: int = 0) -> Value:
        """Return the value for the target, with all that it refers to.

        Raises:
            UnreadableFileError: it contains itself.
            pikepdf.PdfError: it is damaged.
        """
        if depth > _MAX_DEPTH:
            raise UnreadableFileError
        if not isinstance(value, Object):
            return value
        if not value.is_indirect:
            return self._direct(value, depth)
        if value.objgen not in self._copies:
            self._copies[value.objgen] = self._indirect(value, depth)
        return self._copies[value.objgen]

    def _indirect(self, value: Object, depth: int) -> Object:
        if isinstance(value, Stream):
            return self._stream(value, depth)
        text = value.unparse(resolved=True)
        if _REFERENCE not in text:
            return self._shared.indirect(text)
        copied = self._container(value, depth)
        return self._shared.indirect(copied.unparse(), copied)

    def _stream(self, value: Stream, depth: int) -> Object:
        text, data = value.stream_dict.unparse(), value.read_raw_bytes()
        if _REFERENCE not in text:
            # Most are in another file already; copying the dictionary to find that out takes longer.
            return self._shared.stream(text, data, lambda: self._entries(value, depth))
        entries = self._entries(value, depth)
        return self._shared.stream(entries.unparse(), data, lambda: entries)

    def _direct(self, value: Object, depth: int) -> Object:
        text = value.unparse(resolved=True)
        return self._container(value, depth) if _REFERENCE in text else self._shared.direct(text)

    def _container(self, value: Object, depth: int) -> Object:
        if isinstance(value, Array):
            return Array([self.copy(item, depth + 1) for item in value])
        return self._entries(value, depth)

    def _entries(self, value: Object, depth: int) -> Dictionary:
        return Dictionary(
            {key: self.copy(item, depth + 1) for key, item in value.items() if key not in _LEFT_OUT}
        )
