"""Home-exercise programs as accessible, printable PDFs, from plain data.

    import pdfgen

    program = pdfgen.read({"program": "short-four", "patient": {"label": "A. de Wit"}})
    made = pdfgen.make(program)
    made.files[0].data          # the bytes of the PDF

`read` checks what it is given, `plan` plans the weeks, `make` makes the files, `calendar` a calendar of the
days; `read_roster` and `make_batch` do it for a list of patients, and `check` returns problems as values.
Mappings, bytes and names of what is shipped go in; a file is opened only where its path is given. Nothing is
written, printed or logged.

The command line is `pdfgen --help`. `docs/api.md` has more examples.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pdfgen.version import __version__

if TYPE_CHECKING:
    from pdfgen.errors import PdfgenError, Problem
    from pdfgen.front import (
        Checked,
        CheckedProgram,
        Made,
        MadeFile,
        MadeRow,
        Options,
        calendar,
        check,
        make,
        make_batch,
        plan,
        read,
        read_roster,
    )
    from pdfgen.production.shared import Shared

__all__ = [
    "Checked",
    "CheckedProgram",
    "Made",
    "MadeFile",
    "MadeRow",
    "Options",
    "PdfgenError",
    "Problem",
    "Shared",
    "__version__",
    "calendar",
    "check",
    "make",
    "make_batch",
    "plan",
    "read",
    "read_roster",
]

_ELSEWHERE = {
    "PdfgenError": "pdfgen.errors",
    "Problem": "pdfgen.errors",
    "Shared": "pdfgen.production.shared",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for; the command line loads less than all of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ELSEWHERE.get(name, "pdfgen.front")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
