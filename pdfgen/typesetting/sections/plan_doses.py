"""All doses of a program in one table: a row a form, in which what stays the same is said once.

At the left stand name, form, and the parts of the dose that do not change; at the right what does, and when.
Later rows of an exercise go on with its first one, and do not name it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise, PlannedPanel
from pdfgen.planning.wording import NO_BREAK, DoseWords, dose_words, list_words, rest_words, week_words
from pdfgen.typesetting.blocks import Bare, Block, Columns, Paragraph, Space, Stack
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.figures import Figure, fitted
from pdfgen.typesetting.flowed_tables import Rows
from pdfgen.typesetting.look import LINE, MM
from pdfgen.typesetting.page_names import WIDE_PAGE, PageNaming, PageOf
from pdfgen.typesetting.sections.exercise_doses import line_for_dose, own_days
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest

#: White at the left and right, and above and below, in each cell, in points; and with doses below names.
_PADDING, _PADDING_BELOW = (2.0, 3.0), (2.0, 4.5)
#: White between names, weeks and doses, and in front of lines that stand below a name, in sizes of type.
_APART, _INDENT = 0.6, 1.3
#: The least white between names and weeks, where a name with its number needs the rest.
_LEAST_APART = 0.25
#: Least width of a drawing beside the doses of its form in large print, whose overview not all programs have.
_LEAST_DRAWN = 30 * MM
#: Least width of a line to write a dose on, and of the names of exercises, in sizes of type.
_LEAST_LINE, _LEAST_NAME = 8.0, 9.0


class _Step(NamedTuple):
    """Weeks that follow each other with one dose, in words: what changes in the form, and nothing else."""

    weeks: str
    dose: PlannedDose
    words: DoseWords


class _Form(NamedTuple):
    """A form with the parts of its dose that do not change, and its steps.

    Attributes:
        goes_on: the exercise has a row above this one.
        begins: no row above this one is about this form.
    """

    exercise: PlannedExercise
    always: tuple[str, ...]
    steps: tuple[_Step, ...]
    goes_on: bool = False
    begins: bool = True


class _Widths(NamedTuple):
    """Widths in points of the weeks, 0 where doses go on behind them, and of the longest part of a dose."""

    weeks: float
    part: float

    @property
    def both(self) -> float:
        return self.weeks + self.part


def dose_table(c: Composer) -> tuple[Table, Rows]:
    """Return the doses of all exercises: beside their names, or below them where the page is narrow.

    Returns:
        the table, and its rows as they are at the top of a page: with the name of the exercise.
    """
    forms = [form for exercise in c.plan.exercises for form in _forms(c, exercise)]
    named = [form._replace(goes_on=False) for form in forms]
    widths = _Widths(widest(c, _widest_weeks), widest(c, _widest_part))
    size = c.look.body.size
    most = c.look.width - widths.both - 4 * _PADDING[0]
    apart = min(size * _APART, max(size * _LEAST_APART, most - widest(c, _widest_name)))
    room, right = most - apart, widths.both + 2 * _PADDING[0] + apart
    if c.is_narrow or room < size * _LEAST_NAME:
        wide = c.look.width - 2 * _PADDING[0]
        if widths.both > wide - size * _INDENT:
            widths = widths._replace(weeks=0.0)
        rows, tops = (tuple(_below(c, form, widths, wide) for form in said) for said in (forms, named))
        return Table(rows, (1.0,), _PADDING_BELOW, rule=LINE, head=0), tops
    rows, tops = (tuple(_beside(c, form, widths, room, apart) for form in said) for said in (forms, named))
    return Table(rows, (1.0, right), _PADDING, rule=LINE, head=0), tops


def _below(c: Composer, form: _Form, widths: _Widths, wide: float) -> tuple[Cell, ...]:
    indent, apart = c.look.body.size * _INDENT, c.look.body.size * _APART
    steps = Columns((Stack(()), _steps(c, form, widths)), (indent, 1.0))
    drawn = wide - indent - widths.both - apart
    has_drawings = c.look.is_large and widths.weeks and drawn >= _LEAST_DRAWN
    if not has_drawings or not form.begins or form.exercise.main.emblem is None:
        return (Cell(Stack((*_name(c, form, wide), steps)), goes_on=form.goes_on),)
    room = wide - drawn - apart
    page = PageNaming(partial(_page, c, form.exercise))
    beside = widest(c, _widest_page)
    name, *said = _name(c, form, room - beside)
    words = Stack((Columns((name, page), (1.0, beside)), *said, steps))
    figure = _figure(c, form.exercise.main.emblem, drawn, words.height(room))
    return (Cell(Columns((words, figure), (1.0, drawn), apart, "middle"), goes_on=form.goes_on),)


def _figure(c: Composer, panel: PlannedPanel, wide: float, high: float) -> Figure:
    """Return a drawing as decoration: the page of the exercise says what it shows."""
    drawing = c.figures[panel.figure]
    size = fitted(drawing.width, drawing.height, wide, high)
    return Figure(drawing, *size, mirrored=panel.mirrored, align="centre")


def _page(c: Composer, form: PlannedExercise, page_of: PageOf) -> Block:
    """Return the page of a form, at the right."""
    place = destination_of(form)
    page = Span(c.fill(c.strings.on_page, page=page_of(place)).replace(" ", NO_BREAK), link=f"#{place}")
    return Paragraph(c.text([page], c.look.cell._replace(align="right")))


def _widest_page(c: Composer) -> float:
    return c.text(c.fill(c.strings.on_page, page=WIDE_PAGE), c.look.cell).natural_width + 1


def _beside(c: Composer, form: _Form, widths: _Widths, room: float, apart: float) -> tuple[Cell, ...]:
    name = Stack(tuple(_name(c, form, room)))
    steps = Columns((Stack(()), _steps(c, form, widths)), (apart, 1.0))
    return (Cell(name, "Row", middle=False, goes_on=form.goes_on), Cell(steps, middle=False))


def _forms(c: Composer, exercise: PlannedExercise) -> list[_Form]:
    """Return the forms of an exercise that are done: once for each run of weeks in which one part changes."""
    forms = [form for form in exercise.by_form if any(form.doses)]
    runs = [part for form in forms for part in _runs(c, form)]
    # Without a word of its own a row has the name of its exercise.
    return [run._replace(goes_on=bool(index and _own_words(c, run))) for index, run in enumerate(runs)]


def _runs(c: Composer, form: PlannedExercise) -> list[_Form]:
    steps = []
    said = [(week, dose) for week, dose in enumerate(form.doses, 1) if dose is not None]
    for dose, group in groupby(said, key=lambda pair: pair[1]):
        weeks = week_words([week for week, _ in group], c.language)
        steps.append(_Step(weeks, dose, dose_words(dose, c.language)))
    runs: list[_Form] = []
    for _, run in groupby(steps, key=lambda step: step.words[1:]):
        same, *others = run
        # Rest is between sets, which not all of these weeks have. In large print it takes pages.
        rests = (rest_words(one.dose, c.language, form.rest_s) for one in (same, *others))
        rest = "" if c.look.is_large else next(filter(None, rests), "")
        always = tuple(filter(None, (*same.words[1:], rest)))
        changing = (step._replace(words=DoseWords(step.words.amount)) for step in (same, *others))
        runs.append(_Form(form, always, tuple(changing), begins=not runs))
    return runs


def _name(c: Composer, form: _Form, room: float) -> list[Block]:
    """Return number and name, the form behind or below them, then what never changes of its dose.

    Where the exercise is named in a row above, what is said of this form alone.

    Args:
        room: width in points.
    """
    exercise, said = form.exercise, _own_words(c, form)
    if form.goes_on:
        return _said(c, exercise, said)
    lines = [_numbered_name(c, exercise)]
    if exercise.form_number and not c.layout.screen:
        both = c.text([*lines[0].spans, Span(f" · {said[0]}", bold=False)], c.look.cell_bold)
        lines, said = ([both], said[1:]) if both.natural_width <= room else (lines, said)
    return [*map(Paragraph, lines), *_said(c, exercise, said)]


def _said(c: Composer, exercise: PlannedExercise, said: Sequence[str]) -> list[Block]:
    """Return a line for each of the words; on a screen the name of a form is a link to it."""
    link = c.exercise_name(exercise) if c.layout.screen else Span("")
    spans = (link._replace(text=words) if words == exercise.main.name else Span(words) for words in said)
    return [Paragraph(c.text([span], c.look.cell)) for span in spans]


def _numbered_name(c: Composer, exercise: PlannedExercise) -> Text:
    number = Span(f"{exercise.number}{NO_BREAK}", colour=c.look.accent)
    return c.text([number, c.exercise_name(exercise)], c.look.cell_bold)


def _own_words(c: Composer, form: _Form) -> list[str]:
    """Return the form, then what never changes of its dose, then its days."""
    exercise = form.exercise
    said = [exercise.main.name] if exercise.form_number else []
    said += [", ".join(form.always)] if form.always else []
    if _has_days_of_its_own(c, exercise):
        names = list_words([c.language.day_names[day] for day in own_days(c, exercise)], c.language)
        said.append(c.fill(c.strings.on_days, days=names))
    return said


def _has_days_of_its_own(c: Composer, exercise: PlannedExercise) -> bool:
    """Whether its days are not those of its kind, which stand above the table."""
    same = (other for other in c.plan.exercises if other.kind == exercise.kind)
    return len({tuple(own_days(c, other)) for other in same}) > 1


def _steps(c: Composer, form: _Form, widths: _Widths) -> Block:
    """Return a line for each dose behind its weeks; one dose of all weeks stands alone."""
    step = form.steps[0]
    if len(set(form.exercise.doses)) == 1 and not step.dose.blank:
        return Paragraph(_dose(c, step.words))
    return Stack(tuple(map(partial(_step, c, widths), form.steps)))


def _step(c: Composer, widths: _Widths, step: _Step) -> Block:
    # The space keeps weeks and dose apart where the line is read as one text.
    weeks = Bare(c.text(step.weeks + NO_BREAK, c.look.cell))
    if step.dose.blank:
        width = widths.weeks or weeks.text.natural_width + 1
        above = Stack((Space(WRITING_ROOM - c.look.cell.leading), weeks))
        return Columns((above, line_for_dose(c, step.weeks)), (width, 1.0), role="P")
    if not widths.weeks:
        words = [Span(f"{step.weeks}: ", bold=False), Span(step.words.line)]
        return Paragraph(c.text(words, c.look.cell_bold))
    return Columns((weeks, Bare(_dose(c, step.words))), (widths.weeks, 1.0), role="P")


def _dose(c: Composer, words: DoseWords) -> Text:
    return c.text(words.line, c.look.cell_bold)


def _all_steps(c: Composer) -> Sequence[_Step]:
    return [step for exercise in c.plan.exercises for form in _forms(c, exercise) for step in form.steps]


def _widest_name(c: Composer) -> float:
    return max(_numbered_name(c, exercise).natural_width for exercise in c.plan.exercises) + 1


def _widest_weeks(c: Composer) -> float:
    apart = c.look.body.size * _APART
    widths = (c.text(step.weeks + NO_BREAK, c.look.cell).natural_width for step in _all_steps(c))
    return max(widths, default=0.0) + apart


def _widest_part(c: Composer) -> float:
    parts = {part for step in _all_steps(c) for part in step.words if part}
    widths = [c.text(f"{part},", c.look.cell_bold).natural_width for part in parts]
    return max([c.look.body.size * _LEAST_LINE, *widths]) + 1
