"""The user's config file is read, and the files and the language that it names are checked.

The caller says where the file lies. Nothing here looks for it, so a program that uses pdfgen as a library
never meets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pdfgen.content.files.source import FieldPath, Source
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.loading import Loaded, list_languages
from pdfgen.content.models.config import Config
from pdfgen.content.models.validation import validate
from pdfgen.content.models.validation_wording import nearest
from pdfgen.errors import InputError, Problem


def load_config(file: Path | Source) -> Loaded[Config]:
    """Return the user's config file at a path, or in a source that was read already.

    Raises:
        InputError: with everything that is wrong in the file, also the files that do not exist.
    """
    source = file if isinstance(file, Source) else read_yaml(file, "config")
    config = Loaded(validate(Config, source), source)
    if problems := tuple(_problems(config)):
        raise InputError(problems)
    return config


def path_of(config: Loaded[Config], name: str) -> Path:
    """Return a path as it is seen from the folder of the user's file; `~` is the user's home."""
    return config.folder / Path(name).expanduser()


def _problems(config: Loaded[Config]) -> Iterator[Problem]:
    named: list[tuple[FieldPath, str]] = [(("clinic",), config.value.clinic)] if config.value.clinic else []
    named += [(("libraries", index), name) for index, name in enumerate(config.value.libraries)]
    for field, name in named:
        if not _is_file(config, name):
            message = "is not a file; write a path that is seen from this file's folder, or a whole one"
            yield config.problem(field, message)
    language = config.value.language
    if language is not None and language not in list_languages():
        yield config.problem(
            ("language",), f"there is no such language; {nearest(language, list_languages())}"
        )


def _is_file(config: Loaded[Config], name: str) -> bool:
    try:
        return path_of(config, name).is_file()
    except (OSError, RuntimeError, ValueError):
        return False
