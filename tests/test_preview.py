"""Pictures of pages: what is on them, what is in the files, and what is never replaced."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import numpy
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from programs import EXAMPLES, make_program
from reportlab.pdfgen.canvas import Canvas

from pdfgen.cli.app import program
from pdfgen.delivery.preview import Preview, check_files, draw_preview, is_ours, left_over, preview_files
from pdfgen.errors import ExitCode, WriteError
from pdfgen.production.assets import load_family

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def generate(*arguments: str | Path) -> Result:
    return run(
        "generate", EXAMPLES / "patient.yaml", "-o", "anna.pdf", "--dpi", "36", "--preview", *arguments
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pdf_of(*sizes: tuple[float, float]) -> bytes:
    """A file whose pages are all of one colour."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def preview_of(*sizes: tuple[float, float], dots: int = 36) -> Preview:
    return draw_preview(pdf_of(*sizes), load_family().primary().data, dots)


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def chunks(data: bytes) -> Iterator[bytes]:
    assert data.startswith(SIGNATURE)
    at = len(SIGNATURE)
    while at < len(data):
        yield data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def red_areas(sheet: Image.Image) -> list[tuple[int, int]]:
    """Width and height of each run of red, found along the middle of each row of pages."""
    found = []
    red = (numpy.asarray(sheet.convert("RGB")) == (255, 0, 0)).all(axis=2)
    while red.any():
        y, x = divmod(int(red.argmax()), sheet.width)
        width, height = int((~red[y, x:]).argmax()), int((~red[y:, x]).argmax())
        assert red[y : y + height, x : x + width].all()
        red[y : y + height, x : x + width] = False
        found.append((width, height))
    return found


class TestDrawing:
    def test_a_page_has_the_size_of_its_paper_at_the_resolution(self) -> None:
        pages = preview_of((595.28, 841.89), (612, 792), dots=100).pages
        assert [picture(page).size for page in pages] == [(827, 1170), (850, 1100)]
        assert picture(pages[0]).info["dpi"] == pytest.approx((100, 100), abs=0.1)

    def test_every_page_is_on_the_sheet_in_true_proportions(self) -> None:
        sheet = picture(preview_of(*[(400, 600)] * 5, (600, 400)).sheet)
        areas = red_areas(sheet)
        assert len(areas) == 6
        for width, height in areas[:-1]:
            assert width / height == pytest.approx(areas[0][0] / areas[0][1])
        shapes = sorted(round(width / height, 2) for width, height in areas)
        assert shapes == pytest.approx([0.67] * 5 + [1.5], abs=0.02)
        # The same scale for all: the wide page is as wide as the others are high.
        assert max(areas)[0] == pytest.approx(areas[0][1], abs=1)

    @pytest.mark.parametrize("count", [1, 2, 7, 16, 24])
    def test_a_sheet_fits_a_screen(self, count: int) -> None:
        width, height = picture(preview_of(*[(595, 842)] * count, dots=100).sheet).size
        assert width <= 1920
        assert height <= 1080

    @pytest.mark.slow
    def test_very_many_pages_stay_large_enough_to_be_told_apart(self) -> None:
        sheet = picture(preview_of(*[(595, 842)] * 60, dots=100).sheet)
        assert sheet.width <= 1920
        assert min(width for width, _ in red_areas(sheet)) >= 205

    def test_nothing_but_pixels_is_in_a_picture(self) -> None:
        preview = preview_of((400, 600))
        for data in (preview.sheet, *preview.pages):
            assert set(chunks(data)) <= {b"IHDR", b"pdGN", b"pHYs", b"IDAT", b"IEND"}

    def test_the_same_file_gives_the_same_pictures(self) -> None:
        assert preview_of((400, 600)) == preview_of((400, 600))

    def test_words_of_a_program_are_seen(self) -> None:
        """A page that is white all over would be a fault of the drawing program."""
        data = make_program({"weeks": 2}).pdf()
        pages = draw_preview(data, load_family().primary().data, 50).pages
        assert all(picture(page).convert("L").getextrema()[0] < 120 for page in pages)


