"""The print file of a run: which of its files are printed, in which order, with which sheets between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pdfgen.content.files.file_bytes import STDIN
from pdfgen.content.loading import load_language
from pdfgen.content.rosters.ordering import ColumnOrder
from pdfgen.delivery.manifest import PROGRAM, SHEETS
from pdfgen.delivery.print_file import (
    Printed,
    Program,
    Separated,
    SeparatorMaker,
    check_print_file,
    write_print_file,
)
from pdfgen.errors import Problem, UsageError
from pdfgen.pdf.shared_file import write
from pdfgen.production.assets import load_family
from pdfgen.typesetting.separator import Separator, separators

if TYPE_CHECKING:
    from pdfgen.content.files.source import Source
    from pdfgen.content.rosters.roster import Roster, RosterRow
    from pdfgen.delivery.manifest import Record
    from pdfgen.production.rows import RowResult

_NOT_LOCKED = (
    "one file for all patients cannot be locked with a password for each of them; leave --encrypt or this out"
)
_INSIDE = "lies in the folder of the programs; choose a place beside it"
_NO_STREAM = "cannot go to standard output; name a file"


@dataclass(frozen=True)
class PrintChoices:
    """What a print file is to be like.

    Attributes:
        path: of the file.
        duplex: whether each program begins on the front of a sheet.
        separators: whether a sheet with a number stands before each program.
        order: column of the roster, or field, that programs are sorted by; empty for the order of the roster.
    """

    path: Path
    duplex: bool = True
    separators: bool = False
    order: str = ""


def check_choices(choices: PrintChoices, out: Path, *, encrypts: bool) -> None:
    """Check choices before long work.

    Args:
        choices: of the print file.
        out: folder of the programs.
        encrypts: whether each program opens with a password only.

    Raises:
        UsageError: they do not go together.
        WriteError: the file could not be written.
    """
    problems = [Problem(_NOT_LOCKED, field="--print-file")] if encrypts else []
    if choices.path == STDIN:
        problems.append(Problem(_NO_STREAM, field="--print-file"))
    elif out.resolve() in choices.path.resolve().parents:
        problems.append(Problem(_INSIDE, field="--print-file"))
    if problems:
        raise UsageError(problems)
    check_print_file(choices.path)


class PrintRun:
    """Remembers what the programs of one run came to be, and writes the print file at the end.

    Args:
        choices: what the file is to be like.
        roster: whose programs are printed.
        mapping: headings of the roster's own and their keys.
        base: a prescription that every row is laid over.

    Raises:
        UsageError: there is no column to sort by.
    """

    def __init__(
        self, choices: PrintChoices, roster: Roster, mapping: Mapping[str, str], base: Source | None
    ) -> None:
        self.choices = choices
        self._rows = roster.rows
        self._order = ColumnOrder(choices.order, roster, mapping, base) if choices.order else None
        self._fields: dict[int, tuple[int, Mapping[str, str]]] = {}

    def note(self, result: RowResult) -> None:
        """Remember what became of a row."""
        if result.files:
            self._fields[result.task.row.number] = result.task.number, dict(result.fields)

    def write(self, records: Sequence[Record], folder: Path) -> Printed | None:
        """Write the file from finished programs; return None where there are none.

        Args:
            records: of the manifest.
            folder: where the programs are.

        Raises:
            WriteError: it could not be written; what stood there before is untouched.
            VerificationError: a finished program is not there any more, or was changed.
        """
        programs = self._programs(printed_records(records))
        if not programs:
            return None
        choices = self.choices
        maker = self._separator_maker(len(programs)) if choices.separators else None
        return write_print_file(choices.path, folder, programs, duplex=choices.duplex, separators=maker)

    def _programs(self, records: Sequence[Record]) -> tuple[Program, ...]:
        if self._order:
            wanted = {record.row: record for record in records}
            rows = [row for row in self._rows if row.number in wanted]
            keys = self._order.keys(rows, lambda row: self._sorted_by(row, wanted[row.number]))
            records = sorted(records, key=lambda record: keys[record.row])
        programs = []
        for record in records:
            number, fields = self._fields[record.row]
            programs.append(printed_program(number, len(self._rows), record, fields.get("language", "")))
        return tuple(programs)

    def _sorted_by(self, row: RosterRow, record: Record) -> Mapping[str, str]:
        number, fields = self._fields[row.number]
        start = "" if fields.get("start") == "undated" else fields.get("start", "")
        return {**fields, "start": start, "number": str(number), "pages": str(record.pages)}

    def _separator_maker(self, total: int) -> SeparatorMaker:
        language = lru_cache(lambda code: load_language(code).value)

        def sheet(wanted: Separated) -> Separator:
            program, record = wanted.program, wanted.program.record
            fields = self._fields[record.row][1]
            return Separator(
                width=wanted.width,
                height=wanted.height,
                number=program.number,
                place=wanted.place,
                total=total,
                ident=record.id,
                label=record.label,
                program=fields["program_name"],
                weeks=int(fields["weeks"]),
                pages=record.pages,
                language=language(program.language),
            )

        return lambda some: write(separators([sheet(wanted) for wanted in some], load_family()))


def printed_program(number: int, total: int, record: Record, language: str) -> Program:
    """Return a program as it stands in the print file: `number` of `total` in the roster."""
    width = max(4, len(str(total)))
    return Program(number, record, f"{number:0{width}} · {record.label or record.id}", language)


def printed_records(records: Sequence[Record]) -> tuple[Record, ...]:
    """Return what goes on paper: of a layout that is folded or cut its sheets, else the program.

    Copies in a second language are for the therapist to read.
    """
    printed: dict[int, Record] = {}
    for record in records:
        if record.kind == SHEETS or (record.kind == PROGRAM and record.row not in printed):
            printed[record.row] = record
    return tuple(printed.values())
