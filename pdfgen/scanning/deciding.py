"""What a box says: ticked, empty, corrected, written in, or unsure with the reason; nothing is guessed.

The limits were set on simulated pages; `docs/scanning.md` has what they give on others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from pdfgen.scanning.box_ink import BoxInk
from pdfgen.scanning.outlines import Outlines
from pdfgen.scanning.strokes import GRAINY, Strokes

BoxState = Literal["ticked", "empty", "corrected", "written", "unsure"]

Reason = Literal[
    "", "small mark", "dot", "dash", "faint", "shaded", "trace", "stroke of a neighbour", "colour of a stain",
    "straight line", "line over several boxes", "ring", "no outline",
]  # fmt: skip

#: Ink of a mark, in square millimetres and millimetres: surely one above, surely none below.
_MARK_AREA, _MARK_EXTENT = 0.85, 1.7
_NO_AREA, _SPECK_AREA, _SPECK_EXTENT = 0.18, 0.4, 0.9
#: Boxes that are filled: the part that is dark, and how much darker than the paper round them.
_SHADED, _FILLED, _TINTED = 0.35, 0.11, 0.05
#: Marks paler than so much of the usual ones of the page are looked at, up to a limit.
_FAINT, _FAINT_MOST, _FAINT_ALONE = 0.55, 0.22, 0.25
#: A dot is smaller than this, and full; a dash is flat.
_DOT, _DOT_SOLID = 2.3, 0.55
#: The largest stroke of a mark goes so far; a blurred speck does not.
_SMALL = 2.3
_DASH_HEIGHT, _DASH_WIDTH = 0.26, 0.35
#: A stroke that enters a box and goes no farther than so much of it may be the end of a mark in another row.
_TAIL = 0.5
#: Darkness on the average of a box without strokes: more is a trace.
_TRACE, _TRACE_MOST = 0.010, 0.05
#: Directions in which strokes, and thin ones, go round a box: a ring, or perhaps one.
_RING, _THIN_RING = 0.80, 0.40
_PERHAPS_RING, _PERHAPS_THIN = 0.50, 0.20
#: Trusted outlines that it takes near a box.
_SURE = 0.25


class Decision(NamedTuple):
    """The state of a box, and why where it is unsure."""

    state: BoxState
    reason: Reason = ""


_NO_OUTLINE = Decision("unsure", "no outline")


class PageLevel(NamedTuple):
    """What is usual on a page.

    Attributes:
        contrast: of its marks; 0 where it has fewer than three.
        faint: marks paler than this are looked at.
        trace: darkness of an empty box that is looked at.
        grainy: whether light pencil is lost but for specks, so that no speck is nothing.
    """

    contrast: float
    faint: float
    trace: float
    grainy: bool = False


def page_level(found: Sequence[BoxInk], strokes: Strokes) -> PageLevel:
    """Return what is usual on a page."""
    strong = [one.contrast for one in found if one.area >= _MARK_AREA and one.extent >= _MARK_EXTENT]
    contrast = float(np.median(strong)) if len(strong) >= 3 else 0.0
    quiet = np.array([one.excess for one in found if one.area <= _NO_AREA])
    trace = 0.03
    if len(quiet) >= 10:
        middle = float(np.median(quiet))
        trace = middle + 5 * 1.4826 * float(np.median(np.abs(quiet - middle)))
    disturbed = strokes.long.any() or max((one.boxes for one in found), default=0) >= 4
    faint = _FAINT * contrast if contrast else _FAINT_ALONE
    if contrast and not disturbed:
        faint = min(faint, _FAINT_MOST)
    trace = float(np.clip(trace, _TRACE, _TRACE_MOST))
    return PageLevel(contrast, faint, trace, strokes.limit > GRAINY)


def decide(found: Sequence[BoxInk], strokes: Strokes, outlines: Outlines, level: PageLevel) -> list[Decision]:
    """Return the decision on each box."""
    result = []
    for one, placed, trusted, seen in zip(found, strokes.boxes, outlines.sure, outlines.seen, strict=True):
        if placed.box.kind in ("walking", "pain-number"):
            decision = _number(one, trusted, level)
        else:
            decision = _mark(one, placed.box.size, trusted, level, strokes.margin)
        # What is torn off or hidden looks empty, too.
        result.append(_NO_OUTLINE if decision.state == "empty" and not seen else decision)
    return result


def _number(one: BoxInk, trusted: float, level: PageLevel) -> Decision:
    """Decide on a box in which a number is written: a person reads it."""
    if trusted < _SURE:
        return _NO_OUTLINE
    if _is_nothing(one, level):
        return Decision("unsure", "trace") if one.excess > level.trace else Decision("empty")
    return Decision("written")


def _mark(one: BoxInk, size: float, trusted: float, level: PageLevel, margin: float) -> Decision:
    """Decide on a box to cross."""
    if trusted < _SURE:
        return _NO_OUTLINE
    if one.ring >= _RING and one.thin >= _THIN_RING and one.shaded < 0.75:
        return Decision("corrected" if max(one.area, one.foreign) > 0.3 else "empty")
    plain = _plain(one, level)
    if plain.state == "ticked":
        if one.ring >= _PERHAPS_RING and one.thin >= _PERHAPS_THIN and one.shaded < 0.75:
            return Decision("unsure", "ring")
        reason = _doubt(one, size, level, margin)
        return Decision("unsure", reason) if reason else plain
    if plain.state == "empty":
        if one.foreign > 0.9 and one.through:
            return Decision("unsure", "stroke of a neighbour")
        if one.excess > level.trace:
            return Decision("unsure", "trace")
    return plain


def _plain(one: BoxInk, level: PageLevel) -> Decision:
    """Decide by the amount of ink alone."""
    if one.area >= _MARK_AREA and one.extent >= _MARK_EXTENT:
        return Decision("ticked")
    if one.shaded > _SHADED and one.fill > _TINTED:
        return Decision("ticked") if one.fill > _FILLED else Decision("unsure", "shaded")
    if _is_nothing(one, level):
        return Decision("empty")
    return Decision("unsure", "small mark")


def _is_nothing(one: BoxInk, level: PageLevel) -> bool:
    """Return whether a box has no ink, or a speck that cannot be a mark."""
    is_speck = one.area <= _SPECK_AREA and one.extent <= _SPECK_EXTENT and not level.grainy
    return one.area <= _NO_AREA or is_speck


def _doubt(one: BoxInk, size: float, level: PageLevel, margin: float) -> Reason:
    """Return why a mark may be none; empty where it is one."""
    contrast = max(one.contrast, one.fill if one.shaded > _SHADED else 0.0)
    pale = not level.contrast or contrast < 0.75 * level.contrast
    less, more = min(one.width, one.height), max(one.width, one.height)
    tests: tuple[tuple[bool, Reason], ...] = (
        (contrast < level.faint, "faint"),
        (one.entering and one.extent < _TAIL * size, "stroke of a neighbour"),
        (one.brown, "colour of a stain"),
        (one.height < _DASH_HEIGHT * size and one.width > _DASH_WIDTH * size, "dash"),
        (less < 1.0 and more > 0.93 * (size - 2 * margin), "straight line"),
        (one.long > 0.5 and (one.area < 3.0 or pale), "line over several boxes"),
        (more < _DOT and one.solid > _DOT_SOLID, "dot"),
        (one.longest < _SMALL and one.shaded <= _SHADED, "small mark"),
        (one.boxes >= 3 and (one.area < 2.0 or pale), "line over several boxes"),
    )
    return next((reason for applies, reason in tests if applies), "")
