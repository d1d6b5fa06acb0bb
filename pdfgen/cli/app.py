"""The program `pdfgen`: finding the command, and turning every failure into lines on stderr and an exit code.

A command's module is imported when the command is called, so that help and completion stay quick.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import signal
import sys
import traceback
from types import FrameType
from typing import Any, NoReturn

import click

import pdfgen
from pdfgen.cli import report
from pdfgen.errors import ExitCode, PdfgenError

_COMMANDS = {
    "generate": "Make a patient's program as a PDF.",
    "check": "Check prescriptions, libraries, clinics and layouts.",
    "plan": "Show the weeks of a program without making a PDF.",
    "list": "List exercises, programs, layouts, languages or situations.",
    "new": "Write a commented file to start from.",
    "schema": "Print or write the JSON Schemas of all input files.",
    "verify": "Check a finished PDF.",
}
"""Command and one line of help. The module is `pdfgen.cli.<command>_command`."""

#: What the system says when standard output is full, closed or broken.
_UNWRITABLE = frozenset({errno.ENOSPC, errno.EBADF, errno.EIO})


class Program(click.Group):
    """The group of all commands: lazy, and the one place where exceptions become exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command; None if there is no such command."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"pdfgen.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; expected failures print their problems, unexpected ones ask to be reported."""
        try:
            return super().invoke(ctx)
        except PdfgenError as error:
            report.problems(error.problems)
            code = error.exit_code
        except BrokenPipeError:
            # The reader has had enough. Python must not try to flush into the closed pipe once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = ExitCode.WRITE
        except OSError as error:
            if error.errno not in _UNWRITABLE:
                _report_bug(error)
                return ctx.exit(ExitCode.BUG)
            code = _no_output(error)
        except KeyboardInterrupt:
            report.line("interrupted; nothing was written")
            code = ExitCode.INTERRUPTED
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            _report_bug(error)
            code = ExitCode.BUG
        return ctx.exit(code)


def _report_bug(error: Exception) -> None:
    if report.shows_traceback():
        report.line("".join(traceback.format_exception(error)).rstrip())
    report.line(
        f"pdfgen {pdfgen.__version__} has a mistake ({type(error).__name__}); please report it"
        + ("" if report.shows_traceback() else ", with what --traceback prints")
    )


_EPILOG = """\b
Examples:
  pdfgen new patient anna.patient.yaml
  pdfgen check anna.patient.yaml
  pdfgen generate anna.patient.yaml

\b
Exit codes: 0 ok, 1 a mistake in pdfgen, 2 usage, 3 input, 4 does not fit,
5 cannot write, 6 verification failed, 130 interrupted."""


@click.group(
    cls=Program,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(pdfgen.__version__, "--version", message="pdfgen %(version)s")
@report.options
def program() -> None:
    """Home-exercise programs for low back pain as accessible PDFs.

    One file describes one patient; one command makes the finished program.
    """


def _no_output(error: OSError) -> ExitCode:
    """Say that standard output takes nothing, and keep Python from trying once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    report.line(f"standard output cannot be written to ({error.strerror})")
    return ExitCode.WRITE


def _stop(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def main() -> NoReturn:
    """Run the command line of this process, and exit."""
    # A run is short and keeps nearly all that it makes, so searching for garbage costs a tenth of its time.
    gc.set_threshold(100_000)
    # A polite request to end, or a terminal that goes away, must clean up just as Ctrl-C does.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    if sys.stdin is None:
        # Closed before the start; then it is as empty as the null device.
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    try:
        program.main(prog_name="pdfgen")
    except OSError as error:
        # Help is written before any command is invoked.
        if error.errno not in _UNWRITABLE:
            raise
        raise SystemExit(_no_output(error)) from None
    raise SystemExit(ExitCode.OK)
