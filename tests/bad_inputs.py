"""What people get wrong on the page, and what the engine says of it."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook

from pdfgen.web.engine.engine import Engine
from pdfgen.web.engine.workplace import ONE_FILE

Asked: TypeAlias = tuple[str, dict[str, Any], dict[str, bytes]]
"""An operation, its request, its files."""

GOOD: dict[str, Any] = {"program": "short-four", "language": "nl", "weeks": 6, "start": "2026-03-02"}

#: Values of a patient, each laid over GOOD.
PATIENT: tuple[dict[str, Any], ...] = (
    {"program": ""},
    {"program": "starterr"},
    {"program": None},
    {"program": 3},
    {"weeks": 1},
    {"weeks": 40},
    {"weeks": "x"},
    {"weeks": 2.5},
    {"weeks": ""},
    {"weeks": 9},
    {"start": "2026-13-02"},
    {"start": "2 maart"},
    {"start": "1900-01-01"},
    {"start": "2020-01-01"},
    {"start": "2099-01-01"},
    {"start": 5},
    {"at": "25:00"},
    {"at": "half negen"},
    {"at": 8},
    {"days": ["mon", "tue", "wed", "thu", "fri"]},
    {"days": ["ma"]},
    {"days": []},
    {"days": "mon"},
    {"days": {"strengthening": ["mon", "tue"], "mobilising": ["mon"]}},
    {"days": {"strengthening": ["mon"]}},
    {"days": {"x": ["mon"]}},
    {"days": ["mon", "mon"]},
    {"exercises": ["no-such"]},
    {"exercises": ["bridge", "bridge"]},
    {"exercises": "bridge"},
    {
        "exercises": [
            "bridge",
            "cat-cow",
            "bird-dog",
            "superman",
            "knee-rolls",
            "pelvic-tilt",
            "plank",
            "hip-hinge",
        ]
    },
    {"doses": {"bridge": {"reps": 0}}},
    {"doses": {"bridge": {"reps": 900}}},
    {"doses": {"bridge": {"reps": "x"}}},
    {"doses": {"bridge": {"reps": "10-8"}}},
    {"doses": {"bridge": {"sets": 11}}},
    {"doses": {"bridge": {"level": "L9"}}},
    {"doses": {"knee-rolls": {"level": "L3"}}},
    {"doses": {"bridge": {"hold_s": 10, "minutes": 1}}},
    {"doses": {"bridge": {"hold_s": 6000}}},
    {"doses": {"bridge": [{"from_week": 5, "to_week": 3}]}},
    {"doses": {"bridge": [{"from_week": 9}]}},
    {"doses": {"bridge": [{"to_week": 3, "start_step": "T2"}]}},
    {"doses": {"bridge": {"start_step": "T12"}}},
    {"doses": {"bridge": {"start_step": "4"}}},
    {"doses": {"bridge": {"load": "x" * 200}}},
    {"doses": {"bridge": {"side": "up"}}},
    {"doses": {"bridge": {"one_side": True}}},
    {"doses": {"bridge": {"times_a_day": 40}}},
    {"doses": {"no-such": {"reps": 8}}},
    {"doses": {"bird-dog": {"reps": 8}}},
    {"doses": {"A b": {}}},
    {"doses": {"bridge": {"rep": 8}}},
    {"doses": {"bridge": 8}},
    {"doses": {"bridge": {"per_side": "ja"}}},
    {"doses": {"bridge": [{"to_week": 2, "reps": 5}, {"from_week": 3, "reps": 30}]}},
    {"doses": {"bridge": [{"to_week": 4, "reps": 5}, {"from_week": 3, "reps": 6}]}},
    {"start_step": "T13"},
    {"start_step": "5"},
    {"start_step": "T12"},
    {"side": "up"},
    {"situations": ["no-such"]},
    {"situations": "pregnancy"},
    {"confirmed": ["bridge/no-such"]},
    {"confirmed": ["bridge"]},
    {"confirmed": ["no-such/pregnancy"]},
    {"goal": "x" * 700},
    {"goal": "\U00013000"},
    {"goal": "a\u202eb"},
    {"goal": 5},
    {"goal": "a\ufffdb"},
    {"goal": "a" + "\u0301" * 9},
    {"notes": {"bridge": "x" * 900}},
    {"notes": {"no-such": "x"}},
    {"notes": {"bridge": "☃"}},
    {"patient": {"label": "x" * 400}},
    {"patient": {"label": 5}},
    {"patient": "A"},
    {"patient": {"name": "A"}},
    {"therapist": "x" * 300},
    {"message": "x" * 900},
    {"if_then": "x" * 900},
    {"language": "xx"},
    {"language": "nederlands"},
    {"language": "en", "twin_language": "en"},
    {"twin_language": "xx", "layout": "bilingual"},
    {"twin_language": "en"},
    {"layout": "no-such"},
    {"layout": "mine.yaml"},
    {"layout": "booklet", "paper": "a5"},
    {"paper": "a9"},
    {"figure": "dog"},
    {"ink": "blue"},
    {"large": "ja"},
    {"tracker_weeks": "8-5"},
    {"tracker_weeks": "x"},
    {"tracker_weeks": "8"},
    {"read_back": "x"},
    {"id": "zz"},
    {"clinic": "clinic.yaml"},
    {"library": "mine.yaml"},
    {"unknown": 1},
    {"prgram": "short-four"},
    {"layout": "bilingual"},
    {"layout": "cards", "read_back": True},
)

#: Files that are opened as a patient's.
FILES = (
    b"",
    b"- a\n",
    b"program: [",
    b"\xff\xfe",
    b"a: b: c\n",
    b"program: short-four\nprogram: starter\n",
    b"\tprogram: x\n",
    b"program: &a x\n",
    b"program: *a\n",
    b"program: !x y\n",
    b"goal: 'x\n",
    b"goal: \x01\n",
    b"goal: \xe9\n",
    b"accent: #0b4f5c\n",
    b"goal: a # b\n",
    b"a: 1\n---\nb: 2\n",
    b"{program: x",
    b"program: [x\n",
    b'goal: "\\q"\n',
    b"program: x\n  weeks: 3\n",
    b"program: @x\n",
    b"%x\n",
    b"- a\nb: c\n",
    b"goal: a: b\n",
)

#: Lists of patients: name, content.
LISTS: tuple[tuple[str, bytes], ...] = (
    ("a.csv", b""),
    ("a.csv", b"x;y\nA;B\n"),
    ("a.csv", b"naam;naam;programma\nA;B;starter\n"),
    ("a.csv", b"naam;programma\n"),
    ("a.csv", b"naam;programma;startdatum\nA;starter;03/04/2026\nB;starter;5-6-26\n"),
    ("a.csv", b"naam;programma;weken\nA;starter;veel\nB;;6\nC;starters;99\n"),
    ("a.csv", b"naam;programma;dagen\nA;starter;soms\nB;starter;3x per week\nC;starter;ma di wo do vr\n"),
    ("a.csv", b"naam;programma;taal\nA;starter;klingon\nB;starter;xx\n"),
    ("a.csv", b"naam;programma;kant\nA;starter;boven\n"),
    ("a.csv", b"naam;programma;groot\nA;starter;misschien\n"),
    ("a.csv", b'naam;programma\n"A;starter\nB;starter\n'),
    ("a.csv", b"naam;programma\nA;starter;x;y\n"),
    ("a.csv", b"naam;programma\nA;starter\nA;starter\n"),
    ("a.csv", b"naam;programma\nTotaal: 2;\nA;starter\n"),
    ("a.csv", "naam;programma\nJosé;starter\n".encode("cp1252")),
    ("a.csv", b"naam\x00programma\n"),
    ("a.csv", b"naam;programma;opmerkingen\nA;starter;tekst\n"),
    ("a.csv", b"naam;programma;tijd\nA;starter;laat\n"),
    ("a.csv", b"naam;programma;oefeningen\nA;starter;springen\n"),
    ("a.csv", b"naam;programma;situaties\nA;starter;griep\n"),
    ("a.csv", b"naam;programma;doses.bridge.reps;doses.bridge.sets\nA;starter;veel;99\n"),
    (
        "a.csv",
        b"naam;programma;startdatum\nA;starter;2026-02-30\nB;starter;maandag 3 maart 2026\nC;starter;later\n",
    ),
    ("a.csv", b"naam;programma;layout;papier\nA;starter;boekje2;a9\n"),
    ("a.csv", b"naam;programma;clinic;id\nA;starter;c.yaml;zz\n"),
    ("a.csv", b"voornaam;achternaam;naam;programma\nA;B;C;starter\n"),
    ("a.csv", b"programma\nstarter\n"),
    ("a.csv", b"naam,programma\nA,starter\n,\n"),
    ("a.xlsx", b"PK\x03\x04nonsense"),
    ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    ("a.xlsx", b"<html></html>"),
    ("a.xlsx", b"naam;programma\nA;starter\n"),
    ("a.json", b"{"),
    ("a.json", b"[]"),
    ("a.json", b"{}"),
    ("a.json", b'[{"program": "starter", "patient": {"label": 5}, "x": 1}]'),
    ("a.json", b'[{"program": "starter", "weeks": NaN}]'),
    ("a.json", b"[1]"),
    ("a.ndjson", b'{"resourceType": "Patient", "id": "1"}\n'),
    ("a.ndjson", b'{"resourceType": "Patient", "id": "1", "name": [{"family": "A"}], "birthDate": "x"}\n'),
    (
        "a.ndjson",
        b'{"resourceType": "Patient", "id": "1", "deceasedBoolean": true, "name": [{"text": "A"}]}\n',
    ),
    ("a.ndjson", b'{"resourceType": "CarePlan", "id": "1", "status": "active", "intent": "plan"}\n'),
    ("a.pdf", b"%PDF-1.7"),
    ("a.docx", b"PK\x03\x04"),
    ("a.csv", b"label;program\n" + b"A;starter\n" * 501),
)

#: Values of a clinic's file.
CLINIC: tuple[dict[str, Any], ...] = (
    {"name": "x" * 300},
    {"accent": "red"},
    {"accent": "#ffff00"},
    {"phone": "bel maar"},
    {"phone": "12"},
    {"phone": "1" * 30},
    {"email": "x"},
    {"website": "a b"},
    {"country": "NLD"},
    {"country": "UK"},
    {"country": "ZZ"},
    {"address": ["a", "b", "c", "d", "e"]},
    {"logo": "logo.png"},
    {"layout": "x"},
    {"paper": "a9"},
    {"nme": "A"},
    {"traffic_light": {"green_max": 6, "amber_max": 5}},
    {"urgent": [{"id": "x", "number": "1"}]},
    {"header": "x" * 400},
    {"footer": "☃"},
    {"languages": ["xx"]},
    {"figure": "dog"},
    {"name": 5},
)

#: What is put at a place of a good exercise.
EXERCISE: tuple[tuple[str, Any], ...] = (
    ("kind", ""),
    ("kind", "x"),
    ("kind", None),
    ("name", {}),
    ("name", {"nl": "Brug"}),
    ("name", None),
    ("name.nl", "x" * 900),
    ("purpose.nl", "Een {zijde}."),
    ("purpose.nl", "Een {."),
    ("mistakes", []),
    ("movement_s", "x"),
    ("movement_s", 900),
    ("rest_s", -1),
    ("variants", {}),
    ("doses", []),
    ("doses", [None]),
    ("doses.0.level", "L1"),
    ("doses.0.level", ""),
    ("doses.0.reps", "x"),
    ("doses.0.sets", 40),
    ("doses.0.hold_s", 9999),
    ("doses.1", None),
    ("doses.2.reps", 50),
    ("doses.0.minutes", 5),
    ("variants.L2.steps", []),
    ("variants.L2.steps", [{"kind": "do", "text": {"nl": "Doe.", "en": "Do."}}]),
    ("variants.L2.steps.0.text", {}),
    ("variants.L2.name", {}),
    ("variants.L2.panels", [{}]),
    ("variants.L2.panels.0.figure", "no-such"),
    ("variants.L2.panels", [{"photo": "no.jpg", "alt": {"nl": "a"}}]),
    ("variants.L2.panels.0.alt", {}),
    ("cautions", [{"situations": [], "use": "smaller"}]),
    ("cautions", [{"situations": ["x"], "use": "smaller", "text": {"nl": "a", "en": "a"}}]),
    ("cautions", [{"situations": ["pregnancy"], "use": "chair", "text": {"nl": "a", "en": "a"}}]),
    ("doses.0", {"level": "L2", "reps": 8, "per_side": True, "one_side": True}),
    ("variants.L2.steps.0.text", {"nl": "Buig {side}.", "en": "Bend {side}."}),
    ("equipment", ["x"]),
    ("equipment", ["mat", "mat"]),
    ("sources", ["x"]),
    ("video", "x"),
    ("video", "https://a b.nl"),
    ("video", "https://x"),
    ("purpose.nl", "Desalniettemin bewerkstelligen bovengenoemde werkzaamheden verbetering."),
    ("variants.L2.steps.0.text.nl", "Ga " + "en ga " * 30 + "."),
)


def messages(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the operation that says something, and what it says; `folder` is an empty one."""
    engine = Engine(folder, ONE_FILE)
    (frame,) = engine.answer("exercise_read", {"id": "bridge"})
    for name, values, files in (
        *_about_patients(),
        *_about_the_clinic(),
        *_about_exercises(frame.data["values"]),
    ):
        for answer in engine.answer(name, values, files):
            data = answer.data
            said = [problem for row in data.get("rows", ()) for problem in row["problems"]]
            said += [one for key in ("problems", "warnings", "notes") for one in data.get(key, ())]
            yield from ((name, problem["message"]) for problem in said)


