"""The head of a week sheet: title, dates, goal, and the one rule of crossing; on backs the fixed moment.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.planning.own_words import OwnWords
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Bare, Block, Columns, Paragraph, Space, Stack, WritingLine
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import INK, MM
from pdfgen.typesetting.page_names import WIDE_PAGE
from pdfgen.typesetting.sections.exercise_words import goes_before_drawings
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_ahead import (
    Ahead,
    Spread,
    end_of,
    is_facing,
    place_in_week,
    sides_of,
    told_ahead,
)
from pdfgen.typesetting.sections.tracker_facts import facts, facts_width, milestone
from pdfgen.typesetting.sections.tracker_words import told_in
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest

#: Height of a line to write on, in lines of type.
_WRITING = 1.3
#: White between the title and words at its right, and at least; beside a line to write on, in sizes of type.
_APART, _LEAST_APART, _BESIDE_LINE = 4.0, 2.0, 0.3
#: What of a letter's size is below the line.
_DESCENT = 0.25
#: Length of the line for the number of a spare week.
_NUMBER_LINE = 13.0


class SideHead(NamedTuple):
    """What the head of a side, from 0, says.

    Attributes:
        goal, moment: whether the goal, and the fixed moment.
        ahead: what of a day is on the next sides.
        place: which side of its week it is, where a title alone does not say it.
        word: one for half way and for the end.
        first: that words go before pictures.
        dated: whether a later side has the dates of its week, as the front of a second leaf.
    """

    week: Week
    side: int
    goal: bool
    moment: bool
    ahead: Ahead
    place: str
    word: str
    first: str
    dated: bool


def side_head(
    c: Composer,
    week: Week,
    spread: Spread,
    side: int,
    *,
    whole: bool,
    again: bool = False,
    more: int = 2,
    words_first: bool = False,
    end: int = WIDE_PAGE,
) -> SideHead:
    """Return the head of a side.

    Of pages that face each other one has the word for half way: the last one without the stop rule. In large
    print, and where booklets have more pages, those with exercises have room for little more: the last side
    has all that is for the whole week.

    Args:
        side: from 0.
        end: the page of a booklet with the questions about the week.
        whole: whether the whole stop rule is at its foot.
        again: whether it is on a side before too, which then has the word.
        more: how many exercises later sides have in this week.
        words_first: whether fronts of weeks with such words say that these go before pictures.
    """
    sides = sides_of(spread)
    goal, moment, has_word = whole, side == 1, not whole if is_facing(c) else whole and not again
    if c.look.is_large or (is_facing(c) and sides > 2):
        goal = moment = has_word = side == sides - 1
    ahead = told_ahead(c, spread, side, end, more=more, last=_last_name(c, week))
    word = milestone(c, week) if has_word else ""
    is_front = side in ((0, 2) if spread == "two-fronts" else (0,))
    says_first = words_first and is_front and _has_words_first(c, week.number)
    first = c.strings.before_picture if says_first else ""
    place, dated = place_in_week(c, spread, side), spread == "two-fronts" and side == 2
    return SideHead(week, side, goal, moment, ahead, place, word, first, dated)


def _has_words_first(c: Composer, week: int) -> bool:
    """Whether a week, or any of those that a spare sheet is for, has words that go before drawings."""
    done = (exercise for exercise in c.plan.exercises if not week or exercise.doses[week - 1])
    return any(goes_before_drawings(told_in(exercise, week)) for exercise in done)


def _last_name(c: Composer, week: Week) -> str:
    """Return number and name of the last exercise of a week, which does not break behind its number."""
    number = max((item.number for session in week.sessions for item in session.items), default=1)
    name = next(exercise.name for exercise in c.plan.exercises if exercise.number == number)
    return f"{number}{NO_BREAK}({name})"


def head_of(c: Composer, head: SideHead, width: float) -> Stack:
    """Return the head of a side that is `width` points wide."""
    return _back(c, head, width) if head.side else _front(c, head, width)


def _front(c: Composer, head: SideHead, width: float) -> Stack:
    """Return title, dates and the one rule of crossing."""
    week, ahead = head.week, head.ahead
    blocks, apart = (_dated_title if week.number else _spare_title)(c, head, width)
    if head.goal and c.plan.goal:
        blocks.append(Paragraph(c.text(_goal(c, c.plan.goal), c.look.cell)))
    said = " ".join(filter(None, (c.strings.week_rule, ahead.pain)))
    loud = [words for words in (head.first, ahead.more) if words]
    rule = [Span(said), *(Span(f" {_begun(words)}", bold=True) for words in loud)]
    if not week.number:
        rule = [Span(f"{c.strings.spare_note} "), *rule]
    if apart and (c.look.is_large or not week.number):
        rule = [*apart, Span(" · "), *rule]
    elif apart:
        blocks.insert(1, Paragraph(c.text(apart, c.look.cell)))
    return Stack((*blocks, *_with_word(c, rule, head.word, width)))


def _begun(words: str) -> str:
    """Return words of which the first does not end a line: in bold behind others it would be lost there."""
    return words.replace(" ", NO_BREAK, 1)


def _with_word(c: Composer, said: Sequence[Span], word: str, width: float) -> list[Block]:
    """Return what to do, and a word about the week: apart where that takes no line more."""
    texts = [c.text(words, c.look.cell) for words in (said, [Span(word)]) if words and words[0].text]
    if len(texts) > 1:
        together = [c.text([*said, Span(f" {word}")], c.look.cell)]
        texts = min(texts, together, key=lambda some: sum(text.height(width) for text in some))
    return [Paragraph(text) for text in texts]


def _dated_title(c: Composer, head: SideHead, width: float) -> tuple[list[Block], list[Span]]:
    """Return the title, with dates and place beside it where all weeks have room; else the dates apart."""
    title, dates = _title(c, head.week), facts(c, head.week)
    # Of all weeks, so that dates stand at one place on all sheets.
    wide = widest(c, _widest_title)
    place = [Span(f" · {head.place}", bold=True)] if head.place else []
    beside = widest(c, facts_width) + c.text(place, c.look.cell).natural_width
    apart = min(_APART * MM, width - wide - beside)
    if not dates or apart < _LEAST_APART * MM:
        return [_placed_title(c, head, width)], dates
    columns = (Paragraph(title, "H1"), _on_line(c, Paragraph(c.text([*dates, *place], c.look.cell))))
    return [Columns(columns, (wide + 1, 1.0), apart - 1, align="bottom")], []


def _placed_title(c: Composer, head: SideHead, width: float) -> Block:
    """Return the title with the place of the side in its week: beside it where it has room, else below."""
    title = _title(c, head.week)
    if not head.place:
        return Paragraph(title, "H1")
    taken = title.natural_width
    # The space keeps title and place apart where both are read as one text.
    named, place = c.text(f"{title_words(c, head.week)} ", c.look.h1), c.text(head.place, c.look.cell_bold)
    if taken + _APART * MM + place.natural_width + 1 > width:
        return Stack((Bare(named), Bare(place)), role="H1")
    columns = (Bare(named), _on_line(c, Bare(place)))
    return Columns(columns, (taken + 1, 1.0), _APART * MM, align="bottom", role="H1")


def _spare_title(c: Composer, head: SideHead, width: float) -> tuple[list[Block], list[Span]]:
    """Return the title with the week that is done again beside it, and the place of the side.

    The place stands behind those where it has room, else before the words below them.
    """
    title = _title(c, head.week)
    place = [c.text(f"{NO_BREAK}{head.place}", c.look.cell_bold)] if head.place else []
    for behind in (place, []):
        repeat, taken = _repeat(c, behind)
        if title.natural_width + _APART * MM + taken <= width:
            columns = (Paragraph(title, "H1"), _on_line(c, repeat))
            block = Columns(columns, (title.natural_width + 1, 1.0), _APART * MM - 1, align="bottom")
            return [block], [] if behind or not place else [Span(head.place, bold=True)]
    return [_placed_title(c, head, width), _repeat(c, [])[0]], []


def _repeat(c: Composer, behind: Sequence[Text]) -> tuple[Block, float]:
    """Return which week is done again, with a line for its number, and what width it takes."""
    before, _, after = (words.strip() for words in c.strings.spare_repeat.partition("{blank}"))
    first, last = ([c.text(words, c.look.cell)] if words else [] for words in (before, after))
    parts = [*first, None, *last, *behind]
    widths = [text.natural_width + 1 if text else _NUMBER_LINE * MM for text in parts]
    apart = c.look.cell.size * _BESIDE_LINE
    line = WritingLine(c.look.cell.leading, INK, c.strings.tracker_title)
    blocks = (*(Paragraph(text) if text else line for text in parts), Space(0.0))
    return Columns(blocks, (*widths, 1.0), apart, align="bottom"), sum(widths) + apart * len(widths)


def _on_line(c: Composer, words: Block) -> Block:
    """Return words for a column at the right of the title, on the line on which that stands."""
    return Stack((words, Space((c.look.h1.size - c.look.cell.size) * _DESCENT)))


def title_words(c: Composer, week: Week) -> str:
    """Return the title of a week's sheets."""
    return f"{c.strings.tracker_title} {week.number}" if week.number else c.strings.spare_week


