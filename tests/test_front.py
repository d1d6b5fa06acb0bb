"""The public front: what other programs call."""

from __future__ import annotations

import builtins
import io
import os
import pydoc
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from programs import EXAMPLES

import pdfgen
from pdfgen.pdf.reader import read as read_back

ROOT = Path(__file__).parent.parent
VALUES: dict[str, Any] = {"program": "short-four", "patient": {"label": "A. de Wit"}, "start": "2026-03-02"}
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    b'<rect width="40" height="20" fill="#036"/></svg>'
)


def examples() -> list[str]:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    return re.findall(r"```python run\n(.*?)```", text, re.DOTALL)


def words(data: bytes) -> str:
    return " ".join(element.text for element in read_back(data).elements)


@pytest.mark.docs
@pytest.mark.parametrize("number", range(len(examples())))
def test_the_examples_of_the_documentation_run(number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", examples()[number]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_there_are_examples_of_everything() -> None:
    text = "".join(examples())
    for name in ("read", "check", "plan", "make", "read_roster", "make_batch", "Shared"):
        assert f"pdfgen.{name}(" in text, name


def test_help_shows_every_function() -> None:
    text = pydoc.plain(pydoc.render_doc(pdfgen))
    for name in set(pdfgen.__all__) - {"__version__"}:
        assert name in text, name
    assert "prescription: the patient's file" in text


def test_the_package_alone_imports_nothing() -> None:
    code = "import sys, pdfgen; print(sorted(name for name in sys.modules if name.startswith('pdfgen')))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "['pdfgen', 'pdfgen.version']\n"


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no_such"):
        pdfgen.no_such  # noqa: B018


class TestRead:
    def test_values_and_the_file_that_holds_them_give_the_same_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "patient.yaml"
        path.write_text(
            "program: short-four\npatient: {label: A. de Wit}\nstart: 2026-03-02\n", encoding="utf-8"
        )
        made = [pdfgen.make(pdfgen.read(one)).files[0].data for one in (VALUES, path.read_bytes(), path)]
        assert made[0] == made[1] == made[2]

    def test_dates_may_be_dates(self) -> None:
        import datetime as dt

        one = pdfgen.read({**VALUES, "start": dt.date(2026, 3, 2)})
        assert one.document_id == pdfgen.read(VALUES).document_id

    def test_everything_can_be_passed(self) -> None:
        layout = (ROOT / "layouts" / "standard.yaml").read_bytes()
        library = {"exercises": {"bridge": {"video": "https://clinic.example/bridge"}}}
        program = pdfgen.read(
            VALUES, clinic={"name": "Praktijk", "phone": "085 000 0000"}, logo=LOGO, layout=layout,
            libraries=[library], language="en", paper="letter",
        )  # fmt: skip
        data = pdfgen.make(program).files[0].data
        found = read_back(data)
        assert "clinic.example/bridge" in " ".join(element.text for element in found.elements)
        assert (found.language, found.pages[0].width) == ("en", 612.0)

    def test_problems_of_all_that_was_passed_come_at_once(self) -> None:
        with pytest.raises(pdfgen.PdfgenError) as caught:
            pdfgen.read({"program": "no-such", "weeks": 99}, clinic={"phone": 3, "colour": "red"})
        files = {problem.file for problem in caught.value.problems}
        assert files == {"prescription", "clinic"}

    def test_bytes_that_are_not_yaml_are_problems(self) -> None:
        with pytest.raises(pdfgen.PdfgenError) as caught:
            pdfgen.read(VALUES, clinic=b"name: [", libraries=[b"\0"])
        assert {problem.file for problem in caught.value.problems} == {"clinic", "library 1"}


class TestNothingIsOpened:
    """Passed values lead to no file, whatever they say and wherever the process stands."""

    @pytest.fixture
    def opened(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        for name in ("clinic.yaml", "mine.yaml", "logo.svg"):
            (tmp_path / name).write_text("name: Secret\n")
        (tmp_path / "figures").mkdir()
        (tmp_path / "figures" / "bridge-a.svg").write_bytes(LOGO)
        monkeypatch.chdir(tmp_path)
        pdfgen.make(pdfgen.read(VALUES))
        names: list[str] = []
        true_open, true_listdir = io.open, os.listdir

        def watched(file: Any, *arguments: Any, **named: Any) -> Any:
            if not isinstance(file, int) and tmp_path in Path(os.path.abspath(file)).parents:  # noqa: PTH100
                names.append(str(file))
            return true_open(file, *arguments, **named)

        def listed(path: Any = ".") -> list[str]:
            if Path(os.path.abspath(path)).is_relative_to(tmp_path):  # noqa: PTH100
                names.append(str(path))
            return true_listdir(path)

        monkeypatch.setattr(io, "open", watched)
        monkeypatch.setattr(builtins, "open", watched)
        monkeypatch.setattr(os, "listdir", listed)
        return names

    @pytest.mark.parametrize("name", ["clinic.yaml", "./clinic.yaml", "/etc/clinic.yaml", "../clinic.yaml"])
    @pytest.mark.parametrize("field", ["clinic", "layout", "library", "logo"])
    def test_names_lead_nowhere(self, opened: list[str], field: str, name: str) -> None:
        clinic = {"logo": name} if field == "logo" else None
        values = VALUES if clinic else {**VALUES, field: name}
        checked = pdfgen.check(values, clinic=clinic)
        assert [problem.field for problem in checked.problems] == [field]
        assert "was not passed" in checked.problems[0].message
        assert opened == []

    def test_drawings_beside_the_process_are_not_those_of_a_passed_library(self, opened: list[str]) -> None:
        made = pdfgen.make(
            pdfgen.read(VALUES, libraries=[{"exercises": {"bridge": {"video": "https://a.example/b"}}}])
        )
        assert made.files
        assert opened == []

    def test_rows_of_a_passed_roster_lead_nowhere(self, opened: list[str]) -> None:
        roster = pdfgen.read_roster(b"name;program;clinic\nA;short-four;clinic.yaml\n", name="r.csv")
        (row,) = pdfgen.make_batch(roster)
        assert [problem.field for problem in row.made.problems] == ["clinic"]
        assert opened == []

    def test_one_folder_can_be_allowed_and_nothing_outside_it(self) -> None:
        values = {**VALUES, "clinic": "clinic.yaml"}
        assert "De Molenbeek" in words(pdfgen.make(pdfgen.read(values, folder=EXAMPLES)).files[0].data)
        for name in ("../README.md", str(ROOT / "README.md"), "no-such.yaml"):
            checked = pdfgen.check({**VALUES, "clinic": name}, folder=EXAMPLES)
            assert [problem.field for problem in checked.problems] == ["clinic"], name


class TestMake:
    def test_the_bytes_are_those_of_the_command(self, tmp_path: Path) -> None:
        from click.testing import CliRunner

        from pdfgen.cli.app import program

        target = tmp_path / "x.pdf"
        done = CliRunner().invoke(program, ["generate", str(EXAMPLES / "patient.yaml"), "-o", str(target)])
        assert done.exit_code == 0
        assert pdfgen.make(pdfgen.read(EXAMPLES / "patient.yaml")).files[0].data == target.read_bytes()

    def test_copies_and_sheets_are_files_too(self) -> None:
        made = pdfgen.make(pdfgen.read({**VALUES, "id": "7K2M9QXA"}, layout="bilingual", twin="en"))
        assert [(file.kind, file.name) for file in made.files] == [
            ("program", "7K2M9QXA.pdf"), ("copy", "7K2M9QXA-en.pdf"),
        ]  # fmt: skip
        made = pdfgen.make(pdfgen.read(VALUES, layout="booklet"))
        assert [file.kind for file in made.files] == ["program", "sheets"]

    def test_what_does_not_fit_is_a_problem_and_not_an_exception(self, tmp_path: Path) -> None:
        cards = (ROOT / "layouts" / "cards.yaml").read_text(encoding="utf-8")
        (tmp_path / "small.yaml").write_text(cards.replace("up: 2", "up: 8"), encoding="utf-8")
        made = pdfgen.make(pdfgen.read({**VALUES, "program": "full-seven"}, layout=tmp_path / "small.yaml"))
        assert made.files == ()
        assert made.problems

    def test_cautions_are_warnings(self) -> None:
        made = pdfgen.make(pdfgen.read({**VALUES, "program": "full-seven", "situations": ["osteoporosis"]}))
        assert made.files
        assert any(warning.field.endswith("/osteoporosis") for warning in made.warnings)

    def test_what_is_shared_changes_nothing(self) -> None:
        shared = pdfgen.Shared()
        clinics = [{"name": "Een"}, {"name": "Twee"}, {"name": "Een"}]
        together = [pdfgen.make(pdfgen.read(VALUES, clinic=one, shared=shared)).files for one in clinics]
        apart = [pdfgen.make(pdfgen.read(VALUES, clinic=one)).files for one in clinics]
        assert together == apart


class TestBatch:
    def test_rows_come_in_order_with_progress_and_problems(self) -> None:
        roster = pdfgen.read_roster(
            b"name;program\nA;short-four\nB;no-such\nC;short-four\n", name="monday.csv"
        )
        rows = list(pdfgen.make_batch(roster, clinic={"name": "Praktijk"}))
        assert [(row.row, row.done, row.total) for row in rows] == [(2, 1, 3), (3, 2, 3), (4, 3, 3)]
        assert [len(row.made.files) for row in rows] == [1, 0, 1]
        assert [len(row.made.problems) for row in rows] == [0, 1, 0]
        single = pdfgen.make(
            pdfgen.read({"program": "short-four", "patient": {"label": "C"}}, clinic={"name": "Praktijk"})
        )
        assert rows[2].made.files[0].data == single.files[0].data

    def test_a_base_lies_under_each_row(self) -> None:
        roster = pdfgen.read_roster(b"name\nA\n")
        (row,) = pdfgen.make_batch(roster, base={"program": "short-four", "language": "en"})
        assert read_back(row.made.files[0].data).language == "en"

    def test_what_all_rows_share_is_refused_at_once(self) -> None:
        roster = pdfgen.read_roster(b"name;program\nA;short-four\n")
        with pytest.raises(pdfgen.PdfgenError):
            next(pdfgen.make_batch(roster, layout="no-such"))

    def test_a_roster_that_cannot_be_read_is_refused(self) -> None:
        with pytest.raises(pdfgen.PdfgenError):
            pdfgen.read_roster(b"", name="empty.csv")


def test_it_works_where_there_are_no_processes_and_no_pictures() -> None:
    """As in a browser: no multiprocessing, and of Pillow nothing but the name."""
    code = """
import sys, types
for name in ("multiprocessing", "_multiprocessing", "concurrent.futures.process", "subprocess"):
    sys.modules[name] = None
pillow, image = types.ModuleType("PIL"), types.ModuleType("PIL.Image")
pillow.Image = image
sys.modules.update({"PIL": pillow, "PIL.Image": image})
import pdfgen
made = pdfgen.make(pdfgen.read({"program": "short-four"}))
roster = pdfgen.read_roster(b"name;program\\nA;short-four\\n", name="r.csv")
print(len(made.files), [len(row.made.files) for row in pdfgen.make_batch(roster)])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr) == ("1 [1]\n", "")
