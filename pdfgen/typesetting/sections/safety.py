"""Safety: warning signs with numbers, the pain traffic light, the stop rule, who must ask first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from pdfgen.content.pictures.drawing import BLACK, RGB
from pdfgen.planning.plan import Light, Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed, first_fitting, paginate
from pdfgen.typesetting.look import INK, LINE, MM, TINT
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS, pain_scale
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle
from pdfgen.typesetting.twins import matched, matched_blocks, matched_flow

#: Thick edge of the boxes: the more urgent, the darker. Word, icon and order say the same.
EDGES: tuple[RGB, ...] = (BLACK, (0.35, 0.35, 0.35), (0.65, 0.65, 0.65))
_ICON = 11 * MM
_NUMBER_COLUMN = 62 * MM
#: Thick edge of a warning box in points.
EDGE = 5.0
#: In basic distances: white inside a warning box, below its head, and above the first one; in narrow columns.
_WHITE, _NARROW_WHITE = (1.4, 0.8, 1.2), (1.2, 0.6, 0.8)
#: Least signs in the part of a box that goes on on the next page.
_LEAST_SIGNS = 2
_NUMBER_SIZES = (30.0, 26.0, 22.0, 18.0)


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the safety section."""
    safety = c.plan.safety
    gap = c.look.gap
    blocks = matched_flow(c, _opening)
    above = gap * _white(c)[2]
    room = c.look.height - sum(item.before + item.block.height(c.look.width) for item in blocks)
    for index in range(len(safety.boxes)):
        edge = EDGES[min(index, len(EDGES) - 1)]
        parts = _warning_boxes(c, index, edge, c.look.height if index else room - above)
        blocks += [Flowed(part, before=gap * 1.2 if index else above, stretch=gap * 2) for part in parts]
    # Where the boxes fill more than a page, what follows shares the next one with them and has less room.
    apart = len(paginate(blocks, c.look, "safety")) == 1
    space = gap if apart else gap * 0.5
    blocks += [
        Flowed(c.heading(safety.light_title, 1, bookmark=1), before=space * 4, keep=True),
        Flowed(c.paragraph(safety.light_intro), before=gap * 0.8, keep=True),
        Flowed(pain_scale(c), before=space, keep=True),
        Flowed(_lights(c), before=space * 2, keep=True),
        Flowed(c.paragraph(safety.usual_pain), before=space * 1.5, stretch=gap * 2),
        Flowed(_stop_rule(c), before=space * 2.5, stretch=gap * 3),
        Flowed(c.heading(safety.ask_first_title, 2), before=space * 3, keep=True, stretch=gap * 3),
        Flowed(_ask_first(c, safety.ask_first, apart=apart), before=gap),
    ]
    return blocks


def _white(c: Composer) -> tuple[float, float, float]:
    return _NARROW_WHITE if c.is_narrow else _WHITE


def _opening(c: Composer) -> list[Flowed]:
    return [
        Flowed(c.heading(c.plan.safety.title, 1, bookmark=0), keep=True),
        Flowed(c.paragraph(c.plan.safety.intro), before=c.look.gap * 0.8, keep=True),
    ]


def _warning_boxes(c: Composer, index: int, edge: RGB, room: float) -> Sequence[Block]:
    """Return the box; where it is higher than `room`, its last signs in a second one with the same head."""
    whole = [matched(c, lambda copy: _warning_box(copy, copy.plan.safety.boxes[index], edge))]
    counts = range(len(c.plan.safety.boxes[index].signs) - _LEAST_SIGNS, 0, -1)
    parted = (
        matched_blocks(c, partial(_parted_box, index=index, edge=edge, count=count)) for count in counts
    )
    return first_fitting(chain([whole], parted), lambda parts: parts[0].height(c.look.width), room) or whole


def _parted_box(c: Composer, index: int, edge: RGB, count: int) -> list[Block]:
    """Return the box with its first `count` signs, and one that goes on with the others."""
    box = c.plan.safety.boxes[index]
    title = c.fill(c.strings.continued, title=box.title)
    return [
        _warning_box(c, box._replace(signs=box.signs[:count], note=""), edge),
        _warning_box(c, box._replace(title=title, signs=box.signs[count:]), edge),
    ]


