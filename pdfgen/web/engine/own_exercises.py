"""The clinic's own exercises: one library file in its folder, with photos beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from pdfgen.content.files.remarks import file_has_remarks
from pdfgen.content.files.resources import library_file
from pdfgen.content.files.source import Mark, Source, node_of
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.files.yaml_text import yaml_text
from pdfgen.content.loading import load_library
from pdfgen.content.rules.all_rules import check_library
from pdfgen.errors import InputError, Problem
from pdfgen.web.engine.folder import is_photo_name, refused, saved
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.requests import Request, RequestError
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import LIBRARY, Workplace

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EXERCISES = "exercises"


def exercises(workplace: Workplace, _request: Request) -> Frame:
    """Return the ids of the clinic's own exercises, and what is wrong with its file."""
    try:
        own = _own(workplace)
        workplace.library()
    except InputError as error:
        return Frame({"exercises": [], "problems": told(error.problems)})
    remarks = any(file_has_remarks(path) for path in workplace.own_libraries)
    return Frame({"exercises": list(_entries(own)), "problems": [], "has_remarks": remarks})


def exercise_read(workplace: Workplace, request: Request) -> Frame:
    """Return an exercise of the clinic, or one of the shipped ones to start from, with its photos."""
    name = request.text("id")
    try:
        own = _entries(_own(workplace))
        shipped = workplace.library().source.data[_EXERCISES]
    except InputError as error:
        return Frame({"values": None, "own": False, "problems": told(error.problems)})
    if name not in own and name not in shipped:
        return refused("there is no such exercise", "id")
    values = deepcopy(own.get(name) or shipped[name])
    files = [
        NamedFile(photo, (workplace.folder / photo).read_bytes())
        for photo in dict.fromkeys(_photos(values))
        if is_here(workplace, photo)
    ]
    return Frame({"values": values, "own": name in own, "problems": []}, tuple(files))


def exercise_write(workplace: Workplace, request: Request) -> Frame:
    """Save an exercise into the clinic's own file, with new photos, once nothing is wrong with it."""
    name, values = request.text("id"), dict(request.mapping("values"))
    if not _ID.fullmatch(name) or len(name) > 50:
        return refused("write small letters, such as clam or side-plank", "id")
    if odd := [photo for photo in request.files if not is_photo_name(photo)]:
        raise RequestError(f"photos are called {name}-a.jpg and so on, not {odd[0][:40]}")
    photos: dict[str, bytes] = {}
    problems: list[Problem] = []
    for photo, data in request.files.items():
        # It brings Pillow, which nothing else here needs.
        from pdfgen.content.pictures.photo import clean_copy

        try:
            photos[photo] = data if workplace.edition.photos_come_clean else clean_copy(data, photo)
        except InputError as error:
            problems += error.problems
    if missing := [
        one for one in _photos(values) if one not in request.files and not is_here(workplace, one)
    ]:
        problems.append(Problem(f"the photo {missing[0]} is missing; choose it again", field="variants"))
    try:
        changed = _with(_own(workplace), name, values)
        # A new photo is not in the folder yet.
        found = _problems(workplace, changed, name)
        problems += [one for one in found if not (request.files and one.field.endswith(".photo"))]
    except InputError as error:
        problems += error.problems
    if problems:
        return Frame({"problems": told(problems)})
    return saved(workplace.folder, {**photos, LIBRARY: yaml_text(changed).encode()})


def exercise_delete(workplace: Workplace, request: Request) -> Frame:
    """Take an exercise out of the clinic's own file; its photos stay, another one may show them."""
    name = request.text("id")
    try:
        own = _own(workplace)
    except InputError as error:
        return Frame({"problems": told(error.problems)})
    if name not in _entries(own):
        return refused("there is no such exercise", "id")
    kept = {key: value for key, value in _entries(own).items() if key != name}
    changed = {**own, _EXERCISES: kept}
    if not kept:
        del changed[_EXERCISES]
    if changed and (problems := _problems(workplace, changed, name)):
        return Frame({"problems": told(problems)})
    if not changed:
        (workplace.folder / LIBRARY).unlink()
        return Frame({"problems": []})
    return saved(workplace.folder, {LIBRARY: yaml_text(changed).encode()})


def is_here(workplace: Workplace, photo: str) -> bool:
    """Whether a name is that of a photo in the folder."""
    return is_photo_name(photo) and (workplace.folder / photo).is_file()


def _own(workplace: Workplace) -> dict[str, Any]:
    """Return what the clinic's own file holds.

    Raises:
        InputError: it cannot be read.
    """
    if not workplace.own_libraries:
        return {}
    data = read_yaml(workplace.own_libraries[0], "library").data
    return data if isinstance(data, dict) else {}


def _entries(own: Mapping[str, Any]) -> dict[str, Any]:
    found = own.get(_EXERCISES)
    return found if isinstance(found, dict) else {}


def _with(own: Mapping[str, Any], name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {**own, _EXERCISES: {**_entries(own), name: dict(values)}}


def _problems(workplace: Workplace, own: Mapping[str, Any], name: str) -> list[Problem]:
    """Return what is wrong with the library that has this file over it; of the exercise without its id."""
    place = Mark(LIBRARY, 0, 0)
    source = Source(LIBRARY, node_of(own, place), is_passed=True, base=workplace.folder)
    try:
        errors = check_library(load_library((library_file(), source))).errors
    except InputError as error:
        errors = error.problems
    start = f"{_EXERCISES}.{name}."
    return [replace(one, field=one.field.removeprefix(start)) for one in errors]


def _photos(values: Any) -> Iterator[str]:
    """Yield the names of photos anywhere in an exercise."""
    if isinstance(values, Mapping):
        for key, value in values.items():
            if key == "photo" and isinstance(value, str):
                yield value
            else:
                yield from _photos(value)
    elif isinstance(values, list):
        for value in values:
            yield from _photos(value)
