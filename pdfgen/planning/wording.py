"""Doses, dates and ranges in words of a language. Numbers and their units are kept together."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfgen.content.models.dose import Amount
from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.content.models.language import Language
from pdfgen.planning.planned_exercise import PlannedDose

#: A field of a date pattern is the same letter once or more (Unicode TS 35, part 4); quotes begin plain text.
_LETTERS = re.compile(r"([A-Za-z'])\1*")

NO_BREAK = "\u00a0"


class DoseWords(NamedTuple):
    """A dose in words, in parts that hold together: `5 keer naar elke kant`, `2 tellen vasthouden`.

    Attributes:
        amount: how many times, or how often how long; empty where the dose is written in by hand.
        hold: how long each repetition is held, where the amount does not say it.
        pause: the rest between sets, where there are several.
        one_side: the only side that it is done with.
        load: weight or band.
        often: how often a day, where it is more than once.
    """

    amount: str = ""
    hold: str = ""
    pause: str = ""
    one_side: str = ""
    load: str = ""
    often: str = ""

    @property
    def line(self) -> str:
        """All parts in one line, which can be broken between two of them."""
        return ", ".join(filter(None, self))


def dose_words(dose: PlannedDose, language: Language, rest_s: int = 0) -> DoseWords:
    """Return a dose in words for a patient: digits, and no signs or short units.

    Args:
        rest_s: seconds of rest between sets; 0 where that is not known, or said elsewhere.
    """
    if dose.blank:
        return DoseWords()
    strings = language.strings
    is_one_hold = dose.reps.most == 1 and dose.hold_s.most > 0
    held = time_words(dose.hold_s, language) if dose.hold_s.most else ""
    side = language.fill(strings.one_side, {"side": language.sides[dose.one_side]}) if dose.one_side else ""
    often = language.count("time", dose.times_a_day) if dose.times_a_day > 1 else ""
    words = DoseWords(
        amount=_amount(dose, held if is_one_hold else "", language),
        hold=language.fill(strings.hold_row, {"hold": held}) if held and not is_one_hold else "",
        pause=rest_words(dose, language, rest_s),
        one_side=side,
        load=dose.load,
        often=language.fill(strings.times_a_day, {"times": often}) if often else "",
    )
    return DoseWords(*(part.replace(" ", NO_BREAK) for part in words))


def _amount(dose: PlannedDose, held: str, language: Language) -> str:
    """Return sets and repetitions, or sets and the time that each is `held`."""
    once = dose.sets.most == 1
    if held and once:
        words = held
    elif once or (dose.reps.most == 1 and not held):
        words = _times(dose.reps if once else dose.sets, language)
    else:
        each = held or _range(dose.reps, language)
        words = language.fill(language.strings.sets_of, {"times": _times(dose.sets, language), "each": each})
    if not dose.per_side:
        return words
    return f"{words} {dose.each_side or language.strings.per_side}"


def rest_words(dose: PlannedDose, language: Language, rest_s: int) -> str:
    """Return the rest between the sets of a dose; nothing where there is one set, or no rest is known."""
    if dose.sets.most < 2 or not rest_s:
        return ""
    rest = time_words(Amount.of(rest_s), language)
    return language.fill(language.strings.rest_between, {"rest": rest}).replace(" ", NO_BREAK)


def _times(amount: Amount, language: Language) -> str:
    return language.count("time", amount.most, _range(amount, language))


def _range(amount: Amount, language: Language) -> str:
    """Return a number, or two in words: `8 tot 10`."""
    if amount.least == amount.most:
        return str(amount.most)
    return language.fill(language.strings.range_between, {"low": amount.least, "high": amount.most})


def time_words(time_s: Amount, language: Language) -> str:
    """Return a time in words that stay together: `10 tellen`, `15 minuten`."""
    noun, amount = ("minute", whole) if (whole := time_s.in_minutes) else ("second", time_s)
    return language.count(noun, amount.most, _range(amount, language)).replace(" ", NO_BREAK)


def week_words(weeks: Sequence[int], language: Language) -> str:
    """Return weeks in words that stay together: `Week 1 en 2`, `Week 3 tot en met 6`."""
    strings = language.strings
    said = [
        language.fill(strings.weeks_from_to, {"first": first, "last": last}) if first < last else str(first)
        for first, last in _runs(weeks)
    ]
    pattern = strings.in_week if len(weeks) == 1 else strings.in_weeks
    return language.fill(pattern, {"weeks": list_words(said, language)}).replace(" ", NO_BREAK)


def list_words(items: Sequence[str], language: Language) -> str:
    """Return items as a list in a sentence: `1, 2 en 5`."""
    if len(items) < 2:
        return "".join(items)
    return language.fill(language.strings.list_end, {"first": ", ".join(items[:-1]), "last": items[-1]})


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of three or more numbers in a row, and each other number by itself."""
    for first, last in runs_of(numbers):
        if last - first > 1:
            yield first, last
        else:
            yield from ((number, number) for number in range(first, last + 1))


def minutes(seconds: int) -> int:
    """Return whole minutes, rounded up, so that nobody runs out of time."""
    return math.ceil(seconds / 60)


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
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in runs_of(numbers))


def runs_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last number of each run of numbers that follow each other."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
