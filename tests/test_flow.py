"""Pages from blocks: what is kept together, what starts a page, where white goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import shipped_layout

from pdfgen.errors import FitError
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import DECORATION, Shape
from pdfgen.typesetting.flow import EMPTIEST_FOOT, Flowed, PagePlan, paginate, place_page
from pdfgen.typesetting.look import make_look

LOOK = make_look(shipped_layout().value, "a4", "#0b4f5c")


@dataclass(frozen=True)
class Slab:
    """A block of a height that leaves a mark where it was placed."""

    size: float
    name: int = 0

    def height(self, width: float) -> float:
        return self.size

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        canvas.add(Shape((("M", x, y), ("L", x + width, y + self.size)), DECORATION, width=float(self.name)))


def part(share: float) -> Slab:
    """A block that takes a part of the text height."""
    return Slab(LOOK.height * share)


def tops(page: PagePlan) -> list[float]:
    canvas = Canvas(LOOK.page_width, LOOK.page_height)
    place_page(canvas, LOOK, page, 0)
    return [float(item.segments[0][2]) for item in canvas.pages()[0].items if isinstance(item, Shape)]


def counts(pages: tuple[PagePlan, ...]) -> list[int]:
    return [len(page.items) for page in pages]


def pages_of(*blocks: Flowed) -> tuple[PagePlan, ...]:
    return paginate(blocks, LOOK, "section")


BLOCKS = st.lists(
    st.builds(
        Flowed,
        st.floats(5, LOOK.height / 4).map(Slab),
        before=st.floats(0, 30), keep=st.booleans(), new_page=st.booleans(),
        anchor=st.sampled_from([0.0, 0.0, 0.5]), stretch=st.floats(0, 40), parts=st.just(tuple),
    ),
    min_size=1, max_size=25,
)  # fmt: skip


def extent(blocks: list[Flowed]) -> float:
    return sum(b.before + b.block.height(LOOK.width) for b in blocks)


def groups(blocks: list[Flowed]) -> list[list[Flowed]]:
    found: list[list[Flowed]] = [[]]
    for block in blocks:
        found[-1].append(block)
        if not block.keep:
            found.append([])
    return [group for group in found if group]


@settings(deadline=None)
@given(BLOCKS)
def test_every_block_is_on_a_page_once_in_order_and_fits(blocks: list[Flowed]) -> None:
    blocks = [b._replace(block=Slab(b.block.height(0), index)) for index, b in enumerate(blocks)]
    if any(extent(group) > LOOK.height for group in groups(blocks)):
        return
    made = pages_of(*blocks)
    assert [item for page in made for item in page.items] == blocks
    for page in made:
        ys = tops(page)
        heights = [item.block.height(LOOK.width) for item in page.items]
        assert ys[0] == LOOK.top
        assert all(y + h <= below + 0.01 for (y, below), h in zip(pairwise(ys), heights, strict=False))
        assert ys[-1] + heights[-1] <= LOOK.bottom + 1.0
        first_of_group = {id(group[0]) for group in groups(blocks)}
        assert id(page.items[0]) in first_of_group, "a block was parted from the one that it is kept with"
        assert not any(item.new_page for item in page.items[1:] if id(item) in first_of_group)


def test_blocks_fill_a_page_and_go_on_on_the_next() -> None:
    assert counts(pages_of(*[Flowed(part(0.3))] * 7)) == [3, 3, 1]


def test_a_heading_goes_with_what_follows() -> None:
    assert counts(pages_of(Flowed(part(0.85)), Flowed(part(0.05), keep=True), Flowed(part(0.3)))) == [1, 2]


def test_white_above_is_dropped_at_the_top_of_a_page() -> None:
    first, second = pages_of(Flowed(part(0.9), before=50), Flowed(part(0.3), before=50))
    assert tops(first) == tops(second) == [LOOK.top]


def test_a_block_may_start_a_page() -> None:
    assert counts(pages_of(Flowed(part(0.3)), Flowed(part(0.3), new_page=True), Flowed(part(0.3)))) == [1, 2]


def test_a_block_higher_than_a_page_does_not_fit_and_says_by_how_much() -> None:
    with pytest.raises(FitError, match=r"^exercises: does not fit on a page: 20 points too high"):
        paginate([Flowed(Slab(LOOK.height + 20))], LOOK, "exercises")


def test_blocks_kept_together_must_fit_together() -> None:
    with pytest.raises(FitError):
        pages_of(Flowed(part(0.6), keep=True), Flowed(part(0.6)))
    assert counts(pages_of(Flowed(part(0.6)), Flowed(part(0.6)))) == [1, 1]


def test_a_block_as_high_as_the_page_fits() -> None:
    assert counts(pages_of(Flowed(Slab(LOOK.height)))) == [1]


def test_an_anchored_block_starts_half_way_if_there_is_room() -> None:
    (page,) = pages_of(Flowed(part(0.2)), Flowed(part(0.3), before=10, anchor=0.5))
    assert tops(page) == [LOOK.top, pytest.approx(LOOK.top + LOOK.height / 2)]
    (page,) = pages_of(Flowed(part(0.2)), Flowed(part(0.7), before=10, anchor=0.5))
    assert tops(page)[1] == pytest.approx(LOOK.top + LOOK.height * 0.2 + 10)


def test_white_that_is_left_goes_where_it_is_wanted() -> None:
    (page,) = pages_of(
        Flowed(part(0.4)), Flowed(part(0.2), stretch=30), Flowed(part(0.2), stretch=10), Flowed(part(0.1))
    )
    ys = tops(page)
    gaps = [
        below - y - item.block.height(LOOK.width)
        for (y, below), item in zip(pairwise(ys), page.items, strict=False)
    ]
    assert gaps == [pytest.approx(30), pytest.approx(10), pytest.approx(0)]


def test_no_more_white_is_used_than_there_is() -> None:
    (page,) = pages_of(Flowed(part(0.5)), Flowed(part(0.49), stretch=500))
    assert tops(page)[1] + LOOK.height * 0.49 == pytest.approx(LOOK.bottom)


def test_a_last_page_is_not_left_nearly_empty() -> None:
    pages = pages_of(Flowed(part(0.4)), Flowed(part(0.3)), Flowed(part(0.25)), Flowed(part(0.1)))
    assert counts(pages) == [2, 2]


def test_a_last_page_takes_no_part_of_what_is_kept_together() -> None:
    blocks = (Flowed(part(0.5)), Flowed(part(0.05), keep=True), Flowed(part(0.4)), Flowed(part(0.1)))
    assert counts(pages_of(*blocks)) == [1, 3]


def test_a_short_section_of_its_own_is_left_as_it_is() -> None:
    assert counts(pages_of(Flowed(part(0.1)))) == [1]
    assert counts(pages_of(Flowed(part(0.9)), Flowed(part(0.1), new_page=True))) == [1, 1]


SLICE = 30.0


def sliced(count: int, before: float = 0.0) -> Flowed:
    """A block of so many slices that can be parted between any two of them."""

    def parts() -> Iterator[tuple[Slab, Flowed]]:
        for first in range(count - 1, 0, -1):
            yield Slab(first * SLICE), sliced(count - first, before)

    return Flowed(Slab(count * SLICE), before=before, parts=parts)


@given(st.lists(st.builds(sliced, st.integers(1, 60), st.floats(0, 20)), min_size=1, max_size=8))
def test_what_can_be_parted_leaves_no_foot_empty_and_loses_nothing(blocks: list[Flowed]) -> None:
    pages = pages_of(*blocks)
    heights = [[item.block.height(LOOK.width) for item in page.items] for page in pages]
    assert sum(map(sum, heights)) == pytest.approx(sum(b.block.height(LOOK.width) for b in blocks))
    for page in pages[:-1]:
        assert LOOK.height - page_extent(page) <= EMPTIEST_FOOT * LOOK.page_height + SLICE + 20
    assert all(page_extent(page) <= LOOK.height + 1 for page in pages)
    assert [item.goes_on for page in pages for item in page.items[1:]] == [False] * (
        sum(len(page.items) for page in pages) - len(pages)
    )


def page_extent(page: PagePlan) -> float:
    first, *others = page.items
    return first.block.height(LOOK.width) + extent(others)


def test_a_block_that_fits_below_others_is_not_parted() -> None:
    assert counts(pages_of(Flowed(part(0.3)), sliced(5))) == [2]


def test_the_last_page_takes_only_a_part_of_what_can_be_parted() -> None:
    first, last = pages_of(Flowed(part(0.6)), sliced(8), Flowed(part(0.2)))
    assert [item.goes_on for item in last.items] == [True, False]
    assert LOOK.height - page_extent(first) <= EMPTIEST_FOOT * LOOK.page_height


def test_what_is_to_stay_whole_is_parted_only_where_no_page_holds_it() -> None:
    high = int(LOOK.height // SLICE)
    whole = sliced(high)._replace(whole=True)
    assert counts(pages_of(Flowed(part(0.3)), whole, Flowed(part(0.01)))) == [1, 1, 1]
    first, rest = pages_of(sliced(high + 4)._replace(whole=True))
    assert [item.goes_on for page in (first, rest) for item in page.items] == [False, True]
