"""The options that say what a program is made from, and what is kept of it for later runs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pdfgen.cli import report

if TYPE_CHECKING:
    from pdfgen.production.inputs import Job
    from pdfgen.production.ready import Ready


class Setting(click.ParamType[tuple[str, str]]):
    """`key=value`, as a pair."""

    name = "key=value"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Split at the first equals sign."""
        if isinstance(value, tuple):
            return value
        key, sign, rest = str(value).partition("=")
        if not sign or not key.strip():
            self.fail(f"{value!r} is not key=value, for example paper=letter", param, ctx)
        if not report.is_storable(key):
            self.fail(f"{value!r} has a key that no file can hold; check the characters", param, ctx)
        return key.strip(), rest.strip()


FILE = click.Path(path_type=Path, readable=False)
"""A path; whether it can be read is found out by reading, with our own message."""

_OPTIONS = (
    click.option("--layout", metavar="NAME|FILE", help="Layout; see `pdfgen list layouts`."),
    click.option("--language", metavar="CODE", help="Language of the document; see `pdfgen list languages`."),
    click.option("--twin", metavar="CODE", help="Second language, in layouts that make a twin copy."),
    click.option("--paper", metavar="NAME", help="Paper: a3, a4, a5 or letter, as the layout allows."),
    click.option("--grey", is_flag=True, help="Print in black, white and grey."),
    click.option("--large", is_flag=True, help="Print in large print: running text of 18 points."),
    click.option("--clinic", type=FILE, metavar="FILE", help="The clinic's file."),
    click.option(
        "--library", "libraries", type=FILE, metavar="FILE", multiple=True,
        help="A library of your own, laid over the shipped one. May be repeated.",
    ),
    click.option("--weeks", type=int, metavar="N", help="Number of weeks, 2 to 12."),
    click.option(
        "--tracker-weeks", metavar="WEEKS", help="Weeks that get a tracker sheet, such as 5-8; else all."
    ),
    click.option(
        "--set", "settings", type=Setting(), multiple=True,
        help="Change a key of the prescription: goal=…, patient.label=…. May be repeated.",
    ),
)  # fmt: skip


def options(
    *, prescription: str = "", file: str = "PATIENT.yaml", name_in_metadata: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the options, and give the command a `job` in their place.

    Args:
        prescription: the option that names the patient's file; without one it is an argument. Where the
            option is not given, `job` is None.
        file: how the help calls this file.
        name_in_metadata: whether the command also has --name-in-metadata.
    """
    named = (
        click.option(prescription, "prescription", type=FILE, metavar=file, help="The patient's file.")
        if prescription
        else click.argument("prescription", metavar=file, type=FILE)
    )
    metadata = click.option(
        "--name-in-metadata",
        is_flag=True,
        help="Write the patient's name into the file's properties. Left out unless asked for.",
    )

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_job(*arguments: Any, **values: Any) -> Any:
            return command(*arguments, job=_take_job(values), **values)

        decorated: Callable[..., Any] = with_job
        for option in reversed((named, *_OPTIONS, *((metadata,) if name_in_metadata else ()))):
            decorated = option(decorated)
        return decorated

    return decorate


def _take_job(values: dict[str, Any]) -> Job | None:
    from pdfgen.production.inputs import Job

    file, weeks, settings = (values.pop(name) for name in ("prescription", "weeks", "settings"))
    grey, large, tracker_weeks = (values.pop(name) for name in ("grey", "large", "tracker_weeks"))
    choices = {
        name: values.pop(name) for name in ("layout", "language", "twin", "paper", "clinic", "libraries")
    }
    name_in_metadata = values.pop("name_in_metadata", False)
    if file is None:
        return None
    overrides = settings + (() if weeks is None else (("weeks", str(weeks), "--weeks"),))
    overrides += () if tracker_weeks is None else (("tracker_weeks", tracker_weeks, "--tracker-weeks"),)
    overrides += (("ink", "grey", "--grey"),) if grey else ()
    overrides += (("large", "true", "--large"),) if large else ()
    return Job(file, **choices, overrides=overrides, name_in_metadata=name_in_metadata)


def keep(ready: Ready | None) -> None:
    """Keep for later runs what a run that went well has read; why not is told with `--verbose`."""
    if ready:
        ready.save()
        for line in ready.told:
            report.detail(f"cache: {line}")
