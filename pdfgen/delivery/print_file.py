"""The print file of a batch: all programs of its manifest in one PDF, made from the files in the folder.

It is written as a stream into a part, which takes its place in one step. Besides what programs share, the
pages of a few of them are in memory at a time.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pdfgen.delivery.manifest import Record
from pdfgen.delivery.writing import check_target, clear_stale_parts, new_part, sync_folder, unwritable
from pdfgen.errors import Problem, VerificationError, WriteError
from pdfgen.pdf.file_objects import DamagedFileError
from pdfgen.pdf.page_copies import CopiedPage
from pdfgen.pdf.print_file import PrintFile

_PDF_START = b"%PDF-"
_CHANGED = "is not what it was when it was made; take it away and go on with --resume"
#: Programs whose separator sheets are made together: making a file for each would take longer.
_TOGETHER = 32
#: Points by which sizes of the same paper may differ.
_SAME_PAPER = 1.0
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


def check_print_file(path: Path) -> Path:
    """Check before long work that the print file could be written, and return the file behind any links.

    Raises:
        WriteError: it cannot, or something else than a PDF stands there.
    """
    return check_target(path, replaces=_PDF_START)


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
        WriteError: it could not be written; what stood there before is untouched.
        VerificationError: a finished file is not there any more, or was changed.
    """
    target = check_print_file(path)
    missing = [parent for parent in target.parents if not parent.exists()]
    part = new_part(target.parent)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_stale_parts(target.parent)
        with part.open("xb") as file:
            stack = _Stack(PrintFile(file), folder, duplex=duplex)
            stack.add_all(programs, separators)
            printed = stack.finish(programs)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            part.chmod(target.stat().st_mode & 0o7777)
        part.replace(target)
    except BaseException as error:
        part.unlink(missing_ok=True)
        for parent in missing:
            # Somebody else may have put something into it by now.
            with contextlib.suppress(OSError):
                parent.rmdir()
        if isinstance(error, OSError):
            raise WriteError(unwritable(path, error)) from error
        raise
    sync_folder(target.parent)
    return printed


class _Stack:
    """The stack of paper that grows."""

    def __init__(self, file: PrintFile, folder: Path, *, duplex: bool) -> None:
        self._file = file
        self._folder = folder
        self._duplex = duplex
        self._papers: dict[tuple[int, int], tuple[float, float]] = {}

    def add_all(self, programs: Sequence[Program], separators: SeparatorMaker | None) -> None:
        waiting = iter(enumerate(programs, start=1))
        while some := list(islice(waiting, _TOGETHER)):
            taken = ((place, program, self._taken(program)) for place, program in some)
            for program, pages in self._separated(list(taken), separators) if separators else (
                (program, pages) for _, program, pages in taken
            ):  # fmt: skip
                self._file.add(program.title, pages)

    def _taken(self, program: Program) -> list[CopiedPage]:
        """Return the pages of a program."""
        name = program.record.file
        try:
            data = (self._folder / name).read_bytes()
            source = self._file.open(data)
            if source.digest != program.record.sha256:
                raise VerificationError(Problem(_CHANGED, file=name))
            pages = self._file.take(source)
        except (OSError, DamagedFileError) as error:
            raise VerificationError(Problem(_CHANGED, file=name)) from error
        for page in {page.paper: page for page in pages}.values():
            width, height = page_size(page)
            self._papers.setdefault(
                (round(width / _SAME_PAPER), round(height / _SAME_PAPER)), (width, height)
            )
        return self._on_sheets(pages)

    def _separated(
        self, taken: Sequence[tuple[int, Program, list[CopiedPage]]], separators: SeparatorMaker
    ) -> Iterator[tuple[Program, list[CopiedPage]]]:
        """Yield programs with the sheets before them."""
        wanted = [Separated(program, place, *page_size(pages[0])) for place, program, pages in taken]
        sheets = self._file.take(self._file.open(separators(wanted)))
        for sheet, (_, program, pages) in zip(sheets, taken, strict=True):
            yield program, [*self._on_sheets((sheet,)), *pages]

    def _on_sheets(self, pages: Sequence[CopiedPage]) -> list[CopiedPage]:
        """Return pages with a blank one behind them where they leave the back of a sheet free."""
        return [*pages, pages[-1].blank()] if self._duplex and len(pages) % 2 else list(pages)

    def finish(self, programs: Sequence[Program]) -> Printed:
        languages = {program.language for program in programs}
        self._file.finish(
            _TITLE.format(count=len(programs)),
            language=languages.pop() if len(languages) == 1 else "",
            duplex=self._duplex,
        )
        return Printed(len(programs), self._file.pages, self._file.size, tuple(self._papers.values()))


_BOX = re.compile(rb"/(Media|Crop)Box \[([-\d. ]+)\]")
_TURNED = re.compile(rb"/Rotate (-?\d+)")


def page_size(page: CopiedPage) -> tuple[float, float]:
    """Return width and height of a page as shown, in points.

    Raises:
        DamagedFileError: it does not say how large it is.
    """
    boxes = dict(_BOX.findall(page.paper))
    try:
        left, bottom, right, top = map(float, (boxes.get(b"Crop") or boxes[b"Media"]).split())
    except (KeyError, ValueError):
        raise DamagedFileError("a page has no size") from None
    size = abs(right - left), abs(top - bottom)
    turned = _TURNED.search(page.paper)
    return size[::-1] if turned and int(turned[1]) % 180 else size
