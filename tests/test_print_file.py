"""`--print-file`: every page of every program, in order, each on a sheet of its own, nothing twice."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import verapdf
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from programs import examples, make_program
from test_batch import assert_true, batch, manifest, patients, roster
from test_batch_ends import RUN

from benchmarks.rosters import same_plan
from pdfgen.cli.app import program
from pdfgen.content.loading import load_language
from pdfgen.delivery import batch_folder, writing
from pdfgen.delivery.booklet import Booklet
from pdfgen.delivery.imposition import impose
from pdfgen.delivery.manifest import Record
from pdfgen.delivery.print_file import Program, Separated, write_print_file
from pdfgen.errors import ExitCode, VerificationError, WriteError
from pdfgen.pdf.finished import UnreadableFileError
from pdfgen.pdf.print_file import PrintFile
from pdfgen.pdf.shared_file import write
from pdfgen.production.assets import load_family
from pdfgen.typesetting.separator import Separator, separators

PLANS = {
    "wall": {"layout": "wall-sheet", "patient": {"label": "A. Aalders"}},
    "wall-other-patient": {"layout": "wall-sheet", "patient": {"label": "B. Bakker"}, "id": "0000000B"},
    "wall-greek": {"layout": "wall-sheet", "patient": {"label": "Γιώργος Ж"}, "id": "0000000C"},
    "compact-letter": {"layout": "compact", "language": "en", "paper": "letter"},
    "tracker": {"layout": "tracker", "weeks": 3},
    "booklet": {"layout": "booklet", "weeks": 2},
}
NAMES = (*PLANS, "sheets")


@cache
def finished(name: str) -> bytes:
    """A finished file; "sheets" has no beginning that others could share."""
    if name == "sheets":
        return impose(finished("booklet"), Booklet()).data
    return make_program(PLANS[name]).pdf()


@cache
def pages(data: bytes) -> list[tuple[tuple[float, float], str, bytes]]:
    """Size, text and picture of each page."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage().get_text_bounded()
        size = round(page.get_width(), 1), round(page.get_height(), 1)
        found.append((size, text, bytes(page.render(scale=0.2, may_draw_forms=False).buffer)))
    return found


def stacked(folder: Path, names: Sequence[str]) -> list[Program]:
    """Programs in a folder, as a batch leaves them."""
    programs = []
    for number, name in enumerate(names, start=1):
        data = finished(name)
        (folder / f"{name}.pdf").write_bytes(data)
        record = Record(
            number, f"ID{number:06}", f"{name}.pdf", hashlib.sha256(data).hexdigest(), len(pages(data)), 0, ""
        )
        programs.append(Program(number, record, f"{number:04} · {record.id}", "nl"))
    return programs


def sheets(wanted: Sequence[Separated]) -> bytes:
    """Separator sheets."""
    language = load_language("en").value
    return write(
        separators(
            [
                Separator(
                    one.width, one.height, one.program.number, one.place, 9, one.program.record.id, "",
                    "Short", 6, one.program.record.pages, language,
                )
                for one in wanted
            ],
            load_family(),
        )
    )  # fmt: skip


def bookmarks(data: bytes) -> list[tuple[str, int]]:
    """Titles with the pages that they point at, from 0."""
    pdf = pypdfium2.PdfDocument(data)
    return [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]


def assert_stack(data: bytes, names: Sequence[str], *, duplex: bool, separated: bool) -> None:
    """All pages are there, each program begins on a front, blanks have the paper of the page before."""
    found = pages(data)
    starts, place = [], 0
    for number, name in enumerate(names, start=1):
        starts.append((f"{number:04} · ID{number:06}", place))
        expected = pages(finished(name))
        if separated:
            size, text, _ = found[place]
            assert size == expected[0][0]
            assert text.startswith(f"{number}\r\n")
            assert f"ID{number:06}" in text
            assert f"{number} of 9" in text
            place += 1
            if duplex:
                assert found[place][:2] == (size, "")
                place += 1
        assert not duplex or place % 2 == 0
        assert found[place : place + len(expected)] == expected
        place += len(expected)
        if duplex and place % 2:
            size, text, picture = found[place]
            assert (size, text, set(picture)) == (expected[-1][0], "", {255})
            place += 1
    assert place == len(found)
    assert bookmarks(data) == starts


