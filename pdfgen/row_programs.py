"""What a row asks for: the program of one patient, before its files are made.

Most rows of a list say what a row before them said, but for the name of the patient. Of such a row only the
name is checked, and the identity of its program worked out; all else is known. The same is found as by
`press.prepare`, only sooner.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pdfgen import __version__
from pdfgen.companions import ProgramFile, suffixes
from pdfgen.compiled import compiled_of
from pdfgen.content.prescription import Patient
from pdfgen.content.source import as_canonical
from pdfgen.delivery.manifest import PROGRAM
from pdfgen.pictures import load_family

if TYPE_CHECKING:
    from pdfgen.content.rosters.roster import RosterRow
    from pdfgen.errors import Problem
    from pdfgen.identity import Identity
    from pdfgen.press import Press, Stock

#: Stands for the name where the text of a source is taken apart; no valid source holds it.
_MARK = "\0"


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


class Plan:
    """What programs have in common that differ in nothing but who the patient is.

    Args:
        press: of one of them.
        encrypted: whether files open with a password only.
    """

    def __init__(self, press: Press, *, encrypted: bool) -> None:
        prescription = press.prescription
        self._warnings = press.to_look_at()
        self._suffixes = suffixes(press)
        self._made_from = (__version__, press.created.isoformat(), press.name_in_metadata, encrypted)
        self._fields = (
            ("language", prescription.language),
            ("paper", press.paper),
            ("program", prescription.program),
            ("start", prescription.start.isoformat() if prescription.start else "undated"),
            ("weeks", str(prescription.weeks)),
            ("layout", press.layout_name),
        )

    def program(
        self, row: int, label: str, identity: Identity, files: Callable[[], Iterable[ProgramFile]]
    ) -> Program:
        """Return the program of the patient in a row, which counts as the user does."""
        ident = identity.document_id
        key = hashlib.sha256(repr((identity.digest, ident, *self._made_from)).encode()).hexdigest()[:16]
        fields = (("row", str(row)), ("id", ident), ("label", label), *self._fields)
        return Program(ident, label, key, fields, self._warnings, self._suffixes, files)


class KnownPlan:
    """Makes programs for rows that say what the row of `press` says, but for the name of the patient.

    Args:
        plan: what they have in common.
        press: one that it `serves`.
    """

    def __init__(self, plan: Plan, press: Press) -> None:
        self._plan = plan
        self._press = press
        text = as_canonical({**press.source.source.data, "patient": {"label": _MARK}})
        head, _, self._tail = text.partition(as_canonical(_MARK))
        self._identifier = press.identifier.begun(head)
        self._face = load_family().primary()

    @staticmethod
    def serves(press: Press) -> bool:
        """Whether programs of other patients can be made from this one: of one file, and without warnings.

        Warnings name the row that they are about.
        """
        said = press.source.source.data.get("patient")
        is_named = isinstance(said, dict) and said.keys() == {"label"} and press.prescription.patient.label
        is_single = press.twin() is None and press.layout.imposition is None
        is_plain = press.prescription.id is None and not press.name_in_metadata
        return bool(is_named) and is_single and is_plain and not press.warnings

    def program(
        self, row: RosterRow, stock: Stock, composed: Callable[[], Iterable[ProgramFile]]
    ) -> Program | None:
        """Return the program of a row.

        None where `press.prepare` has to look: the name is not valid, or needs another font, or is not all
        that the row says of the patient.

        Args:
            stock: where files of the plan are kept.
            composed: makes the files where they cannot be filled in.
        """
        who = row.who
        said = who.get("patient")
        if len(who) != 1 or not isinstance(said, dict) or said.keys() != {"label"}:
            return None
        try:
            label = Patient.model_validate(said).label
        except ValueError:
            return None
        if not label or not self._face.has_all(label):
            return None
        identity = self._identifier.identify(as_canonical(said["label"]) + self._tail)
        values = {"label": label, "document_id": identity.document_id, "input_hash": identity.digest}
        return self._plan.program(
            row.number, label, identity, lambda: self._filled(values, stock) or composed()
        )

    def _filled(self, values: Mapping[str, str], stock: Stock) -> tuple[ProgramFile, ...]:
        """Return the files of a patient; none where they have to be composed."""
        compiled = compiled_of(self._press, stock)
        file = compiled.file(values) if compiled else None
        return (ProgramFile(PROGRAM, file, compiled.pages),) if compiled and file else ()
