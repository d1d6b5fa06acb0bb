"""From plain data with marks to a model: every problem at once, in plain words, at its line and column.

A message may contain names of keys, but of values only dates, because a value may be about a patient.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pdfgen.content.files.source import FieldPath, Source, dotted
from pdfgen.content.models.field_types import LANGUAGE_CODE
from pdfgen.content.models.validation_wording import TYPES, allowed_values, message_for, nearest
from pdfgen.errors import InputError, MoreProblems, Problem, in_order, printable

M = TypeVar("M", bound=BaseModel)

#: The most problems that get words, because finding them takes time.
_MOST_WORDED = 1_000


@dataclass(frozen=True)
class _Error:
    """An error of pydantic with the path that a reader of the file knows.

    `branches` are the places on the way where a value may have several forms, with the form tried there.
    """

    path: FieldPath
    branches: tuple[tuple[FieldPath, str], ...]
    on_key: bool
    details: ErrorDetails

    @property
    def kind(self) -> str:
        return str(self.details["type"])


def validate(model_type: type[M], source: Source) -> M:
    """Return the values of `source` as a `model_type`.

    A key without a value counts as left out.

    Raises:
        InputError: with all problems, in the order of the lines.
    """
    data = source.data
    try:
        return model_type.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    blank = {path for path in (_path(data, details)[0] for details in errors if _is_blank(details)) if path}
    if blank:
        try:
            return model_type.model_validate(_without(data, blank))
        except ValidationError as error:
            errors = error.errors(include_url=False)
    raise InputError(_problems(model_type, source, errors))


def _is_blank(details: ErrorDetails) -> bool:
    return details["input"] is None and details["type"] not in {"missing", "extra_forbidden"}


def _is_on_key(details: ErrorDetails) -> bool:
    return bool(details["loc"]) and details["loc"][-1] == "[key]"


def _without(data: Any, paths: set[FieldPath], at: FieldPath = ()) -> Any:
    """Return `data` without the mapping entries at `paths`."""
    if isinstance(data, dict):
        kept = {key: value for key, value in data.items() if (*at, key) not in paths}
        return {key: _without(value, paths, (*at, key)) for key, value in kept.items()}
    if isinstance(data, list):
        return [_without(value, paths, (*at, index)) for index, value in enumerate(data)]
    return data


def _path(data: Any, details: ErrorDetails) -> tuple[FieldPath, tuple[tuple[FieldPath, str], ...]]:
    """Split pydantic's location into the path in the file and the union branches that it names between."""
    path: list[str | int] = []
    branches: list[tuple[FieldPath, str]] = []
    loc = details["loc"][:-1] if _is_on_key(details) else details["loc"]
    for position, part in enumerate(loc):
        absent = details["type"] == "missing" and position == len(loc) - 1
        in_list = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if in_list or (isinstance(data, dict) and part in data):
            data = data[part]
        elif not absent:
            branches.append((tuple(path), str(part)))
            continue
        path.append(part)
    return tuple(path), tuple(branches)


def _problems(model_type: type[BaseModel], source: Source, errors: list[ErrorDetails]) -> list[Problem]:
    read = (_Error(*_path(source.data, details), _is_on_key(details), details) for details in errors)
    found = [error for error in read if not _is_long_enough(error)]
    problems = []
    fitting = list(_fitting(found))
    for error, message in fitting[:_MOST_WORDED]:
        on_key = error.on_key or error.kind == "extra_forbidden"
        text = message or _message(error, model_type)
        problem = source.problem(error.path, text, key=on_key)
        if _is_language(error):
            # Where text in each language may stand, somebody's text may stand too.
            problem = replace(problem, field=dotted(error.path[:-1]))
        problems.append(problem)
    left = len(fitting) - _MOST_WORDED
    return [*in_order(problems), *([MoreProblems.counting(left)] if left > 0 else [])]


