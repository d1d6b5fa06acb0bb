"""Writing results: the file, its name on standard output, and the truth about it after an interruption."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import click

from pdfgen.cli import report
from pdfgen.delivery.writing import STDOUT, check_target, clear_stale_parts, replacing, write_atomically

_KEY = "pdfgen.output"

_State: TypeAlias = tuple[int, int, int] | None


def write(target: Path, data: bytes, *, named: bool = True) -> None:
    """Write a result and, if `named`, print its name; `-` writes it to standard output.

    Raises:
        WriteError: see `write_atomically`.
    """
    _begun().append((target, _state(target)))
    if target != STDOUT:
        clear_stale_parts(check_target(target).parent)
    write_atomically(target, data)
    if named and target != STDOUT:
        report.result(click.format_filename(target))


def write_pieces(target: Path, pieces: Iterable[bytes], *, named: bool = True) -> None:
    """Write a file whose pieces are made while it is written, so that it is never in memory as a whole.

    Raises:
        WriteError: see `replacing`.
    """
    _begun().append((target, _state(target)))
    checked = check_target(target)
    clear_stale_parts(checked.parent)
    with replacing(target, checked) as file:
        file.writelines(pieces)
    if named:
        report.result(click.format_filename(target))


def outcome() -> str:
    """Return what became of the results so far, for a run that ends early; empty if nothing was written."""
    begun = _begun()
    if any(target == STDOUT for target, _ in begun):
        return "what went to standard output may not be whole"
    written = [click.format_filename(target) for target, before in begun if _state(target) != before]
    return f"{', '.join(written)} was written all the same" if written else ""


def _begun() -> list[tuple[Path, _State]]:
    """Return the results that were begun, each with what stood there before."""
    context = click.get_current_context(silent=True)
    found: list[tuple[Path, _State]] = context.meta.setdefault(_KEY, []) if context else []
    return found


def _state(path: Path) -> _State:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns
