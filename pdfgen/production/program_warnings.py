"""What a therapist should look at, of a program that can be made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pdfgen.checks.cards import many_cards
from pdfgen.checks.cautions import open_cautions
from pdfgen.checks.growth import steep_weeks
from pdfgen.checks.notes import foreign_words, idle_notes, notes_elsewhere
from pdfgen.checks.sessions import too_long
from pdfgen.checks.sharpness import coarse_photos
from pdfgen.checks.undrawn import undrawn_forms
from pdfgen.checks.years import doubtful_year
from pdfgen.errors import Problem
from pdfgen.production.identity import today
from pdfgen.production.program import Program

if TYPE_CHECKING:
    from pdfgen.planning.plan import Plan
    from pdfgen.typesetting.document import PrintedPhoto


def warnings_of_pages(
    program: Program, photos: Iterable[PrintedPhoto], pages: int, *, says_all: bool
) -> tuple[Problem, ...]:
    """Return what should be looked at and only shows on the pages.

    That is photos that are not sharp, many cards, and sheets of weeks without room for cautions and notes.

    Args:
        photos, pages: of a composed document of the program.
        says_all: whether its sheets of weeks say all cautions and notes.
    """
    cards = many_cards(program.layout, pages, program.source)
    elsewhere = () if says_all else (notes_elsewhere(program.source),)
    return (*coarse_photos(photos, program.library_source)[1], *cards, *elsewhere)


def warnings_of(program: Program, planned: Plan) -> tuple[Problem, ...]:
    """Return what the therapist should look at: warnings, and cautions that are still open."""
    cautions = open_cautions(planned, program.source.source.file)
    rises = steep_weeks(planned, program.source)
    years = doubtful_year(program.source, today())
    undrawn = undrawn_forms(planned, program.library_source)
    second = program.second_language
    idle = (
        *idle_notes(planned, program.source),
        *(foreign_words(program.source, second) if second is not None else ()),
    )
    long = too_long(planned, program.source)
    return (*program.warnings, *years, *long, *rises, *undrawn, *idle, *cautions)
