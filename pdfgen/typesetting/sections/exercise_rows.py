"""One exercise with its weeks: name, what is meant for this patient only, then a block for each of its forms.

A block has all drawings of the form, a row for each of its weeks with a box on each planned day, its steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.arrangement import Measured, Sized, lowest
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, Stack, rows_of
from pdfgen.typesetting.composer import Composer, destination_of
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_pictures import least_scale, number_room, pictures
from pdfgen.typesetting.sections.exercise_words import personal_frame, personal_lines, when
from pdfgen.typesetting.sections.week_rows import Boxes, WeekRows
from pdfgen.typesetting.text_style import Span

#: Width that steps keep, in sizes of their type: lines of some 26 characters behind their numbers.
_LEAST_STEPS = 15.0
_MOST_TABLES = 3
#: Drawings as wide as the page are no higher than this.
_HIGHEST = 85 * MM


class ExerciseRows:
    """An exercise in every way in which it may be set; what ways have in common is made once.

    Args:
        above: points of a page that are taken by what stands above it.
    """

    def __init__(self, c: Composer, exercise: PlannedExercise, above: float = 0.0) -> None:
        self._composer = c
        self._above = above
        self._exercise = exercise
        options = c.layout.exercise_weeks
        panels = (panel for form in exercise.shown_forms for panel in form.panels)
        scales = (least_scale(c, panel, options.lying, options.standing) for panel in panels)
        self._least = max(scales, default=MM)
        self._told = cache(self._words)
        self._weeks = cache(self._tables)
        self.blocks = cache(self._blocks)

    @property
    def widest_scale(self) -> float:
        """The scale at which its drawings are as wide as the page, or as high as they may be."""
        c, scales = self._composer, []
        for form in self._exercise.shown_forms:
            room = c.look.width - number_room(c, form.panels, self._least)
            drawings = (c.figures[panel.figure] for panel in form.panels)
            scales += [min(room / d.width, _HIGHEST / d.height) for d in drawings]
        return min(scales, default=self._least)

    def _blocks(self, boxes: Boxes, steps: bool, scale: float) -> Sequence[Flowed]:
        """Return name and personal words, then the forms, then what to take care of.

        Args:
            steps: whether forms have their steps; else a sentence tells each of them.
            scale: of the drawings, in points a millimetre; larger where their least size asks for that.
        """
        return tuple(self._flowed(boxes, max(scale, self._least), steps=steps))

    def _flowed(self, boxes: Boxes, scale: float, *, steps: bool) -> Iterator[Flowed]:
        c, exercise = self._composer, self._exercise
        gap, forms = c.look.gap, exercise.by_form
        head = [Flowed(_head(c, exercise), before=gap * 2, keep=True, stretch=gap * 3)]
        if own := personal_lines(c, exercise, c.look.cell):
            frame = personal_frame(c, Stack(tuple(own), gap * 0.3), gap)
            head.append(Flowed(frame, before=gap * 0.5, keep=True))
        care = self._care()
        for form in forms:
            if len(forms) > 1:
                head.append(Flowed(_form_name(c, form), before=gap * 0.8, keep=True))
            around = [*head, *care] if form is forms[-1] else head
            room = c.look.height - self._above - extent(around, c.look.width, at_top=True) - gap
            *parts, last = self._form(form, boxes, scale, room, steps=steps)
            yield from head
            yield from (Flowed(part, before=gap * 0.6, stretch=gap * 1.5) for part in parts)
            yield Flowed(last, before=gap * 0.6, keep=bool(care) and form is forms[-1], stretch=gap * 1.5)
            head = []
        yield from care

    def _care(self) -> list[Flowed]:
        """Return what to take care of, where the layout has it."""
        c = self._composer
        care = self._exercise.care if c.layout.exercise_weeks.care else ()
        words = [Span(f"{c.strings.care}: ", bold=True), Span(" ".join(care))]
        line = Flowed(Paragraph(c.text(words, c.look.cell), measure=c.measure), before=c.look.gap * 0.5)
        return [line] if care else []

    def _form(
        self, form: PlannedExercise, boxes: Boxes, scale: float, room: float, *, steps: bool
    ) -> list[Block]:
        """Return drawings, weeks and steps of a form in the arrangement that is lowest.

        Where `room` points of height cannot hold it, later weeks follow in parts.
        """
        look = self._composer.look
        told, drawn = self._told(form, steps), self._drawn(form, scale, numbered=steps)
        weeks = tuple(week for week, dose in enumerate(form.doses, 1) if dose is not None)
        for count in range(1, len(weeks) + 2):
            first, *others = rows_of(weeks, -(-len(weeks) // count)) if weeks else [()]
            tables = self._weeks(form, boxes, tuple(first))
            found = lowest(drawn, tables, told, look.width, look.gap * 2.5, look.gap * 0.8)
            if found is not None and found.height(look.width) <= room:
                return [found, *(self._later(form, boxes, tuple(part)) for part in others)]
        rows = (self._later(form, boxes, (week,)) for week in weeks)
        return [*(picture.block for picture in drawn[-1:]), *rows, told.block]

    def _drawn(self, form: PlannedExercise, scale: float, *, numbered: bool) -> list[Sized]:
        """Return the drawings of a form in each number of columns that the page is wide enough for.

        Args:
            numbered: whether each has the number of the step that it shows.
        """
        panels = [panel if numbered else panel._replace(step=0) for panel in form.main.panels]
        rows = pictures(self._composer, panels, scale) if panels else ()
        return [Sized(Measured(way.block), way.width, way.width) for way in rows]

    def _later(self, form: PlannedExercise, boxes: Boxes, weeks: tuple[int, ...]) -> Block:
        """Return some weeks of a form, for a page that the form goes on to."""
        c = self._composer
        words = c.fill(c.strings.continued, title=f"{form.number}\u00a0\u00a0{form.name}")
        name = Paragraph(c.text(words, c.look.cell_bold._replace(colour=c.look.accent)), "H3")
        return Stack((name, self._weeks(form, boxes, weeks)[0].block), c.look.gap * 0.4)

    def _tables(self, form: PlannedExercise, boxes: Boxes, weeks: tuple[int, ...]) -> list[Sized]:
        """Return some weeks of a form in one table, and in more beside each other."""
        c = self._composer
        doses = tuple(dose if week in weeks else None for week, dose in enumerate(form.doses, 1))
        rows = WeekRows(c, form._replace(doses=doses), boxes)
        return [
            Sized(Measured(rows.block(count)), min(rows.width(count), c.look.width), rows.most_width(count))
            for count in range(1, min(_MOST_TABLES, len(weeks)) + 1)
            if count == 1 or rows.width(count) <= c.look.width
        ]

    def _words(self, form: PlannedExercise, steps: bool) -> Sized:
        """Return the steps of a form or its sentence."""
        c = self._composer
        style = c.look.cell
        told: Block = Paragraph(c.text(form.main.summary, style))
        if steps:
            told = c.numbered([Paragraph(c.text(text, style)) for _, text in form.main.steps], style, gap=0.0)
        least = min(style.size * _LEAST_STEPS, c.look.width)
        return Sized(Measured(told), least, c.long_measure)


def _head(c: Composer, exercise: PlannedExercise) -> Block:
    """Return number and name, and the form where it is the only one."""
    name = c.text([Span(f"{exercise.number}\u00a0\u00a0"), Span(exercise.name)], c.look.h2)
    heading: Block = Paragraph(name, "H2", bookmark=1, destination=destination_of(exercise))
    if len(exercise.shown_forms) == 1:
        form, gap = c.text(exercise.main.name, c.look.cell), c.look.gap * 1.5
        if name.natural_width + gap + form.natural_width < c.look.width:
            widths = (name.natural_width + 1, 1.0)
            heading = Columns((heading, Paragraph(form)), widths, gap, align="bottom")
        else:
            heading = Stack((heading, Paragraph(form)))
    return Stack((Rule(c.look.accent, 1.0), c.space(0.5), heading))


def _form_name(c: Composer, form: PlannedExercise) -> Block:
    """Return weeks and name of a form; behind the exercise's name where it may start a page."""
    words = f"{when(c, form.main)}: {form.main.name}"
    name = Span(f"{form.number}\u00a0\u00a0{form.name} · ", colour=c.look.accent)
    if form.form_number < 2:
        return Paragraph(c.text(words, c.look.cell_bold), "H3")
    text = c.text([name, Span(words)], c.look.cell_bold)
    return Paragraph(text, "H3", destination=destination_of(form))
