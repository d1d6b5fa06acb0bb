"""Imposition: folded and cut in thought, sheets give pages in reading order, fronts with their backs."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import verapdf
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import Made
from reportlab.pdfgen.canvas import Canvas

from pdfgen.cli.app import program
from pdfgen.delivery.booklet import Booklet, booklet_order
from pdfgen.delivery.cards import CARDS_UP, Cards
from pdfgen.delivery.imposition import Imposed, impose
from pdfgen.delivery.sheet_paper import PAPERS
from pdfgen.errors import ExitCode, FitError, InputError
from pdfgen.pdf.sheets import Placement, SheetSide, SourceFile, write_sheets
from pdfgen.production.job import Job

EXAMPLES = Path(__file__).parent.parent / "examples"
MM = 72 / 25.4
SIZES = {"a4": (210.0, 297.0), "a5": (148.0, 210.0), "a6": (105.0, 148.0), "a7": (74.0, 105.0)}


@cache
def stock(count: int, size: str = "a5", margin: float = 12.0, *, landscape: bool = False) -> bytes:
    """Pages with a frame at `margin` millimetres and their number: "page 3"."""
    width, height = (side * MM for side in SIZES[size])
    if landscape:
        width, height = height, width
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    edge = margin * MM
    for number in range(1, count + 1):
        canvas.drawString(edge + 3, height - edge - 12, f"page {number}")
        canvas.rect(edge, edge, width - 2 * edge, height - 2 * edge)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@cache
def program_bytes(example: str = "patient") -> bytes:
    """A finished program; its pages are A4."""
    return Made.of(Job(EXAMPLES / f"{example}.yaml")).pdf()


def texts(data: bytes, box: Callable[[float, float], Sequence[float]] | None = None) -> list[str]:
    """The text of each page, or of a part of it: left, bottom, right, top in points for its size."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        found = []
        for page in pdf:
            words = page.get_textpage()
            part = box(*page.get_size()) if box else None
            text = words.get_text_bounded(*part) if part else words.get_text_bounded()
            found.append(" ".join(text.split()))
        return found
    finally:
        pdf.close()


def left_half(width: float, height: float) -> Sequence[float]:
    return 0, 0, width / 2, height


def right_half(width: float, height: float) -> Sequence[float]:
    return width / 2, 0, width, height


def read_folded(order: Sequence[tuple[tuple[int | None, int | None], ...]]) -> list[int | None]:
    """Put the sheets into each other, fold them, and turn the leaves over one by one.

    Seen from the front of the outermost sheet, a sheet has a left and a right leaf. Turned over on the short
    edge, what lies behind the right leaf is at the left of the back.
    """
    right = [(front[1], back[0]) for front, back in order]
    left = [(back[1], front[0]) for front, back in order]
    # Right leaves follow each other inwards, then left leaves outwards.
    return [page for leaf in [*right, *reversed(left)] for page in leaf]


