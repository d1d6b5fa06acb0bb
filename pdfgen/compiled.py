"""The files of patients with the same plan: composed once, then only filled in.

A `Compiled` is made from the first of them. Whatever cannot be filled in (a name of two lines, a character
that the fonts in the file lack) is composed by itself, as `generate` does; both ways write the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pdfgen.pdf.fillings import Filling, PageForm
from pdfgen.pdf.fonts import NoCodeError
from pdfgen.pdf.skeleton import Finished, Skeleton
from pdfgen.press import Press, Stock
from pdfgen.typesetting.sheet import check_characters
from pdfgen.typesetting.slots import Form, filled, form_of, slot_runs
from pdfgen.typesetting.text import unbroken


class Compiled(NamedTuple):
    """What the files of a plan share, and where the rest goes.

    Attributes:
        filling: sets words in place of those of the first patient; None where that cannot be.
    """

    skeleton: Skeleton
    form: Form
    filling: Filling | None

    @property
    def pages(self) -> int:
        """How many pages each file has."""
        return len(self.form.of_pages)

    def file(self, values: Mapping[str, str]) -> Finished | None:
        """Return the file of a patient; None where it has to be composed by itself.

        Args:
            values: as `Press.personal_values`.
        """
        try:
            if contents := self.in_short(values):
                return self.skeleton.with_contents(self.form.title, values["document_id"], contents)
            personal = filled(self.form, values)
            return self.skeleton.finished(personal) if personal else None
        except NoCodeError:
            return None

    def in_short(self, values: Mapping[str, str]) -> list[bytes] | None:
        """Return the personal contents of all pages in the short way; None where it does not serve.

        Raises:
            FitError: no font has a character.
        """
        label = values["label"]
        words = label.split(" ") if label else []
        if self.filling is None or not all(words):
            return None
        form, ident = self.form, values["document_id"]
        others = []
        for slot, place in zip(form.slots, form.places, strict=True):
            if place is None:
                runs = slot_runs(slot, values, is_grey=form.is_grey)
                if runs is None:
                    return None
                others.append(runs)
        checks = check_characters([code for of_page in form.codes for code, *_ in of_page], ident)
        try:
            return self.filling.contents(values, list(map(unbroken, words)), others, ident, checks)
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
    compiled = compiled_of(press, stock)
    if compiled and (file := compiled.file(press.personal_values)):
        return Made(file, compiled.pages)
    made, compiled = _composed(press)
    if compiled:
        stock.keep(("compiled", press.plan_key), compiled)
    return made


def compiled_of(press: Press, stock: Stock) -> Compiled | None:
    """Return what was kept of the plan of a program; None where nothing was."""
    compiled = stock.recent(("compiled", press.plan_key))
    return compiled if isinstance(compiled, Compiled) else None


def _composed(press: Press) -> tuple[Made, Compiled | None]:
    document = press.document()
    skeleton = Skeleton(document)
    made = Made(skeleton.finished(document.personal), len(document.pages))
    form = form_of(document) if skeleton.serves_others else None
    if form is None:
        return made, None
    return made, Compiled(skeleton, form, _filling(skeleton, form, press.personal_values))


def _filling(skeleton: Skeleton, form: Form, values: Mapping[str, str]) -> Filling | None:
    """Return what sets the words of other patients, from the words of the first one."""
    lines = [slot_runs(slot, values, is_grey=form.is_grey) or () for slot in form.slots]
    if not Filling.serves(skeleton, lines):
        return None
    pages = [
        PageForm(form.pages[page], tuple([(code.head, code.tail, x, y, size) for code, x, y, size in codes]))
        for page, codes in zip(form.of_pages, form.codes, strict=True)
    ]
    return Filling(skeleton, lines, form.places, pages)
