"""Remarks in a file of YAML, which are lost when the page saves it: the page says so beforehand."""

from __future__ import annotations

from pathlib import Path

import yaml


def has_remarks(text: bytes) -> bool:
    """Whether a file of YAML has remarks, from # to the end of a line; not whether a text in it has a #."""
    try:
        decoded = text.decode()
        spans = [
            (token.start_mark.index, token.end_mark.index)
            for token in yaml.scan(decoded, Loader=yaml.SafeLoader)
            if isinstance(token, yaml.ScalarToken)
        ]
    except (yaml.YAMLError, UnicodeDecodeError):
        return False
    end, between = 0, []
    for start, after in spans:
        between.append(decoded[end:start])
        end = after
    return any("#" in part for part in (*between, decoded[end:]))


def file_has_remarks(path: Path | None) -> bool:
    """Whether a file that may be there has remarks."""
    try:
        return path is not None and has_remarks(path.read_bytes())
    except OSError:
        return False
