"""Which patient a reference means (hl7.org/fhir/R4/references.html), and which of several versions counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

from pdfgen.content.files.source import as_canonical
from pdfgen.content.rosters.fhir_days import ClinicClock
from pdfgen.content.rosters.fhir_elements import Resource, mapping_of, objects_of, text_of
from pdfgen.content.rosters.told import Told

_NO_SUBJECT = "does not name its patient; write a reference such as Patient/123"
_ONLY_IDENTIFIER = "names its patient by an identifier alone; write a reference such as Patient/123"
_NO_PATIENT = "is about somebody else than a patient; leave it out"
_NOT_HERE = "refers to a patient who is not in this file; add the Patient, or mend the reference"
_NOT_ONE = "refers to a patient who is in this file more than once; keep one Patient"

_VERSION = re.compile(r"/_history/[^/]*$")
_WEB = ("http://", "https://")
#: An address on a server: that of the server, the type and the id.
_ON_SERVER = re.compile(r"(https?://.+/)([A-Z][A-Za-z]+)/([A-Za-z0-9.-]+)")
_URN = re.compile(r"urn:(?:uuid|oid):(.+)", re.IGNORECASE)

AGAIN = "the same resource stands here once more, and is read once"
OLDER = "an older version of a resource, and not read; the newest is"


def newest(resources: Iterable[Resource], clock: ClinicClock, told: Told) -> list[Resource]:
    """Return the resources without those that stand in the file again, and without older versions.

    Resources of one type and id are versions of each other if they have one address, or none and come in one
    bundle. Where nothing tells which is newer, all stay.
    """
    kept: list[Resource] = []
    places: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for resource in resources:
        known = places[resource.kind, resource.ident or resource.url, resource.url]
        if not (resource.ident or resource.url) or not _take(resource, kept, known, clock, told):
            known.append(len(kept))
            kept.append(resource)
    return kept


def _take(
    resource: Resource, kept: list[Resource], known: Iterable[int], clock: ClinicClock, told: Told
) -> bool:
    """Let a resource take the place of an older version; return whether it needs no place of its own."""
    for place in known:
        other = kept[place]
        told.row = resource.number
        if as_canonical(resource.data) == as_canonical(other.data):
            told.of_row("", AGAIN)
            return True
        if not resource.url and resource.bundle != other.bundle:
            continue
        here, there = _version(resource, clock), _version(other, clock)
        if here is None or there is None or here == there or type(here) is not type(there):
            continue
        if here > there:
            told.row, kept[place] = other.number, resource
        told.of_row("", OLDER)
        return True
    return False


def _version(resource: Resource, clock: ClinicClock) -> Any:
    """Return what orders the versions of a resource: when it was changed, else its number."""
    meta = mapping_of(resource.data.get("meta"))
    try:
        return clock.moment(meta.get("lastUpdated"))
    except ValueError:
        number = text_of(meta.get("versionId"))
        return int(number) if number.isdecimal() and len(number) < 19 else None


class Patients:
    """The patients of a file, found by the references of care plans.

    Args:
        patients: each once.
        plans: whose references show whether they all mean one server.
    """

    def __init__(self, patients: Sequence[Resource], plans: Iterable[Resource]) -> None:
        self._all = patients
        self._by_url: defaultdict[str, list[Resource]] = defaultdict(list)
        self._by_id: defaultdict[str, list[Resource]] = defaultdict(list)
        for patient in patients:
            if patient.url:
                self._by_url[_key(patient.url)].append(patient)
            if patient.ident:
                self._by_id[patient.ident].append(patient)
        references = (_reference(plan) for plan in plans)
        found = (_ON_SERVER.fullmatch(one) for one in references if _key(one) not in self._by_url)
        self._servers = {one[1] for one in found if one}

    def subject_of(self, plan: Resource) -> Resource:
        """Return the patient of a care plan.

        Raises:
            ValueError: there is not exactly one; why.
        """
        subject = mapping_of(plan.data.get("subject"))
        reference = _reference(plan)
        if not reference and subject.get("identifier"):
            identifier = mapping_of(subject.get("identifier"))
            found = self._identified(text_of(identifier.get("system")), text_of(identifier.get("value")))
            if not found:
                raise ValueError(_ONLY_IDENTIFIER)
        elif not reference:
            raise ValueError(_NO_SUBJECT)
        elif reference[0] == "#":
            found = _contained(plan, reference[1:])
        else:
            found = self._found(plan, reference)
        if len(found) != 1:
            raise ValueError(_NOT_ONE if found else _NOT_HERE)
        return found[0]

    def is_ambiguous(self, patient: Resource) -> bool:
        """Whether another record in the same place has the same id."""
        same = self._by_id.get(patient.ident, ())
        return sum((one.url, one.bundle) == (patient.url, patient.bundle) for one in same) > 1

    def identity(self, patient: Resource) -> str:
        """Return what tells a patient apart from all others of the file, and stays from file to file."""
        is_alone = len(self._by_id.get(patient.ident, ())) == 1 and self._by_id[patient.ident][0] is patient
        return patient.ident if is_alone else patient.url or as_canonical(patient.data)

    def _found(self, plan: Resource, reference: str) -> Sequence[Resource]:
        if found := self._by_url.get(_key(reference)):
            return _near(found, plan)
        if address := _ON_SERVER.fullmatch(reference):
            return self._on_server(address[2], address[3], plan)
        if urn := _URN.fullmatch(reference):
            return _near([one for one in self._by_id.get(urn[1], ()) if not one.url], plan)
        kind, _, ident = reference.partition("/")
        if kind.startswith("Patient?"):
            system, _, value = parse_qs(reference).get("Patient?identifier", [""])[0].rpartition("|")
            return self._identified(system, value)
        if ":" in reference:
            return ()
        if kind != "Patient":
            raise ValueError(_NO_PATIENT)
        found = self._by_id.get(ident, [])
        server = _ON_SERVER.fullmatch(plan.url)
        if server is None:
            return _near(found, plan)
        # Another server may have given the same id to another patient.
        here = self._by_url.get(_key(server[1] + reference))
        return here or _near([one for one in found if not one.url.startswith(_WEB)], plan)

    def _on_server(self, kind: str, ident: str, plan: Resource) -> Sequence[Resource]:
        """Return the patients without an address who have the id of a reference to a server.

        An export refers to its own server, by type and id (Bulk Data Access 2.0, NDJSON). Where references
        name several servers, nobody knows whose the patients are.
        """
        if kind != "Patient":
            raise ValueError(_NO_PATIENT)
        if len(self._servers) > 1:
            return ()
        return _near([one for one in self._by_id.get(ident, ()) if not one.url], plan)

    def _identified(self, system: str, value: str) -> Sequence[Resource]:
        return self._by_identifier.get((system, value), ()) if system and value else ()

    @cached_property
    def _by_identifier(self) -> dict[tuple[str, str], list[Resource]]:
        found: defaultdict[tuple[str, str], list[Resource]] = defaultdict(list)
        for patient in self._all:
            for one in objects_of(patient.data.get("identifier")):
                found[text_of(one.get("system")), text_of(one.get("value"))].append(patient)
        return found


def _reference(plan: Resource) -> str:
    return _VERSION.sub("", text_of(mapping_of(plan.data.get("subject")).get("reference")))


def _key(address: str) -> str:
    """Return an address as it is compared: the digits of a UUID may be capitals."""
    return address.casefold() if address[:4].casefold() == "urn:" else address


def _near(found: Sequence[Resource], plan: Resource) -> Sequence[Resource]:
    """Return those of the plan's own bundle, if there are any."""
    return [one for one in found if plan.bundle and one.bundle == plan.bundle] or found


def _contained(plan: Resource, ident: str) -> Sequence[Resource]:
    contained = [Resource(plan.number, one) for one in objects_of(plan.data.get("contained"))]
    return [one for one in contained if one.kind == "Patient" and one.ident == ident != ""]
