"""Rules that no single field can check: inside the library and between library, prescription, clinic,
layout and languages.

Every function returns `Findings`: errors stop the work; warnings go to the therapist, who decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pdfgen.content.files.source import FieldPath
from pdfgen.content.loading import Loaded, LoadedLibrary
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.library import Library
from pdfgen.content.models.plurals import Plurals
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.pictures.drawing_file import ICONS, shipped_names
from pdfgen.content.pictures.figure_files import figure_files
from pdfgen.content.rules.clinic import (
    clinic_file_problems,
    clinic_file_warnings,
    clinic_problems,
    clinic_text_problems,
)
from pdfgen.content.rules.layout import layout_problems
from pdfgen.content.rules.library import library_problems, library_warnings
from pdfgen.content.rules.prescription import prescription_problems, prescription_warnings
from pdfgen.content.rules.translations import printed_problems, untranslated
from pdfgen.errors import Problem, in_order


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings(self.errors + other.errors, self.warnings + other.warnings)


def check_library(library: LoadedLibrary, *, pixels: bool = False) -> Findings:
    """Check a library, all files merged, with the shipped drawings and the pictures beside the library.

    Args:
        pixels: whether photos are read to the end. A program reads those that it prints.
    """
    figures = figure_files(library.folders)
    return Findings(in_order(library_problems(library, figures, shipped_names(ICONS), pixels=pixels)))


def check_own_library(library: LoadedLibrary) -> Findings:
    """Check a library for whoever writes it: also what should be looked at and stops no program."""
    return check_library(library, pixels=True) + Findings(warnings=in_order(library_warnings(library)))


def check_prescription(prescription: Loaded[Prescription], library: Loaded[Library]) -> Findings:
    """Check a prescription against the library that it takes its names from.

    `check_library` reports the problems of the library itself.
    """
    errors = in_order(prescription_problems(prescription, library.value))
    warnings = () if errors else in_order(prescription_warnings(prescription, library.value))
    return Findings(errors, warnings)


def check_clinic(clinic: Loaded[Clinic], library: Loaded[Library]) -> Findings:
    """Check a clinic: its country must be in the library, and its colour must be readable on white."""
    return Findings(tuple(clinic_problems(clinic, library.value)))


def check_clinic_texts(
    clinic: Loaded[Clinic],
    condition: str,
    library: Loaded[Library],
    layout: Loaded[Layout],
    languages: Iterable[str],
) -> Findings:
    """Check that a clinic's own texts exist in the languages of the document, and have a place in it."""
    errors = in_order(clinic_text_problems(clinic, condition, library.value, languages))
    unplaced = clinic.value.closing is not None and "closing" not in layout.value.kinds
    message = "this layout has no closing section, so this text is not printed"
    return Findings(errors, (clinic.problem(("closing",), message),) if unplaced else ())


def check_printed_texts(
    library: Loaded[Library],
    missing: Collection[tuple[FieldPath, str]],
    prescription: Prescription,
    country: str,
    questions: Collection[str],
) -> Findings:
    """Check that all that a document prints of the library is there in its languages.

    Args:
        missing: as `missing_texts` returns them, for the languages of the document.
        country: of the clinic.
        questions: ids of those that are printed.
    """
    found = printed_problems(library, missing, prescription, country, questions)
    return Findings(in_order(found))


def missing_texts(library: Loaded[Library], languages: Iterable[str]) -> tuple[tuple[FieldPath, str], ...]:
    """Return the path of each text of a library that lacks one of the languages, with that language."""
    return tuple((path, code) for code in languages for path in untranslated(library.value, code))


def check_clinic_files(clinic: Loaded[Clinic]) -> Findings:
    """Check the files that a clinic names: its logo and layout, and that there is such paper."""
    return Findings(in_order(clinic_file_problems(clinic)), tuple(clinic_file_warnings(clinic)))


def check_layout(layout: Loaded[Layout], languages: Iterable[str]) -> Findings:
    """Check that a layout asks for nothing impossible and has its texts in `languages`."""
    return Findings(in_order(layout_problems(layout, languages)))


def check_paper(
    prescription: Loaded[Prescription], clinic: Loaded[Clinic], layout: Loaded[Layout]
) -> Findings:
    """Check that the layout can be printed on the paper that the prescription or the clinic asks for."""
    errors = [
        loaded.problem(("paper",), f"this layout has no such paper; {nearest(paper, layout.value.papers)}")
        for loaded, paper in ((prescription, prescription.value.paper), (clinic, clinic.value.paper))
        if paper is not None and paper not in layout.value.papers
    ]
    return Findings(tuple(errors))


def check_read_back(
    prescription: Loaded[Prescription], clinic: Loaded[Clinic], layout: Loaded[Layout]
) -> Findings:
    """Warn that nothing can be read by machine where a layout has no place for marks and codes.

    What a clinic asks for its week sheets does not concern a layout without any.
    """
    has_sheets, asked = "tracker" in layout.value.kinds, prescription.value.read_back
    if has_sheets and layout.value.imposition is None:
        return Findings()
    what = "week sheets of this layout are folded and" if has_sheets else "this layout"
    advice = "print sheets to read with --layout tracker, or write read_back: false"
    message = f"{what} cannot be read by machine, so no marks are printed; {advice}"
    if asked:
        return Findings((), (prescription.problem(("read_back",), message),))
    if asked is None and clinic.value.read_back and has_sheets:
        advice = "print sheets to read with --layout tracker, or write read_back: false in the prescription"
        return Findings((), (clinic.problem(("read_back",), f"{message.partition(';')[0]}; {advice}"),))
    return Findings()


def check_languages(languages: Sequence[Loaded[Language]]) -> Findings:
    """Check that languages are complete, and fill the same placeholders as the first of them."""
    errors: list[Problem] = []
    for language in languages:
        errors += _locale_errors(language)
        errors += _placeholder_errors(language, languages[0])
    return Findings(tuple(errors))


def _locale_errors(loaded: Loaded[Language]) -> Iterator[Problem]:
    from babel import Locale, UnknownLocaleError

    language = loaded.value
    for field in ("day_names", "day_short"):
        for day in WEEKDAYS:
            if day not in getattr(language, field):
                yield loaded.problem((field, day), "missing; add the day")
    for side in ("left", "right"):
        if side not in language.sides:
            yield loaded.problem(("sides", side), "missing; add the word for this side")
    try:
        forms = Locale.parse(language.locale).plural_form.tags
    except UnknownLocaleError:
        yield loaded.problem(("locale",), "this locale is not known; write one such as nl or nl_BE")
        return
    for noun in Plurals.model_fields:
        for form in sorted(forms):
            if getattr(getattr(language.plurals, noun), form) is None:
                yield loaded.problem(("plurals", noun, form), "missing; this language needs the form")


def _placeholder_errors(loaded: Loaded[Language], first: Loaded[Language]) -> Iterator[Problem]:
    for name in type(loaded.value.strings).model_fields:
        wanted = _placeholders(getattr(first.value.strings, name))
        found = _placeholders(getattr(loaded.value.strings, name))
        if found != wanted:
            names = ", ".join(f"{{{item}}}" for item in sorted(wanted)) or "none"
            message = f"holds other placeholders than in {first.value.id}; there they are: {names}"
            yield loaded.problem(("strings", name), message)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{([^{}]*)\}", text))
