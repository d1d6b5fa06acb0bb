"""Exercise cards: name, purpose, steps beside drawings, doses by week, variants, mistakes, cautions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pdfgen.planning.plan import PlannedCaution, PlannedDose, PlannedExercise, PlannedPanel, PlannedVariant
from pdfgen.planning.wording import dose_amount, hold_amount, ranges
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Rule, Stack, disc
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.document import BLACK
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.style import LINE, MM, TINT, WHITE
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Span, Text, TextStyle

#: Column of the drawings, and the most height they take: two stand above each other at up to true size.
_DRAWINGS_WIDTH = 68 * MM
_DRAWINGS_HEIGHT = 62 * MM
_DRAWINGS_GAP = 3 * MM
#: A drawing of a variant is a reminder beside its words.
_SMALL_WIDTH = 30 * MM

_DISC_RADIUS = 13.0
_ROW_LABEL = 96.0


def compose(c: Composer) -> list[Flowed]:
    """Return one card an exercise; with two on a page the second starts at the middle."""
    exercises = c.plan.exercises
    two = c.layout.exercises.a_page == 2
    blocks = []
    for index, exercise in enumerate(exercises):
        second = two and index % 2 == 1
        card = _card(c, exercise)
        anchor = 0.5 if second else 0.0
        blocks.append(Flowed(card, before=c.look.gap * 3, new_page=not second, anchor=anchor))
    return blocks


def _card(c: Composer, exercise: PlannedExercise) -> Block:
    gap = c.look.gap
    blocks: list[Block] = [
        _CardHeading(c, exercise),
        c.space(0.7),
        Rule(c.look.accent, 1.0),
        c.space(1.2),
        _steps_and_drawings(c, exercise),
        c.space(1.2),
        *_personal(c, exercise),
        _doses(c, exercise),
        c.space(1.2),
        _facts(c, exercise),
    ]
    return Stack(tuple(blocks), 0.0, role="Sect") if gap else Stack(tuple(blocks))


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
        return self.composer.text(kind, self.composer.look.quiet)

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


def _steps_and_drawings(c: Composer, exercise: PlannedExercise) -> Block:
    variant = exercise.main
    steps = c.numbered([Paragraph(c.text(text)) for _, text in variant.steps])
    words: list[Block] = [c.paragraph(exercise.purpose), c.space(1.0), steps]
    if variant.level != "L2":
        words.insert(0, c.paragraph(variant.name, c.look.bold))
    drawings = _drawings(c, variant.panels)
    if drawings is None:
        return c.stack(*words)
    return Columns((c.stack(*words), drawings), (1.0, _DRAWINGS_WIDTH), c.look.gap * 3)


def _drawings(c: Composer, panels: Sequence[PlannedPanel]) -> Block | None:
    """Drawings below or beside each other, whichever lets them be larger."""
    if not panels:
        return None
    letters = "ABCDEF" if len(panels) > 1 else [""]
    drawings = [c.figures[panel.figure] for panel in panels]
    wide = max(drawing.width for drawing in drawings)
    high = max(drawing.height for drawing in drawings)
    best_columns, best_scale = 1, 0.0
    for columns in range(1, len(panels) + 1):
        rows = -(-len(panels) // columns)
        across = (_DRAWINGS_WIDTH - (columns - 1) * _DRAWINGS_GAP) / columns / wide
        down = (_DRAWINGS_HEIGHT - (rows - 1) * _DRAWINGS_GAP) / rows / high
        scale = min(MM, across, down)
        if scale > best_scale + 1e-9:
            best_columns, best_scale = columns, scale
    figures = [c.panel(panel, best_scale, letter) for panel, letter in zip(panels, letters, strict=False)]
    rows_of_figures = [figures[i : i + best_columns] for i in range(0, len(figures), best_columns)]
    column = wide * best_scale
    return Stack(
        tuple(Columns(tuple(row), (column,) * len(row), _DRAWINGS_GAP) for row in rows_of_figures), _DRAWINGS_GAP
    )


def _personal(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """What the therapist says to this patient: note, side, cautions."""
    blocks: list[Block] = []
    pad = c.look.gap * 1.2
    lines: list[Block] = []
    if exercise.note:
        lines.append(c.paragraph([Span(f"{c.strings.note_from}: ", bold=True), Span(exercise.note)]))
    if exercise.start_side:
        lines.append(c.paragraph(c.fill(c.strings.start_with, side=exercise.start_side)))
    lines += [c.paragraph(_caution_words(c, caution)) for caution in exercise.cautions]
    if lines:
        frame = Frame(Stack(tuple(lines), c.look.gap * 0.5), (pad, pad, pad, pad), fill=TINT, edge=4.0,
                      edge_colour=BLACK)  # fmt: skip
        blocks += [frame, c.space(1.2)]
    return blocks


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
    head = [Cell(c.bare(c.strings.week, c.look.cell_bold), "Column")]
    body = [Cell(_dose_label(c, exercise), "Row")]
    for dose, weeks in groups:
        words = [Span(ranges(weeks), bold=True)]
        if dose is not None and len(levels) > 1:
            words.append(Span(f" {level_word(c, dose.level)}"))
        head.append(Cell(c.bare(words, c.look.label), "Column"))
        body.append(Cell(_dose_cell(c, dose, exercise)))
    shares = tuple(1.0 for _ in groups)
    return Table((tuple(head), tuple(body)), (_ROW_LABEL, *shares), padding=(5.0, 4.0), rule=LINE, tint=TINT)


def level_word(c: Composer, level: str) -> str:
    """Return the word for a level: easier, standard, harder, on a chair."""
    strings = c.strings
    return {"L1": strings.easier, "L2": strings.standard, "L3": strings.harder, "chair": strings.chair}[level].lower()


def _holds(exercise: PlannedExercise) -> set[int]:
    return {dose.hold_s for dose in exercise.doses if dose is not None and dose.reps > 1}


def _dose_label(c: Composer, exercise: PlannedExercise) -> Block:
    sides = {dose.per_side for dose in exercise.doses if dose is not None}
    words = c.strings.dose + (f" {c.strings.per_side}" if sides == {True} else "")
    return c.bare(words, c.look.cell_bold)


def _dose_cell(c: Composer, dose: PlannedDose | None, exercise: PlannedExercise) -> Block:
    if dose is None:
        return c.bare("–")
    if dose.blank:
        return c.writing_lines(c.strings.dose, room=WRITING_ROOM * 0.7)
    sides = {d.per_side for d in exercise.doses if d is not None}
    words = dose_amount(dose, c.language)
    if dose.per_side and sides == {True, False}:
        words += f" {c.strings.per_side}"
    lines: list[Block] = [c.bare(words)]
    hold = hold_amount(dose, c.language)
    if hold and len(_holds(exercise)) > 1:
        lines.append(c.bare(c.fill(c.strings.hold_row, hold=hold), c.look.label))
    return Stack(tuple(lines))


def _facts(c: Composer, exercise: PlannedExercise) -> Block:
    """Short facts with their names in a column of their own."""
    strings = c.strings
    rows: list[Block] = []
    holds = _holds(exercise)
    dose_words = []
    if len(holds) == 1 and holds != {0}:
        dose_words.append(c.fill(strings.hold_row, hold=f"{holds.pop()}\u00a0{strings.seconds}"))
    if exercise.rest_s and any(dose is not None and dose.sets > 1 for dose in exercise.doses):
        dose_words.append(c.fill(strings.rest_between, rest=f"{exercise.rest_s}\u00a0{strings.seconds}"))
    if dose_words:
        rows.append(_fact(c, strings.dose, ". ".join(_capital(words) for words in dose_words) + "."))
    rows.append(_fact(c, strings.breathe, exercise.breathing))
    if exercise.easier is not None:
        rows.append(_variant(c, strings.easier, exercise.easier))
    if exercise.harder is not None:
        rows.append(_variant(c, strings.harder, exercise.harder))
    rows.append(_fact(c, strings.mistakes, " ".join(exercise.mistakes)))
    rows.append(_fact(c, strings.care, " ".join(exercise.care)))
    if exercise.main.equipment:
        rows.append(_fact(c, strings.you_need, ", ".join(exercise.main.equipment)))
    return Stack(tuple(rows), c.look.gap * 0.5)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fact(c: Composer, name: str, words: str | Sequence[Span], figure: Figure | None = None) -> Block:
    label = Paragraph(c.text(name, c.look.bold))
    text = Paragraph(c.text(words), measure=c.measure)
    if figure is None:
        return Columns((label, text), (_ROW_LABEL, 1.0), c.look.gap, role="Div")
    return Columns((label, text, figure), (_ROW_LABEL, 1.0, _SMALL_WIDTH), c.look.gap, role="Div")


def _variant(c: Composer, name: str, variant: PlannedVariant) -> Block:
    words = [Span(variant.summary)]
    if variant.weeks:
        words.insert(0, Span(f"{c.fill(c.strings.in_weeks, weeks=ranges(variant.weeks))}: ", bold=True))
    figure = None
    if variant.panels:
        drawing = c.figures[variant.panels[-1].figure]
        figure = c.panel(variant.panels[-1], _SMALL_WIDTH / drawing.width)
    return _fact(c, name, words, figure)
