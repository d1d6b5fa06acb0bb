"""Strict JSON, as YAML is read: limited in depth, without a key twice, without NaN and Infinity."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from pdfgen.content.files.strict_yaml import MAX_DIGITS
from pdfgen.content.files.yaml_advice import MAX_DEPTH, TOO_DEEP
from pdfgen.errors import printable

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKETS = re.compile(r"[\[{]|[\]}]")


def parse_json(text: str) -> Any:
    """Return the value that `text` holds.

    Raises:
        ValueError: the text is not JSON, is nested too deeply, or repeats a key.
    """
    _refuse_depth(text)
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_int=_integer, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        message = (
            f"is not JSON (line {error.lineno}, column {error.colno}); check quotes, commas and brackets"
        )
        raise ValueError(message) from None
    except RecursionError:
        raise ValueError(TOO_DEEP) from None


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _BRACKETS.finditer(_STRINGS.sub("", text)):
        depth += 1 if found[0] in "[{" else -1
        if depth > MAX_DEPTH:
            raise ValueError(TOO_DEEP)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f'"{printable(twice)}" stands twice in one object; keep one')
    return values


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= MAX_DIGITS else text


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is not a number; write one, or leave it out")
