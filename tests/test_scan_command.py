"""`pdfgen scan`: piles of scans, hostile files, tables, decisions; of a patient the document id alone."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pillow_heif
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from simulate_scans import simulated
from test_scan_reading import EXAMPLES, patients, pdfs  # noqa: F401 - fixtures

from pdfgen.cli.app import program
from pdfgen.cli.patients_folder import jobs_of
from pdfgen.errors import ExitCode, InputError
from pdfgen.pdf.form_values import form_values
from pdfgen.production import scan_run
from pdfgen.production.known_documents import known_documents
from pdfgen.production.shared import Shared
from pdfgen.scanning import pages as scanned_pages
from pdfgen.scanning.answers import Answer, chosen, counted, decided, is_possible, single
from pdfgen.scanning.decisions import read_decisions
from pdfgen.scanning.filled_forms import is_program, sheets_of_form
from pdfgen.scanning.pages import page_count, pages_of
from pdfgen.scanning.review_page import review_page
from pdfgen.scanning.sheet_pictures import SheetPictures
from pdfgen.scanning.table import (
    HEADINGS,
    Known,
    ReadSheet,
    Row,
    as_csv,
    differing_copies,
    in_order,
    read_csv,
)


def scan(*arguments: object) -> Result:
    return CliRunner().invoke(program, ["scan", "--workers", "1", *map(str, arguments)])


@pytest.fixture(autouse=True)
def in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read here, as where no process can be started: starting one takes longer than reading."""
    if "real_processes" not in request.fixturenames:

        def none(count: int) -> None:
            raise OSError("no processes here")

        monkeypatch.setattr(scan_run, "ProcessPool", none)
        monkeypatch.setattr(scan_run, "_limit_memory", lambda: None)


@pytest.fixture
def real_processes() -> None:
    """Pages are read by processes of their own."""


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory, pdfs: dict[str, Path]) -> dict[str, Path]:  # noqa: F811
    """A pile as a clinic has it: two sides in a PDF with a blank page, a photo of one of them, and others."""
    folder = tmp_path_factory.mktemp("pile")
    front, back = (simulated(pdfs["a4"], side, "scan 100 dpi", 7101)[2].copy() for side in (0, 1))
    blank = Image.new("L", front.size, 245)
    front.save(folder / "scans.pdf", "PDF", save_all=True, append_images=[blank, back], resolution=100)
    simulated(pdfs["a4"], 0, "photo 1600 px, q60", 7102)[2].save(folder / "again.jpg", quality=80)
    # Pillow leaves the settings of one format on a picture.
    front.copy().save(folder / "pages.tif", save_all=True, append_images=[back.copy()])
    simulated(pdfs["letter"], 0, "1 bit, 200 dpi", 7103)[2].save(folder / "fax.tif", compression="group4")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing at all")
    (folder / "words.txt").write_text("no picture")
    Image.new("1", (30_000, 30_000)).save(folder / "huge.png")
    stripes = np.zeros((900, 700), np.uint8)
    stripes[::30] = 255
    Image.fromarray(stripes).save(folder / "other.png")
    return {path.name: path for path in folder.iterdir()}


