"""Sets of cards that are too large to keep together."""

from __future__ import annotations

from pdfgen.content.loading import Loaded
from pdfgen.content.models.layout import CardSheets, Layout
from pdfgen.content.models.prescription import Prescription
from pdfgen.errors import Problem

#: Six sheets of two: more get lost, and nobody looks through them for what to do today.
_MOST = 12


def many_cards(layout: Layout, pages: int, prescription: Loaded[Prescription]) -> tuple[Problem, ...]:
    """Return a warning where a program takes more cards than people keep together.

    Args:
        pages: fronts and backs.
    """
    cards = pages // 2
    if not isinstance(layout.imposition, CardSheets) or cards <= _MOST:
        return ()
    advice = "take fewer exercises or weeks, or the layout booklet or compact"
    return (
        prescription.problem(("layout",), f"the program takes {cards} cards, more than {_MOST}; {advice}"),
    )
