"""Bundles of FHIR R4 (hl7.org/fhir/R4/bundle.html) are opened: one, one a line, or bundles in bundles.

What shows that patients are missing is told: a page of a search that has others, and what a server refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pdfgen.content.rosters.fhir_elements import Resource, mapping_of, objects_of, text_of
from pdfgen.content.rosters.roster import Gap
from pdfgen.content.rosters.told import rows_named
from pdfgen.errors import Problem

_VERSION = re.compile(r"/_history/[^/]*$")
_CODE = re.compile(r"[a-z-]{1,30}")

#: Resources that hold other ones, with the element that does.
_HOLDERS = {"Bundle": "entry", "Parameters": "parameter"}

#: `OperationOutcome.issue.severity` of what went wrong (hl7.org/fhir/R4/valueset-issue-severity.html).
_WRONG = ("fatal", "error", "warning")

_NOUNS = {"Patient": "patients", "CarePlan": "care plans"}


class _Page(NamedTuple):
    """A page of a search: how much it found in all, what of it is here, and its links."""

    is_search: bool
    total: int | None
    matches: frozenset[tuple[str, str]]
    links: Mapping[str, str]

    @property
    def is_part(self) -> bool:
        return bool(self.next or self.previous) or (self.total or 0) > len(self.matches)

    @property
    def next(self) -> str:
        return self.links.get("next", "")

    @property
    def previous(self) -> str:
        return self.links.get("previous") or self.links.get("prev", "")


class Bundles:
    """Collects the resources of one file.

    Attributes:
        resources: in the order of the file.

    Args:
        file: as the user named it.
        counts: whether a row is counted through all entries; else it has the number that it is given.
    """

    def __init__(self, file: str, *, counts: bool = True) -> None:
        self.resources: list[Resource] = []
        self._file = file
        self._counts = counts
        self._count = 0
        self._opened = 0
        self._pages: list[_Page] = []
        self._outcomes: defaultdict[str, list[int]] = defaultdict(list)
        self._deleted: list[int] = []

    def number(self, line: int = 0) -> int:
        """Return the row of the next thing in the file."""
        self._count += 1
        return self._count if self._counts else line

    def add(self, data: Mapping[str, Any], line: int = 0) -> None:
        """Take a resource, or open it if it holds others."""
        if is_holder(data):
            self._open(data)
        else:
            self._keep(Resource(self.number(line), data))

    def told(self) -> Iterator[Problem]:
        """Yield what shows that patients are missing, and how rows are counted."""
        yield from self._missing_pages()
        for said, rows in self._outcomes.items():
            message = f"the server answered with {said}; something may be missing here"
            yield Gap(message, file=f"{self._file}, {rows_named(rows)}")
        shortened = [one.number for one in self.resources if _is_shortened(one.data)]
        if shortened:
            message = "was shortened by the server (SUBSETTED); export it whole"
            yield Gap(message, file=f"{self._file}, {rows_named(shortened)}")
        if self._deleted:
            message = f"in {rows_named(self._deleted)} a resource is deleted; its versions are not read"
            yield Problem(message, file=self._file)
        if self._opened > 1:
            message = f"{self._opened} bundles are opened; a row is an entry, counted through all of them"
            yield Problem(message, file=self._file)

    def _open(self, data: Mapping[str, Any]) -> None:
        self._opened += 1
        bundle, first = self._opened, len(self.resources)
        gone: set[str] = set()
        entries = data.get(_HOLDERS[text_of(data.get("resourceType"))])
        for entry in entries if isinstance(entries, list) else ():
            self._open_entry(mapping_of(entry), bundle, gone)
        self._pages.append(_page(data, [one for one in self.resources[first:] if one.bundle == bundle]))

    def _open_entry(self, entry: Mapping[str, Any], bundle: int, gone: set[str]) -> None:
        """Take the resource of an entry; `gone` are those that a history says are deleted, newest first."""
        resource = mapping_of(entry.get("resource"))
        if is_holder(resource):
            self._open(resource)
            return
        for part in objects_of(entry.get("part")):  # of Parameters
            self._open_entry(part, bundle, gone)
        if "part" in entry:
            return
        number = self.number()
        request, response = mapping_of(entry.get("request")), mapping_of(entry.get("response"))
        name = f"{text_of(resource.get('resourceType'))}/{text_of(resource.get('id'))}"
        if text_of(request.get("method")).upper() == "DELETE":
            gone.add(_VERSION.sub("", text_of(request.get("url"))))
            self._deleted.append(number)
            return
        if name in gone:
            return
        outcome = mapping_of(response.get("outcome"))
        if not resource and text_of(response.get("status"))[:1] in {"4", "5"} and not outcome:
            self._outcomes[f"status {text_of(response.get('status'))[:3]}"].append(number)
        self._note_outcome(outcome, number)
        mode = text_of(mapping_of(entry.get("search")).get("mode"))
        url = _VERSION.sub("", text_of(entry.get("fullUrl")))
        self._keep(Resource(number, resource, url, bundle, mode == "include"))

    def _keep(self, resource: Resource) -> None:
        self._note_outcome(resource.data, resource.number)
        self.resources.append(resource)

    def _note_outcome(self, data: Mapping[str, Any], number: int) -> None:
        if text_of(data.get("resourceType")) != "OperationOutcome":
            return
        for issue in objects_of(data.get("issue")):
            severity, code = (text_of(issue.get(name)) for name in ("severity", "code"))
            if severity in _WRONG:
                # The words of the server may name a patient.
                what = (
                    "a warning"
                    if severity == "warning"
                    else f"{'an' if severity[0] == 'e' else 'a'} {severity}"
                )
                self._outcomes[f"{what} ({code if _CODE.fullmatch(code) else 'unknown'})"].append(number)

    def _missing_pages(self) -> Iterator[Problem]:
        """Yield what is missing of each search; pages of one search have one total."""
        searches: defaultdict[int | None, list[_Page]] = defaultdict(list)
        for page in self._pages:
            if page.is_part or (page.is_search and page.total is None):
                searches[page.total].append(page)
        for total, pages in searches.items():
            here = frozenset[tuple[str, str]]().union(*(page.matches for page in pages))
            if len(here) >= total if total is not None else _is_chain(pages):
                continue
            kinds = {kind for kind, _ in here}
            noun = _NOUNS.get(kinds.pop(), "results") if len(kinds) == 1 else "results"
            count = (
                f"{len(here)} of {total} {noun}" if total is not None else f"of the {noun} only {len(here)}"
            )
            place = (
                f"{'page 1' if len(pages) == 1 and not pages[0].previous else _pages(len(pages))} of several"
            )
            if not any(page.next or page.previous for page in pages):
                place = "a part of a search"
            verb = "is" if len(here) == 1 and total is None else "are"
            message = f"{place}: {count} {verb} here; get the other pages too, or export the whole list"
            yield Gap(message, file=self._file)


def is_holder(data: Mapping[str, Any]) -> bool:
    """Whether a resource is a bundle, or parameters that hold resources."""
    return text_of(data.get("resourceType")) in _HOLDERS


def _page(data: Mapping[str, Any], entries: Sequence[Resource]) -> _Page:
    links = {text_of(one.get("relation")): text_of(one.get("url")) for one in objects_of(data.get("link"))}
    found = (one for one in entries if not one.is_included and one.kind not in {"", "OperationOutcome"})
    matches = frozenset((one.kind, one.ident or one.url or str(one.number)) for one in found)
    total = str(data.get("total"))  # some systems write numbers as text
    count = int(total) if total.isdecimal() and len(total) < 10 else None
    return _Page(text_of(data.get("type")) == "searchset", count, matches, links)


def _is_chain(pages: Sequence[_Page]) -> bool:
    """Whether pages lead from a first to a last one: by their addresses, else by their count."""
    addresses = {page.links["self"] for page in pages if page.links.get("self")}
    following = [page.next for page in pages if page.next]
    before = [page.previous for page in pages if page.previous]
    if addresses:
        return addresses.issuperset((*following, *before))
    return len(following) == len(pages) - 1 and len(before) in {0, len(following)}


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _is_shortened(data: Mapping[str, Any]) -> bool:
    if text_of(data.get("resourceType")) not in _NOUNS:
        return False
    tags = objects_of(mapping_of(data.get("meta")).get("tag"))
    return any(text_of(tag.get("code")) == "SUBSETTED" for tag in tags)
