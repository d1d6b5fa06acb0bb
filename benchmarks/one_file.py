"""What somebody waits for at `dist/pdfgen.html`, opened from the disk in the Chromium that is installed.

    PYTHONPATH=tests python -m benchmarks.one_file [FILE]

The file is opened five times, each in a browser of its own without a network. A program is chosen as soon as
the form is there, while Python still starts; then letters are typed, and another
count of weeks.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from browser.conftest import CHROMIUM
from playwright.sync_api import Browser, Page, sync_playwright

_ROUNDS = 5
_PATIENCE_MS = 60_000

#: Notes in milliseconds since the start of the page when the form, Python and each picture were there.
_WATCH = """
window.times = { form: 0, python: 0, pictures: [], typed: [] };
new MutationObserver((_, watching) => {
  if (!document.querySelector(".programs input")) return;
  watching.disconnect();
  requestAnimationFrame(() => setTimeout(() => { times.form = performance.now(); }));
  pdfgenWorker.addEventListener("message", () => { times.python ||= performance.now(); });
  document.addEventListener("load", ({ target }) => {
    if (target.matches?.("img.page")) times.pictures.push(performance.now());
  }, true);
  document.addEventListener("input", () => times.typed.push(performance.now()), true);
}).observe(document, { childList: true, subtree: true });
"""


def main(arguments: list[str]) -> int:
    """Measure, and print a line for each thing that is waited for, its median first."""
    path = Path(arguments[0] if arguments else "dist/pdfgen.html").resolve()
    rounds = []
    with sync_playwright() as playwright:
        for _ in range(_ROUNDS):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            rounds.append(one_round(browser, path))
            browser.close()
    for name in rounds[0]:
        seconds = [one[name] for one in rounds]
        print(f"{name}: {statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")
    return 0


def one_round(browser: Browser, path: Path) -> dict[str, float]:
    """Return the seconds from opening to the form, from there to the first page, and of a change."""
    context = browser.new_context(offline=True, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.goto(path.as_uri())
    waited(page, "times.form")
    page.locator('.programs input[value="short-four"]').check()
    waited(page, "times.pictures.length")
    form, python, first = page.evaluate("[times.form, times.python, times.pictures[0]]")
    letters = changes(page, "patient.label", [f"P-{number:04}" for number in range(10)])
    weeks = changes(page, "weeks", ["5", "6", "7", "8", "4"])
    return {
        "opened: the form": form / 1000,
        "opened: Python's first word": python / 1000,
        "from the form to the first page": (first - form) / 1000,
        "a letter is typed: the page that shows it, median": statistics.median(letters) / 1000,
        "the same, the slowest": max(letters) / 1000,
        "another count of weeks: the page that shows it, median": statistics.median(weeks) / 1000,
        "the same, the slowest of them": max(weeks) / 1000,
    }


def waited(page: Page, what: str) -> None:
    """Wait until this is true in the page, whose policy keeps Playwright from waiting there itself."""
    for _ in range(_PATIENCE_MS // 20):
        if page.evaluate(what):
            return
        page.wait_for_timeout(20)
    raise TimeoutError(what)


def changes(page: Page, field: str, values: list[str]) -> list[float]:
    """Return the milliseconds from each value of a field to the page that shows it."""
    page.wait_for_timeout(3000)
    waits = []
    for value in values:
        page.evaluate("() => { times.pictures = []; times.typed = []; }")
        control = page.locator(f'[data-field="{field}"]').locator("input, select")
        if control.evaluate("(one) => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
        waited(page, "times.pictures.length")
        page.wait_for_timeout(700)
        waits.append(page.evaluate("times.pictures.at(-1) - times.typed.at(-1)"))
    return waits


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
