"""How well composed pages can be read: size of type, length of lines, contrast, margins, with their limits.

Everything is measured on the placed items of a document, never taken from a setting: what is printed counts.
`docs/readability.md` names the sources of the limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from pdfgen.checks.backgrounds import Ground, ground_at
from pdfgen.content.pictures.drawing import BLACK, RGB, contrast_ratio
from pdfgen.typesetting.document import Document, GlyphRun, Item, Page, Shape, TickBox

#: Text counts as running when it has this many words and takes more than one line; all else is a label.
_FEWEST_WORDS = 8
#: Points.
LEAST_RUNNING, LEAST_LABEL = 12.0, 10.0
#: Characters.
LONGEST_LINE = 80
#: WCAG's large text: 18 points, or 14 bold.
LEAST_CONTRAST, LEAST_CONTRAST_LARGE, LEAST_CONTRAST_LINES = 7.0, 4.5, 3.0
#: Millimetres.
LEAST_MARGINS: Mapping[str, float] = MappingProxyType(
    {"binding": 20.0, "outer": 12.0, "top": 10.0, "bottom": 18.0}
)

_MM = 72 / 25.4
#: Less than this is a matter of rounding.
_SLIGHT = 0.05

#: Elements that hold sentences; a heading, a figure and the head of a table hold labels.
_RUNNING_ROLES = frozenset({"P", "LBody", "TD"})

_CLEAR_PRINT = "RNIB and UKAAF clear print"
_WCAG_LINE = "WCAG 2.2, 1.4.8"
_OWN = "pdfgen's own rule"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with its limit.

    Attributes:
        name: what was measured: `running text`, `longest line`, `contrast of text` …
        unit: `pt`, `characters`, `:1`, `mm`.
        is_most: whether the limit is the most that is allowed, rather than the least.
        source: where the limit comes from.
        where: the page (from 1) of the figure, and the colours; never words, for they may be private.
    """

    name: str
    figure: float
    unit: str
    limit: float
    is_most: bool
    source: str
    where: str

    @property
    def passes(self) -> bool:
        """Whether the figure keeps to its limit."""
        return self.room >= -_SLIGHT

    @property
    def room(self) -> float:
        """How far the figure is from its limit; negative beyond it."""
        return self.limit - self.figure if self.is_most else self.figure - self.limit


class _Line(NamedTuple):
    """What stands on one baseline and belongs to one element of the text."""

    page: int
    node: int
    runs: tuple[GlyphRun, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for run in self.runs for glyph in run.glyphs).strip()

    @property
    def size(self) -> float:
        return min(run.size for run in self.runs)


def clear_print(
    document: Document, *, mirrored: bool = False, margins: Mapping[str, float] = LEAST_MARGINS
) -> tuple[Measure, ...]:
    """Return what was measured in a document, in an order to be read in.

    Args:
        document: composed pages.
        mirrored: whether the binding side of even pages is the right one.
        margins: the least of each side in millimetres; left out, those of a program with tracker sheets.
    """
    lines = [line for line in _lines(document) if line.text]
    return (
        *_types(document, lines),
        *_longest_line(lines),
        *_contrasts(document),
        *_margins(document, margins, mirrored=mirrored),
    )


def _lines(document: Document) -> Iterator[_Line]:
    for number, page in enumerate(document.pages, 1):
        found: dict[tuple[int, float], list[GlyphRun]] = {}
        for item in page.items:
            if isinstance(item, GlyphRun):
                found.setdefault((_owner(document, item.node), round(item.y, 1)), []).append(item)
        for (node, _), runs in found.items():
            yield _Line(number, node, tuple(runs))


def _owner(document: Document, node: int) -> int:
    """Return the element that text belongs to: a link or a span is part of the sentence around it."""
    while node >= 0 and document.nodes[node].role in {"Link", "Span"}:
        node = document.nodes[node].parent
    return node


def _types(document: Document, lines: Sequence[_Line]) -> Iterator[Measure]:
    texts: dict[int, list[_Line]] = {}
    for line in lines:
        texts.setdefault(line.node, []).append(line)
    running: list[_Line] = []
    labels: list[_Line] = []
    for node, found in texts.items():
        (running if _is_running(document, node, found) else labels).extend(found)
    for name, found, limit, source in (
        ("smallest running text", running, LEAST_RUNNING, _CLEAR_PRINT),
        ("smallest label", labels, LEAST_LABEL, _OWN),
    ):
        if found:
            line = min(found, key=lambda line: line.size)
            yield Measure(name, line.size, "pt", limit, False, source, f"page {line.page}")


def _is_running(document: Document, node: int, lines: Sequence[_Line]) -> bool:
    if node < 0 or document.nodes[node].role not in _RUNNING_ROLES or len(lines) < 2:
        return False
    return sum(len(line.text.split()) for line in lines) >= _FEWEST_WORDS


