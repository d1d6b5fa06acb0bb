"""What stands on cards: title and contents; drawings, doses, steps and forms of an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.planning.dates import START
from pdfgen.planning.planned_exercise import PlannedExercise, PlannedPanel
from pdfgen.typesetting.blocks import Block, Bullets, Paragraph, Rule, Space, Stack, rows_of
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed, extent, first_flow
from pdfgen.typesetting.look import LINE, MM
from pdfgen.typesetting.sections.card_weeks import card_weeks
from pdfgen.typesetting.sections.exercise_heading import form_name
from pdfgen.typesetting.sections.exercise_pictures import BETWEEN, least_scale, number_room, pictures
from pdfgen.typesetting.sections.exercise_steps import video_code
from pdfgen.typesetting.sections.exercise_words import (
    form_words,
    given_forms,
    has_breathing,
    kind,
    personal_frame,
    personal_lines,
)
from pdfgen.typesetting.text_style import Span

#: Scales of the drawings in points a millimetre: from 1.6 times true size to where lines run together.
_LARGEST, _LEAST = 1.6 * MM, 0.5 * MM
#: Of scales, in points a millimetre.
_ROUNDING = 0.01
#: Heights of the drawings of other forms that are tried, the highest first.
_FORM_HEIGHTS = tuple(height * MM for height in range(44, 17, -4))
#: White that may go above and under the drawings: all there is.
_ANY = 1000.0


def title(c: Composer) -> list[Flowed]:
    """Return program, patient, weeks and start, and the clinic with its own lines."""
    gap, plan = c.look.gap, c.plan
    weeks = [[Span(c.language.count("week", len(plan.weeks)))]]
    if plan.start:
        weeks.append([Span(f"{c.strings.start_date} "), c.dated(START)])
    blocks = [
        Flowed(Paragraph(c.text(plan.title, c.look.title), "H1", bookmark=0)),
        Flowed(Paragraph(c.text(c.strings.cards_title, c.look.bold)), before=gap * 0.4),
        Flowed(Rule(c.look.accent, 1.2), before=gap * 0.8),
        *(
            Flowed(Paragraph(c.text(words)), before=gap * 0.8 if not i else 0.0)
            for i, words in enumerate(weeks)
        ),
        _name(c),
    ]
    own = plan.clinic
    if clinic := [words for words in (own.name, own.phone, own.header, own.footer) if words]:
        phone = c.phone(own.phone)
        spans = [phone if words == own.phone else Span(words) for words in clinic]
        lines = c.stack(*(Paragraph(c.text([span], c.look.quiet)) for span in spans))
        blocks.append(Flowed(lines, before=gap * 1.2))
    review = Paragraph(c.text(plan.passport.review_line, c.look.cell))
    return [*blocks, Flowed(review, before=gap * 1.2)]


def _name(c: Composer) -> Flowed:
    """Return the name of the patient, or a line to write it on."""
    if c.plan.label:
        words = [Span(f"{c.strings.for_patient}: ", bold=False), Span(c.plan.label, slot="{label}")]
        return Flowed(Paragraph(c.text(words, c.look.bold)), before=c.look.gap)
    label = c.text(f"{c.strings.for_patient}:\u00a0")
    row = c.labelled_line(label, c.strings.for_patient, WRITING_ROOM, LINE, 2.0)
    return Flowed(row, before=c.look.gap * 0.5)


def contents(c: Composer) -> list[Flowed]:
    """Return the exercises by number, then the warm-up that comes before them."""
    warm_up = c.plan.preparation.warm_up
    names = [Paragraph(c.text([c.exercise_name(exercise)])) for exercise in c.plan.exercises]
    heading = Paragraph(c.text(c.strings.exercises_title, c.look.h3), "H2")
    words = [Span(f"{warm_up.title}. ", bold=True, colour=c.look.accent), Span(warm_up.intro)]
    return [
        Flowed(heading, before=c.look.gap * 1.5, keep=True),
        Flowed(Paragraph(c.text(words)), before=c.look.gap * 0.5, keep=True),
        Flowed(c.numbered(names, gap=0.0), before=c.look.gap * 0.8),
    ]


class Front(NamedTuple):
    """A way to set the front of the first card of a form, and what stands behind so that drawings are larger.

    Attributes:
        scale: the largest of the drawings, in points a millimetre; 0 where there are none.
    """

    composer: Composer
    panels: Sequence[PlannedPanel]
    above: Sequence[Flowed]
    below: Sequence[Flowed]
    behind: list[Flowed]
    scale: float

    def blocks(self, scale: float) -> list[Flowed]:
        """Return the front with its drawings at a scale."""
        if not self.panels:
            return [*self.above, *self.below]
        drawn = _drawings(self.composer, self.panels, scale)
        drawings = Flowed(drawn, before=self.composer.look.gap, stretch=_ANY)
        first, *others = self.below or [Flowed(Space(0.0))]
        return [*self.above, drawings, first._replace(stretch=_ANY), *others]


def fronts(c: Composer, exercise: PlannedExercise, room: float) -> list[Front]:
    """Return the ways to set the front, in `room` points, in which drawings are large enough.

    First the weeks with their boxes leave the front, then, where nothing else helps, what is meant for this
    patient only.

    Raises:
        FitError: the drawings would be too small to be seen even so.
    """
    gap = c.look.gap
    head = [Flowed(Paragraph(c.text(kind(c, exercise), c.look.quiet)))]
    head += [Flowed(block, before=gap * 0.4) for block in _form_name(c, exercise)]
    lines = Stack(tuple(personal_lines(c, exercise, c.look.cell)), gap * 0.4)
    own = [Flowed(personal_frame(c, lines, gap), before=gap)] if lines.blocks else []
    weeks = [Flowed(block, before=gap) for block in card_weeks(c, exercise, room)]
    panels = exercise.main.panels
    if not panels:
        purpose = Flowed(c.paragraph(exercise.purpose), before=gap)
        return [Front(c, (), [*head, *own, purpose], weeks, [], 0.0)]
    options = c.layout.exercise_weeks
    least = max(least_scale(c, panel, options.lying, options.standing) for panel in panels)

    def front(above: list[Flowed], below: list[Flowed], behind: list[Flowed]) -> Front:
        free = room - extent([*head, *above, *below], c.look.width, at_top=True) - gap * 2
        return Front(c, panels, [*head, *above], below, behind, _largest(c, panels, free))

    ways = [front(own, weeks, []), front(own, [], weeks)]
    if clear := [way for way in ways if way.scale >= least - _ROUNDING]:
        return clear
    last = front([], [], [*own, *weeks])
    if last.scale >= _LEAST - _ROUNDING:
        return [last]
    message = "drawings would be too small; choose 4 cards on a sheet, or larger paper"
    raise FitError(Problem(f"exercise {exercise.number}, {exercise.name}: {message}", "layout"))


def _form_name(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return the name of the form, with its weeks where there are more forms."""
    return form_name(c, exercise) or [c.paragraph(exercise.main.name, c.look.bold)]


