"""`pdfgen plan`: the weeks of a program, to look at or to compute with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import click

from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.cli.options import OUTPUT, Command, option
from pdfgen.content.models.dose import Amount
from pdfgen.content.models.field_types import Model
from pdfgen.planning.dates import date_of
from pdfgen.planning.plan import Plan, Week
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.production.job import Job
from pdfgen.production.program import plan as make_plan
from pdfgen.production.program import read
from pdfgen.production.program_warnings import warnings_of
from pdfgen.production.shared import Shared

_EPILOG = """\b
Examples:
  pdfgen plan anna.patient.yaml
  pdfgen plan anna.patient.yaml --weeks 8
  pdfgen plan anna.patient.yaml --json | jq '.weeks[].minutes'"""


@click.command("plan", cls=Command, epilog=_EPILOG)
@jobs.options()
@option(OUTPUT, "--json", "as_json", is_flag=True, help="Print the whole plan as JSON.")
@report.options
def command(job: Job, as_json: bool) -> None:
    """Show the weeks of a program: days, minutes and the dose of each exercise."""
    shared = Shared()
    program = read(job, shared)
    planned = make_plan(program, shared)
    report.warnings(warnings_of(program, planned))
    if as_json:
        report.print_json(_dated(as_data(planned), planned))
    else:
        for text in as_table(planned):
            report.result(text)


def as_data(value: Any) -> Any:
    """Return a value of named tuples as lists, mappings and plain values for JSON."""
    if isinstance(value, Amount):
        return value.as_written
    if hasattr(value, "_fields"):
        return {name: as_data(getattr(value, name)) for name in value._fields}
    if isinstance(value, Model):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(key): as_data(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _dated(data: Any, plan: Plan) -> Any:
    """Return the data of a plan with the date of each day and session, or null without a start date."""
    for week in data["weeks"]:
        number, days = week["number"], week["days"]
        dates = {
            day: date_of(plan.start, number, index).isoformat() if plan.start else None
            for index, day in enumerate(days)
        }
        week["days"] = [{"day": day, "date": dates[day]} for day in days]
        week["sessions"] = [{"day": one["day"], "date": dates[one["day"]], **one} for one in week["sessions"]]
    return data


def as_table(plan: Plan) -> Iterator[str]:
    """Yield the lines of a plan: a head, a line a week, then a line an exercise and dose."""
    yield f"{plan.title} ({len(plan.weeks)} weeks, document {plan.passport.document_id})"
    yield ""
    for week in plan.weeks:
        yield _week_line(plan, week)
    for exercise in plan.exercises:
        yield ""
        yield f"{exercise.number} {exercise.name} ({exercise.id})"
        yield from _dose_lines(exercise)


def _week_line(plan: Plan, week: Week) -> str:
    days = ", ".join(
        f"{session.day} {'+'.join(str(item.number) for item in session.items)}" for session in week.sessions
    )
    start = f"  {date_of(plan.start, week.number, 0).isoformat()}" if plan.start else ""
    minutes = str(week.minutes + plan.warm_up_minutes) if week.minutes else "?"
    settling = "  settle" if week.settling else ""
    return f"week {week.number:>2}{start}  T{week.step}  {minutes:>2} min  {days}{settling}"


def _dose_lines(exercise: PlannedExercise) -> Iterator[str]:
    first = 0
    doses = exercise.doses
    for index in range(1, len(doses) + 1):
        if index == len(doses) or doses[index] != doses[first]:
            span = f"week {first + 1}" if index == first + 1 else f"weeks {first + 1}-{index}"
            yield f"  {span:<12} {doses[first] or 'not yet'}"
            first = index
