"""Days of the week as people write them: lists, ranges, and words such as `dagelijks` and `weekdays`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.content.models.validation_wording import slip_of

_WORDS: Mapping[Weekday, str] = MappingProxyType(
    {
        "mon": "mon mo monday mondays ma maa maandag maandags maandagen",
        "tue": "tue tu tues tuesday tuesdays di din dinsdag dinsdags dinsdagen",
        "wed": "wed we weds wednesday wednesdays wo woe woensdag woensdags woensdagen",
        "thu": "thu th thur thurs thursday thursdays do don donderdag donderdags donderdagen",
        "fri": "fri fr friday fridays vr vrij vrijdag vrijdags vrijdagen",
        "sat": "sat sa saturday saturdays za zat zaterdag zaterdags zaterdagen",
        "sun": "sun su sunday sundays zo zon zondag zondags zondagen",
    }
)
_DAYS: Mapping[str, Weekday] = MappingProxyType(
    {word: day for day, words in _WORDS.items() for word in words.split()}
)
WEEKDAY_WORDS: Mapping[str, int] = MappingProxyType(
    {word: WEEKDAYS.index(day) for word, day in _DAYS.items()}
)
"""The names of days in Dutch and English, with their numbers; 0 is Monday."""

_GROUPS: Mapping[str, tuple[Weekday, ...]] = MappingProxyType(
    {
        word: days
        for words, days in (
            (
                "dagelijks,elke dag,iedere dag,alle dagen,every day,everyday,daily,each day,all days,"
                "alle 7 dagen,7 dagen,7 days,7x per week,7 x per week,hele week,de hele week",
                WEEKDAYS,
            ),
            ("werkdagen,doordeweeks,weekdagen,op werkdagen,elke werkdag,weekdays,working days,workdays,"
             "every weekday,on weekdays", WEEKDAYS[:5]),
            ("weekend,weekeinde,weekends,in het weekend,het weekend,the weekend", WEEKDAYS[5:]),
        )
        for word in words.split(",")
    }
)  # fmt: skip

_BETWEEN = re.compile(r"(?:[\s,;|/+&]|\b(?:en|and|op|on|de|the)\b)+")
_RANGE = re.compile(
    r"\s*(?:\bt/?m\b\.?|\btot en met\b|\bt\.?e\.?m\.?(?=\s)|\bthrough\b|\bthru\b|\bto\b|[–—]|\.\.+)\s*"
)
_FROM = re.compile(r"^(?:van|vanaf|from)\s+")
_EXCEPT = re.compile(
    r"\s*[,(]?\s*\b(?:behalve|except|uitgezonderd|niet op|not on|zonder|but not)\b\s*(?:op|on)?\s*"
)
_APART = re.compile(r"[\s/,.;&+-]+")
_RUN_TOGETHER = re.compile(r"(?:Th|TH|Tu|TU|Sa|Su|M|T|W|F)+")
_ONE_OF_RUN = re.compile(r"Th|TH|Tu|TU|Sa|Su|M|T|W|F")
_RUN_DAYS: Mapping[str, Weekday] = MappingProxyType(
    {"M": "mon", "T": "tue", "Tu": "tue", "TU": "tue", "W": "wed", "Th": "thu", "TH": "thu", "F": "fri",
     "Sa": "sat", "Su": "sun"}
)  # fmt: skip
_HOW_OFTEN = re.compile(
    r"\d+ ?(?:x|×|keer|maal|times|days|dagen|dgn)\b.*|(?:om de|every other|every second|om de andere) .*"
)

_ADVICE = "write days such as mon, wed, fri, or mon to fri"


class Days(NamedTuple):
    """Days of the week, in the order in which they were written.

    Attributes:
        days: at least one.
        guess: what was guessed of the text, in words; empty where it can mean nothing else.
    """

    days: tuple[Weekday, ...]
    guess: str = ""


# Thousands of rows repeat the same few words.
@lru_cache(maxsize=1024)
def read_days(text: str) -> Days:
    """Return the days in a text.

    Raises:
        ValueError: a part of it names no day; the message says which.
    """
    letters = _APART.sub("", text)
    if _RUN_TOGETHER.fullmatch(letters) and text.strip().casefold() not in _DAYS:
        return Days(tuple(dict.fromkeys(_RUN_DAYS[one] for one in _ONE_OF_RUN.findall(letters))))
    words = " ".join(text.casefold().replace("’", "'").replace("'s ", " ").split()).strip(" .,")
    if _HOW_OFTEN.fullmatch(words) and words not in _GROUPS:
        raise ValueError(f"says how often, and not on which days; {_ADVICE}")
    wanted, *without = _EXCEPT.split(words, maxsplit=1)
    found, guess = _listed(wanted)
    left_out = _listed(without[0].rstrip(")"))[0] if without else ()
    days = tuple(dict.fromkeys(day for day in found if day not in left_out))
    if not days:
        raise ValueError(f"leaves no day; {_ADVICE}")
    return Days(days, guess)


def _listed(text: str) -> tuple[list[Weekday], str]:
    if text in _GROUPS:
        return list(_GROUPS[text]), ""
    ranges = re.sub(r"\s*-\s*", "-", _RANGE.sub("~", _FROM.sub("", text)))
    found: list[Weekday] = []
    guess = ""
    number = 0
    for part in filter(None, _BETWEEN.split(ranges)):
        number += 1
        if part in _GROUPS:
            found += _GROUPS[part]
            continue
        ends = part.split("~")
        hyphened = part.split("-")
        if len(ends) == 1 and len(hyphened) == 2:
            ends = hyphened
        elif len(ends) == 1 and len(hyphened) > 2:
            found += [_one(word, number) for word in hyphened if word]
            continue
        days = [_one(word, number) for word in ends]
        if len(days) > 2:
            raise ValueError(f"holds a range with three ends; {_ADVICE}")
        found += _between(days[0], days[-1]) if len(days) == 2 else days
        if ends is hyphened and (count := len(list(_between(days[0], days[1])))) > 2:
            guess = f"{part} is read as {days[0]} to {days[1]}, {count} days"
    return found, guess


def _one(word: str, number: int) -> Weekday:
    day = _DAYS.get(word.strip(" .():"))
    if day is None:
        close = slip_of(word, _DAYS)
        meant = f'did you mean "{close}"? Else ' if close else ""
        raise ValueError(f"word {number} names no day of the week; {meant}{_ADVICE}")
    return day


def _between(first: Weekday, last: Weekday) -> Iterator[Weekday]:
    index = WEEKDAYS.index(first)
    while WEEKDAYS[index] != last:
        yield WEEKDAYS[index]
        index = (index + 1) % 7
    yield last
