"""The clinic's logo; its problems are reported at the line of the clinic's file that names it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pdfgen.content.files.source import printable
from pdfgen.content.loading import Loaded, logo_path
from pdfgen.content.pictures.drawing import Raster, VectorPicture
from pdfgen.content.pictures.picture_file import read_picture
from pdfgen.errors import InputError, Problem

if TYPE_CHECKING:
    from pdfgen.content.models.clinic import Clinic


def load_logo(clinic: Loaded[Clinic], allowed: Sequence[Path] = ()) -> VectorPicture | Raster | None:
    """Return the clinic's logo, if it has one: a file in the folder of the clinic's file, or in `allowed`.

    Raises:
        InputError: it cannot be used, at the line of the clinic's `logo`.
    """
    path = logo_path(clinic, allowed)
    if path is None:
        return None
    try:
        return read_picture(path)
    except InputError as error:
        problems = [clinic.problem(("logo",), _inside(clinic.value.logo, one)) for one in error.problems]
    raise InputError(problems)


def _inside(name: str, problem: Problem) -> str:
    """Return the message with the place in the picture; of paths only the name in the clinic's file."""
    line = f", line {problem.line}" if problem.line else ""
    field = f" ({problem.field})" if problem.field else ""
    return f'"{printable(name)}"{line}{field}: {problem.message}'
