"""How a roster is read, and the largest one in any format; a larger one is a mistake or an attack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: A roster of 100,000 rows with twenty columns is about 20 MB.
MAX_BYTES = 50_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 256

TOO_MANY_ROWS = f"holds more than {MAX_ROWS} rows; split it"


@dataclass(frozen=True)
class RosterOptions:
    """How a roster is read.

    Attributes:
        mapping: the file's own headings, with the key of each (see `columns.read_mapping`).
        encoding: of a CSV file; recognised where it is empty.
        delimiter: of a CSV file; recognised where it is empty.
        sheet: of a workbook; the one that a person sees first where it is empty.
        day_first: whether 03/04/2026 is 3 April; where it is None, the other dates of the column decide,
            and if they do not, such a date is a problem.
        ignore_unknown: whether columns that are not known are left out and told, and are no problem.
        timezone: of the clinic, in which times in FHIR are days (IANA); that of this machine where it is
            empty.
        other_language: for FHIR patients who prefer a language that pdfgen does not have; empty makes that
            a problem.
        country: of the clinic, for dates in FHIR labels and those that could mean two days; empty where it is
            not known.
        with_birth_date: whether the birth date of a FHIR patient is printed after the name.
        identifier_system: the system of the identifier that is printed after the name of a FHIR patient;
            empty prints none.
        corrections: texts in place of cells of a table, by the number of the row and of the column.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    day_first: bool | None = None
    ignore_unknown: bool = False
    timezone: str = ""
    other_language: str = ""
    country: str = ""
    with_birth_date: bool = False
    identifier_system: str = ""
    corrections: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
