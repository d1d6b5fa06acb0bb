"""FHIR R4 JSON: resources with their places, and elements, which a foreign file may fill with anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Resource(NamedTuple):
    """A resource of a file.

    Attributes:
        number: of the line or of the entry of a bundle, from 1.
        data: its JSON object.
        url: the `fullUrl` that a bundle gives it; empty elsewhere.
    """

    number: int
    data: Mapping[str, Any]
    url: str = ""

    @property
    def kind(self) -> str:
        """The type of the resource; empty where it has none."""
        return text_of(self.data.get("resourceType"))


def is_fhir(data: Any) -> bool:
    """Whether parsed JSON is a FHIR resource."""
    return isinstance(data, Mapping) and isinstance(data.get("resourceType"), str)


def resources_of(data: Mapping[str, Any]) -> Iterator[Resource]:
    """Yield the resources of a Bundle, or the single resource; an entry without one has an empty resource."""
    if data["resourceType"] != "Bundle":
        yield Resource(1, data)
        return
    entries = data.get("entry")
    for number, entry in enumerate(entries if isinstance(entries, list) else (), start=1):
        whole = entry if isinstance(entry, Mapping) else {}
        yield Resource(number, mapping_of(whole.get("resource")), text_of(whole.get("fullUrl")))


def mapping_of(value: Any) -> Mapping[str, Any]:
    """Return `value` if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def objects_of(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list; an empty list if `value` is not a list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """Return a text on one line; empty if `value` is not a text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def texts_of(value: Any) -> list[str]:
    """Return the texts in a list that are not empty; an empty list if `value` is not a list."""
    return [text for text in map(text_of, value) if text] if isinstance(value, list) else []
