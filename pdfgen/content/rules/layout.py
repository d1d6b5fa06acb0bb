"""Rules for layouts that no single field can check: what a layout may not ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pdfgen.content.loading import Loaded
from pdfgen.content.models.field_types import is_in
from pdfgen.content.models.layout import SHEET_PAPERS, CardSheets, Layout, Margins
from pdfgen.content.rules.translations import in_language
from pdfgen.errors import Problem

#: Sections that always take pages of their own.
_OWN_PAGES = ("cover", "tracker", "exercise-cards", "back-cover")

#: Least margins in millimetres: what common printers, a hand that holds the page and the footer need.
#: A page of a booklet is bound in its fold; a card has neither binding nor footer.
_LEAST_MARGINS: Mapping[str, Mapping[str, float]] = {
    "whole": {"binding": 12.0, "outer": 12.0, "top": 10.0, "bottom": 18.0},
    "booklet": {"binding": 12.0, "outer": 10.0, "top": 10.0, "bottom": 16.0},
    "screen": {"binding": 5.0, "outer": 5.0, "top": 5.0, "bottom": 14.0},
    "cards": {"binding": 5.0, "outer": 5.0, "top": 5.0, "bottom": 5.0},
}

#: Least binding margin of pages with boxes that are read by machine (scanning.md 2).
_SHEET_BINDING = 20.0

#: Least width and height of the text area in millimetres.
_LEAST_TEXT = 45.0


def layout_problems(loaded: Loaded[Layout], languages: Iterable[str]) -> Iterator[Problem]:
    """Yield the problems of a layout that asks for something impossible.

    Args:
        languages: codes of the languages that its texts must be in.
    """
    layout = loaded.value
    for field, text in (("name", layout.name), ("description", layout.description)):
        for code in languages:
            if not is_in(text, code):
                yield loaded.problem((field, code), f"missing; add {in_language(code)}")
    yield from _section_problems(loaded)
    yield from _tracker_problems(loaded)
    if layout.twin and layout.imposition is not None:
        yield loaded.problem(("twin",), "a twin copy is not folded or cut; leave out twin or imposition")
    yield from _screen_problems(loaded)
    yield from _margin_problems(loaded)
    if layout.paper not in layout.papers:
        yield loaded.problem(("paper",), f"is not among papers; add {layout.paper} there")


def _section_problems(loaded: Loaded[Layout]) -> Iterator[Problem]:
    layout = loaded.value
    if not _has_safety(layout):
        yield loaded.problem(("sections",), "the safety section is obligatory; add safety")
    if "back-cover" in layout.kinds[:-1]:
        yield loaded.problem(("sections",), "back-cover is the last page; name it last")
    seen: set[str] = set()
    for index, entry in enumerate(layout.sections):
        for kind in (entry,) if isinstance(entry, str) else entry:
            if kind in seen:
                yield loaded.problem(("sections", index), f"{kind} is named twice; leave one out")
            seen.add(kind)
            if kind == "exercise-cards" and len(layout.kinds) > 1:
                message = "exercise-cards stands alone, so that backs meet fronts; take it or the others out"
                yield loaded.problem(("sections", index), message)
            if kind in _OWN_PAGES and not isinstance(entry, str):
                message = f"{kind} takes pages of its own; take it out of this inner list"
                yield loaded.problem(("sections", index), message)


def _has_safety(layout: Layout) -> bool:
    """Whether the safety section is there, or in a supplement a short form of it."""
    if {"safety", "safety-columns"} & set(layout.kinds):
        return True
    if "exercise-weeks" in layout.kinds and not layout.supplement:
        return True
    strip = "safety-strip" in layout.kinds or "exercise-cards" in layout.kinds
    return layout.supplement and (strip or "tracker" in layout.kinds)


def _tracker_problems(loaded: Loaded[Layout]) -> Iterator[Problem]:
    layout = loaded.value
    if "tracker" not in layout.kinds:
        return
    if isinstance(layout.imposition, CardSheets):
        message = "cards have no room for week sheets; take tracker out of sections, or leave this out"
        yield loaded.problem(("imposition",), message)
    if layout.imposition is None and not set(layout.papers) <= set(SHEET_PAPERS):
        message = f"week sheets are made for {' and '.join(SHEET_PAPERS)} only; change papers"
        yield loaded.problem(("papers",), message)


def _screen_problems(loaded: Loaded[Layout]) -> Iterator[Problem]:
    layout = loaded.value
    if layout.screen is None:
        return
    if layout.imposition is not None:
        yield loaded.problem(("screen",), "a screen is not folded or cut; leave out screen or imposition")
    if layout.twin:
        yield loaded.problem(("twin",), "twin copies are for paper; leave out twin or screen")
    if "tracker" in layout.kinds:
        message = "week sheets are for paper; take tracker out of sections: exercise-weeks has boxes to tick"
        yield loaded.problem(("screen",), message)


def least_margins(layout: Layout) -> Mapping[str, float]:
    """Return the least margins in millimetres that a layout may have."""
    kind = "screen" if layout.screen else layout.imposition.kind if layout.imposition else "whole"
    least = _LEAST_MARGINS[kind]
    has_sheets = "tracker" in layout.kinds and layout.imposition is None
    return {**least, "binding": _SHEET_BINDING} if has_sheets else least


def _margin_problems(loaded: Loaded[Layout]) -> Iterator[Problem]:
    layout = loaded.value
    margins = layout.margins
    for side, limit in least_margins(layout).items():
        if getattr(margins, side) < limit:
            why = " with a tracker" if (side, limit) == ("binding", _SHEET_BINDING) else ""
            yield loaded.problem(("margins", side), f"must be at least {limit:g} mm{why}")
    for paper in layout.papers:
        width, height = layout.page_size(paper)
        if not _has_room(margins, width, height):
            message = f"the margins leave no room for text on {paper}; make them smaller"
            yield loaded.problem(("margins",), message)


def _has_room(margins: Margins, width: float, height: float) -> bool:
    across = width - margins.binding - margins.outer
    return min(across, height - margins.top - margins.bottom) >= _LEAST_TEXT
