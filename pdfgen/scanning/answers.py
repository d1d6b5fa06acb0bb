"""What a sheet or a filled form says, answer by answer: an exercise or pain of a day, effort of a week.

A row of boxes of which one is to be marked is one answer. An answer is a value, or none with the reason; a
value is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.scanning.reading import BoxReading, SheetReading
from pdfgen.typesetting.tracker_geometry import EFFORTS, BoxKind

AnswerState = Literal["ok", "corrected", "none", "several", "unsure", "written"]
"""`corrected`: marked and ringed, so not marked. `written`: a number that a person has to read."""

OPEN_STATES = ("unsure", "written", "several")
"""What a person should look at."""


class Answer(NamedTuple):
    """One answer.

    Attributes:
        name: of its box, or what the names of its boxes begin with: `ex2.d3`, `pain.d3`, `effort`.
        kind: of the boxes.
        day: of the week of the program, from 1; 0 where it belongs to the week.
        weekday: `mon` to `sun`; empty where it belongs to the week.
        exercise: its number in the program; 0 where it belongs to none.
        value: 1 or 0, a number from 0 to 10, minutes, or a word for effort; empty where there is none.
        state: how sure that is.
        reason: what is not sure.
    """

    name: str
    kind: BoxKind
    day: int
    weekday: str
    exercise: int
    value: str
    state: AnswerState
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person should look at it."""
        return self.state in OPEN_STATES and not self.value


def answers_of(reading: SheetReading) -> tuple[Answer, ...]:
    """Return the answers of a sheet, in the order of reading."""
    rows: dict[str, list[BoxReading]] = {}
    for one in reading.boxes:
        name = one.box.name
        chosen = one.box.kind in ("pain", "effort")
        rows.setdefault(name.rpartition(".")[0] if chosen else name, []).append(one)
    return tuple(_answer(name, row, reading.code.sheet.first_day) for name, row in rows.items())


def _answer(name: str, row: Sequence[BoxReading], first_day: int) -> Answer:
    kind = row[0].box.kind
    day = int(name.partition(".d")[2] or 0)
    weekday = WEEKDAYS[(first_day + day - 1) % len(WEEKDAYS)] if day else ""
    exercise = int(name[2:].partition(".")[0]) if kind == "exercise" else 0
    value, state, reason = _said(kind, row)
    return Answer(name, kind, day, weekday, exercise, value, state, reason)


def _said(kind: BoxKind, row: Sequence[BoxReading]) -> tuple[str, AnswerState, str]:
    if kind in ("pain", "effort"):
        return chosen([(one.box.name.rpartition(".")[2], one.state) for one in row])
    only = row[0]
    if kind in ("walking", "pain-number") and only.state == "empty":
        return "", "none", ""
    return single(only.state, only.reason)


def single(state: str, reason: str = "") -> tuple[str, AnswerState, str]:
    """Return value, state and reason of a box that stands alone."""
    match state:
        case "ticked":
            return "1", "ok", ""
        case "empty":
            return "0", "ok", ""
        case "corrected":
            return "0", "corrected", ""
        case "written":
            return "", "written", ""
    return "", "unsure", reason


def chosen(row: Sequence[tuple[str, str]]) -> tuple[str, AnswerState, str]:
    """Return value, state and reason of a row of boxes: pairs of a value and the state of its box."""
    ticked = [value for value, state in row if state == "ticked"]
    unsure = [value for value, state in row if state == "unsure"]
    if unsure:
        return (
            "",
            "unsure",
            "perhaps " + " or ".join(value for value, state in row if state in ("ticked", "unsure")),
        )
    if len(ticked) > 1:
        return "", "several", " and ".join(ticked)
    corrected = any(state == "corrected" for _, state in row)
    if ticked:
        return ticked[0], "corrected" if corrected else "ok", ""
    return "", "none", ""


def decided(answers: Sequence[Answer], decisions: Mapping[str, str]) -> tuple[Answer, ...]:
    """Return answers with what a person decided, by their names; an empty decision is *nothing marked*."""

    def with_decision(answer: Answer) -> Answer:
        if answer.name not in decisions:
            return answer
        value = decisions[answer.name]
        return answer._replace(value=value, state="ok" if value else "none", reason="decided by a person")

    return tuple(map(with_decision, answers))


def is_possible(name: str, value: str) -> bool:
    """Return whether a value can be the answer of that name."""
    kind = name.partition(".")[0]
    test: Callable[[str], bool] = {
        "pain": lambda text: _is_number(text, 10),
        "painnumber": lambda text: _is_number(text, 10),
        "walk": lambda text: _is_number(text, 999),
        "effort": lambda text: text in EFFORTS,
    }.get(kind, lambda text: text in ("0", "1"))
    return value == "" or test(value)


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= most


def counted(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield in words what a sheet says: how much was done, pain, what is open."""
    done = [one for one in answers if one.kind == "exercise"]
    if done:
        yield f"{sum(one.value == '1' for one in done)} of {len(done)} done"
    pain = [one for one in answers if one.kind in ("pain", "pain-number")]
    if pain:
        yield f"pain on {sum(bool(one.value) for one in pain)} of {len(pain)} days"
    effort = next((one.value for one in answers if one.kind == "effort"), None)
    if effort is not None:
        yield f"effort {effort or 'not marked'}"
    unsure = sum(one.is_open for one in answers)
    if unsure:
        yield f"{unsure} to look at"
