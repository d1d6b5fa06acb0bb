"""A pile of files from a scanner or a phone becomes the sheets that were read, and what could not be.

Pages are read by processes of their own: a hostile file ends one of these and no more, and a page that takes
too long is given up. Pages are read at the same time, and told in the order of the pile.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import NamedTuple

from pdfgen.content.files.file_bytes import read_bytes
from pdfgen.errors import InputError, PdfgenError, Problem
from pdfgen.pdf.form_values import FormValues, form_values
from pdfgen.production.process_pool import ProcessDiedError, ProcessPool
from pdfgen.scanning.answers import answers_of
from pdfgen.scanning.filled_forms import is_program, sheets_of_form
from pdfgen.scanning.messages import NOT_READ
from pdfgen.scanning.pages import MOST_BYTES, HeldFile, ScanFile, page_count, pages_of
from pdfgen.scanning.reading import NotRead, Refusal, read_sheet
from pdfgen.scanning.sheet_pictures import SheetPictures, pictures_of
from pdfgen.scanning.table import ReadSheet

#: Seconds on the clock for a page, and bytes of memory for all that a process does.
_MOST_SECONDS, _MOST_MEMORY = 60.0, 4 << 30
#: Processes unless it is said how many, and pages that are asked for ahead for each of them.
_MOST_WORKERS, _AHEAD = 4, 2

_COSTLY = "takes too long or too much memory to read; it is damaged, or was made to do harm"
_NO_ID = (
    "is a filled program, but says no document id; take the file that the viewer saved, not a print of it"
)
_NOTHING = "is a program in which nothing is filled in"


class ScanResult(NamedTuple):
    """What became of a page, or of a filled form.

    Attributes:
        sheets: that were read.
        problem: why it was not read.
        pictures: of the sheet, where they were asked for.
        is_blank: whether there is nothing on the page.
        file: where it stands among the files, from 0.
        page, pages: which page of how many; a filled form, or a file that cannot be read, counts as one.
    """

    sheets: tuple[ReadSheet, ...] = ()
    problem: Problem | None = None
    pictures: SheetPictures | None = None
    is_blank: bool = False
    file: int = 0
    page: int = 1
    pages: int = 1


class _Facts(NamedTuple):
    """What has to be known of a file before its pages are read."""

    pages: int
    form: FormValues | None


def scan(files: Sequence[ScanFile], *, pictures: bool = False, workers: int = 0) -> Iterator[ScanResult]:
    """Read files in order.

    Args:
        files: where they are, or what is in them.
        pictures: whether pictures of the sheets are wanted, too.
        workers: how many processes; 0 is as many as there are processors, up to four.
    """
    pool = _Pool(workers or min(_MOST_WORKERS, os.cpu_count() or 1))
    try:
        for number, file in enumerate(files):
            for result in _file(pool, file, pictures):
                yield result._replace(file=number)
    finally:
        pool.close()


class _Pool:
    """Processes that read, which are replaced when one of them hangs."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = _started(count)

    def facts(self, file: ScanFile) -> Future[_Facts]:
        return self._pool.submit(_facts, file)

    def page(self, file: ScanFile, index: int, pictures: bool) -> Future[ScanResult]:
        return self._pool.submit(_page, file, index, pictures)

    def renew(self) -> None:
        self.close()
        self._pool = _started(self.count)

    def close(self) -> None:
        self._pool.shutdown(wait=False)


def _started(count: int) -> Executor:
    """Return processes; where none can be started, pages are read here, one after the other."""
    try:
        return ProcessPool(count)
    except OSError:
        return ThreadPoolExecutor(1)


