"""What the page does when something goes wrong, and what it keeps and asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from browser.conftest import EXAMPLES, ended, serving
from browser.driving import Here
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


def test_a_server_that_is_stopped_loses_nothing_that_was_typed(chromium: Browser, tmp_path: Path) -> None:
    server, address = serving(tmp_path)
    context = chromium.new_context(accept_downloads=True, locale="en-GB")
    try:
        context.new_page().goto(address)
        here = Here(context, f"{address.partition('/start')[0]}/")
        here.choose()
        here.field("goal").fill("Walk")
        ended(server)
        here.field("patient.label").fill("A. de Wit")
        expect(here.page.get_by_role("alert")).to_contain_text("What you typed is still here")
        expect(here.page.locator("img.page")).to_be_visible()
        expect(here.field("goal")).to_have_value("Walk")
        saved = Path(here.downloaded("Save").path())
        values = yaml.safe_load(saved.read_bytes())
        assert values["patient"] == {"label": "A. de Wit"}
        assert values["goal"] == "Walk"
    finally:
        server.kill()
        context.close()
    again, address = serving(tmp_path)
    context = chromium.new_context(locale="en-GB")
    try:
        context.new_page().goto(address)
        here = Here(context, f"{address.partition('/start')[0]}/")
        (tmp_path / "saved.yaml").write_text(json.dumps(values), encoding="utf-8")
        here.open_file(tmp_path / "saved.yaml")
        expect(here.field("goal")).to_have_value("Walk")
        here.press("Stop pdfgen")
        expect(here.page.get_by_role("heading", name="pdfgen has stopped")).to_be_visible()
        assert again.wait(10) == 0
    finally:
        again.kill()
        assert again.stdout is not None
        again.stdout.close()
        context.close()


def test_two_tabs_are_two_patients(here: Here) -> None:
    here.choose()
    here.field("patient.label").fill("Anna")
    first, here.page = here.page, here.opened()
    here.choose("starter")
    here.field("patient.label").fill("Bert")
    here.settled()
    assert here.saved()["patient"] == {"label": "Bert"}
    here.page = first
    here.settled()
    assert here.saved()["patient"] == {"label": "Anna"}
    assert here.bytes_of("Download PDF").startswith(b"%PDF")


def test_a_file_that_is_none_is_told_and_changes_nothing(here: Here, tmp_path: Path) -> None:
    here.choose()
    here.field("goal").fill("Walk")
    (tmp_path / "wrong.yaml").write_text("program: [", encoding="utf-8")
    here.page.locator('input[data-file="patient"]').set_input_files(tmp_path / "wrong.yaml")
    expect(here.page.locator(".said")).to_contain_text("could not be read")
    expect(here.page.locator(".look .problems")).not_to_be_empty()
    expect(here.field("goal")).to_have_value("Walk")


def test_only_choices_without_a_patient_are_remembered(here: Here) -> None:
    here.choose()
    here.field("patient.label").fill("Anna Jansen")
    here.field("goal").fill("Walk")
    here.field("paper").select_option("letter")
    here.field("layout").select_option("compact")
    here.settled()
    page = here.page
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert json.loads(json.loads(kept)[0]["pdfgen"]) == {"paper": "letter", "layout": "compact"}
    assert json.loads(kept)[1:] == [{}, ""]
    assert page.evaluate("indexedDB.databases()") == []
    page.get_by_label("Remember language, paper, edition and columns of lists in this browser").uncheck()
    here.field("paper").select_option("a4")
    assert json.loads(page.evaluate("localStorage.pdfgen")) == {"off": True}


def test_the_page_says_what_it_is_and_that_texts_are_not_reviewed(here: Here) -> None:
    footer = here.page.locator("footer")
    expect(footer).to_contain_text("not yet been reviewed")
    expect(footer).to_contain_text("It gives no diagnosis")
    expect(here.page.locator("header")).to_contain_text("never chooses, removes or doses")
    assert here.page.locator(".programs input:checked, .exercise").count() == 0


@pytest.mark.parametrize("here", [{"locale": "en-GB"}], indirect=True)
def test_a_patients_words_are_in_no_file_name(here: Here) -> None:
    here.open_file(EXAMPLES / "patient.yaml")
    names = [here.downloaded(name).suggested_filename for name in ("Download PDF", "Save", "Calendar")]
    assert not any("Wit" in name for name in names)
