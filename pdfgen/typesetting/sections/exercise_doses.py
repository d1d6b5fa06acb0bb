"""The dose of an exercise in words: a line for each week that differs, bold, in which nothing is broken.

This is the one way in which an edition says how much to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.planning.wording import NO_BREAK, DoseWords, dose_words, list_words, rest_words, week_words
from pdfgen.typesetting.arrangement import Measured, Sized
from pdfgen.typesetting.blocks import Bare, Block, Paragraph, Stack, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import ROUNDING
from pdfgen.typesetting.look import INK, LINE
from pdfgen.typesetting.sections.exercise_words import in_weeks
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.twins import matched, widest

#: White at both sides of the words of a row, in sizes of type, and above and below them.
_ACROSS, _DOWN = 0.4, 0.2
#: Least width of a line to write a dose on, in sizes of type.
_LEAST_LINE = 8.0


def dose_text(c: Composer, words: DoseWords, style: TextStyle) -> Text:
    """Return a dose in bold: on one line where it fits, else broken between its parts."""
    return c.text(words.line, style._replace(bold=True))


def how_to_read(c: Composer, used_by: Sequence[str] = ("sets", "holds")) -> list[list[Span]]:
    """Return what words of doses ask for, "2 times 6" before all, each behind its word.

    Args:
        used_by: which of them, where the program has them.
    """
    words = (word for word in c.plan.preparation.words if word.used_by in used_by)
    return [[Span(f"{word.term}: ", bold=True), Span(word.meaning)] for word in words]


class _Needs(NamedTuple):
    """Widths in points, with the white beside them, that the doses of an exercise need in both copies.

    Attributes:
        weeks: of the weeks.
        part: of the longest part of a dose that holds together.
        whole: of the longest dose on one line.
        rest: of the rest that all doses have, on one line.
    """

    weeks: float
    part: float
    whole: float
    rest: float

    def dose(self, width: float) -> float:
        """Return what a dose needs in a column: all of it on one line where that is wide enough."""
        return self.whole if self.whole <= width else self.part


def dose_ways(c: Composer, exercise: PlannedExercise) -> list[Sized]:
    """Return the doses as `doses` sets them: beside their weeks, and, narrower, under them.

    Under their weeks they are as wide as the rest below them has room on one line, or as narrow as can be.

    No dose is broken, except where it is wider than the page; then it is broken between its parts.

    Returns:
        nothing where the exercise, or its form, is not prescribed.
    """
    if not _groups(exercise):
        return []
    needs = _needs(c, exercise, _style(c))
    dose = needs.dose(c.look.width)
    narrow = max(needs.weeks, dose)
    rows = dict.fromkeys((needs.weeks + dose, max(narrow, needs.rest), narrow))
    widths = [*rows] if _has_rows(exercise) else [dose]
    blocks = ((wide, matched(c, partial(_of, exercise=exercise, width=wide))) for wide in widths)
    most = needs.weeks + needs.whole
    return [Sized(Measured(block), wide, max(wide, most)) for wide, block in blocks if wide <= c.look.width]


def doses(
    c: Composer,
    exercise: PlannedExercise,
    width: float,
    style: TextStyle | None = None,
    *,
    on_card: bool = False,
) -> Block:
    """Return the doses of an exercise, or of one form of it: what to do in each week, then rest and days.

    Args:
        width: of the column in points. Where a dose does not fit beside its weeks, it stands under them.
        style: of the dose, never smaller than running text; running text unless given.
        on_card: whether weeks are as short as in the other words of a card, which names the days above, and
            a dose that is left open is written on its back; it has a line here else.

    Returns:
        nothing to see where the exercise, or its form, is not prescribed.
    """
    groups = _groups(exercise)
    if not groups:
        return Stack(())
    style = style or _style(c)
    if on_card:
        exercise = _open_alike(exercise)
    if not _has_rows(exercise):
        rows: Block = Paragraph(dose_text(c, dose_words(groups[0][1], c.language), style))
    else:
        needs = _needs(c, exercise, style, on_card=on_card)
        beside = needs.weeks + needs.dose(width) <= width + ROUNDING
        rows = _rows(c, exercise, style, needs.weeks if beside else 0.0, on_card=on_card)
    lines = [Paragraph(c.text(words, style)) for words in _sentences(c, exercise, has_days=not on_card)]
    return Stack((rows, *lines), style.size * _DOWN, role="Div")


def _of(c: Composer, exercise: PlannedExercise, width: float) -> Block:
    return doses(c, c.plan.counterpart(exercise), width)


def _style(c: Composer) -> TextStyle:
    """Return running text, with the leading of short lines."""
    return c.look.body._replace(leading=c.look.cell.leading)


def _needs(c: Composer, exercise: PlannedExercise, style: TextStyle, *, on_card: bool = False) -> _Needs:
    def measured(measure: Callable[[Composer, PlannedExercise, TextStyle], float]) -> float:
        def of(copy: Composer) -> float:
            # A card may have some of the weeks of a form, which the plan has only as a whole.
            return measure(copy, exercise if copy is c else copy.plan.counterpart(exercise), style)

        return widest(c, of) + 2 * style.size * _ACROSS + 1

    # Rest stands below the rows, without white beside it.
    rest = widest(c, lambda copy: _rest_width(copy, copy.plan.counterpart(exercise), style)) + 1
    return _Needs(
        measured(partial(_widest_label, on_card=on_card)),
        measured(_widest_part),
        measured(_widest_dose),
        rest,
    )


def _has_rows(exercise: PlannedExercise) -> bool:
    """Whether weeks have to be told apart; else there is one dose, and no line to write on."""
    groups = _groups(exercise)
    return len(groups) > 1 or groups[0][1].blank


def _groups(exercise: PlannedExercise) -> list[tuple[list[int], PlannedDose]]:
    """Return the weeks that follow each other with one dose, with it."""
    weeks = groupby(enumerate(exercise.doses, 1), key=lambda pair: pair[1])
    return [([week for week, _ in group], dose) for dose, group in weeks if dose is not None]


def _open_alike(exercise: PlannedExercise) -> PlannedExercise:
    """Return an exercise whose doses that are left open are one, whatever they would be else."""
    one = next((dose for dose in exercise.doses if dose is not None and dose.blank), None)
    return exercise._replace(doses=tuple(one if dose and dose.blank else dose for dose in exercise.doses))


def _rows(
    c: Composer, exercise: PlannedExercise, style: TextStyle, label: float, *, on_card: bool = False
) -> Table:
    """Return a row for each dose: its weeks in a column of `label` points, or above it if that is 0."""
    rows = []
    for weeks, dose in _groups(exercise):
        words = _label(c, weeks, on_card=on_card)
        said, amount = c.bare(words, style), _amount(c, dose, words, style, on_card=on_card)
        if _rests_differ(c, exercise) and (rest := _rest(c, exercise, dose)):
            amount = Stack((amount, Bare(c.text(rest, style))))
        beside = (Cell(said, "Row", middle=False), Cell(amount))
        rows.append(beside if label else (Cell(Stack((said, amount))),))
    padding = (style.size * _ACROSS, style.size * _DOWN)
    return Table(tuple(rows), (label, 1.0) if label else (1.0,), padding, rule=LINE, head=0, line=0.5)


def _label(c: Composer, weeks: Sequence[int], *, on_card: bool = False) -> str:
    return in_weeks(c, weeks).replace(" ", NO_BREAK) if on_card else week_words(weeks, c.language)


def _amount(c: Composer, dose: PlannedDose, weeks: str, style: TextStyle, *, on_card: bool) -> Block:
    """Return the dose; where it is left open, a line to write on, or on a card that it is on the back."""
    if dose.blank and on_card:
        return Bare(c.text(c.strings.dose_behind, style))
    if dose.blank:
        return line_for_dose(c, weeks)
    return Bare(dose_text(c, dose_words(dose, c.language), style))


def _widest_label(
    c: Composer, exercise: PlannedExercise, style: TextStyle, *, on_card: bool = False
) -> float:
    words = (_label(c, weeks, on_card=on_card) for weeks, _ in _groups(exercise))
    return max(c.text(said, style).natural_width for said in words)


def _widest_part(c: Composer, exercise: PlannedExercise, style: TextStyle) -> float:
    """Return the width of the longest part of a dose that holds together; of a line to write on."""
    bold = style._replace(bold=True)
    parts = {part for _, dose in _groups(exercise) for part in dose_words(dose, c.language) if part}
    widths = [c.text(part + ",", bold).natural_width for part in parts]
    blank = any(dose.blank for _, dose in _groups(exercise))
    return max([*widths, *([style.size * _LEAST_LINE] if blank else [])])


def _widest_dose(c: Composer, exercise: PlannedExercise, style: TextStyle) -> float:
    bold = style._replace(bold=True)
    lines = (dose_words(dose, c.language).line for _, dose in _groups(exercise))
    return max(_widest_part(c, exercise, style), *(c.text(line, bold).natural_width for line in lines))


def _rest_width(c: Composer, exercise: PlannedExercise, style: TextStyle) -> float:
    rest = "" if _rests_differ(c, exercise) else next(filter(None, _rests(c, exercise)), "")
    return c.text(f"{rest}.", style).natural_width


def _sentences(c: Composer, exercise: PlannedExercise, *, has_days: bool) -> Iterator[str]:
    """Yield the rest that all doses have, then the days where they are not those of the other exercises."""
    rest = next(filter(None, _rests(c, exercise)), "")
    if rest and not _rests_differ(c, exercise):
        yield f"{rest[:1].upper()}{rest[1:]}."
    if has_days and (days := own_days(c, exercise)):
        words = list_words([c.language.day_names[day] for day in days], c.language)
        yield c.fill(c.strings.on_days, days=words) + "."


def _rests(c: Composer, exercise: PlannedExercise) -> list[str]:
    """Return the rest between the sets of each dose; nothing for one with a single set, or one left open."""
    return [_rest(c, exercise, dose) for _, dose in _groups(exercise)]


def _rest(c: Composer, exercise: PlannedExercise, dose: PlannedDose) -> str:
    return "" if dose.blank else rest_words(dose, c.language, exercise.rest_s)


def _rests_differ(c: Composer, exercise: PlannedExercise) -> bool:
    """Whether rest goes with some of the doses only, and so stands in their rows."""
    return len(set(_rests(c, exercise))) > 1


def line_for_dose(c: Composer, weeks: str) -> Block:
    """Return a line to write the dose of some weeks on, with who does."""
    line = WritingLine(WRITING_ROOM, INK, f"{c.strings.dose}, {weeks}")
    return Stack((line, Bare(c.text(c.strings.blank_dose, c.look.label))))


def own_days(c: Composer, exercise: PlannedExercise) -> Sequence[Weekday]:
    """Return the days of an exercise where they are not those of the others, else none."""
    for week in c.plan.weeks:
        days = [s.day for s in week.sessions if any(i.number == exercise.number for i in s.items)]
        if days and len(days) < len(week.sessions):
            return days
    return ()
