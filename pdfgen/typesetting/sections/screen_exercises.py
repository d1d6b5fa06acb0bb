"""Exercises on a screen: a page each, on which every form has all that it takes, in one order.

Name, what is meant for this patient only, drawings as wide as the page, doses with boxes to tick, steps, what
goes wrong, and a button to what comes next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK, week_words
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, Space, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_in, destination_of
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, MM
from pdfgen.typesetting.sections.cover_facts import day_words
from pdfgen.typesetting.sections.day_boxes import Boxes, box_sizes
from pdfgen.typesetting.sections.exercise_doses import doses
from pdfgen.typesetting.sections.exercise_pictures import least_scale, number_room, pictures
from pdfgen.typesetting.sections.exercise_steps import steps
from pdfgen.typesetting.sections.exercise_words import (
    care,
    form_line,
    mistakes,
    needed,
    personal_frame,
    personal_lines,
)
from pdfgen.typesetting.sections.screen_parts import LIST, PAIN, PAIN_WEEK, at, button, stop_strip
from pdfgen.typesetting.sections.week_rows import WeekRows
from pdfgen.typesetting.text_style import Span

#: After all exercises.
_LAST = 99
#: Weeks that take more than a screen, 640 CSS pixels where 360 are 105 mm, stand below the steps.
_LONG = 187 * MM
#: White between the stop rule and words for this patient, so that their bars are not one.
_FRAMES_APART = 3 * MM
#: Drawings as wide as the page are no higher than this.
_HIGHEST = 85 * MM


def compose(c: Composer, above: Sequence[Flowed]) -> list[Flowed]:
    """Return a page for each exercise, the first one below what stands `above`, as long as it has to be."""
    blocks: list[Flowed] = []
    for exercise in c.plan.exercises:
        strip = Flowed(stop_strip(c), before=c.look.gap, new_page=bool(blocks), keep=True)
        # Links land above the stop rule: who taps through the day would else never see it.
        strip = at(destination_of(exercise), strip)
        blocks += [*(above if not blocks else ()), strip, *_exercise(c, exercise)]
    return blocks


def _exercise(c: Composer, exercise: PlannedExercise) -> list[Flowed]:
    """Return the name of an exercise and its forms, which stay on one page."""
    words = [Span(f"{exercise.number}{NO_BREAK * 2}"), Span(exercise.name)]
    name = Paragraph(c.text(words, c.look.h2), "H2", bookmark=1)
    blocks = [Flowed(Stack((Rule(c.look.accent, 1.0), c.space(0.5), name)), before=c.look.gap * 2)]
    for form in exercise.by_form:
        blocks += _form(c, exercise, form)
    return [*(block._replace(keep=True) for block in blocks[:-1]), blocks[-1]]


def _form(c: Composer, exercise: PlannedExercise, form: PlannedExercise) -> Iterator[Flowed]:
    gap = c.look.gap
    yield Flowed(_form_name(c, form), before=gap * (0.4 if form.form_number < 2 else 3))
    if form.form_number > 1:
        # Links land at the name of this form, from which the stop rule of the page is out of sight.
        yield Flowed(stop_strip(c), before=gap * 0.5)
    if words := needed(c, form):
        yield Flowed(Paragraph(c.text(words, c.look.cell)), before=gap * 0.5)
    if own := personal_lines(c, form, c.look.cell):
        apart = gap * 0.5 if form.form_number < 2 else _FRAMES_APART
        yield Flowed(personal_frame(c, Stack(tuple(own), gap * 0.3), gap), before=apart)
    if form.main.panels:
        yield Flowed(_drawings(c, exercise, form), before=gap * (0.8 if form.form_number < 2 else 1.4))
    weeks = _weeks(c, exercise, form) if any(form.doses) else Stack(())
    watch = care(c, form)
    how = [Flowed(words, before=gap) for words in (steps(c, form), *mistakes(c, form), *watch)]
    if weeks.height(c.look.width) > _LONG:
        yield from (Flowed(doses(c, form, c.look.width), before=gap), *how, Flowed(weeks, before=gap * 1.5))
    else:
        yield from (Flowed(weeks, before=gap), *how)
    yield Flowed(Stack(tuple(_what_is_next(c, form)), gap), before=gap * 1.5)


def _weeks(c: Composer, exercise: PlannedExercise, form: PlannedExercise) -> Block:
    """Return the weeks of a form with their boxes, below what to do with these."""
    hint = Paragraph(c.text(c.strings.boxes_hint, c.look.cell))
    return Stack((hint, WeekRows(c, form, _widest_boxes(c, exercise)).block(1)), c.look.gap * 0.4)


def _form_name(c: Composer, form: PlannedExercise) -> Block:
    """Return weeks and name of a form; behind the exercise's name where that is out of sight."""
    style = c.look.h3._replace(colour=INK)
    if form.form_number < 2:
        return Paragraph(c.text(form_line(c, form), style), "H3")
    name = Span(f"{form.number}{NO_BREAK * 2}{form.name} · ", colour=c.look.accent)
    text = c.text([name, Span(form_line(c, form))], style)
    return Paragraph(text, "H3", destination=destination_of(form))