@pytest.mark.slow
@examples(16, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=5),
    duplex=st.booleans(),
    separated=st.booleans(),
)
def test_any_programs_in_any_order(tmp_path: Path, names: list[str], duplex: bool, separated: bool) -> None:
    programs = stacked(tmp_path, names)
    path = tmp_path / "all.pdf"
    maker = sheets if separated else None
    printed = write_print_file(path, tmp_path, programs, duplex=duplex, separators=maker)
    data = path.read_bytes()
    assert_stack(data, names, duplex=duplex, separated=separated)
    assert (printed.programs, printed.pages, printed.size) == (len(names), len(pages(data)), len(data))
    write_print_file(path, tmp_path, programs, duplex=duplex, separators=maker)
    assert path.read_bytes() == data


@pytest.mark.benchmark
def test_a_program_more_costs_a_few_bytes(tmp_path: Path) -> None:
    programs = stacked(tmp_path, ["wall", "wall-other-patient"])
    write_print_file(tmp_path / "all.pdf", tmp_path, programs * 550, duplex=False)
    each = len(pages(finished("wall")))
    with pikepdf.open(tmp_path / "all.pdf") as pdf:
        assert len(pdf.pages) == 1100 * each
    assert (tmp_path / "all.pdf").stat().st_size < len(finished("wall")) + 1100 * each * 200


def test_equal_plans_share_nearly_everything(tmp_path: Path) -> None:
    one, two, other = (
        write_print_file(tmp_path / "all.pdf", tmp_path, stacked(tmp_path, names)).size
        for names in (["wall"], ["wall", "wall-other-patient"], ["wall", "compact-letter"])
    )
    assert two - one < 1_000
    assert other - one > 5 * (two - one)


@pytest.mark.slow
def test_conforms_and_holds_no_links_or_tags(tmp_path: Path) -> None:
    verapdf.require()
    path = tmp_path / "all.pdf"
    write_print_file(path, tmp_path, stacked(tmp_path, ["wall", "wall-greek", "sheets"]), separators=sheets)
    (verdict,) = verapdf.validate([path], ["2b"])
    assert verdict.passed, str(verdict)
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert "/StructTreeRoot" not in pdf.Root
        assert all("/Annots" not in page for page in pdf.pages)
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert str(pdf.docinfo.Title) == "Programs to print: 3"
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Length1" in item]
        assert len(fonts) == len({font.read_raw_bytes() for font in fonts})


@pytest.mark.parametrize("damage", ["gone", "changed", "cut", "locked", "none"])
def test_a_finished_file_that_is_not_what_it_was(tmp_path: Path, damage: str) -> None:
    programs = stacked(tmp_path, ["wall", "tracker"])
    file, data = tmp_path / "tracker.pdf", finished("tracker")
    path = tmp_path / "new/all.pdf"
    if damage == "gone":
        file.unlink()
    elif damage == "changed":
        file.write_bytes(data[:-3000] + bytes([data[-3000] ^ 1]) + data[-2999:])
    elif damage == "cut":
        file.write_bytes(data[:-50])
    elif damage == "locked":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(file, encryption=pikepdf.Encryption(owner="", user="secret"))
    else:
        file.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(VerificationError, match=r"tracker.pdf: was changed since it was made"):
        write_print_file(path, tmp_path, programs)
    assert not (tmp_path / "new").exists()


