"""The print file of `pdfgen batch`: its options, and what is said of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pdfgen.cli import report
from pdfgen.cli.options import FILE, PRINT_FILE, option
from pdfgen.content.files.file_bytes import STDIN
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
from pdfgen.errors import ExitCode, PdfgenError, Problem, UsageError

if TYPE_CHECKING:
    from pdfgen.content.files.source import Source
    from pdfgen.content.models.library import Library
    from pdfgen.content.rosters.roster import Roster, RosterRow
    from pdfgen.delivery.manifest import Record
    from pdfgen.production.batch_run import BatchRun
    from pdfgen.production.rows import RowResult

_OPTIONS = (
    option(
        PRINT_FILE, "--print-file", type=FILE, metavar="FILE",
        help="Also all programs in one PDF, for a printer.",
    ),
    option(
        PRINT_FILE, "--duplex/--no-duplex", default=None,
        help="Print file: each program begins on the front of a sheet. Default: duplex.",
    ),
    option(
        PRINT_FILE, "--separators", is_flag=True,
        help="Print file: a sheet with a number before each program.",
    ),
    option(
        PRINT_FILE, "--print-order", metavar="COLUMN",
        help="Print file: sorted by a column of the roster, or a field.",
    ),
)  # fmt: skip

_NEEDS_FILE = "goes with --print-file; name the file, or leave this out"
_NOT_LOCKED = (
    "one file for all patients cannot be locked with a password for each of them; leave --encrypt or this out"
)
_INSIDE = "lies in the folder of the programs; choose a place beside it"
_NO_STREAM = "cannot go to standard output; name a file"
#: What a record of the manifest says as well.
_IN_RECORD = ("row", "id")
_KILOBYTE, _MEGABYTE = 1e3, 1e6


@dataclass(frozen=True)
class PrintChoices:
    """What was asked for; `path` is None where no print file was."""

    path: Path | None
    duplex: bool
    separators: bool
    order: str


def print_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options; the command gets `print_choices` in their place.

    Raises:
        UsageError: options that belong to a print file were given without one.
    """

    @functools.wraps(command)
    def with_choices(*arguments: Any, **values: Any) -> Any:
        path, duplex = values.pop("print_file"), values.pop("duplex")
        separators, order = values.pop("separators"), values.pop("print_order")
        if path is None:
            given = {
                "--duplex": duplex is not None,
                "--separators": separators,
                "--print-order": order is not None,
            }
            if wrong := [Problem(_NEEDS_FILE, field=name) for name, is_given in given.items() if is_given]:
                raise UsageError(wrong)
        choices = PrintChoices(path, duplex is not False, separators, order or "")
        return command(*arguments, print_choices=choices, **values)

    decorated: Callable[..., Any] = with_choices
    for added in reversed(_OPTIONS):
        decorated = added(decorated)
    return decorated


def _to_print(records: Sequence[Record]) -> tuple[Record, ...]:
    """Return what goes on paper: of a layout that is folded or cut its sheets, else the program.

    Copies in a second language are for the therapist to read.
    """
    printed: dict[int, Record] = {}
    for record in records:
        if record.kind == SHEETS or (record.kind == PROGRAM and record.row not in printed):
            printed[record.row] = record
    return tuple(printed.values())


