"""Shipped YAML files that were read beforehand, where reading them would take most of a start.

`make one-file` writes them beside the shipped library; elsewhere there are none, and files are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pdfgen.content.files.resources import data_folder
from pdfgen.content.files.source import Source


def prepared_file() -> Path:
    """Return where they are, or would be."""
    return data_folder() / "prepared.bin"


@lru_cache(maxsize=1)
def prepared_sources() -> Mapping[str, Source]:
    """Return what was read beforehand by path; they are loaded once a process.

    The file is as trusted as the code that lies beside it.
    """
    if not prepared_file().is_file():
        return {}
    import pickle

    found: dict[str, Source] = pickle.loads(prepared_file().read_bytes())
    return found
