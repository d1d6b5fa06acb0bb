"""Doses, dates and ranges in words of a language. Numbers and their units are kept together."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import re
from collections.abc import Sequence

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.content.models.language import Language
from pdfgen.planning.plan import PlannedDose

#: A field of a date pattern is the same letter once or more (Unicode TS 35, part 4); quotes begin plain text.
_LETTERS = re.compile(r"([A-Za-z'])\1*")

NO_BREAK = "\u00a0"


def dose_amount(dose: PlannedDose, language: Language) -> str:
    """Return sets and repetitions, or sets and hold where a set is one hold: `2 × 8`, `3 × 10 tellen`."""
    return _amount(dose, language.strings.seconds).replace(" ", NO_BREAK)


def dose_cell(dose: PlannedDose, language: Language) -> str:
    """Return the amount with a short unit, for a column of a table: `2 × 8`, `3 × 10 s`."""
    return _amount(dose, language.strings.seconds_short).replace(" ", NO_BREAK)


def _amount(dose: PlannedDose, unit: str) -> str:
    if is_one_hold(dose):
        return f"{dose.sets} × {dose.hold_s} {unit}"
    return f"{dose.sets} × {dose.reps}"


def in_two(amount: str) -> tuple[str, str]:
    """Part an amount after its times sign, for a narrow column: `3 ×` and `10 s`."""
    before, times, after = amount.partition(f"×{NO_BREAK}")
    return before + times, after


def is_one_hold(dose: PlannedDose) -> bool:
    """Whether a set is one long hold, as in a plank."""
    return dose.reps == 1 and dose.hold_s > 0


def hold_amount(dose: PlannedDose, language: Language, unit: str = "") -> str:
    """Return how long each repetition is held, or nothing where `dose_amount` says it or there is no hold."""
    if is_one_hold(dose) or not dose.hold_s:
        return ""
    return f"{dose.hold_s}{NO_BREAK}{unit or language.strings.seconds}"


def minutes(seconds: int) -> int:
    """Return whole minutes, rounded up, so that nobody runs out of time."""
    return math.ceil(seconds / 60)


def dose_short(dose: PlannedDose, language: Language) -> str:
    """Return the dose for a narrow column: `1 × 8 per kant, 2 tellen`."""
    if dose.blank:
        return ""
    side = f" {language.strings.per_side}" if dose.per_side else ""
    hold = hold_amount(dose, language)
    return dose_amount(dose, language) + side + (f", {hold}" if hold else "")


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
