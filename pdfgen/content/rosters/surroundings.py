"""What stands around the list in a table: titles, second headings, totals, footers and names of groups.

A list has one row of headings, and a row a patient below it. Whatever else is there is found here, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from pdfgen.content.rosters.cell_values import as_text, is_empty
from pdfgen.content.rosters.columns import recognised
from pdfgen.content.rosters.heading_words import plain
from pdfgen.content.rosters.table_row import TableRow, Unreadable
from pdfgen.content.rosters.told import joined
from pdfgen.errors import InputError, Problem, printable

#: Rows in which the headings are looked for.
MOST_ABOVE = 20

#: How rows begin that add up, or say where a list comes from: alone, before a figure, before more words.
_FOOTER = re.compile(
    r"\W*(?:"
    r"(?:totaal|totalen|totals?|sub-?totaal|sub-?total|eindtotaal|grand total|gemiddelden?|average|mean)\b"
    r"|(?:aantal|number of|counts?|records?|rows|rijen|regels|som|sum|pagina|page|blad|sheet|datum|date|"
    r"versie|version|bron|source|legenda|legend|toelichting|opmerking(?:en)?|let op|notes?|n\.?b\.?|afdeling|"
    r"periode|period|filter|selectie|selection|status)\b.*[:=\d]"
    r"|(?:ge[eë]xporteerd|exported|afgedrukt|printed|gegenereerd|generated|aangemaakt|created|opgesteld|laatst|"
    r"last (?:updated|changed|modified)|einde (?:van|lijst|overzicht)|end of|dit overzicht"
    r"|this (?:list|report))\b"
    r"|\d+ (?:pati|rij|records?\b|rows?\b|regels?\b|cli[eë]nt|clients?\b|personen|resulta|results?\b)"
    r"|©|copyright\b|\(c\) ?\d"
    r")",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL = re.compile(
    r"\W*(?:totaal|totalen|totals?|sub-?totaal|sub-?total|eindtotaal|grand total)\W*", re.IGNORECASE
)
#: How rows begin, or what they say, that name the group of patients below them.
_DAY = (
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?"
    r"[ -]?(?:ochtend|middag|avond|morning|afternoon|evening)?"
)
_GROUP = re.compile(
    r"\W*(?:"
    r"(?:groep(?:je)?|group|team|afdeling|locatie|location|vestiging|ward|cohort|wachtlijst|waiting list|"
    r"nieuwe (?:pati[eë]nten|cli[eë]nten)|new (?:patients|clients))\b.*"
    r"|(?:week|kamer|zaal|room|blok) \d+\b.*"
    r"|(?:ochtend|middag|avond|morning|afternoon|evening)"
    rf"|{_DAY}(?:\W.*\d.*)?"
    r"|.*:"
    r")\W*",
    re.IGNORECASE | re.DOTALL,
)
_FOOTNOTE = re.compile(r"\s*(?:[*†‡]+|[-–—_=]{2,}|\d\))")

_ONE_CELL = "only one cell is filled in, and more in the others; take the row out if it is no patient"
_NO_PATIENT = (
    "only one cell is filled in, and all other rows have {what}; fill that in, or take the row out if it is "
    "no patient"
)


_TURNED = (
    "the headings stand below each other in the first column; turn the table, so that they stand in one row "
    "and each patient in a row below (in Excel: Paste Special, Transpose)"
)


class Listed(NamedTuple):
    """The list in a table.

    Attributes:
        headings: the row of headings.
        rows: those of patients.
        warnings: what was left out, and what may be no patient.
    """

    headings: TableRow
    rows: tuple[TableRow, ...]
    warnings: tuple[Problem, ...]


def listed(rows: Iterable[TableRow], mapping: Mapping[str, str], totals: frozenset[int], file: str) -> Listed:
    """Return the list in a table.

    Args:
        rows: all that are not blank.
        mapping: other headings, with their keys.
        totals: rows that are known to add up.
        file: the roster as the user named it.

    Raises:
        InputError: it is empty, or no row has headings.
    """
    written = list(rows)
    seen = [row for row in written if not row.is_hidden]
    if not seen:
        what = (
            "is empty; the first row must name the columns"
            if not written
            else "all its rows are hidden in Excel"
        )
        raise InputError(Problem(what, file=file))
    place = _headings(seen, mapping)
    headings, below = seen[place], seen[place + 1 :]
    if _is_turned(headings, below, mapping):
        raise InputError(Problem(_TURNED, file=f"{file}, row {headings.number}"))
    if headings.problem:
        raise InputError(Problem(headings.problem, file=f"{file}, row {headings.number}"))
    begins, said = _first(headings).casefold(), _says(headings)
    repeated = {row.number for row in below if _first(row).casefold() == begins and _says(row) == said}
    ends = {row.number for row in below if row.number in totals or _is_footer(row, len(said))}
    groups = {row.number for row in below if _is_group(row, len(said))} - ends
    left_out = (
        (
            tuple(row.number for row in written if row.is_hidden),
            "hidden, and not read; show them in Excel to have them made",
        ),
        (tuple(row.number for row in seen[:place]), "above the headings, and not read"),
        (tuple(sorted(repeated)), "the headings once more, and not read"),
        (tuple(sorted(ends)), "no patient but a total, a remark or a footer, and not read"),
        (tuple(sorted(groups)), "no patient but the name of a group, and not read"),
    )
    rows_left = tuple(row for row in below if row.number not in repeated | ends | groups)
    warnings = [Problem(f"{_named_rows(numbers)} {what}", file=file) for numbers, what in left_out if numbers]
    if doubtful := _single_cells(rows_left):
        if everywhere := _filled_in_all(row for row in rows_left if row.number not in doubtful):
            problem = _NO_PATIENT.format(what=_named_columns(heading_texts(headings), everywhere))
            rows_left = tuple(
                row._replace(problem=problem) if row.number in doubtful else row for row in rows_left
            )
        else:
            message = f"in {'row' if len(doubtful) == 1 else 'rows'} {joined(doubtful)} {_ONE_CELL}"
            warnings.append(Problem(message, file=file))
    return Listed(headings, rows_left, tuple(warnings))


def _named_rows(numbers: Sequence[int]) -> str:
    """Return numbers of rows as the subject of a sentence: `rows 2, 3 and 7 are`."""
    if len(numbers) == 1:
        return f"row {numbers[0]} is"
    return f"rows {joined(numbers)} are"


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing."""
    return not isinstance(cell, Unreadable) and is_empty(cell)  # type: ignore[arg-type]


