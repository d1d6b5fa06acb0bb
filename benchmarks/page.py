"""What somebody waits for at the page of `pdfgen serve`, in the Chromium that is installed.

    PYTHONPATH=tests python -m benchmarks.page

From a click or a key to the picture on the screen, and how much of that is the engine's answer. The page is
left open for a second before, as by somebody who looks at what can be chosen.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from browser.conftest import CHROMIUM, ended, serving
from browser.driving import Here
from playwright.sync_api import expect, sync_playwright

_CHANGES = 20

#: Notes when a letter was typed and when the picture after it was there.
_WATCH = """() => {
  window.waits = [];
  const picture = document.querySelector("img.page");
  let typed = 0;
  const field = document.querySelector('[data-field="patient.label"] input');
  field.addEventListener("input", () => { typed = performance.now(); });
  picture.addEventListener("load", () => {
    if (typed) window.waits.push(performance.now() - typed);
    typed = 0;
  });
}"""
_ANSWERS = """() => performance.getEntriesByType("resource")
  .filter((one) => one.name.endsWith("/engine/preview")).map((one) => one.duration)"""


def main() -> int:
    """Measure, and print three lines."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, address = serving(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
        try:
            context.new_page().goto(address)
            here = Here(context, f"{address.partition('/start')[0]}/")
            print(f"first preview: {first_preview(here):.2f} s")
            waits, answers = changes(here)
            print(f"a change, median of {len(waits)}: {statistics.median(waits):.0f} ms")
            print(f"of which the engine's answer: {statistics.median(answers):.0f} ms")
        finally:
            browser.close()
            ended(server)
    return 0


def first_preview(here: Here) -> float:
    """Return the seconds from choosing a program to its first page on the screen."""
    here.page.wait_for_timeout(1000)
    start = time.perf_counter()
    here.page.locator(".programs input").first.check()
    expect(here.page.locator("img.page")).to_be_visible()
    return time.perf_counter() - start


def changes(here: Here) -> tuple[list[float], list[float]]:
    """Return milliseconds from a letter to the page that shows it, and of the answers to them."""
    page = here.page
    page.wait_for_timeout(2000)
    page.evaluate(_WATCH)
    before = len(page.evaluate(_ANSWERS))
    for number in range(_CHANGES):
        here.field("patient.label").fill(f"P-{number:04}")
        page.wait_for_timeout(800)
    return page.evaluate("window.waits"), page.evaluate(_ANSWERS)[before:]


if __name__ == "__main__":
    sys.exit(main())
