"""Which prescription a document was made from: its id is computed again, in the ways a clinic makes programs.

The id of a document is computed from all that goes into it, so a prescription has one id for each choice of
layout, paper and looks. All of them are tried for all prescriptions, those with the fewest choices first.
What stands on a sheet is not compared: patients with the same program have the same boxes, and other dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from pdfgen.content.files.settings import Setting
from pdfgen.content.loading import list_layouts
from pdfgen.errors import PdfgenError
from pdfgen.production.job import Job
from pdfgen.production.program import Program, plan, read
from pdfgen.production.shared import Shared
from pdfgen.scanning.table import Known
from pdfgen.typesetting.sheet_payload import PAPERS

#: Layouts that are tried first.
_LIKELY = ("tracker", "standard", "screen")
#: Choices that are made on the command line, or in the page, for sheets of one prescription.
_SETTINGS: tuple[Setting, ...] = (
    ("read_back", "true", "--set"), ("large", "true", "--large"), ("ink", "grey", "--grey")
)  # fmt: skip


class _Way(NamedTuple):
    """A way to make a program: layout and paper, None where it is the usual one, and settings."""

    layout: str | None
    paper: str | None
    settings: tuple[Setting, ...]

    def program(self, job: Job, shared: Shared) -> Program | None:
        """Return the program of a prescription; None where that cannot be made."""
        paper = self.paper or job.paper
        overrides = (*job.overrides, *self.settings)
        try:
            return read(job._replace(layout=self.layout, paper=paper, overrides=overrides), shared)
        except PdfgenError:
            return None


class Searched(NamedTuple):
    """How far a search is: how many programs were looked at, of how many at most, and what one was."""

    done: int
    most: int
    found: Mapping[str, Known]


def known_documents(jobs: Sequence[Job], wanted: Iterable[str], shared: Shared) -> dict[str, Known]:
    """Return what the prescriptions of documents say, by document id; documents of nobody are left out.

    Args:
        jobs: one for each prescription, as `pdfgen generate` would make it without options.
        wanted: ids of documents.
        shared: what programs share.
    """
    found: dict[str, Known] = {}
    for step in search(jobs, wanted, shared):
        found |= step.found
    return found


def search(jobs: Sequence[Job], wanted: Iterable[str], shared: Shared) -> Iterator[Searched]:
    """Yield after each program that was looked at; the search ends when all documents are found.

    Args:
        jobs, wanted, shared: as for `known_documents`.
    """
    missing = set(wanted)
    ways = tuple(_ways())
    done = 0
    for way in ways:
        for job in jobs:
            if not missing:
                return
            done += 1
            program = way.program(job, shared)
            found = {}
            if program and program.identity.document_id in missing:
                missing.discard(program.identity.document_id)
                found = {program.identity.document_id: _known(program, shared)}
            yield Searched(done, len(ways) * len(jobs), found)


def _ways() -> Iterator[_Way]:
    """Yield all ways, those with few choices first."""
    layouts = (None, *_LIKELY, *sorted(set(list_layouts()) - set(_LIKELY)))
    chosen = [
        tuple(setting for setting, there in zip(_SETTINGS, which, strict=True) if there)
        for which in product((False, True), repeat=len(_SETTINGS))
    ]
    choices = sorted(product((None, *PAPERS), chosen), key=lambda one: len(one[1]) + (one[0] is not None))
    for paper, settings in choices:
        for layout in layouts:
            yield _Way(layout, paper, settings)


def _known(program: Program, shared: Shared) -> Known:
    planned = plan(program, shared)
    names = {exercise.number: exercise.name for exercise in planned.exercises}
    return Known(names, planned.start, len(planned.weeks))
