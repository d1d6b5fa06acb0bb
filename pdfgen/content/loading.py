"""Files in, models out: the library, a prescription, a clinic, a layout, a language.

Each function returns the model together with its source, so that later checks can report problems at their
lines. All raise `InputError` with every problem of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from pdfgen.content.files.merging import Override, merge
from pdfgen.content.files.resources import file_inside, languages_folder, layouts_folder, library_file
from pdfgen.content.files.settings import Setting, overridden
from pdfgen.content.files.source import FieldPath, Mark, Node, Source, child_of
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.field_types import without_region
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.validation import validate
from pdfgen.content.models.validation_wording import nearest
from pdfgen.errors import InputError, Problem, printable

_NOT_THERE = "is not there; the path is seen from this file's folder"

T = TypeVar("T", bound=BaseModel, covariant=True)


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """A model with its source."""

    value: T
    source: Source

    def problem(self, path: FieldPath, message: str, *, key: bool = False) -> Problem:
        """Return the problem `message` at the place of the field `path`, or of its key with `key`."""
        return self.source.problem(path, message, key=key)

    @property
    def folder(self) -> Path:
        """The folder that paths in the file are seen from."""
        return self.source.folder


@dataclass(frozen=True)
class LoadedLibrary(Loaded[Library]):
    """The library, and the fields that a clinic's own files replaced.

    Attributes:
        folders: of the files that are not the shipped one, in order; drawings may lie beside them.
    """

    overridden: tuple[Override, ...] = ()
    folders: tuple[Path, ...] = ()


def load_library(paths: Sequence[Path | Source] = ()) -> LoadedLibrary:
    """Read the library; without `paths` the shipped one.

    The first of `paths` is a whole library, later ones hold only what they change or add; one that says
    `extends: none` is whole again, and nothing is taken from those before it. Files that were read already
    may stand among them.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in paths or (library_file(),):
        try:
            sources.append(_read(path, "library"))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    first = max((i for i, source in enumerate(sources) if _stands_alone(source)), default=0)
    merged, *later = sources = sources[first:]
    overridden: tuple[Override, ...] = ()
    for source in later:
        if not isinstance(source.root.value, Mapping):
            raise InputError(source.problem((), "must hold keys with values"))
        merged, replaced = merge(merged, source)
        overridden += replaced
    own = dict.fromkeys(
        source.folder
        for source in sources
        if source.file != str(library_file()) and (source.base is not None or not source.is_passed)
    )
    return LoadedLibrary(validate(Library, merged), merged, overridden, tuple(own))


def _stands_alone(source: Source) -> bool:
    extends = child_of(source.root, "extends")
    return extends is not None and extends.value == "none"


def load_prescription(path: Path | Source, overrides: Sequence[Setting] = ()) -> Loaded[Prescription]:
    """Read a prescription; the path `-` reads standard input.

    `overrides` replace what the file says.
    """
    return prescription_of(_read(path, "prescription"), overrides)


def prescription_of(source: Source, overrides: Sequence[Setting] = ()) -> Loaded[Prescription]:
    """Make a prescription of data that were read already: a file, or the row of a roster."""
    source = overridden(source, overrides)
    return Loaded(validate(Prescription, source), source)


def load_clinic(path: Path | Source) -> Loaded[Clinic]:
    """Read a clinic's file."""
    source = _read(path, "clinic")
    return Loaded(validate(Clinic, source), source)


def no_clinic() -> Loaded[Clinic]:
    """Return an empty clinic, which prints lines to write on."""
    return Loaded(Clinic(), Source("", Node({}, Mark("", 0, 0))))


def clinic_path(prescription: Loaded[Prescription]) -> Path | None:
    """Return the file of the clinic that a prescription names, if it names one.

    Raises:
        InputError: there is no such file, at the line of the prescription's `clinic`.
    """
    name = prescription.value.clinic
    return _named_file(prescription, ("clinic",), name) if name else None


def library_paths(prescription: Loaded[Prescription]) -> tuple[Path, ...]:
    """Return the files of the libraries that a prescription names, in order.

    Raises:
        InputError: one of them is not there, at its line of the prescription.
    """
    names = prescription.value.library
    if isinstance(names, str):
        return (_named_file(prescription, ("library",), names),)
    problems: list[Problem] = []
    paths: list[Path] = []
    for index, name in enumerate(names):
        try:
            paths.append(_named_file(prescription, ("library", index), name))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(paths)