def test_a_pile_becomes_tables_and_a_page(pile: dict[str, Path], tmp_path: Path) -> None:
    targets = {name: tmp_path / name for name in ("t.csv", "t.json", "t.fhir.json")}
    result = scan(
        pile["scans.pdf"], pile["again.jpg"],
        "--csv", targets["t.csv"], "--json", targets["t.json"], "--fhir", targets["t.fhir.json"],
        "--review", tmp_path / "review",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "1 blank page" in result.output
    assert f"again.jpg page 1: copy of {pile['scans.pdf']} page 1" in result.output
    table = rows(targets["t.csv"])
    assert list(table[0]) == list(HEADINGS)
    assert {row["kind"] for row in table} == {"exercise", "morning", "pain", "effort", "walking"}
    assert {row["weekday"] for row in table if row["kind"] == "exercise"} == {"mon", "wed", "fri"}
    assert {row["page"] for row in table if not row["copy_of"]} == {"1", "3"}
    data = json.loads(targets["t.json"].read_text())
    assert data["schema"] == "pdfgen-ticks/1"
    assert len(data["answers"]) == len(table)
    check_fhir(json.loads(targets["t.fhir.json"].read_text()), table)
    page = (tmp_path / "review" / "index.html").read_text()
    assert "http" not in page.replace("http-equiv", "")
    everything = page + result.output + "".join(path.read_text() for path in targets.values())
    assert "de Wit" not in everything
    again = scan(pile["scans.pdf"], "--csv", targets["t.csv"])
    assert again.exit_code == 0, "an own table is replaced"


def check_fhir(bundle: dict[str, Any], table: list[dict[str, str]]) -> None:
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    (response,) = (entry["resource"] for entry in bundle["entry"])
    first = [row for row in table if not row["copy_of"]]
    assert [item["linkId"] for item in response["item"]] == [row["answer"] for row in first]
    for item, row in zip(response["item"], first, strict=True):
        assert bool(item.get("answer")) == bool(row["value"])
        if row["kind"] == "exercise" and row["value"]:
            assert item["answer"] == [{"valueBoolean": row["value"] == "1"}]
        if row["kind"] == "pain" and row["value"]:
            assert item["answer"] == [{"valueInteger": int(row["value"])}]


def test_what_cannot_be_read_is_named_and_the_rest_is_read(
    pile: dict[str, Path], tmp_path: Path, real_processes: None
) -> None:
    names = ("broken.pdf", "broken.png", "words.txt", "huge.png", "other.png", "fax.tif", "pages.tif")
    result = scan(*(pile[name] for name in names), tmp_path / "missing.jpg", "--csv", tmp_path / "t.csv")
    assert result.exit_code == ExitCode.PARTIAL
    for name, words in {
        "broken.pdf": "is damaged",
        "broken.png": "is no PDF, PNG",
        "words.txt": "is no PDF, PNG",
        "huge.png": "has more pixels than can be read",
        "other.png": "no week sheet",
        "fax.tif": "black and white alone",
        "missing.jpg": "not found",
    }.items():
        assert any(name in line and words in line for line in result.output.splitlines()), (
            name,
            result.output,
        )
    assert {row["page"] for row in rows(tmp_path / "t.csv")} == {"1", "2"}


def test_a_page_that_takes_too_long_is_given_up(
    pile: dict[str, Path], monkeypatch: pytest.MonkeyPatch, real_processes: None
) -> None:
    monkeypatch.setattr(scan_run, "_MOST_SECONDS", 0.0)
    result = scan(pile["other.png"])
    assert result.exit_code == ExitCode.SHEET
    assert "takes too long or too much memory" in result.output


def test_a_long_pile_is_read_ahead_but_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos of one page each keep all processes at work; of hundreds just a few results wait."""
    asked: list[Path] = []

    class Immediate(ThreadPoolExecutor):
        def __init__(self, count: int) -> None:
            super().__init__(1)

    def page(file: Path, index: int, pictures: bool) -> scan_run.ScanResult:
        asked.append(file)
        return scan_run.ScanResult(is_blank=True)

    monkeypatch.setattr(scan_run, "ProcessPool", Immediate)
    monkeypatch.setattr(scan_run, "_facts", lambda file: scan_run._Facts(1, None))
    monkeypatch.setattr(scan_run, "_page", page)
    results = scan_run.scan([Path(f"{number}.jpg") for number in range(500)], workers=2)
    first = next(results)
    assert (first.file, first.page, first.pages) == (0, 1, 1)
    assert len(asked) <= 2 * scan_run._AHEAD + 1, "the rest is asked for as results are taken"
    assert [result.file for result in results] == list(range(1, 500))
    assert asked == [Path(f"{number}.jpg") for number in range(500)]


def test_the_page_of_a_long_pile_is_never_held_as_a_whole() -> None:
    """Half a thousand sheets have 100 MB of pictures; here it is a tenth of that."""
    answer = Answer("ex1.d1", "exercise", 1, "mon", 1, "", "unsure", "dot")
    sheets = [ReadSheet("7K3QMZ9P", week, 1, (answer,), "</script>.jpg", week) for week in range(1, 41)]
    found = SheetPictures(bytes(300_000), (7, 9), (), {"ex1.d1": b""})
    tracemalloc.start()
    length = sum(map(len, review_page(sheets, {sheet.place: found for sheet in sheets}, {})))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < length / 4
    page = b"".join(review_page(sheets, {sheet.place: found for sheet in sheets}, {}))
    data = page.decode().partition('id="data">')[2].partition("</script>")[0]
    assert [sheet["name"] for sheet in json.loads(data)["sheets"]] == [sheet.name for sheet in sheets]


def test_without_any_sheet_the_exit_code_is_its_own(pile: dict[str, Path]) -> None:
    result = scan(pile["other.png"])
    assert result.exit_code == ExitCode.SHEET
    assert "no week sheet was read" in result.output


def test_other_files_are_left_as_they_are(pile: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("something else")
    result = scan(pile["again.jpg"], "--csv", tmp_path / "mine.csv")
    assert result.exit_code == ExitCode.WRITE
    assert (tmp_path / "mine.csv").read_text() == "something else"
    assert scan(pile["again.jpg"], "--csv", "-", "--json", "-").exit_code == ExitCode.USAGE


def test_prescriptions_give_dates_and_names(
    pile: dict[str, Path],
    patients: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    result = scan(pile["again.jpg"], "--csv", tmp_path / "t.csv", "--patients", patients)
    assert result.exit_code == 0, result.output
    first = rows(tmp_path / "t.csv")[0]
    assert (first["date"], first["name"]) == ("2026-03-02", "Knieën links-rechts")
    head, first_row, *_ = (EXAMPLES / "roster.csv").read_text().splitlines()
    (tmp_path / "roster.csv").write_text(f"{head}\n{first_row}\n")
    result = scan(pile["again.jpg"], "--patients", tmp_path / "roster.csv")
    assert "no prescription gives document" in result.output
    assert f"write `id: {first['document']}`" in result.output


def test_programs_made_with_options_are_found_by_their_exact_id(
    patients: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Each option changes the id; boxes alone would fit other patients with the same program."""
    options = ["--layout", "tracker", "--paper", "letter", "--large", "--grey", "--set", "read_back=true"]
    out = tmp_path / "p.pdf"
    program.main(
        ["generate", str(EXAMPLES / "patient.yaml"), *options, "--tracker-weeks", "1", "-o", str(out)],
        standalone_mode=False,
    )
    narrowed = form_values(out.read_bytes()).document
    program.main(
        ["generate", str(patients / "patient.yaml"), *options, "-o", str(out)], standalone_mode=False
    )
    made = form_values(out.read_bytes()).document
    shared = Shared()
    found = known_documents(jobs_of(patients, shared), [made, narrowed, "ZZZZZZZZ"], shared)
    assert set(found) == {made}, "other options are not guessed at"
    assert found[made].exercises[1] == "Knieën links-rechts"


def test_decisions_are_applied(pile: dict[str, Path], tmp_path: Path) -> None:
    scan(pile["again.jpg"], "--csv", tmp_path / "t.csv")
    first = rows(tmp_path / "t.csv")[0]
    other = "0" if first["value"] == "1" else "1"
    made = {
        "sheet": f"{first['document']}-01a", "file": first["file"], "page": 1,
        "answer": first["answer"], "value": other,
    }  # fmt: skip
    text = json.dumps({"schema": "pdfgen-decisions/1", "decisions": [made, {**made, "page": 9}]})
    (tmp_path / "d.json").write_text(text)
    result = scan(pile["again.jpg"], "--csv", tmp_path / "t.csv", "--decisions", tmp_path / "d.json")
    again = rows(tmp_path / "t.csv")[0]
    assert (again["value"], again["reason"]) == (other, "decided by a person")
    assert "page 9 is not among those that were read" in result.output


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "pdfgen-decisions/1"}',
        '{"schema": "pdfgen-decisions/1", "decisions": [1]}',
    ],
)
def test_files_without_decisions_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="holds no decisions"):
        read_decisions(text.encode(), "d.json")


