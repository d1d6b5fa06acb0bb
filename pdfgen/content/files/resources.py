"""The folders of the shipped data, and the files that a user's file may name.

In a checkout the data are at its top, where people look for them; in an installed package they travel in
`pdfgen/_data`.
"""

from __future__ import annotations

import contextlib
from functools import lru_cache
from pathlib import Path, PureWindowsPath

from pdfgen.errors import InputError, Problem, missing_file

_PACKAGE = Path(__file__).resolve().parent.parent.parent


def data_folder() -> Path:
    """Return the folder with `exercises.yaml`, `layouts`, `assets` and `examples`."""
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


@lru_cache(maxsize=1)
def library_file() -> Path:
    """Return the shipped library."""
    return data_folder() / "exercises.yaml"


def layouts_folder() -> Path:
    """Return the folder of the shipped layouts."""
    return data_folder() / "layouts"


def assets_folder() -> Path:
    """Return the folder with the fonts, the drawings and what the drawings are made from."""
    return data_folder() / "assets"


def examples_folder() -> Path:
    """Return the folder of the examples: patients, a clinic with its logo, lists of patients, poses."""
    return data_folder() / "examples"


def languages_folder() -> Path:
    """Return the folder of the languages."""
    return _PACKAGE / "languages"


def schemas_folder() -> Path:
    """Return the folder of the JSON Schemas."""
    return _PACKAGE / "schema"


def file_inside(name: str, folder: Path) -> Path:
    """Return the file that a user's file in `folder` names, if it may be read.

    Symbolic links are followed; the file that they lead to must lie in `folder` or below.

    Raises:
        InputError: the name is absolute or leads out of the folder, or there is no such file.
    """
    if Path(name).is_absolute() or PureWindowsPath(name).drive or name.startswith(("~", "\\")):
        raise InputError(Problem("must be a path seen from this file's folder, not a whole path"))
    home = folder.resolve()
    with contextlib.suppress(OSError, RuntimeError, ValueError):
        path = (home / name).resolve()
        if not path.is_relative_to(home):
            raise InputError(Problem("lies outside this file's folder; copy it into that folder"))
        if path.is_file():
            return path
    raise InputError(Problem(missing_file(name, "file").message))
