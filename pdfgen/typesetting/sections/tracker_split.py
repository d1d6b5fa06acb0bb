"""The parts of a week divided over the sides of its leaf, with rows as high as there is room.

The same exercise, and the same question, stands on the same side in every week. Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice
from typing import NamedTuple

from pdfgen.planning.plan import Week
from pdfgen.typesetting.sections.tracker_ahead import Spread
from pdfgen.typesetting.sections.tracker_sides import Part, PartKind
from pdfgen.typesetting.sections.tracker_ways import on_step
from pdfgen.typesetting.sections.tracker_words import ExerciseOfWeek

APART = 2.0
"""White between two parts that do not follow each other in the grid."""

#: Parts in rows of the grid.
_GRID = ("head", "exercise", "later", "pain-number", "morning")

#: What asks for the pain of each day.
_ASKED: tuple[PartKind, ...] = ("pain", "pain-number")

CLOSE = (*_GRID, "zones", "usual-pain")
"""Parts that follow right below the one before them: those rows, and what the pain asked there means."""

Sides = list[list[Part]]
"""The parts of each side of a week."""


class Draft(NamedTuple):
    """The parts of a week before they have places.

    Attributes:
        tops: where parts begin on each side.
        others: what follows the rows.
        head_behind: height of the head of rows at a back.
    """

    week: Week
    entries: tuple[ExerciseOfWeek, ...]
    tops: tuple[float, ...]
    rows: tuple[Part, ...]
    others: tuple[Part, ...]
    head_behind: float

    def parted(self, *counts: int) -> Sides:
        """Return the parts of each side, of which so many end it; rows on a later side have a head."""
        parts = [*self.rows, *self.others]
        starts = (0, *counts)
        sides = [parts[first:last] for first, last in zip(starts, (*counts, len(parts)), strict=True)]
        sides = [self._morning_last(side) for side in sides]
        head = self.rows[0]._replace(height=self.head_behind)
        heads = ([head] if side and side[0].kind in _GRID else [] for side in sides[1:])
        return [sides[0], *([*head, *side] for head, side in zip(heads, sides[1:], strict=True))]

    def _morning_last(self, side: Sequence[Part]) -> list[Part]:
        """Return a side with the next morning below the pain of the days that it asks about, if it has both.

        It then stands apart from the rows, and has the names of the days above its boxes.
        """
        kinds = [part.kind for part in side]
        if "morning" not in kinds or not {*kinds[kinds.index("morning") :]} & {*_ASKED}:
            return [*side]
        morning, end = kinds.index("morning"), kinds.index("usual-pain") + 1
        days = Part("days", self.head_behind)
        return [*side[:morning], *side[morning + 1 : end], days, side[morning], *side[end:]]

    @property
    def daily(self) -> int:
        """How many of the other parts are about each day."""
        return [part.kind for part in self.others].index("usual-pain") + 1

    @property
    def before_pain(self) -> int:
        """How many of the other parts stand before the pain of each day."""
        kinds = [part.kind for part in self.others]
        return min(kinds.index(kind) for kind in _ASKED if kind in kinds)

    def ends_of_questions(self, spread: Spread) -> tuple[int, ...]:
        """Return up to where parts stand after the first of two sides with rows, and after the next side.

        Of two sides with questions the first asks what is asked each day, the other one the rest.
        """
        rows, daily = len(self.rows), len(self.rows) + self.daily
        ends = {"two-leaves": (rows,), "two-fronts": (rows, daily)}
        return ends.get(spread, (daily,) if spread in ("day-on-first", "pain-on-first") else ())

    def has_room(self, bottoms: Sequence[float], spread: Spread) -> bool:
        """Whether sides that end there have room for all parts, and the front for all rows that go there."""
        rooms = [end - top for top, end in zip(self.tops, bottoms, strict=True)]
        rows = sum(row.height for row in self.rows)
        if spread in ("pain-in-front", "front") and rows > rooms[0]:
            return False
        return rows + sum(part.height for part in self.others) <= sum(rooms)

    def rows_to(self, exercise: int) -> int:
        """Return how many rows, the head among them, go as far as an exercise by its number."""
        return sum(row.number <= exercise for row in self.rows)


def split(
    drafts: Sequence[Draft],
    bottoms: Sequence[float],
    spread: Spread,
    lines: float,
) -> list[list[Sides]]:
    """Return the parts of each side of each week; of exercises on two fronts, all divisions that fit.

    Args:
        bottoms: where parts end at the latest on each side.
        lines: height that is kept for lines to write on where there is more than rows need.

    Returns:
        the best first; none where a week does not fit.
    """
    rooms = [[end - top for top, end in zip(draft.tops, bottoms, strict=True)] for draft in drafts]
    fitting = (weeks for weeks in _divided(drafts, spread) if all(map(_fits, weeks, rooms)))
    if spread in ("pain-in-front", "front"):
        found = [*islice(fitting, 1)]
    else:
        spares = [(min(map(_spares, weeks, rooms)), weeks) for weeks in fitting]
        spares.sort(key=lambda spare: spare[0], reverse=True)
        found = [weeks for _, weeks in spares[: None if spread == "two-fronts" else 1]]
    return [[_grown(sides, room, lines) for sides, room in zip(weeks, rooms, strict=True)] for weeks in found]


def _divided(drafts: Sequence[Draft], spread: Spread) -> Iterator[list[Sides]]:
    """Yield the parts of all weeks on their sides: in front as many questions as it holds, or fewer rows."""
    if spread in ("pain-in-front", "front"):
        draft = drafts[0]
        # The pain of a day, and what it means, are on one side.
        of_pain = (len(draft.others), draft.daily)
        most, least = of_pain if spread == "pain-in-front" else (draft.before_pain, 0)
        for asked in range(most, least - 1, -1):
            yield [draft.parted(len(draft.rows) + asked) for draft in drafts]
        return
    numbers = sorted({entry.exercise.number for draft in drafts for entry in draft.entries})
    if spread == "three-sides":
        for ends in combinations(numbers[:-1], 2):
            weeks = [draft.parted(*map(draft.rows_to, ends), len(draft.rows)) for draft in drafts]
            if all(map(_rows, chain.from_iterable(week[:-1] for week in weeks))):
                yield weeks
        return
    for last in numbers[:-1]:
        counts = [draft.rows_to(last) for draft in drafts]
        behind = (draft.ends_of_questions(spread) for draft in drafts)
        weeks = [draft.parted(n, *more) for draft, n, more in zip(drafts, counts, behind, strict=True)]
        yield [[sides[n] for n in (0, 2, 1, 3)] for sides in weeks] if spread == "two-fronts" else weeks


def _high(parts: Sequence[Part]) -> float:
    """Return the height of parts with the white between them."""
    return sum(part.height for part in parts) + APART * sum(part.kind not in CLOSE for part in parts[1:])


def _fits(sides: Sides, room: Sequence[float]) -> bool:
    """Whether the parts of all sides have room."""
    return all(_high(side) <= height for side, height in zip(sides, room, strict=False))


def _rows(side: Sequence[Part]) -> int:
    return sum(part.kind == "exercise" for part in side)


def _spares(sides: Sides, room: Sequence[float]) -> list[float]:
    """Return what is left for each row on every side, the least first."""
    left = ((height - _high(side), _rows(side)) for side, height in zip(sides, room, strict=False))
    return sorted(spare / rows for spare, rows in left if rows)


def _grown(sides: Sides, room: Sequence[float], lines: float) -> Sides:
    """Return the sides of a week with rows that share what room each has left."""
    kept = [0.0] * (len(sides) - 1) + [lines if len(sides) > 1 else 0.0]
    return [
        _shared(side, height - _high(side) - more)
        for side, height, more in zip(sides, room, kept, strict=False)
    ]


def _shared(side: Sequence[Part], spare: float) -> list[Part]:
    """Return parts of which rows are higher by what is left: all alike, and none more than it can be."""
    parts = list(side)
    while growing := [index for index, part in enumerate(parts) if part.height < part.most]:
        more = on_step(spare / len(growing))
        if more <= 0:
            break
        for index in growing:
            part = parts[index]
            added = min(more, part.most - part.height)
            parts[index] = part._replace(height=part.height + added)
            spare -= added
    return parts
