"""PDFs from elsewhere: damaged ones are told, and none takes long or much memory."""

from __future__ import annotations

import io
import re
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from confined_work import answers, dies, hoards, refuses, sleeps, works
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from programs import Made

from pdfgen.cli.app import program
from pdfgen.delivery.verification import Expected, verify, verify_file
from pdfgen.errors import CostlyFileError, ExitCode, InputError, VerificationError
from pdfgen.pdf.logical_text import Element
from pdfgen.pdf.reader import read
from pdfgen.pdf.soundness import damaged_parts
from pdfgen.production import confined as confining
from pdfgen.production.confined import confined
from pdfgen.production.job import Job

EXAMPLE = Path(__file__).parent.parent / "examples" / "patient.yaml"
SHOWN = b"BT /F 12 Tf 1 0 0 1 50 400 Tm <0001> Tj ET"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, list(map(str, arguments)))


def saved(pdf: Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(
        file,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        fix_metadata_version=False,
    )
    return file.getvalue()


def packed(pdf: Pdf, data: bytes) -> Stream:
    stream = Stream(pdf, b"")
    stream.write(data, filter=Name.FlateDecode)
    return stream


def small(
    content: bytes = SHOWN, to_unicode: bytes = b"", widths: Callable[[Pdf], Array] | None = None
) -> Pdf:
    """Return a tagged file of one page, with a font of 2 bytes a code."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(400, 500))
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.X, DW=500)
    if widths:
        inner.W = widths(pdf)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, Encoding=Name("/Identity-H"))
    font.DescendantFonts = Array([pdf.make_indirect(inner)])
    font.ToUnicode = packed(pdf, zlib.compress(to_unicode))
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    page.Contents = packed(pdf, zlib.compress(content))
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
    return pdf


def bomb(size: int) -> bytes:
    """Return what unpacks to spaces."""
    packing = zlib.compressobj(9)
    return b"".join([packing.compress(b" " * (1 << 20)) for _ in range(size >> 20)]) + packing.flush()


def with_metadata(data: bytes) -> bytes:
    pdf = small()
    pdf.Root.Metadata = packed(pdf, data)
    return saved(pdf)


def with_content(data: bytes) -> bytes:
    pdf = small()
    pdf.pages[0].Contents = packed(pdf, data)
    return saved(pdf)


def nested(depth: int) -> bytes:
    """Return a file whose forms each draw the next one twice."""
    pdf = small(b"/G Do")
    form = Stream(pdf, SHOWN, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = pdf.pages[0].Resources
    for _ in range(depth):
        outer = Stream(pdf, b"/G Do /G Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        outer.Resources = Dictionary(
            Font=pdf.pages[0].Resources.Font, XObject=Dictionary(G=pdf.make_indirect(form))
        )
        form = outer
    pdf.pages[0].Resources.XObject = Dictionary(G=pdf.make_indirect(form))
    return saved(pdf)


COSTLY: dict[str, Callable[[], bytes]] = {
    "a range of widths for millions": lambda: saved(small(widths=lambda _: Array([7, 90_000_000, 1]))),
    "many ranges of widths": lambda: saved(small(widths=lambda _: Array([0, 65_535, 600] * 20_000))),
    "long lists of widths": lambda: saved(
        small(widths=lambda pdf: Array([0, pdf.make_indirect(Array([5] * 30_000))] * 2_000))
    ),
    "a map that begins and never ends": lambda: saved(small(to_unicode=b"beginbfchar <01> " * 300_000)),
    "a map of ranges": lambda: saved(small(to_unicode=b"beginbfrange <0> <FFFF> <41> endbfrange " * 90_000)),
    "a map of open brackets": lambda: saved(small(to_unicode=b"beginbfchar" + b"<01" * 500_000)),
    "metadata that unpack to a thousand times their size": lambda: with_metadata(bomb(1 << 27)),
    "a page that unpacks to a thousand times its size": lambda: with_content(bomb(1 << 27)),
    "forms that draw each other": lambda: nested(40),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", COSTLY)
def test_no_file_takes_long_or_much_memory(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(COSTLY[kind]())
    start = time.process_time()
    result = run("verify", file)
    assert result.exit_code == ExitCode.VERIFICATION
    assert result.stderr.startswith(f"{file}: ")
    assert "mistake" not in result.stderr
    assert time.process_time() - start < 5, "the work is not that of this process"


@pytest.mark.parametrize("function", [sleeps, dies])
def test_whatever_goes_on_or_ends_is_told(
    monkeypatch: pytest.MonkeyPatch, function: Callable[[bytes], None]
) -> None:
    monkeypatch.setattr(confining, "MOST_WAITING", 0.5)
    with pytest.raises(CostlyFileError, match="takes too long or too much memory"):
        confined(function, b"x")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="this system limits no memory")
@pytest.mark.parametrize("function", [works, hoards])
def test_the_system_ends_what_takes_too_much(
    monkeypatch: pytest.MonkeyPatch, function: Callable[[bytes], object]
) -> None:
    monkeypatch.setattr(confining, "MOST_SECONDS", 1)
    monkeypatch.setattr(confining, "MOST_MEMORY", 1 << 28)
    with pytest.raises(CostlyFileError):
        confined(function, b"x")


def test_a_file_is_held_against_its_source_in_that_process_too(
    monkeypatch: pytest.MonkeyPatch, good: bytes, tmp_path: Path
) -> None:
    """What is in the file decides how long that takes, so nothing of it is done here."""
    for name in ("read", "differences", "verify"):
        monkeypatch.delattr(f"pdfgen.delivery.verification.{name}")
    file = tmp_path / "x.pdf"
    file.write_bytes(good)
    same = run("verify", file, "--against", EXAMPLE, "--layout", "compact")
    assert (same.exit_code, same.stdout) == (ExitCode.OK, f"{file}: in order\n"), same.stderr
    other = run("verify", file, "--against", EXAMPLE, "--layout", "compact", "--set", "goal=Dansen", "-v")
    assert other.exit_code == ExitCode.VERIFICATION
    assert "Dansen" in other.stderr
    assert "text: differs from the source in" in other.stderr


def test_what_differs_is_told_in_lines_that_can_be_read() -> None:
    data = saved(small())
    expected = Expected("T", "nl", ((400, 500),), tuple(Element(1, "P", f"{n}" * 999) for n in range(3_000)))
    found = verify_file(data, (expected,))
    assert len(found.differences) == 1_000
    assert max(map(len, found.differences)) == 300
    assert any("differs from the source in 3" in str(one) for one in found.problems)


def test_an_answer_and_all_problems_come_back() -> None:
    assert confined(answers, b"abc", 4) == (3, 4)
    with pytest.raises(InputError) as caught:
        confined(refuses, b"")
    assert [(one.field, one.line) for one in caught.value.problems] == [("a", 0), ("", 2)]


def test_where_no_process_can_be_started_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(count: int) -> None:
        raise OSError("no")

    monkeypatch.setattr(confining, "ProcessPool", fails)
    assert confined(answers, b"abc", 4) == (3, 4)
    with pytest.raises(InputError):
        confined(refuses, b"")


@pytest.fixture(scope="module")
def good() -> bytes:
    """A short program, of which each page has what a long one has."""
    return Made.of(Job(EXAMPLE, layout="compact")).pdf()


def test_a_sound_file_is_sound(good: bytes) -> None:
    assert damaged_parts(good) == ()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit": lambda raw: raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 4]) + raw[len(raw) // 2 + 1 :],
    "its beginning": lambda raw: b"\0\0" + raw[2:],
    "its end": lambda raw: raw[:-1] + bytes([raw[-1] ^ 255]),
    "zeros, as after a power cut": lambda raw: raw[:30] + bytes(len(raw) - 30),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_stream_that_is_damaged_anywhere_is_told(good: bytes, tmp_path: Path, damage: str) -> None:
    pdf = pikepdf.open(io.BytesIO(good))
    raw = pdf.pages[2].Contents.read_raw_bytes()
    assert good.count(raw) == 1
    file = tmp_path / "x.pdf"
    file.write_bytes(good.replace(raw, DAMAGES[damage](raw)))
    result = run("verify", file)
    assert result.exit_code == ExitCode.VERIFICATION
    assert "page 3" in result.stderr or "damaged" in result.stderr
    imposed = run("impose", "booklet", file, "--paper", "a3")
    assert imposed.exit_code == ExitCode.INPUT
    assert imposed.stderr == f"{file}: page 3 is damaged and cannot be unpacked whole; make the file again\n"
    assert not (tmp_path / "x-booklet.pdf").exists()


def said_of(data: bytes) -> str:
    """Return all that verification says of a file."""
    try:
        return "\n".join(map(str, verify(read(data))))
    except VerificationError as error:
        return str(error)


def test_any_stream_counts_not_pages_alone(good: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(good))
    streams = [one for one in pdf.objects if isinstance(one, Stream)]
    raws = [one.read_raw_bytes() for one in streams if one.get("/Filter") == Name.FlateDecode]
    tried = [raw for raw in raws if len(raw) > 40 and good.count(raw) == 1]
    assert len(tried) > 10
    for raw in tried:
        assert damaged_parts(good.replace(raw, DAMAGES["its end"](raw)))
    assert "damaged" in said_of(good.replace(tried[0], DAMAGES["its end"](tried[0])))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"q 1 0 0 1 0 0 cm", "something that is begun has no end"),
        (b"/P <</MCID 0>> BDC 0 0 9 9 re f", "something that is begun has no end"),
        (b"Q", "'Q' stands where it cannot"),
        (b"q EMC Q", "'EMC' stands where it cannot"),
        (b"0 0 9 rx f", "'rx' is no operator"),
        (b"1 0 0 cm", "'cm' stands where it cannot"),
        (b"/Nothing Do", "'Do' stands where it cannot"),
        (b"Q Q 1 2 xy", "'Q' stands where it cannot and 2 more faults"),
    ],
)
def test_operators_that_damage_leaves_behind(content: bytes, said: str) -> None:
    pdf = small(content)
    found = read(saved(pdf))
    page = found.pages[0].faults
    assert said.startswith(page[0])
    assert len(page) == (3 if "more" in said else 1)


@pytest.mark.parametrize("key", ["/Metadata", "/ViewerPreferences", "/MarkInfo"])
def test_a_reference_to_nothing_is_as_good_as_none(key: str) -> None:
    pdf = small()
    pdf.Root[key] = pdf.make_indirect(Dictionary(Marked=True, DisplayDocTitle=True))
    data, count = re.subn(rb"(%s) \d 0 R " % key.encode(), rb"\1 77 0 R", saved(pdf))
    assert count == 1
    found = read(data)
    assert (found.marked, found.shows_title, found.pdfa) == (False, False, "")


@pytest.mark.parametrize("part", [b"/Kids", b"/Count", b"/MediaBox", b"/Font", b"/Pages", b"/StructTreeRoot"])
def test_a_part_that_is_missing_is_told_in_words(part: bytes) -> None:
    said = said_of(saved(small()).replace(part, b"/" + b"x" * (len(part) - 1)))
    assert said
    for word in ("NoneType", "object has no", "Error", "'/"):
        assert word not in said