def _head(c: Composer, box: WarningBox) -> Block:
    """Return what to do and whom to call on one line; below each other where a line is too short."""
    icon, title, phone = c.icon(box.icon, _ICON), c.heading(box.title, 2), _phone(c, box.phones[0])
    gap = c.look.gap * 1.6
    if not c.is_narrow:
        return c.columns(icon, title, phone, widths=(_ICON, 1.0, _NUMBER_COLUMN), gap=gap, align="middle")
    column = _natural_width(c, box.phones[0])
    frame = 2 * c.look.gap * _white(c)[0] + EDGE
    if _ICON + gap + title.text.natural_width + gap + column + frame <= c.look.width:
        return c.columns(icon, title, phone, widths=(_ICON, 1.0, column), gap=gap, align="middle")
    return c.beside_icon(box.icon, _ICON, c.stack(title, phone, gap=2.0), gap=gap, align="top")


def _natural_width(c: Composer, phone: Phone) -> float:
    """Return the width of a number with the name of who answers it, or of a line to write it on."""
    number = _number(c, phone.number).natural_width if phone.number else _NUMBER_COLUMN
    return max(number, c.text(phone.label, c.look.label).natural_width) + 1


def _warning_box(c: Composer, box: WarningBox, edge: RGB) -> Block:
    """Return head and signs; a second number gets a line of its own."""
    head, others = _head(c, box), box.phones[1:]
    inside, below_head, _ = _white(c)
    blocks: list[Block] = [head, c.space(below_head), c.bullets(box.signs, gap=0.0)]
    if box.note:
        blocks += [c.space(0.5), c.paragraph(box.note, c.look.bold)]
    if others:
        phones = [_phone(c, phone) for phone in others]
        below = c.stack(*phones, gap=c.look.gap) if c.is_narrow else c.columns(*phones, gap=c.look.gap * 3)
        blocks += [c.space(0.8), below]
    pad = c.look.gap * inside
    return Frame(
        Stack(tuple(blocks)), (pad, pad, pad, pad), stroke=LINE, edge=EDGE, edge_colour=edge, role="Sect"
    )


def _phone(c: Composer, phone: Phone) -> Block:
    """Return a number and who answers it; without a number, a line to write on."""
    label = Paragraph(c.text(phone.label, c.look.label))
    if not phone.number:
        return c.stack(label, WritingLine(WRITING_ROOM * 0.8, LINE, phone.label))
    return c.stack(label, Paragraph(_number(c, phone.number)))


def _number(c: Composer, number: str) -> Text:
    """Return a number in the largest of the sizes that its column allows, or in the smallest."""
    styles = [TextStyle(size, size * 1.1, bold=True, colour=INK) for size in _NUMBER_SIZES]
    texts = (c.text(number.replace(" ", "\u00a0"), style) for style in styles)
    smallest = styles[-1]._replace(leading=styles[-1].size * 1.2)
    return first_fitting(texts, lambda text: text.natural_width, _NUMBER_COLUMN) or c.text(number, smallest)


def _lights(c: Composer) -> Block:
    """Return what each range asks for: three columns, or three paragraphs where columns would be narrow."""
    if c.is_narrow:
        return c.stack(*_light_paragraphs(c), gap=c.look.gap)
    cells = [
        c.stack(
            c.beside_icon(icon, 16.0, _light_title(c, light), gap=6.0),
            c.space(0.6),
            Paragraph(c.text(light.text)),
            role="Div",
        )
        for icon, light in zip(RANGE_ICONS, c.plan.safety.lights, strict=True)
    ]
    return c.columns(*cells, gap=c.look.gap * 3)


def _light_paragraphs(c: Composer) -> Iterator[Block]:
    size = c.look.h3.leading
    for icon, light in zip(RANGE_ICONS, c.plan.safety.lights, strict=True):
        words = c.stack(_light_title(c, light), Paragraph(c.text(light.text)))
        yield c.beside_icon(icon, size, words, align="top")._replace(role="Div")


def _ask_first(c: Composer, items: Sequence[str], *, apart: bool) -> Block:
    return c.bullets(items) if apart or c.is_narrow else _in_two_columns(c, items)


def _in_two_columns(c: Composer, items: Sequence[str]) -> Block:
    half = -(-len(items) // 2)
    parts = [part for part in (items[:half], items[half:]) if part]
    return c.columns(*(c.bullets(part) for part in parts), gap=c.look.gap * 3)


def _light_title(c: Composer, light: Light) -> Paragraph:
    """Return numbers, then what to do; where a line must break, it breaks between them."""
    numbers, colon, action = light.title.partition(": ")
    return Paragraph(c.text(numbers + colon + action.replace(" ", "\u00a0"), c.look.h3), "H2")


def _stop_rule(c: Composer) -> Block:
    pad = c.look.gap * 1.8
    rule = c.paragraph(c.plan.safety.stop_rule, c.look.bold)
    row = c.beside_icon("stop", _ICON, rule, gap=c.look.gap * 2)
    return Frame(row, (pad, pad, pad, pad), fill=TINT, edge=5.0)
