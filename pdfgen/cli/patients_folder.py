"""The prescriptions that `--patients` names: a folder of files, or a roster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pdfgen.cli import report
from pdfgen.cli.config import user_config
from pdfgen.content.files.file_bytes import read_bytes
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.rosters.formats import is_roster
from pdfgen.content.rosters.options import MAX_BYTES, RosterOptions
from pdfgen.content.rosters.reading import roster_of
from pdfgen.content.rosters.roster import row_source
from pdfgen.errors import InputError, Problem
from pdfgen.production.file_checks import kind_of
from pdfgen.production.inputs import names_of
from pdfgen.production.job import Job

if TYPE_CHECKING:
    from pdfgen.production.shared import Shared


def jobs_of(path: Path, shared: Shared) -> list[Job]:
    """Return a job for each prescription.

    Raises:
        InputError: there is no such folder or file, or it has no prescription.
    """
    config = user_config()
    base = Job(
        path,
        default_clinic=config.clinic,
        default_paper=config.paper,
        default_libraries=config.libraries,
    )
    jobs = list(_in_folder(path, base) if path.is_dir() else _in_file(path, base, shared))
    if not jobs:
        raise InputError(
            Problem("has no prescription; name a folder with patients' files, or a roster", file=str(path))
        )
    return jobs


def _in_folder(folder: Path, base: Job) -> Iterator[Job]:
    for file in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml"), *folder.glob("*.json")]):
        try:
            source = read_yaml(file, "prescription")
            if kind_of(source.data, str(file)) == "patient":
                yield base._replace(prescription_file=source)
        except InputError as error:
            report.warnings(error.problems)


def _in_file(file: Path, base: Job, shared: Shared) -> Iterator[Job]:
    data, name = read_bytes(file, "roster", MAX_BYTES), str(file)
    if not is_roster(data, name):
        yield base._replace(prescription_file=read_yaml(file, "prescription"))
        return
    roster = roster_of(data, name, RosterOptions(), names_of(base, shared), None)
    for row in roster.rows:
        yield base._replace(prescription_file=row_source(row, None))
