"""Files of the clinic that the one file opens: taken for what they are, and made into the same programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pdfgen
from pdfgen.web.engine.engine import Engine
from pdfgen.web.engine.frames import Frame
from pdfgen.web.engine.workplace import ONE_FILE

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(tmp_path / "clinic", ONE_FILE)


def ask(engine: Engine, name: str, values: Any = None, files: dict[str, bytes] | None = None) -> Frame:
    (frame,) = engine.answer(name, values or {}, files)
    return frame


def files_of(folder: str) -> dict[str, bytes]:
    """An example's files by their names, and those of its clinic."""
    found = {path.name: path.read_bytes() for path in sorted((EXAMPLES / folder).iterdir())}
    if "clinic.yaml" not in found:
        found |= {name: (EXAMPLES / name).read_bytes() for name in ("clinic.yaml", "logo.svg")}
    return {name: data for name, data in found.items() if not name.startswith("patient")}


@pytest.mark.parametrize("path", ["knee/patient.yaml", "photos/patient.yaml"])
def test_an_example_with_its_own_library_is_that_of_the_command_line(engine: Engine, path: str) -> None:
    opened = ask(engine, "folder_open", {}, files_of(path.split("/")[0])).data
    assert opened == {"clinic": True, "exercises": True, "templates": 0, "problems": []}
    values = ask(engine, "read", {}, {"prescription": (EXAMPLES / path).read_bytes()}).data["values"]
    wanted = pdfgen.make(pdfgen.read(EXAMPLES / path)).files[0]
    (made,) = ask(engine, "pdf", {"values": values}).files
    assert (made.name, made.data == wanted.data) == (wanted.name, True)


def test_what_was_saved_is_opened_again(engine: Engine, tmp_path: Path) -> None:
    values = ask(engine, "exercise_read", {"id": "bridge"}).data["values"]
    template = {"name": "Rug, stevig", "values": {"program": "short-four", "weeks": 8}}
    downloads = {
        "exercises (1).yaml": ask(engine, "exercise_write", {"id": "my-bridge", "values": values}),
        "clinic.yaml": ask(engine, "clinic_write", {"values": {"name": "De Molen", "paper": "a4"}}),
        "Rug, stevig.yaml": ask(engine, "template_save", template),
    }
    fresh = Engine(tmp_path / "another", ONE_FILE)
    sent = {name: frame.files[0].data for name, frame in downloads.items()}
    opened = ask(fresh, "folder_open", {}, sent).data
    assert opened == {"clinic": True, "exercises": True, "templates": 1, "problems": []}
    assert ask(fresh, "exercises").data["exercises"] == ["my-bridge"]
    assert ask(fresh, "clinic_read").data["values"]["name"] == "De Molen"
    (kept,) = ask(fresh, "templates").data["templates"]
    assert kept == template


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("patient.yaml", b"patient: {label: A}\nprogram: short-four\n", "patient's file"),
        ("x.yaml", b"- a\n", "no file of a clinic"),
        ("x.yaml", b"program: [", ""),
        ("x.txt", b"program: short-four\n", "no file of a clinic"),
        ("mine.yaml", b"exercises: {bridge: {kind: none}}\n", "none"),
        ("clinic.yaml", b"name: A\naccent: '#ffff00'\n", ""),
        ("clinic.yaml", b"name: A\nlogo: logo.png\n", "logo"),
        ("photo.yaml", b"exercises: {bridge: {variants: {L2: {panels: [{photo: no.jpg}]}}}}\n", ""),
        ("CON.yaml", b"program: short-four\n", "letters, digits"),
    ],
)
def test_a_file_with_a_problem_is_not_taken_and_others_are(
    engine: Engine, name: str, data: bytes, message: str
) -> None:
    good = {"Good.yaml": b"program: short-four\nweeks: 6\n"}
    opened = ask(engine, "folder_open", {}, {name: data, **good}).data
    assert message in opened["problems"][0]["message"]
    assert (opened["clinic"], opened["exercises"], opened["templates"]) == (False, False, 1)
    assert ask(engine, "catalogue", {"language": "nl"}).data["problems"] == []


@pytest.mark.parametrize("name", ["../x.yaml", "/x.yaml", "a//x", "C:\\x.yaml", ".hidden.jpg", "a/../x.jpg"])
def test_no_place_outside_the_folder(engine: Engine, name: str) -> None:
    assert ask(engine, "folder_open", {}, {name: b"x"}).data["error"]["kind"] == "request"


def test_a_server_has_its_folder(tmp_path: Path) -> None:
    asked = ask(Engine(tmp_path), "folder_open", {}, {"clinic.yaml": b"name: A\n"})
    assert asked.data["error"]["kind"] == "request"
    assert list(tmp_path.iterdir()) == []