def test_impossible_decisions_are_refused() -> None:
    one = {"sheet": "7K3QMZ9P-01a", "file": "a", "page": 1, "answer": "pain.d1", "value": "11"}
    with pytest.raises(InputError, match="is not possible"):
        read_decisions(json.dumps({"schema": "pdfgen-decisions/1", "decisions": [one]}).encode(), "d")
    assert is_possible("pain.d1", "10")
    assert is_possible("walk.d3", "120")
    assert not is_possible("ex1.d1", "2")


class TestAnswers:
    def test_of_a_row_just_one_box_counts(self) -> None:
        none = [(str(value), "empty") for value in range(11)]
        assert chosen(none) == ("", "none", "")
        one = [*none[:4], ("4", "ticked"), *none[5:]]
        assert chosen(one) == ("4", "ok", "")
        assert chosen([("0", "corrected"), *one[1:]]) == ("4", "corrected", "")
        assert chosen([("0", "ticked"), *one[1:]]) == ("", "several", "0 and 4")
        assert chosen([("0", "unsure"), *one[1:]]) == ("", "unsure", "perhaps 0 or 4")

    def test_a_single_box_is_yes_or_no(self) -> None:
        assert single("ticked") == ("1", "ok", "")
        assert single("corrected") == ("0", "corrected", "")
        assert single("unsure", "dot") == ("", "unsure", "dot")

    def test_decisions_stand_in_place_of_readings(self) -> None:
        answers = (Answer("pain.d1", "pain", 1, "mon", 0, "", "several", "1 and 2"),)
        assert answers[0].is_open
        assert list(counted(answers)) == ["pain on 0 of 1 days", "1 to look at"]
        (one,) = decided(answers, {"pain.d1": "2"})
        assert (one.value, one.is_open) == ("2", False)


