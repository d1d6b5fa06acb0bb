"""What a list of patients becomes: one ZIP with the programs, the lists of a batch, and the print file."""

from __future__ import annotations

import hashlib
import io
import zipfile

from pdfgen.content.rosters.roster import Roster
from pdfgen.delivery.manifest import Record, manifest_files
from pdfgen.errors import Problem
from pdfgen.front import MadeRow
from pdfgen.production.batch import problems_csv
from pdfgen.version import __version__

_TIME = (1980, 1, 1, 0, 0, 0)
_PRINT_FILE = "print.pdf"


class RosterArchive:
    """Files of rows in a ZIP in memory; nothing of it is ever put on the disk.

    Args:
        with_print_file: whether all programs go into one file for the printer too; that alone needs pikepdf.

    Attributes:
        failed: rows that became nothing, with why.
    """

    def __init__(self, *, with_print_file: bool) -> None:
        self._stream = io.BytesIO()
        self._zip = zipfile.ZipFile(self._stream, "w")
        self._with_print_file = with_print_file
        self._records: list[Record] = []
        self._places: dict[int, tuple[int, str]] = {}
        self.failed: list[tuple[int, tuple[Problem, ...]]] = []

    def add(self, row: MadeRow) -> None:
        """Add the files of a row, named by its place in the list and the document id."""
        if row.made.problems:
            self.failed.append((row.row, row.made.problems))
        self._places[row.row] = row.done, row.language
        for file in row.made.files:
            name = f"{row.done}-{file.name}"
            self._write(name, file.data)
            ident = row.made.files[0].name.removesuffix(".pdf")
            sha256 = hashlib.sha256(file.data).hexdigest()
            warnings = len(row.made.warnings)
            self._records.append(Record(row.row, ident, name, sha256, file.pages, warnings, "", file.kind))

    def finished(self, roster: Roster) -> bytes:
        """Return the ZIP file."""
        failed = [row for row, _ in self.failed]
        lists = dict(
            manifest_files(self._records, failed, __version__, is_complete=True, reading=roster.reading)
        )
        if self.failed:
            lists["problems.csv"] = problems_csv(
                (row, problem) for row, problems in self.failed for problem in problems
            )
        for name, pieces in lists.items():
            self._write(name, b"".join(pieces))
        if self._with_print_file and self._records:
            self._write(_PRINT_FILE, self._print_file(len(roster.rows)))
        self._zip.close()
        return self._stream.getvalue()

    def _print_file(self, total: int) -> bytes:
        """Return all programs in one file, each from the front of a sheet on, as `batch --print-file`."""
        from pdfgen.delivery.print_file import stack
        from pdfgen.production.print_run import printed_program, printed_records

        programs = []
        for record in printed_records(self._records):
            place, language = self._places[record.row]
            programs.append(printed_program(place, total, record, language))
        file = io.BytesIO()
        stack(file, programs, lambda record: self._zip.read(record.file))
        return file.getvalue()

    def _write(self, name: str, data: bytes) -> None:
        entry = zipfile.ZipInfo(name, _TIME)
        entry.external_attr = 0o100644 << 16
        self._zip.writestr(entry, data)