def test_a_full_disk_and_an_interruption_leave_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = stacked(tmp_path, ["wall", "tracker"])
    path = tmp_path / "all.pdf"
    write_print_file(path, tmp_path, programs)
    before = path.read_bytes()
    for error, expected in ((OSError(28, "full"), WriteError), (KeyboardInterrupt(), KeyboardInterrupt)):

        def fail(descriptor: int, error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr(writing.os, "fsync", fail)
        with pytest.raises(expected):
            write_print_file(path, tmp_path, programs[:1])
        assert path.read_bytes() == before
        assert list(tmp_path.glob(".pdfgen*")) == []


@settings(deadline=None)
@given(st.data())
def test_damaged_files_are_told(data: st.DataObject) -> None:
    """Whatever byte changes, a file is read or refused, and never anything else."""
    whole = bytearray(finished("wall"))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[-data.draw(st.integers(1, 4000))] = data.draw(st.integers(0, 255))
    file = PrintFile(made := io.BytesIO(), duplex=False)
    try:
        taken = file.take(bytes(whole))
    except UnreadableFileError:
        return
    file.add("Wall", taken)
    file.close("Wall", language="nl")
    assert len(pypdfium2.PdfDocument(made.getvalue())) == len(pages(finished("wall")))


# From here on the command.


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text_of(path: Path) -> list[str]:
    return [text for _, text, _ in pages(path.read_bytes())]


def test_the_command(here: Path) -> None:
    rows = ["A. Vries;starter;4;;;;", "B. Berg;niet;4;;;;", "C. Dijk;full-seven;6;;;;"]
    done = batch(
        roster(here / "r.csv", rows), "--out", "o/c", "--print-file", "o/c.pdf", "--separators", "--zip"
    )
    assert done.exit_code == ExitCode.PARTIAL
    assert done.stdout == "o/c\no/c.zip\no/c.pdf\n"
    assert "o/c.pdf: 2 programs, 14 pages on 7 sheets of paper, " in done.stderr
    assert_true(here / "o/c")
    first, third = manifest(here / "o/c")["programs"]
    data = Path("o/c.pdf").read_bytes()
    assert bookmarks(data) == [(f"0001 · {first['id']}", 0), (f"0003 · {third['id']}", 6)]
    texts = text_of(here / "o/c.pdf")
    assert texts[0].startswith("1\r\n")
    assert "1 van de 2" in texts[0]
    assert "Vries" in texts[2]
    assert texts[6].startswith("3\r\n")
    for place in (0, 1, 6, 7):
        assert "Vries" not in texts[place]
        assert "Dijk" not in texts[place]
    assert b"Vries" not in data
    again = batch("r.csv", "--out", "o/c", "--print-file", "o/d.pdf", "--separators", "--resume", workers=2)
    assert "2 of them kept" in again.stderr
    assert Path("o/d.pdf").read_bytes() == data


def test_names_only_when_asked(here: Path) -> None:
    path = roster(here / "r.csv", ["A. Vries;starter;4;;;;"])
    assert batch(path, "--out", "o", "--print-file", "p.pdf", "--separators", "--names").exit_code == 0
    assert bookmarks(Path("p.pdf").read_bytes()) == [("0001 · A. Vries", 0)]
    assert "A. Vries" in text_of(Path("p.pdf"))[0]


ORDER = """kamer;program;weeks;start;achternaam
K10;starter;10;2 maart 2026;Zwart
k9;starter;9;3 januari 2026;Élan
;starter;4;5 februari 2026;Appel
K9;starter;12;;van Dam
"""


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        ("kamer", "2413"),
        ("Kamer", "2413"),
        ("weeks", "3214"),
        ("start", "2314"),
        ("achternaam", "3241"),
        ("pages", "3124"),
        ("number", "1234"),
        ("therapist", "1234"),
    ],
)
def test_order(here: Path, column: str, rows: str) -> None:
    Path("m.yaml").write_text("kamer: ignore\n", encoding="utf-8")
    Path("r.csv").write_text(ORDER, encoding="utf-8")
    done = batch(
        "r.csv", "--out", "o", "--print-file", "p.pdf", "--print-order", column, "--mapping", "m.yaml"
    )
    assert done.exit_code == 0, done.stderr
    titles = [title for title, _ in bookmarks(Path("p.pdf").read_bytes())]
    assert "".join(title[3] for title in titles) == rows