def sheet(week: int = 1, page: int = 1, value: str = "1") -> ReadSheet:
    answer = Answer("ex1.d1", "exercise", 1, "mon", 1, value, "ok")
    return ReadSheet("7K3QMZ9P", week, 1, (answer,), "a.pdf", page)


class TestTable:
    def test_later_readings_are_copies_but_not_of_spare_sheets(self) -> None:
        found = in_order([sheet(2), sheet(1, 2), sheet(1, 3, "0"), sheet(0, 4), sheet(0, 5)])
        assert [(one.week, one.copy_of) for one in found] == [
            (1, ""), (1, "a.pdf page 2"), (2, ""), (0, ""), (0, ""),
        ]  # fmt: skip
        assert [one.page for one in differing_copies(found)] == [3]

    def test_dates_follow_the_first_day(self) -> None:
        import datetime as dt

        known = Known({}, dt.date(2026, 3, 4))
        days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        assert known.date(1, "wed", days) == dt.date(2026, 3, 4)
        assert known.date(1, "mon", days) == dt.date(2026, 3, 9)
        assert known.date(2, "wed", days) == dt.date(2026, 3, 11)
        assert known.date(0, "wed", days) is None

    def test_a_spreadsheet_may_have_changed_it(self) -> None:
        row = Row("7K3QMZ9P", "1", "mon", "", "exercise", "1", "=x", "1", "ok", "", "ex1.d1", "a", "1", "")
        text = as_csv([row]).decode("utf-8-sig")
        assert "'=x" in text
        changed = text.replace(",", ";").encode()
        assert read_csv(changed, "t.csv")[0].value == "1"
        with pytest.raises(InputError, match="has no column"):
            read_csv(b"a,b\n1,2\n", "t.csv")
        with pytest.raises(InputError, match="UTF-8"):
            read_csv(b"\xff\xfe\x00", "t.csv")


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("screen") / "s.pdf"
    arguments = ["generate", str(EXAMPLES / "patient.yaml"), "--layout", "screen", "-o", str(path)]
    program.main(arguments, standalone_mode=False)
    return path


