"""pdfgen itself: a prescription that was read is checked, planned, set and written, all of it each time.

Each document gets a `Shared` of its own, in which only files that all programs share were read before:
library, layout, language. No plan, page or part of a file is left from an earlier document.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import _lru_cache_wrapper

from benchmarks.measure import PROGRAM
from pdfgen.cli.app import GARBAGE_THRESHOLD
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.loading import Setting
from pdfgen.production.job import Job
from pdfgen.production.program import read
from pdfgen.production.program_files import make_files
from pdfgen.production.shared import Shared

#: Fonts are read once a process by every engine.
_STAYS = frozenset({"load_family"})


def ready(label: str) -> Callable[[], bytes]:
    """Read what comes before the making, and return what makes the document of this patient."""
    shared, job = ready_to_read(label)
    return lambda: b"".join(next(iter(make_files(read(job, shared), shared))).data)


def ready_to_read(label: str) -> tuple[Shared, Job]:
    """Return what all programs share, with its files read, and the job of this patient."""
    # As the command does when it starts.
    gc.set_threshold(GARBAGE_THRESHOLD)
    source = read_yaml(PROGRAM, "prescription")
    shared = Shared()
    other: tuple[Setting, ...] = (("program", "starter"),)
    read(Job(source, overrides=other), shared)
    mine: tuple[Setting, ...] = (("patient.label", label),)
    return shared, Job(source, overrides=mine)


def forget() -> None:
    """Empty every cache of pdfgen's functions: shaped words and texts, drawings, codes."""
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and _is_own(found):
            found.cache_clear()


def _is_own(function: object) -> bool:
    module, name = getattr(function, "__module__", ""), getattr(function, "__name__", "")
    return str(module).startswith("pdfgen.") and name not in _STAYS
