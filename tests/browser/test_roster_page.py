"""A list of patients at the page: columns, cells that are mended, progress, one ZIP."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from browser.conftest import EXAMPLES
from browser.driving import Here
from openpyxl import Workbook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FEW = "naam;programma;startdatum;doel\nAnna;short-four;2026-03-02;Walk\nBert;starter;2026-13-02;\n"


def given(here: Here, name: str, text: str | bytes) -> None:
    """Go to the list of patients, and choose a file of this content."""
    here.tab("List of patients")
    data = text.encode() if isinstance(text, str) else text
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    here.page.locator(".drop input:not([data-file])").set_input_files(file)
    expect(here.page.locator(".roster .status")).to_contain_text(name)


def ready(here: Here, text: str) -> None:
    expect(here.page.locator(".roster .status")).to_contain_text(text)


def long_list() -> str:
    """Twenty-five patients, of whom two have a cell that cannot be read."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["Patiënt", "programma", "startdatum", "weken", "BSN"])
    for number in range(1, 26):
        day = "2026-30-02" if number == 7 else "2026-03-02"
        program = "kort en krachtig" if number == 19 else "short-four"
        writer.writerow([f"P-{number:04}", program, day, 4, "123456782"])
    return out.getvalue()


def test_twenty_five_patients_of_whom_two_are_mended(here: Here) -> None:
    given(here, "spring.csv", long_list())
    ready(here, "25 patients, 23 ready")
    page = here.page
    expect(page.get_by_role("button", name="Make 23 of 25 programs")).to_be_visible()
    page.get_by_label("Only rows with problems").check()
    assert page.locator(".roster tbody tr").count() == 2
    cell = page.get_by_label("Row 8, startdatum", exact=True)
    told = cell.get_attribute("aria-describedby")
    expect(page.locator(f"#{told}")).to_contain_text("2026-30-02")
    cell.fill("2026-03-09")
    cell.press("Enter")
    ready(here, "24 ready")
    page.get_by_role("button", name="Row 20: to programma").click()
    expect(page.locator(":focus")).to_have_value("kort en krachtig")
    page.keyboard.press("Control+a")
    page.keyboard.type("starter")
    page.keyboard.press("Enter")
    ready(here, "25 ready")
    with page.expect_download(timeout=60_000) as found:
        here.press("Make 25 programs")
    archive = zipfile.ZipFile(found.value.path())
    names = archive.namelist()
    assert len([name for name in names if name.endswith(".pdf") and name != "print.pdf"]) == 25
    assert len(archive.read("print.pdf")) > 25 * 1_000
    assert json.loads(archive.read("manifest.json"))
    assert not any("P-0" in name for name in names)
    ready(here, "25 ready")


def test_columns_are_matched_by_a_choice_that_stays(here: Here) -> None:
    given(here, "list.csv", "Wie,Oefenprogramma,Wens\nAnna,short-four,Walk\n")
    page = here.page
    page.get_by_label("The column Wie is").select_option("label")
    page.get_by_label("The column Wens is").select_option("goal")
    ready(here, "1 ready")
    expect(page.get_by_label("The column Wie is")).to_have_value("label")
    page.get_by_label("The column Wens is").select_option("ignore")
    expect(page.locator(".roster td.unread")).to_have_text("Walk")
    given(here, "next.csv", "Wie,Oefenprogramma,Wens\nBert,starter,Swim\n")
    expect(page.get_by_label("The column Wie is")).to_have_value("label")
    page.reload()
    given(here, "later.csv", "Wie,Oefenprogramma,Wens\nCor,starter,Cycle\n")
    expect(page.get_by_label("The column Wie is")).to_have_value("label")
    assert "Cor" not in page.evaluate("JSON.stringify(localStorage)")


def test_nothing_is_kept_of_a_list_without_headings(here: Here) -> None:
    given(here, "list.csv", "Anna Jansen,2026\nBert Bos,2027\n")
    here.page.get_by_label("The column Anna Jansen is").select_option("label")
    ready(here, "list.csv")
    assert here.page.evaluate("JSON.stringify(localStorage)") == "{}"


def test_what_the_list_does_not_say_comes_from_the_program_at_hand(here: Here) -> None:
    here.choose("starter")
    here.field("patient.label").fill("Not for the list")
    given(here, "names.csv", "naam\nAnna\nBert\n")
    ready(here, "2 patients, 0 ready")
    here.page.get_by_label("What the list does not say").select_option("patient")
    ready(here, "2 ready")


def test_which_of_day_and_month_comes_first_is_asked_once(here: Here) -> None:
    given(here, "dates.csv", "naam;programma;startdatum\nAnna;starter;03/04/2026\nBert;starter;05/06/2026\n")
    ready(here, "0 ready")
    here.page.get_by_label("Dates such as 03/04/2026").select_option("day")
    ready(here, "2 ready")


def test_a_list_that_is_being_made_can_be_cancelled(here: Here) -> None:
    given(here, "spring.csv", long_list())
    ready(here, "25 patients")
    here.press("Make 23 of 25 programs")
    expect(here.page.get_by_role("progressbar")).to_be_visible()
    here.press("Cancel")
    expect(here.page.locator(".making")).to_contain_text("Cancelled")
    expect(here.page.get_by_role("button", name="Make 23 of 25 programs")).to_be_enabled()


def test_rows_that_fail_are_told_and_the_others_are_made(here: Here) -> None:
    given(here, "few.csv", FEW)
    with here.page.expect_download() as found:
        here.press("Make 1 of 2 programs")
    archive = zipfile.ZipFile(found.value.path())
    assert "2026-13-02" in archive.read("problems.csv").decode("utf-8-sig")
    expect(here.page.locator(".making")).to_contain_text("1 program made, 1 not")


def test_a_workbook_and_a_fhir_list_are_read(here: Here) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["naam", "programma"], ["Anna", "starter"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    given(here, "list.xlsx", out.getvalue())
    ready(here, "1 ready")
    given(here, "patients.fhir.ndjson", (EXAMPLES / "patients.fhir.ndjson").read_bytes())
    assert here.page.locator(".roster tbody tr").count() > 0


def test_a_list_is_dropped_onto_the_page(here: Here) -> None:
    here.tab("List of patients")
    here.page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.csv"));
            const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true });
            document.querySelector(".drop").dispatchEvent(drop);
        }""",
        FEW,
    )
    ready(here, "dropped.csv: 2 patients")


def test_the_list_stays_when_the_language_of_the_page_is_another(here: Here) -> None:
    given(here, "few.csv", FEW)
    here.page.get_by_label("Language of this page").select_option("nl")
    expect(here.page.locator(".roster .status")).to_contain_text("2 patiënten")


def test_no_patient_of_a_list_is_kept(here: Here, clinic_folder: Path) -> None:
    given(here, "few.csv", FEW)
    with here.page.expect_download():
        here.press("Make 1 of 2 programs")
    written = "".join(
        path.read_text("utf-8", "replace") for path in clinic_folder.rglob("*") if path.is_file()
    )
    assert "Anna" not in written
    assert here.page.evaluate("JSON.stringify(localStorage)") == "{}"
