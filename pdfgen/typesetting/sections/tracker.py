"""The week sheets: a leaf a week, in front what to do today, at the back the end of the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Paragraph, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Sheet
from pdfgen.typesetting.flow import Flowed, PagePlan
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.page_names import WIDE_PAGE
from pdfgen.typesetting.sections import own_questions
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_ahead import end_of, is_facing
from pdfgen.typesetting.sections.tracker_example import example_boxes
from pdfgen.typesetting.sections.tracker_frame import place_foot, place_head
from pdfgen.typesetting.sections.tracker_grid import place_exercise
from pdfgen.typesetting.sections.tracker_grid_head import place_grid_head
from pdfgen.typesetting.sections.tracker_head import side_head
from pdfgen.typesetting.sections.tracker_later import later_exercises, place_later
from pdfgen.typesetting.sections.tracker_leaf import plan_leaves
from pdfgen.typesetting.sections.tracker_lines import foot_of_week, place_lines, place_next_week
from pdfgen.typesetting.sections.tracker_pain import place_pain
from pdfgen.typesetting.sections.tracker_pictures import panels_of
from pdfgen.typesetting.sections.tracker_questions import place_day_question
from pdfgen.typesetting.sections.tracker_sides import Leaf, Leaves, Part
from pdfgen.typesetting.sections.tracker_week_end import place_effort, place_times, place_walking
from pdfgen.typesetting.sections.tracker_zones import place_usual_pain, place_zones
from pdfgen.typesetting.sheet_payload import SheetCode, encode
from pdfgen.typesetting.tracker_geometry import boxes_of, marks_and_codes
from pdfgen.typesetting.twins import matched_blocks, matched_flow

#: Sides of a leaf in the number at the foot.
_SIDE_NAMES = "abcd"
#: Most white between two rules, in basic distances; how far they are indented, in sizes of running text.
_MOST_GAPS, _INDENT = 3.0, 1.6
#: Parts that are rows of the grid.
_ROWS = ("exercise", "later", "morning", "pain-number")


def compose(c: Composer, paper: str) -> tuple[PagePlan, ...]:
    """Return front and back of the leaf of each week; without a choice of weeks also of a spare one.

    Raises:
        FitError: a week does not fit on a leaf.
    """
    leaves = plan_leaves(c, paper)
    return tuple(
        PagePlan((Flowed(SheetSide(c, leaves, leaf, side)),), _sheet(c, paper, leaves, leaf, side))
        for leaf, side in _bound(leaves.leaves)
    )


def _bound(leaves: Sequence[Leaf]) -> Iterator[tuple[Leaf, int]]:
    """Yield the sides in the order in which they are bound.

    Of three pages a week the first two face each other, and the third that of the next week.
    """
    for pair in rows_of(leaves, 2):
        facing = 2 if len(pair[0].sides) % 2 else len(pair[0].sides)
        for sides in (range(facing), range(facing, len(pair[0].sides))):
            yield from ((leaf, side) for leaf in pair for side in sides)


def introduction(c: Composer, pages_before: int, sheets: Sequence[PagePlan]) -> tuple[PagePlan, ...]:
    """Return what stands before the first leaf, so that it begins where it has to: the rules, once.

    Args:
        pages_before: of the document. Where `rules_fit` says no, a page for questions follows.
        sheets: the pages of all leaves.
    """
    sides = max((_SIDE_NAMES.index(page.sheet.name[-1]) + 1 for page in sheets if page.sheet), default=2)
    behind = sides == 2 and not is_facing(c) and not _asks_pain_in_front(sheets)
    rules = PagePlan(tuple(matched_flow(c, partial(_rules, sides=sides, behind=behind))))
    if rules_fit(c, pages_before):
        return (rules,)
    return rules, PagePlan(tuple(matched_flow(c, own_questions.page)))


def rules_fit(c: Composer, pages_before: int) -> bool:
    """Whether the first leaf begins where it has to, with the rules alone between it and so many pages.

    That is on a right-hand page; in a booklet, out of which nothing is taken, on a left-hand one, so that
    both sides of a week are seen at once.
    """
    return pages_before % 2 != is_facing(c)


def _asks_pain_in_front(sheets: Sequence[PagePlan]) -> bool:
    """Whether the first side of a week asks for the pain of each day, as that of all weeks does then."""
    side = sheets[0].items[0].block
    kinds = [part.kind for part in side.leaf.sides[0].parts] if isinstance(side, SheetSide) else []
    return bool({"pain", "pain-number"} & {*kinds})


def _rules(c: Composer, *, sides: int, behind: bool) -> list[Flowed]:
    heading = c.heading(c.strings.tracker_section, 1, bookmark=0)
    texts, example = _rule_texts(c, sides=sides, behind=behind), example_boxes(c)
    # The rules take what the page has left, so that each is found at a glance.
    used = heading.height(c.look.width) + example.height(c.look.width) + 5 * c.look.gap
    shared = matched_blocks(c, partial(_rule_texts, sides=sides, behind=behind))
    used += sum(text.height(c.look.width - _INDENT * c.look.body.size) for text in shared)
    gap = max(0.0, min(c.look.gap * _MOST_GAPS, (c.look.height - used) / (len(texts) + 1)))
    steps = c.numbered(texts, gap=gap)
    return [
        Flowed(heading),
        Flowed(steps, before=c.look.gap * 2),
        Flowed(example, before=c.look.gap * 3, stretch=c.look.gap * 4),
    ]


def _rule_texts(c: Composer, *, sides: int, behind: bool) -> list[Block]:
    """Return the rules; `behind` says whether pain is asked on the back of what is done on a day."""
    strings = c.strings
    # How a mark has to look matters to who reads sheets by machine, and to nobody else.
    by_machine = (strings.rule_not_done, strings.rule_pen, strings.rule_mistake) if c.plan.read_back else ()
    leaf = strings.rule_two_leaves if sides > 2 else strings.rule_leaf
    if is_facing(c):
        by_sides = {2: strings.rule_leaf_facing, 3: strings.rule_three_pages, 4: strings.rule_four_pages}
        leaf = by_sides[sides]
    end = strings.rule_end if behind else strings.rule_end_facing
    spare = strings.spare_week.replace(" ", NO_BREAK)
    again = [c.fill(strings.rule_again, sheet=spare)] if c.plan.spare_sheet else []
    rules = (
        leaf, strings.rule_done, *by_machine, strings.rule_rest, strings.rule_pain, strings.rule_morning,
        end, strings.rule_missed, *again,
    )  # fmt: skip
    return [Paragraph(c.text(rule), measure=c.measure) for rule in rules]


def _sheet(c: Composer, paper: str, leaves: Leaves, leaf: Leaf, side: int) -> Sheet:
    """Return number, marks and codes of a side; without marks where nobody reads it by machine."""
    name = f"{leaf.week.number:02}{_SIDE_NAMES[side]}"
    has_codes, says_all = leaves.sizes.frame.has_codes, leaves.sizes.shape.told == "all"
    if not (has_codes and c.plan.read_back):
        return Sheet(leaf.week.number, (), (), name, has_codes, says_all)
    sheet, ident = leaf.sides[side].sheet, c.plan.passport.document_id
    codes = [encode(SheetCode(sheet, ident, copy)) for copy in (0, 1)]
    return marks_and_codes(paper, leaf.week.number, name, codes)._replace(says_all=says_all)


class SheetSide(NamedTuple):
    """A whole page, set at fixed places: what is read by machine never moves."""

    composer: Composer
    leaves: Leaves
    leaf: Leaf
    side: int

    def height(self, width: float) -> float:
        """Nothing: the page has its own places."""
        return 0.0

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the side."""
        frame, side = self.leaves.sizes.frame, self.leaf.sides[self.side]
        boxes = {box.name: box for box in boxes_of(side.sheet, frame.edges)}
        pen = SheetPen(self.composer, canvas, side.sheet, frame.edges, boxes)
        node = canvas.node("Sect", parent)
        foot = self.leaves.sizes.feet[self.side]
        more = sum(part.kind == "exercise" for later in self.leaf.sides[1:] for part in later.parts)
        spread, week = self.leaves.sizes.spread, self.leaf.week
        head = side_head(
            pen.composer,
            week,
            spread,
            self.side,
            whole=foot == "full",
            again="full" in self.leaves.sizes.feet[: self.side],
            more=more,
            words_first=frame.words_first,
            end=self._end(canvas),
        )
        place_head(pen, frame, head, node)
        body = -1
        for part in side.parts:
            if part.kind in ("head", "days"):
                table = canvas.node("Table", node)
                sizes = self.leaves.sizes
                body = place_grid_head(
                    pen, sizes.shape, sizes.head, self.leaf.week, (part.top, part.height), table,
                    names_first=part.kind == "head" and not self.side,
                )  # fmt: skip
                pen.rule((part.top + part.height) * MM)
            else:
                self._place_part(pen, part, body if part.kind in _ROWS else node)
        below = foot_of_week(self.composer, self.leaves, self.side)
        if below.next_week:
            place_next_week(pen, side.end, node)
        if below.labels:
            place_lines(
                pen, below.labels, side.end + below.next_week, self.leaves.sizes.bottoms[self.side], node
            )
        if foot != "none":
            place_foot(pen, frame, foot, node)

    def _end(self, canvas: Canvas) -> int:
        """Return the page of a booklet with the questions about the week, for the page that names it."""
        names_it = self.side == 1 and len(self.leaf.sides) % 2
        return (names_it and canvas.page_of(end_of(self.leaf.week.number))) or WIDE_PAGE

    def _place_part(self, pen: SheetPen, part: Part, node: int) -> None:
        sizes, week = self.leaves.sizes, self.leaf.week
        days = sorted({day for entry in self.leaf.entries for day in entry.days})
        match part.kind:
            case "exercise":
                entry = self.leaf.entries[part.entry]
                scale = self.leaves.scales.get(panels_of(sizes.shape, week.number, entry.exercise), MM)
                place_exercise(pen, sizes.shape, week, entry, part.top, part.height, part.room, scale, node)
            case "later":
                later = later_exercises(pen.composer, week)[part.entry]
                place_later(pen, sizes.shape, *later, part.top, node)
            case "morning" | "pain-number":
                place_day_question(pen, sizes.shape, part.kind, days, part.top, part.height, node)
            case "pain" if sizes.pain:
                place_pain(pen, sizes.pain, week, days, part.top, node)
            case "zones":
                place_zones(pen, part.top, node)
            case "usual-pain":
                place_usual_pain(pen, part.top, node)
            case "effort":
                place_effort(pen, sizes.effort, week, part.top, node)
            case "walking":
                place_walking(pen, sizes.walking, week, part.top, node)
            case "times":
                place_times(pen, week, part.top, node)
        if part.kind in _ROWS:
            pen.rule((part.top + part.height) * MM)
