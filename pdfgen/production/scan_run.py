"""A pile of files from a scanner or a phone becomes the sheets that were read, and what could not be.

Pages are read by processes of their own: a hostile file ends one of these and no more, and a page that takes
too long is given up. Pages are read at the same time, and told in the order of the pile.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

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

T = TypeVar("T")

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
    waiting: deque[_Coming] = deque()
    try:
        for coming in _coming(pool, files, pictures):
            waiting.append(coming)
            if len(waiting) > pool.ahead:
                yield _result(pool, waiting.popleft())
        while waiting:
            yield _result(pool, waiting.popleft())
    finally:
        pool.close()


class _Asked(Generic[T]):
    """A call of a function in another process, which can be asked for again."""

    def __init__(self, pool: Executor, call: Callable[[], T]) -> None:
        self._call = call
        self.ask(pool)

    def ask(self, pool: Executor) -> None:
        self.future = pool.submit(self._call)


class _Coming(NamedTuple):
    """A result that is waited for, or that is there: of the file with a number, and one of its pages."""

    number: int
    file: ScanFile
    page: int
    pages: int
    result: _Asked[ScanResult] | ScanResult


class _Pool:
    """Processes that read, which are replaced when one of them hangs.

    Attributes:
        ahead: how many calls it takes at a time to keep all of them at work.
    """

    def __init__(self, count: int) -> None:
        self.ahead = count * _AHEAD
        self._count = count
        self._pool = _started(count)
        self._open: list[_Asked[Any]] = []

    def ask(self, call: Callable[[], T]) -> _Asked[T]:
        asked = _Asked(self._pool, call)
        self._open.append(asked)
        return asked

    def result(self, asked: _Asked[T]) -> T:
        """Return the result of a call.

        Raises:
            ProcessDiedError, TimeoutError: it ended its process, or took too long.
        """
        self._open.remove(asked)
        try:
            return asked.future.result(timeout=_MOST_SECONDS)
        except TimeoutError:
            self.close()
            self._pool = _started(self._count)
            for other in self._open:
                other.ask(self._pool)
            raise

    def close(self) -> None:
        self._pool.shutdown(wait=False)


def _started(count: int) -> Executor:
    """Return processes; where none can be started, pages are read here, one after the other."""
    try:
        return ProcessPool(count)
    except OSError:
        return ThreadPoolExecutor(1)


def _coming(pool: _Pool, files: Sequence[ScanFile], pictures: bool) -> Iterator[_Coming]:
    """Yield what will be told of files, in order; pages are asked for as this is asked.

    What files are is asked for some of them ahead, so that a pile of photos keeps all processes at work.
    """
    numbered, asked = iter(enumerate(files)), deque[tuple[int, ScanFile, _Asked[_Facts]]]()
    while True:
        for number, file in islice(numbered, pool.ahead - len(asked)):
            asked.append((number, file, pool.ask(partial(_facts, file))))
        if not asked:
            return
        number, file, one = asked.popleft()
        try:
            facts = pool.result(one)
        except PdfgenError as error:
            for problem in error.problems:
                yield _Coming(number, file, 1, 1, ScanResult(problem=problem))
        except (TimeoutError, ProcessDiedError, MemoryError):
            yield _Coming(number, file, 1, 1, ScanResult(problem=Problem(_COSTLY, file=str(file))))
        else:
            if facts.form:
                yield _Coming(number, file, 1, 1, _form(facts.form, file))
                continue
            for index in range(facts.pages):
                page = pool.ask(partial(_page, file, index, pictures))
                yield _Coming(number, file, index + 1, facts.pages, page)


def _result(pool: _Pool, coming: _Coming) -> ScanResult:
    result = coming.result
    if not isinstance(result, ScanResult):
        try:
            result = pool.result(result)
        except (TimeoutError, ProcessDiedError):
            result = ScanResult(problem=_at(coming.file, coming.page - 1, _COSTLY))
    return result._replace(file=coming.number, page=coming.page, pages=coming.pages)


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
