"""What is said on stderr, and how much of it. Results go to stdout and are not said here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, TypeVar

import click

from pdfgen.errors import Problem

_KEY = "pdfgen.report"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def options(command: _Command) -> _Command:
    """Add --quiet, --verbose and --traceback, before or after a command's name."""
    for name, short, text in reversed(
        (
            ("quiet", "-q", "Say nothing but errors."),
            ("verbose", "-v", "Say also what is done and with which files."),
            ("traceback", "", "Show where in pdfgen an unexpected error arose."),
        )
    ):
        names = [f"--{name}"] + ([short] if short else [])
        command = click.option(*names, is_flag=True, expose_value=False, callback=_remember, help=text)(
            command
        )
    return command


def _remember(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[f"{_KEY}.{parameter.name}"] = True


def _is_set(name: str) -> bool:
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(f"{_KEY}.{name}"))


def shows_traceback() -> bool:
    """Whether --traceback was given."""
    return _is_set("traceback")


def line(text: str) -> None:
    """Print a line on stderr, whatever was asked."""
    click.echo(text, err=True)


def problems(found: Iterable[Problem]) -> None:
    """Print problems that stop the work."""
    for problem in found:
        line(str(problem))


def warnings(found: Iterable[Problem]) -> None:
    """Print problems that do not stop the work, unless --quiet was given."""
    if not _is_set("quiet"):
        for problem in found:
            line(f"warning: {problem}")


def detail(text: str) -> None:
    """Print what is only of interest with --verbose."""
    if _is_set("verbose"):
        line(text)


def as_data(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for JSON."""
    return [asdict(problem) for problem in found]


def print_json(value: Any) -> None:
    """Print a result on stdout as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
