"""Safety: warning signs with numbers, who must ask first, then what pain asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import product

from pdfgen.content.pictures.drawing import RGB
from pdfgen.planning.plan import Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed, first_fitting, paginate
from pdfgen.typesetting.look import AMBER, INK, LINE, MM, PALE, RED
from pdfgen.typesetting.sections import screen_parts
from pdfgen.typesetting.sections.pain_limits import limits_of_pain
from pdfgen.typesetting.sections.stop_box import ICON
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle
from pdfgen.typesetting.twins import matched_flow

#: Thick edge of the boxes: the more urgent, the warmer. Word, icon and order say the same.
EDGES: tuple[RGB, ...] = (RED, AMBER, PALE)
#: Width of one number beside the title of its box, of two together, and of more.
_NUMBER_COLUMN, _TWO_NUMBERS, _MORE_NUMBERS = 62 * MM, 92 * MM, 105 * MM
#: Thick edge of a warning box in points.
EDGE = 7.0
#: In basic distances: white inside a warning box, below its head, and above the first one; in narrow columns.
_WHITE, _NARROW_WHITE, _WHITE_OF_SCREEN = (1.4, 0.8, 1.2), (1.2, 0.6, 0.8), (1.0, 0.5, 0.8)
#: Parts of the usual white above what stands on a page with boxes, the best first.
_LESS_WHITE = (1.0, 0.5, 0.2)
#: White between the signs of a box, in gaps: the first of these that takes no more pages, in all boxes, and
#: then in each that its page has more room for.
_AIR, _MORE_AIR = (1.2, 1.0, 0.8, 0.6, 0.4, 0.2, 0.0), (2.4, 2.0, 1.6)
#: The same on a screen, whose pages are as long as what they hold.
_AIR_OF_SCREEN = 0.2
#: Least signs in each part of a box that goes on on the next page.
_LEAST_SIGNS = 2
_NUMBER_SIZES = (30.0, 26.0, 22.0, 18.0)


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the safety section; its boxes have as much air as their pages allow."""
    count = len(c.plan.safety.boxes)
    if c.layout.screen:
        title, intro, *boxes = _boxes(c, [_AIR_OF_SCREEN] * count)
        placed = (screen_parts.at(screen_parts.signs_of(i), box) for i, box in enumerate(boxes))
        return [title, intro, *screen_parts.calls(c), *placed, *_on_screen(c)]
    # Where the boxes fill more than a page, what follows shares the next one with them and has less room.
    apart = _pages(c, matched_flow(c, partial(_boxes, airs=[0.0] * count))) == 1
    whites = _LESS_WHITE[:1] if apart else _LESS_WHITE

    @cache
    def composed(white: float, airs: tuple[float, ...]) -> list[Flowed]:
        return [*matched_flow(c, partial(_boxes, airs=airs)), *_below_boxes(c, white, apart=apart)]

    tight = whites[-1], (0.0,) * count
    fewest = _pages(c, composed(*tight))

    def is_at_ease(way: tuple[float, tuple[float, ...]]) -> bool:
        return _is_at_ease(c, composed(*way), fewest)

    ways = ((white, (air,) * count) for white, air in product(whites, _AIR))
    white, airs = next(filter(is_at_ease, ways), tight)
    for index in range(count):
        more = ((white, (*airs[:index], air, *airs[index + 1 :])) for air in _MORE_AIR)
        white, airs = next(filter(is_at_ease, more), (white, airs))
    return composed(white, airs)


def _pages(c: Composer, blocks: Sequence[Flowed]) -> int:
    return len(paginate(blocks, c.look, "safety", white=c.least_white))


def _is_at_ease(c: Composer, blocks: Sequence[Flowed], most: int) -> bool:
    """Whether blocks take so many pages at most, where none is parted and white is not squeezed."""
    pages = paginate(blocks, c.look, "safety", white=c.least_white)
    placed = [item for page in pages for item in page.items]
    return len(pages) <= most and placed == [*blocks]


def _on_screen(c: Composer) -> list[Flowed]:
    """Return what is below the boxes; what pain asks for has a page of its own, and a row leads there."""
    asks, asked = _who_asks_first(c, 1.0, apart=True)
    title, *others = limits_of_pain(c, 1.0)
    down = screen_parts.row(c, c.plan.safety.light_title, f"#{screen_parts.PAIN_LIMITS}")
    return [
        screen_parts.at(screen_parts.ASK_FIRST, asks),
        asked,
        Flowed(down, before=c.look.gap * 2),
        screen_parts.at(screen_parts.PAIN_LIMITS, title._replace(new_page=True)),
        *others,
    ]


