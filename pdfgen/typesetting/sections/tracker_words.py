"""Words about an exercise on a week sheet, and which exercises are planned in a week.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pdfgen.planning.plan import Week
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.planning.wording import NO_BREAK, dose_words
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_words import from_week, in_weeks, personal_words
from pdfgen.typesetting.sections.tracker_ahead import is_facing
from pdfgen.typesetting.sections.tracker_pictures import BETWEEN, least_height, panels_of
from pdfgen.typesetting.sections.tracker_shape import GAP, GridShape, dose_style
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest

#: Room in which a dose is written by hand: below the name, and behind it.
_WRITING, _WRITING_BEHIND, _WRITING_WIDTH = 8.0, 7.0, 60.0
#: Pages as wide as any, for when they are not known yet; the least white before them on a line.
_WIDE_PAGES, _BEFORE_PAGE = (88, 89), 4.0
OVER_PAGE = 0.75
"""White over a page over boxes."""

#: White under a page on a line of its own: what can be touched is a little higher than its letters.
_UNDER_LINK = 0.5


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


PagePlace = Literal["lines", "name", "boxes", "drawings", "dose"]


class ExerciseText(NamedTuple):
    """What is said of an exercise: its name with the week's form, its dose, what concerns this patient only.

    The dose may have the name too.

    Without a dose there is a line to write it on, behind the name where that leaves room for it.

    Attributes:
        page: where it is explained, if anywhere.
        place: where that stands: at the right end of a line that has room, or on one of its own below; right
            of a name across the sheet; over the boxes; at the left of the drawings; or at the right of a dose
            over its boxes.
    """

    name: tuple[Text, ...]
    dose: tuple[Text, ...]
    own: tuple[Text, ...] = ()
    page: Text | None = None
    place: PagePlace = "lines"

    @property
    def lines(self) -> tuple[Text, ...]:
        """All of it, in order: what is meant for this patient only follows the name."""
        return (*self.name, *self.own, *self.dose) if self.name else (*self.dose, *self.own)

    def height(self, width: float) -> float:
        """Return the height at a width."""
        said = sum(line.height(width * MM) for line in self.lines) / MM
        if self.page and self.place == "lines" and self.line_of_page(width) == len(self.lines):
            said += self.page.height(width * MM) / MM + _UNDER_LINK
        if self.dose:
            return said
        return max(said, _WRITING_BEHIND) if self.has_line_behind(width) else said + _WRITING

    def head_height(self, shape: GridShape) -> float:
        """Return the height of name and words for this patient above the picture."""
        width = head_width(shape, self.own) * MM
        return sum(line.height(width) for line in (*self.name, *self.own)) / MM

    def dose_height(self, shape: GridShape) -> float:
        """Return the height of a dose over its boxes, or of the line to write it on."""
        said = sum(line.height(shape.words * MM) for line in self.dose) / MM
        return said if self.dose else _WRITING

    def line_of_page(self, width: float) -> int:
        """Return the text behind whose end the page has room, from 0; past the last where there is none.

        Behind what is meant for this patient only it would read as part of that.
        """
        room = width * MM - (self.page.natural_width if self.page else 0.0) - _BEFORE_PAGE * MM
        others = (number for number, line in enumerate(self.lines) if line not in self.own)
        ends = ((number, self.lines[number].lines(width * MM)[-1].width) for number in others)
        return next((number for number, end in ends if end <= room), len(self.lines))

    def has_line_behind(self, width: float) -> bool:
        """Whether a dose can be written behind the name."""
        taken = self.name[-1].natural_width / MM + self.beside_line(width)
        return not self.own and taken + _WRITING_WIDTH <= width

    def beside_line(self, width: float) -> float:
        """Return the width that the page takes at the right of a line to write on behind the name."""
        if self.page is None or self.place != "lines" or self.line_of_page(width) != len(self.name) - 1:
            return 0.0
        return self.page.natural_width / MM + _BEFORE_PAGE


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
    if shape.arrangement != "over" or not c.has_exercises_before("tracker"):
        return 0.0
    page = _page_width(c)
    return page if page + 2 * (shape.least or (0.0,))[0] + BETWEEN > shape.picture else 0.0


def _page_width(c: Composer) -> float:
    """Return the width of a page at the right of other words, with the white before it."""

    def width(copy: Composer) -> float:
        return copy.text(copy.fill(copy.strings.on_page, page=_WIDE_PAGES[0]), copy.look.label).natural_width

    return widest(c, width) / MM + _BEFORE_PAGE


def _beside_page(c: Composer, shape: GridShape) -> float:
    """Return the width of a name across the sheet, at the left of its page."""
    page = _page_width(c) if c.has_exercises_before("tracker") else 0.0
    return shape.words_start + shape.words - page


def width_beside(words: ExerciseText) -> float:
    """Return the width that a page takes at the left of the drawings, with white behind it."""
    return words.page.natural_width / MM + _BEFORE_PAGE if words.page else 0.0


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
    said, style = ", ".join(filter(None, others)), dose_style(c, loud=shape.loud)
    smaller = c.look.cell.size / style.size
    dosed = [Span(amount), *([Span(f", {said}", bold=False, scale=smaller)] if said else [])]
    # On a spare sheet there has to be room beside the name for the dose as well.
    beside = shape.words - (0.0 if week else _WRITING_WIDTH)
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
        return ExerciseText(name, (), own)
    apart = c.text(amount, style), c.text(said, c.look.cell)
    if shape.arrangement == "headed":
        room = shape.words * MM
        is_lower = both.height(room) < sum(text.height(room) for text in apart)
        # A form that has no room behind its name stands above its dose, where it takes no height.
        return ExerciseText(name[:1], (*name[1:], *((both,) if is_lower else apart)), own)
    is_together = both.natural_width <= (shape.words - beside_dose(c, shape)) * MM
    return ExerciseText(name, (both,) if is_together else apart, own)


def head_width(shape: GridShape, own: Sequence[Text]) -> float:
    """Return the width of a name above a picture: with boxes or words for this patient below, the sheet's."""
    is_across = own or shape.arrangement == "headed"
    return shape.words_start + shape.words if is_across else shape.picture


def _name(c: Composer, width: float, exercise: PlannedExercise, week: int) -> tuple[Text, ...]:
    """Return name and form on one line where there is room, else on two."""
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
