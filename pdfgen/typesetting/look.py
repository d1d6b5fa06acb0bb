"""The look: text styles, colours and distances, made from a layout and a clinic's accent colour."""

from __future__ import annotations

from typing import Any, NamedTuple

from pdfgen.content.models.layout import CardSheets, Layout, TypeScale
from pdfgen.content.pictures.drawing import RGB
from pdfgen.typesetting.text_style import TextStyle

#: Points in a millimetre.
MM = 72 / 25.4

INK: RGB = (0.10, 0.10, 0.10)
#: Second voice: still 7.9:1 on white.
GREY: RGB = (0.31, 0.31, 0.31)
#: Beside what is not urgent: a copier takes it for white, so that only the red edge stays dark.
PALE: RGB = (0.72, 0.72, 0.72)
#: Lines to write on, rules of tables and frames: as black as ink, or a copier loses them.
LINE: RGB = INK
#: The traffic light, from light to dark, so that a copier keeps their order; words and symbols say the same.
GREEN: RGB = (0.68, 0.89, 0.70)
AMBER: RGB = (0.96, 0.62, 0.04)
RED: RGB = (0.65, 0.11, 0.11)
#: Ground of table heads and boxes; ink on it is 15:1.
TINT: RGB = (0.935, 0.935, 0.935)
WHITE: RGB = (1.0, 1.0, 1.0)

#: From the paper's lower edge to the last line of the footer, and from its upper edge to the baseline of a
#: header: where common printers still print (4.2 mm).
FOOTER_END, HEADER_LINE = 5 * MM, 8.6 * MM
#: The same for the foot of a card, which is cut out of the paper: what a cut that is 1 mm off leaves.
CARD_FOOT_LINE = 5 * MM
#: Headers and footers are for who keeps and files the paper: they are no larger than this, in points.
_MOST_FURNITURE = 14.0
#: Least white between the text area and the furniture.
_FURNITURE_GAP = 4 * MM
#: Running text of large print, in points, at least (ACB 2022).
_LARGE = 18.0

#: Leading of headings, labels and table cells, which are short.
_TIGHT = 1.22


def parse_colour(text: str) -> RGB:
    """Return `#rrggbb` as red, green and blue from 0 to 1."""
    red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


class Look(NamedTuple):
    """All sizes in points and all colours of one document.

    Attributes:
        page_width, page_height: of the paper.
        left, right, top, bottom: edges of the text area, from the page's top left corner.
        measure: the longest line of running text.
        gap: the basic vertical distance.
    """

    page_width: float
    page_height: float
    left: float
    right: float
    top: float
    bottom: float
    measure_characters: int
    gap: float
    accent: RGB
    body: TextStyle
    bold: TextStyle
    label: TextStyle
    label_bold: TextStyle
    quiet: TextStyle
    furniture: TextStyle
    lead: TextStyle
    cell: TextStyle
    cell_bold: TextStyle
    title: TextStyle
    h1: TextStyle
    h2: TextStyle
    h3: TextStyle

    @property
    def width(self) -> float:
        """Width of the text area."""
        return self.right - self.left

    @property
    def is_large(self) -> bool:
        """Whether it is large print: its lines take so much room that a page says only what it is for."""
        return self.body.size >= _LARGE

    @property
    def footer_top(self) -> float:
        """Top of the two lines of the footer."""
        return self.page_height - FOOTER_END - 2 * self.furniture.leading

    @property
    def height(self) -> float:
        """Height of the text area."""
        return self.bottom - self.top


def _foot_height(size: float) -> float:
    """Return the room of three lines at the foot of a page, in points."""
    return FOOTER_END + size * (2 * _TIGHT + 1) + _FURNITURE_GAP


def make_look(layout: Layout, paper: str, accent: str, *, header: bool = False, footer: bool = False) -> Look:
    """Return the look of a layout on a paper.

    Args:
        accent: the clinic's colour, `#rrggbb`.
        header, footer: whether the clinic has lines of its own there, which need room.
    """
    width, height = (side * MM for side in layout.page_size(paper))
    margins, scale = layout.margins, layout.type_on(paper)
    # A card has no room for lines on every side: its first side has them. A screen is not filed.
    lines = not isinstance(layout.imposition, CardSheets) and layout.screen is None
    furniture = min(scale.label, _MOST_FURNITURE)
    own = parse_colour(accent)
    return Look(
        page_width=width,
        page_height=height,
        left=margins.binding * MM,
        right=width - margins.outer * MM,
        top=max(margins.top * MM, HEADER_LINE + _FURNITURE_GAP if header and lines else 0.0),
        bottom=height - max(margins.bottom * MM, _foot_height(furniture) if footer and lines else 0.0),
        measure_characters=scale.characters_a_line,
        accent=own,
        furniture=_short(furniture, colour=GREY),
        **_in_type(scale, own),
    )


def _short(size: float, *, bold: bool = False, colour: RGB = INK) -> TextStyle:
    return TextStyle(size, size * _TIGHT, bold=bold, colour=colour)


def _in_type(scale: TypeScale, own: RGB) -> dict[str, Any]:
    """Return what depends on the sizes of type; `own` is the colour of headings."""
    body, leading = scale.body, scale.leading
    return {
        "gap": body * 0.5,
        "body": TextStyle(body, body * leading, colour=INK),
        "bold": TextStyle(body, body * leading, bold=True, colour=INK),
        "label": _short(scale.label),
        "label_bold": _short(scale.label, bold=True),
        "quiet": _short(scale.label, colour=GREY),
        "lead": TextStyle(body + 1.5, (body + 1.5) * leading, colour=GREY),
        "cell": _short(body),
        "cell_bold": _short(body, bold=True),
        "title": _short(scale.title, bold=True, colour=own),
        "h1": _short(scale.h1, bold=True, colour=own),
        "h2": _short(scale.h2, bold=True, colour=own),
        "h3": _short(scale.h3, bold=True, colour=own),
    }
