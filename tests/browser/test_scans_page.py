"""Ticked sheets at the page: dropped, decided by key, saved as the command line writes them; no barriers."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import EXAMPLES
from browser.driving import Here
from browser.test_page_for_everybody import found_by_axe, tabbed_to
from click.testing import CliRunner
from playwright.sync_api import Route, expect
from simulate_scans import simulated

from pdfgen.cli.app import program
from pdfgen.web.engine.frames import decoded

pytestmark = pytest.mark.browser

#: Reading begins with starting processes, which takes long on a machine that is busy.
READING_MS = 90_000
TAB = {"en": "Ticked sheets", "nl": "Ingevulde weekbladen"}


def run(*arguments: object) -> None:
    result = CliRunner().invoke(program, list(map(str, arguments)))
    assert result.exit_code in (0, 7), result.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A front and a back that somebody filled in, and a file that is no picture."""
    folder = tmp_path_factory.mktemp("scans")
    for name in ("clinic.yaml", "logo.svg"):
        shutil.copy(EXAMPLES / name, folder)
    text = (EXAMPLES / "patient.yaml").read_text(encoding="utf-8")
    (folder / "patient.yaml").write_text(f'{text}\nread_back: true\ntracker_weeks: "1"\n', encoding="utf-8")
    run("generate", folder / "patient.yaml", "--layout", "tracker", "-o", folder / "p.pdf")
    for side, seed in ((0, 7545), (1, 7402)):
        simulated(folder / "p.pdf", side, "scan 100 dpi", seed)[2].save(folder / f"{side}.jpg", quality=80)
    (folder / "words.txt").write_text("no picture")
    return folder


def to_scans(here: Here, language: str = "en") -> None:
    here.tab(TAB[language])


def given(here: Here, *files: Path) -> None:
    here.page.locator('input[data-file="scans"]').set_input_files(files)
    expect(here.page.locator(".scans .read")).to_be_visible(timeout=READING_MS)
    expect(here.page.locator(".scan-files progress")).to_be_hidden()


def decide(here: Here) -> str:
    """Decide on what is asked, by keys."""
    page = here.page
    if page.locator("#scan-written").is_visible():
        page.keyboard.type("25")
        page.keyboard.press("Enter")
        return "25"
    question = page.locator("#scan-asked").inner_text()
    key, value = ("2", "right") if "hard" in question else ("t", "10") if "Pain" in question else ("y", "1")
    page.keyboard.press(key)
    return value


