"""The one file opens what it saved: clinic, exercises with photos, templates; as files, or as a folder."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from browser.test_one_file import EXAMPLES, PATIENCE_MS, Opened
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

import pdfgen

pytestmark = pytest.mark.browser

#: How far pixels of a page with photos may be from those of the installed program, of 255: two decoders and
#: two ways to make a picture smaller differ along edges.
MEAN, FEW, OF_A_HUNDRED = 1.0, 30, 99.5

#: A folder of the file system as Chromium gives it, in memory: {"exercises.yaml": text, "templates": {...}}.
FOLDER = """
(files) => {
  const held = (all) => ({
    kind: "directory",
    async *entries() {
      for (const [name, one] of Object.entries(all)) {
        yield [name, typeof one === "string" ? file(all, name) : held(one)];
      }
    },
    getDirectoryHandle: async (name) => held((all[name] ??= {})),
    getFileHandle: async (name) => file(all, name),
    removeEntry: async (name) => delete all[name],
  });
  const file = (all, name) => ({
    kind: "file",
    getFile: async () => new File([all[name]], name),
    createWritable: async () => ({
      write: async (data) => (all[name] = new TextDecoder().decode(data)),
      close: async () => {},
    }),
  });
  globalThis.folderOfTest = files;
  globalThis.showDirectoryPicker = async () => held(files);
}
"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, one_file: Path) -> Iterator[Opened]:
    context = chromium.new_context(offline=True, locale="en-GB", accept_downloads=True)
    found = Opened(context, one_file)
    yield found
    context.close()
    assert found.errors == []
    assert found.elsewhere == []


def tab(opened: Opened, name: str) -> None:
    opened.page.get_by_role("navigation").get_by_role("button", name=name, exact=True).click()


def chosen(opened: Opened, folder: str, told: str) -> None:
    """Choose all files of an example but the patients', in the tab of exercises."""
    files = [path for path in sorted((EXAMPLES / folder).iterdir()) if not path.name.startswith("patient")]
    if not (EXAMPLES / folder / "clinic.yaml").exists():
        files += [EXAMPLES / "clinic.yaml", EXAMPLES / "logo.svg"]
    tab(opened, "Our exercises")
    opened.page.get_by_label("Or choose files").locator("visible=true").set_input_files(files)
    expect(opened.page.locator(".said")).to_have_text(told, timeout=PATIENCE_MS)


def downloaded(opened: Opened, patient: Path) -> tuple[str, bytes]:
    """Open a patient's file, and return the PDF that comes by the button."""
    page = opened.page
    tab(opened, "One patient")
    page.locator('input[data-file="patient"]').set_input_files(patient)
    expect(page.locator(".said")).to_contain_text("was opened", timeout=PATIENCE_MS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download PDF", exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_an_example_with_a_library_of_its_own_is_that_of_the_command_line(opened: Opened) -> None:
    chosen(opened, "knee", "Opened: your clinic, own exercises.")
    patient = EXAMPLES / "knee" / "patient.yaml"
    wanted = pdfgen.make(pdfgen.read(patient)).files[0]
    assert downloaded(opened, patient) == (wanted.name, wanted.data)


def test_pages_with_photos_look_as_those_of_the_command_line(opened: Opened) -> None:
    chosen(opened, "photos", "Opened: your clinic, own exercises.")
    patient = EXAMPLES / "photos" / "patient.yaml"
    wanted = pdfgen.make(pdfgen.read(patient)).files[0]
    name, data = downloaded(opened, patient)
    assert name == wanted.name
    texts = [
        [page.extract_text() for page in PdfReader(io.BytesIO(one)).pages] for one in (data, wanted.data)
    ]
    assert texts[0] == texts[1]
    for ours, theirs in zip(pixels(data), pixels(wanted.data), strict=True):
        apart = np.abs(ours - theirs)
        assert apart.mean() < MEAN
        assert np.percentile(apart, OF_A_HUNDRED) < FEW


def words(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def pixels(data: bytes) -> list[np.ndarray]:
    """Each page at 100 dots to the inch."""
    pages = pypdfium2.PdfDocument(data)
    return [page.render(scale=100 / 72).to_numpy().astype(int) for page in pages]


def test_a_folder_is_read_and_what_is_saved_goes_into_it(opened: Opened) -> None:
    page = opened.page
    files = {
        "clinic.yaml": "name: De Molen\n",
        "exercises.yaml": "exercises: {bridge: {purpose: {nl: Sterk, en: Strong}}}\n",
        "templates": {"Old.yaml": "program: short-four\n"},
        "patients": {"anna.yaml": "patient: {label: Anna}\n"},
    }
    page.evaluate(FOLDER, files)
    tab(opened, "Templates")
    page.get_by_role("button", name="Open a folder").locator("visible=true").click()
    said = page.locator(".said")
    expect(said).to_have_text("Opened: your clinic, own exercises, 1 template.", timeout=PATIENCE_MS)
    page.get_by_label("Name of the template").fill("New")
    page.get_by_role("button", name="Save the program of").click()
    expect(said).to_contain_text("Template saved", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Delete the template Old").click()
    expect(said).to_contain_text("Template deleted", timeout=PATIENCE_MS)
    kept = page.evaluate("folderOfTest")
    assert list(kept["templates"]) == ["New.yaml"]
    assert re.search(r"^program: ", kept["templates"]["New.yaml"], re.MULTILINE)
    assert kept["patients"] == files["patients"]
    assert kept["exercises.yaml"] == files["exercises.yaml"]


def test_a_file_that_was_not_taken_is_not_written_over(opened: Opened) -> None:
    page = opened.page
    page.evaluate(FOLDER, {"exercises.yaml": "exercises: {bridge: {kind: no-such}}\n"})
    tab(opened, "Templates")
    page.get_by_role("button", name="Open a folder").locator("visible=true").click()
    expect(page.locator(".said")).to_have_text("Nothing was opened.", timeout=PATIENCE_MS)
    expect(page.locator(".own-folder .problems li").locator("visible=true").first).to_contain_text(
        "exercises.yaml, exercises.bridge.kind"
    )
    page.get_by_label("Name of the template").fill("Third")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the program of").click()
    assert download.value.suggested_filename == "Third.yaml"
    assert page.evaluate("Object.keys(folderOfTest)") == ["exercises.yaml"]
