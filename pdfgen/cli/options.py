"""How options are declared: each belongs to a group of the help, and the groups stand in one order."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import click

Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

PATIENT = "Patient and content"
PAPER = "Paper and look"
ROSTER = "Reading the roster"
FIGURE = "Drawing"
SHEETS = "Sheets"
SERVER = "Page in the browser"
SCANS = "Scans"
CHECKS = "Checks"
OUTPUT = "Output"
BATCH = "Batch"
PRINT_FILE = "Print file"
PRIVACY = "Privacy"
GENERAL = "General"

GROUPS = (
    SERVER, PATIENT, PAPER, ROSTER, FIGURE, SHEETS, SCANS, OUTPUT, BATCH, PRINT_FILE, PRIVACY, CHECKS,
    GENERAL,
)  # fmt: skip
"""The groups in the order of the help: what a program is made of, what comes out, what is checked."""

FILE = click.Path(path_type=Path, readable=False)
"""A path; whether it can be read is found out by reading, with our own message."""


class Option(click.Option):
    """An option that says which group of the help it belongs to.

    Args:
        group: one of `GROUPS`.
        older: names that it had before; they still work, and the help leaves them out.
    """

    def __init__(self, *arguments: Any, group: str, older: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.group = group
        self._older = older
        self.opts.extend(older)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the names and the help, for the list of options."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        names, text = record
        for name in self._older:
            names = names.replace(f", {name}", "")
        return names, text


class Command(click.Command):
    """A command whose help shows its options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, a section for each group."""
        _write_groups(self, ctx, formatter)


class Group(click.Group):
    """A group of commands whose help shows its options in groups, and then its commands."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, a section for each group, and the commands."""
        _write_groups(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def option(group: str, *names: str, **attributes: Any) -> Decorator:
    """Return the decorator that adds an option to a command: `click.option` with a group of the help."""
    return click.option(*names, cls=Option, group=group, **attributes)


def adding(*decorators: Decorator) -> Decorator:
    """Return the decorator that adds several options, in this order."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


def gathered(name: str, make: Callable[..., Any], *decorators: Decorator) -> Decorator:
    """Return the decorator that adds options and gives the command one argument in their place.

    Args:
        name: of that argument.
        make: returns its value; each of its parameters takes the value of the option of that name. What no
            option has keeps its default.
        decorators: the options, in this order.
    """
    taken = tuple(inspect.signature(make).parameters)

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_one(*arguments: Any, **values: Any) -> Any:
            given = {key: values.pop(key) for key in taken if key in values}
            return command(*arguments, **{name: make(**given)}, **values)

        return adding(*decorators)(with_one)

    return decorate


def out_option(metavar: str, text: str, *older: str) -> Decorator:
    """Return the decorator for `-o/--out`, which every command that writes has.

    It names what is written: a file, or a folder where a command writes several files.

    Args:
        metavar: FILE, FILE|- or DIR.
        text: the help.
        older: names that it had before, which still work.
    """
    return option(OUTPUT, "-o", "--out", "out", older=older, type=FILE, metavar=metavar, help=text)


def group_of(parameter: click.Parameter) -> str:
    """Return the group of an option; click's own `--help` and `--version` are general."""
    return parameter.group if isinstance(parameter, Option) else GENERAL


def _write_groups(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
    for parameter in command.get_params(ctx):
        # Arguments are explained above.
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx)):
            rows[group_of(parameter)].append(record)
    for group, records in rows.items():
        if records:
            with formatter.section(group):
                formatter.write_dl(records)
