"""FHIR R4 JSON: resources with their places, and elements, which a foreign file may fill with anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Resource(NamedTuple):
    """A resource of a file.

    Attributes:
        number: of the line or of the entry of a bundle, from 1.
        data: its JSON object.
        url: the `fullUrl` that a bundle gives it, without its version; empty elsewhere.
        bundle: number of the bundle that it is an entry of; 0 elsewhere.
        is_included: whether a search added it to what was searched for.
    """

    number: int
    data: Mapping[str, Any]
    url: str = ""
    bundle: int = 0
    is_included: bool = False

    @property
    def kind(self) -> str:
        """The type of the resource; empty where it has none."""
        return text_of(self.data.get("resourceType"))

    @property
    def ident(self) -> str:
        """Its logical id; empty where it has none."""
        return text_of(self.data.get("id"))


def is_fhir(data: Any) -> bool:
    """Whether parsed JSON is a FHIR resource."""
    return isinstance(data, Mapping) and isinstance(data.get("resourceType"), str)


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


def coded_texts(element: Mapping[str, Any], name: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the texts of a list of primitives, each with the codes of its extensions (R4, json.html)."""
    texts, beside = element.get(name), element.get(f"_{name}")
    extensions = beside if isinstance(beside, list) else []
    for place, value in enumerate(texts if isinstance(texts, list) else []):
        if text := text_of(value):
            yield text, codes_of(extensions[place] if place < len(extensions) else None)


def codes_of(element: Any) -> frozenset[str]:
    """Return the codes of the extensions of an element."""
    extensions = objects_of(mapping_of(element).get("extension"))
    return frozenset(filter(None, (text_of(one.get("valueCode")) for one in extensions)))


def extension_text(element: Any, ending: str) -> str:
    """Return the text or code of the first extension whose address ends so; empty where there is none."""
    for one in objects_of(mapping_of(element).get("extension")):
        if text_of(one.get("url")).endswith(f"/{ending}"):
            return text_of(one.get("valueString")) or text_of(one.get("valueCode"))
    return ""
