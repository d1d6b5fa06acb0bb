"""The second language of layouts that make twin copies."""

from __future__ import annotations

from collections.abc import Callable

from pdfgen.content.loading import Loaded
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.field_types import without_region
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.prescription import Prescription
from pdfgen.errors import InputError, Problem


def load_second_language(
    option: str | None,
    own: str,
    prescription: Loaded[Prescription],
    clinic: Loaded[Clinic],
    layout: Loaded[Layout],
    load: Callable[[str], Loaded[Language]],
) -> Loaded[Language] | None:
    """Return the language of the twin copy, read by `load`; None where the layout has no twin.

    `own` is the code of the program's language, whatever its country. The second one is the prescription's
    `twin_language`, in whose place the option comes, else the first of the clinic's languages that is not
    the patient's.

    Raises:
        InputError: there is no such language, it is the patient's own, or the layout makes no twin copy.
    """
    if not layout.value.twin:
        if option is None:
            return None
        message = "this layout makes no twin copy; take the layout bilingual, or leave this out"
        raise InputError(Problem(message, field="--twin"))
    code = prescription.value.twin_language
    if code is not None and without_region(code) == without_region(own):
        message = f'"{code}" is the language of the program itself; name another'
        raise InputError(prescription.problem(("twin_language",), message))
    if code is not None:
        return _load(load, code, prescription, ("twin_language",))
    for index, spoken in enumerate(clinic.value.languages):
        if without_region(spoken) != without_region(own):
            return _load(load, spoken, clinic, ("languages", index))
    message = (
        f'the layout makes a copy in a second language, and no language is known besides "{own}"; add '
        "--twin CODE, twin_language to the prescription, or languages to the clinic's file"
    )
    raise InputError(prescription.problem(("twin_language",), message))


def _load(
    load: Callable[[str], Loaded[Language]],
    code: str,
    named_in: Loaded[Prescription] | Loaded[Clinic],
    path: tuple[str | int, ...],
) -> Loaded[Language]:
    try:
        return load(code)
    except InputError as error:
        raise InputError(named_in.problem(path, problem.message) for problem in error.problems) from None
