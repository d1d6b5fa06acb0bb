"""Exercise cards: name, purpose, steps beside drawings, doses by week, variants, mistakes, cautions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pdfgen.planning.plan import PlannedCaution, PlannedDose, PlannedExercise, PlannedPanel, PlannedVariant
from pdfgen.planning.wording import dose_cell, hold_amount, is_one_hold, ranges
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Rule, Stack, disc
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.document import BLACK
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.style import LINE, MM, TINT, WHITE
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Span, Text, TextStyle

#: Columns that the drawings may have; the steps beside them keep at least 63 mm.
_DRAWINGS_WIDTHS = tuple(width * MM for width in range(45, 101, 5))
_DRAWINGS_GAP = 3 * MM
#: Most height of steps and drawings: alone on a page; then, for two cards a page, as much as lets both fit.
_HEIGHT_ALONE = 150 * MM
_HEIGHTS_OF_TWO = tuple(height * MM for height in range(66, 30, -3))
#: Drawings stand at true size (1 mm is 1 mm); alone on a page they may be larger.
_TRUE_SIZE = MM
_SIZE_ALONE = 1.3 * MM
#: A drawing of a variant is a reminder beside its words.
_SMALL_WIDTH = 30 * MM

#: Thick edge of what is meant for this patient only.
_EDGE = 4.0

_DISC_RADIUS = 13.0
_ROW_LABEL = 76.0
_DOSE_LABEL = 98.0
_WIDE_DOSE_LABEL = 132.0

#: From here on the columns of doses are narrow, and are set in label size.
_MANY_COLUMNS = 6


def compose(c: Composer) -> list[Flowed]:
    """Return one card an exercise. Two share a page where the layout wants it and both fit.

    Only the size of the drawings gives way; type never does.
    """
    blocks: list[Flowed] = []
    waiting = list(c.plan.exercises)
    while waiting:
        pair = _two_cards(c, waiting[:2]) if c.layout.exercises.a_page == 2 and len(waiting) > 1 else None
        if pair is None:
            blocks.append(Flowed(_card(c, waiting.pop(0), _HEIGHT_ALONE, _SIZE_ALONE), new_page=True))
            continue
        first, second = pair
        blocks.append(Flowed(first, new_page=True))
        blocks.append(Flowed(second, before=c.look.gap * 2, anchor=0.5, stretch=c.look.gap * 6))
        del waiting[:2]
    return blocks


def _two_cards(c: Composer, exercises: Sequence[PlannedExercise]) -> tuple[Block, Block] | None:
    """Return two cards that fit on one page, with drawings as large as that allows; None if they do not."""
    room = c.look.height - c.look.gap * 2
    for height in _HEIGHTS_OF_TWO:
        first, second = (_card(c, exercise, height) for exercise in exercises)
        if first.height(c.look.width) + second.height(c.look.width) <= room:
            return first, second
    return None


def _card(c: Composer, exercise: PlannedExercise, height: float, size: float = _TRUE_SIZE) -> Block:
    blocks: list[Block] = [
        _CardHeading(c, exercise),
        c.space(0.6),
        Rule(c.look.accent, 1.0),
        c.space(1.0),
        _steps_and_drawings(c, exercise, height, size),
        c.space(1.0),
        _doses(c, exercise),
        *_dose_notes(c, exercise),
        c.space(1.0),
        _facts(c, exercise),
    ]
    return Stack(tuple(blocks), role="Sect")


@dataclass(frozen=True)
class _CardHeading:
    """Number on a disc, name, and at the right what kind of exercise it is."""

    composer: Composer
    exercise: PlannedExercise

    @property
    def _name(self) -> Text:
        return self.composer.text(self.exercise.name, self.composer.look.h2)

    def height(self, width: float) -> float:
        """Return the height in points."""
        return max(2 * _DISC_RADIUS, self._name.height(self._name_width(width)))

    def _name_width(self, width: float) -> float:
        return width - 2 * _DISC_RADIUS - 10 - self._kind.natural_width - 10

    @property
    def _kind(self) -> Text:
        strings = self.composer.strings
        kind = {"mobilising": strings.mobilising, "strengthening": strings.strengthening}[self.exercise.category]
        words = " · ".join((kind, *self.exercise.main.equipment))
        return self.composer.text(words, self.composer.look.quiet)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set number and name as one heading, then the kind."""
        look = self.composer.look
        height = self.height(width)
        node = canvas.node("H2", parent)
        canvas.bookmark(1, f"{self.exercise.number} {self.exercise.name}", y)
        canvas.add(disc(x + _DISC_RADIUS, y + height / 2, _DISC_RADIUS, look.accent))
        style = TextStyle(15.0, 15.0, bold=True, colour=WHITE)
        digits = self.composer.text(str(self.exercise.number), style)
        number = self.composer.text(f"{self.exercise.number}\u00a0", style)
        number.place(
            canvas, x + _DISC_RADIUS - digits.natural_width / 2, y + height / 2 - style.leading / 2, width, node
        )
        name_width = self._name_width(width)
        name_height = self._name.height(name_width)
        self._name.place(canvas, x + 2 * _DISC_RADIUS + 10, y + (height - name_height) / 2, name_width, node)
        kind_y = y + (height - self._kind.style.leading) / 2
        kind_x = x + width - self._kind.natural_width
        self._kind.place(canvas, kind_x, kind_y, self._kind.natural_width + 1, canvas.node("P", parent))


