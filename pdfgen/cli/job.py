"""The options that say what a program is made from."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click
from click.shell_completion import CompletionItem

from pdfgen.cli import completion, report
from pdfgen.cli.config import UserConfig, user_config
from pdfgen.cli.options import FILE, PAPER, PATIENT, PRIVACY, Decorator, adding, option
from pdfgen.content.files.file_bytes import STDIN
from pdfgen.content.files.source import STDIN_NAME
from pdfgen.errors import InputError

if TYPE_CHECKING:
    from pdfgen.content.files.source import Source
    from pdfgen.production.job import Job

JobMaker: TypeAlias = "Callable[[Path | Source, UserConfig], Job]"
"""Makes the job of a file, with what the user's own file says."""


class KeyValue(click.ParamType[tuple[str, str]]):
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

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the keys, and the values of those whose values are known."""
        return completion.settings(ctx, param, incomplete)


LIBRARIES = option(
    PATIENT, "--library", "libraries", type=FILE, metavar="FILE", multiple=True,
    help="A library of your own, laid over the shipped one. May be repeated.",
)  # fmt: skip
"""Shared by all commands that read a library."""

_OPTIONS = (
    option(PATIENT, "--clinic", type=FILE, metavar="FILE", help="The clinic's file."),
    LIBRARIES,
    option(
        PATIENT, "--language", metavar="CODE", shell_complete=completion.languages,
        help="Language of the document; see `pdfgen list languages`.",
    ),
    option(
        PATIENT, "--twin", metavar="CODE", shell_complete=completion.languages,
        help="Second language, in layouts that make a twin copy.",
    ),
    option(PATIENT, "--weeks", type=int, metavar="N", help="Number of weeks, 2 to 12."),
    option(
        PATIENT, "--set", "settings", type=KeyValue(), multiple=True,
        help="Change a key of the prescription: goal=…, patient.label=…. May be repeated.",
    ),
    option(
        PAPER, "--layout", metavar="NAME|FILE", shell_complete=completion.layouts,
        help="Layout; see `pdfgen list layouts`.",
    ),
    option(
        PAPER, "--paper", metavar="NAME", shell_complete=completion.papers,
        help="Paper: a3, a4, a5, letter or tabloid, as the layout allows.",
    ),
    option(PAPER, "--grey", is_flag=True, help="Print in black, white and grey."),
    option(PAPER, "--large", is_flag=True, help="Print in large print: running text of 18 points."),
    option(
        PAPER, "--tracker-weeks", metavar="WEEKS",
        help="Weeks that get a tracker sheet, such as 5-8; else all.",
    ),
)  # fmt: skip

_NAME_IN_METADATA = option(
    PRIVACY, "--name-in-metadata", is_flag=True,
    help="Write the patient's name into the file's properties. Left out unless asked for.",
)  # fmt: skip

#: Options that stand for a key of the prescription: their parameter, the key, and the value of a switch.
_FOR_KEYS = (
    ("weeks", "weeks", ""),
    ("tracker_weeks", "tracker_weeks", ""),
    ("grey", "ink", "grey"),
    ("large", "large", "true"),
)


def options(*, prescription: str = "", name_in_metadata: bool = False) -> Decorator:
    """Add the options of a command for one patient, and give the command a `job` in their place.

    Args:
        prescription: the option that names the patient's file; without one it is an argument. Where the
            option is not given, `job` is None.
        name_in_metadata: whether the command also has --name-in-metadata.
    """
    name = "PATIENT.yaml"
    named = (
        option(PATIENT, prescription, "prescription", type=FILE, metavar=name, help="The patient's file.")
        if prescription
        else click.argument("prescription", metavar=name, type=FILE)
    )
    return _adding((named, *_OPTIONS, *((_NAME_IN_METADATA,) if name_in_metadata else ())), patients_job)


def options_of_roster(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command for a roster, and give the command a `job` in their place.

    The job names the roster where that of one patient names the prescription.
    """
    roster = click.argument("prescription", metavar="ROSTER", type=FILE)
    return _adding((roster, *_OPTIONS), lambda job, config: job)(command)


def options_of_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command for files of any kind, and give the command `choices` in their place.

    `choices` makes the job of a file, with what the user's file says.
    """

    @functools.wraps(command)
    def with_choices(*arguments: Any, **values: Any) -> Any:
        return command(*arguments, choices=_take_choices(values), **values)

    return adding(*_OPTIONS)(with_choices)


def patients_job(job: Job, config: UserConfig) -> Job:
    """Return a job in the language of the user's file, where the prescription names none.

    Raises:
        InputError: standard input cannot be read. Problems of a file are reported later, with all others.
    """
    file = job.prescription_file
    if config.language is None or job.language is not None:
        return job
    if isinstance(file, Path):
        from pdfgen.content.files.strict_yaml import read_yaml

        try:
            file = read_yaml(file, "prescription")
        except InputError:
            if file == STDIN:
                raise
            return job
    return job._replace(prescription_file=config.with_language(file) or file)


def reads_stdin(job: Job) -> bool:
    """Whether the prescription of a job comes, or came, from standard input."""
    file = job.prescription_file
    return file == STDIN if isinstance(file, Path) else file.file == STDIN_NAME


def _adding(decorators: Sequence[Decorator], finish: Callable[[Job, UserConfig], Job]) -> Decorator:
    """Return the decorator that adds options to a command and gives it a job in their place."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_job(*arguments: Any, **values: Any) -> Any:
            return command(*arguments, job=_take_job(values, finish), **values)

        return adding(*decorators)(with_job)

    return decorate


def _take_job(values: dict[str, Any], finish: Callable[[Job, UserConfig], Job]) -> Job | None:
    """Take the values of the options out of `values`, and return the job that they ask for, if any."""
    file, choices = values.pop("prescription"), _take_choices(values)
    if file is None:
        return None
    config = user_config()
    config.report()
    return finish(choices(file, config), config)


def _take_choices(values: dict[str, Any]) -> JobMaker:
    """Take the values of the options out of `values`, and return what makes the job of a file with them."""
    settings = values.pop("settings")
    choices = {name: values.pop(name) for name in ("layout", "language", "twin", "paper", "clinic")}
    for option_name, key, switched in _FOR_KEYS:
        value = values.pop(option_name)
        # Zero weeks are a mistake to report, not a missing choice.
        if value is not None and value is not False:
            settings += ((key, switched or str(value), f"--{option_name.replace('_', '-')}"),)
    libraries, name_in_metadata = values.pop("libraries"), values.pop("name_in_metadata", False)

    def job_of(file: Path | Source, config: UserConfig) -> Job:
        from pdfgen.production.job import Job

        return Job(
            file,
            **choices,
            libraries=libraries,
            overrides=settings,
            name_in_metadata=name_in_metadata,
            default_clinic=config.clinic,
            default_paper=config.paper,
            default_libraries=config.libraries,
        )

    return job_of
