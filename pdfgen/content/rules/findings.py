"""What rules find: errors stop the work, warnings are told to the therapist, who decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pdfgen.errors import Problem


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings(self.errors + other.errors, self.warnings + other.warnings)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return `problems` in the order of the lines, each once."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line, problem.column))
    )
