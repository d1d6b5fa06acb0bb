"""Prescriptions that week sheets were made from: they give the sheets their dates and names of exercises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pdfgen.content.files.source import Mark, Source, node_of
from pdfgen.content.files.strict_yaml import parse_bytes
from pdfgen.content.rosters.formats import is_roster
from pdfgen.content.rosters.roster import row_source
from pdfgen.errors import InputError, Problem
from pdfgen.front import read_roster
from pdfgen.production.file_checks import kind_of
from pdfgen.production.job import Job
from pdfgen.web.engine.frames import Frame
from pdfgen.web.engine.requests import Request
from pdfgen.web.engine.scans import check_edition, named_files
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import Workplace

#: Ids of documents in one request.
_MOST_DOCUMENTS = 1_000
#: Files that a prescription may name; they are not opened here.
_NAMED = ("clinic", "library")
_NO_PATIENT = "is no patient's file and no list of patients; choose those"


def scan_patients(workplace: Workplace, request: Request) -> Iterator[Frame]:
    """Yield how far the search for the prescriptions of documents is, then what was found."""
    check_edition(workplace)
    from pdfgen.production.known_documents import search
    from pdfgen.scanning.plain_data import known_as_data

    wanted = request.texts("documents", _MOST_DOCUMENTS)
    problems: list[Problem] = []
    jobs: list[Job] = []
    for name, data in named_files(request):
        try:
            jobs += _jobs(workplace, data, name)
        except InputError as error:
            problems += error.problems
    found: dict[str, Any] = {}
    for step in search(jobs, wanted, workplace.shared):
        found |= {document: known_as_data(one) for document, one in step.found.items()}
        yield Frame({"done": step.done, "most": step.most, "found": len(found)})
    yield Frame({"known": found, "problems": told(problems)})


def _jobs(workplace: Workplace, data: bytes, name: str) -> list[Job]:
    """Return a job for each prescription in a file.

    Raises:
        InputError: it is none, or a list that cannot be read.
    """
    sources: Sequence[Source]
    if is_roster(data, name):
        sources = [row_source(row, None) for row in read_roster(data, name).rows]
    else:
        source = replace(parse_bytes(data, name), is_passed=True)
        if kind_of(source.data, name) != "patient":
            raise InputError(Problem(_NO_PATIENT, file=name))
        sources = [source, *_without_names(source)]
    return [
        Job(source, clinic=workplace.clinic_file, libraries=workplace.own_libraries) for source in sources
    ]


def _without_names(source: Source) -> Iterator[Source]:
    """Yield a prescription that names files as this page makes it: without those names."""
    kept = {key: value for key, value in source.data.items() if key not in _NAMED}
    if len(kept) < len(source.data):
        yield Source(source.file, node_of(kept, Mark(source.file, 0, 0)), is_passed=True)