def _file(pool: _Pool, file: ScanFile, pictures: bool) -> Iterator[ScanResult]:
    try:
        facts = pool.facts(file).result(timeout=_MOST_SECONDS)
    except PdfgenError as error:
        yield from (ScanResult(problem=problem) for problem in error.problems)
        return
    except (TimeoutError, ProcessDiedError, MemoryError):
        pool.renew()
        yield ScanResult(problem=Problem(_COSTLY, file=str(file)))
        return
    if facts.form:
        yield _form(facts.form, file)
        return
    for page, result in enumerate(_pages(pool, file, facts.pages, pictures), start=1):
        yield result._replace(page=page, pages=facts.pages)


def _pages(pool: _Pool, file: ScanFile, count: int, pictures: bool) -> Iterator[ScanResult]:
    """Yield the results of pages; some pages are asked for ahead."""
    waiting: deque[tuple[int, Future[ScanResult]]] = deque()
    following = 0
    while waiting or following < count:
        while following < count and len(waiting) < pool.count * _AHEAD:
            waiting.append((following, pool.page(file, following, pictures)))
            following += 1
        index, future = waiting.popleft()
        try:
            yield future.result(timeout=_MOST_SECONDS)
        except ProcessDiedError:
            yield ScanResult(problem=_at(file, index, _COSTLY))
        except TimeoutError:
            yield ScanResult(problem=_at(file, index, _COSTLY))
            pool.renew()
            waiting = deque((other, pool.page(file, other, pictures)) for other, _ in waiting)


def _form(form: FormValues, file: ScanFile) -> ScanResult:
    if not form.document:
        return ScanResult(problem=Problem(_NO_ID, file=str(file)))
    sheets = tuple(sheets_of_form(form.document, form.ticks, form.choices, str(file)))
    return ScanResult(sheets) if sheets else ScanResult(problem=Problem(_NOTHING, file=str(file)))


def _facts(file: ScanFile) -> _Facts:
    """Return what a file is; called in a process of its own."""
    _limit_memory()
    pages = page_count(file)
    if pages.is_form:
        try:
            form = form_values(_bytes(file))
        except InputError as error:
            raise InputError(problem_in(file, problem) for problem in error.problems) from None
        if is_program(form.ticks):
            return _Facts(pages.pages, form)
    return _Facts(pages.pages, None)


def _bytes(file: ScanFile) -> bytes:
    return file.data if isinstance(file, HeldFile) else read_bytes(file, "PDF", MOST_BYTES)


def problem_in(file: ScanFile, problem: Problem) -> Problem:
    """Return a problem with the name of its file."""
    return problem if problem.file else Problem(problem.message, file=str(file))


def _page(file: ScanFile, index: int, pictures: bool) -> ScanResult:
    """Read a page; called in a process of its own."""
    _limit_memory()
    try:
        page = next(pages_of(file, index))
        found = read_sheet(page)
    except InputError as error:
        return ScanResult(problem=_at(file, index, error.problems[0].message))
    except StopIteration:
        return ScanResult(problem=_at(file, index, "is damaged; scan it again"))
    except MemoryError:
        return ScanResult(problem=_at(file, index, _COSTLY))
    if isinstance(found, NotRead):
        if found.reason is Refusal.BLANK:
            return ScanResult(is_blank=True)
        sheet = found.code and ReadSheet(
            found.code.document_id, found.code.sheet.week, found.code.sheet.side, (), "", 0
        )
        message = NOT_READ[found.reason]
        return ScanResult(problem=_at(file, index, f"sheet {sheet.name}: {message}" if sheet else message))
    code = found.code
    answers = answers_of(found)
    sheet = ReadSheet(code.document_id, code.sheet.week, code.sheet.side, answers, str(file), index + 1)
    return ScanResult((sheet,), pictures=pictures_of(found, answers) if pictures else None)


def _at(file: ScanFile, index: int, message: str) -> Problem:
    return Problem(message, field=f"page {index + 1}", file=str(file))


def _limit_memory() -> None:
    """Keep this process from taking all memory of the machine."""
    try:
        import resource
    except ImportError:  # Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = min(one for one in (_MOST_MEMORY, soft, hard) if one != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
