"""The files of patients with the same plan: composed once, then only filled in.

A `Compiled` is made from the first of them. Whatever cannot be filled in (a name of two lines, a character
that the fonts in the file lack) is composed by itself, as `generate` does; both ways write the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pdfgen.pdf.fonts import NoCodeError
from pdfgen.pdf.shared_part import About, Finished, Skeleton
from pdfgen.production.fillings import Filling, filling_of
from pdfgen.production.program import Press, Stock
from pdfgen.typesetting.slots import Form, filled, form_of

#: Files of a plan that are kept to fill in: dates and therapists may take more lines in one than in another.
_MOST_FORMS = 4


@dataclass(frozen=True)
class Compiled:
    """What the files of a plan share, and where the rest goes."""

    skeleton: Skeleton
    form: Form

    @cached_property
    def filling(self) -> Filling | None:
        """Sets words in place of those of the first patient; None where that cannot be.

        It is made for the second patient: most plans may have one only.
        """
        return filling_of(self.skeleton, self.form)

    @property
    def pages(self) -> int:
        """How many pages each file has."""
        return len(self.form.of_pages)

    def file(self, values: Mapping[str, str], created: dt.datetime) -> Finished | None:
        """Return the file of a patient; None where it has to be composed by itself.

        Args:
            values: as `Press.personal_values`.
            created: date of the file.
        """
        try:
            if self.filling is None:
                personal = filled(self.form, values, created)
                return self.skeleton.finished(personal) if personal else None
            contents = self.filling.contents(values)
            about = About(self.form.title, values["document_id"], created)
            return self.skeleton.with_contents(about, contents) if contents else None
        except NoCodeError:
            return None


class Made(NamedTuple):
    """A file and how many pages it has."""

    file: Finished
    pages: int


def make(press: Press, stock: Stock) -> Made:
    """Return the file of a program: filled in where one of the same plan was made before, else composed.

    Raises:
        FitError: something does not fit on its page.
    """
    if press.name_in_metadata or press.twin() is not None:
        return _composed(press)[0]
    kept = _kept(press.plan_key, stock)
    # Of a plan that was not there before the words of dates are not needed.
    if kept and (made := filled_in(press.plan_key, stock, press.personal_values, press.created)):
        return made
    made, compiled = _composed(press)
    if compiled:
        stock.keep(("compiled", press.plan_key), (compiled, *kept)[:_MOST_FORMS])
    return made


def filled_in(
    plan_key: Hashable, stock: Stock, values: Mapping[str, str], created: dt.datetime
) -> Made | None:
    """Return a file from one of the same plan that was made before; None where it has to be composed.

    Args:
        plan_key: as of `Press`.
        stock: where files of the plan are kept.
        values, created: as for `Compiled.file`.
    """
    for compiled in _kept(plan_key, stock):
        if file := compiled.file(values, created):
            return Made(file, compiled.pages)
    return None


def _kept(plan_key: Hashable, stock: Stock) -> tuple[Compiled, ...]:
    kept: tuple[Compiled, ...] = stock.recent(("compiled", plan_key)) or ()
    return kept


def _composed(press: Press) -> tuple[Made, Compiled | None]:
    document = press.document()
    skeleton = Skeleton(document)
    made = Made(skeleton.finished(document.personal), len(document.pages))
    form = form_of(document) if skeleton.serves_others else None
    if form is None:
        return made, None
    return made, Compiled(skeleton, form)
