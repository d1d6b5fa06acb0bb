"""The sections of a layout with their pages, in the order in which they are bound.

All pages are planned before any is set, so that the contents on the cover know where each section begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from pdfgen.content.models.layout import SectionKind
from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.binding import Section, bound
from pdfgen.typesetting.columns_of_pages import in_column
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, PagePlan, extent, paginate
from pdfgen.typesetting.sections import (
    back_cover,
    closing,
    cover,
    exercise_cards,
    exercise_weeks,
    exercises,
    masthead,
    passport,
    preparation,
    questions,
    safety,
    safety_columns,
    safety_strip,
    screen_parts,
    tracker,
    week_plan,
    week_questions,
)
from pdfgen.typesetting.twins import matched_flow

_FLOWING: Mapping[SectionKind, Callable[[Composer], list[Flowed]]] = {
    "safety": safety.compose,
    "preparation": preparation.compose,
    "plan": week_plan.compose,
    "faq": questions.compose,
    "closing": closing.compose,
    "passport": passport.compose,
    "masthead": masthead.compose,
    "safety-strip": safety_strip.compose,
    "safety-columns": safety_columns.compose,
    "week-questions": week_questions.compose,
    "back-cover": back_cover.compose,
}

#: Sections that follow on the page of the section before them.
_FOLLOWING = frozenset({"closing"})

#: The section that goes on to further pages where it shares one, in columns where these are wide enough.
_GOING_ON: SectionKind = "exercise-weeks"

#: Advice where a program takes more pages than its layout promises.
_ADVICE = "take fewer exercises or fewer weeks, shorter notes, larger paper, or the layout standard"
_Blocks = Mapping[SectionKind, list[Flowed]]

LayoutEntry = SectionKind | tuple[SectionKind, ...]
"""A section, or sections that share a page."""


def planned_sections(c: Composer, paper: str) -> list[Section]:
    """Return the sections of the layout.

    Args:
        c: plan, look and pictures.
        paper: name of the paper, for the geometry of tracker sheets.

    Raises:
        FitError: something does not fit on a page, or there are more pages than the layout promises.
    """
    sections: list[Section] = []
    ready, chapter = _with_words(c), exercises.Chapter(c)
    for entries in _joined(c.layout.sections):
        before = sum(len(section.pages) for section in sections)
        if entries[0] == "exercises":
            ready = {**ready, "exercises": chapter.blocks(before + 1)}
        sections.append(_plan_section(c, entries, paper, ready))
    sections = bound(c, sections, chapter)
    sections = [_with_contents(c, section, sections) for section in sections]
    if c.layout.screen:
        sections = [sections[0], *(_with_way_back(c, section) for section in sections[1:])]
        sections = [_scrolled(section) for section in sections]
    _keep_promise(c, sum(len(section.pages) for section in sections))
    return sections


def _with_way_back(c: Composer, section: Section) -> Section:
    """Return a section whose pages end with a link to what is done today."""
    way = screen_parts.back(c)
    return section._replace(pages=tuple(page._replace(items=(*page.items, way)) for page in section.pages))


def _scrolled(section: Section) -> Section:
    """Return a section with no white but that between its blocks: its pages are as long as what they hold."""
    pages = (
        page._replace(items=tuple(item._replace(anchor=0.0, stretch=0.0) for item in page.items))
        for page in section.pages
    )
    return section._replace(pages=tuple(pages))


def _title(c: Composer, kind: SectionKind) -> str:
    """Return the title of a section; nothing for one that is not in the contents."""
    return {
        "safety": c.plan.safety.title,
        "preparation": c.plan.preparation.title,
        "plan": c.strings.plan_title,
        "exercises": c.strings.exercises_title,
        "tracker": c.strings.tracker_section,
        "faq": c.strings.faq_title,
        "passport": c.strings.passport_title,
        "exercise-weeks": c.strings.exercises_title,
        "week-questions": c.strings.tracker_section,
        "safety-strip": c.plan.safety.title,
        "safety-columns": c.plan.safety.title,
        "exercise-cards": c.strings.cards_title,
    }.get(kind, "")


def _joined(entries: Sequence[LayoutEntry]) -> list[list[LayoutEntry]]:
    """Return the entries with those that follow on the last page of the one before them."""
    joined: list[list[LayoutEntry]] = []
    for entry in entries:
        if entry in _FOLLOWING and joined and joined[-1][0] in _FLOWING:
            joined[-1].append(entry)
        else:
            joined.append([entry])
    return joined


def _with_words(c: Composer) -> _Blocks:
    """Return the blocks of getting ready and of the week plan, where a layout has both.

    The words of the program stand at the end of the first one, but of the second one where that spares a page
    or leaves no last page as empty.
    """
    if not {"preparation", "plan"} <= set(c.layout.sections):
        return {}

    def last_pages(blocks: _Blocks) -> tuple[int, float]:
        pages = [paginate(blocks[kind], c.look, kind, white=c.least_white) for kind in blocks]
        filled = (extent(section[-1].items, c.look.width, at_top=True) for section in pages)
        return sum(map(len, pages)), -min(filled)

    plan = matched_flow(c, week_plan.compose)
    here: _Blocks = {"preparation": matched_flow(c, preparation.compose), "plan": plan}
    words = matched_flow(c, preparation.words)
    last = paginate(plan, c.look, "plan", white=c.least_white)[-1]
    if extent([*last.items, *words], c.look.width, at_top=True) > c.look.height:
        return here
    without = matched_flow(c, partial(preparation.compose, has_words=False))
    return min(here, {"preparation": without, "plan": [*plan, *words]}, key=last_pages)


def _plan_section(c: Composer, entries: Sequence[LayoutEntry], paper: str, ready: _Blocks) -> Section:
    """Return a section.

    Args:
        ready: the blocks of sections that are composed already.
    """
    first = entries[0]
    if not isinstance(first, str):
        return _shared_page(c, first)
    title = _title(c, first)
    if first == "cover":
        # How many pages it takes does not depend on the numbers of the others, which are not known yet.
        kinds = [joined[0] for joined in _joined(c.layout.sections) if isinstance(joined[0], str)]
        return Section(first, title, _cover(c, [(kind, 0) for kind in kinds if _title(c, kind)]))
    if first == "tracker":
        return Section(first, title, tracker.compose(c, paper))
    if first == "exercise-cards":
        return Section(first, title, exercise_cards.compose(c))
    kinds = [kind for kind in entries if isinstance(kind, str)]
    composed = (ready.get(kind) or _composed(c, kind) for kind in kinds)
    blocks = [block for section in composed for block in section]
    return Section(first, title, paginate(blocks, c.look, first, white=c.least_white))


def _composed(c: Composer, kind: SectionKind) -> list[Flowed]:
    """Return the blocks of a section."""
    if kind == "exercises":
        return exercises.Chapter(c).blocks()
    if kind == _GOING_ON:
        return exercise_weeks.compose(c, ())
    return matched_flow(c, _FLOWING[kind])


def _shared_page(c: Composer, kinds: Sequence[SectionKind]) -> Section:
    """Return sections below each other on one page.

    Exercises with their weeks are the last ones, and go on to further pages.

    Raises:
        FitError: other sections do not fit on one page.
    """
    is_going_on = kinds[-1] == _GOING_ON
    column, others = (in_column(c), kinds[:-1]) if is_going_on else (c, kinds)
    first, *later = others
    flowed = _composed(column, first) + [block for kind in later for block in _reached(column, kind)]
    if is_going_on:
        flowed = exercise_weeks.compose(c, flowed)
    pages = paginate(flowed, c.look, kinds[-1])
    if len(pages) > 1 and not is_going_on:
        over = extent(flowed, c.look.width, at_top=True) - c.look.height
        raise FitError(Problem(f"does not fit on 1 page: {over:.0f} points too high; {_ADVICE}", "layout"))
    return Section(kinds[0], "", pages)


def _reached(c: Composer, kind: SectionKind) -> list[Flowed]:
    """Return the blocks of a section that does not begin its page; links go to the first one."""
    first, *others = _composed(c, kind)
    return [first._replace(destination=kind), *others]


def _keep_promise(c: Composer, pages: int) -> None:
    """Raise a FitError when there are more pages than the layout promises."""
    promise = c.layout.pages
    if promise is not None and pages > promise:
        message = f"this edition promises {promise} pages and would take {pages}; {_ADVICE}"
        raise FitError(Problem(message, "layout"))


def _with_contents(c: Composer, section: Section, sections: list[Section]) -> Section:
    """Compose the cover, now that the pages of the other sections are known."""
    if section.kind != "cover":
        return section
    return section._replace(pages=_cover(c, _contents(sections)))


def _contents(sections: Sequence[Section]) -> list[tuple[SectionKind, int]]:
    """Return the sections with titles and the pages on which they begin."""
    entries = []
    page = 1
    for other in sections:
        if other.title:
            entries.append((other.kind, page))
        page += len(other.pages)
    return entries


def _cover(c: Composer, contents: Sequence[tuple[SectionKind, int]]) -> tuple[PagePlan, ...]:
    """Return the cover with sections and their pages in its contents."""

    def flowed(copy: Composer) -> list[Flowed]:
        return cover.compose(copy, [cover.ContentsLine(*line) for line in contents], _title)

    return paginate(matched_flow(c, flowed), c.look, "cover")
