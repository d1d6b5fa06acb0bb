"""What pain asks for: the scale, the traffic light with what to do in each range, and the stop rule."""

from __future__ import annotations

from collections.abc import Iterator

from pdfgen.planning.plan import Light
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import INK
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS, in_colour, pain_scale
from pdfgen.typesetting.sections.stop_box import stop_rule


def limits_of_pain(c: Composer, white: float) -> list[Flowed]:
    """Return the pain traffic light and the stop rule.

    Args:
        white: the part of the usual white above them.
    """
    safety, gap = c.plan.safety, c.look.gap
    space = gap * white
    usual = Paragraph(c.text(safety.usual_pain), measure=c.long_measure)
    scale = [
        Flowed(c.heading(safety.light_title, 1, bookmark=1), before=space * 4, keep=True, stretch=gap * 3),
        Flowed(c.paragraph(safety.light_intro), before=gap * 0.8, keep=True),
        Flowed(pain_scale(c), before=space, keep=True),
        Flowed(_lights(c), before=space * 2, keep=True),
        Flowed(usual, before=space * 1.5, stretch=gap * 2),
    ]
    if c.is_narrow and extent(scale, c.look.width, at_top=True) > c.look.height:
        ranges = [Flowed(block, before=gap) for block in _light_paragraphs(c)]
        scale[3:4] = [ranges[0]._replace(before=space * 2), *ranges[1:]]
    return [*scale, Flowed(stop_rule(c, called=True), before=space * 2.5, stretch=gap * 3)]


def _lights(c: Composer) -> Block:
    """Return what each range asks for: three columns, or three paragraphs where columns would be narrow."""
    if c.is_narrow:
        return c.stack(*_light_paragraphs(c), gap=c.look.gap)
    heads = [
        c.beside_icon(icon, 18.0, _light_title(c, light), gap=6.0)
        for icon, light in zip(RANGE_ICONS, c.plan.safety.lights, strict=True)
    ]
    cells = [
        in_colour(c, c.stack(head, c.space(0.6), Paragraph(c.text(light.text))), number, c.look.gap * 0.8)
        for number, (head, light) in enumerate(zip(heads, c.plan.safety.lights, strict=True))
    ]
    return c.columns(*cells, gap=c.look.gap * 2, align="equal")


def _light_paragraphs(c: Composer) -> Iterator[Block]:
    size = c.look.h3.leading
    for number, (icon, light) in enumerate(zip(RANGE_ICONS, c.plan.safety.lights, strict=True)):
        words = c.stack(_light_title(c, light), Paragraph(c.text(light.text)))
        yield in_colour(c, c.beside_icon(icon, size, words, align="top"), number, c.look.gap * 0.8)


def _light_title(c: Composer, light: Light) -> Paragraph:
    """Return numbers, then what to do; where a line must break, it breaks between them."""
    numbers, colon, action = light.title.partition(": ")
    parts = (part.replace(" ", NO_BREAK) for part in (numbers + colon.strip(), action))
    return Paragraph(c.text(" ".join(parts), c.look.h3._replace(colour=INK)), "H2")