class TestFilledForms:
    """Of a program for a screen, as several viewers save it."""

    @pytest.mark.parametrize("keys", [("/V", "/AS"), ("/V",), ("/AS",)])
    def test_boxes_that_were_ticked_are_found(
        self, screen: Path, tmp_path: Path, keys: tuple[str, ...]
    ) -> None:
        """pypdf and Acrobat write value and appearance, simpler viewers one of them."""
        writer = PdfWriter(clone_from=PdfReader(screen))
        for page in writer.pages:
            for annotation in page.get("/Annots", ()):
                field = annotation.get_object()
                if field.get("/T") in ("w1-1-mon", "w2-3-fri"):
                    for key in ("/V", "/AS"):
                        if key in keys:
                            field[NameObject(key)] = NameObject("/Yes")
                        elif key in field:
                            del field[key]
        writer.write(tmp_path / "filled.pdf")
        result = scan(tmp_path / "filled.pdf", "--csv", tmp_path / "t.csv")
        assert result.exit_code == 0, result.output
        table = rows(tmp_path / "t.csv")
        ticked = {(row["week"], row["exercise"], row["weekday"]) for row in table if row["value"] == "1"}
        assert ticked == {("1", "1", "mon"), ("2", "3", "fri")}
        assert {row["week"] for row in table} == {"1", "2"}, "weeks without a tick may not be over"

    def test_an_incremental_save_is_read(self, screen: Path, tmp_path: Path) -> None:
        """As Acrobat and pdf.js save: the changed objects behind the old file."""
        writer = PdfWriter(screen, incremental=True)
        for page in writer.pages:
            values = {"w1-2-wed": "/Yes", "pain-w1-fri": "4", "effort-w1-right": "/Yes"}
            writer.update_page_form_field_values(page, values, auto_regenerate=False)
        writer.write(tmp_path / "filled.pdf")
        assert (tmp_path / "filled.pdf").read_bytes().startswith(screen.read_bytes())
        result = scan(tmp_path / "filled.pdf")
        assert "1 of 12 done, pain on 1 of 3 days, effort right" in result.output

    def test_what_pdf_js_saved_is_read(self, tmp_path: Path) -> None:
        """A file that pdf.js itself filled in and saved; tests/forms says how."""
        saved = Path(__file__).parent / "forms" / "pdfjs.pdf"
        assert saved.read_bytes().count(b"startxref") == 2, "the changes stand behind the old file"
        result = scan(saved, "--csv", tmp_path / "t.csv")
        assert result.exit_code == 0, result.output
        said = {(row["week"], row["answer"]): row["value"] for row in rows(tmp_path / "t.csv")}
        marked = {key: value for key, value in said.items() if value not in ("", "0")}
        assert marked == {("1", "ex2.wed"): "1", ("1", "pain.fri"): "4", ("1", "effort"): "right"}

    def test_what_acrobat_saves_anew_is_read(self, screen: Path, tmp_path: Path) -> None:
        """As *Save as* does: objects in streams, texts in UTF-16, appearances that are to be drawn again."""
        with pikepdf.open(screen) as pdf:
            pdf.Root.AcroForm.NeedAppearances = True
            for field in pdf.Root.AcroForm.Fields:
                match str(field.get("/T", "")):
                    case "w1-2-wed" | "effort-w1-right":
                        field.V = field.AS = pikepdf.Name.Yes
                    case "pain-w1-fri":
                        field.V = pikepdf.String(b"\xfe\xff\x004")
                        field.AP = pikepdf.Dictionary(N=pdf.make_stream(b"/Tx BMC (4) Tj EMC"))
                    case _ if field.get("/FT") == "/Btn":
                        field.V = field.AS = pikepdf.Name.Off
            pdf.save(
                tmp_path / "filled.pdf",
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                linearize=True,
            )
        assert b"w1-2-wed" not in (tmp_path / "filled.pdf").read_bytes(), "fields lie in streams"
        result = scan(tmp_path / "filled.pdf")
        assert "1 of 12 done, pain on 1 of 3 days, effort right" in result.output

    def test_nothing_ticked_is_said(self, screen: Path) -> None:
        result = scan(screen)
        assert result.exit_code == ExitCode.SHEET
        assert "nothing is filled in" in result.output

    def test_value_and_appearance_that_differ_are_unsure(self) -> None:
        ticks = {
            "w1-1-mon": "unsure",
            "w1-1-wed": "ticked",
            "effort-w1-easy": "empty",
            "effort-w1-hard": "ticked",
        }
        (found,) = sheets_of_form("7K3QMZ9P", ticks, {"pain-w1-mon": "11", "pain-w1-wed": "0"}, "a.pdf")
        assert [(one.name, one.value, one.state) for one in found.answers] == [
            ("ex1.mon", "", "unsure"), ("ex1.wed", "1", "ok"),
            ("pain.mon", "", "unsure"), ("pain.wed", "0", "ok"), ("effort", "hard", "ok"),
        ]  # fmt: skip
        assert not is_program({"name": "ticked"})

    def test_damaged_forms_are_refused(self) -> None:
        with pytest.raises(InputError, match="damaged"):
            form_values(b"%PDF-1.7\nnothing")