class TestFiles:
    def test_names_follow_the_pdf(self) -> None:
        files = preview_files(Path("out/7K2M9QXA.pdf"), 12)
        assert files.sheet == Path("out/7K2M9QXA-pages.png")
        assert files.pages[0] == Path("out/7K2M9QXA-pages/7K2M9QXA-01.png")
        assert files.pages[-1].name == "7K2M9QXA-12.png"

    @pytest.mark.parametrize(
        ("name", "sheet"),
        [
            ("a.PDF", "a-pages.png"),
            ("a.b", "a.b-pages.png"),
            (".pdf", ".pdf-pages.png"),
            ("a", "a-pages.png"),
        ],
    )
    def test_odd_names(self, name: str, sheet: str) -> None:
        assert preview_files(Path(name), 1).sheet == Path(sheet)

    def test_ours_is_known_and_a_changed_one_is_not(self, tmp_path: Path) -> None:
        ours, changed = tmp_path / "ours.png", tmp_path / "changed.png"
        ours.write_bytes(preview_of((400, 600)).sheet)
        with Image.open(ours) as opened:
            opened.save(changed)
        assert is_ours(ours)
        assert not is_ours(changed)
        assert not is_ours(tmp_path / "missing.png")

    @pytest.mark.parametrize("start", [b"", SIGNATURE, b"x" * 36 + b"pdGN"])
    def test_only_an_empty_file_or_a_picture_of_ours_is_replaced(self, tmp_path: Path, start: bytes) -> None:
        files = preview_files(tmp_path / "a.pdf", 1)
        files.sheet.write_bytes(start)
        if not start:
            check_files(files)
            return
        with pytest.raises(WriteError, match="another kind of file"):
            check_files(files)

    def test_pages_that_are_no_longer_there(self, tmp_path: Path) -> None:
        files = preview_files(tmp_path / "a.pdf", 1)
        files.folder.mkdir()
        data = preview_of((400, 600)).pages[0]
        for name in ("a-01.png", "a-1.png", "a-17.png", "b-02.png", "a-notes.png"):
            (files.folder / name).write_bytes(data)
        (files.folder / "a-03.png").write_bytes(SIGNATURE)
        (files.folder / "a-04.png").symlink_to(files.folder / "a-01.png")
        assert [path.name for path in left_over(files)] == ["a-1.png", "a-17.png"]


