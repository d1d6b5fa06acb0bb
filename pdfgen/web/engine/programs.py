"""One patient's program: checked, planned, drawn, made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pdfgen.content.loading import list_layouts
from pdfgen.content.models.language import Language
from pdfgen.delivery.page_pictures import LEAST_PIXELS, MOST_PIXELS, page_pictures, page_sizes
from pdfgen.errors import PdfgenError, Problem
from pdfgen.front import CheckedProgram, Made, make
from pdfgen.front import calendar as calendar_of
from pdfgen.planning.plan import Plan
from pdfgen.production.program import plan as plan_of
from pdfgen.production.program_warnings import warnings_of
from pdfgen.web.engine.cautions import cautions
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.plan_table import plan_table, record_lines
from pdfgen.web.engine.requests import Request, RequestError
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import Workplace

_MOST_PAGES = 100
_MOST_PICTURES = 40
_KINDS = ("program", "copy", "sheets")


class _Looked:
    """What is known of a prescription: the program where it can be made, and what an answer says of it."""

    def __init__(self, workplace: Workplace, request: Request) -> None:
        self.workplace = workplace
        self.values = request.mapping("values")
        self.language = workplace.language(request.text("language", "en"))
        self.program: CheckedProgram | None = None
        self.problems: tuple[Problem, ...] = ()
        self.warnings: tuple[Problem, ...] = ()
        self.plan: Plan | None = None
        try:
            program = workplace.read(self.values)
            planned = plan_of(program.program, program.shared)
            self.program, self.plan = program, planned
            self.warnings = warnings_of(program.program, planned)
        except PdfgenError as error:
            self.problems = error.problems

    @property
    def data(self) -> dict[str, Any]:
        """The answer of `check`."""
        library = self.workplace.library_or_shipped()[0].value
        planned = self.plan.cautions if self.plan else ()
        followed = frozenset(f"{one.exercise}/{one.situation}" for one in planned if one.followed)
        shown = list(cautions(self.values, library, self.language, followed))
        both = {one["id"] for one in shown}
        # Cautions have a place of their own beside their exercise.
        others = [one for one in self.warnings if one.field not in both]
        others += self.workplace.not_opened(self.values)
        found = {
            "ok": not self.problems,
            "problems": told(self.problems),
            "warnings": told(others),
            "cautions": shown,
            "plan": None,
            "record": [],
            "document_id": "",
        }
        if self.program is not None and self.plan is not None:
            shown_plan, language = self._shown_plan(self.program, self.plan)
            found |= {
                "plan": plan_table(shown_plan, language),
                "record": record_lines(shown_plan, language),
                "document_id": self.program.document_id,
            }
        return found

    def _shown_plan(self, program: CheckedProgram, planned: Plan) -> tuple[Plan, Language]:
        """Return the plan in the language of the page, where the library has that."""
        made = program.program
        if self.language.id == made.language.id or self.language.id not in made.library.languages:
            return planned, made.language
        shown = made._replace(language=self.language)
        try:
            return plan_of(shown, program.shared), self.language
        except (PdfgenError, KeyError):
            # A clinic's own exercise may lack the language of the page.
            return planned, made.language


def check(workplace: Workplace, request: Request) -> Frame:
    """Return what is wrong, what to look at, and the plan; pages are not made."""
    return Frame(_Looked(workplace, request).data)


def preview(workplace: Workplace, request: Request) -> Frame:
    """Return what `check` does, with pictures of pages where they can be made."""
    numbers = request.items("pages", _MOST_PICTURES) or [1]
    if not all(isinstance(one, int) and 1 <= one <= _MOST_PAGES * 10 for one in numbers):
        raise RequestError("pages must be numbers from 1")
    width = request.number("width", LEAST_PIXELS, MOST_PIXELS, 800)
    looked = _Looked(workplace, request)
    generation = request.number("generation", 0, 2**53, 0)
    found: dict[str, Any] = {"generation": generation, "page_count": 0, "sizes": [], "pictures": []}
    files: list[NamedFile] = []
    if looked.program is not None:
        made = make(looked.program, sheets=False)
        looked.problems, looked.warnings = made.problems, made.warnings or looked.warnings
        if made.files:
            data = made.files[0].data
            sizes = page_sizes(data)
            found |= {"page_count": len(sizes), "sizes": [list(size) for size in sizes]}
            for picture in page_pictures(data, numbers, width):
                name = f"page-{picture.number}.png"
                found["pictures"].append(
                    {"page": picture.number, "width": picture.width, "height": picture.height, "name": name}
                )
                files.append(NamedFile(name, picture.png))
    return Frame({**looked.data, **found}, tuple(files))


def pdf(workplace: Workplace, request: Request) -> Frame:
    """Return a finished file: the program, its copy in a second language, or the sheets for the printer."""
    kind = request.text("kind", "program")
    if kind not in _KINDS:
        raise RequestError(f"kind must be one of {', '.join(_KINDS)}")
    edition = request.text("edition", "") or None
    if edition is not None and edition not in list_layouts():
        raise RequestError("edition must be one of the layouts of the catalogue")
    values = request.mapping("values")
    made = _made(workplace, values, edition)
    chosen = [file for file in made.files if file.kind == kind]
    problems = made.problems
    if made.files and not chosen:
        problems = (Problem("this edition has no such file", field="layout"),)
    return Frame(
        {"problems": told(problems), "warnings": told((*made.warnings, *workplace.not_opened(values)))},
        tuple(NamedFile(file.name, file.data) for file in chosen),
    )


def _made(workplace: Workplace, values: Mapping[str, Any], edition: str | None) -> Made:
    try:
        return make(workplace.read(values, edition), sheets=workplace.makes_sheets)
    except PdfgenError as error:
        return Made(problems=error.problems)


def calendar(workplace: Workplace, request: Request) -> Frame:
    """Return the days with exercises as a calendar."""
    try:
        program = workplace.read(request.mapping("values"))
        data = calendar_of(program)
    except PdfgenError as error:
        return Frame({"problems": told(error.problems)})
    return Frame({"problems": []}, (NamedFile(f"{program.document_id}.ics", data),))
