"""Pages of finished files as pages of another file: without what paper has no use for, and nothing twice.

Of files that begin alike the beginning is looked at once. What is left for each of them are the few objects
of its own, and the pages' dictionaries with new numbers in their gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pdfgen.pdf.file_objects import DamagedFileError, Pieces, Reference, Stream, Value, pieces
from pdfgen.pdf.file_reader import Prefix, SourceFile
from pdfgen.pdf.print_stream import PrintStream

#: Keys that point into the logical tree, which stays behind.
_LEFT_OUT = frozenset({b"/StructParent", b"/StructParents"})
#: What makes the sheet of paper, and what is printed on it. Links and the like are for screens.
_PAPER = (b"/MediaBox", b"/CropBox", b"/BleedBox", b"/TrimBox", b"/ArtBox", b"/Rotate", b"/UserUnit")
_PRINTED = (b"/Contents", b"/Group")
#: Beginnings that are kept: plans times languages of a clinic.
_MOST_PREFIXES = 64
#: A drawing in a drawing, and so on: ours go three deep.
_MAX_DEPTH = 50


class CopiedPage(NamedTuple):
    """A page to be written: entries of its dictionary, without its type and its parent.

    Attributes:
        paper: the entries that say how large it is.
        printed: all others.
    """

    paper: bytes
    printed: bytes

    def blank(self) -> CopiedPage:
        """Return an empty page of the same paper."""
        return CopiedPage(self.paper, b"/Resources<<>>")


class _Template(NamedTuple):
    paper: Pieces
    printed: Pieces


@dataclass
class _Known:
    """What is known of a prefix once a file that begins with it was read.

    Attributes:
        root, tree: the catalog's number, and what it says is the tree of pages.
        copies: new numbers of objects that are the same in each file.
        open: objects of the prefix that name those behind it, with gaps for their numbers; negative numbers
            stand for values that are no objects in the file, and become some.
    """

    root: int
    tree: Value | None
    pages: tuple[_Template, ...]
    copies: Mapping[int, int]
    open: Mapping[int, tuple[Pieces, bool]]


@dataclass
class _Copying:
    """One file being copied."""

    source: SourceFile
    out: PrintStream
    first_own: int
    shared: Mapping[int, int] = field(default_factory=dict)
    read: dict[int, tuple[Pieces, bool]] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)

    def copy(self, number: int, depth: int = 0) -> int:
        """Write an object and those that it names; return its new number."""
        copied = self.shared.get(number) or self.copies.get(number)
        if copied is not None:
            return copied
        if depth > _MAX_DEPTH:
            raise DamagedFileError("objects lie in each other")
        found = self.read.get(number)
        if found is None:
            value = self.source.read(number)
            found = pieces(value, _LEFT_OUT), isinstance(value, Stream)
            if number < self.first_own:
                self.read[number] = found
        parts, is_stream = found
        content = self.filled(parts, depth + 1)
        if number >= self.first_own or any(part in self.own for part in parts if isinstance(part, int)):
            self.own.add(number)
        self.copies[number] = copied = self.out.share(content, is_stream=is_stream)
        return copied

    def filled(self, parts: Pieces, depth: int = 0) -> bytes:
        """Return a value as it is written, with the new numbers of what it names."""
        return b"".join(
            [part if isinstance(part, bytes) else b"%d 0 R" % self.copy(part, depth) for part in parts]
        )

    def closed(self, parts: Pieces) -> Pieces:
        """Return a value with the new numbers of all but what is one file's own."""
        closed: list[bytes | int] = [b""]
        for part in parts:
            if isinstance(part, int) and part in self.own:
                closed += (part, b"")
            else:
                written = part if isinstance(part, bytes) else b"%d 0 R" % self.copies[part]
                closed[-1] += written  # type: ignore[operator]
        return tuple(closed)

    def template(self, page: Mapping[bytes, Value]) -> _Template:
        """Return what of a page is printed. Its resources become an object, which other pages may share."""
        kept: dict[bytes, Value] = {key: page[key] for key in _PRINTED if key in page}
        resources = page.get(b"/Resources", {})
        if not isinstance(resources, Reference):
            resources = Reference(-1 - len(self.read))
            self.read[resources.number] = pieces(page.get(b"/Resources", {}), _LEFT_OUT), False
        kept[b"/Resources"] = resources
        if b"/MediaBox" not in page:
            raise DamagedFileError("a page has no size")
        return _Template(_entries({key: page[key] for key in _PAPER if key in page}), _entries(kept))


class PageCopier:
    """Copies pages of finished files.

    Args:
        out: where the objects go that they need.
    """

    def __init__(self, out: PrintStream) -> None:
        self._out = out
        self._prefixes: dict[bytes, Prefix] = {}
        self._known: dict[bytes, _Known] = {}

    def source(self, data: bytes) -> SourceFile:
        """Return a finished file.

        Raises:
            DamagedFileError: as `SourceFile`.
        """
        source = SourceFile(data, self._prefixes)
        _forget(self._prefixes)
        return source

    def pages(self, source: SourceFile) -> tuple[CopiedPage, ...]:
        """Write what the pages of a file need, and return them.

        Raises:
            DamagedFileError: the file is damaged.
        """
        prefix = source.prefix
        known = self._known.pop(prefix.key, None) if prefix else None
        root = source.trailer.get(b"/Root")
        number = root.number if isinstance(root, Reference) else 0
        if prefix and known and (number == known.root < prefix.objects or _tree(source) == known.tree):
            self._known[prefix.key] = known
            copying = _Copying(source, self._out, prefix.objects, known.copies, dict(known.open))
            return _copied(copying, known.pages)
        tree = _tree(source)
        found = source.pages(tree)
        copying = _Copying(source, self._out, prefix.objects if prefix else 0)
        templates = tuple(copying.template(page) for page in found.pages)
        copied = _copied(copying, templates)
        if prefix and found.last < prefix.objects:
            self._known[prefix.key] = _known(copying, number, tree, templates)
            _forget(self._known)
        return copied

    def value(self, source: SourceFile, value: Value) -> bytes:
        """Write what a value of a file names, and return the value."""
        return _Copying(source, self._out, 0).filled(pieces(value, _LEFT_OUT))


def _tree(source: SourceFile) -> Value | None:
    return source.root.get(b"/Pages")


def _copied(copying: _Copying, templates: Iterable[_Template]) -> tuple[CopiedPage, ...]:
    return tuple(CopiedPage(copying.filled(page.paper), copying.filled(page.printed)) for page in templates)


def _known(copying: _Copying, root: int, tree: Value | None, templates: Iterable[_Template]) -> _Known:
    closed, own = copying.closed, copying.own
    return _Known(
        root,
        tree,
        tuple(_Template(closed(page.paper), closed(page.printed)) for page in templates),
        {number: copy for number, copy in copying.copies.items() if number not in own},
        {
            number: (closed(parts), is_stream)
            for number, (parts, is_stream) in copying.read.items()
            if number in own
        },
    )


def _entries(dictionary: Mapping[bytes, Value]) -> Pieces:
    """Return the entries of a dictionary without its brackets."""
    first, *rest = pieces(dictionary, _LEFT_OUT)
    assert isinstance(first, bytes)
    whole = (first[2:], *rest)
    last = whole[-1]
    assert isinstance(last, bytes)
    return (*whole[:-1], last[:-2])


def _forget(kept: dict[bytes, Prefix] | dict[bytes, _Known]) -> None:
    """Let the one go that was not wanted for longest."""
    while len(kept) > _MOST_PREFIXES:
        del kept[next(iter(kept))]
