"""The program `pdfgen`: finding the command, and turning every failure into lines on stderr and an exit code.

A command's module is imported when the command is called, so that help and completion stay quick.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import gc
import importlib
import io
import os
import signal
import sys
import traceback
from types import FrameType
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from pdfgen.cli import options, output, report
from pdfgen.delivery.interruptions import STOPPING
from pdfgen.delivery.writing import STDOUT_NAME, advice, unwritable
from pdfgen.errors import ExitCode, PdfgenError
from pdfgen.version import __version__

_COMMANDS = {
    "generate": "Make a patient's program as a PDF.",
    "batch": "Make a program for every patient of a roster.",
    "serve": "Make programs on a page in the browser, on this computer.",
    "check": "Check prescriptions, libraries, clinics and layouts.",
    "plan": "Show the weeks of a program without making a PDF.",
    "list": "List exercises, programs, situations, layouts, languages or positions.",
    "new": "Write a commented file to start from.",
    "schema": "Print or write the JSON Schemas of all input files.",
    "verify": "Check a finished PDF.",
    "scan": "Read ticked week sheets back from scans and photos.",
    "adherence": "Count what week sheets said, on a page with charts.",
    "impose": "Place finished pages on sheets: booklet, cards.",
    "illustrate": "Draw an exercise from a pose in YAML.",
}
"""Command and one line of help. The module is `pdfgen.cli.<command>_command`, unless it stands below."""

#: The page stands above the command line, and takes from it how options and messages look.
_ELSEWHERE = {"serve": "pdfgen.web.serve_command"}

#: What the system says when standard output is full, closed or broken.
_UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF, errno.EIO, errno.EPIPE})

#: Objects that are made between two searches for garbage. A run is short and keeps nearly all its objects;
#: searching as often as Python does would take a twentieth of its time.
GARBAGE_THRESHOLD = 300_000


class Commands(options.Group):
    """The group of all commands: lazy, and the one place where exceptions become exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command; None if the command does not exist."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_ELSEWHERE.get(cmd_name, f"pdfgen.cli.{cmd_name}_command"))
        command: click.Command = module.command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands without importing them, and the options."""
        found = [CompletionItem(name, help=text) for name, text in _COMMANDS.items()]
        offered = [item for item in found if item.value.startswith(incomplete)]
        return offered + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def make_context(self, *arguments: Any, **values: Any) -> click.Context:
        """Read the options; help and version are printed here, where standard output may fail."""
        try:
            return super().make_context(*arguments, **values)
        except OSError as error:
            raise click.exceptions.Exit(_exit_code(error)) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; expected failures print their problems, unexpected ones ask to be reported."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            report.line(f"interrupted; {output.outcome() or 'nothing was written'}")
            code = ExitCode.INTERRUPTED
        except Exception as error:
            code = _exit_code(error)
        return ctx.exit(code)


def _exit_code(error: Exception) -> ExitCode:
    """Report an error and return its exit code."""
    if isinstance(error, PdfgenError):
        report.problems(error.problems)
        if sys.stdout and any(problem.file == STDOUT_NAME for problem in error.problems):
            report.silence(sys.stdout)
        return error.exit_code
    if isinstance(error, OSError) and error.errno in _UNWRITABLE:
        report.silence(sys.stdout)
        # A reader that closes the pipe early is not a failure to report.
        if error.errno != errno.EPIPE:
            report.line("; ".join(filter(None, (f"{STDOUT_NAME}: {advice(error)}", output.outcome()))))
        return ExitCode.WRITE
    if isinstance(error, OSError) and error.errno:
        # What the system refuses is no mistake of ours: no file handles, a name that is too long.
        report.problems([unwritable(error.filename or "pdfgen", error)])
        return ExitCode.WRITE
    _report_bug(error)
    return ExitCode.BUG


def _report_bug(error: Exception) -> None:
    if report.is_given("traceback"):
        report.line("".join(traceback.format_exception(error)).rstrip())
    report.line(
        f"pdfgen {__version__} has a mistake ({type(error).__name__}); please report it"
        + ("" if report.is_given("traceback") else ", with what --traceback prints")
    )


_EPILOG = """\b
Examples:
  pdfgen new patient anna.patient.yaml
  pdfgen check anna.patient.yaml
  pdfgen generate anna.patient.yaml

\b
Exit codes: 0 ok, 1 a mistake in pdfgen, 2 usage, 3 input, 4 does not fit,
5 cannot write, 6 verification failed, 7 some rows or sheets failed, 8 no sheet was
read, 130 interrupted."""


@click.group(
    cls=Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="pdfgen %(version)s")
@report.options
def program() -> None:
    """Home-exercise programs for low back pain as accessible PDFs.

    One file describes one patient; one command makes the finished program.
    """


def _mend_streams() -> None:
    """Replace standard streams that were closed before the start, and let all characters be printed.

    Otherwise the next file that is opened gets the number of a standard stream.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stdout is None:
        # Writing fails as it does into a closed stream.
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _take_names_as_utf8() -> None:
    """Begin again in UTF-8 where the locale is plain ASCII, as under cron: names of files have accents.

    Python does so by itself, unless it is told not to (PYTHONUTF8=0).
    """
    if os.name == "posix" and codecs.lookup(sys.getfilesystemencoding()).name == "ascii":
        with contextlib.suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _catch_signals() -> None:
    """Let a polite request to end, or a terminal that goes away, clean up just as Ctrl-C does."""
    for number in STOPPING:
        # What the caller ignores (nohup) stays ignored.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(signal_number: int, frame: FrameType | None) -> NoReturn:
    _ignore_signals()
    raise KeyboardInterrupt


def _ignore_signals() -> None:
    """Ignore further requests to end, so that nothing interrupts the cleaning up."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


def main() -> NoReturn:
    """Run the command line of this process, and exit."""
    _take_names_as_utf8()
    gc.set_threshold(GARBAGE_THRESHOLD)
    # Plugins of other packages would be shown every value of a patient, and finding them means reading about
    # every package on the computer (pydantic, "Plugins"). A program that imports pdfgen decides for itself.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    _mend_streams()
    _catch_signals()
    try:
        code = program.main(prog_name="pdfgen", standalone_mode=False)
    except click.ClickException as error:
        try:
            error.show()
        except OSError:
            report.silence(sys.stderr)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        report.line("interrupted; nothing was written")
        code = ExitCode.INTERRUPTED
    _ignore_signals()
    # Python searches all that is left for garbage once more when it ends, a seventh of a short run.
    gc.freeze()
    raise SystemExit(code or ExitCode.OK)