def _longest_line(lines: Sequence[_Line]) -> Iterator[Measure]:
    found = [line for line in lines if line.node >= 0]
    if found:
        line = max(found, key=lambda line: len(line.text))
        figure = float(len(line.text))
        yield Measure(
            "longest line", figure, "characters", LONGEST_LINE, True, _WCAG_LINE, f"page {line.page}"
        )


def _contrasts(document: Document) -> Iterator[Measure]:
    """Yield every pair of ink and ground once, at the first page that has it."""
    known: dict[tuple[str, RGB, Ground], tuple[float, int]] = {}
    for number, page in enumerate(document.pages, 1):
        for kind, limit, ink, ground in _inks(page):
            known.setdefault((kind, ink, ground), (limit, number))
    for (kind, ink, ground), (limit, page_number) in known.items():
        source = f"WCAG 2.2, {'1.4.11' if kind == 'lines and boxes' else '1.4.6'}"
        ratio = 1.0 if ground is None else contrast_ratio(ink, ground)
        shown = "a picture" if ground is None else _hexadecimal(ground)
        where = f"page {page_number}: {_hexadecimal(ink)} on {shown}"
        # Cut, not rounded: 6.96 is not 7.
        yield Measure(f"contrast of {kind}", int(ratio * 100) / 100, ":1", limit, False, source, where)


def _inks(page: Page) -> Iterator[tuple[str, float, RGB, Ground]]:
    """Yield what is read on a page: what it is, its limit, its ink, and the ground behind it."""
    for index, item in enumerate(page.items):
        if isinstance(item, GlyphRun):
            is_large = item.size >= 18 or (item.face.bold and item.size >= 14)
            kind, limit = ("large text", LEAST_CONTRAST_LARGE) if is_large else ("text", LEAST_CONTRAST)
            for ground in _grounds(page, index, item):
                yield kind, limit, item.colour, ground
        elif isinstance(item, TickBox):
            ground = ground_at(page.items[:index], item.x, item.y)
            yield "lines and boxes", LEAST_CONTRAST_LINES, BLACK, ground
        elif isinstance(item, Shape) and item.node >= 0 and item.stroke is not None and item.fill is None:
            x, y = (float(value) for value in item.segments[0][1:3])
            ground = ground_at(page.items[:index], x, y)
            yield "lines and boxes", LEAST_CONTRAST_LINES, item.stroke, ground


def _grounds(page: Page, index: int, run: GlyphRun) -> set[Ground]:
    """Return the grounds behind the beginning, the middle and the end of a run of glyphs."""
    if not any(glyph.text.strip() for glyph in run.glyphs):
        return set()
    width = _width(run)
    y = run.y - 0.3 * run.size
    return {ground_at(page.items[:index], run.x + width * part, y) for part in (0.1, 0.5, 0.9)}


def _width(run: GlyphRun) -> float:
    return sum(glyph.advance for glyph in run.glyphs) / run.face.units_per_em * run.size


def _margins(document: Document, limits: Mapping[str, float], *, mirrored: bool) -> Iterator[Measure]:
    """Yield the narrowest margin of each side, of all that is read or ticked; footers stand in the margin."""
    narrowest: dict[str, tuple[float, int]] = {}
    for number, page in enumerate(document.pages, 1):
        sides = ("outer", "binding") if mirrored and number % 2 == 0 else ("binding", "outer")
        for box in filter(None, map(_extent, page.items)):
            left, top, right, bottom = box
            distances = (left, page.width - right, top, page.height - bottom)
            for side, distance in zip((*sides, "top", "bottom"), distances, strict=True):
                narrowest[side] = min(narrowest.get(side, (distance, number)), (distance, number))
    for side, (distance, number) in sorted(narrowest.items(), key=lambda found: list(limits).index(found[0])):
        millimetres = round(distance / _MM, 1)
        yield Measure(f"{side} margin", millimetres, "mm", limits[side], False, _OWN, f"page {number}")


def _extent(item: Item) -> tuple[float, float, float, float] | None:
    """Return left, top, right and bottom of an item that is read or ticked."""
    if item.node < 0:
        return None
    if isinstance(item, GlyphRun):
        cap = item.face.cap_height / item.face.units_per_em * item.size
        drop = -item.face.descender / item.face.units_per_em * item.size
        visible = "".join(glyph.text for glyph in item.glyphs)
        space = item.face.shape(" ")[1] / item.face.units_per_em * item.size if visible.endswith(" ") else 0.0
        return item.x, item.y - cap, item.x + _width(item) - space, item.y + drop
    if isinstance(item, TickBox):
        return item.x, item.y, item.x + item.size, item.y + item.size
    return None


def _hexadecimal(colour: RGB) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)
