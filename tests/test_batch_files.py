"""Rows of several files: the copy in a second language, the sheets for the printer. All of them, or none."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from programs import examples
from test_batch import assert_true, batch, digests, manifest, patients, plain_bytes, roster, text_of

from pdfgen.cli.app import program
from pdfgen.content.loading import load_language
from pdfgen.delivery import batch_folder
from pdfgen.delivery.naming import Names
from pdfgen.errors import ExitCode

LAYOUTS = {"bilingual": ("-en", "copy"), "booklet": ("-print", "sheets"), "cards": ("-print", "sheets")}
#: Of one length, so that none is part of another.
NAMES = st.text("bcdfghjklmnpqrstvwxz", min_size=9, max_size=9)
TWIN = ("--set", "twin_language=en")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def several(layout: str, rows: Sequence[str], *words: str | Path, workers: int = 1) -> Result:
    path = roster(Path("r.csv"), rows)
    return batch(path, "--out", "o", "--name", "{row}", *TWIN, *words, layout=layout, workers=workers)


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_files_that_generate_makes(here: Path, layout: str) -> None:
    suffix, kind = LAYOUTS[layout]
    done = several(layout, patients(2), "--zip", workers=2 if layout == "bilingual" else 1)
    assert done.exit_code == 0, done.stderr
    assert done.stderr == "2 of 2 programs are in o\n"
    assert_true(here / "o")
    listed = [(one["row"], one["kind"], one["file"]) for one in manifest(here / "o")["programs"]]
    assert listed == [
        (row, which, f"{row}{end}.pdf") for row in (2, 3) for which, end in (("program", ""), (kind, suffix))
    ]
    for one in manifest(here / "o")["programs"]:
        with pikepdf.open(here / "o" / one["file"]) as pdf:
            assert len(pdf.pages) == one["pages"]
    with zipfile.ZipFile("o.zip") as archive:
        assert archive.namelist()[:4] == [file for _, _, file in listed]
    Path("one.yaml").write_text(
        "patient: {label: Patiënt Nummer1}\nprogram: starter\nweeks: 4\nstart: 2026-03-02\n"
    )
    words = ["generate", "one.yaml", "-o", "3.pdf", "--layout", layout, *TWIN]
    assert CliRunner().invoke(program, words).exit_code == 0
    for name in ("3.pdf", f"3{suffix}.pdf"):
        assert Path(name).read_bytes() == Path("o", name).read_bytes()


def test_a_row_is_kept_only_with_all_its_files(here: Path) -> None:
    several("bilingual", patients(4))
    clean = digests(here / "o")
    Path("o/2-en.pdf").unlink()
    Path("o/3.pdf").write_bytes(b"%PDF-changed")
    whole = json.loads(Path("o/manifest.json").read_text())
    whole["programs"] = [one for one in whole["programs"] if one["file"] != "4-en.pdf"]
    Path("o/manifest.json").write_text(json.dumps(whole))
    done = several("bilingual", patients(4), "--resume")
    assert "1 of them kept" in done.stderr
    assert digests(here / "o") == clean
    assert_true(here / "o")
    done = several("bilingual", patients(4), "--resume")
    assert "4 of them kept" in done.stderr
    assert_true(here / "o")


def test_another_layout_makes_other_files(here: Path) -> None:
    several("cards", patients(2))
    done = several("wall-sheet", patients(2), "--resume")
    assert "kept" not in done.stderr
    assert "2 other PDF files are there too" in done.stderr
    assert [one["file"] for one in manifest(here / "o")["programs"]] == ["2.pdf", "3.pdf"]


def test_a_kill_between_two_files_of_a_row(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    replace = os.replace

    def killed(part: str, target: str) -> None:
        if Path(target).name == "3-print.pdf":
            raise Killed
        replace(part, target)

    monkeypatch.setattr(batch_folder.os, "replace", killed)
    with pytest.raises(Killed):
        several("cards", patients(3))
    monkeypatch.undo()
    monkeypatch.chdir(here)
    assert sorted(digests(here / "o")) == ["2-print.pdf", "2.pdf", "3.pdf"]
    done = several("cards", patients(3), "--resume")
    assert "1 of them kept" in done.stderr
    assert_true(here / "o")
    assert len(digests(here / "o")) == 6


def test_a_disk_that_takes_one_of_two(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def refused(part: str, target: str) -> None:
        if Path(target).name == "3-print.pdf":
            raise PermissionError(13, "Permission denied")
        replace(part, target)

    monkeypatch.setattr(batch_folder.os, "replace", refused)
    done = several("cards", patients(3))
    assert done.exit_code == ExitCode.WRITE
    assert "3-print.pdf: no permission" in done.stderr
    assert "stopped; 1 of 3 programs are in o" in done.stderr
    assert sorted(digests(here / "o")) == ["2-print.pdf", "2.pdf"]
    assert_true(here / "o")


def test_another_kind_of_file_under_one_of_the_names(here: Path) -> None:
    Path("o").mkdir()
    Path("o/2-print.pdf").write_text("my notes")
    done = several("cards", patients(2))
    assert done.exit_code == ExitCode.PARTIAL
    assert "2-print.pdf: another kind of file" in done.stderr
    assert Path("o/2-print.pdf").read_text() == "my notes"
    assert sorted(path.name for path in Path("o").glob("*.pdf")) == ["2-print.pdf", "3-print.pdf", "3.pdf"]


def test_names_of_one_row_that_look_like_the_suffix_of_another(here: Path) -> None:
    path = roster(here / "r.csv", ["A;starter;4;;;;", "A-print;starter;4;;;;", "a;starter;4;;;;"])
    assert batch(path, "--out", "o", "--names", "--name", "{label}", layout="cards").exit_code == 0
    assert [(one["row"], one["file"]) for one in manifest(here / "o")["programs"]] == [
        (2, "A.pdf"), (2, "A-print.pdf"), (3, "A-print-2.pdf"), (3, "A-print-2-print.pdf"),
        (4, "a-2.pdf"), (4, "a-2-print.pdf"),
    ]  # fmt: skip
    assert_true(here / "o")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "A", "a-2", "a-en", "a-EN-2", "a-2-en", "é", "e\u0301-en"]),
            st.sampled_from([("",), ("", "-en"), ("", "-print")]),
        ),
        max_size=9,
    )
)
def test_no_two_rows_share_a_name(rows: list[tuple[str, tuple[str, ...]]]) -> None:
    names, seen = Names(), set[str]()
    for owner, (stem, suffixes) in enumerate(rows):
        taken = names.take(f"{stem}.pdf", owner, suffixes)
        first = taken[0].removesuffix(".pdf")
        assert taken == tuple(f"{first}{suffix}.pdf" for suffix in suffixes)
        assert names.take(f"{stem}.pdf", owner, suffixes) == taken
        for name in taken:
            assert name.casefold() not in seen
            seen.add(name.casefold())


def test_each_file_is_locked(here: Path) -> None:
    Path("p.csv").write_text("row,password\n2,appel-peer-noot\n", encoding="utf-8")
    assert several("cards", patients(1), "--encrypt", "p.csv").exit_code == 0
    assert sorted(digests(here / "o")) == ["2-print.pdf", "2.pdf"]
    for path in Path("o").glob("*.pdf"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(path)
        pikepdf.open(path, password="appel-peer-noot").close()
    assert "1 of them kept" in several("cards", patients(1), "--encrypt", "p.csv", "--resume").stderr
    assert_true(here / "o")


def test_the_layout_in_a_name(here: Path) -> None:
    path = roster(here / "r.csv", patients(1))
    assert batch(path, "--out", "o", "--name", "{layout}-{row}").exit_code == 0
    assert sorted(digests(here / "o")) == ["wall-sheet-2.pdf"]


def test_a_language_is_read_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pdfgen.content import loading

    codes: list[str] = []

    def counted(code: str, *more: object, **named: object) -> object:
        codes.append(code)
        return load_language(code, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "load_language", counted)
    assert several("bilingual", patients(3)).exit_code == 0
    assert sorted(codes) == ["en", "nl"]


@pytest.mark.parametrize("workers", [1, 2])
def test_strict_gives_no_names_before_all_rows_are_good(here: Path, workers: int) -> None:
    good = patients(3)
    several("cards", good)
    before = {path.name: path.read_bytes() for path in Path("o").iterdir()}
    bad = [*good, "A;starter;99;;;;"]
    done = several("cards", bad, "--strict", "--resume", workers=workers)
    assert done.exit_code == ExitCode.INPUT
    assert {path.name: path.read_bytes() for path in Path("o").iterdir()} == before
    done = several("cards", [*good, "A;starter;6;;;;"], "--strict", "--resume", workers=workers)
    assert done.exit_code == 0, done.stderr
    assert "3 of them kept" in done.stderr
    assert_true(here / "o")
    assert before.items() & {path.name: path.read_bytes() for path in Path("o").iterdir()}.items()


def test_strict_composes_each_row_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pdfgen.production import rows

    made: list[str] = []
    make_files = rows.make_files

    def counted(asked: rows.Program, shared: rows.Shared, **wanted: bool) -> object:
        made.append(asked.identity.document_id)
        return make_files(asked, shared, **wanted)

    monkeypatch.setattr(rows, "make_files", counted)
    done = several("wall-sheet", patients(3), "--strict")
    assert done.exit_code == 0, done.stderr
    assert len(made) == 3
    assert_true(here / "o")


@pytest.mark.slow
@pytest.mark.parametrize(
    # Sheets of a booklet and of cards are written by the same code.
    "layout",
    ["bilingual", pytest.param("cards", marks=pytest.mark.matrix)],
)
@examples(
    2,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(NAMES, min_size=6, max_size=6, unique=True))
def test_nothing_of_one_patient_is_in_the_files_of_another(here: Path, layout: str, words: list[str]) -> None:
    own = {2: words[:3], 3: words[3:]}
    rows = [f"{label};starter;2;;{goal};{therapist};" for label, goal, therapist in own.values()]
    folder = here / hashlib.sha256("".join(words).encode()).hexdigest()[:8] / layout
    path = roster(here / "r.csv", rows)
    done = batch(path, "--out", folder, "--name", "{row}", *TWIN, layout=layout)
    assert done.exit_code == 0, done.stderr
    for row, others in ((2, own[3]), (3, own[2])):
        for end in ("", LAYOUTS[layout][0]):
            file = folder / f"{row}{end}.pdf"
            data, text = plain_bytes(file), text_of(file)
            assert own[row][0] in text
            for word in others:
                assert word not in text
                for coded in (
                    word.encode(),
                    word.encode("utf-16-be"),
                    word.encode("utf-16-be").hex().encode(),
                ):
                    assert coded not in data
                    assert coded.upper() not in data