def _steps_and_drawings(c: Composer, exercise: PlannedExercise, height: float, size: float) -> Block:
    """Purpose over the whole width; below it the steps, with the drawings at their right."""
    variant = exercise.main
    blocks: list[Block] = [c.paragraph(exercise.purpose), c.space(0.8)]
    if variant.level != "L2":
        blocks.insert(0, c.paragraph(variant.name, c.look.bold))
    steps = c.numbered([Paragraph(c.text(text)) for _, text in variant.steps])
    if not variant.panels:
        return c.stack(*blocks, steps)
    options = [
        _Arrangement(c, variant.panels, columns, width, size, steps)
        for columns in range(1, len(variant.panels) + 1)
        for width in _DRAWINGS_WIDTHS
    ]
    fitting = [option for option in options if option.height <= height]
    best = max(fitting, key=lambda o: (round(o.scale, 2), -o.width)) if fitting else min(options, key=lambda o: o.height)
    return c.stack(*blocks, best.block())


class _Arrangement:
    """Drawings in so many columns of a total width, beside the steps: how large they are, how high it is."""

    def __init__(
        self, c: Composer, panels: Sequence[PlannedPanel], columns: int, width: float, size: float, steps: Block
    ) -> None:
        drawings = [c.figures[panel.figure] for panel in panels]
        wide = max(drawing.width for drawing in drawings)
        high = max(drawing.height for drawing in drawings)
        lines = -(-len(panels) // columns)
        self.scale = min(size, (width - (columns - 1) * _DRAWINGS_GAP) / columns / wide)
        self.width = columns * (wide * self.scale + _DRAWINGS_GAP) - _DRAWINGS_GAP
        self._composer, self._panels, self._steps, self._columns = c, panels, steps, columns
        drawn = lines * (high * self.scale + _DRAWINGS_GAP) - _DRAWINGS_GAP
        self.height = max(drawn, steps.height(c.look.width - self.width - c.look.gap * 3))

    def block(self) -> Block:
        """Return steps and drawings beside each other."""
        c = self._composer
        letters = "ABCDEF" if len(self._panels) > 1 else [""]
        figures = [c.panel(panel, self.scale, letter) for panel, letter in zip(self._panels, letters, strict=False)]
        rows = [figures[i : i + self._columns] for i in range(0, len(figures), self._columns)]
        column = (self.width + _DRAWINGS_GAP) / self._columns - _DRAWINGS_GAP
        drawings = tuple(Columns(tuple(row), (column,) * len(row), _DRAWINGS_GAP) for row in rows)
        return Columns((self._steps, Stack(drawings, _DRAWINGS_GAP)), (1.0, self.width), c.look.gap * 3)


def _personal(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """What the therapist says to this patient: cautions, note, side."""
    lines: list[Block] = [c.paragraph(_caution_words(c, caution)) for caution in exercise.cautions]
    if exercise.note:
        lines.append(c.paragraph([Span(f"{c.strings.note_from}: ", bold=True), Span(exercise.note)]))
    if exercise.start_side:
        lines.append(c.paragraph(c.fill(c.strings.start_with, side=exercise.start_side)))
    if not lines:
        return []
    down, across = c.look.gap * 0.6, c.look.gap * 1.2
    words = Columns((Paragraph(c.text(c.strings.for_you, c.look.bold)), Stack(tuple(lines), c.look.gap * 0.3)),
                    (_ROW_LABEL - across - _EDGE, 1.0), c.look.gap, role="Div")  # fmt: skip
    return [Frame(words, (down, across, down, across), fill=TINT, edge=_EDGE, edge_colour=BLACK)]


def _caution_words(c: Composer, caution: PlannedCaution) -> list[Span]:
    heading = c.fill(c.strings.cautions_title, situation=caution.situation_name)
    return [Span(f"{heading}: ", bold=True), Span(caution.text)]


def _doses(c: Composer, exercise: PlannedExercise) -> Block:
    """Doses by week; weeks with the same dose share a column."""
    groups = [
        (dose, [week for week, _ in weeks])
        for dose, weeks in groupby(enumerate(exercise.doses, 1), key=lambda pair: pair[1])
    ]
    levels = {dose.level for dose, _ in groups if dose is not None}
    many = len(groups) > _MANY_COLUMNS
    head = [Cell(c.bare(c.strings.week, c.look.cell_bold), "Column")]
    body = [Cell(_dose_label(c, exercise), "Row")]
    for dose, weeks in groups:
        lines: list[Block] = [c.bare(ranges(weeks), c.look.label_bold)]
        if dose is not None and len(levels) > 1:
            lines.append(c.bare(level_word(c, dose.level), c.look.label))
        head.append(Cell(Stack(tuple(lines)), "Column"))
        body.append(Cell(_dose_cell(c, dose, exercise, c.look.label if many else c.look.cell)))
    padding = (2.0, 3.5) if many else (5.0, 3.5)
    return Table((tuple(head), tuple(body)), (_DOSE_LABEL if many else _WIDE_DOSE_LABEL, *(1.0,) * len(groups)), padding, rule=LINE, tint=TINT)


def level_word(c: Composer, level: str) -> str:
    """Return the word for a level: easier, standard, harder, on a chair."""
    strings = c.strings
    return {"L1": strings.easier, "L2": strings.standard, "L3": strings.harder, "chair": strings.chair}[level].lower()


def _holds(exercise: PlannedExercise) -> set[int]:
    return {dose.hold_s for dose in exercise.doses if dose is not None and dose.reps > 1}


def _dose_label(c: Composer, exercise: PlannedExercise) -> Block:
    doses = [dose for dose in exercise.doses if dose is not None]
    words = c.strings.dose + (f" {c.strings.per_side}" if {dose.per_side for dose in doses} == {True} else "")
    lines: list[Block] = [c.bare(words, c.look.cell_bold)]
    if len(_holds(exercise)) > 1:
        lines.append(c.bare(f"{c.strings.holding}, {c.strings.seconds_legend}", c.look.label))
    elif any(map(is_one_hold, doses)):
        lines.append(c.bare(c.strings.seconds_legend, c.look.label))
    return Stack(tuple(lines))


def _dose_cell(c: Composer, dose: PlannedDose | None, exercise: PlannedExercise, style: TextStyle) -> Block:
    if dose is None:
        return c.bare("–", style)
    if dose.blank:
        return c.writing_lines(c.strings.dose, room=WRITING_ROOM * 0.7)
    sides = {d.per_side for d in exercise.doses if d is not None}
    lines: list[Block] = [c.bare(dose_cell(dose, c.language), style)]
    if dose.per_side and sides == {True, False}:
        lines.append(c.bare(c.strings.per_side, c.look.label))
    hold = hold_amount(dose, c.language, c.strings.seconds_short)
    if hold and len(_holds(exercise)) > 1:
        lines.append(c.bare(hold, c.look.label))
    return Stack(tuple(lines))


def _dose_notes(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """How long to hold and to rest, where that is the same in all weeks."""
    strings = c.strings
    words = []
    holds = _holds(exercise)
    if len(holds) == 1 and holds != {0}:
        words.append(c.fill(strings.hold_row, hold=f"{holds.pop()}\u00a0{strings.seconds}"))
    if exercise.rest_s and any(dose is not None and dose.sets > 1 for dose in exercise.doses):
        words.append(c.fill(strings.rest_between, rest=f"{exercise.rest_s}\u00a0{strings.seconds}"))
    if not words:
        return []
    return [c.space(0.5), c.paragraph(". ".join(_capital(word) for word in words) + ".", c.look.label)]


def _facts(c: Composer, exercise: PlannedExercise) -> Block:
    """Short facts with their names in a column of their own."""
    strings = c.strings
    rows: list[Block] = _personal(c, exercise)
    if all(kind != "breathe" for kind, _ in exercise.main.steps):
        rows.append(_fact(c, strings.breathe, exercise.breathing))
    variants = [(strings.easier, exercise.easier), (strings.harder, exercise.harder)]
    rows.append(_variants(c, [(name, variant) for name, variant in variants if variant is not None]))
    rows.append(_fact(c, strings.mistakes, " ".join(exercise.mistakes)))
    rows.append(_fact(c, strings.care, " ".join(exercise.care)))
    return Stack(tuple(rows), c.look.gap * 0.5)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fact(c: Composer, name: str, words: str | Sequence[Span]) -> Block:
    label = Paragraph(c.text(name, c.look.bold))
    return Columns((label, Paragraph(c.text(words), measure=c.measure)), (_ROW_LABEL, 1.0), c.look.gap, role="Div")


def _variants(c: Composer, variants: Sequence[tuple[str, PlannedVariant]]) -> Block:
    """Easier and harder in words; the drawings of those that have one stand at the right."""
    gap = c.look.gap * 0.5
    rows = [_variant(c, name, variant) for name, variant in variants]
    drawn = [index for index, (_, variant) in enumerate(variants) if variant.panels]
    figures = [_small_drawing(c, variants[index][1]) for index in drawn]
    if len(figures) == 1:
        return Columns((Stack(tuple(rows), gap), figures[0]), (1.0, _SMALL_WIDTH), c.look.gap * 2)
    for index, figure in zip(drawn, figures, strict=True):
        rows[index] = Columns((rows[index], figure), (1.0, _SMALL_WIDTH), c.look.gap * 2)
    return Stack(tuple(rows), gap)


def _variant(c: Composer, name: str, variant: PlannedVariant) -> Block:
    words = [Span(variant.summary)]
    if variant.weeks:
        words.insert(0, Span(f"{c.fill(c.strings.in_weeks, weeks=ranges(variant.weeks))}: ", bold=True))
    return _fact(c, name, words)


def _small_drawing(c: Composer, variant: PlannedVariant) -> Figure:
    panel = variant.panels[-1]
    return c.panel(panel, _SMALL_WIDTH / c.figures[panel.figure].width)
