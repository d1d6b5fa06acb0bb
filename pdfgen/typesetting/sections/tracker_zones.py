"""The zones of the traffic light on a week sheet: words on a ground, and below it a band.

In black and white the band tells them apart: it is empty, striped or full. Lengths are in millimetres unless
a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfgen.content.pictures.drawing import BLACK, RGB
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import rectangle
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import DECORATION, Shape
from pdfgen.typesetting.look import MM, WHITE
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_shape import up
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle
from pdfgen.typesetting.tracker_geometry import Across
from pdfgen.typesetting.twins import widest

BAND = 2.0
"""Height of the band below a zone."""
PAD = 1.0
"""White inside a zone, and between two of them in a row of words."""

#: Grounds of the zones and the ink on them: far enough apart for a grey printer.
_GROUNDS: tuple[RGB, RGB, RGB] = ((0.80, 0.92, 0.78), (0.98, 0.72, 0.25), (0.62, 0.05, 0.05))
_INKS: tuple[RGB, RGB, RGB] = (BLACK, BLACK, WHITE)
#: Line round a zone, a stripe, and from one stripe to the next, in points.
_LINE, _STRIPE, _PITCH = 0.6, 1.6, 6.0
#: White above the row of words, and above what follows.
_OVER = 1.0


def zone_style(c: Composer, number: int = 0) -> TextStyle:
    """Return the style of words on a zone, from 0."""
    return c.look.label_bold._replace(colour=_INKS[number], align="centre")


def draw_zone(canvas: Canvas, number: int, x: float, y: float, width: float, height: float) -> None:
    """Draw the ground of a zone, from 0, with its band at the foot, which its height counts; in points."""
    band = BAND * MM
    canvas.add(rectangle(x, y, width, height - band, fill=_GROUNDS[number], stroke=BLACK, line=_LINE))
    foot = y + height
    fill = (WHITE, WHITE, BLACK)[number]
    canvas.add(rectangle(x, foot - band, width, band, fill=fill, stroke=BLACK, line=_LINE))
    if number == 1:
        for shape in _stripes(x, foot, width, band):
            canvas.add(shape)


def _stripes(x: float, foot: float, width: float, band: float) -> Iterator[Shape]:
    """Yield slanting stripes, none of which leaves the band."""
    count = int((width - band - _STRIPE) // _PITCH)
    start = x + (width - band - count * _PITCH) / 2
    for index in range(count + 1):
        left = start + index * _PITCH
        line = (("M", left, foot - _STRIPE / 2), ("L", left + band, foot - band + _STRIPE / 2))
        yield Shape(line, DECORATION, stroke=BLACK, width=_STRIPE)


def _named(c: Composer, total: float) -> list[Text]:
    """Return the words of each zone, without the names of these where they take a line more.

    What counts for whose usual pain is amber says by itself what its colours ask for.
    """
    titles = [light.title for light in c.plan.safety.lights]
    short = [title.partition(", ")[2] or title for title in titles]
    told = ([_words(c, title, number) for number, title in enumerate(said)] for said in (titles, short))
    return min(told, key=lambda words: _height(words, total))


def _words(c: Composer, title: str, number: int) -> Text:
    """Return words that break between the numbers and what to do."""
    numbers, colon, action = title.partition(": ")
    parts = (part.replace(" ", NO_BREAK) for part in (numbers + colon.strip(), action))
    return c.text(" ".join(parts), zone_style(c, number))


def _widths(words: Sequence[Text], total: float) -> list[float]:
    """Return the widths of zones beside each other, by their words where these have room."""
    needed = [text.natural_width / MM + 2 * PAD + 0.5 for text in words]
    between = PAD * (len(words) - 1)
    spare = (total - between - sum(needed)) / len(words)
    return (
        [width + spare for width in needed] if spare >= 0 else [(total - between) / len(words)] * len(words)
    )


def usual_pain_height(c: Composer, edges: Across) -> float:
    """Return the height of what counts for whose usual pain is amber already, in the words of both copies."""
    width = (edges.right - edges.left) * MM

    def high(copy: Composer) -> float:
        return _usual_pain(copy).height(min(width, copy.measure))

    return up(widest(c, high) / MM + _OVER)


def place_usual_pain(pen: SheetPen, top: float, parent: int) -> None:
    """Set what counts for whose usual pain is amber already."""
    node = pen.canvas.node("P", parent)
    width = min(pen.width, pen.composer.measure)
    words = _usual_pain(pen.composer)
    words.place(pen.canvas, pen.left, (top + _OVER) * MM, width, node)


def _usual_pain(c: Composer) -> Text:
    return c.text(c.plan.safety.usual_pain, c.look.cell)


def zones_height(c: Composer, edges: Across) -> float:
    """Return the height of a row with numbers and words of the zones."""
    total = edges.right - edges.left
    return up(widest(c, lambda copy: _height(_named(copy, total), total)) + _OVER)


def _height(words: Sequence[Text], total: float) -> float:
    sized = zip(words, _widths(words, total), strict=True)
    return max(text.height((wide - 2 * PAD) * MM) / MM for text, wide in sized) + PAD + BAND


def place_zones(pen: SheetPen, top: float, parent: int) -> None:
    """Set numbers and words of the zones in a row, for a page without a row of eleven boxes."""
    c, canvas = pen.composer, pen.canvas
    total = pen.edges.right - pen.edges.left
    x, y = pen.left, (top + _OVER) * MM
    height = (zones_height(c, pen.edges) - _OVER) * MM
    section = canvas.node("P", parent)
    words = _named(c, total)
    parts = zip(words, c.plan.safety.lights, _widths(words, total), strict=True)
    for number, (text, light, wide) in enumerate(parts):
        draw_zone(canvas, number, x, y, wide * MM, height)
        room = (wide - 2 * PAD) * MM
        free = (height - BAND * MM - text.height(room)) / 2
        text.place(canvas, x + PAD * MM, y + free, room, canvas.node("Span", section, actual=light.title))
        x += (wide + PAD) * MM
