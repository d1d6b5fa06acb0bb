"""The safety strip: the stop rule, the limits of pain, whom to call. For editions of one page only.

The signs themselves and who must ask first stand in the safety section of the full program, to which the
strip refers; an edition of more pages has that section itself.
"""

from __future__ import annotations

from pdfgen.planning.plan import Light, Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack, WritingLine
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import BLACK
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, TINT
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

_EDGE = 5.0
#: In sizes of running text: pictograms, and the room in which a number is written by hand.
_ICON = 1.25
_STOP_ICON = 2.6
_WRITING = 1.8
#: Shares of what to do about pain, and of whom to call.
_SHARES = (0.36, 0.64)
#: Part of the strip's width that is left inside its edge and padding.
_INNER = 0.93


def compose(c: Composer) -> list[Flowed]:
    """Return the strip: the stop rule over its whole width, below it limits of pain and whom to call."""
    gap = c.look.gap
    safety = c.plan.safety
    icon = c.look.body.size * _STOP_ICON
    rule = Paragraph(c.text(safety.stop_rule, c.look.cell_bold), measure=c.long_measure)
    pain = c.stack(
        Paragraph(c.text(safety.light_title, c.look.cell_bold), "H3"),
        *(light_line(c, icon, light) for icon, light in zip(RANGE_ICONS, safety.lights, strict=True)),
        gap=gap * 0.3,
    )
    calls = Stack(tuple(_call(c, box) for box in safety.boxes), gap * 0.4)
    blocks = (
        Paragraph(c.text(safety.title, c.look.h2._replace(colour=INK)), "H2", bookmark=1),
        c.space(0.2),
        Columns((c.icon("stop", icon), rule), (icon, 1.0), gap * 1.5, align="middle"),
        c.space(0.8),
        Columns((pain, calls), _SHARES, gap * 3),
        c.space(0.8),
        Paragraph(c.text(c.strings.signs_reference, c.look.cell), measure=c.long_measure),
    )
    pad = gap * 1.2
    strip = Frame(Stack(blocks), (gap, pad, gap, pad), fill=TINT, edge=_EDGE, edge_colour=BLACK, role="Sect")
    return [Flowed(strip, before=gap * 1.5, stretch=gap * 2)]


def light_line(c: Composer, icon: str, light: Light) -> Block:
    """Return what to do in one range of pain, with its pictogram."""
    size = c.look.body.size * _ICON
    words = Paragraph(c.text(light.title, c.look.cell))
    return Columns((c.icon(icon, size), words), (size, 1.0), c.look.gap, align="middle")


def _call_lines(c: Composer, box: WarningBox) -> Block:
    """What to do, then each number with whose it is, below each other."""
    size = c.look.body.size * _ICON
    title = Paragraph(c.text(box.title, c.look.cell_bold), "H3")
    lines = Stack((title, *(_phone(c, phone) for phone in box.phones)))
    return Columns((c.icon(box.icon, size), lines), (size, 1.0), c.look.gap)


def _call(c: Composer, box: WarningBox) -> Block:
    """What to do, then each number with whose it is; all on one line where that is enough."""
    size = c.look.body.size * _ICON
    title = Paragraph(c.text(box.title, c.look.cell_bold), "H3")
    icon = c.icon(box.icon, size)
    beside = title.text.natural_width + 1
    room = c.look.width * _SHARES[1] * _INNER - size - beside - 2 * c.look.gap
    if len(box.phones) > 1 or phone_words(c, box.phones[0]).natural_width > room:
        return _call_lines(c, box)
    return Columns((icon, title, _phone(c, box.phones[0])), (size, beside, 1.0), c.look.gap, align="bottom")


def phone_words(c: Composer, phone: Phone) -> Text:
    """Return a number and whose it is, or what is to be written."""
    if not phone.number:
        return c.text(f"{phone.label}:", c.look.cell)
    number = Span(phone.number.replace(" ", "\u00a0"), bold=True)
    return c.text([number, Span(f" {phone.label}")], c.look.cell)


def _phone(c: Composer, phone: Phone) -> Block:
    """A number and whose it is; without a number a line to write on."""
    words = phone_words(c, phone)
    if phone.number:
        return Paragraph(words)
    line = WritingLine(c.look.body.size * _WRITING, INK, phone.label)
    return Columns((Paragraph(words), line), (words.natural_width + 1, 1.0), c.look.gap, align="bottom")
