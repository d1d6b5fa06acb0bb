"""Which prescription a document was made from: its id is computed again, in the ways a clinic makes programs.

The id of a document is computed from all that goes into it, the layout included, so a prescription has one
id for each layout. Those that week sheets are printed with are tried for all prescriptions, the likely ones
first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pdfgen.content.loading import list_layouts
from pdfgen.errors import PdfgenError
from pdfgen.production.job import Job
from pdfgen.production.program import Program, plan, read
from pdfgen.production.shared import Shared
from pdfgen.scanning.table import Known

#: Layouts that are tried first.
_LIKELY = ("tracker", "standard", "screen")
_READ_BACK = ("read_back", "true", "--set")


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
    for layout, reads_back in ways:
        for job in jobs:
            if not missing:
                return
            done += 1
            program = _program(job, layout, reads_back, shared)
            found = {}
            if program and program.identity.document_id in missing:
                missing.discard(program.identity.document_id)
                found = {program.identity.document_id: _known(program, shared)}
            yield Searched(done, len(ways) * len(jobs), found)


def _ways() -> Iterator[tuple[str | None, bool]]:
    """Yield layouts, and whether the sheets are asked for on the command line; None is the usual layout."""
    others = sorted(set(list_layouts()) - set(_LIKELY))
    for layout in (None, *_LIKELY, *others):
        yield layout, False
        yield layout, True


def _program(job: Job, layout: str | None, reads_back: bool, shared: Shared) -> Program | None:
    """Return the program of a prescription in one way; None where that cannot be made."""
    if reads_back:
        job = job._replace(overrides=(*job.overrides, _READ_BACK))
    try:
        return read(job._replace(layout=layout), shared)
    except PdfgenError:
        return None


def _known(program: Program, shared: Shared) -> Known:
    planned = plan(program, shared)
    names = {exercise.number: exercise.name for exercise in planned.exercises}
    return Known(names, planned.start, len(planned.weeks))
