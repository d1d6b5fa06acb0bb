"""A roster in, rows out: the format is recognised by the file's name, else by how it begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pdfgen.content.files.file_bytes import name_of, read_bytes
from pdfgen.content.files.source import Mark, Node, Source, as_canonical, node_of, plain
from pdfgen.content.files.strict_json import parse_json
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.rosters import csv_table
from pdfgen.content.rosters.encoding import decode
from pdfgen.content.rosters.fhir_bundles import Bundles, is_holder
from pdfgen.content.rosters.fhir_elements import is_fhir
from pdfgen.content.rosters.fhir_rows import KINDS, FhirRows
from pdfgen.content.rosters.formats import format_of, is_json, named_format
from pdfgen.content.rosters.names import Names, shipped_names
from pdfgen.content.rosters.options import MAX_BYTES, MAX_ROWS, TOO_MANY_ROWS, RosterOptions
from pdfgen.content.rosters.records import Records, records_of
from pdfgen.content.rosters.roster import Roster, RosterRow, RowProblem, RowSource
from pdfgen.content.rosters.sheets import choose_sheet
from pdfgen.content.rosters.table import Table, headings_in, read_table
from pdfgen.errors import InputError, Problem

_ONLY_PATIENTS = 'must be a list of patients, or hold it under the key "patients"'


def read_roster(
    path: Path,
    options: RosterOptions | None = None,
    names: Names | None = None,
    first_day: dt.date | None = None,
) -> Roster:
    """Read the roster at `path`; `-` reads standard input.

    Returns:
        the roster; each row carries its own problems.

    Raises:
        InputError: the file cannot be read, or it has unknown columns.
    """
    return roster_of(read_bytes(path, "roster", MAX_BYTES), name_of(path), options, names, first_day)


def roster_of(
    data: bytes,
    file: str,
    options: RosterOptions | None = None,
    names: Names | None = None,
    first_day: dt.date | None = None,
) -> Roster:
    """Return the roster that bytes hold.

    Args:
        data: a CSV, XLSX, YAML, JSON or NDJSON file.
        file: its name; the ending says what it is, else the content does.
        options: how to read it.
        names: of the library that the programs are made from; without them those of the shipped one.
        first_day: of programs whose row names none, on which names of FHIR patients are judged; today unless
            given.

    Raises:
        InputError: as `read_roster`.
    """
    reader = _Reader(file, options or RosterOptions(), names or shipped_names(), first_day)
    rows = reader.read(format_of(data, file), data)
    if not rows:
        raise InputError([*reader.warnings, Problem("holds no patients", file=file)])
    return Roster(file, rows, tuple(reader.notes), (*reader.warnings, *_twice(rows)))


def headings_of(data: bytes, file: str, options: RosterOptions | None = None) -> tuple[str, ...]:
    """Return the headings of a table, known or not; nothing where a file is no table.

    Args:
        data, file, options: as for `roster_of`.

    Raises:
        InputError: the file cannot be read, or no row of it can be one of headings.
    """
    reader = _Reader(file, options or RosterOptions(), shipped_names(), None)
    kind = format_of(data, file)
    if kind == "csv":
        return headings_in(reader.csv_table(data), file, reader.options)
    if kind == "xlsx":
        return headings_in(choose_sheet(data, file, reader.options).table, file, reader.options)
    return ()


def _twice(rows: tuple[RosterRow, ...]) -> list[RowProblem]:
    """Return a warning for each row with the same values as a row above it."""
    first: dict[str, int] = {}
    warnings = []
    for row in rows:
        if row.problems or not row.source.root.value:
            continue
        values = as_canonical(plain(row.source.root))
        if first.setdefault(values, row.number) != row.number:
            message = f"is the same as row {first[values]}; take one out if it is the same patient"
            warnings.append(RowProblem(message, file=row.source.file, row=row.number))
    return warnings


class _Reader:
    """Reads one file, and collects notes on how it was read and warnings."""

    def __init__(self, file: str, options: RosterOptions, names: Names, first_day: dt.date | None) -> None:
        self.file = file
        self.options = options
        self.names = names
        self.first_day = first_day
        self.mark = Mark(file, 0, 0)  # where there are no lines
        self.notes: list[Problem] = []
        self.warnings: list[Problem] = []

    def read(self, kind: str, data: bytes) -> tuple[RosterRow, ...]:
        readers = {"csv": self.csv, "xlsx": self.xlsx, "yaml": self.yaml, "json": self.json}
        return readers.get(kind, self.ndjson)(data)

    def csv(self, data: bytes) -> tuple[RosterRow, ...]:
        return self.table(self.csv_table(data))

    def csv_table(self, data: bytes) -> Table:
        text, encoding = self.decoded(data)
        # The mark of old systems for the end of a file.
        text = text.removesuffix("\x1a")
        if inner := csv_table.unwrapped(text, self.options.mapping):
            text = inner
            message = "each line stands in quotes as a whole, and is read without them"
            self.warnings.append(Problem(message, file=self.file))
        dialect = csv_table.recognise(text, self.file, self.options)
        self.notes.append(Problem(f"read as {encoding}, {dialect.note}", file=self.file))
        if named_format(self.file) == "xlsx":
            self.warnings.append(
                Problem("is no workbook but a table of text, and is read as CSV", file=self.file)
            )
        return Table(csv_table.read_csv(text, dialect))

    def xlsx(self, data: bytes) -> tuple[RosterRow, ...]:
        chosen = choose_sheet(data, self.file, self.options)
        self.notes += chosen.notes
        self.warnings += chosen.warnings
        return self.table(chosen.table)

    def table(self, table: Table) -> tuple[RosterRow, ...]:
        found = read_table(table, self.file, self.options, self.names)
        self.warnings += found.warnings
        return found.rows

    def yaml(self, data: bytes) -> tuple[RosterRow, ...]:
        source = parse_yaml(self.text(data), self.file)
        self.warnings += source.cautions
        return self.records(source)

    def json(self, data: bytes) -> tuple[RosterRow, ...]:
        text = self.text(data)
        try:
            parsed = parse_json(text)
        except ValueError as error:
            # One object a line is NDJSON, whatever the file is called.
            if "\n{" in text.strip() and is_json(text.lstrip().splitlines()[0]):
                return self.ndjson(data)
            raise InputError(Problem(str(error), file=self.file)) from None
        found = parsed if isinstance(parsed, list) and parsed else [parsed]
        if all(map(is_fhir, found)):
            bundles = Bundles(self.file)
            for resource in found:
                bundles.add(resource)
            return self.fhir(bundles)
        return self.records(Source(self.file, node_of(parsed, self.mark)))

    def ndjson(self, data: bytes) -> tuple[RosterRow, ...]:
        rows: list[RosterRow] = []
        records: list[tuple[int, Node]] = []
        text = self.text(data)
        if not is_json(text.lstrip().partition("\n")[0]) and is_json(text):
            return self.json(data)
        lines = list(_lines(text))
        if sum(not is_fhir(line) for _, line in lines) > MAX_ROWS:
            raise InputError(Problem(TOO_MANY_ROWS, file=self.file))
        bundles = Bundles(self.file, counts=any(is_fhir(line) and is_holder(line) for _, line in lines))
        for number, parsed in lines:
            if is_fhir(parsed):
                bundles.add(parsed, number)
                continue
            row = bundles.number(number)
            if isinstance(parsed, ValueError):
                problem = RowProblem(str(parsed), file=self.file, row=row)
                rows.append(RosterRow(RowSource(self.file, Node({}, self.mark), row), (problem,)))
            else:
                records.append((row, node_of(parsed, self.mark)))
        reader = Records(self.file, self.options, self.names, [node for _, node in records])
        rows += [reader.read(node, number) for number, node in records]
        self.warnings += reader.told()
        return tuple(sorted((*rows, *self.fhir(bundles)), key=lambda row: row.number))

    def decoded(self, data: bytes) -> tuple[str, str]:
        text, encoding, warnings = decode(data, self.file, self.options.encoding)
        self.warnings += warnings
        return text, encoding

    def text(self, data: bytes) -> str:
        text, encoding = self.decoded(data)
        if encoding != "UTF-8":
            self.notes.append(Problem(f"read as {encoding}", file=self.file))
        return text

    def records(self, source: Source) -> tuple[RosterRow, ...]:
        found = records_of(source)
        if found is None:
            raise InputError(source.problem((), _ONLY_PATIENTS))
        if len(found) > MAX_ROWS:
            raise InputError(Problem(TOO_MANY_ROWS, file=self.file))
        reader = Records(self.file, self.options, self.names, found)
        rows = tuple(reader.read(node, number) for number, node in enumerate(found, start=1))
        self.warnings += reader.told()
        return rows

    def fhir(self, bundles: Bundles) -> tuple[RosterRow, ...]:
        if sum(resource.kind in KINDS for resource in bundles.resources) > MAX_ROWS:
            raise InputError(Problem(TOO_MANY_ROWS, file=self.file))
        found = FhirRows(bundles.resources, self.file, self.options, self.first_day)
        self.notes += found.notes
        self.warnings += bundles.told()
        self.warnings += found.warnings
        return found.rows


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the lines that are not blank, with their numbers: what each holds, or why it cannot be read."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, parse_json(line)
            except ValueError as error:
                yield number, error
