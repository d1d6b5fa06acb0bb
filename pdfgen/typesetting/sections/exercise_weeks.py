"""Exercises with their weeks, for a leaf in the hand or on the wall: what to do, how much, when, and how.

Nothing falls below its least size: what takes more room goes on to the next page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from pdfgen.typesetting.blocks import Block, Paragraph
from pdfgen.typesetting.columns_of_pages import columns_on, in_column
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import WARM_UP
from pdfgen.typesetting.flow import Flowed, extent, paginate
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections import safety_columns, screen_exercises, screen_parts
from pdfgen.typesetting.sections.exercise_doses import how_to_read
from pdfgen.typesetting.sections.exercise_names import has_forms_behind
from pdfgen.typesetting.sections.exercise_rows import ExerciseRows
from pdfgen.typesetting.sections.exercise_weeks_filling import Filling
from pdfgen.typesetting.sections.exercise_weeks_pages import OVERVIEW, Pages
from pdfgen.typesetting.sections.exercise_weeks_ways import Around, begins_in
from pdfgen.typesetting.sections.safety_strip import stop_line
from pdfgen.typesetting.sections.signs_place import SIGNS
from pdfgen.typesetting.text_style import Span

#: The page of the signs, where these are not the last one: the back of the first.
_SIGNS_PAGE = 2
#: Pages that the signs take, but in large print.
_SIGNS = 1
#: More pages than there can be.
_MANY = 1000
#: Part of the white between blocks of the first page that stays where it has no room for all of it.
_LEAST_BETWEEN = 0.5
#: White above the signs where they stand below an exercise, in points.
_OVER_SIGNS = 8 * MM


def compose(c: Composer, above: Sequence[Flowed]) -> list[Flowed]:
    """Return what stands above on the first page, then pain, warm-up and exercises on as few pages as can be.

    The signs stand on page 2, which is the back of the first one: on their own, or below exercises. In a
    layout that is given beside a program they are the last page; where the layout has them elsewhere, there
    are none.

    Args:
        above: composed for a column.
    """
    column = in_column(c)
    title = Flowed(c.heading(c.strings.exercises_title, 1, bookmark=0), keep=True)
    if c.layout.screen:
        warm_up = _warm_up(c)
        if "preparation" not in c.layout.kinds:
            warm_up = screen_parts.at(WARM_UP, warm_up)
        return [*above, *screen_exercises.compose(c, [title, warm_up])]
    behind = has_forms_behind(column)
    room = _above_stop(c)
    exercises = [ExerciseRows(room, exercise, has_form_behind=behind) for exercise in c.plan.exercises]
    has_signs = "safety" not in c.layout.kinds
    lead = [safety_columns.traffic_light(column) if has_signs else title, _warm_up(column)]
    above, lead = _tightened(above), _tightened(lead)
    alone = _fewest(c, exercises, above, lead)
    if not has_signs:
        return _joined(alone.set(Filling(c, alone).way()))
    if columns_on(c) > 1:
        dense = _reached(safety_columns.compose(c, light=False, dense=True))
        foot = [dense[0]._replace(before=_OVER_SIGNS), *dense[1:]]
        on = alone.fewest if c.layout.supplement else _SIGNS_PAGE
        both = _fewest(c, exercises, above, lead, foot, on)
        if both.fewest == alone.fewest:
            return _joined(both.set(Filling(c, both).way()))
    signs = _reached(safety_columns.compose(c, light=False, larger=columns_on(c) > 1))
    is_kept = c.layout.pages is None or alone.fewest < c.layout.pages
    way = Filling(c, alone).way(_most(c), _SIGNS) if is_kept else alone.lowest
    pages = alone.set(way)
    if c.layout.supplement:
        return _joined([*pages, signs])
    return _joined(_with_signs_second(c, pages, signs, partial(alone.overview, way)))


def _with_signs_second(
    c: Composer,
    pages: Sequence[Sequence[Flowed]],
    signs: Sequence[Flowed],
    overview: Callable[[float], Block | None],
) -> list[list[Flowed]]:
    """Return the pages with signs behind the first one, with all exercises if that has no room for them."""
    first, *others = pages
    below: list[Flowed] = []
    if others and columns_on(c) == 1 and not begins_in(others[:1]):
        # How to warm up has no room on the first page: it would have one of its own.
        *warm_up, stop = others.pop(0)
        signs, below = [*signs, *warm_up], [stop]
    if others and not begins_in([first]) and not any(block.once == OVERVIEW for block in first):
        before, look = c.look.gap * 2, c.look
        last = paginate([*signs, *below], look, "exercise-weeks")[-1].items
        if shown := overview(look.height - extent(last, look.width, at_top=True) - before):
            signs = [*signs, Flowed(shown, before=before)]
    return [[*first], [*signs, *below], *map(list, others)]


def _fewest(
    c: Composer,
    exercises: Sequence[ExerciseRows],
    above: Sequence[Flowed],
    lead: Sequence[Flowed],
    foot: Sequence[Flowed] = (),
    on: int = 0,
) -> Pages:
    """Return the fewest pages: with what stands above over all columns, or else in the first one.

    It stands in the first column where that takes fewer pages, or else no exercise begins on the first one.
    """
    ways = [Around((), (*above, *lead), _stop(c), foot, on)]
    if columns_on(c) > 1 and above:
        ways.insert(0, Around((above, lead), (), _stop(c), foot, on))
    pages = (Pages(c, exercises, around) for around in ways)
    return min(pages, key=lambda one: (one.fewest, not one.begins_at_once))


def _stop(c: Composer) -> list[Flowed]:
    """Return the first words of the stop rule with whom to call, at the foot of a page."""
    return [Flowed(stop_line(c), before=c.look.gap, stretch=c.look.height)]


def _above_stop(c: Composer) -> Composer:
    """Return the composer of a column above when to stop."""
    taken = extent(_stop(c), c.look.width, at_top=False)
    column = in_column(c)
    return replace(column, look=column.look._replace(bottom=column.look.bottom - taken))


def _most(c: Composer) -> int:
    """Return how many pages exercises may take for larger drawings: what the layout promises, if it does.

    What is given beside a program takes no more than it needs, nor does paper with two columns.
    """
    if c.layout.supplement or columns_on(c) > 1:
        return 0
    return (c.layout.pages or _MANY) - _SIGNS


def _tightened(blocks: Sequence[Flowed]) -> list[Flowed]:
    """Return blocks with the white between them that they keep, and may have more where their page has it."""
    tight = [(block, block.before * _LEAST_BETWEEN) for block in blocks]
    return [block._replace(before=low, stretch=block.stretch + block.before - low) for block, low in tight]


def _reached(signs: Sequence[Flowed]) -> list[Flowed]:
    """Return the signs as blocks to which links go."""
    return [signs[0]._replace(destination=SIGNS), *signs[1:]]


def _joined(pages: Sequence[Sequence[Flowed]]) -> list[Flowed]:
    """Return the blocks of all pages, of which each but the first starts a page."""
    first, *others = pages
    return [*first, *(block._replace(new_page=not i) for page in others for i, block in enumerate(page))]


def _warm_up(c: Composer) -> Flowed:
    """Return how to warm up and, but for a screen, which says it above them, what to do with boxes.

    Where nothing else says it, also who stays off the floor when alone, and what "2 times 6" asks for.
    """
    strip, up = c.plan.preparation.warm_up, c.plan.preparation.up
    is_said = "preparation" in c.layout.kinds
    floor = [] if is_said or not up else [Span(f"{up.note} ")]
    sets = [] if is_said else how_to_read(c)
    words = [
        Span(f"{strip.title}. ", bold=True, colour=c.look.accent),
        Span(f"{strip.intro} {strip.note} "),
        *floor,
        *(span for spans in sets for span in (*spans, Span(" "))),
        *([] if c.layout.screen else [Span(c.strings.boxes_hint, bold=True)]),
    ]
    return Flowed(Paragraph(c.text(words, c.look.cell), measure=c.long_measure), before=c.look.gap)
