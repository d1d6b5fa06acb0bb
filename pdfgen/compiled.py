"""The files of patients with the same plan: composed once, then only filled in.

A `Compiled` is made from the first of them. Whatever cannot be filled in (a name of two lines, a character
that the fonts in the file lack) is composed by itself, as `generate` does; both ways write the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pdfgen.pdf.fonts import NoCodeError
from pdfgen.pdf.skeleton import Finished, Skeleton
from pdfgen.press import Press, Stock
from pdfgen.typesetting.slots import Form, filled, form_of


class Compiled(NamedTuple):
    """What the files of a plan share, and where the rest goes."""

    skeleton: Skeleton
    form: Form

    @property
    def pages(self) -> int:
        """How many pages each file has."""
        return len(self.form.slots)

    def file(self, values: Mapping[str, str]) -> Finished | None:
        """Return the file of a patient; None where it has to be composed by itself.

        Args:
            values: as `Press.personal_values`.
        """
        personal = filled(self.form, values)
        if personal is None:
            return None
        try:
            return self.skeleton.finished(personal)
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
    compiled = stock.recent(("compiled", press.plan_key))
    if isinstance(compiled, Compiled) and (file := compiled.file(press.personal_values)):
        return Made(file, compiled.pages)
    made, compiled = _composed(press)
    if compiled:
        stock.keep(("compiled", press.plan_key), compiled)
    return made


def _composed(press: Press) -> tuple[Made, Compiled | None]:
    document = press.document()
    skeleton = Skeleton(document)
    made = Made(skeleton.finished(document.personal), len(document.pages))
    form = form_of(document) if skeleton.serves_others else None
    return made, Compiled(skeleton, form) if form else None
