"""What somebody asked for: one program, before anything is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pdfgen.content.files.resources import library_file
from pdfgen.content.files.settings import Setting
from pdfgen.content.files.source import Source


class Job(NamedTuple):
    """What somebody asked for: files (read already or not), and choices that go above those in the files.

    Attributes:
        logo: the content of the clinic's logo; where it is None, the clinic's file says where it is.
        default_clinic: the clinic's file for prescriptions that name none.
        default_paper: goes above the paper of clinic and layout, where the layout has it.
        default_libraries: laid over the shipped one, below those of the prescription and `libraries`.
        opens_named: whether the clinic's file and the libraries that the prescription names are opened; where
            not, `clinic` and `libraries` stand in their place.
    """

    prescription_file: Path | Source
    layout: str | Source | None = None
    language: str | None = None
    twin: str | None = None
    paper: str | None = None
    clinic: Path | Source | None = None
    libraries: tuple[Path | Source, ...] = ()
    logo: bytes | None = None
    overrides: tuple[Setting, ...] = ()
    name_in_metadata: bool = False
    default_clinic: Path | None = None
    default_paper: str | None = None
    default_libraries: tuple[Path, ...] = ()
    opens_named: bool = True


def overrides_of(job: Job) -> tuple[Setting, ...]:
    """Return the choices of a job that stand in place of values of the prescription."""
    options = (("language", job.language), ("paper", job.paper))
    chosen = (*job.overrides, *((key, value, f"--{key}") for key, value in options if value is not None))
    return (*chosen, ("twin_language", job.twin, "--twin")) if job.twin is not None else chosen


def library_files(job: Job, named: Iterable[Path] = ()) -> tuple[Path | Source, ...]:
    """Return the shipped library and those laid over it, in order; `named` are those of the prescription."""
    return (library_file(), *job.default_libraries, *named, *job.libraries)
