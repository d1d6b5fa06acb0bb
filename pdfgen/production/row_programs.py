"""What a row asks for: the program of one patient, before its files are made.

Most rows of a list say what a row before them said, but for the patient, the therapist and the start. Of such
a row only these are checked, and the identity of its program worked out; all else is known. The same is found
as by `press.prepare`, only sooner.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from pdfgen import __version__
from pdfgen.content.files.source import as_canonical
from pdfgen.delivery.manifest import PROGRAM
from pdfgen.planning.dates import DateWords
from pdfgen.production.assets import load_family
from pdfgen.production.compiled import filled_in
from pdfgen.production.identity import created_with
from pdfgen.production.program_files import ProgramFile, suffixes

if TYPE_CHECKING:
    from pdfgen.content.models.language import Language
    from pdfgen.content.models.prescription import Personal
    from pdfgen.errors import Problem
    from pdfgen.production.identity import Identity
    from pdfgen.production.program import Press, Stock

#: Stands for what is personal where the text of a source is taken apart; no valid source holds it.
_MARK = "\0"

#: Dates of start whose words are kept: those of half a year of workdays.
_MOST_STARTS = 128


class Program(NamedTuple):
    """The program of one patient.

    Attributes:
        ident: the document id.
        key: a digest of all that decides what its files hold.
        fields: what names of files may be made of.
        warnings: what should be looked at.
        suffixes: what stands behind the stem of the name of each file, by its kind.
        files: makes them.
    """

    ident: str
    label: str
    key: str
    fields: tuple[tuple[str, str], ...]
    warnings: tuple[Problem, ...]
    suffixes: Mapping[str, str]
    files: Callable[[], Iterable[ProgramFile]]


class Whose(NamedTuple):
    """Whose program it is, and from when; `created` is the date of its files."""

    label: str
    start: dt.date | None
    created: dt.datetime
    identity: Identity


class Plan:
    """What programs have in common that differ in nothing but what is personal.

    Args:
        press: of one of them.
        encrypted: whether files open with a password only.
    """

    def __init__(self, press: Press, *, encrypted: bool) -> None:
        prescription = press.prescription
        self._warnings = press.to_look_at()
        self._suffixes = suffixes(press)
        self._made_from = (__version__, press.name_in_metadata, encrypted)
        self._fields = (
            ("language", prescription.language),
            ("paper", press.paper),
            ("program", prescription.program),
            ("weeks", str(prescription.weeks)),
            ("layout", press.layout_name),
        )

    def program(self, row: int, whose: Whose, files: Callable[[], Iterable[ProgramFile]]) -> Program:
        """Return the program in a row, which counts as the user does."""
        ident, start = whose.identity.document_id, whose.start
        made_from = (whose.identity.digest, ident, whose.created.isoformat(), *self._made_from)
        key = hashlib.sha256(repr(made_from).encode()).hexdigest()[:16]
        own = ("row", str(row)), ("id", ident), ("label", whose.label)
        fields = (*own, ("start", start.isoformat() if start else "undated"), *self._fields)
        return Program(ident, whose.label, key, fields, self._warnings, self._suffixes, files)


class KnownPlan:
    """Makes programs for rows that say what the row of `press` says, but for what is personal.

    Args:
        plan: what they have in common.
        press: one that it `serves`.
        said: the personal fields that rows give, each of them.
    """

    def __init__(self, plan: Plan, press: Press, said: Iterable[str]) -> None:
        self._plan = plan
        self._press = press
        self._said = sorted(said)
        marked = {key: {"label": _MARK} if key == "patient" else _MARK for key in self._said}
        text = as_canonical({**press.source.source.data, **marked})
        head, *self._between = text.split(as_canonical(_MARK))
        self._identifier = press.identifier.begun(head)
        self._face = load_family().primary()
        # What is kept does not hold this plan, which holds whole documents and is to go when it is not used.
        words = partial(_date_words, press.prescription.weeks, press.language)
        self._dates = lru_cache(maxsize=_MOST_STARTS)(words)

    @staticmethod
    def serves(press: Press) -> bool:
        """Whether programs of other patients can be made from this one: of one file, and without warnings.

        Warnings name the row that they are about.
        """
        is_single = press.twin() is None and press.layout.imposition is None
        is_plain = press.prescription.id is None and not press.name_in_metadata
        return bool(press.prescription.patient.label) and is_single and is_plain and not press.warnings

    def program(
        self,
        row: int,
        said: Mapping[str, Any],
        found: Personal,
        stock: Stock,
        composed: Callable[[], Iterable[ProgramFile]],
    ) -> Program | None:
        """Return the program of a row.

        None where `press.prepare` has to look: words need another font.

        Args:
            row: as the user counts.
            said: what the row says that is personal.
            found: the same, checked.
            stock: where files of the plan are kept.
            composed: makes the files where they cannot be filled in.
        """
        press, label = self._press, found.patient.label
        if not self._face.has_all(label + found.therapist):
            return None
        texts = [as_canonical(said[key]["label"] if key == "patient" else said[key]) for key in self._said]
        rest = "".join([text for pair in zip(texts, self._between, strict=True) for text in pair])
        start = found.start if "start" in said else press.prescription.start
        whose = Whose(label, start, created_with(start), self._identifier.identify(rest))
        values = {
            **self._dates(start),
            "label": label,
            "therapist": (found.therapist if "therapist" in said else "") or press.plan().therapist,
            "document_id": whose.identity.document_id,
            "input_hash": whose.identity.digest,
        }
        return self._plan.program(
            row, whose, lambda: self._filled(values, whose.created, stock) or composed()
        )

    def _filled(
        self, values: Mapping[str, str], created: dt.datetime, stock: Stock
    ) -> tuple[ProgramFile, ...]:
        """Return the files of a patient; none where they have to be composed."""
        made = filled_in(self._press.plan_key, stock, values, created)
        return (ProgramFile(PROGRAM, *made),) if made else ()


def _date_words(weeks: int, language: Language, start: dt.date | None) -> Mapping[str, str]:
    return dict(DateWords(start, weeks, language))
