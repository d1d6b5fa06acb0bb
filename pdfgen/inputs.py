"""What a job names, read and checked: all problems in all files at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pdfgen.content import loading, rules
from pdfgen.content.clinic import Clinic
from pdfgen.content.language import Language
from pdfgen.content.layout import Layout
from pdfgen.content.logo import load_logo
from pdfgen.content.prescription import Prescription
from pdfgen.content.second_language import load_second_language
from pdfgen.content.source import Source
from pdfgen.coverage import missing_characters
from pdfgen.errors import FitError, InputError, Problem
from pdfgen.pictures import load_family

if TYPE_CHECKING:
    from pdfgen.content.drawings import Drawing, Raster

T = TypeVar("T")


@dataclass(frozen=True)
class Job:
    """What somebody asked for: files (read already or not), and choices that go above those in the files."""

    prescription_file: Path | Source
    layout: str | None = None
    language: str | None = None
    twin: str | None = None
    paper: str | None = None
    clinic: Path | None = None
    libraries: tuple[Path, ...] = ()
    overrides: tuple[loading.Setting, ...] = ()
    name_in_metadata: bool = False


class Inputs(NamedTuple):
    """Everything that a job names, read."""

    library: loading.LoadedLibrary
    prescription: loading.Loaded[Prescription]
    clinic: loading.Loaded[Clinic]
    layout: loading.Loaded[Layout]
    language: loading.Loaded[Language]
    logo: Drawing | Raster | None
    second_language: loading.Loaded[Language] | None = None


def read_inputs(job: Job) -> Inputs:
    """Read all files that a job names; what cannot be read does not keep the others from being judged.

    Raises:
        InputError: with every problem in every file, as far as they can be judged.
    """
    options = (("language", job.language), ("paper", job.paper))
    overrides = [*job.overrides, *((key, value, f"--{key}") for key, value in options if value is not None)]
    overrides += [("twin_language", job.twin, "--twin")] if job.twin is not None else []
    problems: list[Problem] = []
    library = _collect(problems, lambda: loading.load_library(library_files(job)))
    prescription = _collect(problems, lambda: loading.load_prescription(job.prescription_file, overrides))
    clinic = _collect(problems, lambda: _load_clinic(job, prescription))
    logo = _collect(problems, lambda: load_logo(clinic)) if clinic else None
    layout = language = second = None
    if prescription and clinic:
        layout = _collect(problems, lambda: _load_layout(job, prescription, clinic))
    if prescription:
        language = _collect(
            problems, lambda: loading.load_language(prescription.value.language, prescription)
        )
    if prescription and clinic and layout:
        second = _collect(problems, lambda: load_second_language(job.twin, prescription, clinic, layout))
    if not problems and library and prescription and clinic and layout and language:
        return Inputs(library, prescription, clinic, layout, language, logo, second)
    if library and prescription:
        problems += rules.check_prescription(prescription, library).errors
    if library and clinic:
        problems += rules.check_clinic(clinic, library).errors
    for loaded in (prescription, clinic):
        problems += missing_characters(loaded, load_family()) if loaded else ()
    raise InputError(problems)


def check_inputs(inputs: Inputs) -> rules.Findings:
    """Check what was read against each other and return the warnings.

    Raises:
        InputError: something cannot be used.
        FitError: all is well but for characters that no font has.
    """
    library, prescription, clinic = inputs.library, inputs.prescription, inputs.clinic
    findings = rules.check_library(library) + rules.check_clinic(clinic, library)
    findings += rules.check_prescription(prescription, library)
    findings += rules.check_paper(prescription, clinic, inputs.layout)
    language: tuple[str, ...] = (prescription.value.language,)
    if inputs.second_language is not None:
        language += (inputs.second_language.value.id,)
        findings += _check_second_language(inputs, inputs.second_language)
    findings += rules.check_layout(inputs.layout, language)
    findings += rules.check_clinic_texts(clinic, library, inputs.layout, language)
    family = load_family()
    missing = missing_characters(prescription, family) + missing_characters(clinic, family)
    missing += missing_characters(library, family, language)
    if findings.errors:
        raise InputError(findings.errors + missing)
    if missing:
        raise FitError(missing)
    return findings


def _check_second_language(inputs: Inputs, second: loading.Loaded[Language]) -> rules.Findings:
    """Check that the library is also in the language of the twin copy."""
    code, known = second.value.id, inputs.library.value.languages
    if code in known:
        return rules.Findings(())
    message = f'the library is not in "{code}", the language of the copy; known: {", ".join(known)}'
    return rules.Findings((inputs.prescription.problem(("twin_language",), message),))


def _load_clinic(job: Job, prescription: loading.Loaded[Prescription] | None) -> loading.Loaded[Clinic]:
    """Read the clinic that the command line, else the prescription names."""
    path = job.clinic or (loading.clinic_path(prescription) if prescription else None)
    return loading.load_clinic(path) if path else loading.no_clinic()


def library_files(job: Job) -> tuple[Path, ...]:
    """Return the shipped library and those laid over it."""
    from pdfgen.content.resources import library_file

    return (library_file(), *job.libraries)


def _load_layout(
    job: Job, prescription: loading.Loaded[Prescription], clinic: loading.Loaded[Clinic]
) -> loading.Loaded[Layout]:
    """Read the layout that the command line, else the prescription, else the clinic names."""
    if job.layout:
        return loading.load_layout(job.layout)
    named_in: loading.Loaded[Prescription] | loading.Loaded[Clinic] = clinic
    if "layout" in prescription.value.model_fields_set:
        named_in = prescription
    return loading.load_layout(named_in.value.layout, named_in.folder, named_in)


def _collect(problems: list[Problem], load: Callable[[], T]) -> T | None:
    try:
        return load()
    except InputError as error:
        problems.extend(error.problems)
        return None
