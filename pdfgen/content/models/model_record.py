"""A checked model as JSON, and back without checking it again.

Making the checks ready takes longer than they do, so a model that an earlier run found good is not checked
again. Whoever keeps a record has to see to it that it is the one that was made, by the same code.
"""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeVar

from pdfgen.content.models.field_types import Model

M = TypeVar("M", bound=Model)

#: First item of the list that stands for a value which JSON has no form for.
_MODEL, _TUPLE, _MAPPING, _DATE = range(4)
_PACKAGE = "pdfgen.content."


def record_of(model: Model) -> list[Any]:
    """Return a model as names of classes, and values that JSON can hold.

    Raises:
        TypeError: it holds something that no input model has.
    """
    classes: dict[str, int] = {}
    return [_recorded(model, classes), list(classes)]


def _recorded(value: Any, classes: dict[str, int]) -> Any:
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Model):
        kind = type(value)
        place = classes.setdefault(_name(kind), len(classes))
        values = {name: _recorded(field, classes) for name, field in value}
        return [_MODEL, place, values, sorted(value.model_fields_set)]
    if type(value) is tuple:
        return [_TUPLE, *(_recorded(item, classes) for item in value)]
    if type(value) is MappingProxyType and all(type(key) is str for key in value):
        return [_MAPPING, {key: _recorded(item, classes) for key, item in value.items()}]
    if type(value) is dt.date:
        return [_DATE, value.isoformat()]
    raise TypeError(f"{type(value).__name__} cannot be recorded")


def model_of(kind: type[M], record: list[Any]) -> M | None:
    """Return the model of which `record_of` made a record; None if it is of another kind.

    Raises:
        ValueError: it is no such record.
    """
    content, names = record
    if names[0] != _name(kind):
        return None
    model: M = _made(content, [_class(name) for name in names])
    return model


def _name(kind: type[Model]) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _class(name: str) -> type[Model]:
    module, _, attribute = name.partition(":")
    found = getattr(import_module(module), attribute) if module.startswith(_PACKAGE) else None
    if not (isinstance(found, type) and issubclass(found, Model)):
        raise ValueError(f"{name} is no input model")
    return found


def _made(value: Any, classes: list[type[Model]]) -> Any:
    if type(value) is not list:
        return value
    kind = value[0]
    if kind == _TUPLE:
        return tuple([_made(item, classes) for item in value[1:]])
    content = value[1]
    if kind == _MAPPING:
        return MappingProxyType({key: _made(item, classes) for key, item in content.items()})
    if kind == _DATE:
        return dt.date.fromisoformat(content)
    values = {name: _made(item, classes) for name, item in value[2].items()}
    return classes[content].model_construct(set(value[3]), **values)
