"""How much of an exercise: doses of the library, and numbers that may be a range.

Lengths of time are in seconds where the name ends in `_s`.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, StringConstraints
from pydantic_core.core_schema import (
    CoreSchema,
    no_info_plain_validator_function,
    plain_serializer_function_ser_schema,
)

from pdfgen.content.models.field_types import LocalText, Model, Text

Level = Literal["L1", "L2", "L3", "chair"]
"""L1 easier, L2 standard, L3 harder, `chair` sitting or standing instead of on the floor."""

MOST_LOAD = 40
"""Characters of a load, which stands in narrow columns."""

#: A time of so many minutes and more is not counted in seconds.
_FEWEST_MINUTES = 2

_RANGE = re.compile(r"(\d{1,4}) *[-–] *(\d{1,4})")


class Amount(NamedTuple):
    """A number, or any number from `least` to `most`."""

    least: int
    most: int

    @classmethod
    def of(cls, number: int) -> "Amount":
        """Return one number."""
        return cls(number, number)

    def times(self, factor: int) -> "Amount":
        """Return the amount so many times."""
        return Amount(self.least * factor, self.most * factor)

    @property
    def in_minutes(self) -> "Amount | None":
        """Seconds in minutes, where they are said in minutes: two or more, without seconds."""
        if self.most < _FEWEST_MINUTES * 60 or self.least % 60 or self.most % 60:
            return None
        return Amount(self.least // 60, self.most // 60)

    @property
    def as_written(self) -> int | str:
        """The amount as it stands in a file: `8`, `8-10`."""
        return self.most if self.least == self.most else f"{self.least}-{self.most}"

    def __str__(self) -> str:
        """The amount for a reader: `8`, `8–10`."""
        return str(self.most) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True, slots=True)
class Within:
    """Bounds of an amount, as a mark of its type; a file has `8` or `8-10`."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        written = plain_serializer_function_ser_schema(lambda amount: amount.as_written)
        return no_info_plain_validator_function(self._read, serialization=written)

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, Any]:
        whole = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [whole, {"type": "string", "description": "8-10"}]}

    def _read(self, value: object) -> Amount:
        amount = _amount(value)
        if amount.least < self.least:
            raise ValueError(f"must be at least {self.least}")
        if amount.most > self.most:
            raise ValueError(f"must be at most {self.most}")
        return amount


def _amount(value: object) -> Amount:
    if isinstance(value, Amount):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Amount.of(value)
    found = _RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError("must be a whole number, or a range such as 8-10")
    least, most = map(int, found.groups())
    if least > most:
        raise ValueError("the range runs backwards; write the lower number first")
    return Amount(least, most)


def step_number(step: "StartStep") -> int:
    """Return the number of a dose step: 4 of `T4`."""
    return int(step[1:])


Sets = Annotated[Amount, Within(1, 10)]
Reps = Annotated[Amount, Within(1, 50)]
Hold = Annotated[Amount, Within(0, 600)]
Minutes = Annotated[Amount, Within(1, 180)]
TimesADay = Annotated[int, Field(ge=1, le=10)]
Load = Annotated[Text, StringConstraints(min_length=1, max_length=MOST_LOAD)]
StartStep = Annotated[str, StringConstraints(pattern="^T([1-9]|1[0-2])$")]
"""A dose step, written as `T4`."""


class Dose(Model):
    """How much of an exercise each time. Numbers may be ranges, such as `8-10`."""

    level: Level = "L2"
    sets: Sets
    reps: Reps = Field(Amount.of(1), description="repetitions a set, and a side when per_side")
    hold_s: Hold = Field(Amount.of(0), description="seconds that each repetition is held")
    minutes: Minutes | None = Field(None, description="instead of hold_s: minutes that each repetition lasts")
    per_side: bool = Field(False, description="the repetitions count for each side")
    one_side: bool = Field(False, description="one side only: that of the prescription")
    load: LocalText | None = Field(None, description=f"weight or band, at most {MOST_LOAD} characters")
    times_a_day: TimesADay = 1

    @property
    def hold(self) -> Amount:
        """Seconds that each repetition is held or lasts."""
        return self.minutes.times(60) if self.minutes else self.hold_s
