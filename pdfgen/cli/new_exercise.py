"""`pdfgen new exercise`: an exercise of a library, ready to be filled in, with photos beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pdfgen.content.files.file_bytes import read_bytes
from pdfgen.errors import InputError, Problem, UsageError

PHOTOS = "--photos"

_LETTERS = "abcdef"
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def with_each_photo(arguments: Sequence[str]) -> list[str]:
    """Return the words of a command with `--photos` before each of the files that follow it.

    A YAML file is not one of them: it is the file to write.
    """
    found: list[str] = []
    waiting = taking = False
    for word in arguments:
        is_photo = taking and not word.startswith("-") and not word.lower().endswith((".yaml", ".yml"))
        if is_photo:
            found += [PHOTOS, word]
            waiting = False
            continue
        found += [PHOTOS] if waiting else []
        waiting = taking = word == PHOTOS
        found += [] if taking else [word]
    return [*found, PHOTOS] if waiting else found


def check_name(name: str) -> None:
    """Refuse what cannot be the id of an exercise.

    Raises:
        UsageError: it is missing, or not small letters and digits, joined by hyphens.
    """
    if not _IDENTIFIER.fullmatch(name) or len(name) > 50:
        raise UsageError(Problem("an exercise needs a name of small letters, such as clam or side-plank"))


def clean_photos(photos: Sequence[Path], name: str) -> dict[str, bytes]:
    """Return copies of photos by the names that they get: upright, in sRGB, and nothing but the picture.

    Raises:
        UsageError: there are too many.
        InputError: with a problem for each that cannot be used.
    """
    if len(photos) > len(_LETTERS):
        raise UsageError(Problem(f"a form has at most {len(_LETTERS)} photos", field=PHOTOS))
    # It brings Pillow, which no other starting file needs.
    from pdfgen.content.pictures.photo import clean_copy

    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for letter, path in zip(_LETTERS, photos, strict=False):
        try:
            data = read_bytes(path, "photo", 20_000_000, "save it smaller")
            found[f"{name}-{letter}.jpg"] = clean_copy(data, str(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def panels(names: Sequence[str], language: str) -> str:
    """Return the lines under `panels` of a template, for photos of these names."""
    lines = [f'          - photo: {name}\n            alt: {{{language}: ""}}' for name in names]
    return "\n".join(lines)
