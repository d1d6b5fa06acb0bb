"""Which file shows a drawing: those of a clinic's own libraries come before the shipped ones.

A drawing `bridge-a` shows a woman; `bridge-a--man` is the same drawing with a man, `bridge-a--older-man` with
an older man. A clinic's own drawings lie in the folder `figures` beside its library. One that comes alone is
used for every figure.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from pdfgen.content.files.file_bytes import read_bytes
from pdfgen.content.files.resources import file_inside
from pdfgen.content.files.source import FieldPath
from pdfgen.content.models.exercise import Panel
from pdfgen.content.models.field_types import FigureChoice
from pdfgen.content.models.library import Library
from pdfgen.content.models.walking import parts
from pdfgen.content.pictures.drawing import MAX_FILE_SIZE
from pdfgen.content.pictures.drawing_file import FIGURES, shipped_names

_OTHERS: tuple[FigureChoice, ...] = get_args(FigureChoice)[1:]


@dataclass(frozen=True)
class FigureFiles:
    """The drawings that a document can be made with.

    Attributes:
        names: of all drawings, without `.svg`.
        own: the files of the clinic's own drawings, by name.
    """

    names: frozenset[str]
    own: Mapping[str, Path] = field(default_factory=dict)

    def named(self, choice: FigureChoice) -> Mapping[str, str]:
        """Return the drawing to use for a figure, for each name that another drawing replaces."""
        named = {}
        for name in self.names:
            found = next((n for n in _names(name, choice) if n in self.names), name)
            if found != name:
                named[name] = found
        return named

    def missing(self, name: str) -> tuple[str, ...]:
        """Return the names of the counterparts with other figures that a shipped drawing lacks."""
        if name in self.own or name not in self.names:
            return ()
        return tuple(f"{name}--{other}" for other in _OTHERS if f"{name}--{other}" not in self.names)

    def own_named(self, name: str) -> tuple[str, ...]:
        """Return the names of the clinic's own drawings of `name`, with any figure."""
        return tuple(n for n in (name, *(f"{name}--{other}" for other in _OTHERS)) if n in self.own)

    def read(self, name: str) -> bytes:
        """Return the content of the file of an own drawing.

        Raises:
            InputError: the file does not exist, cannot be read, is too large, or lies in another folder.
        """
        path = self.own[name]
        return read_bytes(file_inside(path.name, path.parent), "drawing", MAX_FILE_SIZE, "simplify it")

    def own_digests(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return a digest of each own drawing of `names`, in order, for the identity of a document."""
        if not self.own:
            return ()
        used = sorted({own for name in names for own in self.own_named(name)})
        return tuple(f"{name} {hashlib.sha256(self.read(name)).hexdigest()}" for name in used)


def figure_files(folders: Iterable[Path] = ()) -> FigureFiles:
    """Return the shipped drawings with those of own libraries over them.

    Args:
        folders: of the own libraries; a later one goes before an earlier one.
    """
    shipped = set(shipped_names(FIGURES))
    own: dict[str, Path] = {}
    for folder in folders:
        found = _drawings(folder / FIGURES)
        for name in found:
            # The shipped figures would show another exercise than the clinic's own drawing.
            for other in _OTHERS:
                shipped.discard(f"{name}--{other}")
                own.pop(f"{name}--{other}", None)
        own |= found
    return FigureFiles(frozenset(shipped | own.keys()), MappingProxyType(own))


def _names(name: str, choice: FigureChoice) -> Iterator[str]:
    """Yield the names that a drawing may have, the best first: an own drawing may know only man and woman."""
    if choice != "woman":
        yield f"{name}--{choice}"
    if choice.endswith("-man"):
        yield f"{name}--man"


def _drawings(folder: Path) -> dict[str, Path]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - paths cost more, and there are hundreds
    except OSError:
        return {}
    return {name.removesuffix(".svg"): folder / name for name in names if name.endswith(".svg")}


def panels(library: Library) -> Iterator[tuple[FieldPath, Panel]]:
    """Return every panel of a library with its path."""
    return ((path, part) for path, part in parts(library) if isinstance(part, Panel))
