"""Rules about a clinic and the files that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pdfgen.content.files.source import FieldPath
from pdfgen.content.loading import Loaded, load_layout
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.field_types import LocalText, is_in
from pdfgen.content.models.layout import PAPER_SIZES, Layout
from pdfgen.content.models.library import Library
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.pictures.drawing import contrast_ratio
from pdfgen.content.pictures.picture_file import load_logo
from pdfgen.content.pictures.visibility import FAINTEST, contrast_on_white
from pdfgen.content.rules.translations import in_language
from pdfgen.errors import InputError, Problem

#: Contrast of the accent colour with white (WCAG 2.2, 1.4.6 enhanced).
LEAST_CONTRAST = 7.0

#: What people write for a country, and its code in ISO 3166-1.
_COUNTRY_CODES: Mapping[str, str] = MappingProxyType({"UK": "GB"})


def clinic_problems(clinic: Loaded[Clinic], library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the country, the lines and the colour of a clinic."""
    country = clinic.value.country
    if country not in library.countries:
        code = _COUNTRY_CODES.get(country, "")
        advice = f"write {code}" if code in library.countries else nearest(country, library.countries)
        yield clinic.problem(("country",), f"there are no phone numbers for this country; {advice}")
    else:
        yield from _line_problems(clinic, library)
    contrast = contrast_with_white(clinic.value.accent)
    if contrast < LEAST_CONTRAST:
        message = (
            f"too light: its contrast with white is {contrast:.1f} to 1; choose a colour with at least 7 to 1"
        )
        yield clinic.problem(("accent",), message)


def _line_problems(clinic: Loaded[Clinic], library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the clinic's own lines: unknown ones, and one that stands there twice."""
    country = clinic.value.country
    known = [line.id for line in library.countries[country].urgent]
    seen: set[str] = set()
    for index, line in enumerate(clinic.value.urgent):
        at = ("urgent", index, "id")
        if line.id not in known:
            advice = nearest(line.id, known)
            yield clinic.problem(at, f'the country {country} has no line "{line.id}"; {advice}')
        elif line.id in seen:
            yield clinic.problem(at, f'the line "{line.id}" stands here twice; leave one out')
        seen.add(line.id)


def clinic_text_problems(
    clinic: Loaded[Clinic], condition: str, library: Library, languages: Iterable[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the texts that a clinic adds to the programs of a condition.

    Its boxes must be there, so that no sign is left out in silence, and its texts in all languages.
    """
    added = clinic.value.safety
    known = [box.id for box in library.conditions[condition].safety.boxes]
    for box in added.signs:
        if box not in known:
            message = f'there is no box "{box}" for "{condition}"; {nearest(box, known)}'
            yield clinic.problem(("safety", "signs", box), message, key=True)
    texts: list[tuple[FieldPath, LocalText]] = [
        (("safety", "signs", box, index), sign)
        for box, signs in added.signs.items()
        for index, sign in enumerate(signs)
    ]
    texts += [(("safety", "ask_first", index), who) for index, who in enumerate(added.ask_first)]
    if clinic.value.closing is not None:
        texts.append((("closing",), clinic.value.closing))
    for path, text in texts:
        for code in languages:
            if not is_in(text, code):
                yield clinic.problem((*path, code), f"missing; add {in_language(code)}")


def clinic_file_problems(clinic: Loaded[Clinic]) -> Iterator[Problem]:
    """Yield what is wrong with the logo, the layout and the paper that a clinic names."""
    try:
        load_logo(clinic)
    except InputError as error:
        yield from error.problems
    try:
        layout = load_layout(clinic.value.layout, clinic.folder, clinic)
    except InputError as error:
        yield from error.problems
        yield from _unknown_paper(clinic, None)
    else:
        yield from _unknown_paper(clinic, layout.value)


def clinic_file_warnings(clinic: Loaded[Clinic]) -> Iterator[Problem]:
    """Yield a warning where the logo is not seen on paper: a white one, made for a dark page."""
    try:
        logo = load_logo(clinic)
    except InputError:
        return
    if logo is not None and contrast_on_white(logo) < FAINTEST:
        message = "the logo is as light as the paper and is not seen; give its version for a white page"
        yield clinic.problem(("logo",), message)


def _unknown_paper(clinic: Loaded[Clinic], layout: Layout | None) -> Iterator[Problem]:
    paper, known = clinic.value.paper, tuple(PAPER_SIZES)
    if paper is not None and paper not in known:
        yield clinic.problem(("paper",), f'there is no paper "{paper}"; {nearest(paper, known)}')
    elif paper is not None and layout is not None and paper not in layout.papers:
        yield clinic.problem(("paper",), f"this layout has no such paper; {nearest(paper, layout.papers)}")


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of `#rrggbb` with white, 1 to 21 (WCAG 2.2, relative luminance)."""
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    return contrast_ratio((red, green, blue), (1.0, 1.0, 1.0))
