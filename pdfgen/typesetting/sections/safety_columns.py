"""Safety on one side of a sheet: all of the safety section, with signs in two columns and run-in heads.

It says everything that the safety section says, in the same size of type. The stop rule has a block of its
own, because it belongs where the exercises are: `safety_strip` has it where they are both there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from pdfgen.content.pictures.drawing import RGB
from pdfgen.planning.plan import Light, Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, first_flow
from pdfgen.typesetting.look import INK, LINE, MM, TINT, Look
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS, in_colour
from pdfgen.typesetting.sections.safety import EDGE, EDGES
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle

#: In sizes of running text: pictograms, a number to call, the room in which one is written by hand.
_ICON, _STOP_ICON = 1.6, 2.2
_NUMBER = 1.25
#: Pictogram of a range of pain, in lines of its words.
_LIGHT_ICON = 1.0
_WRITING = 1.45
#: Millimetres to write a number on beside another, and white in the head of a box in basic distances.
_HAND = 45
_HEAD_GAPS = 5
#: The smallest type on a page that holds all signs, in points, and by how much it is made smaller at a time.
_LEAST_SIZE, _STEP = 12.0, 0.5
#: Larger type where a page would else be half white.
_LARGER = (17.0, 16.0, 15.0)
#: Labels beside smaller type, in points, and its headings in sizes of it.
_LEAST_LABEL, _HEADING = 11.0, 1.3
#: Parts of the usual white in and between boxes that are tried, the best first.
_AIR = (1.0, 0.5, 0.2)


def compose(c: Composer, *, light: bool = True, dense: bool = False, larger: bool = False) -> list[Flowed]:
    """Return the boxes with signs, who must ask first and the pain traffic light, on one page if possible.

    Args:
        light: whether the pain traffic light is among them.
        dense: whether they have as little white as they may, to share a page with others.
        larger: whether their type may be larger than on other pages, where theirs has room.
    """
    ways = product(_sizes(c.look, larger=larger), _AIR[-1:] if dense else _AIR)
    choices = (_blocks(_in_type(c, size), air, light=light) for size, air in ways)
    return first_flow(choices, c.look, c.look.height) or _blocks(c.dense(), 0.0, light=light)


def _in_type(c: Composer, size: float) -> Composer:
    """Return a composer with running text of a size in points, and labels that grow and shrink with it.

    Headings are smaller with it too.
    """
    look, share = c.look, size / c.look.body.size
    look = look._replace(body=_at(look.body, size))
    if share > 1:
        look = look._replace(label=_at(look.label, look.label.size * share))
    if share < 1:
        h1, h2, h3 = (_at(style, min(style.size, size * _HEADING)) for style in (look.h1, look.h2, look.h3))
        look = look._replace(h1=h1, h2=h2, h3=h3, label=_at(look.label, min(look.label.size, _LEAST_LABEL)))
    return replace(c, look=look).dense(size=share)


def _at(style: TextStyle, size: float) -> TextStyle:
    """Return a style at a size in points."""
    return style._replace(size=size, leading=style.leading * size / style.size)


def _sizes(look: Look, *, larger: bool) -> list[float]:
    """Return the sizes of type that are tried, the largest first; large print goes on to a further page."""
    usual = look.body.size
    if look.is_large:
        return [usual]
    above = [size for size in _LARGER if size > usual] if larger else []
    return above + [usual - step * _STEP for step in range(int((usual - _LEAST_SIZE) / _STEP) + 1)]


def _blocks(c: Composer, air: float, *, light: bool) -> list[Flowed]:
    """Return the blocks with so much of the usual white in and between lists and boxes."""
    safety = c.plan.safety
    gap = c.look.gap
    title = c.text(safety.title, c.look.h1)
    intro = Paragraph(c.text(safety.intro, c.look.cell))
    head = Columns(
        (Paragraph(title, "H1", bookmark=0), intro), (title.natural_width + 1, 1.0), gap * 2, align="middle"
    )
    boxes = [_box(c, box, EDGES[min(i, len(EDGES) - 1)], air) for i, box in enumerate(safety.boxes)]
    parts = [*boxes, _ask_first(c, air), *([_pain(c)] if light else [])]
    if "safety-strip" not in c.layout.kinds:
        parts.append(stop_rule(c))
    between = gap * (0.3 + 0.5 * air)
    return [Flowed(head), *(Flowed(part, before=between, stretch=gap * 1.5) for part in parts)]


def _box(c: Composer, box: WarningBox, edge: RGB, air: float) -> Block:
    """Return a box: what to do and whom to call, above the signs."""
    icon = c.look.body.size * _ICON
    title = c.text(box.title, c.look.h2._replace(colour=INK))
    note = [Paragraph(c.text(box.note, c.look.cell_bold))] if box.note else []
    said = Paragraph(title, "H2")
    beside = title.natural_width + 1
    room = c.look.width - icon - beside - c.look.gap * _HEAD_GAPS
    if room >= max(_natural_width(c, phone) for phone in box.phones):
        parts: tuple[Block, ...] = (c.icon(box.icon, icon), said, _calls(c, box.phones, room))
        head: Block = Columns(parts, (icon, beside, 1.0), c.look.gap * 1.5, align="middle")
    else:
        calls = Stack(tuple(_phone(c, phone) for phone in box.phones))
        head = Stack((c.beside_icon(box.icon, icon, said, gap=c.look.gap * 1.5), calls))
    signs = Stack((head, c.space(0.3), _in_columns(c, box.signs, air, note)))
    down, across = c.look.gap * (0.15 + 0.45 * air), c.look.gap * 0.6
    padding = (down, across, down, across)
    return Frame(signs, padding, stroke=LINE, edge=EDGE, edge_colour=edge, role="Sect")


def _calls(c: Composer, phones: Sequence[Phone], room: float) -> Block:
    """Return the numbers beside each other where `room` points hold them, else below each other."""
    gap = c.look.gap * 2
    widths = [_natural_width(c, phone) for phone in phones]
    calls = tuple(_phone(c, phone) for phone in phones)
    if sum(widths) + gap * (len(phones) - 1) <= room:
        return Columns(calls, (*widths[:-1], 1.0), gap, align="bottom")
    return Stack(calls)


def _natural_width(c: Composer, phone: Phone) -> float:
    """Return the width of a number with who answers it, or of that with a line to write on."""
    label = c.text(f"{phone.label}:", c.look.label).natural_width
    number = (
        _number(c, phone.number).natural_width + c.look.gap * 1.5 if phone.number else _HAND * MM + c.look.gap
    )
    return label + number + 2


def _phone(c: Composer, phone: Phone) -> Block:
    """Return a number larger than the text, and who answers it; without a number, a line to write on."""
    if phone.number:
        text = _number(c, phone.number)
        label = Paragraph(c.text(phone.label, c.look.label))
        return Columns(
            (Paragraph(text), label), (text.natural_width + 1, 1.0), c.look.gap * 1.5, align="middle"
        )
    room = c.look.body.size * _WRITING
    return c.labelled_line(c.text(f"{phone.label}:", c.look.label), phone.label, room, INK, c.look.gap)


def _number(c: Composer, number: str) -> Text:
    size = c.look.body.size * _NUMBER
    style = TextStyle(size, size * 1.1, bold=True, colour=INK)
    return c.text([c.phone(number)], style)


def traffic_light(c: Composer) -> Flowed:
    """Return the pain traffic light alone, for the page with the exercises."""
    return Flowed(_pain(c.dense()), before=c.look.gap * 2, stretch=c.look.gap * 3)


def _in_columns(c: Composer, items: Sequence[str], air: float, last: Sequence[Block] = ()) -> Block:
    """Return a list in two columns.

    Args:
        last: what stands below the list, in its second column.
    """

    def parted(count: int) -> tuple[Stack, Stack]:
        parts = filter(None, (items[:count], items[count:]))
        lists = [c.bullets(part, c.look.cell, c.look.gap * 0.3 * air, indent=0.9) for part in parts]
        return Stack(tuple(lists[:1])), Stack((*lists[1:], *last))

    return _lowest(c, [parted(count) for count in range(1, len(items) + 1)])


def _lowest(c: Composer, choices: Sequence[tuple[Stack, Stack]]) -> Block:
    """The lowest of several pairs of columns, which are read down the first and then the second."""
    column = (c.look.width - c.look.gap * 5) / 2
    pair = min(choices, key=lambda columns: max(part.height(column) for part in columns))
    return Columns(pair, (1.0, 1.0), c.look.gap * 2.5)


def _pain(c: Composer) -> Block:
    """Return the pain traffic light: its ranges beside each other, or below each other on a narrow page."""
    safety = c.plan.safety
    title = c.text(safety.light_title, c.look.h3)
    intro = Paragraph(c.text(safety.light_intro, c.look.cell))
    head: Block = c.titled(title, intro, c.look.gap * 1.5, align="top")
    if c.is_narrow:
        head = Stack((Paragraph(title, "H2", bookmark=1), intro))
    lights = [_light(c, number, light) for number, light in enumerate(safety.lights)]
    parts: Block = c.columns(*lights, gap=c.look.gap, align="equal")
    if c.is_narrow:
        parts = c.stack(*lights, gap=c.look.gap * 0.5)
    usual = Paragraph(c.text(safety.usual_pain, c.look.cell), measure=c.long_measure)
    return c.stack(head, parts, usual, gap=c.look.gap * 0.5, role="Sect")


def _light(c: Composer, number: int, light: Light) -> Frame:
    """Return what a range asks for, behind its pictogram, beside its colour."""
    words = [Span(f"{light.title}. ", bold=True), Span(light.text)]
    icon = c.look.cell.leading * _LIGHT_ICON
    row = c.beside_icon(RANGE_ICONS[number], icon, Paragraph(c.text(words, c.look.cell)), align="top")
    return in_colour(c, row, number, c.look.gap * 0.5)


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