def _is_language(error: _Error) -> bool:
    """Whether a key is no code of a language."""
    return error.on_key and error.details.get("ctx", {}).get("pattern") == LANGUAGE_CODE


def _is_long_enough(error: _Error) -> bool:
    """Whether a list only seems too short, because entries that are wrong in themselves were not counted."""
    if error.kind != "too_short" or not isinstance(error.details["input"], list | tuple):
        return False
    return len(error.details["input"]) >= int(error.details["ctx"]["min_length"])


def _fitting(errors: list[_Error]) -> Iterator[tuple[_Error, str]]:
    """Yield the errors of the forms that were meant, each with its message if that is not the usual one.

    If a value may be a list or a mapping and the file has a list, only the errors inside the list count.
    """
    groups: dict[FieldPath, dict[str, list[int]]] = {}
    for index, error in enumerate(errors):
        for place, branch in error.branches:
            groups.setdefault(place, {}).setdefault(branch, []).append(index)
    skipped: set[int] = set()
    messages: dict[int, str] = {}
    for place, branches in groups.items():
        wrong = [group for group in branches.values() if all(_is_wrong_form(errors[i], place) for i in group)]
        indexes = [index for group in wrong for index in group]
        if len(wrong) == len(branches) > 1:
            meant = next((index for index in indexes if _is_unquoted(errors[index])), None)
            if meant is None:
                forms = dict.fromkeys(_form(errors[index]) for index in indexes)
                messages[meant := indexes[0]] = f"must {', or '.join(forms)}"
            skipped.update(index for index in indexes if index != meant)
        elif len(wrong) < len(branches):
            skipped.update(indexes)
    for index, error in enumerate(errors):
        if index not in skipped:
            yield error, messages.get(index, "")


def _is_wrong_form(error: _Error, place: FieldPath) -> bool:
    no_word = error.kind == "literal_error" and isinstance(error.details["input"], list | tuple | dict)
    return error.path == place and not error.on_key and (error.kind in TYPES or no_word)


def _is_unquoted(error: _Error) -> bool:
    """Whether a number or the like stands where text is asked, which lists and mappings are not meant for."""
    return error.kind == "string_type" and not isinstance(error.details["input"], list | tuple | dict)


def _form(error: _Error) -> str:
    """Return the form that was expected: "be a list"."""
    if error.kind in TYPES:
        return TYPES[error.kind].removeprefix("must ").split(",")[0]
    return message_for(error.details).removeprefix("must ")


def _message(error: _Error, model_type: type[BaseModel]) -> str:
    name = str(error.path[-1]) if error.path else ""
    if error.kind == "extra_forbidden":
        return f'unknown key "{printable(name)}"; {nearest(name, _known_keys(model_type, error.path[:-1]))}'
    if error.on_key and error.kind == "literal_error":
        return f'unknown key "{printable(name)}"; {nearest(name, allowed_values(error.details))}'
    message = message_for(error.details)
    return f"this key is not written as expected; {message}" if error.on_key else message


def _known_keys(model_type: type[BaseModel], path: FieldPath) -> set[str]:
    """Return the keys that the models at `path` know."""
    types: list[Any] = [model_type]
    for part in path:
        types = [inner for outer in types for inner in _inside(outer, part)]
    return {name for found in types if _is_model(found) for name in found.model_fields}


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    arguments = get_args(annotation)
    if _is_model(annotation):
        field = annotation.model_fields.get(part)
        yield from _forms(field.annotation) if field else ()
    elif get_origin(annotation) in {tuple, list} and isinstance(part, int):
        yield from _forms(arguments[0])
    elif len(arguments) == 2 and isinstance(part, str):
        yield from _forms(arguments[1])


def _forms(annotation: Any) -> Iterator[Any]:
    """Yield the types that a value of `annotation` may have, without constraints."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _forms(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for argument in get_args(annotation):
            yield from _forms(argument)
    else:
        yield annotation