class TestFiles:
    def test_phones_say_how_a_photo_is_turned(self, tmp_path: Path) -> None:
        image = Image.new("RGB", (40, 20), (200, 200, 200))
        exif = Image.Exif()
        exif[0x0112] = 6
        image.save(tmp_path / "a.jpg", exif=exif)
        (page,) = pages_of(tmp_path / "a.jpg")
        assert page.image.size == (20, 40)

    def test_transparent_and_deep_pictures_are_read(self, tmp_path: Path) -> None:
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(tmp_path / "clear.png")
        (page,) = pages_of(tmp_path / "clear.png")
        assert page.image.getpixel((5, 5)) == (255, 255, 255)
        deep = Image.fromarray(np.full((10, 10), 40_000, np.uint16))
        deep.save(tmp_path / "deep.png")
        (page,) = pages_of(tmp_path / "deep.png")
        assert page.image.mode == "L"

    def test_one_bit_is_known_also_inside_a_pdf(self, tmp_path: Path) -> None:
        Image.new("1", (800, 1100), 1).save(tmp_path / "a.pdf", "PDF", resolution=100)
        (page,) = pages_of(tmp_path / "a.pdf")
        assert page.two_colours
        assert not page.digital
        assert max(page.image.size) == 1100
        assert page_count(tmp_path / "a.pdf") == (1, False)

    def test_pages_can_be_taken_from_the_middle(self, tmp_path: Path) -> None:
        frames = [Image.new("L", (10 + number, 10), 255) for number in range(3)]
        frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
        assert next(pages_of(tmp_path / "a.tif", 2)).image.width == 12
        assert page_count(tmp_path / "a.tif").pages == 3

    def test_heic_says_what_it_needs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(scanned_pages, "missing_extra", lambda *names: 'needs the extra "heic"')
        (tmp_path / "a.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
        with pytest.raises(InputError, match='needs the extra "heic"'):
            page_count(tmp_path / "a.heic")

    def test_photos_in_heic_are_read_as_they_are_turned(self, tmp_path: Path) -> None:
        """Phones store what the sensor saw and how it was held; here a dark stripe along the upper edge."""
        pixels = np.full((120, 200, 3), 230, np.uint8)
        pixels[:20] = 20
        exif = Image.Exif()
        exif[0x0112] = 6
        photo = pillow_heif.from_pillow(Image.fromarray(pixels))
        photo.save(tmp_path / "a.heic", quality=90, exif=exif.tobytes())
        assert (tmp_path / "a.heic").read_bytes()[4:8] == b"ftyp"
        assert page_count(tmp_path / "a.heic").pages == 1
        (page,) = pages_of(tmp_path / "a.heic")
        assert (page.image.size, page.image.mode) == ((120, 200), "RGB")
        seen = np.asarray(page.image.convert("L")).mean(axis=0)
        assert seen[-10] < 60 < 200 < seen[10], "the upper edge is on the right after a quarter turn"

    def test_folders_and_large_files_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(InputError, match="no ordinary file"):
            page_count(tmp_path)
        monkeypatch.setattr(scanned_pages, "MOST_BYTES", 10)
        (tmp_path / "a.png").write_bytes(bytes(20))
        with pytest.raises(InputError, match="is larger than"):
            page_count(tmp_path / "a.png")
