"""Which file shows a panel: drawings of a clinic's own libraries come before the shipped ones; photos.

A drawing `bridge-a` shows a woman; `bridge-a--man` is the same drawing with a man, `bridge-a--older-man` with
an older man. A clinic's own drawings lie in the folder `figures` beside its library. One that comes alone is
used for every figure. Photos lie beside the library, or in a folder below it.
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
from pdfgen.errors import InputError, Problem, missing_file

_OTHERS: tuple[FigureChoice, ...] = get_args(FigureChoice)[1:]


@dataclass(frozen=True)
class FigureFiles:
    """The drawings that a document can be made with.

    Attributes:
        names: of all drawings, without `.svg`.
        own: the files of the clinic's own drawings, by name.
        folders: of the clinic's own libraries, in which photos are looked for.
    """

    names: frozenset[str]
    own: Mapping[str, Path] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()

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

    def read_photo(self, name: str) -> bytes:
        """Return the content of the file of a photo, as a library names it.

        Raises:
            InputError: the file does not exist, cannot be read, is too large, or lies outside the library's
                folder; or two libraries have different photos of this name.
        """
        found: dict[bytes, Path] = {}
        problems: list[InputError] = []
        for folder in self.folders:
            try:
                path = file_inside(name, folder)
            except InputError as error:
                problems.append(error)
                continue
            found[read_bytes(path, "photo", MAX_FILE_SIZE, "save it smaller")] = path
        if len(found) > 1:
            places = " and ".join(str(path) for path in found.values())
            raise InputError(Problem(f"is another one beside each of two libraries, {places}; rename one"))
        if not found:
            raise problems[-1] if problems else InputError(missing_file(name, "photo"))
        return next(iter(found))

    def own_digests(self, panels: Iterable[Panel]) -> tuple[str, ...]:
        """Return a digest of each own drawing and photo of `panels`, in order, for a document's identity."""
        if not self.folders:
            return ()
        used = list(panels)
        drawings = {own for panel in used if panel.figure for own in self.own_named(panel.figure)}
        contents = {name: self.read(name) for name in drawings}
        contents |= {panel.photo: self.read_photo(panel.photo) for panel in used if panel.photo}
        return tuple(
            f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in sorted(contents.items())
        )


def figure_files(folders: Iterable[Path] = ()) -> FigureFiles:
    """Return the shipped drawings with those of own libraries over them, and where photos are.

    Args:
        folders: of the own libraries; a later one goes before an earlier one.
    """
    folders = tuple(folders)
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
    return FigureFiles(frozenset(shipped | own.keys()), MappingProxyType(own), folders)


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


def panel_place(library: Library, picture: str) -> FieldPath:
    """Return the path of the first panel of a library that shows a picture; empty where none does."""
    return next((path for path, panel in panels(library) if panel.picture == picture), ())


def panels(library: Library) -> Iterator[tuple[FieldPath, Panel]]:
    """Return every panel of a library with its path."""
    return ((path, part) for path, part in parts(library) if isinstance(part, Panel))
