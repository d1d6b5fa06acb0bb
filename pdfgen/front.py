"""What pdfgen offers to other programs: plain data in, values out, no side effects.

Values are passed as a mapping, as the bytes of a YAML file, or as the path of one. A name in passed values
(`clinic`, `layout`, `logo`) leads only to what is shipped or passed as well, unless a folder is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from typing_extensions import Unpack

from pdfgen.content.files.source import Mark, Source, node_of
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.rosters import reading
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.roster import Roster
from pdfgen.errors import InputError, PdfgenError, Problem
from pdfgen.production import program as pipeline
from pdfgen.production.calendar import calendar as calendar_of
from pdfgen.production.job import Job
from pdfgen.production.passed import Values, passed
from pdfgen.production.program import Program
from pdfgen.production.program_files import make_files, suffixes
from pdfgen.production.program_warnings import warnings_of
from pdfgen.production.rows import RowMaker, RowResult, RowSettings, RowTask
from pdfgen.production.shared import Shared
from pdfgen.production.workers import processes, rows_made

if TYPE_CHECKING:
    from pdfgen.planning.plan import Plan

#: Names of values that are passed, in problems.
_PRESCRIPTION, _CLINIC, _LAYOUT, _LIBRARY = "prescription", "clinic", "layout", "library"


class Options(TypedDict, total=False):
    """What belongs to a prescription; each may be left out.

    Attributes:
        clinic: the clinic's file; left out, the one that a prescription read from a path names.
        logo: content of the clinic's logo (SVG, PNG or JPEG).
        libraries: laid over the shipped library, in this order.
        layout: name of a shipped one ("standard", "large-print" …), or values of one.
        language, twin, paper: go above what the prescription says.
        folder: where files may be that passed values name; without one they may name none.
    """

    clinic: Values | None
    logo: bytes | None
    libraries: Sequence[Values]
    layout: Values | str | None
    language: str | None
    twin: str | None
    paper: str | None
    folder: Path | None


class Checked(NamedTuple):
    """What was found.

    Attributes:
        problems: why nothing can be made; empty where it can.
        warnings: what the therapist should look at: cautions that are not confirmed, doses that grow fast.
    """

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class CheckedProgram:
    """A prescription with everything that it needs, read and checked.

    Attributes:
        program: all that was read.
        shared: what it has in common with other programs.
    """

    program: Program
    shared: Shared = field(repr=False, compare=False)

    @property
    def document_id(self) -> str:
        """The id that is printed on every page: eight characters of Crockford's base 32, or as prescribed."""
        return self.program.identity.document_id


class MadeFile(NamedTuple):
    """One of the files of a program.

    Attributes:
        kind: "program", "copy" (in the second language) or "sheets" (for the printer).
        name: that suits it; the document id and never the patient's name.
        data: its bytes.
        pages: how many it has; of sheets, their sides.
    """

    kind: str
    name: str
    data: bytes
    pages: int


class Made(NamedTuple):
    """What became of a program: its files, or the problems that are in the way."""

    files: tuple[MadeFile, ...] = ()
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


class MadeRow(NamedTuple):
    """What became of a row of a roster.

    Attributes:
        row: its number, as the user of the file counts.
        made: its files and what was found.
        done, total: how many rows are finished, this one included, and how many there are.
        language: of the program; empty where it could not be made.
    """

    row: int
    made: Made
    done: int
    total: int
    language: str = ""


def read(prescription: Values, *, shared: Shared | None = None, **options: Unpack[Options]) -> CheckedProgram:
    """Read and check a prescription with all that belongs to it.

    Args:
        prescription: the patient's file; its keys are in docs/prescription.md.
        shared: of earlier programs, so that what they have in common is read and made once. It is not safe to
            use from several threads at once.
        options: see `Options`.

    Raises:
        InputError: with every problem in all that was passed.
        FitError: a character is missing that no font has.
    """
    job, shared = _job(options), shared or Shared()
    source = passed(prescription, _PRESCRIPTION, options.get("folder"))
    return CheckedProgram(pipeline.read(job._replace(prescription_file=source), shared), shared)


def check(prescription: Values, *, shared: Shared | None = None, **options: Unpack[Options]) -> Checked:
    """Return what is wrong with a prescription and what belongs to it; nothing is raised for its content.

    Args:
        prescription, shared, options: as for `read`.
    """
    try:
        made = make(read(prescription, shared=shared, **options))
    except PdfgenError as error:
        return Checked(error.problems)
    return Checked(made.problems, made.warnings)


def plan(program: CheckedProgram) -> Plan:
    """Return the weeks of a program: sessions, doses, minutes, in the language of the program; no sizes.

    Raises:
        InputError: an exercise has no dose in any week.
    """
    return pipeline.plan(program.program, program.shared)


