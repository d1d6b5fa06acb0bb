"""How fast a dose may rise from one step to the next.

The rule is that of clinical.md 2.2: at most one of volume (sets × repetitions × sides × times a day), hold
and level rises; volume and hold by half at most; when the level rises, volume or hold comes down. Short holds
are the exception: up to 4 seconds they may rise by 2 seconds at once. Loads are words, and are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pdfgen.content.models.dose import Amount, Dose, Level

#: From the easiest to the hardest; sitting or standing asks least.
_RANK: Mapping[Level, int] = MappingProxyType({"chair": 0, "L1": 1, "L2": 2, "L3": 3})

_SHORT_HOLD_S = 4
_SHORT_RISE_S = 2


class Effort(NamedTuple):
    """What the rule looks at: level, repetitions in all on a day, and seconds of hold; of a range its end."""

    level: Level
    volume: int
    hold_s: int


def effort_of(dose: Dose) -> Effort:
    """Return the effort of a dose of the library."""
    volume = repetitions(dose.sets, dose.reps, per_side=dose.per_side, times_a_day=dose.times_a_day)
    return Effort(dose.level, volume, dose.hold.most)


def repetitions(sets: Amount, reps: Amount, *, per_side: bool, times_a_day: int) -> int:
    """Return how many repetitions a day has in all, at the upper ends of ranges."""
    return sets.most * reps.most * (2 if per_side else 1) * times_a_day


def rises(before: Effort, after: Effort) -> list[str]:
    """Return what rises from one dose to the next: repetitions, hold, level."""
    pairs = (
        ("repetitions", before.volume, after.volume),
        ("hold", before.hold_s, after.hold_s),
        ("level", _RANK[before.level], _RANK[after.level]),
    )
    return [what for what, old, new in pairs if new > old]


def steep_rises(efforts: Sequence[Effort | None]) -> Iterator[tuple[int, str]]:
    """Yield the index of each dose that rises too fast after the one before it, and what is wrong with it.

    Steps at which the exercise is not done are passed over.
    """
    before: Effort | None = None
    for index, effort in enumerate(efforts):
        if effort is not None and before is not None:
            for message in _too_fast(before, effort):
                yield index, message
        before = effort or before


def _too_fast(before: Effort, after: Effort) -> Iterator[str]:
    old, new = before.volume, after.volume
    rising = rises(before, after)
    if len(rising) > 1:
        yield f"{' and '.join(rising)} rise in one step; let one rise at a time"
    if 2 * new > 3 * old:
        yield f"repetitions in all rise from {old} to {new}; at most by half, to {old * 3 // 2}"
    if 2 * after.hold_s > 3 * before.hold_s and not _is_short_rise(before.hold_s, after.hold_s):
        most = max(before.hold_s * 3 // 2, min(before.hold_s + _SHORT_RISE_S, _SHORT_HOLD_S))
        yield f"hold rises from {before.hold_s} s to {after.hold_s} s; at most by half, to {most} s"
    if "level" in rising and new >= old and after.hold_s >= before.hold_s:
        yield "the level rises, and neither repetitions nor hold come down; lower one of them"


def _is_short_rise(before: int, after: int) -> bool:
    return after <= _SHORT_HOLD_S and after - before <= _SHORT_RISE_S
