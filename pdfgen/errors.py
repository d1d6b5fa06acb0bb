"""Problems and exceptions: every way in which pdfgen stops, with the exit code of each.

A `Problem` is one thing to mend, with the place where to mend it. An exception carries all
problems that were found, so that a reader can mend a file in one go.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import ClassVar

#: The most problems that one exception reports; nobody mends a file with more of them line by line.
MOST_PROBLEMS = 100


class ExitCode(IntEnum):
    """What the process returns; documented in `docs/errors.md`."""

    OK = 0
    BUG = 1
    USAGE = 2
    INPUT = 3
    FIT = 4
    WRITE = 5
    VERIFICATION = 6
    PARTIAL = 7
    SHEET = 8
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        message: what is wrong and what to do, starting in lower case, without a full stop.
        field: where in the data, in dots: `knee-rolls.steps.0.text.nl`; empty when it is about the file.
        file: the file as the user named it; empty when the problem is about no file.
        line, column: counted from 1; 0 when they are unknown.
    """

    message: str
    field: str = ""
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}"
        return ": ".join(part for part in (place, self.field, self.message) if part)


@dataclass(frozen=True, slots=True)
class MoreProblems(Problem):
    """The last of many problems: how many are not reported.

    Attributes:
        count: how many.
    """

    count: int = 0

    @classmethod
    def counting(cls, count: int) -> MoreProblems:
        """Return the line for `count` problems."""
        return cls(f"and {count} more problem{'s' if count > 1 else ''}; mend those above first", count=count)


def limited(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first `MOST_PROBLEMS` of `problems`, and the number of the others as a last problem.

    Lists that were limited before can be joined and limited again; no problem is counted twice.
    """
    problems = tuple(problems)
    named = [problem for problem in problems if not isinstance(problem, MoreProblems)]
    left = sum(problem.count for problem in problems if isinstance(problem, MoreProblems))
    left += max(0, len(named) - MOST_PROBLEMS)
    return (*named[:MOST_PROBLEMS], *((MoreProblems.counting(left),) if left else ()))


def printable(name: str) -> str:
    """Return a key in a form that is safe to print in a message: short, and without hidden characters."""
    text = "".join(
        f"<U+{ord(character):04X}>" if unicodedata.category(character)[0] == "C" else character
        for character in name[:60]
    )
    return text + "…" if len(name) > 60 else text


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return `problems` in the order of files and lines, each once."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line, problem.column))
    )


class PdfgenError(Exception):
    """Base of all expected failures; the command line returns its `exit_code`.

    `problems` holds the first hundred, and the number of the others (see `limited`).
    """

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, problems: Problem | str | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        if isinstance(problems, Problem):
            problems = (problems,)
        self.problems: tuple[Problem, ...] = limited(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UsageError(PdfgenError):
    """The options or arguments of a command do not go together."""

    exit_code = ExitCode.USAGE


class InputError(PdfgenError):
    """A file cannot be read, or something in it cannot be used."""

    exit_code = ExitCode.INPUT


class CostlyFileError(InputError):
    """Reading a file would take more time or memory than any file that pdfgen makes."""


class FitError(PdfgenError):
    """Something does not fit on its page, or no font has a character."""

    exit_code = ExitCode.FIT


class WriteError(PdfgenError):
    """A result could not be written; the file that was there before is untouched."""

    exit_code = ExitCode.WRITE


class ClusterError(PdfgenError):
    """A cluster, or other processes of this machine, cannot do the work."""

    exit_code = ExitCode.WRITE


class VerificationError(PdfgenError):
    """A finished file does not pass its checks."""

    exit_code = ExitCode.VERIFICATION


def missing_extra(extra: str, *packages: str) -> str:
    """Return what to do where packages of an optional part are missing; empty where all are installed.

    Args:
        extra: its name in `pyproject.toml`. The quotes are those that cmd, PowerShell and sh all know.
        packages: the packages that the part imports.
    """
    if all(importlib.util.find_spec(package) for package in packages):
        return ""
    return (
        f'needs the extra "{extra}"; install it from the folder of pdfgen, in the way that you installed '
        "pdfgen: "
        f'pip install ".[{extra}]", uv tool install ".[{extra}]" or pipx install --force ".[{extra}]"'
    )


def missing_file(path: Path | str, what: str) -> Problem:
    """Return the problem of a file that somebody named and that does not exist."""
    return Problem(f"{what} not found; check the name and the folder", file=str(path))
