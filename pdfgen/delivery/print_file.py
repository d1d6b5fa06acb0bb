"""The print file of a batch: all programs of its manifest in one PDF, made from the files in the folder.

On the disk it is written into a part, which takes its place in one step. The programs are opened one after
the other; in memory are what they share, and a few small objects of each page.
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
        """Return how much paper it takes, and how large the file is."""
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
    with replacing(path, target) as part:
        clear_stale_parts(target.parent)
        return stack(
            part,
            programs,
            lambda record: (folder / record.file).read_bytes(),
            duplex=duplex,
            separators=separators,
        )


def stack(
    part: BinaryIO,
    programs: Sequence[Program],
    contents: Callable[[Record], bytes],
    *,
    duplex: bool = True,
    separators: SeparatorMaker | None = None,
) -> Printed:
    """Write the programs, in this order, into a file that is open.

    Args:
        part: is written to, from its first byte on.
        programs, duplex, separators: as for `write_print_file`.
        contents: returns the bytes of a finished file.

    Raises:
        VerificationError: a finished file is missing or was changed.
    """
    file = PrintFile(part, duplex=duplex)
    papers: dict[tuple[int, int], tuple[float, float]] = {}
    waiting = iter(enumerate(programs, start=1))
    while some := list(islice(waiting, _TOGETHER)):
        taken = [_taken(file, contents, program.record) for _, program in some]
        wanted = [
            Separated(program, place, *pages[0].size)
            for (place, program), pages in zip(some, taken, strict=True)
        ]
        sheets = [[sheet] for sheet in file.take(separators(wanted))] if separators else [[]] * len(some)
        for (_, program), sheet, pages in zip(some, sheets, taken, strict=True):
            file.add(program.title, sheet, pages)
            for size in {page.size for page in pages}:
                width, height = size
                papers.setdefault((round(width / _SAME_PAPER), round(height / _SAME_PAPER)), size)
    languages = {program.language for program in programs}
    language = languages.pop() if len(languages) == 1 else ""
    file.close(_TITLE.format(count=len(programs)), language=language)
    return Printed(len(programs), file.pages, part.tell(), tuple(papers.values()))


def _taken(file: PrintFile, contents: Callable[[Record], bytes], record: Record) -> list[PrintedPage]:
    """Return the pages of a program for the print file.

    Raises:
        VerificationError: its file is missing or was changed.
    """
    try:
        data = contents(record)
        if hashlib.sha256(data).hexdigest() == record.sha256:
            return file.take(data)
    except (OSError, UnreadableFileError) as error:
        raise VerificationError(Problem(_CHANGED, file=record.file)) from error
    raise VerificationError(Problem(_CHANGED, file=record.file))


def _size(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB" if size >= _MEGABYTE else f"{size / _KILOBYTE:.0f} kB"