def _about_patients() -> Iterator[Asked]:
    for values in PATIENT:
        yield "check", {"values": {**GOOD, **values}}, {}
    yield "calendar", {"values": {"program": "short-four"}}, {}
    yield "pdf", {"values": GOOD, "kind": "copy"}, {}
    for data in FILES:
        yield "read", {}, {"prescription": data}
    for name, data in (*LISTS, ("book.xlsx", _workbook())):
        yield "roster_read", {"name": name}, {"roster": data}


def _about_the_clinic() -> Iterator[Asked]:
    for clinic in CLINIC:
        yield "clinic_write", {"values": clinic}, {}
    for logo in (b"\x89PNG\r\n\x1a\nx", b"<svg", b"\xff\xd8\xff", b"<svg onload='x'/>"):
        yield "clinic_write", {"values": {"name": "A"}}, {"logo": logo}
    yield "clinic_write", {}, {"clinic": b"- a"}
    for name in ("", "a/b", "CON", "A", "A"):
        yield "template_save", {"name": name, "values": GOOD}, {}
    yield "template_delete", {"name": "B"}, {}
    for file in (b"- a", b"patient: {label: A}", b"name: A\nlogo: l.svg\n"):
        yield "folder_open", {}, {"x.yaml": file}
    yield "folder_open", {}, {"a.yaml": b"name: A\n", "b.yaml": b"name: B\n"}


def _about_exercises(good: Any) -> Iterator[Asked]:
    for path, value in EXERCISE:
        yield "exercise_write", {"id": "mine", "values": _with(good, path, value)}, {}
    for ident in ("Not A Name", ""):
        yield "exercise_write", {"id": ident, "values": good}, {}
    yield "exercise_write", {"id": "mine", "values": {"equipment": [], "movement_s": 4}}, {}


def _with(good: Any, path: str, value: Any) -> Any:
    """Return values with another one at a place."""
    *above, last = path.split(".")
    changed = deepcopy(good)
    place = changed
    for key in above:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[int(last) if isinstance(place, list) else last] = value
    return json.loads(json.dumps(changed))


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["naam", "programma", "startdatum", "doses.bridge.reps"])
    sheet.append(["A", "short-four", 5, dt.date(2026, 10, 8)])
    sheet.append(["B", "short-four", None, 6])
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Tweede").append(["x"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
