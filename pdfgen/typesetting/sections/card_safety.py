"""The safety rules on cards: the stop rule, what pain asks for, all signs and whom to call for them."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.plan import Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Rule, WritingLine
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import INK, MM, TINT
from pdfgen.typesetting.sections.card_faces import in_parts
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS, in_colour
from pdfgen.typesetting.sections.signs_place import SIGNS
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

_EDGE = 4.0
#: The stop hand, in sizes of running text.
_STOP_ICON = 2.4
#: Pictograms with their white, and the height in which a number is written, in sizes of running text.
_ICON, _WRITING = 1.25, 1.6
#: Digits of an emergency number, which is as large as what to do.
_SHORT = 4
#: Ten digits by hand, of 4 mm each.
_NUMBER_WIDTH = 40 * MM


def rules(c: Composer) -> list[Flowed]:
    """Return the stop rule, what to do in each range of pain, and who stays off the floor when alone."""
    gap, safety = c.look.gap, c.plan.safety
    icon = c.look.body.size * _STOP_ICON
    words = Paragraph(c.text(safety.stop_rule, c.look.cell_bold), measure=c.measure)
    stop = c.beside_icon("stop", icon, words)
    down = gap * 0.7
    light = Paragraph(c.text(safety.light_title, c.look.h3._replace(colour=INK)), "H2", bookmark=1)
    usual = Paragraph(c.text(safety.usual_pain, c.look.cell), measure=c.measure)
    up = c.plan.preparation.up
    floor = Paragraph(c.text(up.note if up else "", c.look.cell_bold), measure=c.long_measure)
    return [
        Flowed(Frame(stop, (down, gap, down, gap), fill=TINT, edge=_EDGE)),
        Flowed(light, before=gap, keep=True),
        *_ranges_of_pain(c),
        Flowed(usual, before=gap * 0.5),
        *([Flowed(floor, before=gap)] if up and up.note else []),
    ]


def signs(c: Composer, index: int, air: float, size: float) -> list[Flowed]:
    """Return the signs of a box under what to do and whom to call; its title stands again on each side.

    Args:
        index: of the box, from 0. The first one begins with the title of all, where a side has room for that.
        air: white between two signs, in gaps.
        size: of their type, in sizes of running text.
    """
    c, box = c.dense(size=size), c.plan.safety.boxes[index]
    again = _title(c, c.fill(c.strings.continued, title=box.title))
    what, *whom = _signs_head(c, box)
    head = [what, *whom]
    if not index:
        titled = [*_title_of_all(c), what._replace(before=c.look.gap * 1.2), *whom]
        tallest = max(c.bullets([sign], c.look.cell, indent=0.9).height(c.look.width) for sign in box.signs)
        room = c.look.height - tallest - c.look.gap
        head = titled if extent(titled, c.look.width, at_top=True) <= room else head
        head = [head[0]._replace(destination=SIGNS), *head[1:]]
    words = Paragraph(c.text(box.note, c.look.cell_bold))
    note = [Flowed(words, before=c.look.gap * (0.4 + air))] if box.note else []
    return _listed(c, head, again, box.signs, note, air)


def ask_first(c: Composer, air: float, size: float) -> list[Flowed]:
    """Return who must ask first, under a title that stands again where they go on; see `signs`."""
    c = c.dense(size=size)
    title = c.plan.safety.ask_first_title
    again = _title(c, c.fill(c.strings.continued, title=title))
    return _listed(c, [_title(c, title)], again, c.plan.safety.ask_first, [], air)


def _listed(
    c: Composer, head: list[Flowed], again: Flowed, items: Sequence[str], note: list[Flowed], air: float
) -> list[Flowed]:
    """Return a list in parts that a side holds each: the first under its head, others under `again`."""
    gap = c.look.gap
    start, *others = head
    head = [start._replace(before=gap * 1.5, stretch=gap * 3), *others]
    used = max(extent(blocks, c.look.width, at_top=True) for blocks in ([*head], [again, *note]))
    whole = c.bullets(items, c.look.cell, gap * air, indent=0.9)
    blocks = [*head, Flowed(whole, before=gap * (0.3 + air), keep=bool(note)), *note]
    if extent(blocks, c.look.width, at_top=True) <= c.look.height:
        return blocks
    first, *rest = in_parts(whole, c.look.width, c.look.height - used - gap * 2)
    blocks = [*head, Flowed(first, before=gap * 0.3)]
    for part in rest:
        blocks += [again, Flowed(part, before=gap * 0.3)]
    return [*blocks[:-1], blocks[-1]._replace(keep=bool(note and rest)), *note]


def _title(c: Composer, words: str) -> Flowed:
    return Flowed(Paragraph(c.text(words, c.look.h2._replace(colour=INK)), "H2"), keep=True)


def _title_of_all(c: Composer) -> list[Flowed]:
    """Return the title of all signs: words about exercises send to it by this name."""
    return [
        Flowed(Paragraph(c.text(c.plan.safety.title, c.look.h2), "H2", bookmark=1), keep=True),
        Flowed(Rule(c.look.accent, 1.0), before=c.look.gap * 0.4, keep=True),
    ]


def _signs_head(c: Composer, box: WarningBox) -> list[Flowed]:
    """Return what to do and whom to call."""
    gap, icon = c.look.gap, c.look.h2.size * _ICON
    title, room = c.text(box.title, c.look.h2._replace(colour=INK)), c.look.width - icon - gap
    first, *others = (_phone_line(c, phone, room) for phone in box.phones)
    named: Block = Paragraph(title, "H2", bookmark=1)
    called = _phone_words(c, box.phones[0]) if box.phones[0].number else None
    if called is not None and title.natural_width + gap + called.natural_width <= room:
        named = c.titled(title, Paragraph(called), gap)
    else:
        others = [first, *others]
    return [Flowed(block, keep=True) for block in (c.beside_icon(box.icon, icon, named), *others)]


def _ranges_of_pain(c: Composer) -> list[Flowed]:
    """Return what each range of pain asks for, behind its pictogram, in a frame."""
    icon, gap = c.look.body.size * _ICON, c.look.gap * 0.3
    frames: list[Block] = []
    for number, (name, light) in enumerate(zip(RANGE_ICONS, c.plan.safety.lights, strict=True)):
        words = Paragraph(c.text([Span(f"{light.title}. ", bold=True), Span(light.text)], c.look.cell))
        frames.append(in_colour(c, c.beside_icon(name, icon, words, align="top"), number, gap))
    return [Flowed(frame, before=gap) for frame in frames]


def _phone_line(c: Composer, phone: Phone, room: float) -> Block:
    """Return a number and who answers it; without a number, a line to write on.

    Args:
        room: points of width; the line stands below its words where a number has no room beside them.
    """
    words = _phone_words(c, phone)
    if phone.number:
        return Paragraph(words)
    height = c.look.body.size * _WRITING
    if words.natural_width + c.look.gap + _NUMBER_WIDTH > room:
        return c.stack(Paragraph(words), WritingLine(height, INK, phone.label))
    return c.labelled_line(words, phone.label, height, INK, c.look.gap)


def _phone_words(c: Composer, phone: Phone) -> Text:
    """Return who answers, behind the number where it is known, in larger type then."""
    if not phone.number:
        return c.text(f"{phone.label}:", c.look.cell)
    number = c.phone(phone.number, bold=True)
    style = c.look.h2 if len(phone.number) <= _SHORT else c.look.h3
    return c.text([number, Span(f" {phone.label}")], style._replace(colour=INK, bold=False))
