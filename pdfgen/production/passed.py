"""Values that another program passes instead of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from pdfgen.content.files.source import Mark, Source, node_of
from pdfgen.content.files.strict_yaml import parse_bytes

Values: TypeAlias = Mapping[str, Any] | bytes | Path
"""What a file holds: its values, its bytes (YAML), or where it is."""


def passed(values: Values, name: str, folder: Path | None) -> Path | Source:
    """Return passed values as if they were read from a file of this name; a path as it is.

    Args:
        values: what a file would hold.
        name: of the file, in problems.
        folder: where files may be that the values name; None: they may name none.

    Raises:
        InputError: bytes are not YAML, with all problems.
    """
    if isinstance(values, Path):
        return values
    if isinstance(values, bytes):
        return replace(parse_bytes(values, name), is_passed=True, base=folder)
    return Source(name, node_of(values, Mark(name, 0, 0)), is_passed=True, base=folder)
