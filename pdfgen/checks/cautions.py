"""Cautions that the therapist has still to weigh, as warnings that say what can be done about each."""

from __future__ import annotations

from collections.abc import Iterator

from pdfgen.errors import Problem
from pdfgen.planning.plan import Plan
from pdfgen.planning.planned_exercise import PlannedCaution

_WEIGHED = "when you have weighed it, write it under confirmed"


def open_cautions(plan: Plan, file: str) -> Iterator[Problem]:
    """Yield a warning for each caution that is neither confirmed nor followed in every week.

    Args:
        file: of the prescription.
    """
    for caution in plan.cautions:
        if not caution.confirmed and not caution.followed:
            field = f"{caution.exercise}/{caution.situation}"
            yield Problem(_words(caution), field=field, file=file)


def _words(caution: PlannedCaution) -> str:
    if caution.use == "choose-another":
        return f"better choose another exercise: {caution.text} Or, {_WEIGHED}"
    if caution.use == "smaller":
        return f"better do it smaller: {caution.text} Or, {_WEIGHED}"
    line = f"doses: {{{caution.exercise}: {{level: {caution.use}}}}}"
    return f"better take another form: {caution.text} Prescribe it with {line}; or, {_WEIGHED}"
