"""Strict YAML: what is read, what is refused, and where problems are said to be."""

from __future__ import annotations

import io
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.content.files import strict_yaml
from pdfgen.content.files.source import Node, Source
from pdfgen.content.files.strict_yaml import MAX_BYTES, parse_yaml, read_yaml
from pdfgen.errors import MOST_PROBLEMS, InputError, Problem, printable

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


@pytest.fixture(params=LOADERS, ids=["pure", "libyaml"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "_LOADER", request.param)


def data(text: str) -> Any:
    return parse_yaml(text, "f.yaml").data


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_yaml(text, "f.yaml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1),
        ("-12", -12),
        ("0", 0),
        ("1.50", 1.5),
        ("-0.5", -0.5),
        ("1.0e+3", 1000.0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("True", "True"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("+1", "+1"),
        ("1e5", "1e5"),
        (".inf", ".inf"),
        (".5", ".5"),
        ("1.0e+999", "1.0e+999"),
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02 10:00:00", "2026-03-02 10:00:00"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("=", "="),
    ],
)
def test_scalars(written: str, value: Any) -> None:
    read = data(f"a: {written}\n")["a"]
    assert read == value
    assert type(read) is type(value)


def test_a_number_with_very_many_digits_stays_text() -> None:
    digits = "9" * 5000
    assert data(f"a: {digits}") == {"a": digits}


def test_keys_are_the_text_that_was_written() -> None:
    text = "4: a\nNL: b\nno: c\ntrue: d\n~: e\n2026-01-01: f\n'<<': g\n"
    assert list(data(text)) == ["4", "NL", "no", "true", "~", "2026-01-01", "<<"]


def test_marks_count_lines_and_columns_from_one() -> None:
    source = parse_yaml("a:\n  b: [x, ÿ, z]\n  c:\n    - d: 1\n", "f.yaml")
    assert source.mark(("a", "b", 2))[1:] == (2, 13)
    assert source.mark(("a", "c"), key=True)[1:] == (3, 3)
    assert source.mark(("a", "c", 0, "d"))[1:] == (4, 10)
    assert source.mark(("a", "c", 0, "missing"))[1:] == (4, 7), "the mapping around what is missing"
    assert str(source.problem(("a", "c", 0, "d"), "wrong")) == "f.yaml:4:10: a.c.0.d: wrong"


json_like = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(value=json_like, flow=st.booleans())
def test_whatever_is_written_is_read_back(value: Any, flow: bool) -> None:
    text = yaml.dump({"a": value}, Dumper=_NoAliases, default_flow_style=flow, sort_keys=False)
    read = data(text)["a"]
    assert read == value
    assert json.dumps(read) == json.dumps(value), "types are the same too"


@given(value=st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1))
def test_quoted_text_in_any_script_is_read_back(value: str) -> None:
    assert data("a: '" + value.replace("'", "''") + "'\n") == {"a": value}


@given(text=st.text())
def test_any_text_is_read_or_refused_with_a_problem(text: str) -> None:
    found: tuple[Problem, ...] | None = None
    try:
        parse_yaml(text, "f.yaml")
    except InputError as error:
        found = error.problems
    assert found is None or {problem.file for problem in found} == {"f.yaml"}


@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_problem(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.getbasetemp() / "f.yaml", content)
    found: tuple[Problem, ...] | None = None
    try:
        read_yaml(path)
    except InputError as error:
        found = error.problems
    assert found is None or {problem.file for problem in found} == {str(path)}


def test_a_duplicate_key_names_both_lines() -> None:
    assert problems("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n") == [
        'f.yaml:4:3: "c" stands here twice, first in line 3',
        'f.yaml:5:1: "a" stands here twice, first in line 1',
    ]


def test_everything_that_could_run_or_grow_is_refused_at_once() -> None:
    text = (
        "a: &x 1\nb: *x\nc: !!python/object/apply:os.system [id]\nd: !!int '3'\ne: {<<: {f: 1}}\n? [1]\n: 2\n"
    )
    assert problems(text) == [
        "f.yaml:1:4: anchors (&name) are not allowed; put the text in quotes",
        "f.yaml:2:4: aliases (*name) are not allowed; write the value out",
        "f.yaml:3:4: tags (!name) are not allowed; put the text in quotes",
        "f.yaml:4:4: tags (!name) are not allowed; put the text in quotes",
        "f.yaml:5:5: merge keys (<<) are not allowed; write the values out",
        "f.yaml:6:3: a key must be text",
    ]


def test_an_alias_bomb_is_refused_without_growing() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    *found, more = problems("\n".join(lines))
    assert len(found) == MOST_PROBLEMS
    assert all("not allowed" in problem for problem in found)
    assert more == "and 11 more problems; mend those above first"


@pytest.mark.parametrize("levels", [31, 5000])
@pytest.mark.parametrize(
    ("opened", "closed"),
    [("[", "]"), ("[\n", "]"), ("{a: ", "}"), ("{a:\n", "}"), ("- ", ""), ("? ", "")],
    ids=["flow sequence", "on lines", "flow mapping", "on lines too", "block sequence", "block mapping"],
)
def test_deep_nesting_is_refused(opened: str, closed: str, levels: int) -> None:
    """By our own limit, or by that of libyaml where it looks ahead: in the same words, and with a place."""
    *_, last = problems(opened * levels + "1" + closed * levels)
    assert re.fullmatch(r"f.yaml:\d+:\d+: is nested more than 30 deep", last)


def test_depth_up_to_the_limit_is_read() -> None:
    assert data("a: " + "[" * 29 + "]" * 29)


def test_very_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "MAX_NODES", 1000)
    assert len(data("[" + "1," * 999 + "]")) == 999
    found = problems("[" + "1," * 1000 + "]")
    assert found == ["f.yaml:1:2000: holds more than 1000 values; split the file"]


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        ("a:\n\tb: 1\n", "2:1", "a tab stands here; indent with spaces"),
        ("a:\n  b: x\n\tc: y\n", "3:1", "a tab stands here; indent with spaces"),
        ("a: one: two\n", "1:7", 'a colon is not expected here; put a text that holds ": " in quotes'),
        ("a: 'open\nb: 1\n", "1:4", "a text in quotes is not closed"),
        ("a: [1, 2\nb: 3\n", "1:4", "a list in brackets is not closed, or a comma is missing"),
        ("a: {x: 1\nb: 3\n", "1:4", "a brace is not closed, or a comma is missing"),
        ("a: @home\n", "1:4", "a text may not start with this character; put it in quotes"),
        ("a: 1\n---\nb: 2\n", "2:1", "a second document starts here; put one document in a file"),
        ("?\n: 2\n", "1:2", "there is no key before this colon"),
        ("a: b\x00c\n", "1:5", "the character U+0000 cannot be printed; remove it"),
        ("a: b\n\x1bc: d\n", "2:1", "the character U+001B cannot be printed; remove it"),
    ],
)
def test_broken_yaml_gets_a_place_and_advice(text: str, place: str, advice: str) -> None:
    assert problems(text) == [f"f.yaml:{place}: {advice}"]


