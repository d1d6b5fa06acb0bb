"""The back of the first card: the stop rule, the limits of pain, whom to call, and to read the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfgen.planning.plan import Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, WritingLine
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import INK, MM, TINT
from pdfgen.typesetting.sections.card_faces import in_parts
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS, in_colour
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

_EDGE = 4.0
#: The stop hand, in sizes of running text.
_STOP_ICON = 2.4
#: Pictograms with their white, and the height in which a number is written, in sizes of running text.
_ICON, _WRITING = 1.25, 1.6
#: Ten digits by hand, of 4 mm each.
_NUMBER_WIDTH = 40 * MM


def compose(c: Composer) -> list[Flowed]:
    """Return the stop rule, the limits of pain, whom to call, and to read the full program first."""
    gap, rules = c.look.gap, c.plan.safety
    icon = c.look.body.size * _STOP_ICON
    words = Paragraph(c.text(rules.stop_rule, c.look.cell_bold))
    stop = c.beside_icon("stop", icon, words)
    down = gap * 0.7
    room = c.look.width - c.look.body.size * _ICON - gap
    calls = [_call_below(c, box, _WRITING, room) for box in _numbers_once(rules.boxes)]
    return [
        Flowed(Paragraph(c.text(rules.title, c.look.h3._replace(colour=INK)), "H2", bookmark=1), keep=True),
        Flowed(Frame(stop, (down, gap, down, gap), fill=TINT, edge=_EDGE), before=gap * 0.5),
        Flowed(_limits_of_pain(c, gap * 0.15), before=gap * 0.8, stretch=gap * 2),
        *(Flowed(call, before=gap * 0.5, stretch=gap * 2) for call in calls),
        Flowed(Paragraph(c.text(c.strings.signs_reference, c.look.cell)), before=gap * 0.5, stretch=gap * 2),
    ]


def signs(c: Composer, box: WarningBox) -> list[Flowed]:
    """Return the signs of a box under what to do and whom to call; its title stands again on each side."""
    c = c.dense()
    again = _title(c, c.fill(c.strings.continued, title=box.title))
    words = c.text(box.note, c.look.cell_bold)
    note = [Flowed(Paragraph(words), before=c.look.gap * 0.3)] if box.note else []
    return _listed(c, _signs_head(c, box), again, box.signs, note)


def ask_first(c: Composer) -> list[Flowed]:
    """Return who must ask first, under a title that stands again where they go on."""
    c = c.dense()
    title = c.plan.safety.ask_first_title
    again = _title(c, c.fill(c.strings.continued, title=title))
    return _listed(c, [_title(c, title)], again, c.plan.safety.ask_first, [])


def _listed(
    c: Composer, head: list[Flowed], again: Flowed, items: Sequence[str], note: list[Flowed]
) -> list[Flowed]:
    """Return a list in parts that a side holds each: the first under its head, others under `again`."""
    gap = c.look.gap
    used = max(extent(blocks, c.look.width, at_top=True) for blocks in ([*head], [again, *note]))
    whole = c.bullets(items, c.look.cell, 0.0, indent=0.9)
    blocks = [*head, Flowed(whole, before=gap * 0.3, keep=bool(note)), *note]
    if extent(blocks, c.look.width, at_top=True) <= c.look.height:
        return blocks
    first, *others = in_parts(whole, c.look.width, c.look.height - used - gap)
    blocks = [*head, Flowed(first, before=gap * 0.3)]
    for part in others:
        blocks += [again, Flowed(part, before=gap * 0.3)]
    return [*blocks[:-1], blocks[-1]._replace(keep=bool(note and others)), *note]


def _title(c: Composer, words: str) -> Flowed:
    return Flowed(Paragraph(c.text(words, c.look.h2._replace(colour=INK)), "H2"), keep=True)


def _signs_head(c: Composer, box: WarningBox) -> list[Flowed]:
    """Return what to do and whom to call."""
    gap, icon = c.look.gap, c.look.h2.size * _ICON
    title, room = c.text(box.title, c.look.h2._replace(colour=INK)), c.look.width - icon - gap
    first, *others = (_phone_line(c, phone, _WRITING, room) for phone in box.phones)
    named: Block = Paragraph(title, "H2", bookmark=1)
    called = _phone_words(c, box.phones[0]) if box.phones[0].number else None
    if called is not None and title.natural_width + gap + called.natural_width <= room:
        named = c.titled(title, Paragraph(called), gap)
    else:
        others = [first, *others]
    return [Flowed(block, keep=True) for block in (c.beside_icon(box.icon, icon, named), *others)]


def _numbers_once(boxes: Sequence[WarningBox]) -> Iterator[WarningBox]:
    """Yield the boxes; a number that stands in a later one too, only there: without signs they are a list."""
    for index, box in enumerate(boxes):
        later = {phone for other in boxes[index + 1 :] for phone in other.phones}
        yield box._replace(phones=tuple(phone for phone in box.phones if phone not in later))


def _limits_of_pain(c: Composer, gap: float) -> Block:
    """Return what to do in each range of pain, with its pictogram, in lines `gap` points apart."""
    icon = c.look.body.size * _ICON
    title = Paragraph(c.text(c.plan.safety.light_title, c.look.cell_bold), "H3")
    lines = [Paragraph(c.text(light.title, c.look.cell)) for light in c.plan.safety.lights]
    rows = (c.beside_icon(name, icon, line) for name, line in zip(RANGE_ICONS, lines, strict=True))
    return c.stack(title, *(in_colour(c, row, number, gap) for number, row in enumerate(rows)), gap=gap)


def _call_below(c: Composer, box: WarningBox, writing: float, room: float) -> Block:
    """Return what to do, with whom to call below it; see `_phone_line`."""
    title = Paragraph(c.text(box.title, c.look.cell_bold), "H3")
    lines = c.stack(title, *(_phone_line(c, phone, writing, room) for phone in box.phones))
    return c.beside_icon(box.icon, c.look.body.size * _ICON, lines, align="top")


def _phone_line(c: Composer, phone: Phone, writing: float, room: float) -> Block:
    """Return a number and who answers it; without a number, a line to write on.

    Args:
        writing: the height in which somebody writes, in sizes of running text.
        room: points of width; the line stands below its words where a number has no room beside them.
    """
    words = _phone_words(c, phone)
    if phone.number:
        return Paragraph(words)
    height = c.look.body.size * writing
    if words.natural_width + c.look.gap + _NUMBER_WIDTH > room:
        return c.stack(Paragraph(words), WritingLine(height, INK, phone.label))
    return c.labelled_line(words, phone.label, height, INK, c.look.gap)


def _phone_words(c: Composer, phone: Phone) -> Text:
    if not phone.number:
        return c.text(f"{phone.label}:", c.look.cell)
    return c.text([c.phone(phone.number, bold=True), Span(f" {phone.label}")], c.look.cell)
