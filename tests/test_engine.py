"""The engine of the page: what docs/engine.md says that it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pdfgen.content.files.strict_yaml import parse_bytes
from pdfgen.content.files.yaml_text import yaml_text
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.pictures.drawing_file import shipped_drawings
from pdfgen.pdf.drawing_svg import svg_of
from pdfgen.web.engine.engine import OPERATIONS, Engine
from pdfgen.web.engine.frames import Frame, NamedFile, decoded
from pdfgen.web.engine.prescriptions import SHOWN

ROOT = Path(__file__).parent.parent
PATIENT = ROOT / "examples" / "patient-situations.yaml"
VALUES = {"program": "short-four", "language": "nl", "patient": {"label": "Q. Zwart"}, "start": "2026-03-02"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(tmp_path_factory.mktemp("folder"))


def ask(engine: Engine, name: str, values: Any = None, files: Mapping[str, bytes] | None = None) -> Frame:
    frames = list(engine.answer(name, {} if values is None else values, files))
    assert len(frames) == 1
    return frames[0]


def test_every_operation_is_described() -> None:
    text = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))
    assert described == set(OPERATIONS)


def test_every_key_of_a_prescription_is_shown_or_kept() -> None:
    assert set(Prescription.model_fields) - set(SHOWN) == {"id", "clinic", "library"}
    assert set(SHOWN) <= set(Prescription.model_fields)


def test_frames_travel_as_bytes() -> None:
    frames = [Frame({"a": "é"}, (NamedFile("x.pdf", b"1\n2"), NamedFile("y", b""))), Frame({})]
    assert decoded(b"".join(frame.encoded() for frame in frames)) == frames


@pytest.mark.parametrize(
    "value",
    [
        "no",
        "12:30",
        "010",
        "~",
        "",
        "a # b",
        "a: b",
        "- a",
        "'\"",
        "é\u2028\n\ttab",
        "2026-03-02",
        "8-10",
        True,
        1.5,
    ],
)
def test_what_is_written_is_read_back(value: Any) -> None:
    values = {"a": value, "b": [value], "no": {"d": value}}
    assert parse_bytes(yaml_text(values).encode(), "x").data == values


def test_a_drawing_as_svg_has_every_path_of_its_form() -> None:
    for name in ("figures/bridge-a", "icons/warning"):
        text = svg_of(shipped_drawings()[name])
        assert text.startswith("<svg ")
        assert text.count("<path") > 1
        assert "nan" not in text


def test_all_drawings_can_be_shown() -> None:
    for name, drawing in shipped_drawings().items():
        if "--" not in name:
            svg_of(drawing)


def test_the_catalogue_names_what_can_be_chosen(engine: Engine) -> None:
    found = ask(engine, "catalogue", {"language": "nl"}).data
    exercises = {one["id"]: one for one in found["exercises"]}
    programs = {one["id"]: one for one in found["programs"]}
    assert set(programs["short-four"]["exercises"]) <= set(exercises)
    assert exercises["bridge"]["name"] == "Bruggetje"
    assert exercises["bridge"]["doses"][0]["words"]
    assert "{" not in str([one["forms"] for one in found["exercises"]]).replace("{'", "")
    assert found["notice"]
    assert not found["problems"]
    names = [
        picture["name"] for one in exercises.values() for form in one["forms"] for picture in form["pictures"]
    ]
    assert ask(engine, "pictures", {"names": names[:100], "figure": "man"}).data["missing"] == []


def test_a_file_is_opened_and_saved_with_what_the_page_does_not_show(engine: Engine) -> None:
    original = PATIENT.read_bytes() + b"id: ABCDEFGH\n"
    values = ask(engine, "read", files={"prescription": original}).data["values"]
    shown = {key: value for key, value in values.items() if key not in ("clinic", "id")}
    shown["weeks"] = 8
    written = ask(engine, "write", {"values": shown}, {"original": original}).files[0].data
    assert parse_bytes(written, "x").data == {**values, "weeks": 8}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# first\nprogram: starter\n", True),
        ("program: starter # why\n", True),
        ("program: starter\ngoal: 'a # b'\n", False),
        ('goal: "#1"\nprogram: starter\n# last', True),
        ("message: |\n  a # b\nprogram: starter\n", False),
    ],
)
def test_remarks_that_saving_loses_are_told(engine: Engine, text: str, expected: bool) -> None:
    found = ask(engine, "read", files={"prescription": text.encode()}).data
    assert found["has_remarks"] is expected


def test_a_key_that_was_taken_out_on_the_page_is_not_kept(engine: Engine) -> None:
    values = {"program": "short-four"}
    written = ask(engine, "write", {"values": values}, {"original": PATIENT.read_bytes()}).files[0].data
    assert parse_bytes(written, "x").data == {**values, "clinic": "clinic.yaml"}


@pytest.mark.parametrize("data", [b"- a", b"program: [", b"", b"\xff\xfe"])
def test_a_file_that_is_none_is_told(engine: Engine, data: bytes) -> None:
    found = ask(engine, "read", files={"prescription": data}).data
    assert found["values"] is None
    assert found["problems"]


def test_problems_name_their_fields(engine: Engine) -> None:
    values = {**VALUES, "weeks": 40, "doses": {"bridge": {"reps": 900}}}
    found = ask(engine, "check", {"values": values}).data
    assert {one["field"] for one in found["problems"]} == {"weeks", "doses.bridge.reps"}
    assert found["plan"] is None


def test_cautions_come_as_soon_as_both_are_chosen(engine: Engine) -> None:
    values = {"exercises": ["bridge"], "situations": ["high-blood-pressure"], "weeks": 99}
    found = ask(engine, "check", {"values": values, "language": "en"}).data
    assert [one["id"] for one in found["cautions"]] == ["bridge/high-blood-pressure"]
    assert not found["cautions"][0]["confirmed"]
    values["confirmed"] = ["bridge/high-blood-pressure"]
    assert ask(engine, "check", {"values": values}).data["cautions"][0]["confirmed"]


@pytest.mark.parametrize("values", [{"exercises": 3}, {"situations": [1, {}]}, {"program": []}, {"x": None}])
def test_values_of_any_form_are_problems_and_no_error(engine: Engine, values: Any) -> None:
    found = ask(engine, "check", {"values": values}).data
    assert found["problems"]


def test_the_plan_is_in_the_language_of_the_page(engine: Engine) -> None:
    found = ask(engine, "check", {"values": VALUES, "language": "en"}).data
    assert found["plan"]["exercises"][0]["doses"][0]["words"].count("times")
    assert [week["first_day"] for week in found["plan"]["weeks"]][:2] == ["2026-03-02", "2026-03-09"]


def test_the_record_is_eight_lines_without_a_name(engine: Engine) -> None:
    values = {**VALUES, "program": "full-seven", "situations": ["osteoporosis"]}
    found = ask(engine, "check", {"values": values, "language": "nl"}).data
    assert len(found["record"]) <= 8
    text = "\n".join(found["record"])
    assert found["document_id"] in text
    assert "Zwart" not in text
    assert "{" not in text


def test_a_preview_has_the_pages_that_there_are(engine: Engine) -> None:
    request = {"values": VALUES, "pages": [2, 1, 900], "width": 300, "generation": 7}
    frame = ask(engine, "preview", request)
    assert frame.data["generation"] == 7
    assert [file.name for file in frame.files] == ["page-2.png", "page-1.png"]
    assert frame.data["page_count"] == len(frame.data["sizes"])
    for file, picture in zip(frame.files, frame.data["pictures"], strict=True):
        assert file.data.startswith(b"\x89PNG")
        assert picture["width"] == 300


def test_a_picture_of_a_page_is_that_page(engine: Engine) -> None:
    """Read by another reader: white at the edge, ink inside."""
    import io

    from PIL import Image

    frame = ask(engine, "preview", {"values": VALUES, "width": 400})
    image = Image.open(io.BytesIO(frame.files[0].data)).convert("L")
    assert image.width == 400
    assert image.getpixel((3, 3)) == 255
    assert image.getextrema()[0] < 60


def test_wrong_values_have_no_pages(engine: Engine) -> None:
    frame = ask(engine, "preview", {"values": {**VALUES, "weeks": 0}})
    assert frame.files == ()
    assert frame.data["problems"]


@pytest.mark.parametrize("value", ["/etc/passwd.yaml", "../x.yaml", "own.yaml", ["own.yaml"]])
@pytest.mark.parametrize("key", ["clinic", "library", "layout"])
def test_no_name_of_a_file_in_values_is_opened(tmp_path: Path, key: str, value: Any) -> None:
    """Also not of one that lies in the folder: it is told, and the program is what it is without it."""
    (tmp_path / "own.yaml").write_text("name: Secret\nversion: Secret\n")
    engine = Engine(tmp_path)
    found = ask(engine, "pdf", {"values": {**VALUES, key: value}})
    if found.files:
        assert [one["field"] for one in found.data["warnings"]] == [key]
        assert found.files == ask(engine, "pdf", {"values": VALUES}).files
    else:
        assert {one["field"].split(".")[0] for one in found.data["problems"]} == {key}
    assert "Secret" not in str(found.data)


def test_the_edition_is_one_of_the_catalogue(engine: Engine) -> None:
    for name in ("/etc/passwd.yaml", "../layouts/standard.yaml", "nope"):
        assert ask(engine, "pdf", {"values": VALUES, "edition": name}).data["error"]["kind"] == "request"


def test_sheets_for_the_printer(engine: Engine) -> None:
    frame = ask(engine, "pdf", {"values": VALUES, "edition": "cards", "kind": "sheets"})
    assert frame.files[0].name.endswith("-print.pdf")
    assert ask(engine, "pdf", {"values": VALUES, "kind": "sheets"}).data["problems"]


def test_a_calendar_needs_a_first_day(engine: Engine) -> None:
    assert ask(engine, "calendar", {"values": VALUES}).files[0].data.startswith(b"BEGIN:VCALENDAR")
    values = {key: value for key, value in VALUES.items() if key != "start"}
    assert ask(engine, "calendar", {"values": values}).data["problems"][0]["field"] == "start"


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("nope", {}, "unknown"), ("check", [], "request"), ("check", {}, "request"), ("read", {}, "request"),
        ("preview", {"values": {}, "pages": ["x"]}, "request"),
        ("preview", {"values": {}, "width": 10**9}, "request"),
        ("pdf", {"values": {}, "kind": "x"}, "request"), ("pictures", {"names": ["a"] * 9999}, "request"),
    ],
)  # fmt: skip
def test_a_request_of_another_form_is_refused(engine: Engine, name: str, values: Any, kind: str) -> None:
    assert ask(engine, name, values).data["error"]["kind"] == kind


def test_a_bug_tells_nothing_of_the_request(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Frame:
        raise RuntimeError("Q. Zwart")

    monkeypatch.setattr("pdfgen.web.engine.engine.OPERATIONS", {"check": broken})
    assert "Zwart" not in str(ask(engine, "check", {"values": VALUES}).data)
