"""Pages that binding asks for: week sheets begin on leaves of their own, a back cover is outside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from pdfgen.content.models.layout import SectionKind
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import PagePlan, paginate
from pdfgen.typesetting.sections import exercises, own_questions, tracker
from pdfgen.typesetting.twins import matched_flow

#: Pages on one sheet of a booklet.
_PAGES_OF_A_SHEET = 4


class Section(NamedTuple):
    """Pages of one section, planned but not yet set. An untitled section is not in the contents."""

    kind: SectionKind
    title: str
    pages: tuple[PagePlan, ...]


def bound(c: Composer, sections: Sequence[Section], chapter: exercises.Chapter) -> list[Section]:
    """Return the sections with what stands before the week sheets, and with the back cover outside.

    Exercises take the pages that would have nothing but lines, as far as that makes them no worse.
    """
    usual, lines = _complete(c, sections)
    place = next((index for index, section in enumerate(sections) if section.kind == "exercises"), None)
    if place is None:
        return usual
    first, chosen = _count(sections[:place]) + 1, usual
    for more in range(1, lines + 1):
        pages = paginate(chapter.blocks(first, more), c.look, "exercises")
        longer = [*sections[:place], sections[place]._replace(pages=pages), *sections[place + 1 :]]
        others, left = _complete(c, longer)
        if left < lines and _count(others) <= _count(usual):
            chosen, lines = others, left
    return chosen


def _count(sections: Sequence[Section]) -> int:
    return sum(len(section.pages) for section in sections)


def _complete(c: Composer, sections: Sequence[Section]) -> tuple[list[Section], int]:
    """Return the sections with all that binding asks for, and how many pages of these have lines alone."""
    introduced = _with_introduction(c, sections)
    complete = _with_back_outside(c, introduced)
    rules = _count(introduced) - _count(sections)
    return complete, _count(complete) - _count(introduced) + max(0, rules - 1)


def _with_introduction(c: Composer, sections: Sequence[Section]) -> list[Section]:
    """Return the sections with what stands before the week sheets, so that they begin on a right-hand page.

    A supplement has the sheets alone, from its first page on.
    """
    kinds = [section.kind for section in sections]
    if "tracker" not in kinds or c.layout.supplement:
        return [*sections]
    place = kinds.index("tracker")
    sheets = sections[place].pages
    pages = (*tracker.introduction(c, _count(sections[:place]), sheets), *sheets)
    return [*sections[:place], sections[place]._replace(pages=pages), *sections[place + 1 :]]


def _with_back_outside(c: Composer, sections: Sequence[Section]) -> list[Section]:
    """Return the sections with pages of lines before the back cover, which is then outside."""
    *others, last = sections
    if last.kind != "back-cover":
        return [*sections]
    lines = [
        PagePlan(tuple(matched_flow(c, partial(own_questions.page, in_outline=not number))))
        for number in range(-_count(sections) % _PAGES_OF_A_SHEET)
    ]
    return [*others, last._replace(pages=(*lines, *last.pages))]