def make(program: CheckedProgram, *, sheets: bool = True) -> Made:
    """Make the files of a program. What does not fit on its page is among the problems of the result.

    Args:
        sheets: whether sheets for the printer are made too, where the layout is folded or cut; they alone
            need the package pikepdf.
    """
    names, ident = suffixes(program.program), program.document_id
    try:
        warnings = warnings_of(program.program, plan(program))
        made = list(make_files(program.program, program.shared, sheets=sheets))
        warnings += tuple(warning for file in made for warning in file.warnings)
    except PdfgenError as error:
        return Made(problems=error.problems)
    files = [_file(file.kind, ident, names[file.kind], file.data, file.pages) for file in made]
    return Made(tuple(files), warnings)


def calendar(program: CheckedProgram) -> bytes:
    """Return the days of a program as a calendar (iCalendar, RFC 5545), without the patient's name.

    Raises:
        InputError: the prescription has no first day.
    """
    return calendar_of(program.program, program.shared)


def read_roster(data: bytes | Path, name: str = "", **options: Any) -> Roster:
    """Read a list of patients.

    Args:
        data: a CSV, XLSX, YAML, JSON or NDJSON file (tables, records or FHIR R4), or where it is.
        name: of the file, for problems; its ending says what it is, else the content does.
        options: the fields of `content.rosters.options.RosterOptions`: mapping, encoding, delimiter, sheet,
            day_first, timezone, other_language, with_birth_date, identifier_system.

    Returns:
        Its rows, each with its problems; `notes` say what was guessed, `warnings` what should be looked at.

    Raises:
        InputError: it cannot be read as a whole.
    """
    how = RosterOptions(**options)
    if isinstance(data, Path):
        return reading.read_roster(data, how)
    roster = reading.roster_of(data, name or "roster", how)
    rows = tuple(replace(row, source=replace(row.source, is_passed=True)) for row in roster.rows)
    return replace(roster, rows=rows)


def make_batch(
    roster: Roster,
    *,
    base: Values | None = None,
    workers: int = 1,
    sheets: bool = True,
    **options: Unpack[Options],
) -> Iterator[MadeRow]:
    """Make the files of every row, and yield each row as it is done, in the order of the roster.

    Args:
        roster: as `read_roster` returns it.
        base: a prescription that every row is laid over.
        workers: processes. With 1 the work is done in this one, when the next row is asked for. More need a
            script that can be imported (`if __name__ == "__main__":`), since each process begins by that.
        sheets: as for `make`.
        options: see `Options`.

    Raises:
        InputError: what all rows share cannot be used.
    """
    job, folder = _job(options), options.get("folder")
    laid_under = None if base is None else passed(base, _PRESCRIPTION, folder)
    settings = RowSettings(
        job, read_yaml(laid_under) if isinstance(laid_under, Path) else laid_under, sheets=sheets
    )
    maker = RowMaker(settings, Shared())
    maker.check_shared()
    total = len(roster.rows)
    rows = [replace(row, source=replace(row.source, base=folder)) for row in roster.rows]
    tasks = (RowTask(number, row) for number, row in enumerate(rows, start=1))
    start = None if workers == 1 else lambda: processes(min(workers, total))
    for done, result in enumerate(rows_made(maker, tasks, total, start, worth=0.0), start=1):
        language = dict(result.fields).get("language", "")
        yield MadeRow(result.task.row.number, _made(result), done, total, language)


def _made(result: RowResult) -> Made:
    files = [
        _file(file.record.kind, file.record.id, file.suffix, file.data, file.record.pages)
        for file in result.files
    ]
    return Made(tuple(files), result.warnings, result.problems)


def _file(kind: str, ident: str, suffix: str, data: Sequence[bytes], pages: int) -> MadeFile:
    return MadeFile(kind, f"{ident}{suffix}.pdf", b"".join(data), pages)


def _job(options: Options) -> Job:
    """Return what holds for a program whatever its prescription is.

    Raises:
        InputError: bytes are not YAML, with all problems.
        TypeError: there is no such option.
    """
    if unknown := options.keys() - Options.__annotations__.keys():
        raise TypeError(f"there is no argument {', '.join(sorted(unknown))}")
    problems: list[Problem] = []

    def source(values: Values | None, name: str) -> Path | Source | None:
        try:
            return None if values is None else passed(values, name, options.get("folder"))
        except InputError as error:
            problems.extend(error.problems)
            return None

    libraries = enumerate(options.get("libraries", ()), start=1)
    numbered = [source(values, f"{_LIBRARY} {number}") for number, values in libraries]
    layout = options.get("layout")
    laid_out = layout if isinstance(layout, str) else source(layout, _LAYOUT)
    job = Job(
        Source(_PRESCRIPTION, node_of({}, Mark(_PRESCRIPTION, 0, 0))),
        layout=str(laid_out) if isinstance(laid_out, Path) else laid_out,
        language=options.get("language"),
        twin=options.get("twin"),
        paper=options.get("paper"),
        clinic=source(options.get("clinic"), _CLINIC),
        libraries=tuple(library for library in numbered if library is not None),
        logo=options.get("logo"),
    )
    if problems:
        raise InputError(problems)
    return job
