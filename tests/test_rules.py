"""Rules across fields and files, tried on the shipped library with a clinic's own file laid over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import PROGRAM, SQUAT, library_with, of_back

from pdfgen.content import loading
from pdfgen.content.files.merging import merge
from pdfgen.content.files.resources import library_file
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.loading import Loaded, LoadedLibrary
from pdfgen.content.models.dose import Amount, Dose
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.validation import validate
from pdfgen.content.pictures.figure_files import FigureFiles
from pdfgen.content.rules import all_rules
from pdfgen.content.rules.all_rules import Findings
from pdfgen.content.rules.clinic import contrast_with_white
from pdfgen.content.rules.doses import effort_of, steep_rises
from pdfgen.content.rules.library import library_problems


def found_in(*texts: str) -> list[str]:
    findings = all_rules.check_library(library_with(*texts))
    assert findings.warnings == ()
    return [str(problem) for problem in findings.errors]


@pytest.fixture(scope="module")
def library() -> LoadedLibrary:
    return library_with()


# the library


def test_the_shipped_library_keeps_all_rules(library: LoadedLibrary) -> None:
    assert all_rules.check_library(library) == Findings()


def test_a_whole_new_exercise_keeps_all_rules() -> None:
    assert found_in(SQUAT) == []


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        (
            "exercises: {squat: {equipment: [matt]}}",
            'squat.equipment.0: there is no equipment "matt"; did you mean "mat"?',
        ),
        ("exercises: {squat: {sources: [s999]}}", 'squat.sources.0: there is no source "s999"; known: '),
        (
            "exercises: {squat: {variants: {L3: {equipment: [matt]}}}}",
            'squat.variants.L3.equipment.0: there is no equipment "matt"',
        ),
        (
            "exercises: {squat: {cautions: [{situations: [pregnant], use: smaller, text: {nl: a, en: a}}]}}",
            'squat.cautions.0.situations.0: there is no situation "pregnant"; did you mean "pregnancy"?',
        ),
        (
            "exercises: {squat: {doses: [{sets: 1, level: L1}]}}",
            "squat.doses.0.level: there is no variant L1",
        ),
        (
            "exercises: {squat: {variants: {L2: {only_when_prescribed: true}}, doses: [{sets: 1}]}}",
            "squat.doses.0.level: L2 is done only when prescribed; choose another level",
        ),
        ("exercises: {squat: {doses: [null]}}", "squat.doses: no step has a dose"),
        (
            "exercises: {squat: {doses: [{sets: 1, hold_s: 5, minutes: 2}]}}",
            "squat.doses.0.minutes: give hold_s or minutes, not both",
        ),
        (
            "exercises: {squat: {doses: [{sets: 1, per_side: true, one_side: true}]}}",
            "squat.doses.0.one_side: give per_side or one_side, not both",
        ),
        (
            f"exercises: {{squat: {{doses: [{{sets: 1, load: {{nl: a, en: {'x' * 41}}}}}]}}}}",
            "squat.doses.0.load.en: is too long: 41 characters, at most 40",
        ),
        (
            "exercises: {leg-lengthening: {doses: [{sets: 1, reps: 5}]}}",
            "leg-lengthening.doses.0.level: the steps name a side; give per_side or one_side",
        ),
        (
            "exercises: {squat: {cautions: [{situations: [pregnancy], use: chair, text: {nl: a, en: a}}]}}",
            "squat.cautions.0.use: there is no variant chair; known: ",
        ),
        (
            "exercises: {squat: {doses: [{sets: 1}, null]}}",
            "squat.doses.1: step T2: the exercise has begun; give a dose",
        ),
        (
            "exercises: {squat: {doses: [{sets: 1, reps: 8}, {sets: 2, reps: 8}]}}",
            "squat.doses.1: step T2: repetitions in all rise from 8 to 16; at most by half, to 12",
        ),
        (
            "exercises: {squat: {video: 'javascript:alert(1)'}}",
            "squat.video: must be a web address that starts with https://",
        ),
        (
            "exercises: {squat: {video: 'http://clinic.example/v'}}",
            "squat.video: must be a web address that starts with https://",
        ),
        (
            "exercises: {squat: {video: 'https://clinic.example/my video'}}",
            "squat.video: has a space in it; copy the address from the browser again",
        ),
        (
            "exercises: {squat: {video: 'https://clinic.example/één'}}",
            "squat.video: has letters that an address cannot have; copy it from the browser",
        ),
        (
            "exercises: {squat: {video: 'https://clinic/v'}}",
            "squat.video: has no name of a site after https://, such as example.org",
        ),
        (
            "exercises: {squat: {video: 'https://clinic.example/" + "v" * 58 + "'}}",
            "squat.video: has 81 characters; at most 80, so that phones read the printed code",
        ),
        (
            "exercises: {squat: {purpose: {nl: 'a {side}'}}}",
            'squat.purpose.nl: the placeholder "{side}" is not known here; nothing is filled in here',
        ),
        (
            "exercises: {squat: {variants: {L2: {summary: {en: 'a {sid}'}}}}}",
            'squat.variants.L2.summary.en: the placeholder "{sid}" is not known here; did you mean "side"?',
        ),
        (
            "exercises: {squat: {variants: {L2: {summary: {en: 'a {side'}}}}}",
            "squat.variants.L2.summary.en: a brace stands alone; remove it or close it",
        ),
        (
            "exercises: {squat: {variants: {L2: {panels: [{figure: none-such, alt: {nl: a, en: a}}]}}}}",
            'squat.variants.L2.panels.0.figure: there is no drawing "none-such.svg"; known: ',
        ),
        (
            of_back(f"programs: {{own: {{{PROGRAM}, exercises: [squad]}}}}"),
            'programs.own.exercises.0: there is no exercise "squad"; did you mean "squat"?',
        ),
        (
            of_back(f"programs: {{own: {{{PROGRAM}, exercises: [squat, squat]}}}}"),
            'programs.own.exercises.1: "squat" stands here twice',
        ),
        (
            "traffic_light: {intro: {nl: '{amber}'}}",
            'traffic_light.intro.nl: the placeholder "{amber}"',
        ),
        (
            "faq: [{id: own, question: {nl: a, en: a}, answer: {nl: a, en: a}, exercises: [squad]}]",
            'exercises.0: there is no exercise "squad"; did you mean "squat"?',
        ),
        (
            of_back("safety: {sources: [s999]}"),
            'low-back-pain.safety.sources.0: there is no source "s999"; known: ',
        ),
        ("exercises: {squat: {kind: power}}", 'squat.kind: there is no kind "power"; known: mobilising, '),
        ("sources: {own: {title: a, publisher: b, url: www.x.nl}}", "sources.own.url: must be a web address"),
    ],
)
def test_each_rule_of_the_library(own: str, problem: str) -> None:
    (found,) = found_in(SQUAT, own)
    assert found.startswith("own.yaml:1:")
    assert problem in found


def test_a_review_has_a_name_a_role_and_a_date() -> None:
    (found,) = found_in(of_back("review: {status: reviewed, by: X, role: Y}"))
    assert found.endswith("review.date: missing; a review has a name, a role and a date")
    assert found_in(of_back("review: {status: reviewed, by: X, role: Y, date: 2026-01-05}")) == []


def test_phases_follow_each_other_and_cover_all_steps() -> None:
    phase = "{{first_step: {}, last_step: {}, name: {{nl: a, en: a}}, aim: {{nl: a, en: a}}}}"
    gap = of_back(f"phases: [{phase.format(1, 3)}, {phase.format(5, 99 // 9)}]")
    assert [p.partition(": ")[2] for p in found_in(gap)] == [
        "conditions.low-back-pain.phases.1.first_step: must be 4, so that phases follow each other"
    ]
    short = of_back(f"phases: [{phase.format(1, 3)}]")
    (found,) = found_in(short)
    assert "phases: end at step T3, but doses go on to T9" in found
    turned = of_back(f"phases: [{phase.format(1, 12)}, {phase.format(13 - 1, 3)}]")
    assert any("last_step: must be at least 12" in problem for problem in found_in(turned))


def test_two_cautions_for_one_situation() -> None:
    caution = "{situations: [pregnancy], use: smaller, text: {nl: a, en: a}}"
    (found,) = found_in(SQUAT, f"exercises: {{squat: {{cautions: [{caution}, {caution}]}}}}")
    assert 'cautions.1.situations.0: another caution of this exercise is for "pregnancy" too' in found


def test_the_emergency_number_and_ids_of_boxes() -> None:
    box = "{{id: {}, icon: stop, title: {{nl: a, en: a}}, number: clinic, signs: [{{nl: a, en: a}}]}}"
    text = library_file().read_text(encoding="utf-8").replace("number: emergency", "number: clinic")
    source = parse_yaml(text, "l.yaml")
    found = all_rules.check_library(LoadedLibrary(validate(loading.Library, source), source)).errors
    assert [p.message for p in found] == ["no box has the emergency number; give one `number: emergency`"]
    (icon,) = found_in(
        of_back("safety: {boxes: [" + box.format("own").replace("icon: stop", "icon: none-such") + "]}")
    )
    assert 'icon: there is no icon "none-such.svg"' in icon


def test_an_exercise_needs_only_the_forms_that_its_doses_name() -> None:
    assert found_in(SQUAT.replace("      L2:", "      L1:").replace("reps: 8", "reps: 8, level: L1")) == []
    (found,) = found_in(SQUAT.replace("      L2:", "      L1:"))
    assert "squat.doses.0.level: there is no variant L2" in found


def test_figures_are_those_that_are_passed(library: LoadedLibrary) -> None:
    found = list(library_problems(library, FigureFiles(frozenset()), icons=()))
    assert found
    assert all("there is no drawing" in p.message or "there is no icon" in p.message for p in found)


# doses


def amounts(least: int, most: int) -> st.SearchStrategy[Amount]:
    return st.lists(st.integers(least, most), min_size=2, max_size=2).map(lambda ends: Amount(*sorted(ends)))


doses = st.builds(
    Dose,
    level=st.sampled_from(["chair", "L1", "L2", "L3"]),
    sets=amounts(1, 4),
    reps=amounts(1, 12),
    hold_s=amounts(0, 40),
    per_side=st.booleans(),
    times_a_day=st.integers(1, 3),
)


def rises_of(*given: Dose | None) -> list[tuple[int, str]]:
    return list(steep_rises([effort_of(dose) if dose else None for dose in given]))


@given(same=doses)
def test_staying_the_same_is_no_rise(same: Dose) -> None:
    assert (rises_of(None, same, same)) == []


@given(before=doses, after=doses)
def test_what_passes_rises_in_one_thing_by_half_at_most(before: Dose, after: Dose) -> None:
    rank = ["chair", "L1", "L2", "L3"].index
    (_, old, held), (_, new, holding) = map(effort_of, (before, after))
    rises = [
        new > old,
        holding > held,
        rank(after.level) > rank(before.level),
    ]
    allowed = (
        sum(rises) <= 1
        and new <= 1.5 * old
        and (holding <= 1.5 * held or (holding <= 4 and holding - held <= 2))
        and (not rises[2] or new < old or holding < held)
    )
    assert ((rises_of(before, None, after)) == []) is allowed


def dose(sets: int, reps: int, hold_s: int = 0, *, level: Any = "L2", per_side: bool = False) -> Dose:
    sizes = {"sets": sets, "reps": reps, "hold_s": hold_s}
    return Dose.model_validate({**sizes, "level": level, "per_side": per_side})


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (dose(1, 8, 2), dose(1, 8, 4), ""),
        (dose(1, 8, 4), dose(1, 8, 6), ""),
        (dose(1, 8, 2), dose(1, 8, 5), "hold rises from 2 s to 5 s; at most by half, to 4 s"),
        (dose(3, 1, 10), dose(3, 1, 20), "hold rises from 10 s to 20 s; at most by half, to 15 s"),
        (
            dose(1, 8),
            dose(1, 8, per_side=True),
            "repetitions in all rise from 8 to 16; at most by half, to 12",
        ),
        (dose(3, 8), dose(1, 6, per_side=True, level="L3"), ""),
        (
            dose(1, 8),
            dose(1, 8, level="L3"),
            "the level rises, and neither repetitions nor hold come down; lower one of them",
        ),
        (dose(1, 8, 4), dose(1, 9, 5), "repetitions and hold rise in one step; let one rise at a time"),
    ],
)
def test_rises(before: Dose, after: Dose, message: str) -> None:
    assert (rises_of(before, after)) == ([(1, message)] if message else [])


# prescriptions

Check = Callable[[str], Findings]


@pytest.fixture
def check(library: LoadedLibrary) -> Check:
    def run(text: str) -> Findings:
        source = parse_yaml(text, "p.yaml")
        return all_rules.check_prescription(Loaded(validate(Prescription, source), source), library)

    return run


def test_a_good_prescription(check: Check) -> None:
    assert check("program: short-four\nweeks: 6\n") == Findings()


def test_everything_wrong_with_a_prescription_at_once(check: Check) -> None:
    text = """\
