"""Exercises at a glance and their weeks: drawings as large as possible, doses that can be read from afar."""

from __future__ import annotations

from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.blocks import Block, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.day_boxes import weeks_block
from pdfgen.typesetting.sections.dose_facts import dose_facts, personal
from pdfgen.typesetting.sections.picture_grid import SCALES, Cell, largest, name_of, start_and_end
from pdfgen.typesetting.style import MM
from pdfgen.typesetting.text import Span, TextStyle

#: Sizes of names and doses, in sizes of the layout, that are tried, the largest first.
_FACTORS = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0)
#: Drawings of this scale are large enough for larger type: a figure that lies is 40 mm long on A4.
_GOOD_SCALE = 0.7 * MM
_COLUMNS = (2, 3, 4, 1)


def compose(c: Composer, room: float) -> list[Flowed]:
    """Return warm-up, exercises and weeks.

    The largest type is taken with which drawings are of a good size; else the smallest type, with drawings
    as large as it leaves room for.

    Args:
        room: height in points that they may take.

    Raises:
        FitError: they do not fit with the smallest type and the smallest drawings.
    """
    warm_up = _warm_up(c)
    gap = c.look.gap
    for factor in _FACTORS:
        weeks = weeks_block(c, factor)
        used = warm_up.before + sum(block.height(c.look.width) for block in (warm_up.block, weeks))
        grid = largest(c, _cells(c, factor), room - used - 3 * gap, _COLUMNS)
        enough = _GOOD_SCALE * c.enlarged(1.0) if factor > _FACTORS[-1] else SCALES[-1]
        if grid is not None and grid.scale >= enough:
            return [warm_up, Flowed(grid, before=gap), Flowed(weeks, before=gap * 2)]
    message = (
        f"{len(c.plan.exercises)} exercises and {len(c.plan.weeks)} weeks do not fit with drawings that can "
        "be seen; take fewer exercises or fewer weeks, larger paper, or the layout standard"
    )
    raise FitError(Problem(message, "exercises"))


def _warm_up(c: Composer) -> Flowed:
    strip = c.plan.preparation.warm_up
    words = [Span(f"{strip.title}. ", bold=True, colour=c.look.accent), Span(strip.intro)]
    return Flowed(Paragraph(c.text(words)), before=c.look.gap * 0.8)


def _cells(c: Composer, factor: float) -> list[Cell]:
    name, cell = (_grown(style, factor) for style in (c.look.h2, c.look.cell))
    cells = []
    for exercise in c.plan.exercises:
        facts = dose_facts(c, exercise)
        text: list[Block] = [Paragraph(c.text(facts, cell))] if facts else []
        text += personal(c, exercise)
        cells.append(Cell(name_of(c, exercise, name), start_and_end(exercise), Stack(tuple(text))))
    return cells


def _grown(style: TextStyle, factor: float) -> TextStyle:
    return style._replace(size=style.size * factor, leading=style.leading * factor)
