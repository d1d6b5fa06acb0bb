"""What is filled in in the form of a file, whichever viewer saved it, and which document it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from pdfgen.errors import InputError

FieldState = Literal["ticked", "empty", "unsure"]

#: The document id in the metadata: eight characters of Crockford's base 32.
_ID = "([0-9A-HJKMNP-TV-Z]{8})"
_IDENTIFIER = re.compile(rf"<dc:identifier>\s*{_ID}\s*</dc:identifier>|dc:identifier=[\"']{_ID}[\"']")
#: Fields of a form, and how deep they may hang below one another.
_MOST_FIELDS, _DEEPEST = 20_000, 8


class FormValues(NamedTuple):
    """A form.

    Attributes:
        document: its id; empty where the file has none.
        ticks: the state of each check box by its name.
        choices: what is chosen in each list by its name; empty where nothing is.
    """

    document: str
    ticks: dict[str, FieldState]
    choices: dict[str, str]


def form_values(data: bytes) -> FormValues:
    """Return what is filled in in a file; nothing where it has no form.

    Raises:
        InputError: it is damaged, or opens with a password only.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("opens with a password only; save it without")
        root: Any = reader.trailer["/Root"]
        form = _resolved(root.get("/AcroForm"))
        fields = dict(_fields(form.get("/Fields", ()))) if isinstance(form, DictionaryObject) else {}
        ticks = {name: _state(field) for name, field in fields.items() if field.get("/FT") == "/Btn"}
        choices = {name: _choice(field) for name, field in fields.items() if field.get("/FT") == "/Ch"}
        return FormValues(_identifier(root), ticks, choices)
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        # pypdf raises all of these at damaged files.
        raise InputError("is damaged; save it again") from None


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _fields(kids: Any, above: str = "", depth: int = 0) -> Iterator[tuple[str, DictionaryObject]]:
    """Yield each field with its full name."""
    for count, kid in enumerate(_resolved(kids)):
        field = _resolved(kid)
        if count > _MOST_FIELDS or depth > _DEEPEST or not isinstance(field, DictionaryObject):
            return
        name = ".".join(filter(None, (above, str(field.get("/T", "")))))
        if "/FT" in field:
            yield name, field
        elif "/Kids" in field:
            yield from _fields(field["/Kids"], name, depth + 1)


def _state(field: DictionaryObject) -> FieldState:
    """Return the state that value and appearance agree on. Some viewers write one of them only."""
    widgets = [_resolved(kid) for kid in _resolved(field.get("/Kids", ()))] or [field]
    shown = {_resolved(widget.get("/AS")) for widget in widgets}
    said = {value for value in (_resolved(field.get("/V")), *shown) if value is not None}
    ticked = {str(value) != "/Off" for value in said}
    if len(ticked) > 1:
        return "unsure"
    return "ticked" if True in ticked else "empty"


def _choice(field: DictionaryObject) -> str:
    """Return what is chosen in a list: a text, or a list with one."""
    value = _resolved(field.get("/V"))
    if isinstance(value, list):
        value = _resolved(value[0]) if len(value) == 1 else None
    return "" if value is None else str(value)


def _identifier(root: Any) -> str:
    metadata = _resolved(root.get("/Metadata"))
    if metadata is None:
        return ""
    found = _IDENTIFIER.search(metadata.get_data().decode("utf-8", "replace"))
    return next(filter(None, found.groups()), "") if found else ""
