"""Ticked sheets at the engine: read page by page, decided, saved as the command line writes them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from simulate_scans import simulated
from test_engine import ask
from test_scan_reading import EXAMPLES, patients, pdfs  # noqa: F401 - fixtures

from pdfgen.cli.app import program
from pdfgen.production import scan_run
from pdfgen.scanning import packages
from pdfgen.scanning.plain_data import known_as_data, known_of_data, sheet_of_data
from pdfgen.web.engine.engine import Engine
from pdfgen.web.engine.frames import Frame
from pdfgen.web.engine.workplace import ONE_FILE


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    """Pages are read here: starting a process takes longer than reading one."""

    def none(count: int) -> None:
        raise OSError("no processes here")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scan_run, "ProcessPool", none)
        patched.setattr(scan_run, "_limit_memory", lambda: None)
        yield


@pytest.fixture(scope="module")
def engine(patients: Path) -> Engine:  # noqa: F811
    return Engine(patients)


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory, pdfs: dict[str, Path]) -> dict[str, bytes]:  # noqa: F811
    """Two sides in a PDF, a file that is none, and a photo of the first side."""
    folder = tmp_path_factory.mktemp("pile")
    front, back = (simulated(pdfs["a4"], side, "scan 100 dpi", 7401 + side)[2].copy() for side in (0, 1))
    front.save(folder / "scans.pdf", "PDF", save_all=True, append_images=[back], resolution=100)
    (folder / "words.txt").write_text("no picture")
    simulated(pdfs["a4"], 0, "scan 100 dpi", 7102)[2].save(folder / "again.jpg", quality=80)
    return {name: (folder / name).read_bytes() for name in ("scans.pdf", "words.txt", "again.jpg")}


def numbered(files: Mapping[str, bytes]) -> tuple[dict[str, Any], dict[str, bytes]]:
    return {"names": list(files)}, {str(place): data for place, data in enumerate(files.values())}


@pytest.fixture(scope="module")
def read(engine: Engine, pile: dict[str, bytes]) -> list[Frame]:
    values, files = numbered(pile)
    return list(engine.answer("scan_read", values, files))


def sheets(read: list[Frame]) -> dict[str, bytes]:
    return {"sheets": json.dumps([one for frame in read for one in frame.data.get("sheets", [])]).encode()}


def not_read(read: list[Frame]) -> list[dict[str, Any]]:
    return [one for frame in read for one in frame.data["problems"]]


def open_rows(table: Frame) -> list[dict[str, str]]:
    rows = [row for sheet in table.data["sheets"] for row in sheet["rows"]]
    return [row for row in rows if row["state"] in ("unsure", "written", "several") and not row["value"]]


def decided(engine: Engine, read: list[Frame]) -> list[dict[str, Any]]:
    """Return a decision on each line that is open."""
    found = []
    for row in open_rows(ask(engine, "scan_table", {}, sheets(read))):
        value = {"effort": "right", "walking": "25"}.get(row["kind"], "1")
        name = f"{row['document']}-{int(row['week']):02}{'a' if row['page'] == '1' else 'b'}"
        one = {"sheet": name, "file": row["file"], "page": int(row["page"]), "answer": row["answer"]}
        found.append({**one, "value": value})
    return found


def run(folder: Path, *arguments: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        result = CliRunner().invoke(program, [*arguments])
    assert result.exit_code in (0, 7), result.output


def test_each_page_is_a_frame_with_its_sheet_and_pictures(read: list[Frame]) -> None:
    *pages, last = read
    assert [(one.data["file"], one.data["page"], one.data["pages"]) for one in pages] == [
        (0, 1, 2), (0, 2, 2), (1, 1, 1), (2, 1, 1),
    ]  # fmt: skip
    assert last.data == {"files_read": 3, "problems": []}
    assert [len(one.data["sheets"]) for one in pages] == [1, 1, 0, 1]
    (problem,) = pages[2].data["problems"]
    assert (problem["file"], problem["message"][:13]) == ("words.txt", "is no PDF, PN")
    for frame in (pages[0], pages[1], pages[3]):
        (sheet,) = frame.data["sheets"]
        assert sheet["name"].startswith(sheet["document"])
        whole, *parts = frame.files
        assert whole.name == "sheet.jpg"
        assert all(file.data.startswith(b"\xff\xd8") for file in frame.files)
        answers = {answer[0] for answer in sheet["answers"]}
        assert {file.name.removesuffix(".jpg") for file in parts} <= answers
        for name, state, *place in frame.data["picture"]["boxes"]:
            assert name.partition(".")[0] in {answer.partition(".")[0] for answer in answers}
            assert state in ("ticked", "empty", "corrected", "written", "unsure")
            assert all(0 <= part <= 1 for part in place)


def test_the_table_is_in_order_and_tells_copies(engine: Engine, read: list[Frame]) -> None:
    found = ask(engine, "scan_table", {}, sheets(read)).data["sheets"]
    assert [one["file"] for one in found] == ["scans.pdf", "again.jpg", "scans.pdf"]
    assert [one["copy_of"] for one in found] == ["", "scans.pdf page 1", ""]
    assert [one["differs"] for one in found] == [False, True, False]
    assert open_rows(ask(engine, "scan_table", {}, sheets(read)))
    decisions = decided(engine, read)
    assert not open_rows(ask(engine, "scan_table", {"decisions": decisions}, sheets(read)))


def test_what_is_saved_is_what_the_command_line_writes(
    engine: Engine,
    read: list[Frame],
    pile: dict[str, bytes],
    patients: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    for name, data in pile.items():
        (tmp_path / name).write_bytes(data)
    prescription = {"patient.yaml": (patients / "patient.yaml").read_bytes()}
    values, files = numbered(prescription)
    documents = [one["document"] for one in ask(engine, "scan_table", {}, sheets(read)).data["sheets"]]
    known = list(engine.answer("scan_patients", {**values, "documents": documents}, files))[-1].data["known"]
    asked = {
        "decisions": decided(engine, read), "known": known, "not_read": not_read(read), "language": "nl",
    }  # fmt: skip

    def saved(kind: str) -> bytes:
        (file,) = ask(engine, "scan_save", {**asked, "kind": kind}, sheets(read)).files
        return file.data

    data = {"schema": "pdfgen-decisions/1", "decisions": asked["decisions"]}
    decisions = json.dumps(data).encode()
    (tmp_path / "decisions.json").write_bytes(decisions)
    made = ("--decisions", "decisions.json", "--patients", str(patients), "--workers", "1")
    run(tmp_path, "scan", *pile, "--csv", "t.csv", "--json", "t.json", "--fhir", "t.fhir.json", *made)
    run(tmp_path, "adherence", "t.csv", "--pdf", "a.pdf", "--language", "nl")
    assert saved("csv") == (tmp_path / "t.csv").read_bytes()
    assert saved("json") == (tmp_path / "t.json").read_bytes()
    assert saved("fhir") == (tmp_path / "t.fhir.json").read_bytes()
    assert b"QuestionnaireResponse" in saved("fhir")
    assert saved("adherence") == (tmp_path / "a.pdf").read_bytes()
    assert b"decided by a person" in saved("csv")
    again = ask(engine, "scan_decisions", {"name": "decisions.json"}, {"decisions": decisions}).data
    assert again == {"decisions": asked["decisions"], "problems": []}


class TestPatients:
    def known(self, engine: Engine, documents: list[str], files: Mapping[str, bytes]) -> Frame:
        values, given = numbered(files)
        *steps, last = engine.answer("scan_patients", {**values, "documents": documents}, given)
        assert [one.data["done"] for one in steps] == list(range(1, len(steps) + 1))
        return last

    def test_names_and_dates_come_from_the_files_that_are_given(
        self,
        engine: Engine,
        read: list[Frame],
        patients: Path,  # noqa: F811
    ) -> None:
        """Also from one that names a clinic's file, which the page does not open."""
        (document,) = {one["document"] for frame in read for one in frame.data.get("sheets", [])}
        names = ("patient-en.yaml", "patient.yaml", "clinic.yaml")
        last = self.known(engine, [document], {name: (patients / name).read_bytes() for name in names})
        known = last.data["known"][document]
        assert known["exercises"]["1"]
        assert known["start"]
        assert [(one["file"], one["message"][:20]) for one in last.data["problems"]] == [
            ("clinic.yaml", "is no patient's file")
        ]
        table = ask(engine, "scan_table", {"known": last.data["known"]}, sheets(read))
        rows = [row for sheet in table.data["sheets"] for row in sheet["rows"]]
        assert all(row["name"] for row in rows if row["kind"] == "exercise")
        assert all(row["date"] for row in rows if row["weekday"])

    def test_a_list_of_patients_is_searched_too(self, engine: Engine) -> None:
        text = "naam;programma;startdatum\nAnna;short-four;2026-03-02\n"
        last = self.known(engine, ["00000000"], {"list.csv": text.encode()})
        assert last.data == {"known": {}, "problems": []}

    def test_no_file_that_a_prescription_names_is_opened(self, engine: Engine, tmp_path: Path) -> None:
        secret = tmp_path / "library.yaml"
        secret.write_text("exercises: [")
        text = f"program: short-four\nlibrary: {secret}\nclinic: {secret}\n"
        last = self.known(engine, ["00000000"], {"p.yaml": text.encode()})
        assert last.data == {"known": {}, "problems": []}