class TestOrder:
    @pytest.mark.parametrize("pages", range(1, 65))
    def test_folded_sheets_are_read_in_order(self, pages: int) -> None:
        leaves = read_folded(booklet_order(pages))
        assert len(leaves) == -(-pages // 4) * 4
        assert [page for page in leaves if page is not None] == list(range(pages))
        white = [place for place, page in enumerate(leaves) if page is None]
        assert len(white) < 4
        if pages > 1:
            assert leaves[-1] == pages - 1, "the last page is the back cover"
            assert all(b == a + 1 for a, b in pairwise(white)), "white pages stand together, before it"
            assert not white or white[-1] == len(leaves) - 2
        assert leaves[0] == 0

    def test_eight_pages_are_imposed_as_every_print_shop_does(self) -> None:
        assert booklet_order(8) == (((7, 0), (1, 6)), ((5, 2), (3, 4)))


class TestBooklet:
    @given(pages=st.integers(1, 13), creep=st.sampled_from([0.0, 0.1, 0.5]))
    @settings(max_examples=25, deadline=None)
    def test_each_half_shows_its_page(self, pages: int, creep: float) -> None:
        imposed = impose(stock(pages), Booklet(creep=creep))
        assert (imposed.paper, imposed.sheets) == ("a4", -(-pages // 4))
        lefts, rights = texts(imposed.data, left_half), texts(imposed.data, right_half)
        sides = [side for sheet in booklet_order(pages) for side in sheet]
        expected = [tuple("" if page is None else f"page {page + 1}" for page in side) for side in sides]
        assert list(zip(lefts, rights, strict=True)) == expected

    def test_a_program_keeps_its_text_half_by_half(self) -> None:
        # Whether a gap is a space is a guess of pdfium's, which depends on where the page lies.
        pages = ["".join(text.split()) for text in texts(program_bytes())]
        imposed = impose(program_bytes(), Booklet())
        assert imposed.paper == "a3"
        lefts, rights = texts(imposed.data, left_half), texts(imposed.data, right_half)
        for number, (left, right) in enumerate(s for sheet in booklet_order(len(pages)) for s in sheet):
            assert "".join(lefts[number].split()) == ("" if left is None else pages[left])
            assert "".join(rights[number].split()) == ("" if right is None else pages[right])

    def test_pages_meet_at_the_fold_and_creep_towards_it(self) -> None:
        creep = 1.0
        pdf = pypdfium2.PdfDocument(impose(stock(12), Booklet(creep=creep)).data)
        for number, page in enumerate(pdf):
            width, height = page.get_size()
            assert (width, height) == (pytest.approx(297 * MM, abs=0.01), pytest.approx(210 * MM, abs=0.01))
            shift = creep * (number // 2)
            for form, sign in zip(forms(page), (-1, 1), strict=True):
                left, bottom, right, top = (value / MM for value in form.get_bounds())
                inner = 297 / 2 + sign * (12 - shift)
                outer = 297 / 2 + sign * (148 - 12 - shift)
                low, high = sorted((inner, outer))
                assert (left, right) == (pytest.approx(low, abs=0.4), pytest.approx(high, abs=0.4))
                assert (bottom, top) == (pytest.approx(12, abs=0.4), pytest.approx(198, abs=0.4))
        pdf.close()

    def test_nothing_is_moved_over_the_fold(self) -> None:
        data = stock(16, "a5", 1.0)
        assert impose(data, Booklet(creep=0.3)).sheets == 4
        with pytest.raises(FitError, match=r"over the fold; give at most 0\.33$") as refused:
            impose(data, Booklet(creep=0.5))
        assert "0.5 mm a sheet moves pages 7, 8, 9, 10 over" in str(refused.value)
        assert impose(data, Booklet(creep=0.33)).sheets == 4

    def test_marks_stand_on_the_fold_and_covers_stay_clean(self) -> None:
        plain, marked = (codes(impose(stock(8), Booklet(stitch_marks=marks)).data) for marks in (False, True))
        fold = f"{297 / 2 * MM:.4f}".rstrip("0")
        assert [code.count("[3 2] 0 d") for code in plain] == [0, 2, 0, 2]
        assert [marked[side].count(" l S") - plain[side].count(" l S") for side in range(4)] == [2, 0, 0, 0]
        for code in marked:
            for line in code.splitlines():
                if line.endswith("l S Q"):
                    words = line.split()
                    assert words[words.index("m") - 2] == words[words.index("l") - 2] == fold

    @pytest.mark.parametrize(("size", "paper"), [("a6", "a5"), ("a5", "a4"), ("a4", "a3")])
    def test_the_smallest_paper_is_taken(self, size: str, paper: str) -> None:
        assert impose(stock(4, size), Booklet()).paper == paper

    def test_smaller_pages_get_marks_for_trimming(self) -> None:
        code = codes(impose(stock(4, "a6"), Booklet(paper="a4")).data)[0]
        assert code.count(" l S") == 8

    def test_pages_that_are_too_large_are_refused(self) -> None:
        with pytest.raises(FitError, match="210 × 297 mm; two do not fit on a4; half of a4 is 148 × 210 mm"):
            impose(stock(4, "a4"), Booklet(paper="a4"))
        with pytest.raises(FitError, match="two do not fit on any paper"):
            impose(stock(4, "a4", landscape=True), Booklet())

    def test_pages_of_several_sizes_are_refused(self) -> None:
        with pikepdf.open(io.BytesIO(stock(3))) as pdf:
            pdf.pages[1].MediaBox = [0, 0, 300, 300]
            pdf.save(buffer := io.BytesIO())
        with pytest.raises(InputError, match="page 2 is 106 × 106 mm and page 1 is 148 × 210 mm"):
            impose(buffer.getvalue(), Booklet())

    def test_turned_and_cropped_pages_are_taken_as_they_are_shown(self) -> None:
        with pikepdf.open(io.BytesIO(stock(4, landscape=True))) as pdf:
            for number, page in enumerate(pdf.pages):
                page.Rotate = 90 if number % 2 else 270
                left, bottom, right, top = (float(value) for value in page.MediaBox)
                page.MediaBox = [left - 30, bottom - 20, right + 10, top + 40]
                page.CropBox = [left, bottom, right, top]
            pdf.save(buffer := io.BytesIO())
        imposed = impose(buffer.getvalue(), Booklet())
        assert imposed.paper == "a4"
        shown = pictures(buffer.getvalue())
        for side, (left, right) in zip(
            pictures(imposed.data), (s for sheet in booklet_order(4) for s in sheet), strict=True
        ):
            assert left is not None
            assert right is not None
            half = side.width // 2
            for page, x in ((left, half - shown[left].width), (right, half)):
                part = side.crop((x, 0, x + shown[page].width, shown[page].height)).convert("1")
                wanted = shown[page].convert("1")
                same = sum(a == b for a, b in zip(part.tobytes(), wanted.tobytes(), strict=True))
                assert same / len(wanted.tobytes()) > 0.97


class TestCards:
    @pytest.mark.parametrize(
        ("size", "up", "landscape"),
        [("a6", 4, False), ("a7", 8, False), ("a7", 8, True), ("a5", 2, True), ("a5", 2, False)],
    )
    @pytest.mark.parametrize("pages", [1, 2, 7, 18])
    def test_backs_meet_their_fronts(self, size: str, up: int, landscape: bool, pages: int) -> None:
        imposed = impose(stock(pages, size, 5.0, landscape=landscape), Cards())
        cards = -(-pages // 2)
        assert imposed.sheets == -(-cards // up)
        sides = placed(imposed.data)
        assert len(sides) == 2 * imposed.sheets
        seen = []
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            for number, (x, y, width, height, up_x, up_y) in front.items():
                seen.append(number)
                assert number % 2 == 1
                # Inside the paper.
                assert -0.5 <= x <= 210 - width + 0.5
                assert -0.5 <= y <= 297 - height + 0.5
                if number + 1 > pages:
                    continue
                behind = back[number + 1]
                seen.append(number + 1)
                # Turned over on the long edge of upright paper, left and right change places.
                assert behind[:4] == pytest.approx((210 - x - width, y, width, height), abs=0.1)
                assert behind[4:] == pytest.approx((-up_x, up_y), abs=1e-6)
        assert sorted(seen) == list(range(1, pages + 1))

    @pytest.mark.parametrize("up", CARDS_UP)
    def test_cards_do_not_overlap(self, up: int) -> None:
        size = {2: "a5", 4: "a6", 8: "a7", 16: "a7"}[up]
        how = Cards(up=up, paper="a3" if up == 16 else "a4", one_sided=True)
        imposed = impose(stock(up, size, 5.0), how)
        assert imposed.sheets == 1
        (side,) = placed(imposed.data)
        boxes = [(x, y, x + width, y + height) for x, y, width, height, *_ in side.values()]
        assert len(boxes) == up
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                apart = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
                assert apart or one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1

    def test_every_cut_has_a_line_in_front_and_marks_at_both_ends(self) -> None:
        front, back, *_ = codes(impose(stock(16, "a6", 5.0), Cards(up=4)).data)

        def cuts(code: str) -> tuple[list[list[float]], list[list[float]]]:
            """The lines down and across, each from one end to the other."""
            lines = [line.split() for line in code.splitlines() if line.endswith("l S Q")]
            ends = [
                [
                    float(words[words.index(letter) - offset]) / MM
                    for letter in ("m", "l")
                    for offset in (2, 1)
                ]
                for words in lines
            ]
            down = [sorted((end[1], end[3])) for end in ends if end[0] == end[2] == pytest.approx(105)]
            across = [sorted((end[0], end[2])) for end in ends if end[1] == end[3] == pytest.approx(148.5)]
            assert len(down) + len(across) == len(ends)
            return sorted(down), sorted(across)

        for code in (front, back):
            down, across = cuts(code)
            assert (down[0][0], down[-1][1]) == pytest.approx((4, 293), abs=0.01)
            assert (across[0][0], across[-1][1]) == pytest.approx((4, 206), abs=0.01)
        whole = [pytest.approx([4, 293], abs=0.01), pytest.approx([4, 206], abs=0.01)]
        assert [line in part for line, part in zip(whole, cuts(front), strict=True)] == [True, True]
        assert [line in part for line, part in zip(whole, cuts(back), strict=True)] == [False, False]

    def test_too_many_are_refused(self) -> None:
        with pytest.raises(FitError, match="8 do not fit on a4; choose fewer with --up"):
            impose(stock(8, "a6"), Cards(up=8))


class TestPlacing:
    def test_a_page_can_be_turned(self) -> None:
        source = SourceFile(stock(1, "a7"))
        for rotation in (0, 90, 180, 270):
            place = Placement(0, 100.0, 200.0, rotation)  # type: ignore[arg-type]
            data = write_sheets(source, [SheetSide(500.0, 600.0, (place,))], None)
            pdf = pypdfium2.PdfDocument(data)
            (form,) = forms(pdf[0])
            bounds, (width, height) = form.get_bounds(), SIZES["a7"][:: -1 if rotation in (90, 270) else 1]
            edges = (100 / MM + 12, 400 / MM - height + 12, 100 / MM + width - 12, 400 / MM - 12)
            assert [side / MM for side in bounds] == pytest.approx(edges, abs=0.4)
            pdf.close()

    def test_a_page_used_twice_is_written_once(self) -> None:
        source = SourceFile(stock(1))
        places = tuple(Placement(0, x, 0.0) for x in (0.0, 420.0))
        data = write_sheets(source, [SheetSide(842.0, 596.0, places)] * 2, "long")
        with pikepdf.open(io.BytesIO(data)) as pdf:
            kinds = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and "/BBox" in obj]
            assert len(kinds) == 1
        assert texts(data) == ["page 1 page 1"] * 2


@pytest.fixture(scope="module")
def sheets() -> dict[str, bytes]:
    data = program_bytes()
    return {
        "booklet": impose(data, Booklet(creep=0.1, stitch_marks=True)).data,
        "cards": impose(data, Cards(paper="a3")).data,
        "letter": impose(Made.of(Job(EXAMPLES / "patient-en.yaml", paper="letter")).pdf(), Booklet()).data,
    }


class TestFile:
    @pytest.mark.slow
    def test_conforms_to_pdf_a_and_is_sound(self, sheets: dict[str, bytes], tmp_path: Path) -> None:
        paths = []
        for name, data in sheets.items():
            path = tmp_path / f"{name}.pdf"
            path.write_bytes(data)
            paths.append(path)
            with pikepdf.open(path) as pdf:
                assert pdf.check_pdf_syntax() == []
        verapdf.require()
        for verdict in verapdf.validate(paths, ["2b"]):
            assert verdict.passed, str(verdict)
            assert verdict.checks > 1_000

    def test_says_what_the_source_says_and_claims_no_tags(self, sheets: dict[str, bytes]) -> None:
        with (
            pikepdf.open(io.BytesIO(program_bytes())) as source,
            pikepdf.open(io.BytesIO(sheets["booklet"])) as made,
        ):
            assert dict(made.docinfo) == dict(source.docinfo)
            assert made.Root.Lang == source.Root.Lang
            for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines"):
                assert key not in made.Root
            with source.open_metadata() as before, made.open_metadata() as after:
                for key in ("dc:title", "dc:identifier", "dc:language", "pdfaid:part", "pdf:Producer"):
                    assert after[key] == before[key]
                    assert after[key]
                assert (before["pdfaid:conformance"], after["pdfaid:conformance"]) == ("A", "B")
                assert "pdfuaid:part" not in after
            assert made.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
            assert made.Root.ViewerPreferences.PrintScaling == "/None"

    def test_fonts_and_drawings_are_written_once(self, sheets: dict[str, bytes]) -> None:
        with (
            pikepdf.open(io.BytesIO(program_bytes())) as source,
            pikepdf.open(io.BytesIO(sheets["booklet"])) as made,
        ):
            pages = len(source.pages)
            for key, value in (("/Type", "/FontDescriptor"), ("/Subtype", "/Image")):
                assert count(made, key, value) == count(source, key, value)
            assert count(made, "/Subtype", "/Form") == count(source, "/Subtype", "/Form") + pages
        assert len(sheets["booklet"]) < len(program_bytes())

    def test_same_input_same_bytes(self, sheets: dict[str, bytes]) -> None:
        assert impose(program_bytes(), Booklet(creep=0.1, stitch_marks=True)).data == sheets["booklet"]
        assert impose(program_bytes(), Cards(paper="a3")).data == sheets["cards"]

    @pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.99])
    def test_damaged_files_are_refused(self, part: float) -> None:
        data = program_bytes()
        with pytest.raises(InputError, match="damaged or is not a PDF"):
            impose(data[: int(len(data) * part)], Booklet())

    def test_encrypted_files_are_refused(self) -> None:
        with pikepdf.open(io.BytesIO(stock(4))) as pdf:
            pdf.save(buffer := io.BytesIO(), encryption=pikepdf.Encryption(owner="o", user="u"))
        with pytest.raises(InputError, match="encrypted; take the copy that is not"):
            impose(buffer.getvalue(), Booklet())

    def test_files_without_pages_are_refused(self) -> None:
        pikepdf.new().save(buffer := io.BytesIO())
        with pytest.raises(InputError, match="no pages"):
            impose(buffer.getvalue(), Cards())

    def test_a_missing_object_is_no_white_page(self) -> None:
        with pikepdf.open(io.BytesIO(stock(4))) as pdf:
            pdf.pages[1].Resources.Font["/F1"] = pdf.make_indirect(pikepdf.Dictionary(A=1))
            pdf.save(buffer := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
        data = buffer.getvalue().replace(b"/A 1", b"/B 1")
        assert impose(data, Booklet()).sheets == 1
        gone = data.replace(b"/F1 ", b"/F1 9", 1)
        with pytest.raises(InputError, match="damaged"):
            impose(gone, Booklet())

    def test_hidden_layers_stay_hidden(self) -> None:
        with pikepdf.open(io.BytesIO(stock(4))) as pdf:
            layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Notes"))
            pdf.Root.OCProperties = pikepdf.Dictionary(
                OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
            )
            page = pdf.pages[0]
            page.Resources.Properties = pikepdf.Dictionary(L=layer)
            page.contents_add(b"/OC /L BDC 0 0 300 300 re f EMC")
            pdf.save(buffer := io.BytesIO())
        assert pictures(impose(buffer.getvalue(), Booklet()).data)[0].tobytes() == (
            pictures(impose(stock(4), Booklet()).data)[0].tobytes()
        )


def run(*arguments: str | Path, **options: object) -> Result:
    return CliRunner().invoke(program, ["impose", *map(str, arguments)], **options)  # type: ignore[arg-type]


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "anna.pdf"
        path.write_bytes(stock(6))
        return path

    def test_writes_beside_the_file_and_says_so(self, file: Path) -> None:
        result = run("booklet", file, "--verbose")
        made = file.with_name("anna-booklet.pdf")
        assert (result.exit_code, result.stdout) == (0, f"{made}\n")
        assert "2 sheets of a4; print on both sides, flip on the short edge, true size" in result.stderr
        assert made.read_bytes() == impose(stock(6), Booklet()).data
        assert run("cards", file, "--up", "2", "--one-sided").exit_code == 0
        assert file.with_name("anna-cards.pdf").exists()

    def test_from_and_to_the_pipe(self) -> None:
        result = run("booklet", "-", "--creep", "0.1", input=stock(4))
        assert result.exit_code == 0
        assert result.stdout_bytes == impose(stock(4), Booklet(creep=0.1)).data

    def test_never_replaces_its_source(self, file: Path) -> None:
        before = file.read_bytes()
        result = run("booklet", file, "-o", file)
        assert result.exit_code == ExitCode.USAGE
        assert "the sheets would take the place of the file" in result.stderr
        assert file.read_bytes() == before

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            (("booklet", "anna.pdf", "--paper", "a5"), ExitCode.FIT, "anna.pdf: --paper: the pages are 148"),
            (("cards", "anna.pdf", "--up", "8"), ExitCode.FIT, "anna.pdf: --paper: the pages are 148 × 210"),
            (("booklet", "gone.pdf"), ExitCode.INPUT, "gone.pdf: PDF not found"),
            (("booklet", "text.pdf"), ExitCode.INPUT, "text.pdf: the file is damaged or is not a PDF"),
            (("booklet", "anna.pdf", "--creep", "3"), ExitCode.USAGE, "--creep"),
            (("cards", "anna.pdf", "-o", "text.pdf"), ExitCode.WRITE, "text.pdf"),
            (("poster", "anna.pdf"), ExitCode.USAGE, "poster"),
        ],
    )
    def test_failures_have_their_exit_code(
        self,
        file: Path,
        monkeypatch: pytest.MonkeyPatch,
        arguments: tuple[str, ...],
        code: ExitCode,
        message: str,
    ) -> None:
        monkeypatch.chdir(file.parent)
        Path("text.pdf").write_text("no PDF", encoding="utf-8")
        before = sorted(Path().iterdir())
        result = run(*arguments)
        assert result.exit_code == code, result.output
        assert message in result.stderr
        assert "Traceback" not in result.stderr
        assert sorted(Path().iterdir()) == before

    def test_help_names_the_kinds(self) -> None:
        result = run("--help")
        assert result.exit_code == 0
        for word in ("booklet", "cards", "Examples:"):
            assert word in result.stdout


def forms(page: pypdfium2.PdfPage) -> list[pypdfium2.PdfObject]:
    """The pages on a side, from the left."""
    kind = pypdfium2.raw.FPDF_PAGEOBJ_FORM
    found = [item for item in page.get_objects(max_depth=1) if item.type == kind]
    return sorted(found, key=lambda item: item.get_bounds()[0])


def codes(data: bytes) -> list[str]:
    """The operators of each side."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [page.Contents.read_bytes().decode("ascii") for page in pdf.pages]


def placed(data: bytes) -> list[dict[int, tuple[float, float, float, float, float, float]]]:
    """For each side, by number of the page: x, y, width, height in millimetres; where its top points to."""
    sides = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            side = {}
            for line in page.Contents.read_bytes().decode("ascii").splitlines():
                words = line.split()
                if "Do" not in words:
                    continue
                a, b, c, d, e, f = map(float, words[1:7])
                number = int(words[8][2:])
                box = [float(value) for value in page.Resources.XObject[words[8]].BBox]
                xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
                ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
                place = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
                side[number] = (*(value / MM for value in place), c, d)
            sides.append(side)
    return sides  # type: ignore[return-value]


def pictures(data: bytes) -> list:  # type: ignore[type-arg]
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=1).to_pil().convert("L") for page in pdf]
    finally:
        pdf.close()


def count(pdf: pikepdf.Pdf, key: str, value: str) -> int:
    """How many objects have this entry."""
    return sum(
        isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)) and item.get(key) == pikepdf.Name(value)
        for item in pdf.objects
    )


def test_papers_are_upright() -> None:
    assert all(width < height for width, height in PAPERS.values())


def test_a_booklet_that_no_stapler_takes_says_what_to_do() -> None:
    many, few = (Imposed(b"", sheets, "a4", "short").summary for sheets in (16, 15))
    assert "too thick to fold and staple" in many
    assert "two booklets" in many
    assert "--tracker-weeks" in many
    assert "thick" not in few
    assert "thick" not in Imposed(b"", 16, "a4", "long").summary