@pytest.mark.parametrize(
    "text", ["a: 1\n  b: 2\n", "a:\n  - b\n c: 1\n", "- a\nb: 1\n", "a: 1\n- b\n", "a: b\nc\n"]
)
def test_wrong_indentation_has_a_line(text: str) -> None:
    (found,) = problems(text)
    assert found.startswith("f.yaml:")
    assert found.split(":")[1].isdecimal()


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_file_is_a_problem(text: str) -> None:
    assert problems(text) == ["f.yaml: is empty; `pdfgen new` writes a file to start from"]


def test_half_a_character_is_refused() -> None:
    (found,) = problems('a: "\\ud800"\n')
    assert "does not stand for a character" in found


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def refused(path: Path) -> Problem:
    with pytest.raises(InputError) as caught:
        read_yaml(path, "prescription")
    (problem,) = caught.value.problems
    return problem


def test_a_byte_order_mark_is_accepted_and_does_not_move_columns(tmp_path: Path) -> None:
    source = read_yaml(write(tmp_path / "f.yaml", "\ufeffa: é\n".encode()))
    assert source.data == {"a": "é"}
    assert source.mark(("a",), key=True)[1:] == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
def test_other_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    problem = refused(write(tmp_path / "f.yaml", "\ufeffa: é\n".encode(encoding)))
    assert "UTF-8" in problem.message


