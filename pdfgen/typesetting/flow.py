"""Flow: blocks down the page and on to the next, keeping together what belongs together.

Pages are planned before anything is set, so that the contents on the cover know every page number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import fsum
from typing import NamedTuple, TypeVar

from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.blocks import Block
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import Sheet
from pdfgen.typesetting.look import Look

T = TypeVar("T")

#: Rounding: a block that is this much too high still fits.
ROUNDING = 0.5

#: A last page on which less of the text height is used looks like a mistake.
_LEAST_FILLED = 0.25

#: The emptiest foot of a page that goes on, in parts of the page: 59 mm of an A4, 42 mm of an A5.
EMPTIEST_FOOT = 0.2


class Flowed(NamedTuple):
    """A block in the flow.

    Attributes:
        before: white above it, dropped at the top of a page.
        keep: it stays on one page with the block that follows.
        new_page: it starts a page.
        anchor: where on the page it should start, as a part of the text height, if there is room.
        stretch: how much of the white that is left on its page may go above it, in points.
        goes_on: it is what is left over of a block that was parted on the page before.
        parts: returns the ways to part it over two pages, the best first.
        whole: it is parted only where no page holds it.
        destination: that links to its top go to.
        once: a name of what it says; in columns it is dropped where that stands on its page already.
        leads_to: a destination; in columns it is dropped where that is on its page too.
    """

    block: Block
    before: float = 0.0
    keep: bool = False
    new_page: bool = False
    anchor: float = 0.0
    stretch: float = 0.0
    goes_on: bool = False
    parts: Callable[[], Iterable[tuple[Block, Flowed]]] = tuple
    whole: bool = False
    destination: str = ""
    once: str = ""
    leads_to: str = ""


class PagePlan(NamedTuple):
    """What stands on one page, from top to bottom.

    Attributes:
        foot: the text at the right of the foot of a card, behind the document id, in place of a footer.
    """

    items: tuple[Flowed, ...]
    sheet: Sheet | None = None
    foot: str = ""


def paginate(blocks: Sequence[Flowed], look: Look, name: str, *, white: float = 1.0) -> tuple[PagePlan, ...]:
    """Divide blocks over pages; the first starts a page.

    What can be parted is parted where the foot of a page would stay too empty else, or no page holds it.

    Args:
        name: of the section, for messages.
        white: the part of the white above blocks that has to stay where the page has no room for all of it.

    Raises:
        FitError: a block, or blocks that must stay together, are higher than a page.
    """
    pages: list[list[Flowed]] = []
    waiting = groups_of(blocks)[::-1]
    while waiting:
        group = waiting.pop()
        if pages and not group[0].new_page:
            longer = _with_group(pages[-1], group, look, white)
            if longer:
                pages[-1] = longer
                continue
            if not group[-1].whole and foot_of(pages[-1], look) > EMPTIEST_FOOT * look.page_height:
                longer, rest = _with_part(pages[-1], group, look, white)
                if rest:
                    pages[-1] = longer
                    group = [rest._replace(goes_on=True)]
        over = extent(group, look.width, at_top=True) - look.height
        if over > ROUNDING:
            group, rest = _parted(group, look, look.height, at_top=True)
            if not rest:
                raise FitError(
                    Problem(f"does not fit on a page: {over:.0f} points too high; shorten its texts", name)
                )
            waiting.append([rest._replace(goes_on=True)])
        pages.append(list(group))
    _fill_last_page(pages, look)
    return tuple(PagePlan(tuple(page)) for page in pages)


def _used(page: Sequence[Flowed], look: Look) -> float:
    """Return the height that blocks take on their page, with those that start further down where they may."""
    used = 0.0
    for group in groups_of(page):
        needed = extent(group, look.width, at_top=not used)
        start = max(used, group[0].anchor * look.height - group[0].before) if used else 0.0
        used = (start if start + needed <= look.height + ROUNDING else used) + needed
    return used


def _with_group(page: Sequence[Flowed], group: Sequence[Flowed], look: Look, white: float) -> list[Flowed]:
    """Return the blocks of a page and of a group that fits below them; nothing where it does not."""
    longer = [*page, *group]
    return longer if _used(longer, look) <= look.height + ROUNDING else _squeezed(longer, look, white)


def foot_of(page: Sequence[Flowed], look: Look) -> float:
    """Return the height in points that is left over below the blocks of a page."""
    return look.height - _used(page, look)


def _with_part(
    page: Sequence[Flowed], group: Sequence[Flowed], look: Look, white: float
) -> tuple[list[Flowed], Flowed | None]:
    """Return a page with what of a group fits below it, and what is left over.

    Its white is squeezed where only then its foot is not empty.
    """
    room, between = foot_of(page, look), fsum(item.before for item in [*page[1:], group[0]])
    fitting, rest = _parted(group, look, room, at_top=False)
    if not rest or foot_of([*page, *fitting], look) > EMPTIEST_FOOT * look.page_height:
        more, left = _parted(group, look, room + between * (1 - white), at_top=False)
        squeezed = _squeezed([*page, *more], look, white) if left else []
        if squeezed and len(page) < len(squeezed):
            return squeezed, left
    return [*page, *fitting], rest


def _parted(
    group: Sequence[Flowed], look: Look, room: float, *, at_top: bool
) -> tuple[list[Flowed], Flowed | None]:
    """Return what of a group fits in `room` points, where its last block is parted, and what is left over.

    Taken is the first way that leaves no empty foot; where each does, the one that leaves least. Where none
    fits, the group itself and nothing left over.
    """
    *others, last = group
    fullest, best = -1.0, (list(group), last)
    for first, rest in last.parts():
        fitting = [*others, last._replace(block=first)]
        used = extent(fitting, look.width, at_top=at_top)
        if fullest < used <= room + ROUNDING:
            fullest, best = used, (fitting, rest)
            if room - used <= EMPTIEST_FOOT * look.page_height:
                break
    return best if fullest >= 0 else (list(group), None)


def _squeezed(items: Sequence[Flowed], look: Look, white: float) -> list[Flowed]:
    """Return blocks with less white between them, so that they fill a page; nothing if it takes too much."""
    between = fsum(item.before for item in items[1:])
    over = extent(items, look.width, at_top=True) - look.height
    if white == 1 or not between or over > between * (1 - white):
        return []
    part = 1 - max(0.0, over) / between
    return [item._replace(before=item.before * part) for item in items]


def _fill_last_page(pages: list[list[Flowed]], look: Look) -> None:
    """Move blocks, or parts of one, from the page before it to a last page that would be nearly empty."""
    least = _LEAST_FILLED * look.height
    while len(pages) > 1 and not (pages[-1][0].new_page or pages[-1][0].goes_on):
        *before, group = groups_of(pages[-2])
        longer = [*group, *pages[-1]]
        high = extent(longer, look.width, at_top=True)
        if extent(pages[-1], look.width, at_top=True) >= least or not before or high > look.height:
            break
        kept: list[Flowed] = []
        for first, rest in () if group[-1].whole else group[-1].parts():
            part = [rest._replace(goes_on=True), *pages[-1]]
            if extent(part, look.width, at_top=True) >= least:
                kept, longer = [*group[:-1], group[-1]._replace(block=first)], part
                break
        pages[-2:] = [[item for items in before for item in items] + kept, longer]


def place_page(canvas: Canvas, look: Look, page: PagePlan, parent: int) -> None:
    """Set the blocks of a page on a new page of the canvas, under the element `parent`."""
    canvas.new_page(page.sheet)
    place_items(canvas, page.items, (look.left, look.top, look.width, look.height), parent)


def place_items(
    canvas: Canvas, items: Sequence[Flowed], area: tuple[float, float, float, float], parent: int
) -> None:
    """Set blocks below each other, with the white that is left between them.

    Args:
        area: left and upper edge, width and height in points.
    """
    left, top, width, high = area
    heights = [item.block.height(width) for item in items]
    rests = _rests(items, heights)
    weight = fsum(item.stretch for item in items[1:])
    free = max(0.0, high - rests[0]) if rests else 0.0
    share = min(1.0, free / weight) if weight else 0.0
    y = top
    for index, item in enumerate(items):
        if index:
            rest = rests[index]
            # An anchor above may have used white that was meant to be stretched.
            y += item.before + max(0.0, min(item.stretch * share, top + high - rest - y - item.before))
            anchor = top + item.anchor * high
            if anchor > y and anchor + rest <= top + high + ROUNDING:
                y = anchor
        if item.destination:
            canvas.destination(item.destination, y)
        item.block.place(canvas, left, y, width, parent)
        y += heights[index]


def _rests(items: Sequence[Flowed], heights: Sequence[float]) -> list[float]:
    """Return the height from the top of each block to the end of the last one."""
    rests: list[float] = []
    rest = 0.0
    for item, height in zip(reversed(items), reversed(heights), strict=True):
        rests.append(rest + height)
        rest += height + item.before
    return rests[::-1]


def groups_of(blocks: Sequence[Flowed]) -> list[list[Flowed]]:
    """Return blocks in groups that stay together."""
    groups: list[list[Flowed]] = [[]]
    for block in blocks:
        groups[-1].append(block)
        if not block.keep:
            groups.append([])
    return [group for group in groups if group]


def first_fitting(choices: Iterable[T], size: Callable[[T], float], room: float) -> T | None:
    """Return the first choice, in order of preference, whose size is at most `room`; else None."""
    return next((choice for choice in choices if size(choice) <= room), None)


def first_flow(choices: Iterable[list[Flowed]], look: Look, room: float) -> list[Flowed] | None:
    """Return the first choice that takes at most `room` points at the top of a page; else None."""
    return first_fitting(choices, lambda blocks: extent(blocks, look.width, at_top=True), room)


def extent(group: Sequence[Flowed], width: float, *, at_top: bool) -> float:
    """Return the height of blocks below each other; at the top of a page without the white above them."""
    total = fsum(item.before + item.block.height(width) for item in group)
    return total - group[0].before if at_top and group else total
