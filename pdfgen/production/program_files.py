"""The files of one program: the patient's copy, one in a second language, sheets for the printer, a calendar.

A single program and a row of a list are made here alike: composed once for all patients with the same plan,
then completed with the words of each. What cannot be completed (a name of two lines where one was kept free,
a character that the fonts in the file lack) is composed anew; both ways give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pdfgen.content.models.layout import LARGE_PAPERS, large_paper
from pdfgen.delivery.manifest import CALENDAR, CALENDAR_ENDING, COPY, PROGRAM, SHEETS
from pdfgen.production.calendar import calendar
from pdfgen.production.program import Program, compose, twin, values_of, write
from pdfgen.production.program_warnings import warnings_of_pages
from pdfgen.production.shared import Shared
from pdfgen.production.shared_program import SharedProgram

if TYPE_CHECKING:
    from pdfgen.delivery.imposition import Imposed
    from pdfgen.errors import Problem
    from pdfgen.pdf.shared_file import PdfFile

#: Files of a plan that are kept: dates, therapists and names may take more lines in one than in another.
_MOST_SHARED = 4


class ProgramFile(NamedTuple):
    """One of the files of a program.

    Attributes:
        kind: which one: one of `manifest.KINDS`.
        data: its bytes, in parts.
        sha256: its digest, in hex.
        pages: how many; of sheets for the printer, their sides.
        summary: of sheets, what to do with them; of a program, that its layout is made for larger paper.
        warnings: what should be looked at on its pages, beside what `warnings_of` tells of the program.
    """

    kind: str
    data: tuple[bytes, ...]
    sha256: str
    pages: int
    summary: str = ""
    warnings: tuple[Problem, ...] = ()


def suffixes(program: Program, *, sheets: bool = True, calendars: bool = False) -> Mapping[str, str]:
    """Return what stands behind the stem of the name of each file, by its kind.

    Args:
        sheets: whether sheets for the printer are among them, where the layout has them.
        calendars: whether a calendar is among them.
    """
    found = {PROGRAM: ""}
    if program.second_language is not None:
        found[COPY] = f"-{program.second_language.id}"
    if sheets and program.layout.imposition is not None:
        found[SHEETS] = "-print"
    if calendars:
        found[CALENDAR] = CALENDAR_ENDING
    return found


def make_files(
    program: Program, shared: Shared, *, sheets: bool = True, calendars: bool = False
) -> Iterator[ProgramFile]:
    """Yield the files of a program that was planned, in the order of `suffixes`, with its arguments.

    Raises:
        InputError: a drawing or a photo cannot be read, or a calendar has no first day.
        FitError: something does not fit on its page, or the pages do not fit on the paper.
    """
    copies = [copy for copy in (program, twin(program)) if copy is not None]
    kept: list[list[SharedProgram]] = shared.lru(("files", program.plan_key, program.name_in_metadata), list)
    written = _completed(copies, kept, shared) or _composed(copies, kept, shared)
    for kind, (file, one) in zip((PROGRAM, COPY), written, strict=False):
        # Both copies have the same photos in the same places.
        says_all = one.sheets_say_all
        seen = warnings_of_pages(program, one.photos, one.pages, says_all=says_all) if kind == PROGRAM else ()
        told = _on_smaller_paper(program, one.pages) if kind == PROGRAM else ""
        yield ProgramFile(kind, (file.shared, file.own), file.sha256, one.pages, told, warnings=seen)
    if sheets and program.layout.imposition is not None:
        file, _ = written[0]
        imposed = on_sheets(program, file.data)
        sha256 = hashlib.sha256(imposed.data).hexdigest()
        yield ProgramFile(SHEETS, (imposed.data,), sha256, imposed.sides, imposed.summary)
    if calendars:
        events = calendar(program, shared)
        yield ProgramFile(CALENDAR, (events,), hashlib.sha256(events).hexdigest(), 0)


def _on_smaller_paper(program: Program, pages: int) -> str:
    """Return how many pages a program takes on smaller paper than its layout is made for; else nothing."""
    made_for = program.layout.paper
    if program.layout.type_a3 is None or made_for not in LARGE_PAPERS or program.paper in LARGE_PAPERS:
        return ""
    larger = large_paper(program.paper)
    return (
        f"{pages} pages of {program.paper}; {program.layout_name} is made for {larger}, and takes fewer of it"
    )


def _completed(
    copies: Sequence[Program], kept: Sequence[Sequence[SharedProgram]], shared: Shared
) -> list[tuple[PdfFile, SharedProgram]]:
    """Return the copies, completed from what was composed for an earlier patient; nothing where none fits.

    In twin copies texts take each other's height, so both must fit.
    """
    for programs in kept:
        files = [
            (file, one)
            for copy, one in zip(copies, programs, strict=True)
            if (file := one.file(values_of(copy, shared), copy.created)) is not None
        ]
        if len(files) == len(copies):
            return files
    return []


def _composed(
    copies: Sequence[Program], kept: list[list[SharedProgram]], shared: Shared
) -> list[tuple[PdfFile, SharedProgram]]:
    """Return the copies, composed for this patient, and keep what they share with others."""
    programs = [write(compose(copy, shared)) for copy in copies]
    if all(one.serves_others for one in programs) and not copies[0].name_in_metadata:
        kept.insert(0, programs)
        del kept[_MOST_SHARED:]
    found = _completed(copies, [programs], shared)
    if not found:
        raise RuntimeError("a program does not take the words that it was composed with")
    return found


def on_sheets(program: Program, data: bytes) -> Imposed:
    """Place the pages of a layout that is folded or cut on the paper that they are parts of.

    Raises:
        FitError: they do not fit there.
    """
    from pdfgen.content.models.layout import CardSheets
    from pdfgen.delivery.imposition import Booklet, Cards, impose

    asked = program.layout.imposition
    if asked is None:
        raise ValueError("this layout is neither folded nor cut")
    if isinstance(asked, CardSheets):
        return impose(data, Cards(asked.up, program.paper))
    return impose(data, Booklet(asked.creep, program.paper, asked.stitch_marks))