def command_line(folder: Path, *arguments: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        run(*arguments)


def test_dropped_decided_by_key_and_saved_as_the_command_line_does(here: Here, folder: Path) -> None:
    page = here.page
    to_scans(here)
    given(here, folder / "0.jpg", folder / "1.jpg", folder / "words.txt")
    refused = page.locator(".scans > .problems").first
    expect(refused).to_have_text("words.txt: This is no PDF, PNG, JPEG, TIFF or HEIC, or it is damaged.")
    page.locator(".scan-files summary").click()
    page.locator('input[data-file="patients"]').set_input_files(folder / "patient.yaml")
    expect(page.locator(".said")).to_contain_text("1 of 1 programs", timeout=READING_MS)
    progress = page.locator(".decide .status")
    total = page.evaluate("Number(document.querySelector('.decide .status').textContent.split(' ')[2])")
    assert total >= 3, "nothing is unsure on these sheets; choose other seeds"
    page.locator("#scan-asked").focus()
    for count in range(total):
        expect(progress).to_have_text(f"{count} of {total} decided")
        assert page.locator(".crop").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert page.locator(".mark.current").count() >= 1
        question = page.locator("#scan-asked").inner_text()
        value = decide(here)
        line = page.locator(".scans .link", has_text="(you)").nth(count)
        expect(line).to_have_count(1)
        if count == 0:
            page.keyboard.press("u")
            expect(page.locator("#scan-asked")).to_have_text(question)
            expect(page.locator(".scans .link", has_text="(you)")).to_have_count(0)
            assert decide(here) == value
    expect(page.get_by_role("heading", name="All has been looked at")).to_be_focused()
    expect(page.locator(".saving .hint")).to_be_empty()

    saved = {
        "decisions.json": here.bytes_of("My decisions"),
        "page.csv": here.bytes_of("Table (CSV for Excel)"),
        "page.json": here.bytes_of("Table (JSON)"),
        "page.fhir.json": here.bytes_of("For a records system (FHIR)"),
        "page.pdf": here.bytes_of("Page with charts (PDF)"),
    }
    assert len(json.loads(saved["decisions.json"])["decisions"]) == total
    (folder / "decisions.json").write_bytes(saved["decisions.json"])
    how = ("--decisions", "decisions.json", "--patients", ".", "--workers", "1")
    tables = ("--csv", "t.csv", "--json", "t.json", "--fhir", "t.fhir.json")
    command_line(folder, "scan", "0.jpg", "1.jpg", "words.txt", *tables, *how)
    command_line(folder, "adherence", "t.csv", "--pdf", "a.pdf")
    assert saved["page.csv"] == (folder / "t.csv").read_bytes()
    assert saved["page.json"] == (folder / "t.json").read_bytes()
    assert saved["page.fhir.json"] == (folder / "t.fhir.json").read_bytes()
    assert saved["page.pdf"] == (folder / "a.pdf").read_bytes()
    assert saved["page.csv"].count(b"decided by a person") == total
    check_sums(here)
    check_that_it_stays_and_goes(here, folder, total)


def check_sums(here: Here) -> None:
    """The tables say what the CSV says, names and dates included."""
    sheet = here.page.locator(".scans tbody").first.locator("tr").first
    expect(sheet).to_contain_text("of 12")
    first = here.page.locator(".scans tbody").last.locator("tr").first
    expect(first.locator("th")).to_contain_text("1. ")
    expect(first.locator("td").first).to_contain_text("Mar")


def check_that_it_stays_and_goes(here: Here, folder: Path, total: int) -> None:
    """Another language keeps all; a page that is cleared takes decisions that were saved."""
    page = here.page
    page.get_by_label("Language of this page").select_option("nl")
    expect(page.locator(".decide .status")).to_have_text(f"{total} van {total} nagekeken")
    page.get_by_label("Taal van deze pagina").select_option("en")
    here.press("Remove all these sheets")
    expect(page.locator(".decide")).to_be_hidden()
    given(here, folder / "0.jpg", folder / "1.jpg")
    expect(page.locator(".decide .status")).to_have_text(f"0 of {total} decided")
    page.locator(".scan-files summary").click()
    page.locator('input[data-file="decisions"]').set_input_files(folder / "decisions.json")
    expect(page.locator(".said")).to_have_text(f"{total} decisions taken; 0 belong to other sheets.")
    expect(page.locator(".decide .status")).to_have_text(f"{total} of {total} decided")


NARROW_DUTCH = {"locale": "nl-NL", "viewport": {"width": 320, "height": 640}}


@pytest.mark.parametrize("here", [NARROW_DUTCH], indirect=True)
def test_by_keyboard_alone_on_a_narrow_screen_in_dutch(here: Here, folder: Path) -> None:
    page = here.page
    to_scans(here, "nl")
    given(here, folder / "0.jpg", folder / "words.txt")
    expect(page.locator(".scans > .problems").first).to_contain_text(
        "Dit is geen PDF, PNG, JPEG, TIFF of HEIC"
    )
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})
    assert found_by_axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})

    page.get_by_role("heading", name="Ingevulde weekbladen").focus()
    tabbed_to(page, page.get_by_label("Alleen wat onzeker is"))
    page.keyboard.press("Space")
    rows = page.locator(".scans tbody").last.locator("tr")
    assert rows.count() == int(page.locator(".decide .status").inner_text().split()[2])
    tabbed_to(page, rows.last.locator(".link"), 20)
    name = page.locator(":focus").get_attribute("aria-label") or ""
    assert name.endswith(". Bekijk dit")
    page.keyboard.press("Enter")
    asked = page.locator("#scan-asked")
    assert name.startswith(asked.inner_text())
    expect(asked).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_attribute("aria-label", name)
    page.keyboard.press("Enter")
    # That nothing is marked can be said of every kind of answer.
    page.keyboard.press("n")
    expect(rows.last).to_contain_text("(jij)")


