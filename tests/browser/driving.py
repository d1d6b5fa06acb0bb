"""What a person does at the page, in the words of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import BrowserContext, Download, Locator, Page, expect


class Here:
    """The page in a window of its own.

    Attributes:
        page: Playwright's.
        asked: operations of the engine that were asked for, in order.
        errors: what went wrong in the page's own code, or was stopped by its policy.
        elsewhere: addresses that are not the server's.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page = self.opened()

    def opened(self) -> Page:
        """Open the page once more, in a tab of its own."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        page.on("request", lambda request: self._note(request.url))
        page.goto(self.address)
        expect(page.locator(".programs input").first).to_be_visible()
        return page

    def _note(self, url: str) -> None:
        if url.startswith("blob:"):
            url = url.removeprefix("blob:")
        elif "/engine/" in url:
            self.asked.append(url.rpartition("/")[2])
        if not url.startswith(self.address):
            self.elsewhere.append(url)

    def field(self, path: str) -> Locator:
        """The control of a field, whatever hides it opened."""
        found = self.page.locator(f'[data-field="{path}"]').first
        for hidden in reversed(found.locator("xpath=ancestor::details[not(@open)]").all()):
            hidden.locator("summary").first.click()
        return found.locator("input, select, textarea").first

    def unfold(self, exercise: str) -> None:
        """Open form, dose and note of an exercise."""
        self.page.locator(f'[data-exercise="{exercise}"] > details > summary').click()

    def choose(self, program: str = "short-four") -> None:
        """Choose a program, and wait for its first page."""
        self.page.locator(f'.programs input[value="{program}"]').check()
        expect(self.page.locator("img.page")).to_be_visible()
        self.settled()

    def settled(self) -> None:
        """Wait until the page shows what was typed last."""
        self.page.wait_for_timeout(200)
        expect(self.page.locator(".sheet.waiting")).to_have_count(0)

    def tab(self, name: str) -> None:
        """Go to a tab."""
        self.page.get_by_role("navigation").get_by_role("button", name=name, exact=True).click()

    def press(self, name: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def downloaded(self, name: str) -> Download:
        """Press a button, and return what it downloads."""
        with self.page.expect_download() as found:
            self.press(name)
        return found.value

    def bytes_of(self, button: str) -> bytes:
        """Return what a button downloads."""
        return Path(self.downloaded(button).path()).read_bytes()

    def saved(self) -> dict[str, Any]:
        """Return what the saved file says."""
        values: dict[str, Any] = yaml.safe_load(self.bytes_of("Save"))
        return values

    def open_file(self, path: Path) -> None:
        """Open a patient's file."""
        self.page.locator('input[data-file="patient"]').set_input_files(path)
        expect(self.page.locator(".said")).to_contain_text("was opened")
        self.settled()