def _below_boxes(c: Composer, white: float, *, apart: bool) -> list[Flowed]:
    """Return who must ask first, the pain traffic light and the stop rule.

    Args:
        white: the part of the usual white above them.
        apart: whether they have pages of their own.
    """
    return [*_who_asks_first(c, white, apart=apart), *limits_of_pain(c, white)]


def _who_asks_first(c: Composer, white: float, *, apart: bool) -> list[Flowed]:
    safety, gap = c.plan.safety, c.look.gap
    title = c.heading(safety.ask_first_title, 2)
    return [
        Flowed(title, before=gap * white * 4, keep=True, stretch=gap * 2),
        _asked(c, safety.ask_first, apart=apart),
    ]


def _long(c: Composer, words: str, style: TextStyle | None = None) -> Paragraph:
    """Return a paragraph with lines as long as they may be: every line counts here."""
    return Paragraph(c.text(words, style), measure=c.long_measure)


def _white(c: Composer) -> tuple[float, float, float]:
    if c.layout.screen:
        return _WHITE_OF_SCREEN
    return _NARROW_WHITE if c.is_narrow else _WHITE


def _of_signs(c: Composer) -> tuple[TextStyle, float]:
    """Return style and indent of signs: a screen has the shortest lines, and most of them."""
    return (c.look.cell, 0.8) if c.layout.screen else (c.look.body, 1.1)


def _boxes(c: Composer, airs: Sequence[float]) -> list[Flowed]:
    """Return the heading and the boxes, each with so many gaps between its signs."""
    gap = c.look.gap
    blocks = [
        Flowed(c.heading(c.plan.safety.title, 1, bookmark=0), keep=True),
        Flowed(c.paragraph(c.plan.safety.intro), before=gap * 0.8, keep=True),
    ]
    boxes = c.plan.safety.boxes
    for index, (box, air) in enumerate(zip(boxes, airs, strict=True)):
        before = gap * 1.2 if index else gap * _white(c)[2]
        blocks.append(_flowing_box(c, box, box.title, EDGES[min(index, len(EDGES) - 1)], before, air))
    return blocks


def _flowing_box(c: Composer, box: WarningBox, title: str, edge: RGB, before: float, air: float) -> Flowed:
    """Return a box that is parted between its signs where no page holds it; what goes on has its head again.

    Args:
        title: of the whole box.
        before: white above it.
        air: white between its signs, in gaps.
    """

    def parts() -> Iterator[tuple[Block, Flowed]]:
        for count in range(len(box.signs) - _LEAST_SIGNS, _LEAST_SIGNS - 1, -1):
            first = box._replace(signs=box.signs[:count], note=c.strings.goes_on)
            rest = box._replace(title=c.fill(c.strings.continued, title=title), signs=box.signs[count:])
            yield _warning_box(c, first, edge, air), _flowing_box(c, rest, title, edge, before, air)

    whole = _warning_box(c, box, edge, air)
    return Flowed(whole, before=before, stretch=c.look.gap * 2, parts=parts, whole=True)


def box_head(c: Composer, box: WarningBox, edge: RGB) -> Block:
    """Return what to do and whom to call on one line; below each other where a line is too short."""
    colour = RED if edge == RED else INK
    icon, title = (
        c.icon(box.icon, ICON),
        Paragraph(c.text(box.title, c.look.h2._replace(colour=colour)), "H2"),
    )
    gap = c.look.gap * 1.6
    if not c.is_narrow:
        phones, width = _beside_title(c, box.phones)
        return c.columns(icon, title, phones, widths=(ICON, 1.0, width), gap=gap, align="middle")
    phone, *others = box.phones
    first = _phone(c, phone, _NUMBER_COLUMN)
    lines = [_phone_line(c, other) for other in others]
    column = _natural_width(c, phone)
    frame = 2 * c.look.gap * _white(c)[0] + EDGE
    if ICON + gap + title.text.natural_width + gap + column + frame <= c.look.width:
        head = c.columns(icon, title, first, widths=(ICON, 1.0, column), gap=gap, align="middle")
        return c.stack(head, *lines, gap=2.0)
    return c.beside_icon(box.icon, ICON, c.stack(title, first, *lines, gap=2.0), gap=gap, align="top")


def _beside_title(c: Composer, phones: Sequence[Phone]) -> tuple[Block, float]:
    """Return the numbers, each in its column, and how wide they are together."""
    gap = c.look.gap * 2
    if len(phones) == 1:
        # No larger than a number beside another one: what asks for one call is not more urgent.
        return _phone(c, phones[0], (_TWO_NUMBERS - gap) / 2), _NUMBER_COLUMN
    width = _TWO_NUMBERS if len(phones) == 2 else _MORE_NUMBERS
    column = (width - gap * (len(phones) - 1)) / len(phones)
    return c.columns(*(_phone(c, phone, column) for phone in phones), gap=gap, align="bottom"), width


