"""The clinic's own folder: what the page saves is written whole or not at all, under names that are ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pdfgen.delivery.naming import file_name
from pdfgen.delivery.writing import write_atomically
from pdfgen.errors import PdfgenError, Problem
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.told import told

#: A name that people give: letters, digits and little else, so that every system takes it as it is.
_GIVEN = re.compile(r"[^\W_][\w ()+,&'-]{0,58}[\w)]|[^\W_]")

#: A photo beside the clinic's own exercises.
_PHOTO = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.jpg")


def refused_name(name: str) -> str:
    """Return why a name that somebody gave cannot be that of a file; empty where it can."""
    is_device = not file_name("{id}", {"id": name}).startswith(name[:1])
    if is_device or not _GIVEN.fullmatch(name):
        return "write letters, digits, spaces and hyphens; at most 60"
    return ""


def is_photo_name(name: str) -> bool:
    """Whether a name can be that of a photo in the folder."""
    return len(name) <= 80 and _PHOTO.fullmatch(name) is not None


def saved(folder: Path, files: Mapping[str, bytes]) -> Frame:
    """Write files by their names in the folder, and return them as an answer."""
    try:
        for name, data in files.items():
            write_atomically(folder / name, data)
    except PdfgenError as error:
        return Frame({"problems": told(error.problems)})
    return Frame({"problems": []}, tuple(NamedFile(Path(name).name, data) for name, data in files.items()))


def refused(message: str, field: str) -> Frame:
    """Return the answer to what cannot be done, about one field."""
    return Frame({"problems": told([Problem(message, field=field)])})
