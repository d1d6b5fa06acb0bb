"""A roster in, rows out: the format is recognised by the file's name, else by how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pdfgen.content.files.file_bytes import name_of, read_bytes
from pdfgen.content.files.source import Mark, Node, Source, as_canonical, node_of, plain
from pdfgen.content.files.strict_json import parse_json
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.rosters import csv_table
from pdfgen.content.rosters.encoding import decode
from pdfgen.content.rosters.fhir_elements import Resource, is_fhir, resources_of
from pdfgen.content.rosters.fhir_rows import KINDS, FhirRows
from pdfgen.content.rosters.options import MAX_BYTES, MAX_ROWS, TOO_MANY_ROWS, RosterOptions
from pdfgen.content.rosters.records import read_record, records_of
from pdfgen.content.rosters.roster import Roster, RosterRow, RowProblem, RowSource
from pdfgen.content.rosters.table import read_table
from pdfgen.content.rosters.xlsx_table import read_xlsx
from pdfgen.errors import InputError, Problem

_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".tab": "csv",
        ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xls": "xlsx",
        ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson",
    }
)  # fmt: skip

_ONLY_PATIENTS = 'must be a list of patients, or hold it under the key "patients"'


def read_roster(path: Path, options: RosterOptions | None = None) -> Roster:
    """Read the roster at `path`; `-` reads standard input.

    Returns:
        the roster; each row carries its own problems.

    Raises:
        InputError: the file cannot be read, or it has unknown columns.
    """
    return roster_of(read_bytes(path, "roster", MAX_BYTES), name_of(path), options)


def roster_of(data: bytes, file: str, options: RosterOptions | None = None) -> Roster:
    """Return the roster that bytes hold.

    Args:
        data: a CSV, XLSX, YAML, JSON or NDJSON file.
        file: its name; the ending says what it is, else the content does.
        options: how to read it.

    Raises:
        InputError: as `read_roster`.
    """
    kind = _FORMATS.get(Path(file).suffix.lower()) or _recognised(data)
    reader = _Reader(file, options or RosterOptions())
    rows = reader.read(kind, data)
    if not rows:
        raise InputError([*reader.warnings, Problem("holds no patients", file=file)])
    return Roster(file, rows, tuple(reader.notes), (*reader.warnings, *_twice(rows)))


def _recognised(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "xlsx"
    begin = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return "json" if begin in {b"{", b"["} else "csv"


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

    def __init__(self, file: str, options: RosterOptions) -> None:
        self.file = file
        self.options = options
        self.mark = Mark(file, 0, 0)  # where there are no lines
        self.notes: list[Problem] = []
        self.warnings: list[Problem] = []

    def read(self, kind: str, data: bytes) -> tuple[RosterRow, ...]:
        readers = {"csv": self.csv, "xlsx": self.xlsx, "yaml": self.yaml, "json": self.json}
        return readers.get(kind, self.ndjson)(data)

    def csv(self, data: bytes) -> tuple[RosterRow, ...]:
        text, encoding = decode(data, self.file, self.options.encoding)
        dialect = csv_table.recognise(text, self.file, self.options)
        self.notes.append(Problem(f"read as {encoding}, {dialect.note}", file=self.file))
        return read_table(csv_table.read_csv(text, dialect), self.file, self.options)

    def xlsx(self, data: bytes) -> tuple[RosterRow, ...]:
        rows, notes = read_xlsx(data, self.file, self.options.sheet)
        self.notes += notes
        return read_table(rows, self.file, self.options)

    def yaml(self, data: bytes) -> tuple[RosterRow, ...]:
        return self.records(parse_yaml(self.text(data), self.file))

    def json(self, data: bytes) -> tuple[RosterRow, ...]:
        text = self.text(data)
        try:
            parsed = parse_json(text)
        except ValueError as error:
            # One object a line is NDJSON, whatever the file is called.
            if "\n{" in text.strip() and _is_json(text.lstrip().splitlines()[0]):
                return self.ndjson(data)
            raise InputError(Problem(str(error), file=self.file)) from None
        if is_fhir(parsed):
            return self.fhir(list(resources_of(parsed)))
        if isinstance(parsed, list) and parsed and all(map(is_fhir, parsed)):
            return self.fhir([Resource(number, data) for number, data in enumerate(parsed, start=1)])
        return self.records(Source(self.file, node_of(parsed, self.mark)))

    def ndjson(self, data: bytes) -> tuple[RosterRow, ...]:
        rows: list[RosterRow] = []
        resources: list[Resource] = []
        for number, line in enumerate(self.text(data).split("\n"), start=1):
            if not line.strip():
                continue
            if len(rows) == MAX_ROWS:
                raise InputError(Problem(TOO_MANY_ROWS, file=self.file))
            try:
                parsed = parse_json(line)
            except ValueError as error:
                problem = RowProblem(str(error), file=self.file, row=number)
                rows.append(RosterRow(RowSource(self.file, Node({}, self.mark), number), (problem,)))
                continue
            if is_fhir(parsed):
                resources.append(Resource(number, parsed))
            else:
                rows.append(read_record(node_of(parsed, self.mark), self.file, number, self.options))
        return tuple(sorted((*rows, *self.fhir(resources)), key=lambda row: row.number))

    def text(self, data: bytes) -> str:
        text, encoding = decode(data, self.file, self.options.encoding)
        if encoding != "UTF-8":
            self.notes.append(Problem(f"read as {encoding}", file=self.file))
        return text

    def records(self, source: Source) -> tuple[RosterRow, ...]:
        found = records_of(source)
        if found is None:
            raise InputError(source.problem((), _ONLY_PATIENTS))
        if len(found) > MAX_ROWS:
            raise InputError(Problem(TOO_MANY_ROWS, file=self.file))
        numbered = enumerate(found, start=1)
        return tuple(read_record(node, self.file, number, self.options) for number, node in numbered)

    def fhir(self, resources: list[Resource]) -> tuple[RosterRow, ...]:
        if sum(resource.kind in KINDS for resource in resources) > MAX_ROWS:
            raise InputError(Problem(TOO_MANY_ROWS, file=self.file))
        found = FhirRows(resources, self.file, self.options)
        self.notes += found.notes
        self.warnings += found.warnings
        return found.rows


def _is_json(text: str) -> bool:
    try:
        parse_json(text)
    except ValueError:
        return False
    return True
