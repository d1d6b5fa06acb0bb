"""What the head of a week sheet says of its week: dates, minutes, a word half way and at the end."""

from __future__ import annotations

from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.tracker_ahead import is_facing
from pdfgen.typesetting.text_style import Span


def facts_width(c: Composer) -> float:
    """Return the width of the dates and minutes of any week: it must not depend on when a program begins."""
    date = c.widest_date(first_day(1), c.look.cell) if c.plan.start else 0.0
    said = filter(None, (_minutes(c, week) for week in c.plan.weeks))
    minutes = max((c.text(f" · {words}", c.look.cell).natural_width for words in said), default=0.0)
    return 2 * date + c.text(" – ", c.look.cell).natural_width + minutes + 1


def facts(c: Composer, week: Week) -> list[Span]:
    """Return dates and minutes of a week; nothing of a spare one."""
    if not week.number:
        return []
    dates = [c.dated(first_day(week.number), last_day(week.number))] if c.plan.start else []
    words = _minutes(c, week)
    return [*dates, *([Span(f" · {words}" if dates else words)] if words else [])]


def _minutes(c: Composer, week: Week) -> str:
    """Return how long exercising takes; nothing where that is not known, or the head has no room.

    In large print and in booklets the cover and the plan of weeks say it.
    """
    if not week.minutes or c.look.is_large or is_facing(c):
        return ""
    minutes = c.language.count("minute", week.minutes + c.plan.warm_up_minutes).replace(" ", NO_BREAK)
    said = c.strings.minutes_at_most if week.has_shorter_sessions else c.strings.minutes_each_time
    return c.fill(said, minutes=minutes)


def milestone(c: Composer, week: Week) -> str:
    """Return a word for the week in which half is done, and for the last one."""
    weeks = len(c.plan.weeks)
    if week.number == weeks:
        return c.strings.last_week
    return c.strings.half_way if week.number == -(-weeks // 2) else ""
