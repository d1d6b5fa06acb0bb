"""Exercises at a glance and their weeks: drawings as large as possible, doses that can be read from afar."""

from __future__ import annotations

from collections.abc import Iterator

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.typesetting.blocks import Block, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.picture_grid import GridCell, GridSetting, first_grid, grid_cell
from pdfgen.typesetting.sections.day_boxes import weeks_block
from pdfgen.typesetting.sections.dose_words import dose_facts
from pdfgen.typesetting.sections.exercise_words import personal_below, personal_lines
from pdfgen.typesetting.text_style import Span, TextStyle

#: Sizes of names and doses, in sizes of the layout, that are tried, the largest first. Those below 1 are for
#: larger paper, on which the layout's sizes have grown.
_FACTORS = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.9, 0.8, 0.71)
#: Least size of sentences in points.
_LEAST_TYPE = 12.0
#: Part of the usual white on a page that is too full for all of it.
_LITTLE_AIR = 0.2
#: Whether the weeks have names in their head, and whether cautions and notes stand below the cells.
_FORMS = ((True, False), (False, False), (False, True))
#: Drawings of this scale are large enough for larger type: a figure that lies is 40 mm long on A4.
_GOOD_SCALE = 0.7 * MM
_COLUMNS = (2, 3, 4, 1)
_A3_HEIGHT = PAPER_SIZES["a3"][1] * MM - 1


def compose(c: Composer, room: float) -> list[Flowed]:
    """Return warm-up, exercises and weeks.

    The largest type is taken with which drawings are of a good size; else the smallest type, with drawings
    as large as it leaves room for.

    Args:
        room: height in points that they may take.

    Raises:
        FitError: they do not fit with the smallest type and the smallest drawings.
    """
    settings = (_setting(*wish) for wish in _wishes(c))
    return first_grid(settings, room, _COLUMNS, f"{_counts(c)} do not fit", _advice(c))


def _setting(factor: float, form: tuple[bool, bool], c: Composer) -> GridSetting:
    named, apart = form
    below = personal_below(c, _text_style(c, factor)) if apart else []
    below.append(Flowed(weeks_block(c, factor, named=named), before=c.look.gap * 1.5))
    scale = c.enlarged(_GOOD_SCALE) if factor > 1.0 else 0.0
    return GridSetting(c, _cells(c, factor, apart=apart), _warm_up(c), below, c.look.gap, scale)


def _wishes(c: Composer) -> Iterator[tuple[float, tuple[bool, bool], Composer]]:
    """Yield size of names and doses, form, and composer, the best first; the last ones with little white."""
    factors = [f for f in _FACTORS if f >= 1.0 or c.look.cell.size * f >= _LEAST_TYPE]
    yield from ((factor, form, c) for factor in factors for form in _FORMS)
    yield from ((factors[-1], form, c.dense(_LITTLE_AIR)) for form in _FORMS)


def _counts(c: Composer) -> str:
    has_notes = any(exercise.note or exercise.cautions for exercise in c.plan.exercises)
    notes = " with their notes and cautions" if has_notes else ""
    return f"{len(c.plan.exercises)} exercises and {len(c.plan.weeks)} weeks{notes}"


def _advice(c: Composer) -> str:
    paper = ", paper a3" if "a3" in c.layout.papers and c.look.page_height < _A3_HEIGHT else ""
    return f"take fewer exercises or fewer weeks{paper}, shorter notes, or the layout standard"


def _warm_up(c: Composer) -> Flowed:
    strip = c.plan.preparation.warm_up
    words = [Span(f"{strip.title}. ", bold=True, colour=c.look.accent), Span(strip.intro)]
    return Flowed(Paragraph(c.text(words), measure=c.long_measure), before=c.look.gap * 0.8)


def _cells(c: Composer, factor: float, *, apart: bool) -> list[GridCell]:
    name, cell = (_grown(style, factor) for style in (c.look.h2, c.look.cell))
    cells = []
    for exercise in c.plan.exercises:
        facts = dose_facts(c, exercise)
        text: list[Block] = [Paragraph(c.text(facts, cell))] if facts else []
        if not apart:
            text += personal_lines(c, exercise, _text_style(c, factor))
        cells.append(grid_cell(c, exercise, name, Stack(tuple(text))))
    return cells


def _text_style(c: Composer, factor: float) -> TextStyle:
    """Return the style of sentences, which do not grow with names and doses but may shrink with them."""
    return _grown(c.look.cell, min(1.0, factor))


def _grown(style: TextStyle, factor: float) -> TextStyle:
    return style._replace(size=style.size * factor, leading=style.leading * factor)
