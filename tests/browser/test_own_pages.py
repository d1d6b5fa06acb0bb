"""What is the clinic's own: its file, templates without a patient, exercises with photos."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browser.conftest import EXAMPLES
from browser.driving import Here
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _folder_as_it_was(clinic_folder: Path) -> Iterator[None]:
    yield
    for path in clinic_folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in ("clinic.yaml", "logo.svg"):
        shutil.copy(EXAMPLES / name, clinic_folder)


def said(here: Here, text: str) -> None:
    expect(here.page.locator(".said")).to_contain_text(text)


def test_a_template_has_no_patient_in_it(here: Here, clinic_folder: Path) -> None:
    here.choose()
    here.field("patient.label").fill("Anna Jansen")
    here.field("goal").fill("Walk")
    here.field("weeks").select_option("8")
    here.unfold("bridge")
    here.field("doses.bridge.0.reps").fill("7")
    here.press("Save as template")
    page = here.page
    page.get_by_label("Name of the template").fill("Back, firm")
    here.press("Save the program of “One patient” as a template")
    said(here, "Template saved")
    kept = yaml.safe_load((clinic_folder / "templates" / "Back, firm.yaml").read_text(encoding="utf-8"))
    assert kept == {"language": "en", "program": "short-four", "weeks": 8, "doses": {"bridge": {"reps": 7}}}
    here.tab("One patient")
    here.press("New")
    here.field("patient.label").fill("Bert")
    page.get_by_label("Or one of your templates").select_option("Back, firm")
    values = here.saved()
    assert values == {**kept, "patient": {"label": "Bert"}}
    here.tab("Templates")
    page.get_by_label("Name of the template").fill("Back, firm")
    here.press("Save the program of “One patient” as a template")
    here.press("Replace the template of this name")
    said(here, "Template saved")
    here.press("Delete the template Back, firm")
    said(here, "Template deleted")
    assert not list((clinic_folder / "templates").iterdir())


def test_the_clinics_file_is_changed_and_its_other_keys_stay(here: Here, clinic_folder: Path) -> None:
    here.tab("Our clinic")
    page = here.page
    before = yaml.safe_load((clinic_folder / "clinic.yaml").read_text(encoding="utf-8"))
    name = page.get_by_label("Name of the clinic")
    expect(name).to_have_value(before["name"])
    name.fill("Practice De Brug")
    here.tab("Templates")
    here.tab("Our clinic")
    expect(name).to_have_value("Practice De Brug")
    page.get_by_label("Colour of headings").fill("#ffff00")
    here.press("Save the clinic")
    said(here, "could not be saved")
    expect(page.locator('[data-field="accent"] .problem')).to_be_visible()
    page.get_by_label("Colour of headings").fill("#0b4f5c")
    page.get_by_label("Logo", exact=True).set_input_files(EXAMPLES / "logo.svg")
    here.press("Save the clinic")
    said(here, "The clinic was saved")
    after = yaml.safe_load((clinic_folder / "clinic.yaml").read_text(encoding="utf-8"))
    assert after == {**before, "name": "Practice De Brug"}
    (clinic_folder / "logo.svg").unlink()
    page.get_by_text("Take a file clinic.yaml that you have").click()
    page.get_by_label("File of the clinic").set_input_files(EXAMPLES / "clinic.yaml")
    expect(page.locator('[data-field="logo"] .problem')).to_have_text(
        "Choose the logo first, then the file. "
    )
    page.get_by_label("Logo", exact=True).set_input_files(EXAMPLES / "logo.svg")
    page.get_by_label("File of the clinic").set_input_files(EXAMPLES / "clinic.yaml")
    expect(name).to_have_value(before["name"])


TEXTS = {
    "name": "Clam", "purpose": "Your hips get strong.", "muscles": "hips", "position": "on your side",
    "breathing": "Breathe out as you lift.", "mistakes": "You roll back.", "care": "Go slowly.",
}  # fmt: skip
FORM = {
    "name": "Lying", "summary": "Lift your knee.",
    "steps.0.text": "Lie down.", "steps.1.text": "Lift your knee.",
}  # fmt: skip
HARD = "Subsequently, individuals experiencing considerable discomfort should discontinue participation."


def filled(here: Here, path: str, text: str) -> None:
    """Fill a text in both languages."""
    here.field(f"{path}.en").fill(text)
    here.field(f"{path}.nl").fill("Doe rustig mee.")


def sideways_photo(folder: Path) -> Path:
    """A photo that a camera took on its side, as it says in the file."""
    photo = folder / "sideways.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera"
    with Image.open(EXAMPLES / "photos" / "bridge-a.jpg") as image:
        image.save(photo, exif=exif)
    return photo


def written_exercise(here: Here, photo: Path) -> None:
    """Fill in an exercise with one form and one photo, of which a fifth is cut off."""
    page = here.page
    here.press("New exercise")
    page.get_by_label("Short name in files").fill("clam")
    page.get_by_label("Kind", exact=True).select_option("strengthening")
    for key, text in TEXTS.items():
        filled(here, key, text)
    page.locator('[data-field="variants.L2"] > summary').click()
    here.press("Begin the form “Usual”")
    for path, text in FORM.items():
        filled(here, f"variants.L2.{path}", text)
    here.press("Add a picture")
    page.get_by_label("Photo 1").set_input_files(photo)
    expect(page.locator(".shown img.photo")).to_be_visible()
    here.field("variants.L2.panels.0.crop.left").fill("20")
    filled(here, "variants.L2.panels.0.alt", "A person lies.")
    page.get_by_role("group", name="Needed").get_by_label("mat", exact=True).check()
    here.field("video").fill("https://example.org/clam")
    here.field("sources").first.check()
    doses = page.locator(".group", has=page.get_by_role("heading", name="Doses"))
    for number in range(5):
        doses.get_by_role("button", name="Add a step").click()
        if number == 0:
            here.field("doses.0.level").select_option("L2")
            here.field("doses.0.sets").fill("1")
            here.field("doses.0.reps").fill("8")


def test_an_exercise_of_ones_own_with_a_photo(here: Here, clinic_folder: Path, tmp_path: Path) -> None:
    here.tab("Our exercises")
    photo = sideways_photo(tmp_path)
    written_exercise(here, photo)
    here.press("Save the exercise")
    said(here, "The exercise was saved")
    library = yaml.safe_load((clinic_folder / "exercises.yaml").read_text(encoding="utf-8"))
    entry = library["exercises"]["clam"]
    assert entry["purpose"]["en"] == "Your hips get strong."
    assert len(entry["doses"]) == 5
    assert (entry["equipment"], entry["video"]) == (["mat"], "https://example.org/clam")
    assert len(entry["sources"]) == 1
    (panel,) = entry["variants"]["L2"]["panels"]
    with Image.open(clinic_folder / panel["photo"]) as kept, Image.open(photo) as taken:
        assert not kept.getexif()
        across, down = taken.size[1], taken.size[0]
        assert kept.width / kept.height == pytest.approx(0.8 * across / down, rel=0.02)
    here.tab("One patient")
    here.choose()
    here.page.locator('[data-field="exercises"] > details > summary').click()
    here.page.get_by_label("Search", exact=True).fill("clam")
    here.press("Add Clam")
    here.settled()
    expect(here.page.locator(".exercise h3").last).to_have_text("5. Clam")
    assert here.bytes_of("Download PDF").startswith(b"%PDF")
    here.tab("Our exercises")
    here.press("Change Clam")
    expect(here.field("name.en")).to_have_value("Clam")
    here.press("Cancel")
    here.press("Delete Clam")
    said(here, "Clam was deleted")


def test_how_hard_a_text_is_is_said_as_one_types(here: Here) -> None:
    here.tab("Our exercises")
    here.press("New exercise")
    level = here.page.locator('[data-field="purpose.en"] .level')
    here.field("purpose.en").fill(HARD)
    expect(level).to_contain_text("Hard to read")
    here.field("purpose.en").fill("Your hips get strong.")
    expect(level).to_contain_text("Easy to read")


def test_problems_of_an_exercise_stand_at_their_fields(here: Here) -> None:
    here.tab("Our exercises")
    here.press("New exercise")
    here.page.get_by_label("Short name in files").fill("Not A Name")
    here.press("Save the exercise")
    said(here, "could not be saved")
    expect(here.page.locator('[data-field="id"] .problem')).to_be_visible()
