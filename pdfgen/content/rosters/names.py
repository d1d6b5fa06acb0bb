"""What exercises, programs, situations and layouts are called, in any language of a library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Protocol

from pdfgen.content.loading import list_layouts, load_layout, load_library
from pdfgen.content.models.library import Library
from pdfgen.errors import printable

#: What stands for a name that several things share.
_SEVERAL = ""

_APART = re.compile(r"[\W_]+")


# Thousands of rows repeat the same few names.
@lru_cache(maxsize=1024)
def folded(name: str) -> str:
    """Return a name without what does not matter in it: capitals, accents, and how words are kept apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _APART.sub(" ", plain).strip()


class Named(Protocol):
    """What has a name in each language."""

    @property
    def name(self) -> Mapping[str, str]:
        """By codes of languages."""
        ...


class Names:
    """The names of a library in all its languages, looked up when the first is asked for.

    Args:
        library: returns it.
    """

    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library

    def find(self, kind: str, name: str) -> str | None:
        """Return the id of what is called so; None for a name that is not known.

        Args:
            kind: `exercise`, `program`, `situation` or `layout`.
            name: as somebody wrote it; the id itself is a name too.

        Raises:
            ValueError: several are called so.
        """
        table: Mapping[str, str] = getattr(self, f"_{kind}s")
        found = table.get(name)
        if found is None:
            found = table.get(folded(name))
        if found == _SEVERAL:
            raise ValueError(
                f'several {kind}s are called "{printable(name)}"; write the id, see `pdfgen list`'
            )
        return found

    def id_of(self, kind: str, name: str) -> str:
        """Return the id of what is called so; a name that is not known comes back as it is."""
        return self.find(kind, name) or name

    @cached_property
    def _exercises(self) -> Mapping[str, str]:
        return _table(_names_of(self._library().exercises))

    @cached_property
    def _programs(self) -> Mapping[str, str]:
        library = self._library()
        # "Short: 4 exercises" is also "Short".
        return _table(
            (id_, [part for name in one.name.values() for part in (name, name.partition(":")[0])])
            for id_, one in library.programs.items()
        )

    @cached_property
    def _situations(self) -> Mapping[str, str]:
        return _table(_names_of(self._library().situations))

    @cached_property
    def _layouts(self) -> Mapping[str, str]:
        return _table((id_, load_layout(id_).value.name.values()) for id_ in list_layouts())


def _names_of(entries: Mapping[str, Named]) -> Iterator[tuple[str, Iterable[str]]]:
    yield from ((id_, one.name.values()) for id_, one in entries.items())


def _table(named: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, str]:
    pairs = [(id_, {folded(id_), *map(folded, names)}) for id_, names in named]
    found: dict[str, str] = {}
    for id_, names in pairs:
        for name in names:
            found[name] = _SEVERAL if found.get(name, id_) != id_ else id_
    # An id is nobody else's name.
    ids = [id_ for id_, _ in pairs]
    return found | {folded(id_): id_ for id_ in ids} | {id_: id_ for id_ in ids}


@cache
def shipped_names() -> Names:
    """Return the names of the shipped library."""
    return Names(lambda: load_library().value)
