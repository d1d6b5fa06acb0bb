"""Measuring finished pages: where things are, what they stand on, and what is wrong with that.

Lengths are in points, from the top left corner of the page. Every `…_faults` function returns a line of text
for each fault, and nothing for a good document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import NamedTuple

from pdfgen.content.pictures.drawing import RGB
from pdfgen.typesetting.document import (
    DECORATION,
    Code,
    Document,
    GlyphRun,
    Item,
    LinkArea,
    Page,
    Picture,
    Placed,
    Shape,
    TickBox,
)
from pdfgen.typesetting.look import MM, WHITE, Look

#: Two lengths that are the same.
SAME = 0.6
#: Ink above and below the baseline, in parts of the type size: capitals and descenders.
ABOVE, BELOW = 0.72, 0.22

#: The files that have all words of programs.
ROOT = Path(__file__).parent.parent

HEADINGS = ("H1", "H2", "H3")


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, by: float = SAME) -> bool:
        """Whether the two overlap by more than `by` in both directions."""
        return (
            self.bottom - other.top > by
            and other.bottom - self.top > by
            and self.right - other.left > by
            and other.right - self.left > by
        )

    def holds(self, other: Box, by: float = SAME) -> bool:
        """Whether the other lies inside, but for `by`."""
        return (
            self.left - by <= other.left
            and self.top - by <= other.top
            and other.right <= self.right + by
            and other.bottom <= self.bottom + by
        )

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def millimetres(self) -> str:
        return "(" + ", ".join(f"{side / MM:.1f}" for side in self) + ") mm"


def text_of(run: GlyphRun) -> str:
    return "".join(glyph.text for glyph in run.glyphs)


def width_of(run: GlyphRun) -> float:
    """Width without the spaces at the end."""
    glyphs = list(run.glyphs)
    while glyphs and glyphs[-1].text.isspace():
        glyphs.pop()
    return sum(glyph.advance for glyph in glyphs) / run.face.units_per_em * run.size


def box_of(item: Item) -> Box:
    match item:
        case GlyphRun():
            return Box(
                item.x, item.y - ABOVE * item.size, item.x + width_of(item), item.y + BELOW * item.size
            )
        case Shape():
            numbers = [[float(n) for n in segment[1:]] for segment in item.segments]
            across = [n for points in numbers for n in points[0::2]]
            down = [n for points in numbers for n in points[1::2]]
            half = item.width / 2 if item.stroke else 0.0
            return Box(min(across) - half, min(down) - half, max(across) + half, max(down) + half)
        case TickBox() | Code():
            return Box(item.x, item.y, item.x + item.size, item.y + item.size)
        case _:
            return Box(item.x, item.y, item.x + item.width, item.y + item.height)


def runs(page: Page) -> list[GlyphRun]:
    """What is printed as text, without runs of spaces; see `joined_runs`."""
    return [run for run in joined_runs(page.items) if text_of(run).strip()]


def joined_runs(items: Iterable[Item]) -> list[GlyphRun]:
    """The runs of text, where a zero of its own face is part of the words around it."""
    joined: list[GlyphRun] = []
    before: GlyphRun | None = None
    for item in items:
        if not isinstance(item, GlyphRun):
            continue
        if before is not None and _touches_zero(before, item):
            joined[-1] = joined[-1]._replace(glyphs=joined[-1].glyphs + item.glyphs)
        else:
            joined.append(item)
        before = item
    return joined


@cache
def _written(language: str) -> frozenset[str]:
    """Every word of the shipped texts."""
    files = (ROOT / "exercises.yaml", ROOT / "pdfgen" / "languages" / f"{language}.yaml")
    return frozenset(word for file in files for word in re.findall(r"\w+", file.read_text("utf-8")))


def parted_words(document: Document) -> list[str]:
    """The words of the shipped texts that are parted over two lines without a hyphen: both pieces of each."""
    written, parted = _written(document.language[:2]), []
    for page in document.pages:
        for one, two in pairwise(joined_runs(page.items)):
            pieces = re.search(r"([^\W\d_]+)\n([^\W\d_]+)", f"{text_of(one)}\n{text_of(two)}")
            if one.node == two.node >= 0 and one.y < two.y and pieces and "".join(pieces.groups()) in written:
                parted.append(" ".join(pieces.groups()))
    return parted


def _touches_zero(before: GlyphRun, run: GlyphRun) -> bool:
    """Whether a run stands directly behind another that looks the same, and one of them is zeros."""
    is_zero = "NotoSansZero" in before.face.name + run.face.name
    same = (before.y, before.size, before.colour, before.node) == (run.y, run.size, run.colour, run.node)
    end = before.x + sum(glyph.advance for glyph in before.glyphs) / before.face.units_per_em * before.size
    return is_zero and same and abs(end - run.x) < 0.01


def page_lines(page: Page) -> list[tuple[float, float, str]]:
    """The lines of a page in the order of placing: x and baseline of the first run, and the words.

    Runs of one node that follow each other on one baseline are one line; of furniture, if they also touch.
    """
    lines: list[tuple[float, float, str]] = []
    before: GlyphRun | None = None
    for item in page.items:
        if not isinstance(item, GlyphRun):
            continue
        if (
            before
            and (before.y, before.node) == (item.y, item.node)
            and (item.node >= 0 or _touches(before, item))
        ):
            x, y, words = lines[-1]
            lines[-1] = (x, y, words + text_of(item))
        else:
            lines.append((item.x, item.y, text_of(item)))
        before = item
    return [(x, y, words.rstrip()) for x, y, words in lines]


def _touches(before: GlyphRun, item: GlyphRun) -> bool:
    return (
        abs(
            before.x + sum(g.advance for g in before.glyphs) / before.face.units_per_em * before.size - item.x
        )
        < 1
    )


def document_text(document: Document) -> str:
    """All text in the order of placing, with single ordinary spaces."""
    words = "".join(
        text_of(item) + " "
        if index + 1 == len(page.items) or not _goes_on(item, page.items[index + 1])
        else text_of(item)
        for page in document.pages
        for index, item in enumerate(page.items)
        if isinstance(item, GlyphRun)
    )
    return " ".join(words.replace("\u00a0", " ").split())


def _goes_on(item: Item, following: Item) -> bool:
    return isinstance(item, GlyphRun) and isinstance(following, GlyphRun) and item.node == following.node


def outside_faults(document: Document, look: Look, *, mirrored: bool = False) -> Iterator[str]:
    """Text and pictures outside the text area, furniture outside what printers can print.

    On even pages the margins may be `mirrored`.
    """
    paper = Box(0, 0, look.page_width, look.page_height)
    areas = [Box(look.left, look.top, look.right, look.bottom)] * 2
    if mirrored:
        areas[0] = Box(look.page_width - look.right, look.top, look.page_width - look.left, look.bottom)
    sheet_area = Box(22 * MM, 10 * MM, look.page_width - 22 * MM, look.page_height - 10 * MM)
    for number, page in enumerate(document.pages, 1):
        for item in page.items:
            if isinstance(item, GlyphRun) and not text_of(item).strip():
                continue
            if item.node < DECORATION:
                allowed = paper.grown(-5 * MM)
            else:
                allowed = sheet_area if page.sheet and page.sheet.fixed else areas[number % 2]
            if not allowed.holds(box_of(item), by=1.0):
                place = box_of(item).millimetres()
                yield f"page {number}: {described(item)} at {place} is outside {allowed.millimetres()}"


def overlap_faults(document: Document) -> Iterator[str]:
    """Text on text, text on pictures, anything in tick boxes, lines through text."""
    for number, page in enumerate(document.pages, 1):
        yield from (f"page {number}: {fault}" for fault in _overlaps(page))


def _overlaps(page: Page) -> Iterator[str]:
    printed = [(run, box_of(run)) for run in runs(page)]
    pictures = [(item, box_of(item)) for item in page.items if isinstance(item, Placed | Picture)]
    lines = [item for item in page.items if _is_line(item)]
    boxes = [(item, box_of(item)) for item in page.items if isinstance(item, TickBox)]
    for (one, box), (other, other_box) in combinations(printed, 2):
        if box.meets(other_box):
            yield f"{described(one)} and {described(other)} overlap"
    for (run, box), (picture, picture_box) in product(printed, pictures):
        if picture.node != run.node and picture_box.meets(box, by=1.5):
            yield f"{described(run)} stands on a picture"
    for (_, box), (_, other_box) in combinations(pictures, 2):
        if box.meets(other_box, by=1.5):
            yield f"pictures overlap at {box.millimetres()}"
    for line, (run, _) in product(lines, printed):
        if _crosses(line, run):
            yield f"a line goes through {described(run)}"
    for (tick, box), (item, other_box) in product(boxes, [(item, box_of(item)) for item in page.items]):
        if item is not tick and box.meets(other_box, by=0.1):
            yield f"{described(item)} is in the box {tick.id}"


def _is_line(item: Item) -> bool:
    return isinstance(item, Shape) and bool(item.stroke) and not item.fill and len(item.segments) == 2


def _crosses(line: Item, run: GlyphRun) -> bool:
    left, top, right, bottom = box_of(line)
    box = box_of(run)
    # A line under the words is a writing line or a rule; only one above the baseline strikes them out.
    return min(right, box.right) - max(left, box.left) > SAME and box.top + 1 < (top + bottom) / 2 < run.y - 1


def sheet_faults(document: Document) -> Iterator[str]:
    """What stands too near to marks and codes (scanning.md 2: 2 mm and 4 modules of 0.7 mm)."""
    for number, page in enumerate(document.pages, 1):
        if page.sheet is None:
            continue
        zones = [("mark", Box(x, y, x + size, y + size).grown(2 * MM)) for _, x, y, size in page.sheet.marks]
        zones += [
            ("code", Box(x, y, x + size, y + size).grown(2.8 * MM)) for _, x, y, size in page.sheet.codes
        ]
        for item in page.items:
            box = box_of(item)
            for name, zone in zones:
                if zone.meets(box, by=0.05):
                    yield f"page {number}: {described(item)} is too near to a {name}"


def described(item: Item) -> str:
    if isinstance(item, GlyphRun):
        return f"“{text_of(item)[:50].strip()}”"
    return f"{type(item).__name__} at {box_of(item).millimetres()}"


def luminance(colour: RGB) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: RGB, other: RGB) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast_faults(document: Document, least: float = 7.0) -> Iterator[str]:
    """Text with too little contrast to what was painted under it last."""
    for number, page in enumerate(document.pages, 1):
        grounds: list[tuple[Box, RGB]] = []
        for item in page.items:
            if isinstance(item, Shape) and item.fill:
                grounds.append((box_of(item), item.fill))
            if not isinstance(item, GlyphRun) or not text_of(item).strip():
                continue
            left, top, right, bottom = box_of(item)
            centre = Box((left + right) / 2, (top + bottom) / 2, (left + right) / 2, (top + bottom) / 2)
            ground = next((fill for box, fill in reversed(grounds) if box.holds(centre, by=0)), WHITE)
            ratio = contrast(item.colour, ground)
            if ratio < least:
                yield f"page {number}: {described(item)} has a contrast of {ratio:.1f}"


def size_faults(document: Document, *, running: float = 12.0, label: float = 10.0) -> Iterator[str]:
    """Type that is too small: any under `label`; under `running` where several sentences are to be read.

    Tracker sheets are forms: what they say beside their boxes is a label.
    """
    words: dict[int, list[str]] = defaultdict(list)
    sizes: dict[int, float] = {}
    for number, page in enumerate(document.pages, 1):
        for run in runs(page):
            if page.sheet is None:
                words[run.node].append(text_of(run))
                sizes[run.node] = min(sizes.get(run.node, run.size), run.size)
            if run.size < label:
                yield f"page {number}: {described(run)} is set in {run.size:g} points"
    for node, size in sizes.items():
        text = "".join(words[node])
        if size < running and node >= 0 and text.count(". ") + text.count("? ") >= 2:
            yield f"running text “{text[:60]}” is set in {size:g} points"


def foot_faults(document: Document) -> Iterator[str]:
    """Headings that stand alone at the foot of a page."""
    first_page: dict[int, int] = {}
    for number, page in enumerate(document.pages, 1):
        for item in page.items:
            if item.node >= 0 and not isinstance(item, LinkArea):
                first_page.setdefault(item.node, number)
    inside = _headings_above(document)
    used = sorted(first_page)
    for index, node in enumerate(used):
        heading = inside.get(node)
        if heading is None:
            continue
        following = next((other for other in used[index + 1 :] if other not in inside), None)
        if following is None or first_page[following] != first_page[node]:
            yield f"page {first_page[node]}: a heading is alone at the foot"


def _headings_above(document: Document) -> dict[int, int]:
    """For each node in a heading, the node of the heading."""
    found: dict[int, int] = {}
    for node in document.nodes:
        if node.role in HEADINGS:
            found[node.id] = node.id
        elif node.parent in found:
            found[node.id] = found[node.parent]
    return found


def filled_part(page: Page, look: Look) -> float:
    """How far down the text area the content of a page reaches, from 0 to 1; pages of a screen end early."""
    lowest = max((box_of(item).bottom for item in page.items if item.node >= DECORATION), default=look.top)
    return (lowest - look.top) / (look.height - (look.page_height - page.height))


def tree_faults(document: Document) -> Iterator[str]:
    """Nodes out of order, items of unknown nodes, and content that is not placed in reading order."""
    if document.nodes[0].role != "Document" or document.nodes[0].parent != -1:
        yield "the root is not a Document"
    for place, node in enumerate(document.nodes):
        if node.id != place:
            yield f"node {place} has the number {node.id}"
        if place and not 0 <= node.parent < place:
            yield f"node {place} has the parent {node.parent}"
        if node.role == "Figure" and not node.alt:
            yield f"figure {place} has no alternative text"
        if node.role == "TH" and not node.scope:
            yield f"heading cell {place} has no scope"
    for number, page in enumerate(document.pages, 1):
        for item in page.items:
            if not -3 <= item.node < len(document.nodes):
                yield f"page {number}: {described(item)} names the node {item.node}"
    yield from _parents_faults(document)


#: Which elements may stand in which (ISO 14289-1 7.2 and 7.5, ISO 32000-1 14.8.4).
_CHILDREN = {
    "L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"}, "Table": {"THead", "TBody", "TR", "Caption"},
    "THead": {"TR"}, "TBody": {"TR"}, "TR": {"TH", "TD"},
}  # fmt: skip


def _parents_faults(document: Document) -> Iterator[str]:
    only_in: dict[str, set[str]] = defaultdict(set)
    for parent, children in _CHILDREN.items():
        for child in children - {"Caption"}:
            only_in[child].add(parent)
    for node in document.nodes[1:]:
        parent = document.nodes[node.parent].role
        if parent in _CHILDREN and node.role not in _CHILDREN[parent]:
            yield f"node {node.id}: {node.role} in {parent}"
        if node.role in only_in and parent not in only_in[node.role]:
            yield f"node {node.id}: {node.role} in {parent}"


def headings(document: Document) -> list[tuple[str, int, str]]:
    """Role, page (from 1) and words of every heading."""
    inside = _headings_above(document)
    words: dict[int, str] = defaultdict(str)
    pages: dict[int, int] = {}
    for number, page in enumerate(document.pages, 1):
        for item in page.items:
            if isinstance(item, GlyphRun) and item.node in inside:
                heading = inside[item.node]
                words[heading] += text_of(item)
                pages.setdefault(heading, number)
    return [(document.nodes[h].role, pages[h], " ".join(words[h].split())) for h in sorted(words)]


def all_faults(document: Document, look: Look, *, mirrored: bool = False) -> list[str]:
    """Everything that is wrong with the pages of a document."""
    found: Sequence[Iterator[str]] = (
        tree_faults(document),
        outside_faults(document, look, mirrored=mirrored),
        overlap_faults(document),
        sheet_faults(document),
        contrast_faults(document),
        size_faults(document),
        foot_faults(document),
    )
    return [fault for faults in found for fault in faults]
