"""What is said on stderr, and how much of it. Results go to stdout and are not said here."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import IO, Any, TypeVar

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


def is_quiet() -> bool:
    """Whether --quiet was given."""
    return _is_set("quiet")


def is_verbose() -> bool:
    """Whether --verbose was given."""
    return _is_set("verbose")


def is_storable(text: str) -> bool:
    """Whether UTF-8 can hold `text`: not so for the bytes of an argument that were no characters."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def printable(text: str) -> str:
    """Return `text` as one line that no terminal obeys: control and format characters become escapes."""
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"
        else character
        for character in text
    )


def line(text: str) -> None:
    """Print a line on stderr, whatever was asked. Where stderr takes nothing, the exit code must do."""
    try:
        click.echo(text, err=True)
    except OSError:
        give_up(sys.stderr)


def give_up(stream: IO[str]) -> None:
    """Let a stream that cannot be written to take everything, so that Python need not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def result(text: str) -> None:
    """Print a line of a result on stdout."""
    click.echo(text if is_storable(text) else printable(text))


def problems(found: Iterable[Problem]) -> None:
    """Print problems that stop the work."""
    for problem in found:
        line(printable(str(problem)))


def warnings(found: Iterable[Problem]) -> None:
    """Print problems that do not stop the work, unless --quiet was given."""
    if not _is_set("quiet"):
        for problem in found:
            line(printable(f"warning: {problem}"))


def note(text: str) -> None:
    """Print what should be known about a result, unless --quiet was given."""
    if not _is_set("quiet"):
        line(printable(text))


def detail(text: str) -> None:
    """Print what is only of interest with --verbose."""
    if _is_set("verbose"):
        line(printable(text))


def as_data(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for JSON."""
    return [asdict(problem) for problem in found]


def print_json(value: Any) -> None:
    """Print a result on stdout as JSON, with escapes for what standard output cannot hold."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2)
    click.echo(text)