def test_an_unknown_column_names_those_that_there_are(here: Path) -> None:
    path = roster(here / "r.csv", patients(1))
    done = batch(path, "--out", "o", "--print-file", "p.pdf", "--print-order", "therapits")
    assert done.exit_code == ExitCode.USAGE
    assert 'there is no column "therapits"; did you mean "therapist"? There are label, program' in done.stderr
    assert not Path("o").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--separators",), "--separators: goes with --print-file"),
        (("--no-duplex",), "--duplex: goes with --print-file"),
        (("--print-order", "weeks"), "--print-order: goes with --print-file"),
        (("--print-file", "o/all.pdf"), "--print-file: lies in the folder of the programs"),
        (("--print-file", "-"), "--print-file: cannot go to standard output"),
        (("--print-file", "p.pdf", "--encrypt", "w.csv"), "--print-file: one file for all patients cannot"),
    ],
)
def test_options_that_do_not_go_together(here: Path, words: tuple[str, ...], said: str) -> None:
    Path("w.csv").write_text("row,password\n2,correct-horse\n")
    done = batch(roster(here / "r.csv", patients(1)), "--out", "o", *words)
    assert done.exit_code == ExitCode.USAGE
    assert said in done.stderr
    assert not Path("o").exists()


def test_what_stands_there_already(here: Path) -> None:
    path = roster(here / "r.csv", patients(1))
    Path("p.pdf").write_text("notes")
    done = batch(path, "--out", "o", "--print-file", "p.pdf")
    assert done.exit_code == ExitCode.WRITE
    assert "another kind of file is here" in done.stderr
    assert Path("p.pdf").read_text() == "notes"
    assert not Path("o").exists()
    Path("p.pdf").write_bytes(b"%PDF-1.7 old")
    assert batch(path, "--out", "o", "--print-file", "p.pdf").exit_code == 0
    assert len(text_of(Path("p.pdf"))) == 4


def test_bad_rows_and_strict(here: Path) -> None:
    path = roster(here / "r.csv", [*patients(1), "B;niet;4;;;;"])
    assert batch(path, "--out", "o", "--print-file", "p.pdf", "--strict").exit_code == ExitCode.INPUT
    assert not Path("p.pdf").exists()
    done = batch(roster(path, ["B;niet;4;;;;"]), "--out", "o", "--print-file", "p.pdf")
    assert "no print file was written: there are no programs" in done.stderr
    assert not Path("p.pdf").exists()


