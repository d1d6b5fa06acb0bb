"""The table as a FHIR R4 Bundle of QuestionnaireResponses, one a document and week.

Whose it is stands nowhere: `identifier` holds the document and the week, by which the clinic knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from pdfgen.scanning.answers import OPEN_STATES
from pdfgen.scanning.table import Row

QUESTIONNAIRE = "urn:pdfgen:week-sheet:2"
"""The form that was answered: the week sheet of geometry version 2."""
_SYSTEM = "urn:pdfgen:document-week"
_EFFORT = "urn:pdfgen:effort"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

#: What a yes or a no answers; all else is a number, or a word for effort.
_YES_OR_NO = ("exercise", "morning")


def as_fhir(rows: Sequence[Row]) -> bytes:
    """Return a Bundle of type collection. Second readings of a side are left out."""
    first = sorted(
        (row for row in rows if not row.copy_of), key=lambda row: (row.document, int(row.week or 0))
    )
    entries = [
        {"fullUrl": f"urn:pdfgen:{document}:{week}", "resource": _response(document, week, list(group))}
        for (document, week), group in groupby(first, key=lambda row: (row.document, row.week))
    ]
    bundle: dict[str, Any] = {"resourceType": "Bundle", "type": "collection"}
    if entries:
        bundle["entry"] = entries
    return (json.dumps(bundle, ensure_ascii=False, indent=1) + "\n").encode()


def _response(document: str, week: str, rows: Iterable[Row]) -> dict[str, Any]:
    rows = list(rows)
    is_open = any(row.state in OPEN_STATES and not row.value for row in rows)
    return {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": _SYSTEM, "value": f"{document}-{week}"},
        "questionnaire": QUESTIONNAIRE,
        "status": "in-progress" if is_open else "completed",
        "item": [_item(row) for row in rows],
    }


def _item(row: Row) -> dict[str, Any]:
    text = " ".join(filter(None, (row.name or row.kind, row.weekday, row.date)))
    item: dict[str, Any] = {"linkId": row.answer, "text": text}
    if row.value:
        item["answer"] = [_answer(row)]
    elif row.state in OPEN_STATES:
        item["extension"] = [{"url": _ABSENT, "valueCode": "unknown"}]
    return item


def _answer(row: Row) -> dict[str, Any]:
    if row.kind == "effort":
        return {"valueCoding": {"system": _EFFORT, "code": row.value}}
    if row.kind in _YES_OR_NO:
        return {"valueBoolean": row.value == "1"}
    return {"valueInteger": int(row.value)}
