"""The print file of a batch: all programs of its manifest in one PDF, made from the files in the folder.

It is written into a part, which takes its place in one step. The programs are opened one after the other; in
memory are what they share, and a few small objects of each page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from pdfgen.delivery.manifest import Record
from pdfgen.delivery.writing import PDF_START, check_target, clear_stale_parts, replacing
from pdfgen.errors import Problem, VerificationError
from pdfgen.pdf.finished import UnreadableFileError
from pdfgen.pdf.print_file import PrintedPage, PrintFile

_CHANGED = "was changed since it was made; remove it and go on with --resume"
#: Programs whose separator sheets are made together: making a file for each would take longer.
_TOGETHER = 32
#: Points by which sizes of the same paper may differ.
_SAME_PAPER = 1.0
_KILOBYTE, _MEGABYTE = 1e3, 1e6
_TITLE = "Programs to print: {count}"


class Program(NamedTuple):
    """One finished program.

    Attributes:
        number: its place in the roster, from 1.
        record: of its file.
        title: of its bookmark.
        language: that it is in.
    """

    number: int
    record: Record
    title: str
    language: str


class Separated(NamedTuple):
    """A program that is to get a separator sheet: its place in the stack from 1, and the paper in points."""

    program: Program
    place: int
    width: float
    height: float


SeparatorMaker: TypeAlias = Callable[[Sequence[Separated]], bytes]
"""Makes a PDF file with a page for each program."""


class Printed(NamedTuple):
    """What a print file came to be: `papers` are the sizes of its pages in points."""

    programs: int
    pages: int
    size: int
    papers: tuple[tuple[float, float], ...]

    def summary(self, *, duplex: bool) -> str:
        """How much paper it takes, and how large the file is."""
        sheets = self.pages // 2 if duplex else self.pages
        programs = "1 program" if self.programs == 1 else f"{self.programs} programs"
        paper = "1 sheet" if sheets == 1 else f"{sheets} sheets"
        pages = "1 page" if self.pages == 1 else f"{self.pages} pages"
        several = f" of {len(self.papers)} sizes" if self.papers[1:] else ""
        return f"{programs}, {pages} on {paper} of paper{several}, {_size(self.size)}"


def check_print_file(path: Path) -> Path:
    """Check before long work that the print file could be written, and return the file behind any links.

    Raises:
        WriteError: it could not, or the file that is there is not a PDF.
    """
    return check_target(path, replaces=PDF_START)


def write_print_file(
    path: Path,
    folder: Path,
    programs: Sequence[Program],
    *,
    duplex: bool = True,
    separators: SeparatorMaker | None = None,
) -> Printed:
    """Write the programs, in this order, into one file. Missing folders are made.

    Args:
        path: of the print file.
        folder: where the programs are.
        programs: at least one.
        duplex: whether each begins on the front of a sheet; blank pages are put in for that.
        separators: makes a sheet before each; None where there are to be none.

    Raises:
        WriteError: it could not be written; the file that was there before is untouched.
        VerificationError: a finished file is missing or was changed.
    """
    target = check_print_file(path)
    with replacing(path, target) as file:
        clear_stale_parts(target.parent)
        stack = _Stack(file, folder, duplex=duplex)
        stack.add_all(programs, separators)
        return stack.close(programs)


class _Stack:
    """The stack of paper that grows."""

    def __init__(self, part: BinaryIO, folder: Path, *, duplex: bool) -> None:
        self._part = part
        self._file = PrintFile(part)
        self._folder = folder
        self._duplex = duplex
        self._papers: dict[tuple[int, int], tuple[float, float]] = {}

    def add_all(self, programs: Sequence[Program], separators: SeparatorMaker | None) -> None:
        waiting = iter(enumerate(programs, start=1))
        while some := list(islice(waiting, _TOGETHER)):
            taken = [(place, program, self._taken(program)) for place, program in some]
            sheets = self._separators(taken, separators) if separators else [[]] * len(taken)
            for sheet, (_, program, pages) in zip(sheets, taken, strict=True):
                self._file.add(program.title, [*sheet, *pages])

    def _taken(self, program: Program) -> list[PrintedPage]:
        """Return the pages of a program."""
        name = program.record.file
        try:
            data = (self._folder / name).read_bytes()
            if hashlib.sha256(data).hexdigest() != program.record.sha256:
                raise VerificationError(Problem(_CHANGED, file=name))
            pages = self._file.take(data)
        except (OSError, UnreadableFileError) as error:
            raise VerificationError(Problem(_CHANGED, file=name)) from error
        for width, height in {page.size for page in pages}:
            self._papers.setdefault(
                (round(width / _SAME_PAPER), round(height / _SAME_PAPER)), (width, height)
            )
        return self._on_sheets(pages)

    def _separators(
        self, taken: Sequence[tuple[int, Program, list[PrintedPage]]], separators: SeparatorMaker
    ) -> list[list[PrintedPage]]:
        """Return the sheet before each program."""
        wanted = [Separated(program, place, *pages[0].size) for place, program, pages in taken]
        return [self._on_sheets([sheet]) for sheet in self._file.take(separators(wanted))]

    def _on_sheets(self, pages: list[PrintedPage]) -> list[PrintedPage]:
        """Return pages with a blank one behind them where they leave the back of a sheet free."""
        return [*pages, pages[-1].blank()] if self._duplex and len(pages) % 2 else pages

    def close(self, programs: Sequence[Program]) -> Printed:
        languages = {program.language for program in programs}
        self._file.close(
            _TITLE.format(count=len(programs)),
            language=languages.pop() if len(languages) == 1 else "",
            duplex=self._duplex,
        )
        return Printed(len(programs), self._file.pages, self._part.tell(), tuple(self._papers.values()))


def _size(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB" if size >= _MEGABYTE else f"{size / _KILOBYTE:.0f} kB"
