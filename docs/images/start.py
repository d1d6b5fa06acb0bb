"""Take the pictures of docs/start.md and docs/start.nl.md of the page in a browser: `make start-pictures`."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.conftest import CHROMIUM, EXAMPLES, ended, serving
from browser.driving import Here
from PIL import Image
from playwright.sync_api import BrowserContext, sync_playwright

FOLDER = Path(__file__).parent
LOCALES = {"en": "en-GB", "nl": "nl-NL"}
PATIENT = {"en": "Mr T. Ashby", "nl": "Mevrouw J. de Wit"}
GOAL = {"en": "Carry the shopping home", "nl": "Weer in de tuin werken"}
LIST = {"en": "List of patients", "nl": "Lijst met patiënten"}
LISTS = {
    "en": (
        "name;program;start date;goal\n"
        "Mr T. Ashby;Short: 4 exercises;2026-03-02;Carry the shopping\n"
        "Mrs A. Lee;Starter: 4 exercises to loosen up;2026-30-02;\n"
        "P-0417;short-four;;Walk the dog\n"
    ),
    "nl": (
        "naam;programma;startdatum;doel\n"
        "Mw. J. de Wit;Kort: 4 oefeningen;2026-03-02;Weer in de tuin werken\n"
        "Dhr. A. Lee;Start: 4 oefeningen om soepel te worden;2026-30-02;\n"
        "P-0417;short-four;;De hond uitlaten\n"
    ),
}
_COLOURS = 96


def main() -> None:
    """Write `start-en-1.png` and so on beside this file."""
    for language in LOCALES:
        with page_in(language) as here:
            one_patient(here, language)
            list_of_patients(here, language)


@contextmanager
def page_in(language: str) -> Iterator[Here]:
    """Open the page of a clinic of its own, in a language."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        for file in ("clinic.yaml", "logo.svg"):
            shutil.copy(EXAMPLES / file, folder)
        server, address = serving(folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(locale=LOCALES[language], viewport={"width": 1200, "height": 800})
        try:
            yield started(context, address)
        finally:
            browser.close()
            ended(server)


def started(context: BrowserContext, address: str) -> Here:
    """Open the address that is good once, and the page."""
    context.new_page().goto(address)
    return Here(context, f"{address.partition('/start')[0]}/")


def one_patient(here: Here, language: str) -> None:
    """Choose a program, fill in what is usual, and weigh a caution."""
    page = here.page
    here.choose()
    page.wait_for_timeout(1500)
    taken(here, f"start-{language}-1")
    here.field("patient.label").fill(PATIENT[language])
    here.field("goal").fill(GOAL[language])
    here.field("start").fill("2026-03-02")
    here.settled()
    page.locator('[data-field="weeks"]').evaluate("node => node.closest('section').scrollIntoView()")
    taken(here, f"start-{language}-2")
    here.field("situations").nth(0).wait_for()
    page.locator('[data-field="situations"] input').nth(4).check()
    here.settled()
    page.locator('[data-exercise="knee-rolls"]').evaluate("node => node.scrollIntoView()")
    taken(here, f"start-{language}-3")


def list_of_patients(here: Here, language: str) -> None:
    """Show a list in which one date is wrong."""
    text = LISTS[language]
    here.tab(LIST[language])
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()}
    here.page.locator(".drop input:not([data-file])").set_input_files(file)
    here.page.locator(".roster tbody tr").first.wait_for()
    taken(here, f"start-{language}-4", of=".roster .read")


def taken(here: Here, name: str, of: str = "") -> None:
    """Write a picture of what is seen, or of a part of the page; without what was said last."""
    here.page.locator(".said").evaluate("node => { node.textContent = ''; }")
    here.page.evaluate("document.activeElement?.blur()")
    here.page.wait_for_timeout(600)
    shot = here.page.locator(of).screenshot() if of else here.page.screenshot()
    picture = Image.open(io.BytesIO(shot))
    picture.convert("RGB").quantize(_COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
