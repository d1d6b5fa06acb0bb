"""`pdfgen batch`: every row its own true file, whatever the other rows are."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from programs import EXAMPLES, examples

from pdfgen.cli.app import program
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rosters.roster import row_source
from pdfgen.errors import ExitCode

ROOT = Path(__file__).parent.parent
HEADINGS = "label;program;weeks;start;goal;therapist;id\n"


def roster(path: Path, rows: Iterable[str]) -> Path:
    path.write_text(HEADINGS + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def patients(count: int) -> list[str]:
    return [f"Patiënt Nummer{number};starter;4;2026-03-{number % 28 + 1:02};;;" for number in range(count)]


def batch(*arguments: str | Path, workers: int = 1, layout: str = "wall-sheet") -> Result:
    words = ["batch", *map(str, arguments), "--workers", str(workers), "--layout", layout]
    return CliRunner().invoke(program, words)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.pdf")}


def manifest(folder: Path) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return whole


def assert_true(folder: Path) -> None:
    """The manifest names exactly the PDFs that there are, with their digests, and nothing else is left."""
    programs = manifest(folder)["programs"]
    assert {one["file"]: one["sha256"] for one in programs} == digests(folder)
    rows = list(csv.DictReader(io.StringIO((folder / "manifest.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["file"], row["sha256"]) for row in rows] == [
        (one["file"], one["sha256"]) for one in programs
    ]
    sums = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert [file for _, file in sums] == [one["file"] for one in programs]
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestFiles:
    def test_one_program_a_patient(self, here: Path) -> None:
        done = batch(roster(here / "r.csv", patients(3)), "--out", "out")
        assert done.exit_code == 0, done.stderr
        assert done.stdout == "out\n"
        assert done.stderr == "3 of 3 programs are in out\n"
        assert_true(here / "out")
        programs = manifest(here / "out")["programs"]
        assert [one["row"] for one in programs] == [2, 3, 4]
        assert [one["file"] for one in programs] == [
            f"000{i + 1}-{one['id']}.pdf" for i, one in enumerate(programs)
        ]
        assert manifest(here / "out")["complete"] is True

    @pytest.mark.slow
    @pytest.mark.usefixtures("anew")
    def test_the_same_bytes_as_one_at_a_time(self, here: Path) -> None:
        """Each row of the example, with all its keys, against `generate` of a file that says the same."""
        rows = [row for row in read_roster(EXAMPLES / "roster.csv").rows if not row.problems][:5]
        assert batch(EXAMPLES / "roster.csv", "--out", "out", layout="standard").exit_code == 0
        made = {one["row"]: one["file"] for one in manifest(here / "out")["programs"]}
        for row in rows:
            Path("one.yaml").write_text(
                yaml.safe_dump(row_source(row).data, allow_unicode=True), encoding="utf-8"
            )
            done = CliRunner().invoke(
                program, ["generate", "one.yaml", "-o", "one.pdf", "--layout", "standard"]
            )
            assert done.exit_code == 0, done.stderr
            assert Path("one.pdf").read_bytes() == (here / "out" / made[row.number]).read_bytes()

    def test_any_number_of_workers_gives_the_same_files(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(6))
        assert batch(path, "--out", "one").exit_code == 0
        assert batch(path, "--out", "three", workers=3).exit_code == 0
        assert digests(here / "one") == digests(here / "three")
        assert (here / "one/manifest.json").read_bytes() == (here / "three/manifest.json").read_bytes()

    def test_choices_for_all_rows(self, here: Path) -> None:
        Path("base.yaml").write_text(
            "therapist: K. Beek\ngoal: Weer fietsen\nprogram: starter\n", encoding="utf-8"
        )
        Path("r.csv").write_text("naam;doel\nA;\nB;Lopen\n", encoding="utf-8")
        done = batch("r.csv", "--out", "o", "--base", "base.yaml", "--weeks", "3", "--set",
                     "start=2026-03-02", "--name", "{language}-{program}-{weeks}-{start}-{row}")  # fmt: skip
        assert done.exit_code == 0, done.stderr
        assert sorted(digests(here / "o")) == [
            "nl-starter-3-2026-03-02-2.pdf",
            "nl-starter-3-2026-03-02-3.pdf",
        ]
        texts = [text_of(path) for path in sorted((here / "o").glob("*.pdf"))]
        assert ["fietsen" in text for text in texts] == [True, False]

    def test_a_mapping_for_other_headings(self, here: Path) -> None:
        Path("r.csv").write_text("Pat_naam;BSN;program\nA;123;starter\n", encoding="utf-8")
        Path("m.yaml").write_text("Pat_naam: label\nBSN: ignore\n", encoding="utf-8")
        assert batch("r.csv", "--out", "o", "--mapping", "m.yaml").exit_code == 0
        assert batch("r.csv", "--out", "p").exit_code == ExitCode.INPUT
        assert not Path("p").exists()

    def test_a_zip_holds_all_files(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(2))
        assert batch(path, "--out", "o", "--zip").exit_code == 0
        first = Path("o.zip").read_bytes()
        with zipfile.ZipFile("o.zip") as archive:
            names = archive.namelist()
            assert {
                name: hashlib.sha256(archive.read(name)).hexdigest() for name in names if name.endswith("pdf")
            } == (digests(here / "o"))
        assert names[-3:] == ["manifest.json", "manifest.csv", "SHA256SUMS"]
        assert batch(path, "--out", "o", "--zip").exit_code == 0
        assert Path("o.zip").read_bytes() == first

    def test_standard_input(self, here: Path) -> None:
        words = ["batch", "-", "--layout", "wall-sheet", "--workers", "1"]
        done = CliRunner().invoke(program, words, input=HEADINGS + "A;starter;2;;;;\n")
        assert done.exit_code == 0, done.stderr
        assert_true(here / "out" / "roster")


class TestNames:
    def test_rows_that_say_the_same_get_files_of_their_own(self, here: Path) -> None:
        path = roster(here / "r.csv", ["A;starter;2;;;;", "A;starter;2;;;;", "a;starter;2;;;;7K2M9QXA"])
        done = batch(path, "--out", "o", "--name", "{id}")
        assert done.exit_code == 0
        assert "row 3: is the same as row 2" in done.stderr
        files = [one["file"] for one in manifest(here / "o")["programs"]]
        assert files[1] == files[0].replace(".pdf", "-2.pdf")
        assert len(set(files)) == 3
        assert_true(here / "o")

    def test_the_same_own_id_for_two_patients(self, here: Path) -> None:
        path = roster(here / "r.csv", ["Vos;starter;2;;;;7K2M9QXA", "Wolf;starter;2;;;;7K2M9QXA"])
        assert batch(path, "--out", "o", "--name", "{id}").exit_code == 0
        assert sorted(digests(here / "o")) == ["7K2M9QXA-2.pdf", "7K2M9QXA.pdf"]
        assert "Vos" in text_of(here / "o" / "7K2M9QXA.pdf")
        assert "Wolf" in text_of(here / "o" / "7K2M9QXA-2.pdf")

    def test_names_of_patients_are_nowhere_unless_asked_for(self, here: Path) -> None:
        path = roster(here / "r.csv", ["Quibus;starter;2;;;;", "Quibus;starter;99;;;;"])
        done = batch(path, "--out", "o", "--zip", "--verbose")
        assert done.exit_code == ExitCode.PARTIAL
        said = done.output + "".join(
            file.name + file.read_text(encoding="utf-8")
            for file in Path("o").iterdir()
            if file.suffix != ".pdf"
        )
        assert "quibus" not in said.casefold()
        assert "label" not in (here / "o/manifest.csv").read_text(encoding="utf-8")

    def test_names_where_they_are_asked_for(self, here: Path) -> None:
        path = roster(
            here / "r.csv", ["../=Q/\\ J.;starter;2;;;;", "NUL;starter;2;;;;", f"{'Ö' * 199};starter;2;;;;"]
        )
        done = batch(path, "--out", "o", "--names", "--name", "{label}")
        assert done.exit_code == 0, done.stderr
        assert_true(here / "o")
        assert manifest(here / "o")["programs"][0]["label"] == "../=Q/\\ J."
        assert sorted(digests(here / "o"))[:2] == ["Q-J.pdf", "_NUL.pdf"]
        assert [path.name for path in here.iterdir() if path.name != "r.csv"] == ["o"]

    def test_a_template_with_the_name_needs_the_option(self, here: Path) -> None:
        done = batch(roster(here / "r.csv", patients(1)), "--name", "{label}")
        assert done.exit_code == ExitCode.USAGE
        assert "--names" in done.stderr
        assert not Path("out").exists()


class TestBadRows:
    ROWS = ("A;starter;4;;;;", "B;starter;99;03/04/2026;;;", "C;nosuch;4;;;;", "D;starter;4;;;;")

    def test_the_others_are_made(self, here: Path) -> None:
        done = batch(roster(here / "r.csv", self.ROWS), "--out", "o")
        assert done.exit_code == ExitCode.PARTIAL
        assert 'r.csv, row 3, column "start"' in done.stderr
        assert 'r.csv, row 3, column "weeks"' in done.stderr
        assert 'r.csv, row 4, column "program"' in done.stderr
        assert "2 of 4 programs are in o; 2 could not be made (problems.csv)" in done.stderr
        assert_true(here / "o")
        assert manifest(here / "o")["failed"] == [3, 4]
        rows = list(csv.reader(io.StringIO((here / "o/problems.csv").read_text(encoding="utf-8-sig"))))
        assert [(row[0], row[1]) for row in rows[1:]] == [("3", "start"), ("3", "weeks"), ("4", "program")]

    def test_mended_rows_are_made_by_resuming(self, here: Path) -> None:
        path = roster(here / "r.csv", self.ROWS)
        batch(path, "--out", "o")
        before = digests(here / "o")
        roster(path, [self.ROWS[0], "B;starter;3;;;;", "C;starter;4;;;;", self.ROWS[3]])
        done = batch(path, "--out", "o", "--resume")
        assert done.exit_code == 0, done.stderr
        assert "2 of them kept" in done.stderr
        assert before.items() < digests(here / "o").items()
        assert not (here / "o/problems.csv").exists()
        assert_true(here / "o")

    def test_strict_writes_nothing(self, here: Path) -> None:
        done = batch(roster(here / "r.csv", self.ROWS), "--out", "o", "--strict")
        assert done.exit_code == ExitCode.INPUT
        assert "2 of 4 rows are bad; nothing was written" in done.stderr
        assert not Path("o").exists()
        assert batch(roster(here / "r.csv", self.ROWS[:1]), "--out", "o", "--strict").exit_code == 0
        assert_true(here / "o")

    def test_strict_looks_at_what_does_not_fit_too(self, here: Path) -> None:
        cards = (ROOT / "layouts" / "cards.yaml").read_text(encoding="utf-8")
        (here / "small.yaml").write_text(cards.replace("up: 2", "up: 8"), encoding="utf-8")
        rows = [*patients(1), "A;full-seven;12;;;;"]
        done = batch(roster(here / "r.csv", rows), "--out", "o", "--strict", layout="small.yaml")
        assert done.exit_code == ExitCode.INPUT
        assert not Path("o").exists()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--weeks", "99"), "--weeks: weeks: must be at most 12"),
            (("--language", "xx"), "--language"),
            (("--set", "nosuch=1"), "--set nosuch"),
            (("--clinic", "nosuch.yaml"), "nosuch.yaml"),
            (("--library", "nosuch.yaml"), "nosuch.yaml"),
            (("--base", "nosuch.yaml"), "nosuch.yaml"),
            (("--mapping", "nosuch.yaml"), "nosuch.yaml"),
        ],
    )
    def test_what_holds_for_all_rows_is_told_once(
        self, here: Path, words: tuple[str, ...], said: str
    ) -> None:
        done = batch(roster(here / "r.csv", patients(3)), "--out", "o", *words)
        assert done.exit_code == ExitCode.INPUT
        assert done.stderr.count(said) == 1
        assert not Path("o").exists()

    def test_a_roster_that_is_gone(self, here: Path) -> None:
        done = batch("gone.csv", "--out", "o")
        assert done.exit_code == ExitCode.INPUT
        assert "gone.csv: roster not found" in done.stderr
        assert not Path("o").exists()

    def test_a_mistake_in_pdfgen_costs_one_row(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from pdfgen.production import rows

        def failing(program: Any, _: object) -> tuple[()]:
            if program.prescription.patient.label.endswith("1"):
                raise ZeroDivisionError
            return ()

        monkeypatch.setattr(rows, "warnings_of", failing)
        done = batch(roster(here / "r.csv", patients(3)), "--out", "o")
        assert done.exit_code == ExitCode.PARTIAL
        assert "row 3: pdfgen has a mistake (ZeroDivisionError)" in done.stderr
        assert_true(here / "o")


class TestFolder:
    def test_what_changed_is_made_again(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(4))
        batch(path, "--out", "o")
        clean = digests(here / "o")
        files = sorted((here / "o").glob("*.pdf"))
        files[0].write_bytes(b"%PDF-changed")
        files[1].unlink()
        done = batch(path, "--out", "o", "--resume")
        assert "2 of them kept" in done.stderr
        assert digests(here / "o") == clean
        done = batch(path, "--out", "o", "--resume", "--weeks", "3")
        assert "kept" not in done.stderr
        assert "4 other PDF files are there too" in done.stderr
        assert len(digests(here / "o")) == 8

    def test_a_file_of_another_kind_is_left_alone(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(4))
        Path("o").mkdir()
        Path("o/0001.pdf").write_text("my notes")
        Path("o/0002.pdf").mkdir()
        Path("mine.pdf").write_bytes(b"%PDF-mine")
        Path("o/0003.pdf").symlink_to(here / "mine.pdf")
        Path("o/0004.pdf").write_bytes(b"%PDF-old")
        done = batch(path, "--out", "o", "--name", "{number}")
        assert done.exit_code == ExitCode.PARTIAL
        assert Path("o/0001.pdf").read_text() == "my notes"
        assert Path("mine.pdf").read_bytes() == b"%PDF-mine"
        assert [one["file"] for one in manifest(here / "o")["programs"]] == ["0004.pdf"]

    def test_a_link_to_a_folder_is_followed(self, here: Path) -> None:
        Path("real").mkdir()
        Path("o").symlink_to("real")
        assert batch(roster(here / "r.csv", patients(1)), "--out", "o").exit_code == 0
        assert Path("o").is_symlink()
        assert_true(here / "real")

    def test_a_link_to_nothing_and_a_link_in_place_of_the_parts(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(1))
        Path("o").symlink_to("nowhere")
        assert batch(path, "--out", "o").exit_code == ExitCode.WRITE
        assert not Path("nowhere").exists()
        Path("p").mkdir()
        Path("elsewhere").mkdir()
        Path("p/.pdfgen-batch.parts").symlink_to(here / "elsewhere")
        assert batch(path, "--out", "p").exit_code == ExitCode.WRITE
        assert list(Path("elsewhere").iterdir()) == []

    def test_a_file_in_place_of_the_folder(self, here: Path) -> None:
        Path("o").write_text("mine")
        done = batch(roster(here / "r.csv", patients(1)), "--out", "o")
        assert done.exit_code == ExitCode.WRITE
        assert Path("o").read_text() == "mine"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_cannot_be_written_to(self, here: Path) -> None:
        Path("o").mkdir(mode=0o500)
        assert batch(roster(here / "r.csv", patients(1)), "--out", "o").exit_code == ExitCode.WRITE

    def test_two_runs_at_once(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(1))
        code = (
            "import sys\nfrom pathlib import Path\nfrom pdfgen.delivery.batch_folder import BatchFolder\n"
            "with BatchFolder(Path('o')): print('ready', flush=True); sys.stdin.read()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            other.stdout.readline()
            done = batch(path, "--out", "o")
            assert done.exit_code == ExitCode.WRITE
            assert "another batch is at work in this folder" in done.stderr
            other.communicate("")
        assert batch(path, "--out", "o").exit_code == 0
        assert_true(here / "o")

    def test_a_hostile_manifest(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(2))
        batch(path, "--out", "o")
        whole = manifest(here / "o")
        Path("victim.pdf").write_bytes(b"%PDF-victim")
        whole["programs"][0]["file"] = "../victim.pdf"
        whole["programs"][0]["sha256"] = hashlib.sha256(b"%PDF-victim").hexdigest()
        whole["programs"][1]["row"] = [1]
        Path("o/manifest.json").write_text(json.dumps(whole))
        done = batch(path, "--out", "o", "--resume")
        assert done.exit_code == 0
        assert "kept" not in done.stderr
        assert Path("victim.pdf").read_bytes() == b"%PDF-victim"
        for text in ("", "[" * 100_000, "[]", "\x00", '{"programs": 3}'):
            Path("o/manifest.json").write_text(text)
            assert batch(path, "--out", "o", "--resume").exit_code == 0
        assert_true(here / "o")


class TestEncryption:
    PASSWORDS = "row,password\n2,appel-peer-noot\n3,Zomer 2026 étage\n"

    def test_each_file_opens_with_its_own_password(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(3))
        Path("p.csv").write_text(self.PASSWORDS, encoding="utf-8")
        done = batch(path, "--out", "o", "--encrypt", "p.csv")
        assert done.exit_code == ExitCode.PARTIAL
        assert "row 4: has no password" in done.stderr
        assert_true(here / "o")
        first, second = sorted(Path("o").glob("*.pdf"))
        for file, right, wrong in (
            (first, "appel-peer-noot", "Zomer 2026 étage"),
            (second, "Zomer 2026 étage", ""),
        ):
            with pikepdf.open(file, password=right) as pdf:
                assert pdf.encryption.R == 6
                assert pdf.encryption.bits == 256
                assert pdf.allow.accessibility
                assert "/StructTreeRoot" in pdf.Root
            with pytest.raises(pikepdf.PasswordError):
                pikepdf.open(file, password=wrong)
        everything = done.output.encode() + b"".join(file.read_bytes() for file in Path("o").iterdir())
        assert b"appel" not in everything

    def test_a_changed_password_makes_the_file_again(self, here: Path) -> None:
        path = roster(here / "r.csv", patients(2))
        Path("p.csv").write_text(self.PASSWORDS, encoding="utf-8")
        batch(path, "--out", "o", "--encrypt", "p.csv")
        before = digests(here / "o")
        Path("p.csv").write_text(self.PASSWORDS.replace("appel", "peren"), encoding="utf-8")
        done = batch(path, "--out", "o", "--encrypt", "p.csv", "--resume")
        assert "1 of them kept" in done.stderr
        assert len(before.items() & digests(here / "o").items()) == 1
        assert "kept" not in batch(path, "--out", "o", "--resume").stderr

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "the first line must be"),
            ("a,b\n", "the first line must be"),
            ("row,password\n2,kort\n", "shorter than 8"),
            ("row,password\n2,langgenoeg\n2,langgenoeg2\n", "row 2 has a password already"),
            ("row,password\nx,langgenoeg\n", "number of a row"),
            ("row,password\n2\n", "must hold a row number and a password"),
            (f"row,password\n2,{'é' * 80}\n", "longer than 127"),
        ],
    )
    def test_passwords_that_cannot_be_used(self, here: Path, text: str, said: str) -> None:
        Path("p.csv").write_text(text, encoding="utf-8")
        done = batch(roster(here / "r.csv", patients(1)), "--out", "o", "--encrypt", "p.csv")
        assert done.exit_code == ExitCode.INPUT
        assert said in done.stderr
        assert "genoeg" not in done.stderr
        assert not Path("o").exists()


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    # Where letters are kerned far apart, pypdf takes the gap for a space.
    return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


def plain_bytes(path: Path) -> bytes:
    """Everything in a PDF, decompressed."""
    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
    return out.getvalue()


#: Of one length, so that none is part of another.
WORDS = st.text("bcdfghjklmnpqrstvwxz", min_size=9, max_size=9)


@examples(6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=8, max_size=8, unique=True))
def test_nothing_of_one_patient_is_in_the_file_of_another(here: Path, words: list[str]) -> None:
    """No string of a row is in another one's file: as text, as UTF-16 or as hexadecimal digits."""
    own = [words[:4], words[4:]]
    rows = [f"{label};starter;2;;{goal};{therapist};" for label, goal, therapist, _ in own]
    folder = here / words[0]
    assert (
        batch(roster(here / "r.csv", rows), "--out", folder, "--name", "{row}", layout="compact").exit_code
        == 0
    )
    for row, mine, others in ((2, *own), (3, *reversed(own))):
        path = folder / f"{row}.pdf"
        data, text = plain_bytes(path), text_of(path)
        assert mine[0] in text
        for word in others:
            assert word not in text
            for coded in (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-be").hex().encode()):
                assert coded not in data
                assert coded.upper() not in data
