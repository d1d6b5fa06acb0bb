"""Where the engine works: the clinic's own folder, and what programs have in common."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pdfgen.content.files.resources import library_file
from pdfgen.content.files.source import Mark, Source, node_of
from pdfgen.content.loading import LoadedLibrary
from pdfgen.content.models.language import Language
from pdfgen.errors import InputError, Problem
from pdfgen.front import CheckedProgram
from pdfgen.production.job import Job
from pdfgen.production.program import read as read_program
from pdfgen.production.shared import Shared

CLINIC, LIBRARY, TEMPLATES = "clinic.yaml", "exercises.yaml", "templates"
"""Names in the folder: the clinic's file, its own exercises, its templates."""

#: What problems call the values of a prescription.
_VALUES = "prescription"

_NO_CLINIC = "names a clinic's file, which the page does not open; save or open your clinic first"
_NO_LIBRARY = "names a library, which the page does not open; save or open your own exercises first"


class Edition(NamedTuple):
    """What differs between the two editions of the page.

    Attributes:
        id: "server" or "one-file".
        keeps: whether what is saved lies in a folder, or in memory as long as the page is open.
        can: what it can do that the other one cannot.
        photos_come_clean: whether the browser has decoded them and handed over nothing but the picture.
    """

    id: str
    keeps: bool
    can: Mapping[str, bool]
    photos_come_clean: bool = False


SERVER = Edition("server", keeps=True, can={"photos": True, "sheets": True, "scans": True})
ONE_FILE = Edition(
    "one-file", keeps=False, can={"photos": True, "sheets": False, "scans": False}, photos_come_clean=True
)


class Workplace:
    """The clinic's folder and what is shared; the only state between requests.

    Args:
        folder: the clinic's own files. Names in it are ours; no request can name one.
        edition: of the page.
    """

    def __init__(self, folder: Path, edition: Edition) -> None:
        self.folder = folder
        self.edition = edition
        self._shared = Shared()
        self._seen: list[tuple[int, ...]] = []

    @property
    def shared(self) -> Shared:
        """What programs have in common, read anew when the clinic's files have changed."""
        stamp = tuple(_stamp(path) for path in (self.folder / CLINIC, self.folder / LIBRARY))
        if stamp not in self._seen:
            if self._seen:
                self._shared = Shared()
            self._seen = [stamp]
        return self._shared

    @property
    def clinic_file(self) -> Path | None:
        """The clinic's file, if there is one."""
        path = self.folder / CLINIC
        return path if path.is_file() else None

    @property
    def own_libraries(self) -> tuple[Path, ...]:
        """The file of the clinic's own exercises, if there is one."""
        path = self.folder / LIBRARY
        return (path,) if path.is_file() else ()

    def library(self) -> LoadedLibrary:
        """Return the shipped library with the clinic's own exercises over it.

        Raises:
            InputError: the clinic's file cannot be used.
        """
        return self.shared.library((library_file(), *self.own_libraries))

    def library_or_shipped(self) -> tuple[LoadedLibrary, tuple[Problem, ...]]:
        """Return the library; where the clinic's file cannot be used the shipped one, with its problems."""
        try:
            return self.library(), ()
        except InputError as error:
            return self.shared.library((library_file(),)), error.problems

    def shipped_exercises(self) -> frozenset[str]:
        """Return the ids of the exercises that are shipped."""
        return frozenset(self.shared.library((library_file(),)).value.exercises)

    def language(self, code: str) -> Language:
        """Return a language by its code; English where there is no such one."""
        try:
            return self.shared.language(code).value
        except InputError:
            return self.shared.language("en").value

    @property
    def makes_sheets(self) -> bool:
        """Whether sheets for the printer can be made."""
        return self.edition.can["sheets"]

    def read(self, values: Mapping[str, Any], edition: str | None = None) -> CheckedProgram:
        """Read and check a prescription with the clinic's own files in place of those that it names.

        Args:
            values: of the prescription.
            edition: a layout, in place of the prescription's.

        Raises:
            InputError, FitError: as `pdfgen.read`.
        """
        unread = {problem.field for problem in self.not_opened(values)}
        kept = {key: value for key, value in values.items() if key not in unread}
        source = Source(_VALUES, node_of(kept, Mark(_VALUES, 0, 0)), is_passed=True)
        job = Job(source, edition, clinic=self.clinic_file, libraries=self.own_libraries, opens_named=False)
        return CheckedProgram(read_program(job, self.shared), self.shared)

    def not_opened(self, values: Mapping[str, Any]) -> tuple[Problem, ...]:
        """Return a warning for each file that values name and that nothing stands in place of here."""
        missing = (("clinic", self.clinic_file, _NO_CLINIC), ("library", self.own_libraries, _NO_LIBRARY))
        return tuple(Problem(text, field=key) for key, own, text in missing if values.get(key) and not own)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
