"""Drawings, weeks and steps of one form on a page: doses beside the drawings or under them, steps last."""

from __future__ import annotations

from pdfgen.typesetting.arrangement import Arrangement, Part, Sized
from pdfgen.typesetting.sections.exercise_pictures import Rows


def has_room(drawn: Rows, table: Sized, told: Sized, width: float, across: float) -> bool:
    """Whether doses have room beside drawings or under them, and steps under both."""
    return _is_room_beside(drawn, table, told, width, across) or _is_room_under(drawn, table, told, width)


def _is_room_beside(drawn: Rows, table: Sized, told: Sized, width: float, across: float) -> bool:
    return width - drawn.width - across >= max(table.least, told.least)


def _is_room_under(drawn: Rows, table: Sized, told: Sized, width: float) -> bool:
    return width >= max(drawn.width, table.least, told.least)


def beside_drawings(
    drawn: Rows, table: Sized, told: Sized, width: float, across: float, down: float, *, low: bool
) -> Arrangement | None:
    """Return doses at the right of drawings, and steps at their right or under them; None without room.

    Args:
        low: whether steps go under both.
    """
    if not _is_room_beside(drawn, table, told, width, across):
        return None
    x = drawn.width + across
    rest = width - x
    wide = min(table.most, max(table.least, rest - across - told.least))
    doses = Part(table.block, x, 0.0, wide if wide + across + told.least <= rest else min(rest, table.most))
    steps_x = x + doses.width + across
    pictures_part = Part(drawn.block, 0.0, 0.0, drawn.width)
    if low:
        foot = max(pictures_part.foot, doses.foot)
        steps = Part(told.block, 0.0, foot + down, min(width, told.most))
    elif width - steps_x >= told.least:
        steps = Part(told.block, steps_x, 0.0, min(width - steps_x, told.most))
    else:
        steps = Part(told.block, x, doses.foot + down, min(rest, told.most))
    return Arrangement((pictures_part, doses, steps))


def under_drawings(
    drawn: Rows, table: Sized, told: Sized, width: float, across: float, down: float
) -> Arrangement | None:
    """Return doses under drawings, and steps at their right or under them; None without room."""
    if not _is_room_under(drawn, table, told, width):
        return None
    shown = Part(drawn.block, 0.0, 0.0, drawn.width)
    doses = Part(table.block, 0.0, shown.foot + down, min(width, table.most))
    x = doses.width + across
    if width - x >= told.least:
        steps = Part(told.block, x, doses.y, min(width - x, told.most))
    else:
        steps = Part(told.block, 0.0, doses.foot + down, min(width, told.most))
    return Arrangement((shown, doses, steps))
