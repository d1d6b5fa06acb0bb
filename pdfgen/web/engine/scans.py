"""Week sheets that came back: scans are read page by page, and become tables and charts.

What reads scans is an extra, and is not in the one file, so all of it is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.errors import InputError, PdfgenError, Problem
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.requests import Request, RequestError
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import Workplace

if TYPE_CHECKING:
    from pdfgen.production.scan_run import ScanResult
    from pdfgen.scanning.table import Row

#: Files of one request, as many as the server takes. They are named by their places: 0, 1, 2 …
MOST_FILES = 12
_PAPERS = ("a4", "letter")
_NOT_HERE = "this edition reads no scans"


def named_files(request: Request) -> list[tuple[str, bytes]]:
    """Return the files of a request with the names that they have for people, without folders.

    Raises:
        RequestError: names and files do not go together.
    """
    names = request.texts("names", MOST_FILES)
    plain = [name.replace("\\", "/").rpartition("/")[2] for name in names]
    return [(name, request.file(str(place))) for place, name in enumerate(plain)]


def check_edition(workplace: Workplace) -> None:
    """Refuse what this edition cannot do.

    Raises:
        RequestError: it reads no scans.
    """
    if not workplace.edition.can["scans"]:
        raise RequestError(_NOT_HERE)


def scan_read(workplace: Workplace, request: Request) -> Iterator[Frame]:
    """Yield a frame for each page that was read or not, then one that says how many files there were."""
    check_edition(workplace)
    from pdfgen.scanning.packages import missing_packages

    if missing := missing_packages():
        yield Frame({"files_read": 0, "problems": told([Problem(missing)])})
        return
    from pdfgen.production.scan_run import scan
    from pdfgen.scanning.pages import HeldFile

    files = [HeldFile(name, data) for name, data in named_files(request)]
    for result in scan(files, pictures=True):
        yield _page(result)
    yield Frame({"files_read": len(files), "problems": []})


def _page(result: ScanResult) -> Frame:
    from pdfgen.scanning.plain_data import sheet_as_data

    found: dict[str, Any] = {
        "file": result.file,
        "page": result.page,
        "pages": result.pages,
        "sheets": [{"name": sheet.name, **sheet_as_data(sheet)} for sheet in result.sheets],
        "problems": told([result.problem] if result.problem else []),
        "blank": result.is_blank,
        "picture": None,
    }
    pictures = result.pictures
    if pictures is None:
        return Frame(found)
    width, height = pictures.size
    parts = [NamedFile(f"{name}.jpg", data) for name, data in pictures.parts.items()]
    found["picture"] = {
        "width": width,
        "height": height,
        "boxes": [[box.name, box.state, box.left, box.top, box.width, box.height] for box in pictures.boxes],
    }
    return Frame(found, (NamedFile("sheet.jpg", pictures.whole), *parts))


def scan_table(workplace: Workplace, request: Request) -> Frame:
    """Return the sheets in order, with their lines, after what was decided."""
    check_edition(workplace)
    from pdfgen.scanning.decisions import with_decisions
    from pdfgen.scanning.table import differing_copies, in_order, rows_of
    from pdfgen.web.engine.scan_sheets import decisions_of, known_of, sheets_of

    sheets = with_decisions(in_order(sheets_of(request)), decisions_of(request))
    known, differing = known_of(request), differing_copies(sheets)
    return Frame(
        {
            "sheets": [
                {
                    "name": sheet.name,
                    "document": sheet.document,
                    "week": sheet.week,
                    "file": sheet.file,
                    "page": sheet.page,
                    "copy_of": sheet.copy_of,
                    "differs": sheet in differing,
                    "rows": [row._asdict() for row in rows_of([sheet], known, WEEKDAYS)],
                }
                for sheet in sheets
            ]
        }
    )


def scan_decisions(workplace: Workplace, request: Request) -> Frame:
    """Return the decisions of a file that was saved before."""
    check_edition(workplace)
    from pdfgen.scanning.decisions import listed, read_decisions

    try:
        made = read_decisions(request.file("decisions"), request.text("name", "decisions.json"))
    except InputError as error:
        return Frame({"decisions": [], "problems": told(error.problems)})
    return Frame({"decisions": listed(made), "problems": []})


def scan_save(workplace: Workplace, request: Request) -> Frame:
    """Return what the command line would write of the sheets: a table, or a page of charts."""
    check_edition(workplace)
    from pdfgen.scanning.decisions import with_decisions
    from pdfgen.scanning.table import in_order, rows_of
    from pdfgen.web.engine.scan_sheets import decisions_of, known_of, sheets_of

    kind = request.text("kind")
    if kind not in _MAKERS:
        raise RequestError(f"kind must be one of {', '.join(_MAKERS)}")
    sheets = with_decisions(in_order(sheets_of(request)), decisions_of(request))
    rows = list(rows_of(sheets, known_of(request), WEEKDAYS))
    try:
        file = _MAKERS[kind](rows, request)
    except PdfgenError as error:
        return Frame({"problems": told(error.problems)})
    return Frame({"problems": []}, (file,))


def _csv(rows: Sequence[Row], _request: Request) -> NamedFile:
    from pdfgen.scanning.table import as_csv

    return NamedFile("ticks.csv", as_csv(rows))


def _json(rows: Sequence[Row], request: Request) -> NamedFile:
    from pdfgen.scanning.table import as_json

    refused = [
        Problem(str(one.get("message", "")), file=str(one.get("file", "")))
        for one in request.items("not_read", 10_000)
        if isinstance(one, Mapping)
    ]
    return NamedFile("ticks.json", as_json(rows, refused))


def _fhir(rows: Sequence[Row], _request: Request) -> NamedFile:
    from pdfgen.scanning.fhir_answers import as_fhir

    return NamedFile("ticks.fhir.json", as_fhir(rows))


def _adherence(rows: Sequence[Row], request: Request) -> NamedFile:
    """Return the page of charts that `pdfgen adherence` makes of the CSV.

    Raises:
        InputError, FitError: there is nothing to count, or it does not fit.
    """
    from pdfgen.production.adherence_page import adherence_pdf
    from pdfgen.scanning.adherence import adherence_of
    from pdfgen.scanning.table import as_csv, read_csv

    paper = request.text("paper", _PAPERS[0])
    if paper not in _PAPERS:
        raise RequestError(f"paper must be one of {', '.join(_PAPERS)}")
    found = adherence_of(read_csv(as_csv(rows), "ticks.csv"))
    if not any(one.weeks for one in found):
        raise InputError(Problem("holds no sheet of a week", file="ticks.csv"))
    return NamedFile("adherence.pdf", adherence_pdf(found, request.text("language", "en"), paper))


_MAKERS: Mapping[str, Callable[[Sequence[Row], Request], NamedFile]] = MappingProxyType(
    {"csv": _csv, "json": _json, "fhir": _fhir, "adherence": _adherence}
)