def test_what_was_read_for_sure_can_be_put_right_and_nothing_is_kept(
    here: Here, folder: Path, clinic_folder: Path
) -> None:
    page = here.page
    to_scans(here)
    given(here, folder / "0.jpg")
    row = page.locator(".scans tbody").last.locator("tr", has_text="Ticked").first
    line = row.locator(".link")
    key = line.get_attribute("data-line")
    line.click()
    expect(page.locator(".mark.current")).to_have_class("mark is-ticked current")
    page.keyboard.press("n")
    changed = page.locator(f".scans .link[data-line='{key}']")
    expect(changed).to_have_text("Empty (you)")
    expect(changed).to_be_focused()
    page.route("**/engine/*", lambda route: route.abort())
    decisions = json.loads(here.bytes_of("My decisions"))["decisions"]
    assert [one["value"] for one in decisions] == ["0"], "decisions are saved without the program, too"
    page.unroute("**/engine/*")
    check_that_nothing_is_kept(here, clinic_folder)


def test_reading_can_be_cancelled_and_what_was_read_stays(here: Here, folder: Path) -> None:
    page = here.page
    to_scans(here)
    data = (folder / "0.jpg").read_bytes()
    names = [f"{count}.jpg" for count in range(40)]
    dropped(here, dict.fromkeys(names, data))
    expect(page.locator(".scan-files")).to_contain_text("page 1 of 1", timeout=READING_MS)
    here.press("Cancel")
    expect(page.locator(".said")).to_contain_text("Cancelled.")
    expect(page.locator(".scan-files progress")).to_be_hidden()
    assert 1 <= page.locator(".scans tbody").first.locator("tr").count() < len(names)


def dropped(here: Here, files: dict[str, bytes]) -> None:
    here.page.evaluate(
        """files => {
            const data = new DataTransfer();
            for (const [name, text] of Object.entries(files))
                data.items.add(new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], name));
            const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true });
            document.querySelector(".scans .drop").dispatchEvent(drop);
        }""",
        {name: base64.b64encode(data).decode() for name, data in files.items()},
    )


def test_a_file_that_is_too_large_is_told_before_it_is_sent(here: Here, folder: Path) -> None:
    page = here.page
    with_catalogue(here, lambda data: data["limits"].update(file_bytes=3_000_000))
    to_scans(here)
    given(here, folder / "0.jpg")
    page.locator('input[data-file="scans"]').set_input_files(
        {"name": "large.pdf", "mimeType": "application/pdf", "buffer": bytes(3_100_000)}
    )
    expect(page.locator(".scans > .problems").first).to_contain_text("large.pdf: Larger than 3 MB")
    assert here.asked.count("scan_read") == 1


def with_catalogue(here: Here, change: Any) -> None:
    """Open the page again with another catalogue."""

    def answered(route: Route) -> None:
        response = route.fetch()
        (frame,) = decoded(response.body())
        change(frame.data)
        route.fulfill(response=response, body=frame.encoded())

    here.page.route("**/engine/catalogue", answered)
    here.page.reload()
    expect(here.page.locator(".programs input").first).to_be_visible()


def test_where_scans_cannot_be_read_the_page_says_how_or_shows_nothing(here: Here) -> None:
    page = here.page
    with_catalogue(here, lambda data: data["installed"].update(scan=False))
    to_scans(here)
    expect(page.locator(".tab.scans")).to_contain_text('pip install ".[scan]"')
    assert page.locator(".tab.scans input").count() == 0
    assert found_by_axe(page) == []
    page.unroute("**/engine/catalogue")
    with_catalogue(here, lambda data: data["can"].update(scans=False))
    assert page.get_by_role("button", name="Ticked sheets").count() == 0


def check_that_nothing_is_kept(here: Here, clinic_folder: Path) -> None:
    before = sorted(clinic_folder.rglob("*"))
    here.bytes_of("Table (CSV for Excel)")
    assert sorted(clinic_folder.rglob("*")) == before
    assert here.page.evaluate("JSON.stringify(localStorage)") == "{}"
    here.page.reload()
    to_scans(here)
    expect(here.page.locator(".scans .read")).to_be_hidden()
