"""`pdfgen scan`: ticked week sheets, scanned or photographed, become a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from pdfgen.cli import report
from pdfgen.cli.options import BATCH, FILE, OUTPUT, PATIENT, SCANS, Command, option
from pdfgen.cli.output import write, write_pieces
from pdfgen.content.files.file_bytes import read_bytes
from pdfgen.delivery.writing import STDOUT, check_target
from pdfgen.errors import ExitCode, Problem, UsageError

if TYPE_CHECKING:
    from pdfgen.production.scan_run import ScanResult
    from pdfgen.scanning.table import Known, ReadSheet

_EPILOG = """\b
Examples:
  pdfgen scan scans.pdf --csv ticks.csv
  pdfgen scan *.jpg --csv ticks.csv --review review --patients patients
  pdfgen scan scans.pdf --csv ticks.csv --decisions decisions.json

\b
Exit codes: 7 some pages could not be read, 8 none could."""

#: What a file must begin with to be replaced.
_CSV_START, _JSON_START, _FHIR_START = "\ufeffdocument,week".encode(), b'{\n "schema"', b'{\n "resourceType"'
_PAGE_START = b"<!doctype html>\n<!-- pdfgen review"
_REVIEW = "index.html"
#: A file of decisions is smaller.
_MOST_BYTES = 20_000_000


class _Targets(NamedTuple):
    """What is to be written."""

    csv: Path | None
    json: Path | None
    fhir: Path | None
    review: Path | None

    def check(self) -> None:
        """Check before long work that all of it can be written.

        Raises:
            UsageError, WriteError: it cannot.
        """
        starts = ((self.csv, _CSV_START), (self.json, _JSON_START), (self.fhir, _FHIR_START))
        for path, start in starts:
            if path:
                check_target(path, replaces=start)
        if self.review:
            check_target(self.review / _REVIEW, replaces=_PAGE_START)
        if [path for path, _ in starts].count(STDOUT) > 1:
            raise UsageError(
                Problem("only one of them can go to standard output", field="--csv, --json, --fhir")
            )

    @property
    def uses_stdout(self) -> bool:
        """Whether a table goes to standard output, where nothing else may stand then."""
        return STDOUT in (self.csv, self.json, self.fhir)


@click.command("scan", cls=Command, epilog=_EPILOG)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=FILE)
@option(OUTPUT, "--csv", "csv_file", type=FILE, metavar="FILE|-", help="Write the table as CSV.")
@option(OUTPUT, "--json", "json_file", type=FILE, metavar="FILE|-", help="Write the table as JSON.")
@option(
    OUTPUT,
    "--fhir",
    "fhir_file",
    type=FILE,
    metavar="FILE|-",
    help="Write FHIR R4 QuestionnaireResponses in a Bundle.",
)
@option(
    OUTPUT,
    "--review",
    type=FILE,
    metavar="DIR",
    help="Write a page for the browser that shows what is unsure, to decide it there.",
)
@option(
    PATIENT,
    "--patients",
    type=FILE,
    metavar="DIR|ROSTER",
    help="Prescriptions that the sheets were made from: adds dates and names of exercises.",
)
@option(SCANS, "--decisions", type=FILE, metavar="FILE", help="Apply what the review page saved.")
@option(
    BATCH,
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes that read pages. Default: as many as there are processors, up to 4",
)
@report.options
def command(
    files: tuple[Path, ...],
    csv_file: Path | None,
    json_file: Path | None,
    fhir_file: Path | None,
    review: Path | None,
    patients: Path | None,
    decisions: Path | None,
    workers: int | None,
) -> None:
    """Read week sheets that came back: scans and photos in any order, turned in any way, and filled forms.

    FILE is a PDF, PNG, JPEG, TIFF or HEIC. Each box is ticked, empty, corrected or unsure; what is unsure is
    shown with --review and never guessed. The table says nothing of a patient but the id of the document.
    """
    from pdfgen.scanning.packages import missing_packages

    if missing := missing_packages():
        raise UsageError(Problem(missing, field="scan"))
    from pdfgen.scanning.table import in_order

    targets = _Targets(csv_file, json_file, fhir_file, review)
    targets.check()
    results = _read(files, targets, workers or 0)
    sheets = in_order([sheet for result in results for sheet in result.sheets])
    sheets = _decided(sheets, decisions)
    _tell(sheets, results, targets)
    refused = [result.problem for result in results if result.problem]
    _write(sheets, refused, results, targets, _known(patients, sheets))
    code = ExitCode.OK if sheets and not refused else ExitCode.PARTIAL if sheets else ExitCode.SHEET
    click.get_current_context().exit(code)


def _read(files: Sequence[Path], targets: _Targets, workers: int) -> list[ScanResult]:
    """Read all pages; what cannot be read is told at once."""
    from pdfgen.production.scan_run import scan

    results = []
    for result in scan(files, pictures=targets.review is not None, workers=workers):
        if result.problem:
            report.problems([result.problem])
        results.append(result)
    return results


def _decided(sheets: list[ReadSheet], decisions: Path | None) -> list[ReadSheet]:
    if decisions is None:
        return sheets
    from pdfgen.scanning.decisions import read_decisions, unused, with_decisions

    made = read_decisions(read_bytes(decisions, "file of decisions", _MOST_BYTES), str(decisions))
    for name in unused(sheets, made):
        message = f"sheet {name} is not among those that were read; its decisions are left out"
        report.warnings([Problem(message, file=str(decisions))])
    return with_decisions(sheets, made)


def _tell(sheets: Sequence[ReadSheet], results: Sequence[ScanResult], targets: _Targets) -> None:
    """Print a line for each sheet, and what should be known of the pile."""
    from pdfgen.scanning.answers import counted
    from pdfgen.scanning.table import differing_copies

    for sheet in sheets:
        said = (
            f"copy of {sheet.copy_of}" if sheet.copy_of else ", ".join(counted(sheet.answers)) or "no boxes"
        )
        line = f"{sheet.name}  {sheet.place}: {said}"
        (report.note if targets.uses_stdout else report.result)(line)
    for sheet in differing_copies(sheets):
        message = f"{sheet.name} is also in {sheet.copy_of}, and they differ; the first counts"
        report.warnings([Problem(message, field=f"page {sheet.page}", file=sheet.file)])
    blank = sum(result.is_blank for result in results)
    if blank:
        report.note(f"{blank} blank page{'s' if blank > 1 else ''}")
    if not sheets:
        report.line("no week sheet was read")
    unsure = sum(answer.is_open for sheet in sheets if not sheet.copy_of for answer in sheet.answers)
    if unsure and not targets.review:
        report.note(f"{unsure} answers to look at; --review DIR shows them")


def _known(patients: Path | None, sheets: Sequence[ReadSheet]) -> Mapping[str, Known]:
    """Return what the prescriptions add; documents of nobody are named."""
    if patients is None:
        return {}
    from pdfgen.cli.patients_folder import jobs_of
    from pdfgen.production.known_documents import known_documents
    from pdfgen.production.shared import Shared

    shared = Shared()
    wanted = dict.fromkeys(sheet.document for sheet in sheets)
    known = known_documents(jobs_of(patients, shared), wanted, shared)
    for document in wanted:
        if document not in known:
            message = (
                f"no prescription gives document {document}; its lines have no dates and no names; write"
                f" `id: {document}` into the one that it was made from, and read the sheets again"
            )
            report.warnings([Problem(message, file=str(patients))])
    return known


def _write(
    sheets: Sequence[ReadSheet],
    refused: Sequence[Problem],
    results: Sequence[ScanResult],
    targets: _Targets,
    known: Mapping[str, Known],
) -> None:
    from pdfgen.content.models.field_types import WEEKDAYS
    from pdfgen.scanning.fhir_answers import as_fhir
    from pdfgen.scanning.table import as_csv, as_json, rows_of

    rows = list(rows_of(sheets, known, WEEKDAYS))
    named = not targets.uses_stdout
    if targets.csv:
        write(targets.csv, as_csv(rows), named=named)
    if targets.json:
        write(targets.json, as_json(rows, refused), named=named)
    if targets.fhir:
        write(targets.fhir, as_fhir(rows), named=named)
    if targets.review:
        from pdfgen.scanning.review_page import review_page

        pictures = {sheet.place: result.pictures for result in results for sheet in result.sheets}
        write_pieces(targets.review / _REVIEW, review_page(sheets, pictures, known), named=named)