def _title(c: Composer, week: Week) -> Text:
    return c.text(title_words(c, week), c.look.h1)


def _widest_title(c: Composer) -> float:
    return max(_title(c, week).natural_width for week in c.plan.weeks)


def _back(c: Composer, head: SideHead, width: float) -> Stack:
    """Return the title of a back; the first one has the patient's fixed moment."""
    ahead = head.ahead
    said = [Span(_begun(words), bold=words != ahead.pain) for words in (*ahead, head.first) if words]
    spaced = [Span(f"{span.text} ", bold=span.bold) for span in said[:-1]] + said[-1:]
    if line := _line_of_title(c, head, said, width):
        return Stack((line, *_goal_and_moment(c, head, width), *_with_word(c, [], head.word, width)))
    title, dates = _dated_title(c, head, width) if head.dated else ([_placed_title(c, head, width)], [])
    spaced = [*dates, *([Span(" · ")] if dates and said else []), *spaced]
    return Stack(
        (
            *title,
            *_goal_and_moment(c, head, width),
            *_with_word(c, spaced, head.word, width),
        )
    )


def _line_of_title(c: Composer, head: SideHead, said: Sequence[Span], width: float) -> Block | None:
    """Return title, place and what is on other pages of a booklet on one line; None where it has no room."""
    title = _title(c, head.week)
    words = c.text([Span(head.place, bold=True), Span(" · "), *said], c.look.cell)
    if not (is_facing(c) and said) or title.natural_width + _APART * MM + words.natural_width + 1 > width:
        return None
    columns = Paragraph(title, "H1"), _on_line(c, Paragraph(words))
    return Columns(columns, (title.natural_width + 1, 1.0), _APART * MM, align="bottom")


