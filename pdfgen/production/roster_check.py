"""What a roster would give, row by row; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pdfgen.content.rosters.roster import Roster
from pdfgen.content.rules.all_rules import Findings
from pdfgen.production.file_checks import CheckedFile
from pdfgen.production.rows import RowMaker, RowResult, RowTask


def check_roster(roster: Roster, maker: RowMaker, passwords: Mapping[int, str]) -> CheckedFile:
    """Make each row as a batch would, keep nothing of it, and return what would be made.

    Args:
        roster: the list.
        maker: makes its rows.
        passwords: of the files by row, where these are locked.

    Raises:
        InputError: what holds for all rows cannot be used.
    """
    maker.check_shared()
    results = [
        maker(RowTask(number, row, password=passwords.get(row.number, "")))
        for number, row in enumerate(roster.rows, start=1)
    ]
    errors = tuple(
        problem if problem.file else replace(problem, file=f"{roster.file}, row {result.task.row.number}")
        for result in results
        for problem in result.problems
    )
    warnings = tuple(warning for result in results for warning in result.warnings)
    made = sum(not result.problems for result in results)
    count = f"{made} of {len(results)} programs would be made"
    notes = (*map(str, roster.notes), count, *map(_line, results))
    return CheckedFile(roster.file, "roster", Findings(errors, (*roster.warnings, *warnings)), notes)


def _line(result: RowResult) -> str:
    return f"  row {result.task.row.number}: {'; '.join(_said(result))}"


def _said(result: RowResult) -> Iterator[str]:
    if result.problems:
        yield "not made"
        return
    fields = dict(result.fields)
    start = "dates to be written in" if fields["start"] == "undated" else f"from {fields['start']}"
    yield f"{fields['program']}, {fields['weeks']} weeks, {start}"
    yield f"{fields['language']}, {fields['layout']}, {fields['paper']}"
    yield ", ".join(f"{file.record.kind} of {_pages(file.record.pages)}" for file in result.files)
    if count := len(result.warnings):
        yield f"{count} to look at"


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"
