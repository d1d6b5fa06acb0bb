"""Safety on one side of a sheet: all of the safety section, with signs in two columns and run-in heads.

It says everything that the safety section says, in the same size of type. The stop rule has a block of its
own, because it belongs where the exercises are: `exercise_columns` has it at its foot.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.content.pictures.drawing import RGB
from pdfgen.planning.plan import Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, first_flow
from pdfgen.typesetting.look import INK, LINE, TINT
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS
from pdfgen.typesetting.sections.safety import EDGE, EDGES
from pdfgen.typesetting.sections.safety_strip import phone_line
from pdfgen.typesetting.text_style import Span, TextStyle

#: In sizes of running text: pictograms, a number to call, the room in which one is written by hand.
_ICON, _LIGHT_ICON, _STOP_ICON = 1.6, 1.15, 2.2
_NUMBER = 1.5
_WRITING = 1.45


def compose(c: Composer) -> list[Flowed]:
    """Return the boxes with signs, the pain traffic light and who must ask first, on one page if possible."""
    c = c.dense()
    return first_flow([_blocks(c, 1.0)], c.look, c.look.height) or _blocks(c, 0.0)


def _blocks(c: Composer, air: float) -> list[Flowed]:
    """Return the blocks with so much of the usual white in and between lists and boxes."""
    safety = c.plan.safety
    gap = c.look.gap
    title = c.text(safety.title, c.look.h1)
    intro = Paragraph(c.text(safety.intro, c.look.cell))
    head = Columns(
        (Paragraph(title, "H1", bookmark=0), intro), (title.natural_width + 1, 1.0), gap * 2, align="middle"
    )
    boxes = [_box(c, box, EDGES[min(i, len(EDGES) - 1)], air) for i, box in enumerate(safety.boxes)]
    parts = [*boxes, _pain(c)] if "exercise-columns" in c.layout.kinds else [*boxes, _pain(c), stop_rule(c)]
    parts.append(_ask_first(c, air))
    between = gap * (0.3 + 0.5 * air)
    return [Flowed(head), *(Flowed(part, before=between, stretch=gap * 1.5) for part in parts)]


def _box(c: Composer, box: WarningBox, edge: RGB, air: float) -> Block:
    """Return a box: what to do and whom to call, above the signs."""
    icon = c.look.body.size * _ICON
    title = c.text(box.title, c.look.h2._replace(colour=INK))
    note = [Paragraph(c.text(box.note, c.look.cell_bold))] if box.note else []
    calls: list[Block] = [_phone(c, phone) for phone in box.phones]
    head = Columns(
        (c.icon(box.icon, icon), Paragraph(title, "H2"), Stack(tuple(calls))),
        (icon, title.natural_width + 1, 1.0),
        c.look.gap * 1.5,
        align="middle",
    )
    signs = Stack((head, c.space(0.3), _in_columns(c, box.signs, air, note)))
    down, across = c.look.gap * (0.15 + 0.45 * air), c.look.gap * 0.6
    padding = (down, across, down, across)
    return Frame(signs, padding, stroke=LINE, edge=EDGE, edge_colour=edge, role="Sect")


def _phone(c: Composer, phone: Phone) -> Block:
    """Return a number larger than the text, and who answers it; without a number, a line to write on."""
    if phone.number:
        size = c.look.body.size * _NUMBER
        number = TextStyle(size, size * 1.1, bold=True, colour=INK)
        text = c.text(phone.number.replace(" ", "\u00a0"), number)
        label = Paragraph(c.text(phone.label, c.look.cell))
        return Columns(
            (Paragraph(text), label), (text.natural_width + 1, 1.0), c.look.gap * 1.5, align="middle"
        )
    return phone_line(c, phone, _WRITING)


def _in_columns(c: Composer, items: Sequence[str], air: float, last: Sequence[Block] = ()) -> Block:
    """Return a list that is read down the first column and then the second, parted where it is lowest.

    Args:
        last: what stands below the list, in its second column.
    """
    column = (c.look.width - c.look.gap * 5) / 2

    def parted(count: int) -> tuple[Stack, Stack]:
        parts = filter(None, (items[:count], items[count:]))
        lists = [c.bullets(part, c.look.cell, c.look.gap * 0.3 * air, indent=0.9) for part in parts]
        return Stack(tuple(lists[:1])), Stack((*lists[1:], *last))

    def height(count: int) -> float:
        return max(part.height(column) for part in parted(count))

    return Columns(parted(min(range(1, len(items) + 1), key=height)), (1.0, 1.0), c.look.gap * 2.5)


def _pain(c: Composer) -> Block:
    """Return the pain traffic light, a line or two a range."""
    safety = c.plan.safety
    title = c.text(safety.light_title, c.look.h2)
    intro = Paragraph(c.text(safety.light_intro, c.look.cell))
    head = c.titled(title, intro, c.look.gap * 2, align="top")
    lights = (
        _row(c, icon, _LIGHT_ICON, [Span(f"{light.title}. ", bold=True), Span(light.text)])
        for icon, light in zip(RANGE_ICONS, safety.lights, strict=True)
    )
    usual = Paragraph(c.text(safety.usual_pain, c.look.cell), measure=c.long_measure)
    return c.stack(head, *lights, usual, role="Sect")


def stop_rule(c: Composer) -> Block:
    """Return the stop rule in a frame."""
    pad = c.look.gap * 0.5
    row = _row(c, "stop", _STOP_ICON, [Span(c.plan.safety.stop_rule, bold=True)])
    return Frame(row, (pad, pad, pad, pad), fill=TINT, edge=EDGE)


def _row(c: Composer, icon: str, size: float, words: list[Span]) -> Block:
    """Return words behind their pictogram, which is `size` times as high as running text."""
    paragraph = Paragraph(c.text(words, c.look.cell), measure=c.long_measure)
    return c.beside_icon(icon, size * c.look.body.size, paragraph)


def _ask_first(c: Composer, air: float) -> Block:
    safety = c.plan.safety
    title = Paragraph(c.text(safety.ask_first_title, c.look.h2), "H2", bookmark=1)
    return c.stack(title, _in_columns(c, safety.ask_first, air), role="Sect")
