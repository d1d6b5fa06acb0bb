"""The safety strip: the stop rule, the limits of pain, whom to call. For editions of one page only.

The signs themselves and who must ask first stand in the safety section of the full program, to which the
strip refers; an edition of more pages has that section itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfgen.planning.plan import Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack, WritingLine
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, MM, TINT
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

_EDGE = 5.0
#: In sizes of running text: pictograms, and the room in which a number is written by hand.
_ICON = 1.25
_STOP_ICON = 2.6
_WRITING = 1.8
#: Ten digits by hand, of 4 mm each.
_NUMBER_WIDTH = 40 * MM
#: Shares of the advice about pain and of the numbers to call.
_SHARES = (0.36, 0.64)
#: Part of the strip's width that is left inside its edge and padding.
_INNER = 0.93


def compose(c: Composer) -> list[Flowed]:
    """Return the strip: the stop rule over its whole width, below it limits of pain and whom to call."""
    gap = c.look.gap
    safety = c.plan.safety
    icon = c.look.body.size * _STOP_ICON
    rule = Paragraph(c.text(safety.stop_rule, c.look.cell_bold), measure=c.long_measure)
    calls = Stack(tuple(_call(c, box) for box in numbers_once(safety.boxes)), gap * 0.4)
    blocks = (
        Paragraph(c.text(safety.title, c.look.h2._replace(colour=INK)), "H2", bookmark=1),
        c.space(0.2),
        c.beside_icon("stop", icon, rule, gap=gap * 1.5),
        c.space(0.8),
        Columns((limits_of_pain(c, gap * 0.3), calls), _SHARES, gap * 3),
        c.space(0.8),
        Paragraph(c.text(c.strings.signs_reference, c.look.cell), measure=c.long_measure),
    )
    pad = gap * 1.2
    strip = Frame(Stack(blocks), (gap, pad, gap, pad), fill=TINT, edge=_EDGE, role="Sect")
    return [Flowed(strip, before=gap * 1.5, stretch=gap * 2)]


def numbers_once(boxes: Sequence[WarningBox]) -> Iterator[WarningBox]:
    """Yield the boxes; a number that stands in a later one too, only there: without signs they are a list."""
    for index, box in enumerate(boxes):
        later = {phone for other in boxes[index + 1 :] for phone in other.phones}
        yield box._replace(phones=tuple(phone for phone in box.phones if phone not in later))


def limits_of_pain(c: Composer, gap: float) -> Block:
    """Return what to do in each range of pain, with its pictogram, in lines `gap` points apart."""
    icon = c.look.body.size * _ICON
    title = Paragraph(c.text(c.plan.safety.light_title, c.look.cell_bold), "H3")
    lines = [Paragraph(c.text(light.title, c.look.cell)) for light in c.plan.safety.lights]
    drawn = (c.beside_icon(name, icon, line) for name, line in zip(RANGE_ICONS, lines, strict=True))
    return c.stack(title, *drawn, gap=gap)


def _call(c: Composer, box: WarningBox) -> Block:
    """Return what to do and whom to call; a single number stands on the same line if it has room there."""
    size = c.look.body.size * _ICON
    title = Paragraph(c.text(box.title, c.look.cell_bold), "H3")
    beside = title.text.natural_width + 1
    room = c.look.width * _SHARES[1] * _INNER - size - beside - 2 * c.look.gap
    if len(box.phones) > 1 or _phone_words(c, box.phones[0]).natural_width > room:
        return call_below(c, box, _WRITING)
    return Columns(
        (c.icon(box.icon, size), title, phone_line(c, box.phones[0], _WRITING)),
        (size, beside, 1.0),
        c.look.gap,
        align="bottom",
    )


def call_below(c: Composer, box: WarningBox, writing: float, room: float = float("inf")) -> Block:
    """Return what to do, with whom to call below it; see `phone_line`."""
    title = Paragraph(c.text(box.title, c.look.cell_bold), "H3")
    lines = c.stack(title, *(phone_line(c, phone, writing, room) for phone in box.phones))
    return c.beside_icon(box.icon, c.look.body.size * _ICON, lines, align="top")


def phone_line(c: Composer, phone: Phone, writing: float, room: float = float("inf")) -> Block:
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
    number = Span(phone.number.replace(" ", "\u00a0"), bold=True)
    return c.text([number, Span(f" {phone.label}")], c.look.cell)