@pytest.mark.parametrize(
    ("name", "values", "files"),
    [
        ("scan_read", {"names": ["a.pdf"]}, {}),
        ("scan_read", {"names": "a.pdf"}, {"0": b""}),
        ("scan_table", {}, {}),
        ("scan_table", {}, {"sheets": b"{}"}),
        ("scan_table", {}, {"sheets": b"["}),
        ("scan_table", {}, {"sheets": b'[{"document": "7K3QMZ9P"}]'}),
        ("scan_table", {"known": {"7K3QMZ9P": {"exercises": []}}}, {"sheets": b"[]"}),
        ("scan_table", {"decisions": [{"sheet": "x"}]}, {"sheets": b"[]"}),
        ("scan_save", {"kind": "exe"}, {"sheets": b"[]"}),
        ("scan_save", {"kind": "adherence", "paper": "a0"}, {"sheets": b"[]"}),
        ("scan_patients", {"documents": [1], "names": []}, {}),
    ],
)
def test_requests_of_another_form_are_refused(
    engine: Engine, name: str, values: dict[str, Any], files: dict[str, bytes]
) -> None:
    assert ask(engine, name, values, files).data["error"]["kind"] == "request"


def test_sheets_that_come_back_changed_are_refused(read: list[Frame]) -> None:
    sheet = read[0].data["sheets"][0]
    assert sheet_of_data(sheet).name == sheet["name"]
    answer = sheet["answers"][0]
    for changed in (
        {**sheet, "side": 9},
        {**sheet, "page": True},
        {**sheet, "document": None},
        {**sheet, "answers": [answer[:-1]]},
        {**sheet, "answers": [[*answer[:5], "7", *answer[6:]]]},
        {**sheet, "answers": [[answer[0], "other", *answer[2:]]]},
    ):
        with pytest.raises((KeyError, TypeError, ValueError)):
            sheet_of_data(changed)


