"""The contact solver: changes single numbers of a pose until the body touches what it should touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pdfgen.content.models.pydantic_setup import BaseModel
from pdfgen.illustration.figure import Figure
from pdfgen.illustration.placement import Placement
from pdfgen.illustration.pose import LIMBS, Adjust, Leg, Limb, Pose
from pdfgen.illustration.skeleton import place

#: Height that counts as reached, in metres; a contact is wrong beyond TOLERANCE.
_NEAR = 0.0003
TOLERANCE = 0.002

#: A limb may be shorter than the way to its target by this much (m): it is drawn straight and nobody sees it.
_SHORT = 0.004

#: A straight limb is this much shorter than its bones (m): an elbow or a knee is not locked.
_NEARLY_STRAIGHT = 0.004

#: Rounds through all adjustments of a pose: each disturbs the ones before a little.
_ROUNDS = 16


@dataclass(frozen=True)
class Failure:
    """Something that a pose asks for and the body cannot do: the field and what is wrong."""

    path: tuple[str | int, ...]
    message: str


@dataclass(frozen=True, eq=False)
class Solved:
    """A pose with its adjusted numbers, where it puts the bones, and what it could not reach."""

    pose: Pose
    placement: Placement
    failures: tuple[Failure, ...]


def solve(figure: Figure, pose: Pose) -> Solved:
    """Return the pose with all its adjustments made."""
    for _ in range(_ROUNDS):
        moved = False
        for adjust in pose.adjust:
            if abs(_error(figure, pose, adjust)) > _NEAR:
                pose, moved = _adjusted(figure, pose, adjust), True
        if not moved:
            break
    placement = place(figure, pose)
    return Solved(
        pose,
        placement,
        (*_too_short(placement, pose), *_floating(placement, pose), *_not_reached(figure, pose)),
    )


def _too_short(placement: Placement, pose: Pose) -> list[Failure]:
    return [
        Failure((limb, "ankle_at" if limb in LIMBS[:2] else "wrist_at"), _short_message(limb, missing))
        for limb, missing in placement.beyond.items()
        if missing > _SHORT and not getattr(pose, limb).stretched
    ]


def _floating(placement: Placement, pose: Pose) -> list[Failure]:
    """Return the hands and feet that should lie on their ground and do not."""
    failures = []
    for limb in LIMBS:
        given = getattr(pose, limb)
        leg = isinstance(given, Leg)
        target = given.ankle_at if leg else given.wrist_at
        short = placement.beyond[limb] > _SHORT and not given.stretched
        if target is None or not given.touches or short:
            continue
        part = limb.replace("_leg", "-foot").replace("_arm", "-hand")
        above = placement.lowest(part) - given.ground
        if abs(above) > TOLERANCE:
            way = "above" if above > 0 else "in"
            where = f"the {part.replace('-', ' ')} stays {100 * abs(above):.1f} cm {way}"
            advice = "bring the place nearer, or write touches: false"
            failures.append(
                Failure((limb, "ankle_at" if leg else "wrist_at"), f"{where} its ground; {advice}")
            )
    return failures


def _short_message(limb: Limb, missing: float) -> str:
    return f"is {100 * missing:.1f} cm too far for the {limb.replace('_', ' ')}; bring it nearer"


def _not_reached(figure: Figure, pose: Pose) -> list[Failure]:
    failures = []
    for number, adjust in enumerate(pose.adjust):
        error = _error(figure, pose, adjust)
        if abs(error) > TOLERANCE:
            what = f"the {adjust.lowest or adjust.joint or adjust.straight}".replace("-", " ").replace(
                "_", " "
            )
            side = (
                ("far" if adjust.straight else "high")
                if error > 0
                else ("bent" if adjust.straight else "low")
            )
            advice = "widen `within`, or change the pose"
            failures.append(
                Failure(("adjust", number), f"{what} stays {100 * abs(error):.1f} cm too {side}; {advice}")
            )
    return failures


def _error(figure: Figure, pose: Pose, adjust: Adjust) -> float:
    placement = place(figure, pose)
    if adjust.straight is not None:
        return placement.beyond[adjust.straight] + _NEARLY_STRAIGHT
    if adjust.joint is not None:
        return float(placement.joint(adjust.joint)[1]) - adjust.height
    return placement.lowest(adjust.lowest or "body") - adjust.height


def value_at(model: BaseModel, path: str) -> Any:
    """Return the value at a path such as `left_leg.hip`."""
    found: Any = model
    for name in path.split("."):
        found = getattr(found, name)
    return found


def with_value(model: Any, path: str, value: float) -> Any:
    """Return a copy of a model with another number at a path such as `left_leg.hip`."""
    name, _, rest = path.partition(".")
    inner = with_value(getattr(model, name), rest, value) if rest else value
    return model.model_copy(update={name: inner})


def _adjusted(figure: Figure, pose: Pose, adjust: Adjust) -> Pose:
    start = float(value_at(pose, adjust.change[0]))

    def changed(number: float) -> Pose:
        result: Pose = pose
        for path in adjust.change:
            result = with_value(result, path, round(number, 4))
        return result

    found = _root(lambda number: _error(figure, changed(number), adjust), start, adjust.within)
    return changed(found)


def _root(function: Callable[[float], float], start: float, within: float) -> float:
    """Return where `function` is zero near `start`, or where it is nearest to zero."""
    step = within / 12
    first, second = start, start + step
    at_first, at_second = function(first), function(second)
    for _ in range(8):
        if at_second == at_first:
            break
        following = second - at_second * (second - first) / (at_second - at_first)
        if abs(following - start) > within:
            break
        first, at_first, second, at_second = second, at_second, following, function(following)
        if abs(at_second) < _NEAR:
            return second
    return _scanned_root(function, start, within)


def _scanned_root(function: Callable[[float], float], start: float, within: float) -> float:
    numbers = np.linspace(start - within, start + within, 17)
    values = [function(float(number)) for number in numbers]
    brackets = [k for k in range(16) if values[k] * values[k + 1] <= 0]
    if not brackets:
        return float(numbers[int(np.argmin(np.abs(values)))])
    best = min(brackets, key=lambda k: abs(float(numbers[k] + numbers[k + 1]) / 2 - start))
    low, high = float(numbers[best]), float(numbers[best + 1])
    at_low = values[best]
    for _ in range(16):
        middle = (low + high) / 2
        value = function(middle)
        if abs(value) < _NEAR:
            return middle
        if value * at_low < 0:
            high = middle
        else:
            low, at_low = middle, value
    return (low + high) / 2