def test_a_run_that_stops_early(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = roster(here / "r.csv", patients(3))
    assert batch(path, "--out", "o", "--print-file", "p.pdf").exit_code == 0
    before = Path("p.pdf").read_bytes()
    replace = os.replace

    def full(part: str, target: str) -> None:
        if Path(target).name.startswith("0002"):
            raise OSError(28, "full")
        replace(part, target)

    monkeypatch.setattr(batch_folder.os, "replace", full)
    done = batch(path, "--out", "o", "--print-file", "p.pdf")
    assert done.exit_code == ExitCode.WRITE
    assert "no print file was written; the one that is there is of an earlier run" in done.stderr
    assert Path("p.pdf").read_bytes() == before


def test_a_signal_while_it_is_written(here: Path) -> None:
    """The programs are finished and stay; of the print file nothing is left."""
    roster(here / "r.csv", patients(3))
    code = (
        "import os, signal\nfrom pdfgen.pdf import print_file\n"
        "add = print_file.PrintFile.add\n"
        "def slow(*a):\n    add(*a)\n    os.kill(os.getpid(), signal.SIGTERM)\n"
        f"print_file.PrintFile.add = slow\n{RUN}"
    )
    words = [
        "batch",
        "r.csv",
        "--out",
        "o",
        "--layout",
        "wall-sheet",
        "--print-file",
        "n/p.pdf",
        "--workers",
        "1",
    ]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == ExitCode.INTERRUPTED, done.stderr
    assert "no print file was written: interrupted; the programs are finished" in done.stderr
    assert not Path("n").exists()
    assert_true(here / "o")
    assert len(manifest(here / "o")["programs"]) == 3


# What it costs.


MEASURED = """
import json, sys, time
from pathlib import Path
from pdfgen.delivery.manifest import record_from
from pdfgen.delivery.print_file import Program, write_print_file
folder = Path(sys.argv[1])
records = [record_from(data) for data in json.loads((folder / "records.json").read_text())]
programs = [Program(number, record, record.id, "nl") for number, record in enumerate(records, start=1)]
start = time.process_time()
printed = write_print_file(folder / "all.pdf", folder, programs)
seconds = time.process_time() - start
# Not what getrusage says: that is also what the process was before it ran this.
lines = Path("/proc/self/status").read_text().splitlines() if Path("/proc/self/status").exists() else ()
peak = [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
print(seconds, *(peak or [0]), printed.pages)
"""


@pytest.mark.benchmark
def test_thousands_of_pages_of_one_plan(here: Path) -> None:
    """What patients share is written once, and neither the file nor memory grows much by a patient."""
    Path("r.csv").write_text(same_plan(150), encoding="utf-8")
    done = CliRunner().invoke(program, ["batch", "r.csv", "--out", "o", "--quiet", "--workers", "1"])
    assert done.exit_code == 0, done.output
    Path("o/records.json").write_text(json.dumps(manifest(here / "o")["programs"]))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "o"],
        capture_output=True, text=True, check=True, timeout=120, env=os.environ,
    )  # fmt: skip
    _, memory, count = done.stdout.split()
    megabytes = float(memory)
    pages, rest = divmod(int(float(count)), 150)
    assert rest == 0
    assert pages >= 15
    assert Path("o/all.pdf").stat().st_size < 1.25e6
    assert megabytes < 80
    with pikepdf.open("o/all.pdf") as pdf:
        for page in (0, 5, 9):
            first, last = pdf.pages[page], pdf.pages[149 * pages + page]
            assert first.Contents.objgen == last.Contents.objgen
            assert first.Resources.Font.objgen == last.Resources.Font.objgen
        names = {pdf.pages[pages * number].Resources.XObject.unparse() for number in range(150)}
        assert len(names) == 150


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    programs = stacked(tmp_path, ["wall", "wall-other-patient", "sheets"])
    write_print_file(tmp_path / "here.pdf", tmp_path, programs)
    records = [program.record.as_data() for program in programs]
    (tmp_path / "records.json").write_text(json.dumps(records))
    code = MEASURED.replace('record.id, "nl"', "f'{number:04} · {record.id}', 'nl'")
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True, timeout=60)
    assert (tmp_path / "all.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()


def test_what_is_folded_is_printed_as_sheets(here: Path) -> None:
    """The print file holds what goes on paper; the reading copy and the copy for the therapist stay out."""
    del here
    Path("r.csv").write_text("label;program;weeks;language\nJan;starter;4;nl\n", encoding="utf-8")
    done = batch("r.csv", "--out", "o", "--print-file", "all.pdf", "--no-duplex", layout="booklet")
    assert done.exit_code == 0, done.stderr
    with pikepdf.open("all.pdf") as printed, pikepdf.open(next(Path("o").glob("*-print.pdf"))) as sheets:
        assert len(printed.pages) == len(sheets.pages)
        assert printed.pages[0].MediaBox[2] == sheets.pages[0].MediaBox[2]
