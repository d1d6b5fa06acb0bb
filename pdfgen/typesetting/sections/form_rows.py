"""One form of an exercise with its weeks: drawings, a row for each week, and steps, on a page or more.

Drawings, doses and steps stand beside or below each other, whichever is lowest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, partial
from itertools import product
from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.arrangement import Arrangement, Awaited, Measured, Sized
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Space, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.sections.day_boxes import Boxes
from pdfgen.typesetting.sections.exercise_arrangements import beside_drawings, has_room, under_drawings
from pdfgen.typesetting.sections.exercise_divisions import Division, Weeks, divisions, no_less_even
from pdfgen.typesetting.sections.exercise_pictures import Rows, pictures
from pdfgen.typesetting.sections.exercise_row_words import where_next
from pdfgen.typesetting.sections.week_columns import Dates
from pdfgen.typesetting.sections.week_rows import WeekRows

#: Width that steps keep, in sizes of their type: lines of some 26 characters behind their numbers.
_LEAST_STEPS = 15.0
#: White between drawings and what is beside them, in gaps.
_ACROSS = 2.0
#: More weeks than these may stand in tables beside each other.
_MANY_WEEKS = 8


class Part(NamedTuple):
    """What stands of a form on one page, with the weeks that have their rows there.

    Attributes:
        names_next: whether it says on which page the next part is.
    """

    block: Block
    weeks: tuple[int, ...] = ()
    has_steps: bool = True
    names_next: bool = False


class FormRows:
    """A form in every way in which it may be set; what ways have in common is made once.

    Args:
        least: least scale of the drawings, in points a millimetre.
    """

    def __init__(self, c: Composer, form: PlannedExercise, least: float) -> None:
        self._composer, self._form, self._least = c, form, least
        self._panels = form.main.panels
        self._rows = cache(self._in_rows)
        self._weeks = cache(self._tables)
        self._parted = cache(self._divided)

    def parts(
        self,
        boxes: Boxes,
        scale: float,
        rooms: tuple[float, float],
        *,
        whole: bool,
        beside: bool,
        again: bool,
    ) -> list[Part]:
        """Return drawings, weeks and steps of a form, in as few parts as can be.

        Args:
            rooms: height in points of the first part, and of each page that the form goes on to.
            whole: whether it is one part, also where that is higher.
            again: whether later parts have the steps again, where these have room beside the least drawings.
        """
        weeks = self._form.weeks
        found = self._first(boxes, beside, scale, weeks)
        width = self._composer.look.width
        if found.height(width) <= rooms[0] or whole:
            return [Part(found, weeks)]
        # Each part but the last one names the page of the next, where that leaves weeks on their pages.
        line = extent(self.goes_on(Part(found, weeks)), width, at_top=False)
        lower = rooms[0] - line, rooms[1] - line
        least, named = (self._parted(boxes, beside, self._least, r, False, ()) for r in (rooms, lower))
        is_named = len(named) == len(least) and all(len(part) <= 2 * len(named[0]) for part in named)
        if parts := self._in_parts(boxes, beside, scale, lower if is_named else rooms, again=again):
            highs = (part.block.height(width) + line for part in parts)
            has_room = (high <= rooms[min(number, 1)] for number, high in enumerate(highs))
            return [p._replace(names_next=is_named or room) for p, room in zip(parts, has_room, strict=True)]
        drawn = [*pictures(self._composer, self._panels, scale)] if self._panels else []
        rows = (Part(self._lowest(self._weeks(boxes, (week,), beside)), (week,)) for week in weeks)
        return [*(Part(_at_left(rows)) for rows in drawn[-1:]), *rows, Part(self._told.block)]

    def _in_parts(
        self,
        boxes: Boxes,
        beside: bool,
        scale: float,
        rooms: tuple[float, float],
        *,
        again: bool,
    ) -> list[Part]:
        """Return a form divided between its weeks; none where no division has room."""
        least = self._parted(boxes, beside, self._least, rooms, False, ())
        steps = self._parted(boxes, beside, self._least, rooms, True, ()) if again and least else ()
        has_steps = bool(steps) and len(steps) == len(least)
        parts = steps if has_steps else least
        if scale > self._least and least:
            parts = self._parted(boxes, beside, scale, rooms, has_steps, parts)
        if not parts:
            return []
        first = Part(self._first(boxes, beside, scale, parts[0]), parts[0])
        room = rooms[1] if again else 0.0
        found = [first, *(self._later_part(boxes, beside, scale, part, room) for part in parts[1:])]
        if again and scale > self._least:
            # Steps come before larger drawings.
            smaller = self._in_parts(boxes, beside, self._least, rooms, again=True)
            if sum(part.has_steps for part in found) < sum(part.has_steps for part in smaller):
                return []
        return found

    def _later_part(self, boxes: Boxes, beside: bool, scale: float, weeks: Weeks, room: float) -> Part:
        """Return some weeks for a page that the form goes on to, with steps if so many points hold them."""
        part = self._later(boxes, beside, scale, weeks, True)
        if part.height(self._composer.look.width) <= room:
            return Part(part, weeks)
        return Part(self._later(boxes, beside, scale, weeks, False), weeks, has_steps=False)

    def _divided(
        self,
        boxes: Boxes,
        beside: bool,
        scale: float,
        rooms: tuple[float, float],
        has_steps: bool,
        even: Division,
    ) -> Division:
        """Return the most even division of which all parts have room; none without.

        Args:
            even: what it is no less even than, if any: drawings do not grow for one week alone.
        """
        width = self._composer.look.width
        tried = no_less_even(self._form.weeks, even) if even else divisions(self._form.weeks)
        for division in tried:
            if (
                all(
                    self._later(boxes, beside, scale, part, has_steps).height(width) <= rooms[1]
                    for part in dict.fromkeys(division[1:])
                )
                and self._first(boxes, beside, scale, division[0]).height(width) <= rooms[0]
            ):
                return division
        return ()

    def is_room(self, boxes: Boxes, scale: float, beside: bool) -> bool:
        """Whether doses have room beside or above their weeks, with drawings of a scale."""
        drawn = [*pictures(self._composer, self._panels, scale)] if self._panels else []
        tables, told = self._weeks(boxes, self._form.weeks, beside), self._told
        width, white = self._composer.look.width, self._composer.look.gap * _ACROSS
        return any(has_room(rows, table, told, width, white) for rows, table in product(drawn, tables))

    def _arranged(self, drawn: Sequence[Rows], tables: Sequence[Sized], told: Sized) -> Block:
        """Return the lowest way to set a form; on a page too narrow for any, all stands below each other."""
        look = self._composer.look
        ways = self._ways(drawn, tables, told)
        if found := min(ways, key=lambda way: way.height(look.width), default=None):
            return found
        boxed = [some.block for some in tables[-1:]]
        return Stack((*map(_at_left, drawn[-1:]), *boxed, told.block), look.gap * 0.8)

    def _ways(self, drawn: Sequence[Rows], tables: Sequence[Sized], told: Sized) -> Iterator[Arrangement]:
        """Yield the ways that have room: drawings, doses at their right or under them, then steps.

        Steps stand at the right of the doses where the page is wide enough, or under drawings and doses.
        """
        look = self._composer.look
        white, down = look.gap * _ACROSS, look.gap * 0.8
        right, across = partial(beside_drawings, low=False), partial(beside_drawings, low=True)
        arranged: tuple[Callable[..., Arrangement | None], ...] = (right, under_drawings, across)
        for arrange, rows, table in product(arranged, drawn, tables):
            if way := arrange(rows, table, told, look.width, white, down):
                yield way

    def _first(self, boxes: Boxes, beside: bool, scale: float, weeks: Weeks) -> Block:
        """Return the first weeks of a form, with its drawings and steps."""
        drawn = [*pictures(self._composer, self._panels, scale)] if self._panels else []
        return self._arranged(drawn, self._weeks(boxes, weeks, beside), self._told)

    def _later(self, boxes: Boxes, beside: bool, scale: float, weeks: Weeks, has_steps: bool) -> Block:
        """Return some weeks of a form, for a page that the form goes on to, with its drawings once more."""
        c = self._composer
        tables, panels = self._weeks(boxes, weeks, beside), self._panels
        drawn = [*pictures(c, panels, scale, again=True)] if panels else []
        if has_steps:
            return self._arranged(drawn, tables, self._told)
        return Stack((*map(_at_left, drawn[-1:]), self._lowest(tables)), c.look.gap * 0.4)

    def _lowest(self, tables: Sequence[Sized]) -> Block:
        return min((table.block for table in tables), key=lambda one: one.height(self._composer.look.width))

    def _tables(self, boxes: Boxes, weeks: tuple[int, ...], beside: bool) -> list[Sized]:
        """Return some weeks of a form with doses `beside` or above them; none where a page is too narrow.

        Many weeks stand in more tables beside each other where the page is wide enough.
        """
        return [*self._set(boxes, weeks, beside)]

    def _set(self, boxes: Boxes, weeks: tuple[int, ...], beside: bool) -> Iterator[Sized]:
        """Yield some weeks of a form with doses beside or above them, the narrowest way last."""
        most = self._composer.look.width
        for rows in self._rows(boxes, beside):
            for count in range(-(-len(weeks) // _MANY_WEEKS), 0, -1):
                width = rows.width(count)
                if count == 1 or width <= most:
                    table = Measured(Awaited(partial(rows.block, count, weeks)))
                    yield Sized(table, min(width, most), rows.most_width(count))

    def _in_rows(self, boxes: Boxes, beside: bool) -> list[WeekRows]:
        """Return the ways to name weeks; none where doses have no room beside them and should have."""
        ways: tuple[Dates, ...] = ("both", "below")
        tried = (WeekRows(self._composer, self._form, boxes, beside, dates, loose=True) for dates in ways)
        return [rows for rows in tried if rows.is_beside == beside]

    @cached_property
    def _told(self) -> Sized:
        """Return the steps of a form."""
        c = self._composer
        style = c.look.cell
        told = c.numbered(
            [Paragraph(c.text(text, style)) for _, text in self._form.main.steps], style, gap=0.0
        )
        return Sized(Measured(told), min(style.size * _LEAST_STEPS, c.look.width), c.long_measure)

    def place(self, part: Part) -> str:
        """Return the destination at a later part; nothing for one without weeks."""
        return f"week {part.weeks[0]} of {destination_of(self._form)}" if part.weeks else ""

    def goes_on(self, part: Part) -> list[Flowed]:
        """Return the page of a later part."""
        return where_next(self._composer, part.weeks[0], self.place(part))


def _at_left(rows: Rows) -> Block:
    """Return drawings in rows, no wider than they are."""
    return Columns((rows.block, Space(0.0)), (rows.width, 1.0))