def test_latin_1_is_refused_at_its_place(tmp_path: Path) -> None:
    problem = refused(write(tmp_path / "f.yaml", "é: 1\nb: ".encode() + b"caf\xe9\n"))
    assert problem.message == "is not UTF-8 here; save the file as UTF-8"
    assert (problem.line, problem.column) == (2, 7)


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    problem = refused(write(tmp_path / "f.yaml", b"a: " + b"x" * MAX_BYTES))
    assert problem.message == "is larger than 2 MB; split it"


def test_a_missing_file_a_folder_and_an_impossible_name(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.yaml").message == "prescription not found; check the name and the folder"
    assert refused(tmp_path).message == "is a folder; name a file in it"
    assert refused(Path("a\0b")).message.startswith("cannot be read")
    assert refused(tmp_path / ("x" * 5000)).message.startswith("cannot be read")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a: [1, 2\n")))
    problem = refused(Path("-"))
    assert (problem.file, problem.line) == ("standard input", 1)


def test_hidden_characters_in_names_are_shown() -> None:
    assert printable("a\u202eb\x1b[31m") == "a<U+202E>b<U+001B>[31m"
    assert len(printable("x" * 1000)) == 61


def test_numbers_read_from_json_are_the_same() -> None:
    value = {"a": [1, 2.5, -3, 1e-7, math.pi], "b": {"c": None, "d": True, "e": "x"}}
    assert data(json.dumps({"a": value["a"][:3], "b": value["b"]})) == {"a": [1, 2.5, -3], "b": value["b"]}


def test_the_root_is_kept_with_its_source() -> None:
    source = parse_yaml("- 1\n- 2\n", "f.yaml")
    assert isinstance(source, Source)
    assert isinstance(source.root, Node)
    assert source.data == [1, 2]


# colours without quotes


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("accent: #990000", "1:8"),
        ("name: x\naccent:   #990   \n", "2:8"),
        ("name: x\naccent: #0B4F5C  our green\nphone: y\n", "2:8"),
        ("a:\r\n  accent: #990000\r\n", "2:10"),
        ("- #990000\n- b\n", "1:2"),
    ],
)
def test_a_colour_without_quotes_is_not_lost_in_silence(text: str, place: str) -> None:
    assert problems(text) == [f"f.yaml:{place}: put quotes round the colour: after # the line is a remark"]


@pytest.mark.parametrize(
    "text", ["a: # 990000", "a: #tag", "a:\n  #990000\n", "a: 1 #990000", "#990000\na: 1"]
)
def test_remarks_are_remarks(text: str) -> None:
    assert set(data(text)) == {"a"}


def cautions(text: str) -> list[str]:
    return [f"{one.line}:{one.column}" for one in parse_yaml(text, "f.yaml").cautions]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("goal: Lopen #1 in de straat\n", ["1:13"]),
        ("a: x\ngoal: Traplopen # 2 keer per dag\n", ["2:17"]),
        ("label: #417-b\n", ["1:8"]),
        ("notes:\n  plank: Rustig aan #niet hoger\n", ["2:21"]),
        ("- fiets #2\n- loop\n", ["1:9"]),
        ("goal: Elke dag  #belangrijk\n", ["1:17"]),
    ],
)
def test_a_text_cut_by_a_remark_is_told(text: str, places: list[str]) -> None:
    assert cautions(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "program: short-four # the short one\n", "weeks: 6 # or 8\n", "goal: Elke dag  # own words\n",
        'goal: "Lopen #1"\n', "goal: Lopen#1\n", "goal: |\n  Lopen #1\n",
        "paper: a4  ### paper ###\n", "goal: ''  # none yet\n", "a:  # of all\n  b: c\n",
    ],
)  # fmt: skip
def test_remarks_that_are_meant_are_not(text: str) -> None:
    assert cautions(text) == []


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000"])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("patient:\n~~label: A\n", 2), ("a: b\nnotes:\n~~plank: x\n", 3), ("a: b\ngoal:~Lopen\n", 2),
        ("exercises:\n-~plank\n-~bridge\n", 3), ("a:\n  b: c\n~~d: e\n", 3),
    ],
)  # fmt: skip
def test_a_no_break_space_in_place_of_a_space_is_named(text: str, line: int, space: str) -> None:
    said = problems(text.replace("~", space))
    assert said[0].startswith(f"f.yaml:{line}:")
    assert "no-break space" in said[0]
