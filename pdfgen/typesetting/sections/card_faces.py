"""What stands on the cards of one form of an exercise: words in front, drawings, steps, what goes wrong."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.planning.dates import first_day, last_day, whole_week
from pdfgen.planning.planned_exercise import PlannedExercise, PlannedPanel
from pdfgen.planning.wording import NO_BREAK, runs_of
from pdfgen.typesetting.blocks import Block, Bullets, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import ROUNDING, Flowed
from pdfgen.typesetting.look import INK, MM
from pdfgen.typesetting.sections.card_sides import ANY
from pdfgen.typesetting.sections.exercise_pictures import Rows, pictures
from pdfgen.typesetting.sections.exercise_steps import video_row
from pdfgen.typesetting.sections.exercise_words import (
    form_line,
    has_breathing,
    needed,
    personal_frame,
    personal_lines,
)
from pdfgen.typesetting.sections.safety_strip import stop_line
from pdfgen.typesetting.sections.signs_place import sending
from pdfgen.typesetting.sections.week_columns import days_done
from pdfgen.typesetting.text_style import Span

#: Scales of the drawings in points a millimetre, the largest first: from 1.6 times true size to where lines
#: run together.
_SCALES = tuple(percent / 100 * MM for percent in range(160, 48, -2))


def form_name(c: Composer, form: PlannedExercise) -> Block:
    """Return the name of a form behind its weeks, and their dates, for every side of every card."""
    spans = [Span(form_line(c, form))]
    for first, last in runs_of(form.main.weeks) if c.plan.start else ():
        dates = (whole_week(first),) if first == last else (first_day(first), last_day(last))
        spans += [Span(" · " if len(spans) == 1 else ", "), c.dated(*dates)]
    return c.paragraph(spans, c.look.h3._replace(colour=INK))


def words_in_front(c: Composer, form: PlannedExercise) -> list[Flowed]:
    """Return the days and what to fetch, and what is meant for this patient only."""
    gap, days = c.look.gap, days_done(c, form)
    blocks: list[Block] = []
    said = [Span(_short_days(c, days), bold=True)] if days else []
    if words := needed(c, form):
        said += [Span(f" · {words}" if said else words)]
    if said:
        blocks.append(c.paragraph(said))
    if not form.main.panels:
        blocks.append(c.paragraph(form.purpose))
    told = [Flowed(block, before=gap * (0.8 if number else 0.4)) for number, block in enumerate(blocks)]
    return [*told, *own_words(c, form)]


def _short_days(c: Composer, days: frozenset[Weekday]) -> str:
    names = [c.language.day_short[day] for day in c.plan.weeks[0].days if day in days]
    said = c.strings.every_day if len(days) == len(WEEKDAYS) else ", ".join(names)
    return f"{said[:1].upper()}{said[1:]}".replace(" ", NO_BREAK)


def own_words(c: Composer, form: PlannedExercise) -> list[Flowed]:
    """Return what is meant for this patient only, in a frame; nothing where nothing is."""
    gap = c.look.gap
    lines = Stack(tuple(personal_lines(c, form, c.look.cell)), gap * 0.4)
    return [Flowed(personal_frame(c, lines, gap), before=gap * 0.8)] if lines.blocks else []


def largest_scale(c: Composer, panels: Sequence[PlannedPanel], room: float, least: float = 0.0) -> float:
    """Return the largest scale at which `room` points hold the drawings, in points a millimetre; else 0.

    Args:
        least: a scale under which it does not matter.
    """
    if least and _lowest(c, panels, least, room) is None:
        return 0.0
    first = bisect_left(_SCALES, True, key=lambda scale: _lowest(c, panels, scale, room) is not None)
    return max(least, _SCALES[first]) if first < len(_SCALES) else least


def _lowest(c: Composer, panels: Sequence[PlannedPanel], scale: float, room: float) -> Rows | None:
    """Return the drawings in the rows that are lowest, where the card has room for them."""
    fitting = [
        rows
        for rows in pictures(c, panels, scale)
        if rows.width <= c.look.width + ROUNDING and rows.block.height(rows.width) <= room
    ]
    return min(fitting, key=lambda rows: rows.block.height(rows.width), default=None)


def drawings(c: Composer, panels: Sequence[PlannedPanel], scale: float) -> Block:
    """Return the drawings at a scale, in the middle of the card."""
    rows = _lowest(c, panels, scale, c.look.height)
    assert rows is not None
    if rows.width >= c.look.width - ROUNDING:
        return rows.block
    return c.columns(Stack(()), rows.block, Stack(()), widths=(0.5, rows.width, 0.5), gap=0.0)


def steps(c: Composer, form: PlannedExercise, room: float, air: float = 0.3) -> list[Flowed]:
    """Return steps and breathing, in lists of at most `room` points, with so many gaps between two steps."""
    gap, style = c.look.gap, c.look.cell
    items = [Paragraph(c.text(words, style), measure=c.long_measure) for _, words in form.main.steps]
    whole = c.numbered(items, style, gap * air)
    blocks: list[Block] = [*in_parts(whole, c.look.width, room)]
    if not has_breathing(form):
        blocks.append(_fact(c, c.strings.breathe, form.breathing))
    return [Flowed(block, before=gap * (0.6 if number else 1.0)) for number, block in enumerate(blocks)]


def what_goes_wrong(c: Composer, form: PlannedExercise) -> list[Flowed]:
    """Return what often goes wrong, and the video."""
    gap = c.look.gap
    wrong = _facts(c, c.strings.mistakes, form.mistakes)
    return [*wrong, *([Flowed(video_row(c, form.video), before=gap)] if form.video else [])]


def care(c: Composer, form: PlannedExercise) -> list[Flowed]:
    """Return what everybody has to take care of."""
    return _facts(c, c.strings.care, form.care)


def stop_foot(c: Composer) -> Flowed:
    """Return the first words of the stop rule with whom to call, for the foot of a side."""
    return Flowed(stop_line(c), before=c.look.gap, stretch=ANY)


def _facts(c: Composer, name: str, words: Sequence[str]) -> list[Flowed]:
    return [Flowed(_fact(c, name, " ".join(words)), before=c.look.gap * 0.6)] if words else []


def in_parts(whole: Bullets, width: float, room: float) -> list[Bullets]:
    """Return a list, or the lists that follow each other where it is higher than `room` points."""
    parts: list[Bullets] = []
    for item, label in zip(whole.items, whole.labels, strict=True):
        if parts:
            longer = parts[-1]._replace(items=(*parts[-1].items, item), labels=(*parts[-1].labels, label))
            if longer.height(width) <= room:
                parts[-1] = longer
                continue
        parts.append(whole._replace(items=(item,), labels=(label,)))
    return parts


def _fact(c: Composer, name: str, words: str) -> Block:
    """Return a fact that begins with its name: a column of names would leave too narrow lines."""
    named = Span(f"{name}: ", bold=True, colour=c.look.accent)

    def block(said: Sequence[Span]) -> Block:
        return Paragraph(c.text([named, *said], c.look.cell), measure=c.long_measure)

    return sending(c, words, block)
