"""The print file of `pdfgen batch`: its options, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import report
from pdfgen.cli.options import FILE, PRINT_FILE, gathered, option
from pdfgen.errors import ExitCode, PdfgenError, Problem, UsageError

if TYPE_CHECKING:
    from pdfgen.content.files.source import Source
    from pdfgen.content.rosters.roster import Roster
    from pdfgen.production.batch_run import BatchRun
    from pdfgen.production.print_run import PrintChoices, PrintRun

_NEEDS_FILE = "goes with --print-file; name the file, or leave this out"


def _choices(
    print_file: Path | None, duplex: bool | None, separators: bool, print_order: str | None
) -> PrintChoices | None:
    """Return the choices; None without --print-file.

    Raises:
        UsageError: options that belong to a print file were given without one.
    """
    if print_file is not None:
        # Not above: a batch without a print file needs no pikepdf.
        from pdfgen.production.print_run import PrintChoices

        return PrintChoices(print_file, duplex is not False, separators, print_order or "")
    given = {
        "--duplex": duplex is not None,
        "--separators": separators,
        "--print-order": print_order is not None,
    }
    if wrong := [Problem(_NEEDS_FILE, field=name) for name, is_given in given.items() if is_given]:
        raise UsageError(wrong)
    return None


print_options = gathered(
    "print_choices",
    _choices,
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
"""Adds the options; the command gets `print_choices` in their place."""


def print_run(
    choices: PrintChoices | None,
    roster: Roster,
    mapping: Mapping[str, str],
    base: Source | None,
    *,
    out: Path,
    encrypts: bool,
) -> PrintRun | None:
    """Return what makes the print file; None without --print-file.

    Raises:
        UsageError: the choices contradict other options, or the column to sort by does not exist.
        WriteError: the file could not be written.
    """
    if choices is None:
        return None
    from pdfgen.production.print_run import PrintRun, check_choices

    check_choices(choices, out, encrypts=encrypts)
    return PrintRun(choices, roster, mapping, base)


def finish_printing(printing: PrintRun, run: BatchRun, folder: Path) -> ExitCode:
    """Write the print file of a complete run, and report its size."""
    choices = printing.choices
    try:
        printed = printing.write(run.records, folder)
    except PdfgenError as error:
        report.problems(error.problems)
        leave_out(printing, "the programs are finished")
        return error.exit_code
    except KeyboardInterrupt:
        leave_out(printing, "interrupted; the programs are finished, go on with --resume")
        return ExitCode.INTERRUPTED
    if printed is None:
        leave_out(printing, "there are no programs")
        return ExitCode.OK
    name = click.format_filename(choices.path)
    report.note(f"{name}: {printed.summary(duplex=choices.duplex)}")
    report.result(name)
    return ExitCode.OK


def leave_out(printing: PrintRun, reason: str = "") -> None:
    """Report that no print file was written."""
    old = "; the one that is there is of an earlier run" if printing.choices.path.exists() else ""
    report.line(f"no print file was written{': ' if reason else ''}{reason}{old}")
