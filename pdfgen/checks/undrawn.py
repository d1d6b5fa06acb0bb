"""A check of a plan against the library: forms that are prescribed and that no picture shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfgen.content.loading import Loaded
    from pdfgen.content.models.library import Library
    from pdfgen.errors import Problem
    from pdfgen.planning.plan import Plan


def undrawn_forms(plan: Plan, library: Loaded[Library]) -> Iterator[Problem]:
    """Yield a warning, at its place in the library, for each form that the patient does from words alone."""
    for exercise in plan.exercises:
        for form in exercise.forms:
            if not form.panels:
                path = ("exercises", exercise.id, "variants", form.level)
                message = (
                    "is prescribed and has no picture, so the page has words alone; prescribe another form"
                )
                yield library.problem(path, f"{message}, or name a drawing or a photo under panels")
