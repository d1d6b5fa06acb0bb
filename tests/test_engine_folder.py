"""What the page saves in the clinic's folder: its file, exercises and templates; and lists of patients."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

import pdfgen
from pdfgen.cli.app import program
from pdfgen.content.files.strict_yaml import parse_bytes, read_yaml
from pdfgen.web.engine.engine import Engine
from pdfgen.web.engine.frames import Frame
from pdfgen.web.engine.rosters import MOST_ROWS
from pdfgen.web.engine.workplace import ONE_FILE

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
CSV = (
    b"Naam;Programma;Startdatum;Geboortedatum;Weken\n"
    b"A. de Wit;short-four;03-04-2026;1960;6\n"
    b"B. Smit;short-fourr;13-04-2026;1961;6\n"
    b"C. Bos;short-four;14-04-2026;1962;99\n"
)


@pytest.fixture(scope="module")
def shared_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """For what saves nothing."""
    return Engine(tmp_path_factory.mktemp("folder"))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(tmp_path)


def ask(engine: Engine, name: str, values: Any = None, files: Mapping[str, bytes] | None = None) -> Frame:
    *_, last = engine.answer(name, {} if values is None else values, files)
    assert "error" not in last.data, last.data
    return last


def fields(frame: Frame) -> list[str]:
    return [one["field"] for one in frame.data["problems"]]


class TestTemplates:
    VALUES: Mapping[str, Any] = {
        "program": "short-four", "weeks": 8, "patient": {"label": "Q. Zwart"}, "start": "2026-03-02",
        "goal": "Zwart", "notes": {"bridge": "Zwart"}, "therapist": "Zwart", "situations": ["osteoporosis"],
        "doses": {"bridge": {"one_side": True, "side": "left", "reps": "8-10"}}, "id": "ABCDEFGH",
    }  # fmt: skip

    def test_a_template_has_no_patient_in_it(self, engine: Engine, tmp_path: Path) -> None:
        frame = ask(engine, "template_save", {"name": "Rug, kort (8)", "values": self.VALUES})
        text = (tmp_path / "templates" / "Rug, kort (8).yaml").read_text()
        assert parse_bytes(frame.files[0].data, "x").data == {
            "program": "short-four", "weeks": 8, "doses": {"bridge": {"one_side": True, "reps": "8-10"}},
        }  # fmt: skip
        assert "Zwart" not in text
        assert frame.data["left_out"] == [
            "goal",
            "id",
            "notes",
            "patient",
            "situations",
            "start",
            "therapist",
        ]

    def test_one_that_was_put_there_by_hand_has_none_either(self, engine: Engine, tmp_path: Path) -> None:
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "a.yaml").write_text("program: short-four\npatient: {label: Zwart}\n")
        (tmp_path / "templates" / "b.yaml").write_text("program: [")
        found = ask(engine, "templates").data
        assert found["templates"] == [{"name": "a", "values": {"program": "short-four"}}]
        assert len(found["problems"]) == 1

    def test_nothing_is_replaced_in_silence(self, engine: Engine) -> None:
        asked = {"name": "a", "values": {"program": "short-four"}}
        assert fields(ask(engine, "template_save", asked)) == []
        assert fields(ask(engine, "template_save", asked)) == ["name"]
        assert fields(ask(engine, "template_save", {**asked, "replace": True})) == []

    @pytest.mark.parametrize(
        "name",
        ["../a", "/etc/x", "a/b", "a\\b", ".a", "", " ", "con", "NUL", "a.", "x" * 61, "a\nb", "a:b", "-a"],
    )
    def test_a_name_that_is_none(self, engine: Engine, tmp_path: Path, name: str) -> None:
        assert fields(ask(engine, "template_save", {"name": name, "values": {}})) == ["name"]
        assert fields(ask(engine, "template_delete", {"name": name})) == ["name"]
        assert list(tmp_path.iterdir()) == []

    def test_deleted(self, engine: Engine, tmp_path: Path) -> None:
        ask(engine, "template_save", {"name": "Één", "values": {"program": "short-four"}})
        assert fields(ask(engine, "template_delete", {"name": "Één"})) == []
        assert list((tmp_path / "templates").iterdir()) == []


class TestClinic:
    def test_what_is_saved_is_printed_and_read_by_the_command_line(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        files = {
            "clinic": (EXAMPLES / "clinic.yaml").read_bytes(),
            "logo": (EXAMPLES / "logo.svg").read_bytes(),
        }
        assert fields(ask(engine, "clinic_write", {}, files)) == []
        read = ask(engine, "clinic_read")
        assert read.data["values"] == read_yaml(EXAMPLES / "clinic.yaml").data
        assert [file.name for file in read.files] == ["logo.svg"]
        patient = (EXAMPLES / "patient.yaml").read_bytes()
        values = ask(engine, "read", files={"prescription": patient}).data["values"]
        made = ask(engine, "pdf", {"values": values}).files[0].data
        assert made == pdfgen.make(pdfgen.read(EXAMPLES / "patient.yaml")).files[0].data
        assert made == pdfgen.make(pdfgen.read(values, clinic=tmp_path / "clinic.yaml")).files[0].data

    def test_nothing_wrong_is_saved(self, engine: Engine, tmp_path: Path) -> None:
        assert fields(ask(engine, "clinic_write", {"values": {"accent": "#ffff00"}})) == ["accent"]
        assert fields(ask(engine, "clinic_write", {"values": {"naam": "x"}})) == ["naam"]
        assert fields(ask(engine, "clinic_write", {"values": {"logo": "/etc/passwd"}})) == ["logo"]
        assert fields(ask(engine, "clinic_write", {"values": {}}, {"logo": b"<svg"})) == ["logo"]
        assert list(tmp_path.iterdir()) == []

    def test_the_one_file_offers_no_sheets(self, tmp_path: Path) -> None:
        layouts = ask(Engine(tmp_path, ONE_FILE), "catalogue").data["layouts"]
        assert not any(one["sheets"] for one in layouts)

    def test_a_file_that_cannot_be_read_is_not_written_over(self, engine: Engine, tmp_path: Path) -> None:
        """By values; a whole file that is chosen takes its place."""
        broken = b"name: 'De Molen\nphone: 085 000 0001\n"
        (tmp_path / "clinic.yaml").write_bytes(broken)
        assert ask(engine, "clinic_write", {"values": {"name": "De Molen"}}).data["problems"]
        assert (tmp_path / "clinic.yaml").read_bytes() == broken
        assert not ask(engine, "clinic_write", {}, {"clinic": b"name: De Molen\n"}).data["problems"]

    def test_a_changed_clinic_is_taken_at_once(self, engine: Engine) -> None:
        values = {"program": "short-four", "language": "en"}
        found = []
        for name in ("De Molen", "De Linde"):
            ask(engine, "clinic_write", {"values": {"name": name}})
            found.append(ask(engine, "check", {"values": values}).data["document_id"])
        assert found[0] != found[1]


class TestOwnExercises:
    @pytest.fixture
    def values(self, shared_engine: Engine) -> dict[str, Any]:
        found: dict[str, Any] = ask(shared_engine, "exercise_read", {"id": "bridge"}).data["values"]
        return {**found, "name": {"nl": "Schelp", "en": "Clam"}}

    def test_it_is_saved_and_prescribed(self, engine: Engine, values: dict[str, Any]) -> None:
        assert fields(ask(engine, "exercise_write", {"id": "clam", "values": values})) == []
        assert ask(engine, "exercises").data["exercises"] == ["clam"]
        shown = ask(engine, "catalogue", {"language": "nl"}).data["exercises"]
        assert [one["name"] for one in shown if one["own"]] == ["Schelp"]
        found = ask(engine, "check", {"values": {"program": "short-four", "exercises": ["clam"]}}).data
        assert found["ok"]

    def test_a_photo_is_nothing_but_a_picture(
        self, engine: Engine, values: dict[str, Any], tmp_path: Path
    ) -> None:
        stream = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112], exif[0x010F] = 6, "Camera of Zwart"
        Image.new("RGB", (400, 300), "red").save(stream, "JPEG", exif=exif)
        alt = {"nl": "Iemand ligt.", "en": "Somebody lies."}
        values["variants"]["L2"]["panels"] = [{"photo": "clam-a.jpg", "alt": alt}]
        asked = {"id": "clam", "values": values}
        assert fields(ask(engine, "exercise_write", asked)) == ["variants", "variants.L2.panels.0.photo"]
        assert list(tmp_path.iterdir()) == []
        assert fields(ask(engine, "exercise_write", asked, {"clam-a.jpg": stream.getvalue()})) == []
        saved = (tmp_path / "clam-a.jpg").read_bytes()
        assert b"Zwart" not in saved
        assert Image.open(io.BytesIO(saved)).size == (300, 400)
        assert [file.name for file in ask(engine, "exercise_read", {"id": "clam"}).files] == ["clam-a.jpg"]
        assert ask(engine, "pictures", {"names": ["clam-a.jpg"]}).files[0].data == saved

    def test_problems_are_seen_from_the_exercise(self, engine: Engine, values: dict[str, Any]) -> None:
        del values["purpose"]
        assert fields(ask(engine, "exercise_write", {"id": "clam", "values": values})) == ["purpose"]
        assert fields(ask(engine, "exercise_write", {"id": "../clam", "values": values})) == ["id"]

    @pytest.mark.parametrize("name", ["../a.jpg", "/etc/a.jpg", "a.exe", "clinic.yaml", "A.jpg"])
    def test_a_photo_with_another_name(self, engine: Engine, values: dict[str, Any], name: str) -> None:
        (frame,) = engine.answer("exercise_write", {"id": "clam", "values": values}, {name: b"x"})
        assert frame.data["error"]["kind"] == "request"

    def test_what_else_stands_in_the_file_stays(
        self, engine: Engine, values: dict[str, Any], tmp_path: Path
    ) -> None:
        path = tmp_path / "exercises.yaml"
        path.write_text("situations:\n  hip: {name: {nl: heup, en: hip}}\n")
        ask(engine, "exercise_write", {"id": "clam", "values": values})
        assert set(read_yaml(path).data) == {"situations", "exercises"}
        assert fields(ask(engine, "exercise_delete", {"id": "clam"})) == []
        assert set(read_yaml(path).data) == {"situations"}

    def test_the_last_one_takes_the_file_along(
        self, engine: Engine, values: dict[str, Any], tmp_path: Path
    ) -> None:
        ask(engine, "exercise_write", {"id": "clam", "values": values})
        ask(engine, "exercise_delete", {"id": "clam"})
        assert list(tmp_path.iterdir()) == []


class TestTextsAndPhotos:
    def test_how_hard_texts_are(self, shared_engine: Engine) -> None:
        texts = [
            {"text": "Til je been op en houd het vast.", "step": True},
            {"text": "Proprioceptieve neuromusculaire facilitatie optimaliseert bewegingscoördinatie."},
            {"text": "…"},
        ]
        found = ask(shared_engine, "readability", {"language": "nl", "texts": texts}).data["results"]
        assert [one and one["ok"] for one in found] == [True, False, None]

    def test_a_photo_is_cropped(self, shared_engine: Engine) -> None:
        stream = io.BytesIO()
        Image.new("RGB", (400, 300)).save(stream, "PNG")
        frame = ask(shared_engine, "photo", {"crop": {"left": 25}}, {"photo": stream.getvalue()})
        assert Image.open(io.BytesIO(frame.files[0].data)).size == (300, 300)
        assert ask(shared_engine, "photo", {}, {"photo": b"GIF89a"}).data["problems"]


class TestRosters:
    def test_columns_and_rows_with_their_problems(self, shared_engine: Engine) -> None:
        found = ask(shared_engine, "roster_read", {"name": "monday.csv"}, {"roster": CSV}).data
        assert [one["key"] for one in found["columns"]] == ["label", "program", "start", None, "weeks"]
        assert [one["ok"] for one in found["rows"]] == [True, False, False]
        assert [one["column"] for row in found["rows"] for one in row["problems"]] == [2, 5]
        assert found["rows"][0]["cells"] == ["A. de Wit", "short-four", "03-04-2026", "1960", "6"]

    def test_cells_are_mended_and_columns_matched(self, shared_engine: Engine) -> None:
        asked = {
            "name": "monday.csv",
            "mapping": {"geboortedatum": "notes.bridge"},
            "corrections": {"3": {"2": "short-four"}, "4": {"5": "8"}},
        }
        rows = ask(shared_engine, "roster_read", asked, {"roster": CSV}).data["rows"]
        assert all(one["ok"] for one in rows)
        assert rows[2]["values"]["weeks"] == 8
        assert rows[0]["values"]["notes"] == {"bridge": "1960"}

    def test_a_list_without_known_headings_shows_them(self, shared_engine: Engine) -> None:
        found = ask(shared_engine, "roster_read", {"name": "a.csv"}, {"roster": b"x;y\nA;B\n"}).data
        assert [one["heading"] for one in found["columns"]] == ["x", "y"]
        assert found["problems"]
        asked = {"name": "a.csv", "mapping": {"x": "label"}, "base": {"program": "short-four"}}
        found = ask(shared_engine, "roster_read", asked, {"roster": b"x;y\nA;B\n"}).data
        assert [one["ok"] for one in found["rows"]] == [True]

    def test_records_are_mended_by_field(self, shared_engine: Engine) -> None:
        roster = b'[{"program": "short-four", "weeks": "x", "patient": {"label": "A"}}]'
        asked = {"name": "a.json", "corrections": {"1": {"weeks": "6", "patient.label": "B"}}}
        (row,) = ask(shared_engine, "roster_read", asked, {"roster": roster}).data["rows"]
        assert row["ok"]
        assert row["values"] == {"program": "short-four", "weeks": 6, "patient": {"label": "B"}}

    def test_a_row_with_an_unreadable_cell_is_judged_whole(self, shared_engine: Engine) -> None:
        roster = b"label;program;start\nA;starters;2026-13-02\n"
        (row,) = ask(shared_engine, "roster_read", {"name": "a.csv"}, {"roster": roster}).data["rows"]
        assert [one["field"] for one in row["problems"]] == ["start", "program"]

    def test_files_of_other_folders_are_not_opened(self, shared_engine: Engine) -> None:
        roster = b"label;program;clinic\nA;short-four;/etc/passwd\n"
        (row,) = ask(shared_engine, "roster_read", {"name": "a.csv"}, {"roster": roster}).data["rows"]
        assert [one["field"] for one in row["problems"]] == ["clinic"]

    def test_made_with_progress_into_one_zip(self, shared_engine: Engine) -> None:
        asked = {"name": "monday.csv", "corrections": {"3": {"2": "short-four"}}}
        *rows, last = shared_engine.answer("roster_make", asked, {"roster": CSV})
        assert [(one.data["done"], one.data["ok"]) for one in rows] == [(1, True), (2, True), (3, False)]
        assert last.data["failed"] == [4]
        archive = zipfile.ZipFile(io.BytesIO(last.files[0].data))
        names = archive.namelist()
        assert len([name for name in names if name.endswith(".pdf")]) == 3
        assert {"manifest.json", "manifest.csv", "SHA256SUMS", "problems.csv"} <= set(names)
        lists = b"".join(archive.read(name) for name in names if not name.endswith(".pdf"))
        assert b"Wit" not in lists
        values = {
            "program": "short-four",
            "patient": {"label": "A. de Wit"},
            "start": "2026-04-03",
            "weeks": 6,
        }
        assert archive.read(names[0]) == ask(shared_engine, "pdf", {"values": values}).files[0].data

    def test_the_zip_holds_the_print_file_of_a_batch(self, tmp_path: Path) -> None:
        roster = b"label;program;layout;language\nA;short-four;booklet;en\nB;short-four;cards;nl\nC;x;;\n"
        *_, last = Engine(tmp_path).answer("roster_make", {"name": "a.csv"}, {"roster": roster})
        with zipfile.ZipFile(io.BytesIO(last.files[0].data)) as archive:
            found = archive.read("print.pdf")
        (tmp_path / "a.csv").write_bytes(roster)
        wanted = tmp_path / "print.pdf"
        batch = ("batch", tmp_path / "a.csv", "--out", tmp_path / "out", "--print-file", wanted)
        assert CliRunner().invoke(program, list(map(str, batch))).exit_code == 7
        assert found == wanted.read_bytes()

    def test_no_print_file_where_no_sheets_are_made(self, tmp_path: Path) -> None:
        roster = b"label;program;layout\nA;short-four;booklet\n"
        *_, last = Engine(tmp_path, ONE_FILE).answer("roster_make", {"name": "a.csv"}, {"roster": roster})
        names = zipfile.ZipFile(io.BytesIO(last.files[0].data)).namelist()
        assert len([name for name in names if name.endswith(".pdf")]) == 1

    def test_stopped_after_a_row(self, shared_engine: Engine) -> None:
        frames = shared_engine.answer("roster_make", {"name": "monday.csv"}, {"roster": CSV})
        assert next(frames).data["done"] == 1
        frames.close()  # type: ignore[attr-defined]

    def test_a_list_that_is_too_long(self, shared_engine: Engine) -> None:
        roster = b"label;program\n" + b"A;short-four\n" * (MOST_ROWS + 1)
        found = ask(shared_engine, "roster_read", {"name": "a.csv"}, {"roster": roster}).data
        assert "pdfgen batch" in found["problems"][0]["message"]
