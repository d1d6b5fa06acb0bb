"""The words of a row of a week sheet: what they are, what they take, and where its page stands among them.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.tracker_shape import GridShape
from pdfgen.typesetting.text import Text

#: Height in which a dose is written by hand: below the name, and behind it.
_WRITING, _WRITING_BEHIND = 8.0, 7.0
#: Width in which it is written behind the name.
_WRITING_WIDTH = 60.0
BEFORE_PAGE = 4.0
"""The least white before a page on a line."""
OVER_PAGE = 0.75
"""White over a page over boxes."""

#: White under a page on a line of its own: what can be touched is a little higher than its letters.
_UNDER_LINK = 0.5


PagePlace = Literal["lines", "name", "boxes", "drawings", "below", "dose"]


class ExerciseText(NamedTuple):
    """What is said of an exercise: its name with the week's form, its dose, what concerns this patient only.

    The dose may have the name too.

    Attributes:
        is_open: whether there is a line to write a dose on, behind the name where that leaves room for it.
        page: where it is explained, if anywhere.
        place: where that stands: at the right end of a line that has room, or on one of its own below; right
            of a name across the sheet; over the boxes; at the left of the drawings or below them; or at the
            right of a dose over its boxes.
        is_first: whether it stands at the end of no other line than the first.
    """

    name: tuple[Text, ...]
    dose: tuple[Text, ...]
    own: tuple[Text, ...] = ()
    page: Text | None = None
    place: PagePlace = "lines"
    is_first: bool = False
    is_open: bool = False

    @property
    def lines(self) -> tuple[Text, ...]:
        """All of it, in order: what is meant for this patient only follows the name."""
        return (*self.name, *self.own, *self.dose) if self.name else (*self.dose, *self.own)

    def height(self, width: float) -> float:
        """Return the height at a width."""
        said = sum(line.height(width * MM) for line in self.lines) / MM
        if self.page and self.place == "lines" and self.line_of_page(width) == len(self.lines):
            said += self.page.height(width * MM) / MM + _UNDER_LINK
        if not self.is_open:
            return said
        return max(said, _WRITING_BEHIND) if self.has_line_behind(width) else said + _WRITING

    def head_height(self, shape: GridShape) -> float:
        """Return the height of name and words for this patient above the picture."""
        width = head_width(shape, self.own) * MM
        return sum(line.height(width) for line in (*self.name, *self.own)) / MM

    def dose_height(self, shape: GridShape) -> float:
        """Return the height over the boxes of a dose, of the line to write it on, or of a page alone."""
        if self.is_open:
            return _WRITING
        over = self.dose or ([self.page] if self.page and self.place == "dose" else [])
        return sum(line.height(shape.words * MM) for line in over) / MM

    def line_of_page(self, width: float) -> int:
        """Return the text behind whose end the page has room, from 0; past the last where there is none.

        Behind what is meant for this patient only it would read as part of that.
        """
        room = width * MM - (self.page.natural_width if self.page else 0.0) - BEFORE_PAGE * MM
        lines = self.lines[:1] if self.is_first else self.lines
        others = (number for number, line in enumerate(lines) if line not in self.own)
        ends = ((number, self.lines[number].lines(width * MM)[-1].width) for number in others)
        return next((number for number, end in ends if end <= room), len(self.lines))

    def has_line_behind(self, width: float) -> bool:
        """Whether a dose can be written behind the name."""
        taken = self.name[-1].natural_width / MM + self.beside_line(width)
        return not self.own and taken + _WRITING_WIDTH <= width

    def beside_line(self, width: float) -> float:
        """Return the width that the page takes at the right of a line to write on behind the name."""
        if self.page is None or self.place != "lines" or self.line_of_page(width) != len(self.name) - 1:
            return 0.0
        return self.page.natural_width / MM + BEFORE_PAGE


def head_width(shape: GridShape, own: Sequence[Text]) -> float:
    """Return the width of a name above a picture: with boxes or words for this patient below, the sheet's."""
    is_across = own or shape.arrangement == "headed"
    return shape.words_start + shape.words if is_across else shape.picture
