"""FHIR R4 JSON: resources with their places, and elements that may be anything in a file from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """A resource of a file.

    Attributes:
        number: of the line or of the entry of a bundle, from 1.
        resource: as it stands there.
        url: the `fullUrl` that a bundle gives it; empty elsewhere.
    """

    number: int
    resource: Mapping[str, Any]
    url: str = ""

    @property
    def kind(self) -> str:
        """The type of the resource; empty where it has none."""
        return text_of(self.resource.get("resourceType"))


def is_fhir(data: Any) -> bool:
    """Whether parsed JSON is a FHIR resource."""
    return isinstance(data, Mapping) and isinstance(data.get("resourceType"), str)


def entries_of(data: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the resources of a Bundle, or the single resource; what is none counts as one without a type."""
    if data["resourceType"] != "Bundle":
        yield Entry(1, data)
        return
    entries = data.get("entry")
    for number, entry in enumerate(entries if isinstance(entries, list) else (), start=1):
        whole = entry if isinstance(entry, Mapping) else {}
        yield Entry(number, mapping_of(whole.get("resource")), text_of(whole.get("fullUrl")))


def mapping_of(value: Any) -> Mapping[str, Any]:
    """Return an element that has elements in it; an empty one where it has none."""
    return value if isinstance(value, Mapping) else {}


def objects_of(value: Any) -> list[Mapping[str, Any]]:
    """Return the items of a list that have elements in them."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """Return a text on one line; an empty one where there is none."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def texts_of(value: Any) -> list[str]:
    """Return the items of a list that are texts, without empty ones."""
    return [text for text in map(text_of, value) if text] if isinstance(value, list) else []