program: short-fuor
language: fy
exercises: [plank, bridge, plank, plnak]
situations: [pregnant]
doses:
  superman: {sets: 1}
  plank:
    - {level: chair, from_week: 9}
    - {from_week: 4, to_week: 2}
notes:
  cat-cow: Slowly
confirmed: [plank/gout, cat-cow/pregnancy, dance/pregnancy]
days: [mon, mon]
"""
    findings = check(text)
    assert findings.warnings == ()
    found = [str(problem) for problem in findings.errors]
    expected = [
        'p.yaml:1:10: program: there is no program "short-fuor"; did you mean "short-four"?',
        'p.yaml:2:11: language: the library is not in "fy"; known: en, nl',
        'p.yaml:3:28: exercises.2: "plank" stands here twice',
        'p.yaml:3:35: exercises.3: there is no exercise "plnak"; did you mean "plank"?',
        'p.yaml:4:14: situations.0: there is no situation "pregnant"; did you mean "pregnancy"?',
        'p.yaml:6:3: doses.superman: the exercise "superman" is not in this program; known: bridge, plank',
        "p.yaml:8:15: doses.plank.0.level: this exercise has no variant chair; known: L1, L2, L3",
        "p.yaml:8:33: doses.plank.0.from_week: the program has 6 weeks; write 6 or less",
        "p.yaml:9:31: doses.plank.1.to_week: must be at least 4, which is from_week",
        'p.yaml:11:3: notes.cat-cow: the exercise "cat-cow" is not in this program; known: bridge, plank',
        'p.yaml:12:13: confirmed.0: "plank" has no caution for "gout"; known: ',
        'p.yaml:12:25: confirmed.1: the exercise "cat-cow" is not in this program; known: bridge, plank',
        'p.yaml:12:44: confirmed.2: the exercise "dance" is not in the library; known: bridge, plank',
        'p.yaml:13:13: days.1: "mon" stands here twice',
    ]
    assert len(found) == len(expected)
    assert all(one.startswith(other) for one, other in zip(found, expected, strict=True)), found


def test_a_program_of_a_library_with_an_unknown_exercise_is_no_crash(check: Check) -> None:
    own = library_with(of_back("programs: {short-four: {exercises: [plank, dance, bridge]}}"))
    text = "program: short-four\ndoses: {dance: {reps: 3}}\nnotes: {dance: x}\ndays: [mon]\n"
    source = parse_yaml(text, "p.yaml")
    findings = all_rules.check_prescription(Loaded(validate(Prescription, source), source), own)
    assert findings == Findings(), "the library's own problem is told once, by check_library"
    (problem,) = all_rules.check_library(own).errors
    assert str(problem).startswith(
        'own.yaml:1:73: conditions.low-back-pain.programs.short-four.exercises.1: there is no exercise "'
    )


@pytest.mark.parametrize(
    ("lines", "warning"),
    [
        ("weeks: 5", 'p.yaml:2:8: weeks: the program "short-four" is meant for '),
        (
            "exercises: [plank, bridge, cat-cow, knee-rolls, superman]",
            "p.yaml:2:12: exercises: a session has 5 exercises; people keep up better with 4 or fewer",
        ),
        (
            "days: {mobilising: [mon], strengthening: [mon, wed, sun]}",
            "p.yaml:2:42: days.strengthening: strengthening on days in a row; leave a day between",
        ),
        (
            "days: [mon, tue, thu, fri]",
            "p.yaml:2:7: days: strengthening is planned on mon and thu only: at most 3 days with ",
        ),
        (
            "confirmed: [plank/pregnancy]",
            'p.yaml:2:13: confirmed.0: "pregnancy" is not among the situations of this patient',
        ),
    ],
)
def test_what_is_allowed_but_told(check: Check, lines: str, warning: str) -> None:
    findings = check(f"program: short-four\n{lines}\n")
    assert findings.errors == ()
    assert [str(problem).startswith(warning) for problem in findings.warnings] == [True]


def test_exercises_on_different_days_are_different_sessions(check: Check) -> None:
    five = "program: short-four\nexercises: [plank, bridge, cat-cow, knee-rolls, superman]\n"
    assert check(five + "days: {mobilising: [tue], strengthening: [mon]}\n") == Findings()
    assert check(five + "days: [mon]\n").warnings


# clinics, paper, languages


def test_a_clinic_whose_country_has_no_numbers_and_whose_colour_is_too_light(
    tmp_path: Path, library: LoadedLibrary
) -> None:
    path = tmp_path / "c.yaml"
    path.write_text('country: XX\naccent: "#ff8800"\n', encoding="utf-8")
    found = [str(problem) for problem in all_rules.check_clinic(loading.load_clinic(path), library).errors]
    assert found[0].startswith(
        f"{path}:1:10: country: there are no phone numbers for this country; known: BE, "
    )
    assert found[1].startswith(f"{path}:2:9: accent: too light: its contrast with white is 2.4 to 1")
    assert all_rules.check_clinic(loading.no_clinic(), library) == Findings()


def test_uk_is_told_to_be_gb(tmp_path: Path, library: LoadedLibrary) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("country: UK\n", encoding="utf-8")
    (problem,) = all_rules.check_clinic(loading.load_clinic(path), library).errors
    assert str(problem) == f"{path}:1:10: country: there are no phone numbers for this country; write GB"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("paper: a7", ['1:8: paper: there is no paper "a7"; known: a3, a4, a5, letter, tabloid']),
        ("paper: letter\nlayout: standard", []),
        (
            "layout: standrad\npaper: a0",
            ["1:9: layout: there is no layout", '2:8: paper: there is no paper "a0"'],
        ),
        ("name: A\nlogo: gone.png", ["2:7: logo: file not found"]),
        ("logo: logo.png", ['1:7: logo: "logo.png": is a GIF picture; give a PNG, JPEG or WebP file']),
        ("logo: logo.svg", ['1:7: logo: "logo.svg", line 2']),
    ],
)
def test_what_a_clinic_names_is_looked_at(tmp_path: Path, lines: str, expected: list[str]) -> None:
    (tmp_path / "logo.png").write_bytes(b"GIF89a" + bytes(20))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<text x="1" y="9">x</text></svg>'
    (tmp_path / "logo.svg").write_text(svg, encoding="utf-8")
    path = tmp_path / "c.yaml"
    path.write_text(lines, encoding="utf-8")
    found = [str(problem) for problem in all_rules.check_clinic_files(loading.load_clinic(path)).errors]
    assert len(found) == len(expected), found
    for problem, start in zip(found, expected, strict=True):
        assert problem.startswith(f"{path}:{start}"), problem
        assert str(tmp_path) not in problem.removeprefix(str(path))


def test_a_layout_has_its_texts_in_the_language_of_the_document() -> None:
    source = parse_yaml("name: {en: Big}\ndescription:\n  nl: Groot\nsections: [safety]\n", "l.yaml")
    layout = Loaded(validate(loading.Layout, source), source)
    assert [str(problem) for problem in all_rules.check_layout(layout, ("nl", "en")).errors] == [
        "l.yaml:1:7: name.nl: missing; add the Dutch text",
        "l.yaml:3:3: description.en: missing; add the English text",
    ]
    assert [problem.field for problem in all_rules.check_layout(layout, ("en",)).errors] == ["description.en"]
    shipped = loading.load_layout("standard")
    assert all_rules.check_layout(shipped, loading.list_languages()) == Findings()


@pytest.mark.parametrize(
    ("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#777777", 4.48), ("#595959", 7.0)]
)
def test_contrast(colour: str, contrast: float) -> None:
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.01)


def test_paper_that_a_layout_does_not_have() -> None:
    source = parse_yaml("program: a\npaper: a5\n", "p.yaml")
    prescription = Loaded(validate(Prescription, source), source)
    found = all_rules.check_paper(prescription, loading.no_clinic(), loading.load_layout("standard"))
    assert [str(p) for p in found.errors] == [
        "p.yaml:2:8: paper: this layout has no such paper; known: a4, letter"
    ]


def test_the_shipped_languages_are_complete() -> None:
    assert (
        all_rules.check_languages([loading.load_language(code) for code in loading.list_languages()])
        == Findings()
    )


def test_languages_with_gaps() -> None:
    dutch, english = loading.load_language("nl"), loading.load_language("en")
    own = "locale: ar\nday_names: {}\nstrings: {page_of: 'Page {numbr}'}\n"
    merged, _ = merge(english.source, parse_yaml(own, "xx.yaml"))
    found = [
        str(p)
        for p in all_rules.check_languages([dutch, Loaded(validate(loading.Language, merged), merged)]).errors
    ]
    assert any("plurals.week.few: missing; this language needs the form" in problem for problem in found)
    assert any(
        p.startswith("xx.yaml:3:20: strings.page_of: holds other placeholders than in nl") for p in found
    )
    unknown, _ = merge(english.source, parse_yaml("locale: zz_ZZ\n", "xx.yaml"))
    broken = Loaded(validate(loading.Language, unknown), unknown)
    (problem,) = all_rules.check_languages([broken]).errors
    assert str(problem) == "xx.yaml:1:9: locale: this locale is not known; write one such as nl or nl_BE"
    short = broken.value.model_copy(update={"locale": "en", "sides": {"left": "left"}, "day_short": {}})
    found = [p.field for p in all_rules.check_languages([Loaded(short, unknown)]).errors]
    assert found == [
        *(f"day_short.{day}" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")),
        "sides.right",
    ]
