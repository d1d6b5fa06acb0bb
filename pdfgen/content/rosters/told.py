"""What was guessed in rows, or left out of them: the same thing is said once, with its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pdfgen.errors import Problem

#: Rows that a message names.
_MOST_NAMED = 8


class Told:
    """Collects what is told of rows; the row that is being read is set before.

    Args:
        file: the roster as the user named it.
    """

    def __init__(self, file: str) -> None:
        self.row = 0
        self._file = file
        self._rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)

    def of_row(self, place: str, message: str) -> None:
        """Say something of a place, such as a column, in the row that is being read."""
        rows = self._rows[place, message]
        if self.row not in rows[-1:]:
            rows.append(self.row)

    def of_all(self, place: str, message: str) -> None:
        """Say something of a place in all rows."""
        self._rows[place, message].clear()

    def problems(self) -> Iterator[Problem]:
        """Yield what was told, in the order in which it was first said."""
        for (place, message), rows in self._rows.items():
            where = rows_named(rows) if rows else ""
            yield Problem(message, file=", ".join(filter(None, (self._file, where, place))))


def rows_named(numbers: Sequence[int]) -> str:
    """Return numbers of rows in words: `row 2`, or `rows 2, 3 and 7`."""
    return f"{'row' if len(numbers) == 1 else 'rows'} {joined(numbers)}"


def joined(numbers: Sequence[int]) -> str:
    """Return numbers in words: `2, 3 and 7`; of many the first few."""
    if len(numbers) > _MOST_NAMED:
        return f"{', '.join(map(str, numbers[: _MOST_NAMED - 1]))} and {len(numbers) - _MOST_NAMED + 1} more"
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last
