"""Names that a file uses: they must be known, and stand there once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from pdfgen.content.files.source import FieldPath
from pdfgen.content.loading import Loaded
from pdfgen.content.models.validation_wording import nearest
from pdfgen.errors import Problem, printable


def unknown_names(
    library: Loaded[Any], names: Iterable[str], path: FieldPath, known: Collection[str], what: str
) -> Iterator[Problem]:
    """Yield a problem for each of `names` (a list at `path`) that is unknown or stands there twice."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name not in known:
            message = f'there is no {what} "{printable(name)}"; {nearest(name, known)}'
            yield library.problem((*path, index), message)
        elif name in seen:
            yield library.problem((*path, index), f'"{name}" stands here twice')
        seen.add(name)


def unique_ids(
    library: Loaded[Any], path: FieldPath, ids: Iterable[str], taken: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield a problem for each of `ids` (of the entries of the list at `path`) that is there already."""
    seen = set(taken)
    for index, name in enumerate(ids):
        if name in seen:
            message = f'the id "{name}" is used twice; choose another'
            yield library.problem((*path, index, "id"), message)
        seen.add(name)
