"""Messages on stderr, as many as the user asked for, and results on stdout."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import IO, Any

import click

from pdfgen.cli.options import GENERAL, Decorator, adding, option
from pdfgen.errors import Problem

_KEY = "pdfgen.report"


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command has: how much is said, and --no-config; before or after a command's name."""
    return adding(
        _switch("Say nothing but errors.", "--quiet", "-q"),
        _switch("Say also what is done and with which files.", "--verbose", "-v"),
        _switch("Leave out your config file; PDFGEN_CONFIG=FILE takes another one.", "--no-config"),
        _switch("Show where in pdfgen an unexpected error arose.", "--traceback"),
    )(command)


def _switch(text: str, *names: str) -> Decorator:
    return option(GENERAL, *names, is_flag=True, expose_value=False, callback=_remember, help=text)


def _remember(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[f"{_KEY}.{parameter.name}"] = True


def is_given(name: str) -> bool:
    """Whether one of these options was given: "quiet", "verbose", "no_config" or "traceback"."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(f"{_KEY}.{name}"))


def is_storable(text: str) -> bool:
    """Whether UTF-8 can hold `text`: bytes of an argument that are not characters cannot be stored."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def escaped(text: str) -> str:
    """Return `text` as one line that no terminal obeys: control and format characters become escapes."""
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"
        else character
        for character in text
    )


def line(text: str) -> None:
    """Print a line on stderr, even with --quiet. Where stderr is closed, only the exit code remains."""
    try:
        click.echo(text, err=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: IO[str]) -> None:
    """Connect a stream that cannot be written to with the null device, so that Python ends quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def result(text: str) -> None:
    """Print a line of a result on stdout."""
    click.echo(text if is_storable(text) else escaped(text))


def problems(found: Iterable[Problem]) -> None:
    """Print problems that stop the work."""
    for problem in found:
        line(escaped(str(problem)))


def warnings(found: Iterable[Problem]) -> None:
    """Print problems that do not stop the work, unless --quiet was given."""
    if not is_given("quiet"):
        for problem in found:
            line(escaped(f"warning: {problem}"))


def note(text: str) -> None:
    """Print a remark about a result, unless --quiet was given."""
    if not is_given("quiet"):
        line(escaped(text))


def detail(text: str) -> None:
    """Print a detail, with --verbose only."""
    if is_given("verbose"):
        line(escaped(text))


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
