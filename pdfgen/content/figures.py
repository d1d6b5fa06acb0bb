"""Which file shows a drawing: those of a clinic's own libraries come before the shipped ones.

A drawing `bridge-a` shows a woman; `bridge-a--man` is the same drawing with a man. A clinic's own drawings
lie in the folder `figures` beside its library. One that comes without `--man` is used for both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from pdfgen.content.fields import FigureChoice
from pdfgen.content.library import Library, Panel
from pdfgen.content.resources import assets_folder, file_inside
from pdfgen.content.source import FieldPath
from pdfgen.errors import InputError

_MAN = "--man"
_FOLDER = "figures"

#: Of a file that is far too large for a drawing, not more than this is read, in bytes.
_MOST_READ = 20_000_000


@dataclass(frozen=True)
class FigureFiles:
    """The drawings that a document can be made with.

    Attributes:
        paths: file of each drawing, by its name without `.svg`.
        own: names of the clinic's own ones.
    """

    paths: Mapping[str, Path]
    own: frozenset[str] = frozenset()

    def named(self, choice: FigureChoice) -> Mapping[str, str]:
        """Return the name of the drawing to use, for each name whose drawing is another one."""
        if choice == "woman":
            return {}
        return {name: name + _MAN for name in self.paths if name + _MAN in self.paths}

    def lacks_man(self, name: str) -> bool:
        """Whether a shipped drawing has no counterpart with a man."""
        return name in self.paths and name not in self.own and name + _MAN not in self.paths

    def read(self, name: str) -> bytes:
        """Return the content of a drawing's file.

        Raises:
            InputError: there is no such file, or it cannot be read, or it lies in another folder.
        """
        path = self.paths[name]
        try:
            with file_inside(path.name, path.parent).open("rb") as file:
                return file.read(_MOST_READ)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}") from error

    def own_digests(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return a digest of each own drawing of `names`, in order, for the identity of a document."""
        used = sorted({*names, *(name + _MAN for name in names)} & self.own)
        return tuple(f"{name} {hashlib.sha256(self.read(name)).hexdigest()}" for name in used)


def figure_files(folders: Iterable[Path] = ()) -> FigureFiles:
    """Return the shipped drawings with those of own libraries over them.

    Args:
        folders: of the own libraries; a later one goes before an earlier one.
    """
    paths = _drawings(assets_folder() / _FOLDER)
    own: set[str] = set()
    for folder in folders:
        found = _drawings(folder / _FOLDER)
        for name in found:
            # The shipped man would show another exercise than the clinic's own drawing.
            paths.pop(name + _MAN, None)
            own.discard(name + _MAN)
        paths |= found
        own |= found.keys()
    return FigureFiles(MappingProxyType(paths), frozenset(own))


def _drawings(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.svg"))}


def panels(library: Library) -> Iterator[tuple[FieldPath, Panel]]:
    """Yield every panel of a library with its path."""
    yield from _panels(library, ())


def _panels(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Panel]]:
    if isinstance(value, Panel):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _panels(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _panels(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _panels(item, (*path, key))
