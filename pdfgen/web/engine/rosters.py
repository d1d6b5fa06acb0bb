"""A list of patients: its rows and columns as they are read, mended where they cannot be, and made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pdfgen.content.files.source import Mark, Source, node_of
from pdfgen.content.files.strict_yaml import resolve
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.rosters.cell_values import as_text
from pdfgen.content.rosters.columns import IGNORED, NAME_PARTS, kind_of, mapped, target_of
from pdfgen.content.rosters.heading_words import plain
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import headings_of
from pdfgen.content.rosters.roster import Roster, RosterRow, row_prescription, row_source
from pdfgen.errors import InputError, PdfgenError, Problem
from pdfgen.front import make_batch, read_roster
from pdfgen.production.job import Job
from pdfgen.production.program import read as read_program
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.requests import Request, RequestError
from pdfgen.web.engine.roster_archive import RosterArchive
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import Workplace

#: Rows that are shown and made on the page; `pdfgen batch` has no such bound, and needs less memory.
MOST_ROWS = 500
_TOO_MANY = f"holds more than {MOST_ROWS} patients; split it, or make it with pdfgen batch"

#: What a column can be.
KEYS = ("label", *NAME_PARTS, *(name for name in Prescription.model_fields if name != "patient"), IGNORED)

_NAME = "programs.zip"


class _Asked(NamedTuple):
    """A roster as the page asks for it."""

    data: bytes
    name: str
    options: RosterOptions
    fields: Mapping[int, Mapping[str, str]]
    base: Source | None

    @classmethod
    def of(cls, request: Request) -> _Asked:
        """Return what a request says.

        Raises:
            RequestError: it has another form.
        """
        cells: dict[int, dict[int, str]] = {}
        fields: dict[int, dict[str, str]] = {}
        for row, texts in request.mapping("corrections", {}).items():
            for place, text in _items(texts):
                if place.isdecimal() and 0 < int(place) <= 256:
                    cells.setdefault(_row(row), {})[int(place)] = text
                else:
                    fields.setdefault(_row(row), {})[place] = text
        day_first = request.values.get("day_first")
        if day_first not in (None, True, False):
            raise RequestError("day_first must be true, false or null")
        mapping = {plain(heading): key for heading, key in _items(request.mapping("mapping", {}))}
        if unknown := [key for key in mapping.values() if key != IGNORED and target_of(key) is None]:
            raise RequestError(f"there is no key {unknown[0][:40]}")
        options = RosterOptions(
            mapping=mapping, day_first=day_first, ignore_unknown=True, corrections=cells,
            other_language=request.text("other_language", ""), sheet=request.text("sheet", ""),
        )  # fmt: skip
        base = request.mapping("base", {})
        below = Source("base", node_of(base, Mark("base", 0, 0)), is_passed=True) if base else None
        name = request.text("name", "")
        return cls(request.file("roster"), name.replace("\\", "/").rpartition("/")[2], options, fields, below)

    def read(self) -> Roster:
        """Return the roster, with what was mended in it.

        Raises:
            InputError: it cannot be read as a whole, or is too long for the page.
        """
        roster = read_roster(self.data, self.name, **vars(self.options))
        if len(roster.rows) > MOST_ROWS:
            raise InputError(Problem(_TOO_MANY, file=self.name))
        rows = tuple(_mended(row, self.fields.get(row.number, {})) for row in roster.rows)
        return replace(roster, rows=rows)


def _items(found: Any) -> list[tuple[str, str]]:
    if not isinstance(found, Mapping) or not all(isinstance(text, str) for text in found.values()):
        raise RequestError("mapping and corrections must hold texts")
    return list(found.items())


def _row(text: str) -> int:
    if not text.isdecimal() or len(text) > 7:
        raise RequestError("corrections are named by the number of a row")
    return int(text)


def _mended(row: RosterRow, fields: Mapping[str, str]) -> RosterRow:
    """Return a row of records with other values of some fields."""
    if not fields:
        return row
    data = dict(row.source.data)
    for field, text in fields.items():
        *above, last = field.split(".")
        place = data
        for key in above:
            inner = place.get(key)
            place[key] = dict(inner) if isinstance(inner, Mapping) else {}
            place = place[key]
        place[last] = resolve(text)
    source = replace(row.source, root=node_of(data, row.source.root.mark))
    return RosterRow(source, tuple(one for one in row.problems if one.field not in fields), row.cells)


def roster_read(workplace: Workplace, request: Request) -> Frame:
    """Return the rows and columns of a list, with what is wrong in each row."""
    asked = _Asked.of(request)
    found: dict[str, Any] = {"columns": [], "rows": [], "keys": list(KEYS), "notes": [], "warnings": []}
    try:
        headings = headings_of(asked.data, asked.name, asked.options)
        found["columns"] = _columns(headings, asked.options)
        roster = asked.read()
    except InputError as error:
        return Frame({**found, "problems": told(error.problems)})
    found["rows"] = [_told_row(row, workplace, asked.base) for row in roster.rows]
    notes, warnings = told(roster.notes), told(roster.warnings)
    return Frame({**found, "notes": notes, "warnings": warnings, "problems": []})


def _columns(headings: tuple[str, ...], options: RosterOptions) -> list[dict[str, Any]]:
    columns = []
    for number, heading in enumerate(headings, 1):
        name = mapped(heading, options.mapping)
        target = None if not heading or name == IGNORED else target_of(name)
        columns.append(
            {
                "number": number,
                "heading": heading,
                "key": ".".join(target[1:] if target[0] in ("name-part", "patient") else target)
                if target
                else None,
                "kind": kind_of(target).name.lower() if target else None,
                "is_mapped": plain(heading) in options.mapping,
            }
        )
    return columns


def _told_row(row: RosterRow, workplace: Workplace, base: Source | None) -> dict[str, Any]:
    """Return a row for the page; it is checked as a program is, and not made."""
    problems = _row_problems(row, workplace, base)
    return {
        "row": row.number,
        "cells": [_cell(cell) for cell in row.cells],
        "values": row.source.data,
        "ok": not problems,
        "problems": told(problems),
    }


def _row_problems(row: RosterRow, workplace: Workplace, base: Source | None) -> tuple[Problem, ...]:
    """Return all that is wrong with a row: without what cannot be read, the rest is judged as a program."""
    unread: tuple[Problem, ...] = ()
    try:
        row_prescription(row, base)
    except PdfgenError as error:
        unread = error.problems
    if any(not problem.field for problem in unread):
        return unread
    keys = {problem.field.partition(".")[0] for problem in unread}
    source = row_source(row, base)
    values = source.root.value if isinstance(source.root.value, Mapping) else {}
    read = {key: node for key, node in values.items() if key not in keys}
    try:
        job = Job(
            replace(source, root=source.root._replace(value=read)),
            clinic=workplace.clinic_file,
            libraries=workplace.own_libraries,
        )
        read_program(job, workplace.shared)
    except PdfgenError as error:
        others = [one for one in error.problems if one.field.partition(".")[0] not in keys]
        return (*unread, *others)
    return unread


def _cell(cell: Any) -> str:
    if cell is None:
        return ""
    return "" if hasattr(cell, "reason") else as_text(cell)


def roster_make(workplace: Workplace, request: Request) -> Iterator[Frame]:
    """Yield a frame for each row as it is done, then one with all files in a ZIP."""
    asked = _Asked.of(request)
    try:
        roster = asked.read()
        rows = make_batch(
            roster,
            base=asked.base.data if asked.base else None,
            clinic=workplace.clinic_file,
            libraries=workplace.own_libraries,
            sheets=workplace.makes_sheets,
        )
        archive = RosterArchive(with_print_file=workplace.makes_sheets)
        for row in rows:
            archive.add(row)
            problems = told(row.made.problems)
            yield Frame(
                {
                    "done": row.done,
                    "total": row.total,
                    "row": row.row,
                    "ok": not problems,
                    "problems": problems,
                }
            )
    except InputError as error:
        yield Frame({"done": 0, "total": 0, "made": 0, "failed": [], "problems": told(error.problems)})
        return
    data = archive.finished(roster)
    yield Frame(
        {
            "done": len(roster.rows),
            "total": len(roster.rows),
            "made": len(roster.rows) - len(archive.failed),
            "failed": [row for row, _ in archive.failed],
            "problems": [],
        },
        (NamedFile(_NAME, data),),
    )