def _named_file(prescription: Loaded[Prescription], field: FieldPath, name: str) -> Path:
    """Return the file that a prescription names, seen from its folder.

    Raises:
        InputError: there is no such file.
    """
    if prescription.source.is_passed:
        return _passed_file(prescription, field, name)
    path = prescription.folder / name
    try:
        advice = "is a folder; name a file in it" if path.is_dir() else "" if path.exists() else _NOT_THERE
    except OSError:
        advice = _NOT_THERE
    if advice:
        raise InputError(prescription.problem(field, f'"{printable(name)}" {advice}'))
    return path


def _passed_file(named_in: Loaded[BaseModel], field: FieldPath, name: str) -> Path:
    """Return the file that passed values name, in the one folder where they may.

    Raises:
        InputError: there is no such folder, or no such file in it.
    """
    base = named_in.source.base
    if base is None:
        message = f'"{printable(name)}" was not passed; pass it, or name a folder that it may be read from'
        raise InputError(named_in.problem(field, message))
    try:
        return file_inside(name, base)
    except InputError as error:
        raise InputError(named_in.problem(field, problem.message) for problem in error.problems) from None


def logo_path(clinic: Loaded[Clinic]) -> Path | None:
    """Return the clinic's logo, a file in the folder of the clinic's file; None if the clinic names none."""
    if not clinic.value.logo:
        return None
    if clinic.source.is_passed:
        return _passed_file(clinic, ("logo",), clinic.value.logo)
    try:
        return file_inside(clinic.value.logo, clinic.folder)
    except InputError as error:
        raise InputError(clinic.problem(("logo",), problem.message) for problem in error.problems) from None


def load_layout(
    name: str | Source, folder: Path = Path(), named_in: Loaded[BaseModel] | None = None
) -> Loaded[Layout]:
    """Read a layout: the name of a shipped one, or a path (seen from `folder`) that ends in `.yaml`.

    `named_in` is the prescription or clinic that names it, so that an unknown name is reported there. A file
    that was read already may stand in place of the name.
    """
    if isinstance(name, Source):
        return Loaded(validate(Layout, name), name)
    if name.endswith((".yaml", ".yml")):
        is_passed = named_in is not None and named_in.source.is_passed
        path = _passed_file(named_in, ("layout",), name) if named_in and is_passed else folder / name
    else:
        names = list_layouts()
        if name not in names:
            message = f'there is no layout "{printable(name)}"; {nearest(name, names)}; or name a .yaml file'
            raise InputError(_at_field(named_in, "layout", message))
        path = layouts_folder() / f"{name}.yaml"
    source = read_yaml(path, "layout")
    return Loaded(validate(Layout, source), source)


def load_language(code: str, named_in: Loaded[BaseModel] | None = None) -> Loaded[Language]:
    """Read a language by its code: `nl`, `en-US`. `named_in` is the prescription that names it."""
    codes = list_languages()
    if code not in codes:
        message = f'there is no language "{printable(code)}"; {nearest(code, codes)}'
        raise InputError(_at_field(named_in, "language", message))
    source = read_yaml(languages_folder() / f"{code}.yaml", "language")
    base = without_region(code)
    if base != code:
        below = read_yaml(languages_folder() / f"{base}.yaml", "language")
        source = replace(merge(below, source)[0], file=source.file)
    language = Loaded(validate(Language, source), source)
    if language.value.id != code:
        raise InputError(language.problem(("id",), f'must be "{code}", like the name of the file'))
    if (language.value.extends or code) != base:
        raise InputError(language.problem(("extends",), f'must be "{base}", which "{code}" is in a country'))
    return Loaded(_with_own_words(language.value), source)


def _with_own_words(language: Language) -> Language:
    strings = {name: language.respelled(text) for name, text in language.strings}
    return language.model_copy(update={"strings": language.strings.model_copy(update=strings)})


def language_in(code: str, country: str) -> str:
    """Return the language that is meant by a code in a country: for `en` in US `en-US`, as that is there."""
    regional = f"{code}-{country}"
    return regional if regional in list_languages() else code


def list_layouts() -> tuple[str, ...]:
    """Return the names of the shipped layouts."""
    return tuple(sorted(path.stem for path in layouts_folder().glob("*.yaml")))


def list_languages() -> tuple[str, ...]:
    """Return the codes of the languages that documents can be made in."""
    return tuple(sorted(path.stem for path in languages_folder().glob("*.yaml")))


def _read(file: Path | Source, what: str) -> Source:
    return file if isinstance(file, Source) else read_yaml(file, what)


def _at_field(named_in: Loaded[BaseModel] | None, field: str, message: str) -> Problem:
    return named_in.problem((field,), message) if named_in else Problem(message, field=field)
