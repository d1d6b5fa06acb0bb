"""What programs have in common, each thing read and made once."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from pdfgen.content import loading
from pdfgen.content.files.source import Source
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.pictures.figure_files import FigureFiles, figure_files, panels

T = TypeVar("T")

#: Plans that are kept, and as many files of them (up to a megabyte each) and words for dates.
_MOST_RECENT = 64


class Shared:
    """What jobs share, each thing read and made once: library, clinics, layouts, languages, plans, files.

    What could not be read is tried again by the next job, which names it in a place of its own.
    """

    def __init__(self) -> None:
        self._cached: dict[Hashable, Any] = {}
        self._read: dict[int, Source] = {}
        self._recent: defaultdict[Hashable, OrderedDict[Hashable, Any]] = defaultdict(OrderedDict)

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returned for this key the first time."""
        if key not in self._cached:
            self._cached[key] = make()
        found: T = self._cached[key]
        return found

    def lru(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """Return what `make` returned for this key; of each kind (`key[0]`) the last used are kept."""
        recent = self._recent[key[0]]
        if key not in recent:
            recent[key] = make()
            if len(recent) > _MOST_RECENT:
                recent.popitem(last=False)
        recent.move_to_end(key)
        found: T = recent[key]
        return found

    def _key(self, file: Path | Source) -> Hashable:
        """Return what tells files apart: values that were passed by what they say."""
        if not isinstance(file, Source):
            return file
        if file.is_passed:
            return file.file, file.canonical, file.base
        # It is kept, so that its id stays its own.
        return self._read.setdefault(id(file), file).file, id(file)

    def library(self, files: tuple[Path | Source, ...]) -> loading.LoadedLibrary:
        """Return the library of these files."""
        return self.cached(("library", *map(self._key, files)), lambda: loading.load_library(files))

    def language(
        self, code: str, named_in: loading.Loaded[Prescription] | None = None
    ) -> loading.Loaded[Language]:
        """Return the language with this code; `named_in` is the prescription that names it."""
        return self.cached(("language", code), lambda: loading.load_language(code, named_in))

    def clinic(self, file: Path | Source | None) -> loading.Loaded[Clinic]:
        """Return the clinic of this file; without a file one that prints lines to write on."""
        if file is None:
            return self.cached("no clinic", loading.no_clinic)
        return self.cached(("clinic", self._key(file)), lambda: loading.load_clinic(file))

    def layout(
        self,
        name: str | Source,
        folder: Path = Path(),
        named_in: loading.Loaded[Prescription] | loading.Loaded[Clinic] | None = None,
    ) -> loading.Loaded[Layout]:
        """Return the layout with this name, seen from a folder; `named_in` is the file that names it."""
        if isinstance(name, Source):
            return self.cached(("layout", self._key(name)), lambda: loading.load_layout(name))
        return self.cached(("layout", folder, name), lambda: loading.load_layout(name, folder, named_in))

    def figures(self, library: loading.LoadedLibrary) -> tuple[FigureFiles, tuple[str, ...]]:
        """Return the drawings that there are with a library, and digests of those that are not shipped."""

        def read() -> tuple[FigureFiles, tuple[str, ...]]:
            found = figure_files(library.folders)
            return found, found.own_digests(panel for _, panel in panels(library.value))

        return self.cached(("figures", library.folders), read)