def heading_texts(row: TableRow) -> tuple[str, ...]:
    """Return the headings that a row has if it is that of the headings."""
    return tuple("" if isinstance(cell, Unreadable) else as_text(cell or "").strip() for cell in row.cells)


def known_headings_in(row: TableRow, mapping: Mapping[str, str]) -> int:
    """Return how many headings that are known a row has."""
    return recognised(filter(None, heading_texts(row)), mapping)


def _headings(rows: Sequence[TableRow], mapping: Mapping[str, str]) -> int:
    """Return the place of the row with most known headings; the first, where it has as many as any."""
    known = [known_headings_in(row, mapping) for row in rows[:MOST_ABOVE]]
    best = max(range(len(known)), key=lambda place: known[place])
    return best if known[best] > max(known[0], 1) else 0


def _is_turned(headings: TableRow, below: Sequence[TableRow], mapping: Mapping[str, str]) -> bool:
    """Whether the first column holds headings, and the row of headings only one of them."""
    texts = [heading_texts(row)[:1] for row in (headings, *below[:MOST_ABOVE])]
    known = sum(recognised(filter(None, text), mapping) for text in texts)
    return known > max(1, known_headings_in(headings, mapping)) and known == len(texts)


def _says(row: TableRow) -> list[str]:
    return [text for text in (plain(text) for text in heading_texts(row)) if text]


def _first(row: TableRow) -> str:
    """Return the text of the first cell that holds something."""
    found = next((cell for cell in row.cells if not is_blank(cell)), None)
    return "" if found is None or isinstance(found, Unreadable) else as_text(found).strip()


def _is_footer(row: TableRow, headings: int) -> bool:
    """Whether a row begins as totals do, or has fewer than half of the cells and begins as footers do."""
    text = "" if row.problem else _first(row)
    if not _FOOTER.match(text) and not _FOOTNOTE.match(text):
        return False
    count = sum(not is_blank(cell) for cell in row.cells)
    if _TOTAL.fullmatch(text):
        return True
    if count * 2 > max(headings, 2):
        return False
    return bool(_FOOTER.match(text)) or count == 1


def _is_group(row: TableRow, headings: int) -> bool:
    """Whether the only cell of a row names a group: the patients below it, in a list of several columns."""
    if row.problem or headings < 2:
        return False
    return sum(not is_blank(cell) for cell in row.cells) == 1 and bool(_GROUP.fullmatch(_first(row)))


def _single_cells(rows: Sequence[TableRow]) -> list[int]:
    """Return the numbers of rows with one cell where at least as many others have several."""
    read = [row for row in rows if not row.problem]
    # Most rows have many cells, and two are enough to tell.
    filled = ((row.number, (None for cell in row.cells if not is_blank(cell))) for row in read)
    single = [number for number, cells in filled if len(list(islice(cells, 2))) == 1]
    return single if len(read) - len(single) >= max(1, len(single)) else []


def _filled_in_all(rows: Iterable[TableRow]) -> list[int]:
    """Return the columns, from 0, that two rows or more all fill, but for the first of these."""
    read = [row for row in rows if not row.problem]
    shortest = min((len(row.cells) for row in read), default=0)
    found = [place for place in range(shortest) if not any(is_blank(row.cells[place]) for row in read)]
    return found[1:] if len(read) > 1 else []


def _named_columns(headings: Sequence[str], places: Iterable[int]) -> str:
    """Return columns by their headings: `"startdatum" and "dagen"`."""
    names = [
        f'"{printable(headings[place])}"' for place in places if place < len(headings) and headings[place]
    ]
    return " and ".join(names) or "more"
