"""`make one-file`: the page with all of pdfgen in one file, opened from the disk without a network."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import BUILD
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

import pdfgen

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
PATIENTS = ("patient.yaml", "patient-en.yaml", "patient-situations.yaml")

MOST_BYTES = 28_000_000
#: Python starts in a few seconds; a machine that is busy with other tests takes many times that.
PATIENCE_MS = 120_000

#: Ask the worker as `engine.js` does, with files in base 64.
ASK = """
([name, request, files]) => new Promise((answered) => {
  const id = `test-${Math.random()}`;
  const hear = ({ data }) => {
    if (data.id !== id || !data.last) return;
    pdfgenWorker.removeEventListener("message", hear);
    const text = (bytes) => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
    answered([data.frame, data.files.map((file) => [file.name, text(file.data)])]);
  };
  pdfgenWorker.addEventListener("message", hear);
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const sent = Object.fromEntries(Object.entries(files).map(([key, text]) => [key, bytes(text)]));
  pdfgenWorker.postMessage({ id, name, request, files: sent });
})
"""

TABS = ["One patient", "List of patients", "Our exercises", "Templates", "Our clinic"]

pytestmark = pytest.mark.browser


class Opened:
    """The file in a browser without a network; `elsewhere` are addresses that it asked."""

    def __init__(self, context: BrowserContext, path: Path) -> None:
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda one: one.type == "error" and self.errors.append(one.text))
        self.page.on("request", lambda request: self._note(request.url))
        self.page.goto(path.as_uri())

    def _note(self, url: str) -> None:
        if not url.startswith(("file:", "blob:", "data:")):
            self.elsewhere.append(url)

    def ask(self, name: str, request: Any = None, files: dict[str, bytes] | None = None) -> Any:
        """Return a frame and its files by name."""
        sent = {key: base64.b64encode(data).decode() for key, data in (files or {}).items()}
        frame, made = self.page.evaluate(ASK, [name, request or {}, sent])
        return frame, {key: base64.b64decode(text) for key, text in made}


@pytest.fixture(scope="module")
def opened(chromium: Browser, one_file: Path) -> Iterator[Opened]:
    context = chromium.new_context(offline=True, locale="en-GB", accept_downloads=True)
    found = Opened(context, one_file)
    yield found
    context.close()


def test_it_is_one_file_that_names_no_other(one_file: Path) -> None:
    text = one_file.read_text(encoding="utf-8")
    assert one_file.stat().st_size < MOST_BYTES
    before = text.partition("<script")[0]
    assert "connect-src 'none'" in before
    assert not re.search(r'(?:src|href)="(?!data:)', before)
    for name in ("Mozilla Public License", "PYTHON SOFTWARE FOUNDATION", "SIL OPEN FONT LICENSE", "pdfium"):
        assert name.lower() in text.lower()


def test_the_form_is_there_before_python_is(chromium: Browser, one_file: Path) -> None:
    context = chromium.new_context(offline=True)
    found = Opened(context, one_file)
    expect(found.page.locator(".programs input").first).to_be_visible(timeout=PATIENCE_MS)
    assert found.page.evaluate("performance.now()") < 10_000
    assert found.page.get_by_role("navigation").get_by_role("button").all_inner_texts() == TABS, (
        "what it cannot do, such as reading scans, is not shown"
    )
    context.close()


def test_a_program_is_made_by_clicking(opened: Opened) -> None:
    page = opened.page
    page.locator('.programs input[value="short-four"]').check()
    expect(page.locator("img.page")).to_be_visible(timeout=PATIENCE_MS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download PDF", exact=True).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def test_programs_are_those_of_the_command_line_to_the_byte(opened: Opened) -> None:
    files = {"clinic": (EXAMPLES / "clinic.yaml").read_bytes(), "logo": (EXAMPLES / "logo.svg").read_bytes()}
    assert opened.ask("clinic_write", {}, files)[0]["problems"] == []
    # The one who names no clinic gets that of the page, as from `generate --clinic`.
    for name in PATIENTS:
        values = opened.ask("read", {}, {"prescription": (EXAMPLES / name).read_bytes()})[0]["values"]
        frame, made = opened.ask("pdf", {"values": values})
        assert frame["problems"] == []
        wanted = pdfgen.make(pdfgen.read(EXAMPLES / name, clinic=EXAMPLES / "clinic.yaml")).files[0]
        assert made == {wanted.name: wanted.data}


def test_every_edition_is_that_of_the_command_line(opened: Opened) -> None:
    values = {"program": "short-four", "language": "nl", "weeks": 4, "start": "2026-03-02"}
    for name in ("cards", "screen", "compact"):
        wanted = pdfgen.make(pdfgen.read(values, layout=name, clinic=EXAMPLES / "clinic.yaml")).files[0]
        assert opened.ask("pdf", {"values": values, "edition": name})[1] == {wanted.name: wanted.data}
        assert [one for one in opened.ask("catalogue")[0]["layouts"] if one["sheets"]] == []


def test_a_list_of_patients_becomes_a_zip(opened: Opened) -> None:
    roster = b"label;program;language\nA;short-four;nl\nB;short-four;nl\n"
    frame, made = opened.ask("roster_make", {"name": "a.csv"}, {"roster": roster})
    assert frame["made"] == 2
    assert list(made) == ["programs.zip"]


def test_photos_and_logos_are_decoded_by_the_browser(opened: Opened) -> None:
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of Zwart"
    Image.new("RGB", (1600, 1200), "red").save(stream, "JPEG", exif=exif)
    photo, alt = stream.getvalue(), {"nl": "Iemand ligt.", "en": "Somebody lies."}
    frame, made = opened.ask("photo", {"crop": {"left": 25}}, {"photo": photo})
    shown = Image.open(io.BytesIO(made["photo.jpg"]))
    assert (frame["problems"], shown.size) == ([], (900, 1600))
    assert b"Zwart" not in made["photo.jpg"]
    values = opened.ask("exercise_read", {"id": "bridge"})[0]["values"]
    values["variants"]["L2"]["panels"] = [{"photo": "clam-a.jpg", "alt": alt, "crop": {"top": 10}}]
    asked = {"id": "clam", "values": values}
    frame, made = opened.ask("exercise_write", asked, {"clam-a.jpg": photo})
    assert frame["problems"] == []
    assert b"Zwart" not in made["clam-a.jpg"]
    logo = io.BytesIO()
    Image.new("RGBA", (300, 100), (200, 0, 0, 128)).save(logo, "PNG")
    clinic = {"values": {"name": "De Molen"}}
    assert opened.ask("clinic_write", clinic, {"logo": logo.getvalue()})[0]["problems"] == []
    prescribed = {
        "program": "short-four",
        "exercises": ["clam"],
        "doses": {"clam": {"level": "L2"}},
        "weeks": 2,
    }
    for ink in ("colour", "grey"):
        frame, made = opened.ask("pdf", {"values": {**prescribed, "ink": ink}})
        assert frame["problems"] == []
        pages = PdfReader(io.BytesIO(next(iter(made.values())))).pages
        assert len({image.name for page in pages for image in page.images}) == 2
    assert opened.ask("clinic_write", {"values": {}}, {"logo": b"\x89PNG nonsense"})[0]["problems"]


def test_nothing_was_asked_of_anybody(opened: Opened) -> None:
    assert opened.elsewhere == []
    assert opened.errors == []


def test_the_same_sources_give_the_same_bytes(one_file: Path) -> None:
    before = one_file.read_bytes()
    subprocess.run([sys.executable, BUILD], check=True, capture_output=True, timeout=600)
    assert one_file.read_bytes() == before


def test_versions_are_those_of_the_program() -> None:
    """A wheel for the browser is of the version that was tried with all tests."""
    wheels = re.findall(r"^([a-z-]+)==(\S+)", (BUILD.parent / "wheels.txt").read_text(), re.MULTILINE)
    locked = "".join((ROOT / "requirements" / f"{name}.txt").read_text() for name in ("run", "test"))
    assert [name for name, version in wheels if f"{name}=={version} " not in locked] == []
