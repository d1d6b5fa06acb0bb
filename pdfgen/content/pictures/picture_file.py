"""A picture file of whichever kind: SVG, PNG or JPEG."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pdfgen.content.pictures.drawing import MAX_FILE_SIZE, Raster, VectorPicture
from pdfgen.errors import InputError, Problem, missing_file


def read_picture(path: Path) -> VectorPicture | Raster:
    """Return the picture in a file, of whichever kind its content is; the name is `stem-digest`.

    Raises:
        InputError: the file is missing, unreadable, too large, or not a picture that can be printed.
    """
    file_name = str(path)
    if not path.is_file():
        raise InputError(missing_file(path, "the picture"))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_SIZE + 1)
    except OSError as error:
        raise InputError(Problem(f"the picture cannot be read: {error.strerror}", file=file_name)) from error
    return picture_of(data, path.stem, file_name)


def picture_of(data: bytes, stem: str, file: str = "") -> VectorPicture | Raster:
    """Return the picture that bytes hold; `file` names them in messages.

    Raises:
        InputError: they are not a picture that can be printed.
    """
    file_name = file or stem
    # What reads a picture takes a while to load, and most programs have none of their own.
    name = f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}"
    # UTF-8 with or without a byte order mark, and UTF-16.
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        from pdfgen.content.pictures.svg_reader import read_svg

        return replace(read_svg(data, file_name), name=name)
    from pdfgen.content.pictures.raster import read_raster

    return replace(read_raster(data, file_name), name=name)