def _largest(c: Composer, panels: Sequence[PlannedPanel], room: float) -> float:
    """Return the largest scale that `room` points of height allow, in points a millimetre."""
    return max(_scale(c, panels, columns, room) for columns in range(1, len(panels) + 1))


def _drawings(c: Composer, panels: Sequence[PlannedPanel], scale: float) -> Block:
    """Return the drawings at a scale, in the middle of the card."""
    rows = min(pictures(c, panels, scale), key=lambda rows: rows.block.height(rows.width))
    return c.columns(Stack(()), rows.block, Stack(()), widths=(0.5, rows.width, 0.5), gap=0.0)


def _scale(c: Composer, panels: Sequence[PlannedPanel], columns: int, room: float) -> float:
    """Return the largest scale in so many columns that leaves the numbers of the steps their room."""
    rows = rows_of(panels, columns)
    column = (c.look.width - (columns - 1) * BETWEEN) / columns
    wide = max(c.figures[panel.figure].width for panel in panels)
    high = sum(max(c.figures[panel.figure].height for panel in row) for row in rows)
    scale = min(_LARGEST, column / wide, max(0.0, room - (len(rows) - 1) * BETWEEN) / high)
    return min(scale, (column - number_room(c, panels, scale)) / wide) if scale >= _LEAST else scale


def how(c: Composer, exercise: PlannedExercise, room: float) -> list[Flowed]:
    """Return steps and breathing, in lists of at most `room` points."""
    gap = c.look.gap
    blocks = [Flowed(part, before=gap) for part in _steps(c, exercise, room)]
    if not has_breathing(exercise):
        blocks.append(Flowed(_fact(c, c.strings.breathe, exercise.breathing), before=gap))
    return blocks


def _steps(c: Composer, exercise: PlannedExercise, room: float) -> list[Block]:
    """Return the steps as one list, or as lists that follow each other where it is higher than `room`."""
    whole = c.numbered([Paragraph(c.text(words)) for _, words in exercise.main.steps])
    parts: list[Bullets] = []
    for item, label in zip(whole.items, whole.labels, strict=True):
        if parts:
            longer = parts[-1]._replace(items=(*parts[-1].items, item), labels=(*parts[-1].labels, label))
            if longer.height(c.look.width) <= room:
                parts[-1] = longer
                continue
        parts.append(whole._replace(items=(item,), labels=(label,)))
    return list(parts)


def forms(c: Composer, exercise: PlannedExercise, room: float) -> list[Flowed]:
    """Return easier and harder in words, with drawings as large as `room` allows; nothing where it has none.

    Nobody prescribed them: they give way to all else.
    """
    choices = (_forms(c, exercise, height) for height in (*_FORM_HEIGHTS, 0.0))
    return first_flow(choices, c.look, room) or []


def _forms(c: Composer, exercise: PlannedExercise, height: float) -> list[Flowed]:
    """Return the other forms with drawings of so many points; without drawings at 0."""
    shown = {panel.figure for panel in exercise.main.panels}
    blocks = []
    for name, variant in given_forms(c, exercise):
        emblem = variant.emblem
        is_drawn = height > 0 and emblem is not None and emblem.figure not in shown
        blocks.append(Flowed(_fact(c, name, form_words(c, variant)), before=c.look.gap, keep=is_drawn))
        if is_drawn and emblem is not None:
            drawing = c.figures[emblem.figure]
            scale = min(c.look.width / drawing.width, height / drawing.height, _LARGEST)
            figure = c.panel(emblem, scale)._replace(align="centre")
            blocks.append(Flowed(figure, before=c.look.gap * 0.6))
    return blocks


def watch(c: Composer, exercise: PlannedExercise) -> list[Flowed]:
    """Return what often goes wrong, what to take care of, and the video."""
    gap = c.look.gap
    blocks = [
        Flowed(_fact(c, name, " ".join(words)), before=gap)
        for name, words in ((c.strings.mistakes, exercise.mistakes), (c.strings.care, exercise.care))
        if words
    ]
    if exercise.video:
        blocks.append(Flowed(video_code(c, exercise.video, "left"), before=gap))
    return blocks


def _fact(c: Composer, name: str, words: str | Sequence[Span]) -> Block:
    """Return a fact that begins with its name: a column of names would leave too narrow lines."""
    spans = [Span(words)] if isinstance(words, str) else list(words)
    return Paragraph(c.text([Span(f"{name}: ", bold=True, colour=c.look.accent), *spans]))
