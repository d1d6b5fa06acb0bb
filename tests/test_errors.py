"""Many problems: the first are told, the others counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pdfgen.errors import MOST_PROBLEMS, InputError, MoreProblems, Problem, limited


def program_of(count: int) -> list[Problem]:
    return [Problem(f"p{number}") for number in range(count)]


def test_few_problems_are_all_told() -> None:
    assert limited(program_of(100)) == tuple(program_of(100))
    assert InputError(program_of(3)).problems == tuple(program_of(3))
    assert limited([]) == ()


def test_one_more_is_counted() -> None:
    assert str(limited(program_of(101))[-1]) == "and 1 more problem; mend those above first"
    assert InputError(program_of(250)).problems[-1].message == "and 150 more problems; mend those above first"


@given(st.lists(st.integers(0, 150), max_size=6))
def test_shortening_in_steps_counts_each_problem_once(parts: list[int]) -> None:
    shortened = limited([problem for part in parts for problem in limited(program_of(part))])
    named = [problem for problem in shortened if not isinstance(problem, MoreProblems)]
    left = sum(problem.count for problem in shortened if isinstance(problem, MoreProblems))
    assert len(named) + left == sum(parts)
    assert len(named) <= MOST_PROBLEMS
