"""Exercise cards: name, purpose, steps beside drawings, doses by week, variants, mistakes, cautions."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.plan import PlannedCaution, PlannedExercise, PlannedPanel, PlannedVariant
from pdfgen.planning.wording import ranges
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import BLACK
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.exercise_doses import dose_notes, dose_table
from pdfgen.typesetting.sections.exercise_drawings import StepsAndDrawings
from pdfgen.typesetting.sections.exercise_heading import CardHeading
from pdfgen.typesetting.style import MM, TINT
from pdfgen.typesetting.text import Span
from pdfgen.typesetting.twins import matched

#: Heights of steps and drawings that are tried, the highest first: alone on a page, and with two on a page.
_HEIGHTS_ALONE = tuple(height * MM for height in range(150, 30, -6))
_HEIGHTS_OF_TWO = tuple(height * MM for height in range(66, 30, -3))
#: Drawings stand at true size (1 mm is 1 mm); alone on a page they may be larger.
_TRUE_SIZE = MM
_SIZE_ALONE = 1.6 * MM
_LEAST_SIZE = 0.5 * MM
#: A drawing of a variant is a reminder beside its words.
_SMALL_WIDTH = 30 * MM
_SMALL_HEIGHT = 20 * MM
#: The easier and the harder form.
_MOST_SMALL = 2
#: Small drawings on each of two cards on a page, in order of preference.
_SMALL_OF_TWO = ((2, 2), (1, 2), (2, 1), (1, 1), (0, 2), (2, 0), (0, 1), (1, 0), (0, 0))

#: Thick edge of what is meant for this patient only.
_EDGE = 4.0

_ROW_LABEL = 76.0


def compose(c: Composer) -> list[Flowed]:
    """Return one card an exercise. Two share a page where the layout wants it and both fit.

    Only the drawings give way, those of easier and harder forms first; type never does.
    """
    blocks: list[Flowed] = []
    waiting = [_Card(c, exercise) for exercise in c.plan.exercises]
    while waiting:
        pair = _on_one_page(c, waiting[:2]) if c.layout.exercises.a_page == 2 and len(waiting) > 1 else None
        if pair is None:
            blocks += _alone(c, waiting.pop(0))
            continue
        first, second = pair
        blocks.append(Flowed(first, new_page=True))
        blocks.append(Flowed(second, before=c.look.gap * 2, anchor=0.5, stretch=c.look.gap * 6))
        del waiting[:2]
    return blocks


def _alone(c: Composer, card: _Card) -> list[Flowed]:
    """Return a card with drawings as large as its page allows.

    A card splits only where one page cannot hold it: then what concerns this patient follows in pieces.
    """
    counts = range(_MOST_SMALL, -1, -1) if c.is_narrow else (_MOST_SMALL,)
    blocks = (card.block(height, _SIZE_ALONE, count) for count in counts for height in _HEIGHTS_ALONE)
    fitting = next((block for block in blocks if block.height(c.look.width) <= c.look.height), None)
    if fitting is not None:
        return [Flowed(fitting, new_page=True)]
    if c.is_narrow:
        first, second, *others = card.on_two_pages()
        below = (Flowed(block, before=c.look.gap * 0.8) for block in others)
        return [Flowed(first, new_page=True), Flowed(second, new_page=True), *below]
    first, *others = card.pieces()
    return [Flowed(first, new_page=True), *(Flowed(block, before=c.look.gap) for block in others)]


def _on_one_page(c: Composer, cards: Sequence[_Card]) -> tuple[Block, Block] | None:
    """Return two cards that fit on one page, with drawings as large as that allows; None if they do not.

    Easier and harder forms are drawn where that costs the drawings of the exercise next to nothing.
    """
    room = c.look.height - c.look.gap * 2
    for index, height in enumerate(_HEIGHTS_OF_TWO):
        if not all(card.is_legible(height) for card in cards):
            return None
        if _fitting(c, cards, height, (0, 0), room):
            lower = [h for h in _HEIGHTS_OF_TWO[index : index + 3] if all(d.is_legible(h) for d in cards)]
            choices = (_fitting(c, cards, h, small, room) for small in _SMALL_OF_TWO for h in lower)
            return next(choice for choice in choices if choice is not None)
    return None


def _fitting(
    c: Composer, cards: Sequence[_Card], height: float, small: tuple[int, int], room: float
) -> tuple[Block, Block] | None:
    """Return two cards with so many small drawings each, if they fit in `room` points."""
    first, second = (card.block(height, _TRUE_SIZE, count) for card, count in zip(cards, small, strict=True))
    return (first, second) if first.height(c.look.width) + second.height(c.look.width) <= room else None


class _Card:
    """A card whose drawings can still take one size or another."""

    def __init__(self, c: Composer, exercise: PlannedExercise) -> None:
        def of(copy: Composer) -> PlannedExercise:
            return copy.plan.exercises[exercise.number - 1]

        self._steps = StepsAndDrawings(c, exercise)
        self._above = matched(c, lambda copy: _above(copy, of(copy)))
        self._doses = matched(c, lambda copy: _doses(copy, of(copy)))
        self._personal = matched(c, lambda copy: _personal(copy, of(copy)))
        self._facts = matched(c, lambda copy: _all_facts(copy, of(copy)))
        self._composer = c
        self._exercise = exercise

    def block(self, height: float, size: float, small: int = _MOST_SMALL) -> Block:
        """Return the card with at most `small` drawings of variants; see `StepsAndDrawings.arrangement`."""
        steps = self._steps.arrangement(height, size).block()
        c = self._composer
        framed = [_framed(c, self._personal)] if self._personal else []
        below = Stack((*framed, self._facts[small]), c.look.gap * 0.5)
        return Stack((self._above, steps, self._doses, below), role="Sect")

    def on_two_pages(self) -> list[Block]:
        """Return the exercise for one page, with large drawings, and its doses and facts for the next.

        What is for this patient only and what helps come in pieces, for a third page if need be.
        """
        c = self._composer
        room = c.look.height - self._above.height(c.look.width)
        steps = self._steps.arrangement(room, _SIZE_ALONE).block()
        title = c.fill(c.strings.continued, title=f"{self._exercise.number} {self._exercise.name}")
        doses = Stack((c.paragraph(title, c.look.bold), self._doses), role="Div")
        personal = [_framed(c, self._personal)] if self._personal else []
        whole = Stack((doses, *personal, self._facts[_MOST_SMALL]), c.look.gap * 0.8)
        first = Stack((self._above, steps), role="Sect")
        if whole.height(c.look.width) <= c.look.height:
            return [first, doses, *personal, self._facts[_MOST_SMALL]]
        return [first, doses, *(_framed(c, [line]) for line in self._personal), *self._facts[0].blocks]

    def pieces(self) -> list[Block]:
        """Return the card in parts that may stand on different pages."""
        steps = self._steps.arrangement(0.0, _TRUE_SIZE).block()
        first = Stack((self._above, steps, self._doses, self._facts[0]), role="Sect")
        return [first, *(_framed(self._composer, [line]) for line in self._personal)]

    def is_legible(self, height: float) -> bool:
        """Whether the drawings are large enough when steps and drawings may be so high."""
        return self._steps.arrangement(height, _TRUE_SIZE).scale >= _LEAST_SIZE


def _above(c: Composer, exercise: PlannedExercise) -> Block:
    """Return heading and purpose."""
    name = [c.paragraph(exercise.main.name, c.look.bold)] if exercise.main.level != "L2" else []
    heading = (CardHeading(c, exercise), c.space(0.6), Rule(c.look.accent, 1.0), c.space(1.0))
    return Stack((*heading, *name, c.paragraph(exercise.purpose), c.space(0.8)))


def _doses(c: Composer, exercise: PlannedExercise) -> Block:
    return Stack((c.space(1.0), dose_table(c, exercise), *dose_notes(c, exercise), c.space(1.0)))


def _all_facts(c: Composer, exercise: PlannedExercise) -> tuple[Stack, ...]:
    """Return the facts with no, one and two drawings of variants."""
    return tuple(_facts(c, exercise, small) for small in range(_MOST_SMALL + 1))


def _facts(c: Composer, exercise: PlannedExercise, small: int) -> Stack:
    """Short facts with their names in a column of their own, with at most `small` drawings of variants."""
    strings = c.strings
    rows: list[Block] = []
    if all(kind != "breathe" for kind, _ in exercise.main.steps):
        rows.append(_fact(c, strings.breathe, exercise.breathing))
    variants = [(strings.easier, exercise.easier), (strings.harder, exercise.harder)]
    given = [(name, variant) for name, variant in variants if variant is not None]
    rows.append(_variants(c, given, _drawn(exercise, [variant for _, variant in given])[:small]))
    rows.append(_fact(c, strings.mistakes, " ".join(exercise.mistakes)))
    rows.append(_fact(c, strings.care, " ".join(exercise.care)))
    return Stack(tuple(rows), c.look.gap * 0.5)


def _personal(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """What the therapist says to this patient: cautions, note, side."""
    lines: list[Block] = [c.paragraph(_caution_words(c, caution)) for caution in exercise.cautions]
    if exercise.note:
        lines.append(c.paragraph([Span(f"{c.strings.note_from}: ", bold=True), Span(exercise.note)]))
    if exercise.start_side:
        lines.append(c.paragraph(c.fill(c.strings.start_with, side=exercise.start_side)))
    return lines


def _framed(c: Composer, lines: Sequence[Block]) -> Block:
    """Return what is meant for this patient only, marked so that it is not overlooked."""
    down, across = c.look.gap * 0.6, c.look.gap * 1.2
    padding = (down, across, down, across)
    if c.is_narrow:
        name = Paragraph(c.text(c.strings.for_you, c.look.bold))
        below = Stack((name, *lines), c.look.gap * 0.3, role="Div")
        return Frame(below, padding, fill=TINT, edge=_EDGE, edge_colour=BLACK)
    words = Columns(
        (Paragraph(c.text(c.strings.for_you, c.look.bold)), Stack(tuple(lines), c.look.gap * 0.3)),
        (_label_column(c) - across - _EDGE, 1.0),
        c.look.gap,
        role="Div",
    )
    return Frame(words, padding, fill=TINT, edge=_EDGE, edge_colour=BLACK)


def _caution_words(c: Composer, caution: PlannedCaution) -> list[Span]:
    heading = c.fill(c.strings.cautions_title, situation=caution.situation_name)
    return [Span(f"{heading}: ", bold=True), Span(caution.text)]


def _label_column(c: Composer) -> float:
    """Return the width of the column of names: wide enough for their longest word."""
    strings = c.strings
    names = (strings.breathe, strings.easier, strings.harder, strings.mistakes, strings.care)
    widest = max(c.text(word, c.look.bold).natural_width for name in names for word in name.split())
    return max(_ROW_LABEL, widest + 1)


def _fact(c: Composer, name: str, words: str | Sequence[Span]) -> Block:
    """A name in a column of its own with what it says; in narrow columns both in one paragraph."""
    if c.is_narrow:
        spans = [Span(words)] if isinstance(words, str) else list(words)
        return Paragraph(c.text([Span(f"{name}: ", bold=True), *spans]), measure=c.measure)
    label = Paragraph(c.text(name, c.look.bold))
    return Columns(
        (label, Paragraph(c.text(words), measure=c.measure)), (_label_column(c), 1.0), c.look.gap, role="Div"
    )


def _drawn(exercise: PlannedExercise, variants: Sequence[PlannedVariant]) -> list[int]:
    """Return which variants a drawing adds something to, those first that the weeks use."""
    shown = {panel.figure for panel in exercise.main.panels}
    drawn = [i for i, v in enumerate(variants) if v.emblem is not None and v.emblem.figure not in shown]
    return sorted(drawn, key=lambda index: not variants[index].weeks)


def _variants(c: Composer, variants: Sequence[tuple[str, PlannedVariant]], drawn: Sequence[int]) -> Block:
    """Easier and harder in words; the `drawn` ones have their end position at the right of their words."""
    gap = c.look.gap * 0.5
    rows = [_variant(c, name, variant) for name, variant in variants]
    emblems = [variants[index][1].emblem for index in drawn]
    figures = [_small_drawing(c, panel) for panel in emblems if panel is not None]
    if len(figures) == 1:
        # It may reach beside the words of the other form, so it says which one it shows.
        caption = c.paragraph(variants[drawn[0]][0], c.look.label_bold._replace(align="right"))
        captioned = Stack((caption, *figures) if len(variants) > 1 else tuple(figures))
        return Columns((Stack(tuple(rows), gap), captioned), (1.0, _SMALL_WIDTH), c.look.gap * 2)
    for index, figure in zip(drawn, figures, strict=True):
        rows[index] = Columns((rows[index], figure), (1.0, _SMALL_WIDTH), c.look.gap * 2)
    return Stack(tuple(rows), gap)


def _variant(c: Composer, name: str, variant: PlannedVariant) -> Block:
    words = [Span(variant.summary)]
    if variant.weeks:
        words.insert(0, Span(f"{c.fill(c.strings.in_weeks, weeks=ranges(variant.weeks))}: ", bold=True))
    return _fact(c, name, words)


def _small_drawing(c: Composer, panel: PlannedPanel) -> Figure:
    drawing = c.figures[panel.figure]
    scale = min(_SMALL_WIDTH / drawing.width, _SMALL_HEIGHT / drawing.height)
    return c.panel(panel, scale)._replace(align="right")