class TestGenerate:
    def test_pictures_stand_beside_the_pdf(self, here: Path) -> None:
        result = generate()
        assert result.exit_code == 0, result.stderr
        assert result.stdout.splitlines() == ["anna.pdf", "anna-pages.png", "anna-pages"]
        names = sorted(path.name for path in (here / "anna-pages").iterdir())
        assert names[0] == "anna-01.png"
        with pypdfium2.PdfDocument(here / "anna.pdf") as pdf:
            assert len(names) == len(pdf)
        assert sorted(path.name for path in here.iterdir()) == ["anna-pages", "anna-pages.png", "anna.pdf"]

    def test_again_replaces_them_and_clears_pages_that_are_gone(self, here: Path) -> None:
        assert generate().exit_code == 0
        before = {path.name for path in (here / "anna-pages").iterdir()}
        (here / "anna-pages" / "mine.txt").write_text("keep")
        assert generate("--weeks", "4").exit_code == 0
        names = {path.name for path in (here / "anna-pages").iterdir()}
        assert "mine.txt" in names
        assert max(before) not in names

    def test_the_default_name_is_that_of_the_document(self, here: Path) -> None:
        result = run(
            "generate", EXAMPLES / "patient.yaml", "--preview", "--dpi", "36", "--set", "id=AB12CD34"
        )
        assert result.exit_code == 0, result.stderr
        assert (here / "out" / "AB12CD34-pages" / "AB12CD34-01.png").exists()

    @pytest.mark.parametrize("name", ["anna-pages.png", "anna-pages/anna-07.png"])
    def test_a_picture_of_somebody_else_stops_it_before_anything_is_written(
        self, here: Path, name: str
    ) -> None:
        (here / "anna-pages").mkdir()
        Image.new("RGB", (3, 3)).save(here / name)
        before = (here / name).read_bytes()
        result = generate()
        assert result.exit_code == ExitCode.WRITE
        assert f"{name}: another kind of file" in result.stderr
        assert (here / name).read_bytes() == before
        assert not (here / "anna.pdf").exists()

    def test_a_file_where_the_folder_should_be(self, here: Path) -> None:
        (here / "anna-pages").write_text("a list of mine")
        result = generate()
        assert result.exit_code == ExitCode.WRITE
        assert "not a folder" in result.stderr
        assert [path.name for path in here.iterdir()] == ["anna-pages"]

    def test_a_folder_where_a_picture_should_be(self, here: Path) -> None:
        (here / "anna-pages.png").mkdir()
        result = generate()
        assert result.exit_code == ExitCode.WRITE
        assert not (here / "anna.pdf").exists()

    def test_a_full_disk_while_pages_are_written(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        import os

        replace, count = os.replace, iter(range(100))

        def failing(*arguments: Any) -> None:
            if next(count) == 4:
                raise OSError(28, "No space left on device")
            replace(*arguments)

        monkeypatch.setattr(os, "replace", failing)
        result = generate()
        assert result.exit_code == ExitCode.WRITE
        assert "the disk is full" in result.stderr
        assert sorted(path.name for path in (here / "anna-pages").iterdir()) == ["anna-01.png", "anna-02.png"]
        for path in (here / "anna-pages").iterdir():
            picture(path.read_bytes()).load()

    def test_without_the_package_it_says_what_to_install(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = importlib.util.find_spec
        monkeypatch.setattr(
            importlib.util,
            "find_spec",
            lambda name, *rest: None if name == "pypdfium2" else found(name, *rest),
        )
        result = generate()
        assert result.exit_code == ExitCode.USAGE
        assert 'pip install ".[preview]"' in result.stderr
        assert list(here.iterdir()) == []

    @pytest.mark.parametrize("option", ["--preview", "--open"])
    def test_standard_output_has_no_pictures_and_no_viewer(self, here: Path, option: str) -> None:
        result = run("generate", EXAMPLES / "patient.yaml", "-o", "-", option)
        assert result.exit_code == ExitCode.USAGE
        assert f"{option}: needs a file" in result.stderr
        assert result.stdout == ""

    def test_a_resolution_needs_pictures(self, here: Path) -> None:
        result = run("generate", EXAMPLES / "patient.yaml", "--dpi", "150")
        assert result.exit_code == ExitCode.USAGE
        assert "add --preview" in result.stderr

    def test_strict_writes_no_pictures_either(self, here: Path) -> None:
        result = generate("--strict", "--set", "situations=[osteoporosis]")
        assert result.exit_code == ExitCode.INPUT
        assert list(here.iterdir()) == []


class TestOpen:
    def opened(self, monkeypatch: pytest.MonkeyPatch, answer: int | OSError) -> list[str]:
        asked: list[str] = []

        def launch(name: str) -> int:
            asked.append(name)
            if isinstance(answer, OSError):
                raise answer
            return answer

        monkeypatch.setattr(click, "launch", launch)
        return asked

    def test_opens_the_pdf_that_was_written(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = self.opened(monkeypatch, 0)
        result = run("generate", EXAMPLES / "patient.yaml", "-o", "anna.pdf", "--open")
        assert (result.exit_code, result.stderr) == (0, "")
        assert asked == [str(here / "anna.pdf")]

    @pytest.mark.parametrize("answer", [1, 127, OSError("no viewer")])
    def test_no_viewer_is_a_warning(
        self, here: Path, monkeypatch: pytest.MonkeyPatch, answer: int | OSError
    ) -> None:
        self.opened(monkeypatch, answer)
        result = run("generate", EXAMPLES / "patient.yaml", "-o", "anna.pdf", "--open", "--strict")
        assert result.exit_code == 0
        assert result.stderr.startswith("warning: anna.pdf: is written, but no viewer")
        assert (here / "anna.pdf").exists()

    def test_nothing_is_opened_that_was_not_written(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = self.opened(monkeypatch, 0)
        (here / "anna.pdf").mkdir()
        assert run("generate", EXAMPLES / "patient.yaml", "-o", "anna.pdf", "--open").exit_code == 5
        assert asked == []