def _natural_width(c: Composer, phone: Phone) -> float:
    """Return the width of a number with the name of who answers it, or of a line to write it on."""
    number = _number(c, phone.number, _NUMBER_COLUMN).natural_width if phone.number else _NUMBER_COLUMN
    return max(number, c.text(phone.label, c.look.label).natural_width) + 1


def _warning_box(c: Composer, box: WarningBox, edge: RGB, air: float) -> Block:
    """Return head and signs, with `air` gaps between these."""
    inside, below_head, _ = _white(c)
    style, indent = _of_signs(c)
    signs = c.bullets(box.signs, style, c.look.gap * air, indent, c.long_measure)
    blocks: list[Block] = [box_head(c, box, edge), c.space(below_head), signs]
    if box.note:
        blocks += [c.space(max(0.5, air)), _long(c, box.note, c.look.bold)]
    pad = c.look.gap * inside
    return Frame(
        Stack(tuple(blocks)), (pad, pad, pad, pad), stroke=LINE, edge=EDGE, edge_colour=edge, role="Sect"
    )


def _phone(c: Composer, phone: Phone, width: float) -> Block:
    """Return a number below who answers it, in `width` points; without a number, a line to write on."""
    label = Paragraph(c.text(phone.label, c.look.label))
    if not phone.number:
        return c.stack(label, WritingLine(_room(c), LINE, phone.label))
    return c.stack(label, Paragraph(_number(c, phone.number, width)))


def _phone_line(c: Composer, phone: Phone) -> Block:
    """Return a number beside who answers it; without a number, a line to write on, below if it is short."""
    label = c.text(f"{phone.label}:", c.look.label)
    if not phone.number:
        beside = c.labelled_line(label, phone.label, _room(c), LINE, c.look.gap)
        short = c.look.width - label.natural_width < _NUMBER_COLUMN
        return _phone(c, phone, _NUMBER_COLUMN) if short else beside
    number = _number(c, phone.number, 0.0)
    if c.layout.screen:
        return c.stack(Paragraph(label), Paragraph(number))
    widths = (1.0, number.natural_width + 1)
    return c.columns(Paragraph(label), Paragraph(number), widths=widths, gap=c.look.gap, align="bottom")


def _room(c: Composer) -> float:
    """Return the height of a line to write a number on; on a screen a finger has to find it."""
    return WRITING_ROOM if c.layout.screen else WRITING_ROOM * 0.8


def _number(c: Composer, number: str, width: float) -> Text:
    """Return a number in the largest of the sizes that `width` allows, or in the smallest."""
    styles = [TextStyle(size, size * 1.1, bold=True, colour=INK) for size in _NUMBER_SIZES]
    texts = (c.text([c.phone(number)], style) for style in styles)
    smallest = styles[-1]._replace(leading=styles[-1].size * 1.2)
    return first_fitting(texts, lambda text: text.natural_width, width) or c.text(
        [c.phone(number)._replace(text=number)], smallest
    )


def _asked(c: Composer, items: Sequence[str], *, apart: bool) -> Flowed:
    """Return the list of who must ask first, which goes on on the next page under its title."""

    def parts() -> Iterator[tuple[Block, Flowed]]:
        title = c.fill(c.strings.continued, title=c.plan.safety.ask_first_title)
        for count in range(len(items) - _LEAST_SIGNS, _LEAST_SIGNS - 1, -1):
            rest = c.stack(c.heading(title, 2), c.space(1.0), _ask_first(c, items[count:], apart=apart))
            yield _ask_first(c, items[:count], apart=apart), Flowed(rest)

    return Flowed(_ask_first(c, items, apart=apart), before=c.look.gap, parts=parts)


def _ask_first(c: Composer, items: Sequence[str], *, apart: bool) -> Block:
    """A list; where it has less room, with long lines or in two columns, whichever is lower."""
    if c.layout.screen:
        style, indent = _of_signs(c)
        return c.bullets(items, style, c.look.gap * _AIR_OF_SCREEN, indent)
    if apart or c.is_narrow:
        return c.bullets(items)
    parts = [(items[:count], items[count:]) for count in range(1, len(items))]
    choices: list[Block] = [c.bullets(items, gap=0.0, measure=c.long_measure)]
    for pair in parts:
        lists = (c.bullets(part, gap=0.0) for part in pair)
        choices.append(c.columns(*lists, gap=c.look.gap * 3))
    return min(choices, key=lambda block: block.height(c.look.width))
