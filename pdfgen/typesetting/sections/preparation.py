"""Getting ready: what to arrange, start positions, the warm-up, down to the floor and up, words."""

from __future__ import annotations

from pdfgen.planning.plan import PlannedStrip
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import MM, TINT
from pdfgen.typesetting.picture_rows import picture_rows
from pdfgen.typesetting.text_style import Span

#: Drawings of a strip are at most so high.
_STRIP_HEIGHT = 34 * MM
#: The same where a strip takes two rows.
_LOW_STRIP = 27 * MM
_POSITION_HEIGHT = 40 * MM
_POSITIONS_A_ROW = 3
#: So many positions stand two by two.
_IN_PAIRS = (2, 4)
#: Pictures beside each other where columns are narrow.
_IN_NARROW = 2


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of getting ready."""
    preparation = c.plan.preparation
    gap = c.look.gap
    blocks = [
        Flowed(c.heading(preparation.title, 1, bookmark=0), keep=True),
        Flowed(c.bullets(preparation.tips), before=gap * 1.5),
    ]
    if preparation.positions is not None:
        is_in_pairs = c.is_narrow or len(preparation.positions.steps) in _IN_PAIRS
        columns = _IN_NARROW if is_in_pairs else _POSITIONS_A_ROW
        strip = _drawn_strip(c, preparation.positions, columns, _POSITION_HEIGHT, numbered=False, white=1.6)
        blocks.append(Flowed(strip, before=gap * 3, stretch=gap * 3))
    blocks.append(Flowed(_strip(c, preparation.warm_up), before=gap * 3, stretch=gap * 3))
    ways = _down_and_up(c)
    for number, block in enumerate(ways, 1):
        together = not c.is_narrow and number < len(ways)
        blocks.append(Flowed(block, before=gap * 3, stretch=gap * 3, keep=together))
    if preparation.words:
        blocks.append(Flowed(_words(c), before=gap * 3, stretch=gap * 3))
    return blocks


def _strip(c: Composer, strip: PlannedStrip) -> Block:
    drawings = [step.panel for step in strip.steps if step.panel is not None]
    words = _words_of_strip(c, strip)
    if not drawings:
        return words
    height = max(c.figures[panel.figure].height for panel in drawings)
    scale = min(MM, _STRIP_HEIGHT / height)
    figures = [c.panel(panel, scale, letter) for panel, letter in zip(drawings, "ABCDEF", strict=False)]
    figures = [figure._replace(beside=2 * c.letter_radius) for figure in figures]
    width = max(figure.wide for figure in figures) + 2 * c.letter_radius
    if c.layout.screen:
        return c.stack(words, c.columns(*figures, align="bottom"), gap=c.look.gap, role="Sect")
    return Columns(
        (words, *figures), (1.0, *(width,) * len(figures)), c.look.gap * 2, align="bottom", role="Sect"
    )


def _words_of_strip(c: Composer, strip: PlannedStrip) -> Block:
    return _strip_around(c, strip, c.numbered([Paragraph(c.text(step.text)) for step in strip.steps]))


def _down_and_up(c: Composer) -> list[Block]:
    """Return the way to the floor and back, as far as there are any.

    Drawings have words below them; words alone stand beside each other.
    """
    ways = (c.plan.preparation.down, c.plan.preparation.up)
    strips = [strip for strip in ways if strip is not None]
    if not strips or any(step.panel is not None for strip in strips for step in strip.steps):
        high = _LOW_STRIP if c.is_narrow else _STRIP_HEIGHT
        columns = [_IN_NARROW if c.is_narrow else len(strip.steps) for strip in strips]
        drawn = zip(strips, columns, strict=True)
        return [_drawn_strip(c, strip, across, high, numbered=True, white=0.6) for strip, across in drawn]
    return [c.columns(*(_words_of_strip(c, strip) for strip in strips), gap=c.look.gap * 4)]


def _drawn_strip(
    c: Composer, strip: PlannedStrip, columns: int, highest: float, *, numbered: bool, white: float
) -> Block:
    """Return a strip with drawings over their words, below `white` gaps; a list where nothing is drawn."""
    if all(step.panel is None for step in strip.steps):
        return _words_of_strip(c, strip)
    rows = picture_rows(c, strip.steps, columns, highest=highest, numbered=numbered)
    return _strip_around(c, strip, rows, white)._replace(role="Sect")


def _strip_around(c: Composer, strip: PlannedStrip, content: Block, space: float = 0.6) -> Stack:
    """Return title, introduction, content and note; `space` is the white above the content, in gaps."""
    blocks: list[Block] = [c.heading(strip.title, 2, bookmark=1), c.space(0.8)]
    if strip.intro:
        blocks += [c.paragraph(strip.intro), c.space(space)]
    blocks.append(content)
    if strip.note:
        blocks += [c.space(0.8), c.paragraph(strip.note, c.look.bold)]
    return c.stack(*blocks)


def _words(c: Composer) -> Block:
    entries = [
        Paragraph(c.text([Span(f"{term}: ", bold=True), Span(meaning)]), measure=c.measure)
        for term, meaning in c.plan.preparation.words
    ]
    pad = c.look.gap * 1.8
    content = c.stack(
        c.heading(c.strings.words_title, 2, bookmark=1), c.space(0.8), c.stack(*entries, gap=c.look.gap * 0.5)
    )
    return Frame(content, (pad, pad, pad, pad), fill=TINT, role="Sect")
