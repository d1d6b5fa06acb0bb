"""What models and plain data hold, at any depth, with its path."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from pdfgen.content.files.source import FieldPath

#: The types of nearly all values that hold no others. Passing them over early halves the time of a walk.
_PLAIN = frozenset({str, int, bool, type(None)})


def parts(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:
    """Yield the models, mappings, lists and tuples in `value`, which is at `path`, each with its path.

    `value` itself is one of them. A part comes before the parts inside it.
    """
    waiting = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        inside: Iterable[tuple[str | int, Any]]
        # The frequent types come first; asking for a Mapping of any type takes longest.
        if isinstance(value, dict | MappingProxyType):
            inside = value.items()
        elif isinstance(value, list | tuple):
            inside = enumerate(value)
        elif isinstance(value, BaseModel):
            inside = value.__dict__.items()
        elif isinstance(value, Mapping):
            inside = value.items()
        else:
            continue
        yield path, value
        waiting += [((*path, key), item) for key, item in inside if type(item) not in _PLAIN][::-1]