def _drawings(c: Composer, exercise: PlannedExercise, form: PlannedExercise) -> Block:
    """Return drawings as wide as the page, or as high as they may be; upright ones beside each other."""
    scale = _scale(c, exercise)
    upright = all(c.figures[p.figure].height > c.figures[p.figure].width for p in form.main.panels)
    rows = [*pictures(c, form.main.panels, scale)][-1 if upright else 0]
    return Columns((rows.block, Space(0.0)), (rows.width, 1.0))


def _scale(c: Composer, exercise: PlannedExercise) -> float:
    """Return one scale for all forms of an exercise, in points a millimetre."""
    panels = [panel for form in exercise.shown_forms for panel in form.panels]
    options = c.layout.exercise_weeks
    least = max((least_scale(c, p, options.lying, options.standing) for p in panels), default=MM)
    scales = []
    for form in exercise.shown_forms:
        room = c.look.width - number_room(c, form.panels, least)
        drawings = (c.figures[panel.figure] for panel in form.panels)
        scales += [min(room / drawing.width, _HIGHEST / drawing.height) for drawing in drawings]
    return min(scales, default=least)


def _widest_boxes(c: Composer, exercise: PlannedExercise) -> Boxes:
    """Return the largest boxes of which the page holds all of a week beside each other."""
    sizes = box_sizes(c.layout.exercise_weeks)
    sessions = (session for week in c.plan.weeks for session in week.sessions)
    days = {s.day for s in sessions if any(item.number == exercise.number for item in s.items)}
    return next((size for size in sizes if size.pitch * len(days) <= c.look.width), sizes[-1])


class _Next(NamedTuple):
    """What comes after a form: its place, and the days on which it does where that is not on all of them."""

    words: str
    form: str
    place: str
    days: frozenset[Weekday] = frozenset()


def _what_is_next(c: Composer, form: PlannedExercise) -> Iterator[Block]:
    """Yield a button to each exercise that follows in the weeks of a form, then one to where pain is noted.

    Where others, or other forms of them, follow in some weeks or on some days, it is said in which.
    """
    runs = [(key, [*run]) for key, run in groupby(form.weeks, lambda week: _following(c, form, week))]
    for following, run in runs:
        buttons = [_button(c, one) for one in following if one.words]
        if buttons and len(runs) > 1:
            yield Paragraph(c.text(week_words(run, c.language), c.look.cell_bold))
        yield from buttons
    last = [one.days for following, _ in runs for one in following if not one.words]
    for days, _ in groupby(last):
        if days:
            said = day_words(c, days)
            yield Paragraph(c.text(f"{said[:1].upper()}{said[1:]}", c.look.cell_bold))
        yield _button(c, _end(c, form.weeks))
    if not runs:
        yield _button(c, _Next(c.strings.to_list, "", LIST))


def _button(c: Composer, one: _Next) -> Block:
    words = one.words.replace(" ", NO_BREAK) + one.form
    return button(c, words, f"#{one.place}", day_words(c, one.days) if one.days else "")


def _end(c: Composer, weeks: Sequence[int]) -> _Next:
    """Return the way on after the last exercise of a day: to pain, where the layout asks for it."""
    if PAIN not in c.layout.kinds:
        return _Next(c.strings.to_list, "", LIST)
    # A form of several weeks does not know which one it is now: the reader chooses there.
    # What is asked stands above the first week.
    place = PAIN if len(weeks) > 1 or weeks[0] == 1 else f"{PAIN_WEEK}{weeks[0]}"
    return _Next(c.strings.to_pain, "", place)


def _following(c: Composer, form: PlannedExercise, week: int) -> tuple[_Next, ...]:
    """Return what comes after a form in a week, in the order of exercises; without words after the last."""
    days: dict[int, list[Weekday]] = {}
    for session in c.plan.weeks[week - 1].sessions:
        numbers = [item.number for item in session.items]
        if form.number in numbers:
            following = min((number for number in numbers if number > form.number), default=_LAST)
            days.setdefault(following, []).append(session.day)
    return tuple(
        _next(c, number, week, frozenset(days[number] if len(days) > 1 else ())) for number in sorted(days)
    )


def _next(c: Composer, number: int, week: int, days: frozenset[Weekday]) -> _Next:
    if number == _LAST:
        return _Next("", "", "", days)
    exercise = c.plan.exercises[number - 1]
    words = c.fill(c.strings.next_exercise, exercise=f"{number} {exercise.name}")
    # The dot ends a line rather than begins one, and no line ends within the name of a form.
    named = exercise.form_in(week).name.replace(" ", NO_BREAK)
    form = f"{NO_BREAK}· {named}" if len(exercise.shown_forms) > 1 else ""
    return _Next(words, form, destination_in(exercise, week), days)
