"""One patient at the page: every control, the preview, undo, files."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from browser.driving import Here
from click.testing import CliRunner
from playwright.sync_api import Route, expect

from pdfgen.cli.app import program
from pdfgen.content.models.dose import Dose
from pdfgen.content.models.prescription import Prescription

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent

#: Keys that the page does not show; it leaves them as they are in the file.
KEPT = {"id", "clinic", "library"}


def test_two_actions_make_a_program(here: Here) -> None:
    here.page.get_by_role("radio", name="Short: 4 exercises").check()
    assert here.bytes_of("Download PDF").startswith(b"%PDF")


def test_every_key_has_a_control_or_is_kept(here: Here) -> None:
    here.choose()
    here.page.locator('[data-exercise="bridge"] summary').click()
    fields = here.page.locator(".patient [data-field]")
    shown = set(fields.evaluate_all("found => found.map(one => one.dataset.field)"))
    tops = {path.partition(".")[0] for path in shown} | {"confirmed"}
    assert set(Prescription.model_fields) - tops == KEPT
    doses = {path.rpartition(".")[2] for path in shown if path.startswith("doses.bridge.0.")}
    assert set(Dose.model_fields) - doses == {"per_side", "one_side"}, "both are one question with side"


def test_every_control_is_in_the_saved_file(here: Here) -> None:
    here.choose()
    typed = {
        "patient.label": "A. de Wit", "goal": "Cycle to work", "if_then": "When I have had coffee",
        "message": "Take it easy", "therapist": "K. Beek", "start": "2026-03-02", "at": "08:30",
        "tracker_weeks": "1-4", "notes.bridge": "Small at first",
        "doses.bridge.0.sets": "2", "doses.bridge.0.reps": "6-8", "doses.bridge.0.hold_s": "3",
        "doses.bridge.0.times_a_day": "2", "doses.bridge.0.load": "red band",
    }  # fmt: skip
    chosen = {
        "language": "en", "weeks": "4", "side": "left", "start_step": "T2", "layout": "large-print",
        "paper": "letter", "figure": "man", "doses.bridge.0.level": "L1", "doses.bridge.0.from_week": "2",
        "doses.bridge.0.to_week": "3", "doses.bridge.0.side": "each",
    }  # fmt: skip
    here.unfold("bridge")
    for path, text in typed.items():
        here.field(path).fill(text)
    for path, value in chosen.items():
        here.field(path).select_option(value)
    for path in ("large", "ink", "read_back"):
        here.field(path).check()
    page = here.page
    page.get_by_label("Monday").check()
    page.get_by_label("Thursday").check()
    page.get_by_text("Nothing chosen. Open to choose.").click()
    page.get_by_label("pain in your wrist").check()
    page.locator('[data-caution="plank/wrist-pain"]').get_by_label("I have weighed this").check()
    assert here.saved() == {
        "patient": {"label": "A. de Wit"}, "language": "en", "program": "short-four", "weeks": 4,
        "start_step": "T2", "start": here.saved()["start"], "at": "08:30", "days": ["mon", "thu"],
        "doses": {"bridge": {
            "from_week": 2, "to_week": 3, "level": "L1", "sets": 2, "reps": "6-8", "hold_s": 3,
            "times_a_day": 2, "load": "red band", "per_side": True,
        }},
        "side": "left", "situations": ["wrist-pain"], "confirmed": ["plank/wrist-pain"],
        "goal": "Cycle to work", "if_then": "When I have had coffee", "message": "Take it easy",
        "notes": {"bridge": "Small at first"}, "therapist": "K. Beek", "figure": "man",
        "layout": "large-print", "paper": "letter", "ink": "grey", "large": True,
        "tracker_weeks": "1-4", "read_back": True,
    }  # fmt: skip
    assert str(here.saved()["start"]) == "2026-03-02"


def test_exercises_are_added_moved_and_removed(here: Here) -> None:
    here.choose()
    page = here.page
    page.locator('[data-field="exercises"] > details > summary').click()
    page.get_by_label("Search", exact=True).fill("superman")
    here.press("Add Superman")
    here.press("Move Superman up")
    here.press("Take out Knee rolls")
    expect(page.locator(".exercise h3")).to_have_text(["1. Cat-cow", "2. Bridge", "3. Superman", "4. Plank"])
    assert here.saved()["exercises"] == ["cat-cow", "bridge", "superman", "plank"]


def test_the_last_exercise_stays(here: Here) -> None:
    here.choose()
    for name in ("Knee rolls", "Cat-cow", "Bridge", "Plank"):
        here.press(f"Take out {name}")
    expect(here.page.locator(".said")).to_contain_text("at least one exercise")
    assert here.saved()["exercises"] == ["plank"]


def test_an_exercise_is_dragged_to_another_place(here: Here) -> None:
    here.choose()
    page = here.page
    page.locator(".exercise").nth(1).scroll_into_view_if_needed()
    handle = page.locator(".exercise .handle").nth(1).bounding_box()
    target = page.locator(".exercise").nth(0).bounding_box()
    assert handle
    assert target
    page.mouse.move(handle["x"] + 8, handle["y"] + 12)
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, target["y"] + 60, steps=4)
    page.mouse.move(handle["x"] + 8, target["y"] + 5, steps=4)
    page.mouse.up()
    expect(page.locator(".exercise h3").first).to_have_text("1. Cat-cow")


def test_a_caution_stands_beside_an_exercise_at_once_and_is_weighed_there(here: Here) -> None:
    here.choose()
    page = here.page
    page.get_by_text("Nothing chosen. Open to choose.").click()
    page.get_by_label("osteoporosis").check()
    caution = page.locator('[data-exercise="knee-rolls"] [data-caution]')
    expect(caution).to_contain_text("Roll slowly")
    exercises = page.locator(".exercise").count()
    expect(page.locator(".cautions-open")).to_contain_text("Knee rolls")
    caution.get_by_label("I have weighed this").check()
    expect(page.locator(".cautions-open")).not_to_contain_text("Knee rolls")
    assert page.locator(".exercise").count() == exercises == 4
    assert here.saved()["confirmed"] == ["knee-rolls/osteoporosis"]


def test_a_wrong_value_keeps_the_last_good_page_and_leads_to_its_field(here: Here) -> None:
    here.choose()
    here.unfold("bridge")
    field = here.field("doses.bridge.0.reps")
    field.fill("99")
    page = here.page
    expect(page.locator(".stale")).to_be_visible()
    expect(page.locator("img.page")).to_be_visible()
    described = field.get_attribute("aria-describedby") or ""
    told = page.locator(f"#{described.split()[-1]}")
    expect(told).to_contain_text("At most 50.")
    assert field.get_attribute("aria-invalid") == "true"
    page.locator('[data-exercise="bridge"] > details > summary').click()
    page.locator(".look .problems button").first.click()
    expect(field).to_be_focused()
    field.fill("8")
    expect(page.locator(".stale")).to_be_hidden()
    expect(told).to_be_hidden()


def test_ten_quick_changes_are_one_preview_and_the_last_one_is_shown(here: Here) -> None:
    here.choose()
    before = here.asked.count("preview")
    here.field("patient.label").press_sequentially("A. de Wit-x", delay=20)
    here.settled()
    here.page.wait_for_timeout(600)
    assert here.asked.count("preview") - before <= 4
    shown = here.page.locator(".preview .status").inner_text()
    here.field("patient.label").press_sequentially("y", delay=20)
    here.settled()
    assert here.page.locator(".preview .status").inner_text() != shown


def test_an_older_answer_never_lies_over_a_newer_one(here: Here) -> None:
    here.choose()
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    here.page.route("**/engine/preview", hold_the_first)
    here.field("weeks").select_option("4")
    here.page.wait_for_timeout(400)
    here.field("weeks").select_option("8")
    here.page.wait_for_timeout(400)
    held[0].continue_()
    here.settled()
    expect(here.page.locator(".plan")).to_contain_text("8")
    assert here.page.locator(".plan table").last.locator("tbody tr").count() == 8


def test_the_page_at_hand_stays_in_view(here: Here) -> None:
    here.choose()
    here.page.get_by_role("button", name="Show page 3", exact=True).click()
    expect(here.page.locator('img.page[data-page="3"]')).to_be_visible()
    here.field("goal").fill("Walk")
    here.settled()
    expect(here.page.locator(".which")).to_contain_text("Page 3 of")
    expect(here.page.locator("img.page")).to_have_attribute("data-page", "3")


def test_undo_and_redo_step_through_what_was_done(here: Here) -> None:
    here.choose()
    here.field("weeks").select_option("8")
    here.field("goal").fill("Walk")
    here.press("Undo")
    expect(here.field("goal")).to_have_value("")
    here.page.keyboard.press("Control+z")
    expect(here.field("weeks")).to_have_value("")
    here.press("Redo")
    here.press("Redo")
    expect(here.field("goal")).to_have_value("Walk")
    assert here.saved()["weeks"] == 8


def test_keys_that_are_not_shown_are_kept(here: Here, tmp_path: Path) -> None:
    file = tmp_path / "anna.yaml"
    file.write_text("program: short-four\nid: HSYFRXG6\nclinic: other.yaml\nweeks: 4\n", encoding="utf-8")
    here.open_file(file)
    here.field("weeks").select_option("8")
    assert here.saved() == {"program": "short-four", "id": "HSYFRXG6", "clinic": "other.yaml", "weeks": 8}


def test_texts_by_language_and_notes_by_week_are_shown_and_kept(here: Here, tmp_path: Path) -> None:
    written = {
        "language": "en", "program": "short-four", "weeks": 4, "goal": {"nl": "Fietsen", "en": "Cycling"},
        "notes": {"bridge": [{"text": "Low", "to_week": 2}, {"text": "Breathe on"}], "plank": "At the wall"},
    }  # fmt: skip
    file = tmp_path / "anna.yaml"
    file.write_text(yaml.safe_dump(written), encoding="utf-8")
    here.open_file(file)
    here.unfold("bridge")
    expect(here.field("notes.bridge")).to_have_value("Low / Breathe on")
    expect(here.field("notes.bridge")).not_to_be_editable()
    expect(here.field("goal")).to_have_value("Cycling / Fietsen")
    here.unfold("plank")
    here.field("notes.plank").fill("On the knees")
    written["notes"]["plank"] = "On the knees"
    assert here.saved() == written


def test_keys_of_one_file_never_get_into_another(here: Here, tmp_path: Path) -> None:
    here.choose("starter")
    (tmp_path / "anna.yaml").write_text("program: short-four\nid: HSYFRXG6\n", encoding="utf-8")
    here.open_file(tmp_path / "anna.yaml")
    here.press("Undo")
    assert here.saved() == {"language": "en", "program": "starter"}
    here.press("Redo")
    here.press("New")
    assert here.saved() == {}


@pytest.mark.parametrize("name", ["patient", "patient-en", "patient-situations"])
def test_the_pdf_is_that_of_the_command_line(here: Here, tmp_path: Path, name: str) -> None:
    file = ROOT / "examples" / f"{name}.yaml"
    made = tmp_path / "made.pdf"
    clinic = ROOT / "examples" / "clinic.yaml"
    generate = ["generate", str(file), "-o", str(made), "--clinic", str(clinic), "--quiet"]
    done = CliRunner().invoke(program, generate)
    assert done.exit_code == 0, done.output
    here.open_file(file)
    assert here.bytes_of("Download PDF") == made.read_bytes()


def test_calendar_screen_edition_and_record(here: Here) -> None:
    here.context.grant_permissions(["clipboard-read", "clipboard-write"])
    here.choose()
    here.field("start").fill("2026-03-02")
    here.settled()
    assert b"BEGIN:VCALENDAR" in here.bytes_of("Calendar")
    assert here.bytes_of("For a phone").startswith(b"%PDF")
    here.page.get_by_text("Copy for the record").click()
    here.press("Copy these lines")
    lines = here.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert 4 <= len(lines) <= 8
    assert any("Bridge" in line for line in lines)


def test_a_booklet_has_sheets_and_two_languages_have_a_copy(here: Here) -> None:
    here.choose()
    here.field("layout").select_option("booklet")
    assert here.bytes_of("Sheets for the printer").startswith(b"%PDF")
    here.field("twin_language").select_option("nl")
    assert here.saved()["layout"] == "bilingual"
    assert here.bytes_of("Second copy").startswith(b"%PDF")


def test_look_closely_opens_the_pdf_in_the_browsers_viewer(here: Here) -> None:
    here.choose()
    with here.context.expect_page() as opened:
        here.press("Look closely")
    assert opened.value.url.startswith("blob:") or opened.value.url == "about:blank"


def test_days_for_each_kind(here: Here) -> None:
    here.choose()
    page = here.page
    page.get_by_label("Tuesday").check()
    page.get_by_label("Other days for each kind of exercise").check()
    page.get_by_role("group", name="Days: Get stronger").get_by_label("Friday").check()
    days = here.saved()["days"]
    assert days["mobilising"] == ["tue"]
    assert days["strengthening"] == ["tue", "fri"]


def test_doses_for_several_spans_of_weeks(here: Here) -> None:
    here.choose()
    here.unfold("knee-rolls")
    here.press("Another dose for other weeks")
    here.field("doses.knee-rolls.1.from_week").select_option("4")
    here.field("doses.knee-rolls.1.reps").fill("5")
    here.page.locator('[data-field="doses.knee-rolls.1"]').get_by_label("Print a line").check()
    rows = here.saved()["doses"]["knee-rolls"]
    assert rows == [{"from_week": 1}, {"from_week": 4, "reps": 5, "blank": True}]
    here.page.locator('[data-field="doses.knee-rolls.1"]').get_by_role(
        "button", name="Remove this dose"
    ).click()
    assert here.saved()["doses"]["knee-rolls"] == {"from_week": 1}
