"""`pdfgen generate`: one patient's program as a PDF."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import job as jobs
from pdfgen.cli import output as outputs
from pdfgen.cli import report
from pdfgen.cli.options import CHECKS, FILE, OUTPUT, PRIVACY, Command, option, out_option
from pdfgen.content.files.file_bytes import STDIN
from pdfgen.delivery.icalendar import CALENDAR_START
from pdfgen.delivery.manifest import COPY, PROGRAM, SHEETS
from pdfgen.delivery.writing import PDF_START, STDOUT, STDOUT_NAME, check_target
from pdfgen.errors import InputError, Problem, UsageError, missing_extra
from pdfgen.production.assets import load_family
from pdfgen.production.calendar import calendar
from pdfgen.production.job import Job
from pdfgen.production.program import plan, read
from pdfgen.production.program_files import make_files, suffixes
from pdfgen.production.program_warnings import warnings_of
from pdfgen.production.shared import Shared

if TYPE_CHECKING:
    from pdfgen.delivery.preview import PreviewFiles
    from pdfgen.production.program import Program

_LEFT_OUT = {
    COPY: "the copy in the language {} is left out; with -o FILE.pdf it is written beside it",
    SHEETS: "the sheets for the printer are left out; with -o FILE.pdf they are written beside it",
}
_NEEDS_FILE = "needs a file; leave out -o - or name a file"
_LOCKED = "opens with the password only; a locked file is not PDF/A"

_EPILOG = """\b
Examples:
  pdfgen generate anna.patient.yaml
  pdfgen generate anna.patient.yaml -o anna.pdf --layout standard --paper letter
  pdfgen generate anna.patient.yaml --set start=2026-03-02 --weeks 8
  pdfgen generate anna.patient.yaml --preview --open
  pdfgen generate anna.patient.yaml --calendar anna.ics
  pdfgen generate anna.patient.yaml --encrypt
  pdfgen generate anna.patient.yaml -o - | lp"""


@click.command("generate", cls=Command, epilog=_EPILOG)
@jobs.options(name_in_metadata=True)
@out_option(
    "FILE|-", "Where to write the PDF; - is standard output. Default: out/<document id>.pdf", "--output"
)
@option(
    OUTPUT, "--preview", is_flag=True,
    help="Also pictures to look at: NAME-pages.png with all pages, and each page in the folder NAME-pages.",
)  # fmt: skip
@option(
    OUTPUT, "--dpi", type=click.IntRange(36, 300), metavar="N",
    help="Dots an inch of these pictures; 100 unless given.",
)  # fmt: skip
@option(
    OUTPUT, "--calendar", "agenda", type=FILE, metavar="FILE.ics",
    help="Also a calendar of the days with exercises, without the patient's name.",
)  # fmt: skip
@option(OUTPUT, "--open", "opens", is_flag=True, help="Open the finished PDF in the system's viewer.")
@option(
    PRIVACY, "--encrypt", "encrypts", is_flag=True,
    help="The files open with a password only, which is asked for. They are then not PDF/A.",
)  # fmt: skip
@option(
    PRIVACY, "--password-file", type=FILE, metavar="FILE|-",
    help="With --encrypt: take the password from the first line of a file; - is standard input.",
)  # fmt: skip
@option(CHECKS, "--strict", is_flag=True, help="Warnings and unconfirmed cautions are errors.")
@report.options
def command(
    job: Job,
    out: Path | None,
    preview: bool,
    dpi: int | None,
    agenda: Path | None,
    opens: bool,
    encrypts: bool,
    password_file: Path | None,
    strict: bool,
) -> None:
    """Make a patient's program as a PDF and print where it is.

    A layout that is folded or cut also gives the sheets for the printer: NAME-print.pdf. A layout with a twin
    copy in a second language also gives that: NAME-en.pdf, or the code of that language.

    Cautions that concern the patient and that the prescription does not confirm are listed on stderr: the
    choice of exercises is yours.
    """
    _check_usage(
        job, out, preview=preview, dpi=dpi, opens=opens, encrypts=encrypts, password_file=password_file
    )
    _check_calendar(agenda, out, encrypts=encrypts)
    if out is not None:
        check_target(out, replaces=PDF_START)
    shared = Shared()
    program = read(job, shared)
    warnings = warnings_of(program, plan(program, shared))
    target = out or Path("out") / f"{program.identity.document_id}.pdf"
    targets = _targets(program, target)
    if strict and warnings:
        raise InputError(warnings)
    lock: Callable[[bytes], bytes] = bytes
    if encrypts:
        from pdfgen.cli.password import locking

        lock = locking(password_file)
    events = calendar(program, shared) if agenda else b""
    made = {file.kind: file for file in make_files(program, shared)}
    warnings += made[PROGRAM].warnings
    if strict and warnings:
        raise InputError(warnings)
    files = _preview_files(target, made[PROGRAM].pages) if preview else None
    report.warnings(warnings)
    data = b"".join(made[PROGRAM].data)
    ident = program.identity.document_id
    report.detail(f"{ident}: {made[PROGRAM].pages} pages, {len(data) / 1000:.0f} kB")
    if files is None:
        outputs.write(target, lock(data))
    else:
        _write_with_preview(target, data, files, dpi)
    if made[PROGRAM].summary:
        report.note(f"{STDOUT_NAME if target == STDOUT else target}: {made[PROGRAM].summary}")
    for kind, path in targets.items():
        outputs.write(path, lock(b"".join(made[kind].data)))
        if made[kind].summary:
            report.note(f"{path}: {made[kind].summary}")
    if agenda:
        outputs.write(agenda, events)
    if encrypts:
        report.note(f"{STDOUT_NAME if target == STDOUT else target}: {_LOCKED}")
    if opens:
        _open(target)


def _targets(program: Program, target: Path) -> dict[str, Path]:
    """Return where the files beside the program go, by their kind; standard output takes one file only."""
    check_target(target, replaces=PDF_START)
    found = {}
    for kind, suffix in suffixes(program).items():
        if kind == PROGRAM:
            continue
        if target == STDOUT:
            report.note(_LEFT_OUT[kind].format(suffix.removeprefix("-")))
            continue
        found[kind] = check_target(target.with_name(f"{target.stem}{suffix}.pdf"), replaces=PDF_START)
    return found


def _check_usage(
    job: Job,
    out: Path | None,
    *,
    preview: bool,
    dpi: int | None,
    opens: bool,
    encrypts: bool,
    password_file: Path | None,
) -> None:
    """Refuse options that contradict each other, and previews that cannot be drawn.

    Raises:
        UsageError: with every reason.
    """
    no_preview = missing_extra("preview", "pypdfium2") if preview else ""
    reasons = (
        ("--preview", preview and out == STDOUT, _NEEDS_FILE),
        ("--open", opens and out == STDOUT, _NEEDS_FILE),
        ("--dpi", dpi is not None and not preview, "says how fine pictures are; add --preview"),
        ("--preview", no_preview, no_preview),
        (
            "--password-file",
            password_file is not None and not encrypts,
            "goes with --encrypt; add it, or leave this out",
        ),
        (
            "--password-file",
            password_file == STDIN and jobs.reads_stdin(job),
            "standard input is the patient's file already; name a file",
        ),
        ("--encrypt", encrypts and preview, "pictures cannot be locked; leave out --preview or this"),
    )
    if problems := [Problem(message, field=name) for name, is_wrong, message in reasons if is_wrong]:
        raise UsageError(problems)


def _check_calendar(agenda: Path | None, out: Path | None, *, encrypts: bool) -> None:
    """Refuse a calendar where it cannot go.

    Raises:
        UsageError: with every reason.
        WriteError: it cannot be written there, or a file of another kind is there.
    """
    if agenda is None:
        return
    reasons = (
        (agenda == STDOUT, "needs a file; name one, such as anna.ics"),
        (out is not None and agenda == out, "and -o name the same file; give each its own"),
        (encrypts, "cannot be locked; leave out --encrypt or this"),
    )
    if problems := [Problem(message, field="--calendar") for is_wrong, message in reasons if is_wrong]:
        raise UsageError(problems)
    check_target(agenda, replaces=CALENDAR_START)


def _preview_files(target: Path, pages: int) -> PreviewFiles:
    from pdfgen.delivery.preview import check_files, preview_files

    files = preview_files(target, pages)
    check_files(files)
    return files


def _write_with_preview(target: Path, data: bytes, files: PreviewFiles, dpi: int | None) -> None:
    """Write the PDF and its pictures; name the PDF, the sheet of all pages and the folder of the others."""
    from pdfgen.delivery.preview import DOTS_AN_INCH, draw_preview, left_over

    # The pictures are drawn first: if that fails, nothing has been written.
    pictures = draw_preview(data, load_family().primary().data, dpi or DOTS_AN_INCH)
    outputs.write(target, data)
    outputs.write(files.sheet, pictures.sheet)
    for path, picture in zip(files.pages, pictures.pages, strict=True):
        outputs.write(path, picture, named=False)
    for path in left_over(files):
        # A page of an earlier program must not seem to belong to this one.
        with contextlib.suppress(OSError):
            path.unlink()
    report.result(click.format_filename(files.folder))


def _open(target: Path) -> None:
    """Open a file in the system's viewer; a warning follows where no viewer can be started."""
    try:
        failed = click.launch(str(target.absolute())) != 0
    except OSError:
        failed = True
    if failed:
        message = "is written, but no viewer could be opened; open it yourself"
        report.warnings([Problem(message, file=str(target))])
