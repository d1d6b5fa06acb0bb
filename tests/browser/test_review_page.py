"""The page of `pdfgen scan --review`, from disk: one key a decision, saved, applied; no barriers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.test_page_for_everybody import found_by_axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect
from simulate_scans import simulated

from pdfgen.cli.app import program

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: object) -> str:
    result = CliRunner().invoke(program, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A front and a back that somebody filled in, read, with their page."""
    folder = tmp_path_factory.mktemp("review")
    patient = ROOT / "examples" / "patient.yaml"
    made = ("--layout", "tracker", "--tracker-weeks", "1", "--set", "read_back=true")
    run("generate", patient, *made, "-o", folder / "p.pdf")
    for side, seed in ((0, 7545), (1, 7402)):
        simulated(folder / "p.pdf", side, "scan 100 dpi", seed)[2].save(folder / f"{side}.jpg", quality=80)
    scans = (folder / "0.jpg", folder / "1.jpg", "--workers", "1")
    run("scan", *scans, "--csv", folder / "t.csv", "--review", folder / "review")
    return folder


@pytest.fixture
def page(chromium: Browser, folder: Path) -> Iterator[Page]:
    context = chromium.new_context(accept_downloads=True, viewport={"width": 1000, "height": 900})
    opened, errors, asked = context.new_page(), [], []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: message.type == "error" and errors.append(message.text))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((folder / "review" / "index.html").as_uri())
    yield opened
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def count(page: Page) -> int:
    return int(page.evaluate("data.open.length"))


def test_decisions_are_made_by_key_saved_and_applied(page: Page, folder: Path) -> None:
    total = count(page)
    assert total >= 3, "nothing is unsure on these sheets; choose other seeds"
    kinds = page.evaluate("data.open.map((one) => one.kind)")
    wanted = {}
    for index, kind in enumerate(kinds):
        expect(page.get_by_role("status")).to_contain_text(f"{index} of {total} decided")
        expect(page.locator("#part")).to_have_js_property("complete", True)
        assert page.locator("#part").evaluate("image => image.naturalWidth") > 0
        assert page.locator(".box.current").count() >= 1
        if kind == "walking":
            page.keyboard.type("25")
            page.keyboard.press("Enter")
            value = "25"
        else:
            key, value = {"pain": ("t", "10"), "effort": ("2", "right")}.get(kind, ("y", "1"))
            page.keyboard.press(key)
        wanted[page.evaluate(f"data.open[{index}].answer")] = value
    expect(page.get_by_role("heading", name="All has been looked at")).to_be_focused()
    page.keyboard.press("b")
    expect(page.locator("#question")).to_be_visible()
    page.keyboard.press("o")
    expect(page.get_by_role("status")).to_contain_text(f"{total - 1} of {total}")
    page.keyboard.press("b")
    if kinds[-1] == "walking":
        page.keyboard.type("25")
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name="Ticked", exact=False).first.click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save decisions").click()
    saved.value.save_as(folder / "decisions.json")
    made = json.loads((folder / "decisions.json").read_text())
    assert {one["answer"]: one["value"] for one in made["decisions"]} == wanted
    scans = (folder / "0.jpg", folder / "1.jpg", "--workers", "1")
    output = run("scan", *scans, "--csv", folder / "t.csv", "--decisions", folder / "decisions.json")
    assert "to look at" not in output
    assert (folder / "t.csv").read_text().count("decided by a person") == total


def test_the_reading_is_marked_on_each_sheet(page: Page) -> None:
    assert page.locator(".sheet").count() == 2
    for state in ("ticked", "empty"):
        assert page.locator(f".box.{state}").count() >= 3
    picture = page.locator(".sheet img").first
    assert "of 12 done" in str(picture.get_attribute("alt"))


@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