class Printing:
    """The print file of one run: remembers what the programs came to be, and writes it at the end.

    Args:
        path: of the print file.
        choices: what was asked for.
        roster: whose programs are printed.
        mapping: headings of the roster's own and their keys.
        base: a prescription that every row is laid over.

    Raises:
        UsageError: there is no column to sort by.
        WriteError: the file could not be written.
    """

    def __init__(
        self,
        path: Path,
        choices: PrintChoices,
        roster: Roster,
        mapping: Mapping[str, str],
        base: Source | None,
    ) -> None:
        self._path = path
        self._choices = choices
        self._rows = roster.rows
        self._order = ColumnOrder(choices.order, roster, mapping, base) if choices.order else None
        self._fields: dict[int, tuple[int, Mapping[str, str]]] = {}
        self._said: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
        check_print_file(path)

    def note(self, result: RowResult) -> None:
        """Remember what became of a row."""
        if result.files:
            # Most rows of a clinic differ in nothing else: thousands share what is kept of them.
            left_out = _IN_RECORD if self._order else (*_IN_RECORD, "label")
            said = tuple(field for field in result.fields if field[0] not in left_out)
            self._fields[result.task.row.number] = (
                result.task.number,
                self._said.setdefault(said, dict(said)),
            )

    def finish(self, run: BatchRun, folder: Path, library: Library) -> ExitCode:
        """Write the file from the programs of a run that was not ended early, and say what it is."""
        programs = self._programs(_to_print(run.records))
        if not programs:
            self.leave_out("there are no programs")
            return ExitCode.OK
        try:
            maker = self._maker(programs, library) if self._choices.separators else None
            printed = write_print_file(
                self._path, folder, programs, duplex=self._choices.duplex, separators=maker
            )
        except PdfgenError as error:
            report.problems(error.problems)
            self.leave_out("the programs are finished")
            return error.exit_code
        except KeyboardInterrupt:
            self.leave_out("interrupted; the programs are finished, go on with --resume")
            return ExitCode.INTERRUPTED
        name = click.format_filename(self._path)
        report.note(f"{name}: {_described(printed, duplex=self._choices.duplex)}")
        report.result(name)
        return ExitCode.OK

    def leave_out(self, reason: str = "") -> None:
        """Say that there is no print file."""
        old = "; the one that is there is of an earlier run" if self._path.exists() else ""
        report.line(f"no print file was written{': ' if reason else ''}{reason}{old}")

    def _programs(self, records: Sequence[Record]) -> tuple[Program, ...]:
        if self._order:
            wanted = {record.row: record for record in records}
            rows = [row for row in self._rows if row.number in wanted]
            keys = self._order.keys(rows, lambda row: self._sorted_by(row, wanted[row.number]))
            records = sorted(records, key=lambda record: keys[record.row])
        width = max(4, len(str(len(self._rows))))
        programs = []
        for record in records:
            number, fields = self._fields[record.row]
            title = f"{number:0{width}} · {record.label or record.id}"
            programs.append(Program(number, record, title, fields.get("language", "")))
        return tuple(programs)

    def _sorted_by(self, row: RosterRow, record: Record) -> Mapping[str, str]:
        number, fields = self._fields[row.number]
        start = "" if fields.get("start") == "undated" else fields.get("start", "")
        told = {"row": str(record.row), "id": record.id, "pages": str(record.pages)}
        return {**fields, **told, "start": start, "number": str(number)}

    def _maker(self, programs: Sequence[Program], library: Library) -> SeparatorMaker:
        from pdfgen.content.loading import load_language
        from pdfgen.pdf.writer import write
        from pdfgen.production.assets import load_family
        from pdfgen.typesetting.separator import Separator, separators

        language = lru_cache(lambda code: load_language(code).value)
        total = len(programs)

        def sheet(wanted: Separated) -> Separator:
            program, record = wanted.program, wanted.program.record
            fields = self._fields[record.row][1]
            named = library.programs.get(fields["program"])
            return Separator(
                width=wanted.width,
                height=wanted.height,
                number=program.number,
                place=wanted.place,
                total=total,
                ident=record.id,
                label=record.label,
                program=named.name[program.language] if named else "",
                weeks=int(fields["weeks"]),
                pages=record.pages,
                language=language(program.language),
            )

        return lambda some: write(separators([sheet(wanted) for wanted in some], load_family()))


def printing(
    choices: PrintChoices,
    roster: Roster,
    mapping: Mapping[str, str],
    base: Source | None,
    *,
    out: Path,
    encrypts: bool,
) -> Printing | None:
    """Return what makes the print file; None where none was asked for.

    Raises:
        UsageError: it does not go together with other options, or there is no column to sort by.
        WriteError: it could not be written.
    """
    path = choices.path
    if path is None:
        return None
    problems = [Problem(_NOT_LOCKED, field="--print-file")] if encrypts else []
    if path == STDIN:
        problems.append(Problem(_NO_STREAM, field="--print-file"))
    elif out.resolve() in path.resolve().parents:
        problems.append(Problem(_INSIDE, field="--print-file"))
    if problems:
        raise UsageError(problems)
    return Printing(path, choices, roster, mapping, base)


def _described(printed: Printed, *, duplex: bool) -> str:
    sheets = printed.pages // 2 if duplex else printed.pages
    programs = "1 program" if printed.programs == 1 else f"{printed.programs} programs"
    paper = "1 sheet" if sheets == 1 else f"{sheets} sheets"
    pages = "1 page" if printed.pages == 1 else f"{printed.pages} pages"
    several = f" of {len(printed.papers)} sizes" if printed.papers[1:] else ""
    return f"{programs}, {pages} on {paper} of paper{several}, {_size(printed.size)}"


def _size(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB" if size >= _MEGABYTE else f"{size / _KILOBYTE:.0f} kB"
