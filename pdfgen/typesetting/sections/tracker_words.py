"""Words about an exercise on a week sheet, and which exercises are planned in a week.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.planning.plan import Week
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.planning.wording import NO_BREAK, dose_words
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_words import from_week, in_weeks, personal_words
from pdfgen.typesetting.sections.tracker_ahead import is_facing
from pdfgen.typesetting.sections.tracker_pictures import BETWEEN, least_height, panels_of
from pdfgen.typesetting.sections.tracker_row_text import (
    BEFORE_PAGE,
    ExerciseText,
    PagePlace,
    head_width,
)
from pdfgen.typesetting.sections.tracker_shape import GAP, GridShape, dose_style
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest

#: Pages as wide as any, for when they are not known yet.
_WIDE_PAGES = (88, 89)


class ExerciseOfWeek(NamedTuple):
    """An exercise on the sheet of a week, with its dose and the days (from 1) on which it is planned."""

    exercise: PlannedExercise
    dose: PlannedDose
    days: tuple[int, ...]


def exercises_of(c: Composer, week: Week) -> tuple[ExerciseOfWeek, ...]:
    """Return the exercises that are planned in a week, in order."""
    planned = []
    for exercise in c.plan.exercises:
        doses, days = [], []
        for number, day in enumerate(week.days, 1):
            items = [item for session in week.sessions if session.day == day for item in session.items]
            for item in items:
                if item.number == exercise.number:
                    doses.append(item.dose)
                    days.append(number)
        if doses:
            planned.append(ExerciseOfWeek(told_in(exercise, week.number), doses[0], tuple(days)))
    return tuple(planned)


def told_in(exercise: PlannedExercise, week: int) -> PlannedExercise:
    """Return an exercise with the notes for a week; with all of them on a spare sheet."""
    return exercise.within([week]) if week else exercise


def exercise_text(
    c: Composer, shape: GridShape, week: int, entry: ExerciseOfWeek, pages: tuple[int, int] = _WIDE_PAGES
) -> ExerciseText:
    """Return the words for an exercise in a week, and the page where its form of that week is explained.

    Args:
        pages: where the exercise begins, or its form of that week, and where its last form does. A spare
            sheet, which may be for any form, names both.
    """
    words = _exercise_text(c, shape, week, entry)
    if not c.has_exercises_before("tracker"):
        return words
    link = c.exercise_name(entry.exercise, week).link
    if len(_own(c, shape, entry.exercise)) < len(personal_words(c, entry.exercise)):
        # This names the page, which no other line need do.
        first = c.text(_read_first(c, _on_pages(c, week, entry, pages), link), c.look.cell)
        return words._replace(own=(first, *words.own))
    # Rows are measured before pages are known, so that the widest page decides where all of them stand.
    widest_page, page = (
        c.text([Span(_on_pages(c, week, entry, some), link=link)], c.look.label)
        for some in (_WIDE_PAGES, pages)
    )
    words = words._replace(is_first=shape.page == "first")
    return words._replace(page=page, place=_place(c, shape, week, entry, words._replace(page=widest_page)))


def _on_pages(c: Composer, week: int, entry: ExerciseOfWeek, pages: tuple[int, int]) -> str:
    first, last = pages
    if week or len(entry.exercise.forms) == 1 or first == last:
        return c.fill(c.strings.on_page, page=first).replace(" ", NO_BREAK)
    return c.fill(c.strings.on_pages, first=first, last=last).replace(" ", NO_BREAK)


def _read_first(c: Composer, pages: str, link: str) -> list[Span]:
    """Return that pages have to be read first, which are a link."""
    before, _, behind = c.strings.for_you_on_page.partition("{page}")
    named = Span(pages, bold=True, link=link)
    return [Span(before, bold=True), named, Span(behind, bold=True)]


def _own(c: Composer, shape: GridShape, exercise: PlannedExercise) -> list[list[Span]]:
    """Return the words for this patient only that a row says itself."""
    if shape.told == "none":
        return []
    return personal_words(c, exercise if shape.told == "all" else exercise._replace(notes=()))


def _place(c: Composer, shape: GridShape, week: int, entry: ExerciseOfWeek, words: ExerciseText) -> PagePlace:
    """Return where the page of a row takes no height: over boxes beside words, or behind a line.

    Below lines that are full, and where the dose is over the boxes, it stands beside the drawings where these
    can be as wide as they have to, else over the boxes.
    """
    if shape.arrangement == "headed":
        return "name" if words.name[0].natural_width <= _beside_page(c, shape) * MM else "drawings"
    if shape.arrangement == "over":
        room = (shape.words - beside_dose(c, shape)) * MM
        has_room = room < shape.words * MM and all(line.natural_width <= room for line in words.dose[:1])
        return "dose" if has_room else "drawings"
    if shape.page == "below":
        return "below"
    fits = words.page is not None and words.page.natural_width + MM <= (shape.boxes + GAP) * MM
    if shape.arrangement == "beside" and fits:
        return "boxes"
    if shape.arrangement != "across" or words.line_of_page(shape.words) < len(words.lines):
        return "lines"
    panels = panels_of(shape, week, entry.exercise)
    room = shape.picture - width_beside(words)
    if panels and math.isfinite(least_height(c, panels, room, shape.least or (0.0, 0.0))):
        return "drawings"
    return "boxes" if fits else "lines"


def beside_dose(c: Composer, shape: GridShape) -> float:
    """Return the width of a page at the right of each dose over its boxes.

    It is there in all rows where drawings of the least size have no room beside it.
    """
    page = _page_width(c) if shape.arrangement == "over" else 0.0
    return page if page + 2 * (shape.least or (0.0,))[0] + BETWEEN > shape.picture else 0.0


def _page_width(c: Composer) -> float:
    """Return the width of a page at the end of a line, with the white before it; nothing without pages."""
    if not c.has_exercises_before("tracker"):
        return 0.0

    def width(copy: Composer) -> float:
        return copy.text(copy.fill(copy.strings.on_page, page=_WIDE_PAGES[0]), copy.look.label).natural_width

    return widest(c, width) / MM + BEFORE_PAGE


def _beside_page(c: Composer, shape: GridShape) -> float:
    """Return the width of a name across the sheet, at the left of its page."""
    return shape.words_start + shape.words - _page_width(c)


def width_beside(words: ExerciseText) -> float:
    """Return the width that a page takes at the left of the drawings, with white behind it."""
    return words.page.natural_width / MM + BEFORE_PAGE if words.page else 0.0


def _exercise_text(c: Composer, shape: GridShape, week: int, entry: ExerciseOfWeek) -> ExerciseText:
    """Return the words alone: the dose on one line where there is room, else on two.

    Where they go across the sheet, name and form stand on that line too if they can, or all flows on; not in
    a booklet, whose rows would have the dose at one place here and at another there. What is meant for this
    patient only stands between them.
    """
    exercise = entry.exercise
    own = tuple(c.text(line, c.look.cell) for line in _own(c, shape, exercise))
    if week and entry.dose.blank:
        asked = [Span(f"{c.strings.dose}: ", bold=True), Span(c.strings.blank_dose)]
        own = (*own, c.text(asked, c.look.cell))
    amount, *others = dose_words(entry.dose, c.language, exercise.rest_s)
    parts, style = [*filter(None, others)], dose_style(c, loud=shape.loud)
    smaller = c.look.cell.size / style.size
    dosed = [Span(amount), *([Span(f", {', '.join(parts)}", bold=False, scale=smaller)] if parts else [])]
    beside = shape.words - (_page_width(c) if shape.page == "first" else 0.0)
    widths = {"over": head_width(shape, own), "headed": _beside_page(c, shape)}
    name = _name(c, widths.get(shape.arrangement, beside), exercise, week)
    both = c.text(dosed, style)
    can_flow = shape.arrangement == "across" and not is_facing(c) and not c.look.is_large
    if can_flow and amount and not own:
        named = _named(c, exercise, week, _form_name(exercise, week))
        flowing = c.text([*named, Span(f"{NO_BREAK}· ", bold=False), *dosed], c.look.cell_bold)
        width = shape.words * MM
        is_two = len(name) == 1 and max(name[0].natural_width, both.natural_width) <= width
        if flowing.natural_width <= width or not is_two:
            return ExerciseText((), (flowing,), own)
    if not amount:
        return ExerciseText(name, (), own, is_open=week > 0)
    apart = _two_lines(c, shape, amount, parts)
    if shape.arrangement == "headed":
        # A form that has no room behind its name stands above its dose, where it takes no height.
        return ExerciseText(name[:1], (*name[1:], *(apart if parts else (both,))), own)
    is_together = both.natural_width <= (shape.words - beside_dose(c, shape)) * MM
    return ExerciseText(name, (both,) if is_together else apart, own)


def _two_lines(c: Composer, shape: GridShape, amount: str, parts: Sequence[str]) -> tuple[Text, Text]:
    """Return a dose on two lines: the amount, and how; or all but the rest, and that, if it saves a line."""
    style = dose_style(c, loud=shape.loud)
    after = c.text(", ".join(parts), c.look.cell)
    if len(parts) > 1:
        held = Span(f", {parts[0]},", bold=False, scale=c.look.cell.size / style.size)
        ways = c.text([Span(amount), held], style), c.text(", ".join(parts[1:]), c.look.cell)
        if after.natural_width > shape.words * MM >= max(line.natural_width for line in ways):
            return ways
    return c.text(amount, style), after


def _name(c: Composer, width: float, exercise: PlannedExercise, week: int) -> tuple[Text, ...]:
    """Return name and form on one line where there is room, else on two; all forms of a spare sheet apart."""
    if not week and len(exercise.forms) > 1:
        said = ((in_weeks(c, form.weeks), form.name) for form in exercise.forms)
        # Where both have no room on a line, it ends between them.
        forms = (": ".join(words.replace(" ", NO_BREAK) for words in both) for both in said)
        named = c.text(_named(c, exercise, week, ""), c.look.cell_bold)
        return (named, *(c.text(form, c.look.cell) for form in forms))
    form = _form_name(exercise, week)
    both = c.text(_named(c, exercise, week, form), c.look.cell_bold)
    if both.natural_width <= width * MM or not form:
        return (both,)
    return (c.text(_named(c, exercise, week, ""), c.look.cell_bold), c.text(form, c.look.cell_bold))


def _named(c: Composer, exercise: PlannedExercise, week: int, form: str) -> list[Span]:
    """Return number, name and form; on a spare sheet also the weeks of what is not done in all."""
    number = Span(f"{exercise.number}{NO_BREAK}{NO_BREAK}", colour=c.look.accent)
    weeks = "" if week else _some_weeks(c, exercise)
    named = [number, c.exercise_name(exercise, week), *([Span(f": {weeks}")] if weeks else [])]
    return [*named, *([Span(f" · {form}")] if form else [])]


def _some_weeks(c: Composer, exercise: PlannedExercise) -> str:
    """Return in which weeks an exercise is done where that is not all of them.

    Who repeats another week would else take it for a part of that.
    """
    weeks = [week for week, dose in enumerate(exercise.doses, 1) if dose is not None]
    if len(weeks) == len(exercise.doses):
        return ""
    first = weeks[0]
    if weeks == [*range(first, len(exercise.doses) + 1)]:
        return from_week(c, first)
    return in_weeks(c, weeks).replace(" ", NO_BREAK)


def _form_name(exercise: PlannedExercise, week: int) -> str:
    """Return the name of a week's form; nothing on a spare sheet, for any week, where there are more."""
    return exercise.form_in(week).name if week or len(exercise.forms) == 1 else ""


def has_own_words(c: Composer) -> bool:
    """Whether anything is meant for this patient only."""
    return any(personal_words(c, exercise) for exercise in c.plan.exercises)