def _goal_and_moment(c: Composer, head: SideHead, width: float) -> list[Block]:
    """Return goal and fixed moment on a back: in one paragraph where that saves a line of large print."""
    goal = _goal(c, c.plan.goal) if head.goal and c.plan.goal else []
    moment = _moment(c, c.plan.if_then) if head.moment and c.plan.if_then else []
    apart = [c.text(words, c.look.cell) for words in (goal, moment) if words]
    if goal and moment and c.look.is_large:
        both = c.text([*goal, Span(". "), *moment], c.look.cell)
        apart = min(apart, [both], key=lambda texts: sum(text.height(width) for text in texts))
    paragraphs: list[Block] = [Paragraph(text) for text in apart]
    return [*paragraphs, *([_unknown(c)] if head.moment and not moment else [])]


def _goal(c: Composer, words: OwnWords) -> list[Span]:
    return [Span(f"{c.strings.my_goal}: "), *c.therapists(words, bold=True)]


def _moment(c: Composer, words: OwnWords) -> list[Span]:
    return [Span(f"{c.strings.fixed_moment}:{NO_BREAK}", bold=True), *c.therapists(words)]


def _unknown(c: Composer) -> Block:
    """Return a line on which the patient writes the fixed moment."""
    name = Span(f"{c.strings.fixed_moment}:{NO_BREAK}", bold=True)
    room = c.look.cell.leading * _WRITING
    return c.labelled_line(c.text([name], c.look.cell), c.strings.fixed_moment, room, INK, 2.0)


def place_end(pen: SheetPen, week: Week, y: float) -> None:
    """Let the pages with the exercises of a week name the one with the questions about it."""
    pen.canvas.destination(end_of(week.number), y)


def place_entries(pen: SheetPen, week: Week, y: float) -> None:
    """Set the entries of the outline; in a complete program the section begins with its rules."""
    c, canvas = pen.composer, pen.canvas
    if c.layout.supplement and week.number == c.plan.sheet_weeks[0]:
        canvas.bookmark(0, c.strings.tracker_section, y)
    canvas.bookmark(1, title_words(c, week), y)
