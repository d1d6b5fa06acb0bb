"""The page by keyboard alone, magnified, on a narrow screen, read aloud, in Dutch and in English."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from browser.driving import Here
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TABS = {
    "en-GB": ["One patient", "List of patients", "Ticked sheets", "Our exercises", "Templates", "Our clinic"],
    "nl-NL": [
        "Eén patiënt",
        "Lijst met patiënten",
        "Ingevulde weekbladen",
        "Eigen oefeningen",
        "Sjablonen",
        "Onze praktijk",
    ],
}


def found_by_axe(page: Page) -> list[str]:
    # The page's policy stops scripts that are put into it; one that is evaluated is not its own.
    page.evaluate(AXE)
    rules = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        "resultTypes": ["violations"],
    }
    result = page.evaluate("rules => axe.run(document, rules)", rules)
    assert len(result["passes"]) > 20
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in result["violations"]]


@pytest.mark.parametrize("here", [{"locale": "en-GB"}, {"locale": "nl-NL"}], indirect=True)
def test_axe_finds_nothing(here: Here) -> None:
    page = here.page
    page.get_by_role("radio").first.check()
    here.settled()
    page.locator("section.part").nth(1).locator("summary").click()
    page.locator(".ticks input").nth(4).check()
    page.locator(".exercise").nth(2).locator("summary").click()
    here.field("doses.bridge.0.reps").fill("99")
    page.locator('[data-field="exercises"] > details > summary').click()
    expect(page.locator(".look")).to_be_visible()
    language = page.evaluate("document.documentElement.lang")
    for tab in TABS["nl-NL" if language == "nl" else "en-GB"]:
        here.tab(tab)
        page.wait_for_timeout(150)
        assert found_by_axe(page) == [], tab


def tabbed_to(page: Page, wanted: Locator, most: int = 120) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {wanted}")


def test_everything_by_keyboard_alone(here: Here) -> None:
    page = here.page
    tabbed_to(page, page.get_by_role("link", name="Skip to the form"), 1)
    page.keyboard.press("Enter")
    tabbed_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(page.locator("img.page")).to_be_visible()
    here.settled()
    tabbed_to(page, page.get_by_role("button", name="Move Cat-cow up"))
    page.keyboard.press("Enter")
    expect(page.locator(".exercise h3").first).to_have_text("1. Cat-cow")
    expect(page.locator(":focus")).to_have_attribute("data-move", "down")
    tabbed_to(page, page.locator('[data-exercise="cat-cow"] > details > summary'))
    page.keyboard.press("Enter")
    tabbed_to(page, page.locator('[data-field="doses.cat-cow.0.reps"] input'))
    page.keyboard.type("6")
    tabbed_to(page, page.get_by_role("button", name="Download PDF"), 90)
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    assert found.value.suggested_filename.endswith(".pdf")


def test_the_focus_is_always_seen(here: Here) -> None:
    page = here.page
    for _ in range(25):
        page.keyboard.press("Tab")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width != "0px", page.evaluate("document.activeElement.outerHTML")[:200]


NARROW = [
    {"viewport": {"width": 320, "height": 640}},
    {"viewport": {"width": 320, "height": 225}, "device_scale_factor": 4},
]


@pytest.mark.parametrize("here", NARROW, indirect=True, ids=["320 px", "400 % zoom"])
def test_nothing_is_cut_off_on_a_narrow_screen(here: Here) -> None:
    page = here.page
    here.choose()
    here.unfold("bridge")
    page.locator('[data-field="exercises"] > details > summary').click()
    for tab in TABS["en-GB"]:
        here.tab(tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, tab
    here.tab("One patient")
    assert here.bytes_of("Download PDF").startswith(b"%PDF")


def test_targets_are_large_enough_to_hit(here: Here) -> None:
    here.choose()
    small = here.page.evaluate(
        """() => [...document.querySelectorAll('button:not(.link), select, input, summary')]
            .filter(node => !['checkbox', 'radio'].includes(node.type))
            .filter(node => node.checkVisibility() && !node.matches('.unseen'))
            .filter(node => node.getBoundingClientRect().height < 43.5)
            .map(node => node.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_letters_are_never_small(here: Here) -> None:
    here.choose()
    here.unfold("bridge")
    sizes = here.page.evaluate(
        """() => [...document.querySelectorAll('#page *')]
            .filter(node => node.checkVisibility())
            .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
            .map(node => parseFloat(getComputedStyle(node).fontSize))"""
    )
    assert min(sizes) >= 15.9


@pytest.mark.parametrize("here", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_for_who_wants_that(here: Here) -> None:
    here.choose()
    moving = here.page.evaluate(
        """() => [...document.querySelectorAll('#page *')]
            .map(node => getComputedStyle(node))
            .filter(one => parseFloat(one.transitionDuration) > 0 || one.animationName !== 'none').length"""
    )
    assert moving == 0


def test_the_page_speaks_the_language_that_is_chosen_and_loses_nothing(here: Here) -> None:
    here.choose()
    here.field("goal").fill("Walk")
    here.page.get_by_label("Language of this page").select_option("nl")
    expect(here.page.get_by_role("heading", name="3 Programma")).to_be_visible()
    assert here.page.evaluate("document.documentElement.lang") == "nl"
    expect(here.field("goal")).to_have_value("Walk")
    expect(here.page.locator("img.page")).to_be_visible()
