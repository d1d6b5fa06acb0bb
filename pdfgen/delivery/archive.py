"""A ZIP file of finished files, written as a stream and put in its place in one step."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from pdfgen.delivery.writing import check_target, replacing

_ZIP_START = b"PK"

#: The earliest time that a ZIP can hold: the same files give the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)

#: Unix permissions of a file in the upper half of an entry's attributes: read by all, written by the owner.
_MODE = 0o100644 << 16


def check_archive(path: Path) -> Path:
    """Check before long work that the archive could be written, and return the file behind any links.

    Raises:
        WriteError: it could not, or the file that is there is not a ZIP.
    """
    return check_target(path, replaces=_ZIP_START)


def write_archive(path: Path, folder: Path, names: Iterable[str]) -> None:
    """Write the files `names` of `folder` into the archive `path`, in this order.

    PDF files are compressed already, so that they are stored as they are.

    Raises:
        WriteError: it could not be written; the file that was there before is untouched.
    """
    # Few runs need it, and others start sooner without.
    import zipfile

    with replacing(path, check_archive(path)) as file, zipfile.ZipFile(file, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.external_attr = _MODE
            with (folder / name).open("rb") as source, archive.open(entry, "w") as stored:
                shutil.copyfileobj(source, stored)
