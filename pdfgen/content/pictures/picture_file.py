"""A picture file of whichever kind (SVG, PNG, JPEG or WebP), and the clinic's logo, which is one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pdfgen.content.files.file_bytes import read_bytes
from pdfgen.content.loading import Loaded, logo_path
from pdfgen.content.pictures.drawing import MAX_FILE_SIZE, Raster, VectorPicture
from pdfgen.errors import InputError, Problem, printable

if TYPE_CHECKING:
    from pdfgen.content.models.clinic import Clinic


def load_logo(clinic: Loaded[Clinic]) -> VectorPicture | Raster | None:
    """Return the clinic's logo, a file in the folder of the clinic's file; None if the clinic names none.

    Raises:
        InputError: the logo cannot be used, at the line of the clinic's `logo`.
    """
    path = logo_path(clinic)
    if path is None:
        return None
    try:
        return read_picture(path)
    except InputError as error:
        name = printable(clinic.value.logo)
        raise InputError(clinic.problem(("logo",), in_picture(name, one)) for one in error.problems) from None


def in_picture(name: str, problem: Problem) -> str:
    """Return the message of a problem in a picture, with the picture's name and the place in it."""
    line = f", line {problem.line}" if problem.line else ""
    field = f" ({problem.field})" if problem.field else ""
    return f'"{name}"{line}{field}: {problem.message}'


def read_picture(path: Path) -> VectorPicture | Raster:
    """Return the picture in a file of whichever kind its content is; its name is `stem-digest`.

    Raises:
        InputError: the file is missing, unreadable, too large, or not a picture that can be printed.
    """
    data = read_bytes(path, "logo", MAX_FILE_SIZE, "save it smaller")
    return picture_of(data, path.stem, str(path))


def picture_of(data: bytes, stem: str, file: str = "") -> VectorPicture | Raster:
    """Return the picture that bytes hold; its name is `stem-digest`, and `file` names it in messages.

    Raises:
        InputError: the bytes are not a picture that can be printed.
    """
    name = f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}"
    # What reads a picture takes a while to load, and most programs have none of their own.
    # An SVG file is UTF-8 with or without a byte order mark, or UTF-16.
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        from pdfgen.content.pictures.svg_reader import read_svg

        return replace(read_svg(data, file or stem), name=name)
    from pdfgen.content.pictures.raster import read_raster

    return replace(read_raster(data, file or stem), name=name)