def test_what_a_prescription_adds_travels_and_comes_back() -> None:
    data = {"exercises": {"1": "Bridge"}, "start": "2026-03-02", "weeks": 6}
    assert known_as_data(known_of_data(data)) == data


def test_nothing_to_count_is_a_problem(engine: Engine) -> None:
    found = ask(engine, "scan_save", {"kind": "adherence"}, {"sheets": b"[]"}).data
    assert found["problems"][0]["message"] == "holds no sheet of a week"


def test_a_file_that_is_no_decisions_is_a_problem(engine: Engine) -> None:
    found = ask(engine, "scan_decisions", {"name": "x.json"}, {"decisions": b"{}"}).data
    assert (found["decisions"], found["problems"][0]["file"]) == ([], "x.json")


def test_an_edition_or_an_installation_that_reads_no_scans_says_so(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_file = Engine(tmp_path, ONE_FILE)
    catalogue = ask(one_file, "catalogue", {"language": "nl"}).data
    assert (catalogue["can"]["scans"], catalogue["installed"]) == (False, {})
    assert ask(one_file, "scan_read", {"names": []}).data["error"]["kind"] == "request"
    assert ask(engine, "catalogue", {"language": "nl"}).data["installed"]["scan"] is True
    monkeypatch.setattr(packages, "missing_extra", lambda *names: "needs the extra")
    assert ask(engine, "catalogue", {"language": "nl"}).data["installed"]["scan"] is False
    assert ask(engine, "scan_read", {"names": []}).data["problems"][0]["message"] == "needs the extra"


def test_the_engine_of_the_one_file_asks_for_nothing_that_reads_scans(tmp_path: Path) -> None:
    """It is not in that file."""
    code = f"""
import sys
sys.modules["pdfgen.scanning"] = sys.modules["numpy"] = sys.modules["zxingcpp"] = None
from pathlib import Path
from pdfgen.web.engine.engine import Engine
from pdfgen.web.engine.workplace import ONE_FILE
(frame,) = Engine(Path({str(tmp_path)!r}), ONE_FILE).answer("catalogue", {{"language": "nl"}})
assert frame.data["programs"], frame.data
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_nothing_of_a_scan_is_put_on_the_disk(
    engine: Engine,
    pile: dict[str, bytes],
    patients: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = sorted(patients.rglob("*"))

    def refused(*arguments: object, **named: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(f"tempfile.{name}", refused)
    values, files = numbered({"again.jpg": pile["again.jpg"]})
    assert [len(one.data.get("sheets", [])) for one in engine.answer("scan_read", values, files)] == [1, 0]
    assert sorted(patients.rglob("*")) == before
