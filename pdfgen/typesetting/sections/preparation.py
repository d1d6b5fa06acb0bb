"""Getting ready: what to arrange, start positions, the warm-up, down to the floor and up, words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, product
from typing import NamedTuple

from pdfgen.errors import FitError
from pdfgen.planning.plan import PlannedPicture, PlannedStrip
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import WARM_UP
from pdfgen.typesetting.flow import EMPTIEST_FOOT, Flowed, extent, paginate
from pdfgen.typesetting.look import LINE, MM, TINT
from pdfgen.typesetting.picture_rows import picture_rows
from pdfgen.typesetting.sections import screen_parts
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import matched_flow

#: Drawings of a strip are at most so high.
_STRIP_HEIGHT = 34 * MM
#: The same where a strip takes two rows.
_LOW_STRIP = 27 * MM
#: They grow to the first of these that takes no more pages. Where columns are not narrow, the way to the
#: floor and back then stands two by two, which is worth lower drawings.
_GROWN_STRIPS = tuple(height * MM for height in (60, 50, 42, 36, 34))
_LOWER_STRIPS = tuple(height * MM for height in (32, 30, 28))
#: The same of that way where columns are narrow.
_NARROW_STRIPS = tuple(height * MM for height in range(60, 27, -3))
#: Of a start position, at most; the first of these that takes no more pages, and so many times its own size.
_POSITION_HEIGHTS = tuple(height * MM for height in (90, 80, 70, 60, 50, 40, 32))
_MOST_GROWN = 1.8
#: They get no lower than this where only then the way to the floor and back stands two by two.
_LEAST_POSITION = 40 * MM
_POSITIONS_A_ROW = 3
#: So many positions stand two by two.
_IN_PAIRS = (2, 4)
#: The same where columns are narrow: up to so many.
_MOST_IN_PAIRS = 4
#: Pictures beside each other where columns are narrow.
_IN_NARROW = 2
#: Outline in points of the box of words, whose ground a copier loses.
_OUTLINE = 0.5


def compose(c: Composer, *, has_words: bool = True) -> list[Flowed]:
    """Return the blocks of getting ready, with drawings as large as their pages allow, start positions first.

    Args:
        has_words: whether they end with the words of the program; else these stand elsewhere.
    """

    @cache
    def composed(heights: _Heights) -> list[Flowed]:
        return matched_flow(c, partial(_composed, heights=heights, has_words=has_words))

    @cache
    def pages(heights: _Heights) -> tuple[int, int]:
        return _pages(c, composed(heights))

    low = _LOW_STRIP if c.is_narrow else _STRIP_HEIGHT
    least = _Heights(0.0, _STRIP_HEIGHT, low, in_pairs=c.is_narrow)
    lowest = product((False, True), _POSITION_HEIGHTS)
    chosen = min((least._replace(positions=high, note_early=early) for early, high in lowest), key=pages)
    fewest = pages(chosen)

    def fits(heights: _Heights) -> bool:
        lowest = heights._replace(positions=_LEAST_POSITION)
        if not c.is_narrow:
            lowest = lowest._replace(ways=_LOWER_STRIPS[-1])
        try:
            # Where even the lowest drawings take more pages, higher ones need not be tried.
            return pages(lowest)[0] <= fewest[0] and pages(heights) <= fewest
        except FitError:
            return False

    positions = [height for height in _POSITION_HEIGHTS if _LEAST_POSITION <= height <= chosen.positions]
    if not c.is_narrow:
        places = (False, True) if has_words else (False,)
        strips = (*_GROWN_STRIPS, *_LOWER_STRIPS)
        larger = (
            chosen._replace(positions=height, ways=strip, in_pairs=True, words_before=before)
            for height, strip, before in product(positions, strips, places)
        )
        wider = (chosen._replace(positions=height, in_twos=True) for height in positions)
        return composed(next(filter(fits, chain(larger, wider)), chosen))
    chosen = _with_larger_ways(chosen, positions, fits)
    warmer = (chosen._replace(warm_up=height) for height in _GROWN_STRIPS if height > chosen.warm_up)
    chosen = next(filter(fits, warmer), chosen)
    higher = (chosen._replace(up=height) for height in _NARROW_STRIPS if height > chosen.ways)
    return composed(next(filter(fits, higher), chosen))


def _with_larger_ways(
    chosen: _Heights, positions: Sequence[float], fits: Callable[[_Heights], bool]
) -> _Heights:
    """Return the heights with the largest way to the floor and back, and then the largest start positions.

    Args:
        positions: heights of these, the largest first.
    """

    def placed(strip: int, height: float) -> _Heights | None:
        ways = (
            chosen._replace(ways=_NARROW_STRIPS[strip], positions=height, note_early=early)
            for early in (False, True)
        )
        return next(filter(fits, ways), None)

    # What holds larger drawings also holds smaller ones, so not all have to be tried.
    lowest = positions[-1:] or [chosen.positions]
    found = bisect_left(range(len(_NARROW_STRIPS)), True, key=lambda n: placed(n, lowest[0]) is not None)
    if found == len(_NARROW_STRIPS):
        return chosen
    ways = (placed(found, height) for height in (*positions, *lowest))
    return next(filter(None, ways), chosen)


class _Heights(NamedTuple):
    """How high drawings are at most, in points.

    Attributes:
        ways: of the way to the floor and back, which have one scale.
        up: of the way back, where its page leaves it more; 0 else.
        in_pairs: the way to the floor and back stands two by two.
        in_twos: start positions stand two in a row, however many they are.
        words_before: the words of the program stand before it, and else behind it.
        note_early: who must not go there alone is said with the tips, and else right before it.
    """

    positions: float
    warm_up: float
    ways: float
    up: float = 0.0
    in_pairs: bool = False
    in_twos: bool = False
    words_before: bool = False
    note_early: bool = False


def _pages(c: Composer, blocks: list[Flowed]) -> tuple[int, int]:
    """Return how many pages blocks take, and how many of these have an empty foot before the last one."""
    pages = paginate(blocks, c.look, "preparation", white=c.least_white)
    rests = [c.look.height - extent(page.items, c.look.width, at_top=True) for page in pages[:-1]]
    return len(pages), sum(rest > EMPTIEST_FOOT * c.look.page_height for rest in rests)


def _composed(c: Composer, heights: _Heights, *, has_words: bool) -> list[Flowed]:
    """Return the blocks with drawings of at most these heights."""
    preparation = c.plan.preparation
    gap = c.look.gap
    blocks = [
        Flowed(c.heading(preparation.title, 1, bookmark=0), keep=True),
        Flowed(c.bullets(preparation.tips), before=gap * 1.5),
    ]
    if heights.note_early and (note := _floor_note(c)):
        blocks.append(Flowed(c.paragraph(note, c.look.bold), before=gap))
    if preparation.positions is not None:
        count = len(preparation.positions.steps)
        is_in_pairs = count in _IN_PAIRS or (c.is_narrow and count <= _MOST_IN_PAIRS)
        is_in_pairs = is_in_pairs or heights.in_twos or c.layout.screen is not None
        columns = _IN_NARROW if is_in_pairs else _POSITIONS_A_ROW
        blocks.append(_positions(c, preparation.positions, columns, heights.positions))
    warm_up = _strip(c, preparation.warm_up, heights.warm_up)
    blocks.append(Flowed(warm_up, before=gap * 3, stretch=gap * 3, destination=WARM_UP))
    if c.layout.screen:
        # Who taps on does not see what stands below.
        said = [c.paragraph(note, c.look.bold)] if (note := _floor_note(c)) else []
        blocks.append(Flowed(c.stack(*said, screen_parts.after_warm_up(c), gap=gap), before=gap))
    told = words(c) if has_words else []
    blocks += told if heights.words_before else []
    ways = _down_and_up(c, heights)
    for number, block in enumerate(ways, 1):
        together = not c.is_narrow and number < len(ways)
        blocks.append(Flowed(block, before=gap * 3, stretch=gap * 3, keep=together))
    return blocks if heights.words_before else [*blocks, *told]


def _positions(c: Composer, strip: PlannedStrip, columns: int, height: float) -> Flowed:
    """Return the start positions, which go on on the next page between rows under their title again."""

    def block(strip: PlannedStrip) -> Block:
        return _drawn_strip(c, strip, columns, height, numbered=False, white=1.6)

    def parts() -> Iterator[tuple[Block, Flowed]]:
        title = c.fill(c.strings.continued, title=strip.title)
        for count in range((len(strip.steps) - 1) // columns * columns, 0, -columns):
            rest = strip._replace(title=title, intro="", steps=strip.steps[count:])
            first = strip._replace(steps=strip.steps[:count], note="")
            yield block(first), _positions(c, rest, columns, height)

    return Flowed(block(strip), before=c.look.gap * 3, stretch=c.look.gap * 3, parts=parts)


def _strip(c: Composer, strip: PlannedStrip, highest: float) -> Block:
    drawn = [(number, step.panel) for number, step in enumerate(strip.steps, 1) if step.panel is not None]
    drawings = [panel for _, panel in drawn]
    words = _words_of_strip(c, strip)
    if not drawings:
        return words
    height = max(c.figures[panel.figure].height for panel in drawings)
    most = _MOST_GROWN if highest > _STRIP_HEIGHT else 1.0
    scale = min(MM * most, highest / height)
    figures = [c.panel(panel, scale, str(number)) for number, panel in drawn]
    figures = [figure._replace(beside=2 * c.letter_radius) for figure in figures]
    width = max(figure.wide for figure in figures) + 2 * c.letter_radius
    if c.layout.screen:
        return c.stack(words, c.columns(*figures, align="bottom"), gap=c.look.gap, role="Sect")
    return Columns(
        (words, *figures), (1.0, *(width,) * len(figures)), c.look.gap * 2, align="bottom", role="Sect"
    )


def _words_of_strip(c: Composer, strip: PlannedStrip) -> Block:
    return _strip_around(c, strip, c.numbered([Paragraph(c.text(step.text)) for step in strip.steps]))


def _down_and_up(c: Composer, heights: _Heights) -> list[Block]:
    """Return the way to the floor and back, as far as there are any.

    Drawings have words below them; words alone stand beside each other. Who must not go there is said before.
    """
    preparation = c.plan.preparation
    up, note = preparation.up, _floor_note(c)
    if up is None or not note:
        return _ways(c, heights, up)
    first, *others = _ways(c, heights, up._replace(note=""))
    is_said = heights.note_early or c.layout.screen
    said: list[Block] = [] if is_said else [c.paragraph(note, c.look.bold), c.space(0.8)]
    return [c.stack(*said, first), *others]


def _floor_note(c: Composer) -> str:
    """Return who must not go down to the floor alone, where the way to it is shown."""
    down, up = c.plan.preparation.down, c.plan.preparation.up
    return up.note if down is not None and up is not None else ""


def _ways(c: Composer, heights: _Heights, up: PlannedStrip | None) -> list[Block]:
    strips = [strip for strip in (c.plan.preparation.down, up) if strip is not None]
    steps = [step for strip in strips for step in strip.steps]
    if not strips or any(step.panel is not None for step in steps):
        columns = _IN_NARROW if heights.in_pairs else max((len(strip.steps) for strip in strips), default=1)
        is_larger = [bool(heights.up) and strip is up for strip in strips]
        return [
            _drawn_strip(
                c,
                strip,
                columns,
                heights.up if larger else heights.ways,
                numbered=True,
                white=0.6,
                alike=strip.steps if larger else steps,
            )
            for strip, larger in zip(strips, is_larger, strict=True)
        ]
    return [c.columns(*(_words_of_strip(c, strip) for strip in strips), gap=c.look.gap * 4)]


def _drawn_strip(
    c: Composer,
    strip: PlannedStrip,
    columns: int,
    highest: float,
    *,
    numbered: bool,
    white: float,
    alike: Sequence[PlannedPicture] = (),
) -> Block:
    """Return a strip with drawings over their words, below `white` gaps; a list where nothing is drawn."""
    if all(step.panel is None for step in strip.steps):
        return _words_of_strip(c, strip)
    most = 1.0 if numbered and highest <= _STRIP_HEIGHT else _MOST_GROWN
    rows = picture_rows(c, strip.steps, columns, highest=highest, numbered=numbered, most=most, alike=alike)
    return _strip_around(c, strip, rows, white)._replace(role="Sect")


def _strip_around(c: Composer, strip: PlannedStrip, content: Block, space: float = 0.6) -> Stack:
    """Return title, introduction, content and note; `space` is the white above the content, in gaps."""
    blocks: list[Block] = [c.heading(strip.title, 2, bookmark=1), c.space(0.8)]
    if strip.intro:
        blocks += [c.paragraph(strip.intro), c.space(space)]
    blocks.append(content)
    if strip.note:
        blocks += [c.space(0.8), c.paragraph(strip.note, c.look.bold)]
    return c.stack(*blocks)


def words(c: Composer) -> list[Flowed]:
    """Return the words that the program uses with what they mean; nothing where there are none."""
    entries = [
        Paragraph(c.text([Span(f"{word.term}: ", bold=True), Span(word.meaning)]), measure=c.measure)
        for word in c.plan.preparation.words
    ]
    pad = c.look.gap * 1.8
    content = c.stack(
        c.heading(c.strings.words_title, 2, bookmark=1), c.space(0.8), c.stack(*entries, gap=c.look.gap * 0.5)
    )
    frame = Frame(content, (pad, pad, pad, pad), fill=TINT, stroke=LINE, line=_OUTLINE, role="Sect")
    return [Flowed(frame, before=c.look.gap * 3, stretch=c.look.gap * 3)] if entries else []
