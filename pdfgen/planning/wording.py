"""Doses, dates and ranges in words of a language. Numbers and their units are kept together."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import re
from collections.abc import Sequence

from pdfgen.content.models.dose import Amount
from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.content.models.language import Language
from pdfgen.planning.plan import PlannedDose

#: A field of a date pattern is the same letter once or more (Unicode TS 35, part 4); quotes begin plain text.
_LETTERS = re.compile(r"([A-Za-z'])\1*")

NO_BREAK = "\u00a0"


def dose_amount(dose: PlannedDose, language: Language) -> str:
    """Return sets and repetitions, or sets and time where a set is one hold: `2 × 8–10`, `3 × 10 tellen`."""
    return _amount(dose, time_words(dose.hold_s, language))


def dose_cell(dose: PlannedDose, language: Language) -> str:
    """Return the amount with a short unit, for a column of a table: `2 × 8`, `3 × 10 s`, `15 min`."""
    return _amount(dose, time_words(dose.hold_s, language, short=True))


def _amount(dose: PlannedDose, time: str) -> str:
    if not is_one_hold(dose):
        return f"{dose.sets} × {dose.reps}".replace(" ", NO_BREAK)
    once = dose.sets.most == 1 and dose.hold_s.in_minutes
    return time if once else f"{dose.sets} × {time}".replace(" ", NO_BREAK)


def in_two(amount: str) -> tuple[str, ...]:
    """Part an amount after its times sign, for a narrow column: `3 ×` and `10 s`."""
    before, times, after = amount.partition(f"×{NO_BREAK}")
    return (before + times, after) if times else (amount,)


def is_one_hold(dose: PlannedDose) -> bool:
    """Whether a set is one long hold or time, as in a plank or a walk."""
    return dose.reps.most == 1 and dose.hold_s.most > 0


def is_held_for_seconds(dose: PlannedDose) -> bool:
    """Whether a set is one hold that is counted in seconds."""
    return is_one_hold(dose) and not dose.hold_s.in_minutes


def time_words(hold_s: Amount, language: Language, *, short: bool = False) -> str:
    """Return a time in words that stay together: `10 tellen`, `15 minuten`; `short` in a table: `15 min`."""
    strings, whole = language.strings, hold_s.in_minutes
    if whole is None:
        words = f"{hold_s} {strings.seconds_short if short else strings.seconds}"
    elif short:
        words = f"{whole} {strings.minutes_short}"
    else:
        words = language.count("minute", whole.most, str(whole))
    return words.replace(" ", NO_BREAK)


def hold_amount(dose: PlannedDose, language: Language, *, short: bool = False) -> str:
    """Return how long each repetition is held, or nothing where `dose_amount` says it or there is no hold."""
    if is_one_hold(dose) or not dose.hold_s.most:
        return ""
    return time_words(dose.hold_s, language, short=short)


def side_and_load(dose: PlannedDose, language: Language) -> tuple[str, str, str]:
    """Return in words the only side, the load, and how often a day; nothing for what a dose does not have."""
    strings = language.strings
    side = language.fill(strings.one_side, {"side": language.sides[dose.one_side]}) if dose.one_side else ""
    times = language.count("time", dose.times_a_day).replace(" ", NO_BREAK)
    often = language.fill(strings.times_a_day, {"times": times}) if dose.times_a_day > 1 else ""
    return side, dose.load, often


def minutes(seconds: int) -> int:
    """Return whole minutes, rounded up, so that nobody runs out of time."""
    return math.ceil(seconds / 60)


def dose_short(dose: PlannedDose, language: Language, *, whole: bool = True) -> str:
    """Return the dose for a narrow column: `1 × 8 per kant, 2 tellen, rode band`.

    Args:
        whole: with the load and the times a day, and with units in full.
    """
    if dose.blank:
        return ""
    each = f" {language.strings.per_side}" if dose.per_side else ""
    side, *others = side_and_load(dose, language)
    hold = hold_amount(dose, language, short=not whole)
    amount = (dose_amount if whole else dose_cell)(dose, language)
    return ", ".join((amount + each, *filter(None, (hold, side, *(others if whole else ())))))


def long_date(date: dt.date, language: Language) -> str:
    """Return a full date: `maandag 2 maart 2026`."""
    return _format(date, language.date_long, language)


def day_month(date: dt.date, language: Language) -> str:
    """Return day and month: `2 mrt`."""
    return _format(date, language.date_day_month, language)


def _format(date: dt.date, pattern: str, language: Language) -> str:
    if language.months and language.months_short:
        words = {
            "EEEE": language.day_names[WEEKDAYS[date.weekday()]],
            "d": str(date.day),
            "MMMM": language.months[date.month - 1],
            "MMM": language.months_short[date.month - 1],
            "y": str(date.year),
        }
        with contextlib.suppress(KeyError):
            return _LETTERS.sub(lambda field: words[field[0]], pattern)
    # Babel loads slowly, so it only serves patterns that the language's file does not cover.
    from babel.dates import format_date

    return format_date(date, pattern, locale=language.locale)


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers with runs joined: `1–2, 5`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
