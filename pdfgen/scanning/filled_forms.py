"""Boxes that were filled in on a screen: the fields of a form, as answers by week."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.scanning.answers import Answer, chosen, is_possible, single
from pdfgen.scanning.table import ReadSheet
from pdfgen.typesetting.tracker_geometry import EFFORTS

#: Names of the fields of a program for a screen: week, exercise and weekday, or week and weekday.
_DAYS = "|".join(WEEKDAYS)
_DONE = re.compile(rf"w(\d{{1,2}})-(\d{{1,2}})-({_DAYS})")
_PAIN = re.compile(rf"pain-w(\d{{1,2}})-({_DAYS})")
_EFFORT = re.compile(rf"effort-w(\d{{1,2}})-({'|'.join(EFFORTS)})")


def is_program(ticks: Mapping[str, str]) -> bool:
    """Return whether a form has boxes of a program."""
    return any(map(_DONE.fullmatch, ticks))


def sheets_of_form(
    document: str, ticks: Mapping[str, str], choices: Mapping[str, str], file: str
) -> list[ReadSheet]:
    """Return the weeks of a form in which something is filled in; nobody can tell whether others are over.

    Args:
        document: its id.
        ticks: the state of each check box by its name.
        choices: what is chosen in each list by its name.
        file: its name.
    """
    weeks: dict[int, list[Answer]] = {}
    for week, answer in (*_done(ticks), *_pain(choices), *_effort(ticks)):
        weeks.setdefault(week, []).append(answer)
    return [
        ReadSheet(document, week, 1, tuple(answers), file, 1)
        for week, answers in sorted(weeks.items())
        if any(answer.value not in ("", "0") or answer.is_open or _is_pain(answer) for answer in answers)
    ]


def _is_pain(answer: Answer) -> bool:
    """Return whether a number for pain was chosen, which may be 0."""
    return answer.kind == "pain" and bool(answer.value)


def _done(ticks: Mapping[str, str]) -> list[tuple[int, Answer]]:
    found = []
    for name, state in ticks.items():
        if match := _DONE.fullmatch(name):
            week, exercise, weekday = int(match[1]), int(match[2]), match[3]
            value, said, _ = single(state)
            reason = "value and appearance differ" if said == "unsure" else ""
            box = f"ex{exercise}.{weekday}"
            found.append((week, Answer(box, "exercise", 0, weekday, exercise, value, said, reason)))
    days: list[str] = list(WEEKDAYS)
    return sorted(found, key=lambda one: (one[0], one[1].exercise, days.index(one[1].weekday)))


def _pain(choices: Mapping[str, str]) -> Iterator[tuple[int, Answer]]:
    for name, value in choices.items():
        if match := _PAIN.fullmatch(name):
            box = f"pain.{match[2]}"
            if is_possible(box, value):
                yield int(match[1]), Answer(box, "pain", 0, match[2], 0, value, "ok" if value else "none")
            else:
                yield (
                    int(match[1]),
                    Answer(box, "pain", 0, match[2], 0, "", "unsure", "no number from 0 to 10"),
                )


def _effort(ticks: Mapping[str, str]) -> Iterator[tuple[int, Answer]]:
    weeks: dict[int, list[tuple[str, str]]] = {}
    for name, state in ticks.items():
        if match := _EFFORT.fullmatch(name):
            weeks.setdefault(int(match[1]), []).append((match[2], state))
    for week, row in weeks.items():
        yield week, Answer("effort", "effort", 0, "", 0, *chosen(row))
