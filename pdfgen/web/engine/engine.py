"""The engine: an operation by its name, a request in, frames out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from pdfgen.web.engine import (
    catalogue,
    clinics,
    opened_folder,
    own_exercises,
    pictures,
    prescriptions,
    programs,
    rosters,
    scan_patients,
    scans,
    templates,
    texts_and_photos,
)
from pdfgen.web.engine.frames import Frame
from pdfgen.web.engine.requests import Request, RequestError
from pdfgen.web.engine.workplace import SERVER, Edition, Workplace

Operation: TypeAlias = Callable[[Workplace, Request], Frame | Iterable[Frame]]

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "catalogue": catalogue.catalogue,
        "pictures": pictures.pictures,
        "read": prescriptions.read,
        "write": prescriptions.write,
        "check": programs.check,
        "preview": programs.preview,
        "pdf": programs.pdf,
        "calendar": programs.calendar,
        "roster_read": rosters.roster_read,
        "roster_make": rosters.roster_make,
        "exercises": own_exercises.exercises,
        "exercise_read": own_exercises.exercise_read,
        "exercise_write": own_exercises.exercise_write,
        "exercise_delete": own_exercises.exercise_delete,
        "readability": texts_and_photos.readability,
        "photo": texts_and_photos.photo,
        "templates": templates.templates,
        "template_save": templates.template_save,
        "template_delete": templates.template_delete,
        "clinic_read": clinics.clinic_read,
        "clinic_write": clinics.clinic_write,
        "folder_open": opened_folder.folder_open,
        "scan_read": scans.scan_read,
        "scan_patients": scan_patients.scan_patients,
        "scan_table": scans.scan_table,
        "scan_decisions": scans.scan_decisions,
        "scan_save": scans.scan_save,
    }
)
"""What can be asked for, by its name in docs/engine.md."""


class Engine:
    """Answers what the page asks, one request after the other; it is not made for several threads at once.

    Args:
        folder: with the clinic's own files, which are read and written there. No request can name a file.
        edition: which of the two editions of the page it serves.
    """

    def __init__(self, folder: Path, edition: Edition = SERVER) -> None:
        self._workplace = Workplace(folder, edition)

    def answer(self, name: str, values: Any, files: Mapping[str, bytes] | None = None) -> Iterator[Frame]:
        """Yield the frames of the answer to a request; nothing is raised for what a request says."""
        operation = OPERATIONS.get(name)
        if operation is None:
            yield _error("unknown", "there is no such operation")
            return
        if not isinstance(values, dict):
            yield _error("request", "a request must be an object")
            return
        try:
            found = operation(self._workplace, Request(values, files or {}))
            yield from (found,) if isinstance(found, Frame) else found
        except RequestError as error:
            yield _error("request", str(error))
        except Exception as error:  # a bug: the page tells it, and nothing of the request is in it
            yield _error("bug", type(error).__name__)


def _error(kind: str, message: str) -> Frame:
    return Frame({"error": {"kind": kind, "message": message}})
