"""Files in, models out: merging, options, paths, and problems at their place."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.content import loading
from pdfgen.content.files import resources
from pdfgen.content.files.merging import merge
from pdfgen.content.files.source import Mark, Source, node_of
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.loading import Loaded
from pdfgen.content.models.dose import Amount, Dose
from pdfgen.content.rules import all_rules
from pdfgen.errors import InputError

SHIPPED = resources.library_file()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def refused(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


# libraries


def test_the_shipped_library_loads_and_nothing_is_overridden() -> None:
    library = loading.load_library()
    assert library.value.exercises
    assert library.overridden == ()
    assert library == loading.load_library([SHIPPED])


def test_a_later_library_changes_only_what_it_says(tmp_path: Path) -> None:
    before = loading.load_library().value
    own = write(
        tmp_path / "own.yaml",
        "exercises:\n  plank:\n    rest_s: 61\n    name:\n      nl: Steunen\n",
    )
    library = loading.load_library([SHIPPED, own])
    plank = library.value.exercises["plank"]
    assert plank.rest_s == 61
    assert plank.name == {**before.exercises["plank"].name, "nl": "Steunen"}
    assert plank.doses == before.exercises["plank"].doses
    assert {name: e for name, e in library.value.exercises.items() if name != "plank"} == {
        name: e for name, e in before.exercises.items() if name != "plank"
    }
    assert [(o.field, o.file, o.line) for o in library.overridden] == [
        ("exercises.plank.rest_s", str(own), 3),
        ("exercises.plank.name.nl", str(own), 5),
    ]
    assert library.overridden[0].replaced.file == str(SHIPPED)
    assert str(library.overridden[0]).startswith(f"{own}:3: exercises.plank.rest_s: replaces {SHIPPED}:")


def test_lists_are_replaced_as_a_whole(tmp_path: Path) -> None:
    own = write(tmp_path / "own.yaml", "exercises:\n  plank:\n    doses:\n      - {sets: 2, reps: 3}\n")
    library = loading.load_library([SHIPPED, own])
    assert library.value.exercises["plank"].doses == (Dose(sets=Amount.of(2), reps=Amount.of(3)),)
    assert [o.field for o in library.overridden] == ["exercises.plank.doses"]


def test_lists_of_entries_with_an_id_merge_by_it(tmp_path: Path) -> None:
    before = loading.load_library().value.faq
    last = before[-1]
    own = write(
        tmp_path / "own.yaml",
        f"faq:\n  - id: {last.id}\n    rank: 1\n  - id: brand-new\n    question: {{nl: V, en: Q}}\n"
        "    answer: {nl: A, en: A}\n",
    )
    library = loading.load_library([SHIPPED, own])
    after = library.value.faq
    assert [entry.id for entry in after] == [*(entry.id for entry in before), "brand-new"]
    assert after[-2] == last.model_copy(update={"rank": 1})
    assert last.rank != 1
    assert [o.field for o in library.overridden] == [f"faq.{last.id}.rank"]


def test_an_entry_is_taken_away(tmp_path: Path) -> None:
    before = loading.load_library().value
    own = write(
        tmp_path / "own.yaml",
        "exercises: {superman: {variants: {L3: {remove: true}}}}\n"
        "faq:\n  - {id: missed-days, remove: true}\n"
        "conditions:\n  low-back-pain:\n    programs:\n      full-seven: {remove: true}\n",
    )
    library = loading.load_library([SHIPPED, own])
    assert set(before.exercises["superman"].variants) - set(library.value.exercises["superman"].variants) == {
        "L3"
    }
    assert {e.id for e in before.faq} - {e.id for e in library.value.faq} == {"missed-days"}
    assert set(before.programs) - set(library.value.programs) == {"full-seven"}
    shown = [str(override) for override in library.overridden]
    assert [text.partition(": removes ")[0] for text in shown] == [
        f"{own}:1: exercises.superman.variants.L3",
        f"{own}:3: faq.missed-days",
        f"{own}:7: conditions.low-back-pain.programs.full-seven",
    ]
    assert all(f": removes {SHIPPED}:" in text for text in shown)


def test_what_is_not_there_cannot_be_taken_away(tmp_path: Path) -> None:
    own = write(
        tmp_path / "own.yaml",
        "exercises: {plonk: {remove: true}}\nfaq: [{id: none-such, remove: true}]\nsources: {who: 1}\n",
    )
    with pytest.raises(InputError) as error:
        loading.load_library([SHIPPED, own])
    assert refused(error) == [
        f'{own}:1:20: exercises.plonk: there is no "plonk" to remove',
        f'{own}:2:7: faq.none-such: there is no "none-such" to remove',
    ]


@pytest.mark.parametrize("entry", ["{remove: false}", "{remove: true, rest_s: 3}"])
def test_remove_stands_alone(tmp_path: Path, entry: str) -> None:
    own = write(tmp_path / "own.yaml", f"exercises: {{plank: {entry}}}\n")
    with pytest.raises(InputError, match=r'exercises\.plank\.remove: unknown key "remove"'):
        loading.load_library([SHIPPED, own])


def test_an_empty_list_takes_all_entries_away(tmp_path: Path) -> None:
    library = loading.load_library([SHIPPED, write(tmp_path / "own.yaml", "faq: []\n")])
    assert library.value.faq == ()
    assert [override.field for override in library.overridden] == ["faq"]


def test_a_copy_replaces_nothing(tmp_path: Path) -> None:
    own = write(tmp_path / "own.yaml", SHIPPED.read_text(encoding="utf-8"))
    assert loading.load_library([SHIPPED, own]).overridden == ()


def test_a_library_that_stands_alone_takes_nothing_of_those_before_it(tmp_path: Path) -> None:
    shipped = SHIPPED.read_text(encoding="utf-8")
    lost = write(tmp_path / "lost.yaml", "exercises: {plank: {rest_s: 77}}\n")
    alone = write(tmp_path / "alone.yaml", "extends: none\n" + shipped.replace("  superman:", "  supermen:"))
    after = write(tmp_path / "after.yaml", "exercises: {bridge: {rest_s: 55}}\n")
    library = loading.load_library([SHIPPED, lost, alone, after])
    assert "superman" not in library.value.exercises
    assert library.value.exercises["plank"].rest_s != 77
    assert library.value.exercises["bridge"].rest_s == 55
    assert [override.field for override in library.overridden] == ["exercises.bridge.rest_s"]
    assert loading.load_library([SHIPPED, alone]).overridden == ()


def test_a_library_that_stands_alone_has_everything(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        loading.load_library([SHIPPED, write(tmp_path / "own.yaml", "extends: none\nlanguages: [nl]\n")])
    missing = {text.partition(": missing")[0].rpartition(" ")[2] for text in refused(error)}
    assert {"version", "exercises", "conditions", "kinds", "traffic_light", "progress"} <= missing


def test_problems_in_a_merged_library_name_the_file_where_the_text_stands(tmp_path: Path) -> None:
    own = write(tmp_path / "own.yaml", "exercises:\n  plank:\n    rest_s: -1\nversion: [x]\n")
    other = write(
        tmp_path / "other.yaml", "exercises:\n  bridge:\n    movement_s: soon\n  dance:\n    rest_s: 2\n"
    )
    with pytest.raises(InputError) as error:
        loading.load_library([SHIPPED, own, other])
    found = refused(error)
    assert f"{own}:3:13: exercises.plank.rest_s: must be at least 0" in found
    assert f"{own}:4:10: version: must be text" in found
    assert f"{other}:3:17: exercises.bridge.movement_s: must be a whole number" in found
    assert f"{other}:5:5: exercises.dance.name: missing; add it" in found


def test_all_libraries_that_cannot_be_read_are_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        loading.load_library([SHIPPED, tmp_path / "a.yaml", write(tmp_path / "b.yaml", "a: 'x")])
    assert len(refused(error)) == 2
    with pytest.raises(InputError, match="must hold keys with values"):
        loading.load_library([SHIPPED, write(tmp_path / "c.yaml", "- a")])


plain_maps = st.recursive(
    st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: isinstance(value, dict))


def source(data: Any, file: str = "f") -> Source:
    return Source(file, node_of(data, Mark(file, 1, 1)))


@given(one=plain_maps, other=plain_maps)
def test_merging_properties(one: Any, other: Any) -> None:
    same, overrides = merge(source(one), source(one))
    assert (same.data, overrides) == (one, ())
    merged, overrides = merge(source(one, "one"), source(other, "other"))
    assert set(merged.data) == {*one, *other}
    assert all(override.file == "other" for override in overrides)
    again, _ = merge(merged, source(other, "other"))
    assert again.data == merged.data, "laying the same file over twice changes nothing more"


# prescriptions


def test_a_prescription_with_its_problems(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", "program: a\nnotes:\n  plank: Keep going\n")
    loaded = loading.load_prescription(path)
    assert loaded.value.notes["plank"] == "Keep going"
    assert loaded.folder == tmp_path
    problem = loaded.problem(("notes", "plank"), "is odd")
    assert str(problem) == f"{path}:3:10: notes.plank: is odd"
    assert loaded.problem(("notes", "plank"), "is odd", key=True).column == 3


@pytest.mark.parametrize(
    ("key", "text", "get", "value"),
    [
        ("weeks", "8", lambda p: p.weeks, 8),
        ("start", "2026-03-02", lambda p: p.start.isoformat(), "2026-03-02"),
        ("patient.label", "J. de Vries: 12:30 #3", lambda p: p.patient.label, "J. de Vries: 12:30 #3"),
        ("patient.label", "", lambda p: p.patient.label, ""),
        ("patient.label", "'[x]'", lambda p: p.patient.label, "[x]"),
        ("exercises", "[plank, bridge]", lambda p: p.exercises, ("plank", "bridge")),
        ("doses.plank", "{sets: 2}", lambda p: p.doses["plank"].sets.most, 2),
        ("doses.plank.sets", "2", lambda p: p.doses["plank"].sets.most, 2),
        ("doses.bridge.0.sets", "4", lambda p: p.doses["bridge"][0].sets.most, 4),
        ("side", "null", lambda p: p.side, None),
        ("goal", "no", lambda p: p.goal, "no"),
    ],
)
def test_options_replace_what_the_file_says(
    tmp_path: Path, key: str, text: str, get: Any, value: Any
) -> None:
    path = write(
        tmp_path / "p.yaml", "program: a\nside: left\ngoal: x\ndoses:\n  bridge: [{sets: 3, reps: 5}]\n"
    )
    loaded = loading.load_prescription(path, [(key, text)])
    assert get(loaded.value) == value
    assert loaded.value.program == "a"


def test_later_options_win(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", "program: a\n")
    assert loading.load_prescription(path, [("weeks", "4"), ("weeks", "8")]).value.weeks == 8


def test_problems_with_options_name_the_option(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", "program: a\ngoal: x\n")
    with pytest.raises(InputError) as error:
        loading.load_prescription(path, [("weeks", "60"), ("start", "2026-02-30"), ("patient.lable", "x")])
    assert refused(error) == [
        '--set patient.lable: patient.lable: unknown key "lable"; did you mean "label"?',
        "--set start: start: 2026-02-30 is not a date; write year-month-day",
        "--set weeks: weeks: must be at most 12",
    ]
    with pytest.raises(InputError) as error:
        loading.load_prescription(
            path, [("exercises", "[plank"), ("goal.x", "1"), ("a..b", "1"), ("doses", "[&a 1]")]
        )
    assert refused(error) == [
        "--set exercises: a list in brackets is not closed, or a comma is missing",
        '--set goal.x: there is no place for "x" here; check the name',
        "--set a..b: a name is missing before or after a dot",
        "--set doses: anchors (&name) are not allowed; put the text in quotes",
    ]


@given(key=st.text(), text=st.text())
def test_any_option_is_taken_or_refused(key: str, text: str) -> None:
    given_source = parse_yaml("program: a\n", "p.yaml")
    try:
        loaded = loading.prescription_of(given_source, [(key, text)])
    except InputError as error:
        assert error.problems  # noqa: PT017
    else:
        assert isinstance(loaded, Loaded)


def test_standard_input_is_seen_from_the_current_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "c.yaml", "name: Ons huis\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"program: a\nclinic: c.yaml\n")))
    loaded = loading.load_prescription(Path("-"))
    assert loaded.value.program == "a"
    assert loading.clinic_path(loaded) == Path("c.yaml")


# clinics and their files


def test_the_clinic_that_a_prescription_names_is_seen_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "c.yaml", "name: Ons huis\n")
    path = write(tmp_path / "in" / "p.yaml", "program: a\nclinic: ../c.yaml\n")
    assert loading.clinic_path(loading.load_prescription(path)) == tmp_path / "in" / "../c.yaml"
    path = write(tmp_path / "q.yaml", "program: a\n")
    assert loading.clinic_path(loading.load_prescription(path)) is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("c.yaml", '"c.yaml" is not there; the path is seen from this file\'s folder'),
        ("nowhere/c.yaml", '"nowhere/c.yaml" is not there; the path is seen from this file\'s folder'),
        ("c" * 300, f'"{"c" * 60}…" is not there; the path is seen from this file\'s folder'),
        (".", '"." is a folder; name a file in it'),
    ],
)
def test_a_clinic_that_is_not_there_is_told_at_the_line_that_names_it(
    tmp_path: Path, name: str, message: str
) -> None:
    path = write(tmp_path / "p.yaml", f"program: a\nclinic: {name}\n")
    with pytest.raises(InputError) as error:
        loading.clinic_path(loading.load_prescription(path))
    assert refused(error) == [f"{path}:2:9: clinic: {message}"]


def test_libraries_that_a_prescription_names_are_seen_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.yaml", "b.yaml"):
        write(tmp_path / "in" / name, "exercises: {}\n")
    path = write(tmp_path / "in" / "p.yaml", "program: a\nlibrary: a.yaml\n")
    assert loading.library_paths(loading.load_prescription(path)) == (tmp_path / "in" / "a.yaml",)
    write(path, "program: a\nlibrary: [b.yaml, a.yaml]\n")
    found = loading.library_paths(loading.load_prescription(path))
    assert [file.name for file in found] == ["b.yaml", "a.yaml"]
    write(path, "program: a\n")
    assert loading.library_paths(loading.load_prescription(path)) == ()
    write(path, "program: a\nlibrary: [b.yaml, c.yaml, .]\n")
    with pytest.raises(InputError) as error:
        loading.library_paths(loading.load_prescription(path))
    assert refused(error) == [
        f'{path}:2:19: library.1: "c.yaml" is not there; the path is seen from this file\'s folder',
        f'{path}:2:27: library.2: "." is a folder; name a file in it',
    ]


def test_no_clinic_at_all() -> None:
    clinic = loading.no_clinic()
    assert clinic.value.name == ""
    assert loading.logo_path(clinic) is None
    assert str(clinic.problem(("accent",), "x")) == "accent: x"


def clinic_with_logo(folder: Path, logo: str) -> Loaded[Any]:
    return loading.load_clinic(write(folder / "clinic.yaml", f"name: Ons huis\nlogo: {logo}\n"))


def test_a_logo_below_the_clinics_folder(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    logo = write(tmp_path / "img" / "logo.svg", "<svg/>")
    assert loading.logo_path(clinic_with_logo(tmp_path, "img/logo.svg")) == logo.resolve()
    assert loading.logo_path(clinic_with_logo(tmp_path, "./img/../img/logo.svg")) == logo.resolve()


@pytest.mark.parametrize(
    ("logo", "message"),
    [
        ("/etc/hostname", "must be a path seen from this file's folder, not a whole path"),
        ("C:\\logo.png", "must be a path seen from this file's folder, not a whole path"),
        ("~/logo.png", "must be a path seen from this file's folder, not a whole path"),
        ("../secret.svg", "lies outside this file's folder; copy it into that folder"),
        ("img/../../secret.svg", "lies outside this file's folder; copy it into that folder"),
        ("../none.svg", "lies outside this file's folder; copy it into that folder"),
        ("link.svg", "lies outside this file's folder; copy it into that folder"),
        ("loop.svg", "file not found; check the name and the folder"),
        ("none.svg", "file not found; check the name and the folder"),
        ("folder", "file not found; check the name and the folder"),
        ("x" * 3000, "file not found; check the name and the folder"),
        ("pipe", "file not found; check the name and the folder"),
    ],
)
def test_a_logo_elsewhere_is_refused_at_its_line(tmp_path: Path, logo: str, message: str) -> None:
    home = tmp_path / "clinic"
    (home / "folder").mkdir(parents=True)
    write(tmp_path / "secret.svg", "<svg/>")
    (home / "link.svg").symlink_to(tmp_path / "secret.svg")
    (home / "loop.svg").symlink_to(home / "loop.svg")
    os.mkfifo(home / "pipe")
    with pytest.raises(InputError) as error:
        loading.logo_path(clinic_with_logo(home, logo))
    assert refused(error) == [f"{home / 'clinic.yaml'}:2:7: logo: {message}"]


# layouts and languages


def test_every_shipped_layout_and_language_loads() -> None:
    assert "standard" in loading.list_layouts()
    assert {"nl", "en"} <= set(loading.list_languages())
    for name in loading.list_layouts():
        assert not all_rules.check_layout(loading.load_layout(name), loading.list_languages()).errors
    for code in loading.list_languages():
        assert loading.load_language(code).value.id == code


def test_a_layout_of_ones_own(tmp_path: Path) -> None:
    text = (resources.layouts_folder() / "standard.yaml").read_text(encoding="utf-8")
    write(tmp_path / "mine.yaml", text)
    assert loading.load_layout("mine.yaml", tmp_path).value == loading.load_layout("standard").value
    assert loading.load_layout(str(tmp_path / "mine.yaml")).value == loading.load_layout("standard").value


def test_unknown_layouts_and_languages_are_reported_where_they_are_named(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", "program: a\nlayout: standrad\nlanguage: xx\n")
    loaded = loading.load_prescription(path)
    with pytest.raises(InputError) as error:
        loading.load_layout("standrad", named_in=loaded)
    (found,) = refused(error)
    assert found.startswith(f'{path}:2:9: layout: there is no layout "standrad"; did you mean "standard"?')
    with pytest.raises(InputError) as error:
        loading.load_language("xx", named_in=loaded)
    (found,) = refused(error)
    assert found.startswith(f'{path}:3:11: language: there is no language "xx"; known: ')


@pytest.mark.parametrize("name", ["../layouts/standard", "/etc/passwd", "", ".", "standard\0", "../../x"])
def test_names_are_no_paths(name: str) -> None:
    for load in (loading.load_layout, loading.load_language):
        with pytest.raises(InputError, match="there is no"):
            load(name)


def test_the_data_of_a_wheel_are_found_before_those_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "pdfgen")
    assert resources.data_folder() == tmp_path
    (tmp_path / "pdfgen" / "_data").mkdir(parents=True)
    assert resources.data_folder() == tmp_path / "pdfgen" / "_data"
    assert resources.languages_folder() == tmp_path / "pdfgen" / "languages"
