"""The cache on disk: never stale, damaged or another's, never about a patient, and never missed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from programs import Made

from pdfgen.cli.app import program
from pdfgen.content.files.resources import assets_folder, library_file
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.loading import list_layouts, load_language, load_layout, load_library
from pdfgen.content.models.field_types import Model
from pdfgen.content.models.library import Library
from pdfgen.content.pictures.drawing import Drawing, read_svg
from pdfgen.errors import InputError
from pdfgen.pdf.graphics import form_body
from pdfgen.production import asset_cache
from pdfgen.production.asset_cache import AssetCache, Entry, open_cache
from pdfgen.production.inputs import Job, Shared
from pdfgen.production.ready import Ready
from pdfgen.typesetting.paper import grey_drawing
from pdfgen.typesetting.sections.exercise_drawings import free_corner

EXAMPLE = Path(__file__).parent.parent / "examples" / "patient.yaml"
ENTRIES = {"a": Entry([1.5, "é", None, True], (b"one", b"")), "b": Entry({"k": []}), "c": Entry(0, (b"\0",))}

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 20">'
    '<path d="M2 3 L9 9 Z" fill="#c03000"/><circle cx="9" cy="9" r="4" fill="none" stroke="#000000"/></svg>'
)
only_posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
#: Nobody is kept out of a folder if everybody is root.
only_users = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def only_file(folder: Path, name: str = "set") -> Path:
    (found,) = folder.glob(f"{name}-*")
    return found


def is_known(folder: Path, data: bytes) -> bool:
    """Whether a drawing comes from the cache, and not out of its file."""
    read: list[Drawing] = []

    def note() -> Drawing:
        read.append(read_svg(data, "x.svg"))
        return read[0]

    Ready(AssetCache(folder)).drawing(data, "x.svg", note)
    return not read


def keep(folder: Path, data: bytes) -> None:
    ready = Ready(AssetCache(folder))
    ready.drawing(data, "x.svg", lambda: read_svg(data, "x.svg"))
    ready.save()


def svg(width: int = 30) -> bytes:
    return SVG.format(width=width).encode()


class TestSets:
    def test_what_is_written_is_read(self, folder: Path) -> None:
        AssetCache(folder).write("set", ENTRIES)
        assert AssetCache(folder).read("set") == ENTRIES

    def test_there_is_nothing_at_first(self, folder: Path) -> None:
        assert AssetCache(folder).read("set") == {}
        assert not folder.exists()

    def test_every_damaged_byte_is_found(self, folder: Path) -> None:
        AssetCache(folder).write("set", ENTRIES)
        path = only_file(folder)
        whole = path.read_bytes()
        for place in range(len(whole)):
            for flipped in (1, 0x80):
                path.write_bytes(whole[:place] + bytes([whole[place] ^ flipped]) + whole[place + 1 :])
                assert AssetCache(folder).read("set") == {}, place
        path.write_bytes(whole)
        assert AssetCache(folder).read("set") == ENTRIES

    def test_every_shortened_file_is_found(self, folder: Path) -> None:
        AssetCache(folder).write("set", ENTRIES)
        path = only_file(folder)
        whole = path.read_bytes()
        for length in range(len(whole)):
            path.write_bytes(whole[:length])
            assert AssetCache(folder).read("set") == {}, length
        path.write_bytes(whole + b"\0")
        assert AssetCache(folder).read("set") == {}

    def test_another_version_does_not_read_it_and_clears_it_away(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        AssetCache(folder).write("set", ENTRIES)
        AssetCache(folder).write("other", ENTRIES)
        before = only_file(folder)
        monkeypatch.setattr(asset_cache, "__version__", "99.0")
        later = AssetCache(folder)
        assert later.read("set") == {}
        later.write("set", {})
        assert only_file(folder) != before
        assert only_file(folder, "other").exists()

    def test_changed_code_has_another_signature(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("content", "typesetting/sections", "pdf"):
            (tmp_path / name).mkdir(parents=True)
            (tmp_path / name / "module.py").write_text("one = 1\n")
        monkeypatch.setattr(asset_cache, "__file__", str(tmp_path / "asset_cache.py"))
        first = asset_cache.signature()
        assert asset_cache.signature() == first
        (tmp_path / "pdf" / "module.py").write_text("one = 10\n")
        assert asset_cache.signature() != first

    def test_unfinished_files_of_killed_processes_go(self, folder: Path) -> None:
        cache = AssetCache(folder)
        cache.write("set", ENTRIES)
        old, new = folder / "set-x-1-2.part", folder / "set-x-3-4.part"
        for path in (old, new):
            path.write_bytes(b"")
        os.utime(old, (1, 1))
        cache.write("set", ENTRIES)
        assert not old.exists()
        assert new.exists()


@only_posix
class TestOwnership:
    def test_folder_and_file_are_private(self, folder: Path) -> None:
        AssetCache(folder).write("set", ENTRIES)
        assert folder.stat().st_mode & 0o777 == 0o700
        assert only_file(folder).stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
    def test_a_file_that_others_may_touch_is_not_used(self, folder: Path, mode: int) -> None:
        AssetCache(folder).write("set", ENTRIES)
        only_file(folder).chmod(mode)
        assert AssetCache(folder).read("set") == {}

    @pytest.mark.parametrize("mode", [0o770, 0o702])
    def test_a_folder_that_others_may_write_into_is_not_used(self, folder: Path, mode: int) -> None:
        AssetCache(folder).write("set", ENTRIES)
        folder.chmod(mode)
        cache = AssetCache(folder)
        assert cache.read("set") == {}
        cache.write("more", ENTRIES)
        assert not list(folder.glob("more-*"))
        assert "others may write into the folder" in cache.told[-1]

    def test_another_users_files_are_not_used(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        AssetCache(folder).write("set", ENTRIES)
        monkeypatch.setattr(os, "geteuid", lambda: 4711)
        cache = AssetCache(folder)
        assert cache.read("set") == {}
        cache.write("more", ENTRIES)
        assert not list(folder.glob("more-*"))

    def test_no_folder_is_made_in_another_users_home(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 4711)
        AssetCache(folder, named=False).write("set", ENTRIES)
        assert not folder.exists()

    def test_links_are_not_followed(self, folder: Path, tmp_path: Path) -> None:
        AssetCache(folder).write("set", ENTRIES)
        path = only_file(folder)
        elsewhere = path.rename(tmp_path / "elsewhere")
        path.symlink_to(elsewhere)
        assert AssetCache(folder).read("set") == {}
        AssetCache(folder).write("set", {})
        assert not path.is_symlink()
        assert elsewhere.stat().st_size > path.stat().st_size
        link = tmp_path / "link"
        link.symlink_to(folder)
        assert AssetCache(link).read("set") == {}

    def test_what_is_no_file_is_not_waited_for(self, folder: Path) -> None:
        AssetCache(folder).write("set", ENTRIES)
        path = only_file(folder)
        path.unlink()
        os.mkfifo(path, 0o600)
        assert AssetCache(folder).read("set") == {}
        path.unlink()
        path.mkdir()
        cache = AssetCache(folder)
        assert cache.read("set") == {}
        cache.write("set", ENTRIES)
        assert "is not written" in cache.told[-1]

    @only_users
    def test_a_folder_that_cannot_be_written(self, folder: Path) -> None:
        folder.mkdir(mode=0o500)
        cache = AssetCache(folder)
        cache.write("set", ENTRIES)
        assert "is not written" in cache.told[-1]


class TestPlaces:
    @pytest.mark.parametrize("word", ["off", "OFF", "0", "no"])
    def test_it_can_be_turned_off(self, word: str) -> None:
        assert open_cache({"PDFGEN_CACHE": word}) is None

    def test_the_named_folder_comes_first(self, tmp_path: Path) -> None:
        found = open_cache({"PDFGEN_CACHE": str(tmp_path / "mine"), "XDG_CACHE_HOME": "/elsewhere"})
        assert found is not None
        assert found.folder == tmp_path / "mine"

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        for place in (tmp_path / "file", tmp_path / "file" / "below"):
            cache = AssetCache(place)
            assert cache.read("set") == {}
            cache.write("set", ENTRIES)
            assert "is not written" in cache.told[-1]

    @pytest.mark.parametrize(
        ("system", "given", "expected"),
        [
            ("linux", {}, "home/.cache/pdfgen"),
            ("linux", {"XDG_CACHE_HOME": "not/whole"}, "home/.cache/pdfgen"),
            ("darwin", {}, "home/Library/Caches/pdfgen"),
            ("win32", {}, "home/AppData/Local/pdfgen/Cache"),
        ],
    )
    def test_the_folder_of_the_system(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        system: str,
        given: Mapping[str, str],
        expected: str,
    ) -> None:
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        monkeypatch.setattr(asset_cache.sys, "platform", system)
        found = open_cache(given)
        assert found is not None
        assert found.folder == tmp_path / expected

    @only_posix
    def test_the_folder_of_the_desktop(self, tmp_path: Path) -> None:
        found = open_cache({"XDG_CACHE_HOME": str(tmp_path)})
        assert found is not None
        assert found.folder == tmp_path / "pdfgen"


class TestDrawings:
    def test_a_drawing_comes_back_as_it_was(self, folder: Path) -> None:
        keep(folder, svg())
        fresh = read_svg(svg(), "x.svg")
        read: list[int] = []

        def again() -> Drawing:
            read.append(1)
            return fresh

        known = Ready(AssetCache(folder)).drawing(svg(), "x.svg", again)
        assert known.made is not None
        assert form_body(known) == form_body(fresh)
        assert form_body(grey_drawing(known)) == form_body(grey_drawing(fresh))
        for mirrored in (False, True):
            assert free_corner(known, mirrored=mirrored) == free_corner(fresh, mirrored=mirrored)
        assert not read
        assert known == fresh
        assert fresh == known
        assert grey_drawing(known) == grey_drawing(fresh)
        assert read == [1]

    def test_a_drawing_without_colours_stays_itself_in_greys(self, folder: Path) -> None:
        data = svg().replace(b"#c03000", b"#000000")
        keep(folder, data)
        known = Ready(AssetCache(folder)).drawing(data, "x.svg", lambda: read_svg(data, "x.svg"))
        assert grey_drawing(known) is known

    def test_a_changed_file_is_a_new_drawing(self, folder: Path) -> None:
        keep(folder, svg())
        assert is_known(folder, svg())
        assert not is_known(folder, svg(31))

    def test_what_others_need_stays(self, folder: Path) -> None:
        keep(folder, svg())
        keep(folder, svg(31))
        assert is_known(folder, svg())
        assert is_known(folder, svg(31))

    def test_a_drawing_that_cannot_be_used_is_told_each_time(self, folder: Path) -> None:
        keep(folder, svg())
        for _ in range(2):
            with pytest.raises(InputError):
                is_known(folder, b"<svg/>")

    @pytest.mark.parametrize("name", ["icons/tick.svg", "icons/warning.svg"])
    def test_shipped_ones(self, folder: Path, name: str) -> None:
        data = (assets_folder() / name).read_bytes()
        keep(folder, data)
        known = Ready(AssetCache(folder)).drawing(data, "x.svg", lambda: read_svg(data, "x.svg"))
        assert known == read_svg(data, "x.svg")


class TestSources:
    def test_values_and_places_are_the_same(self, folder: Path) -> None:
        first = Ready(AssetCache(folder))
        load_library(reader=first)
        first.save()
        known, fresh = Ready(AssetCache(folder)).read_yaml(library_file()), read_yaml(library_file())
        assert type(known) is not type(fresh)
        assert known.canonical == fresh.canonical
        # Order counts: exercises are shown as they stand in the file.
        assert list(known.data["exercises"]) == list(fresh.data["exercises"])
        path = ("exercises", next(iter(fresh.data["exercises"])), "name")
        assert known.problem(path, "wrong") == fresh.problem(path, "wrong")
        assert known.problem(path, "wrong").line > 1
        assert known.root == fresh.root

    def test_a_changed_file_is_read_again(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "x.yaml"
        for text, value in (("a: 1\n", 1), ("a: 2\n", 2)):
            path.write_text(text)
            ready = Ready(AssetCache(folder))
            assert ready.model(Counted, ready.read_yaml(path)).a == value
            ready.save()
            assert is_same(Ready(AssetCache(folder)).read_yaml(path).data, {"a": value})

    @pytest.mark.parametrize("layout", list_layouts())
    def test_layouts_come_back_as_they_were(self, folder: Path, layout: str) -> None:
        first, second = Ready(AssetCache(folder)), Ready(AssetCache(folder))
        fresh = load_layout(layout, reader=first).value
        first.save()
        assert is_same(load_layout(layout, reader=second).value, fresh)

    def test_library_and_languages_come_back_without_being_checked(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = Ready(AssetCache(folder)), Ready(AssetCache(folder))
        fresh = [load_library(reader=first), *(load_language(code, reader=first) for code in ("nl", "en"))]
        first.save()
        monkeypatch.delattr("pdfgen.content.loading.validate")
        known = [load_library(reader=second), *(load_language(code, reader=second) for code in ("nl", "en"))]
        for one, other in zip(known, fresh, strict=True):
            assert is_same(one.value, other.value)
            assert one.source.canonical == other.source.canonical

    def test_a_file_of_one_kind_is_not_taken_for_another(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "x.yaml"
        path.write_text("a: 1\n")
        ready = Ready(AssetCache(folder))
        ready.model(Counted, ready.read_yaml(path))
        ready.save()
        ready = Ready(AssetCache(folder))
        with pytest.raises(InputError):
            ready.model(Library, ready.read_yaml(path))

    def test_what_is_wrong_is_not_kept(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "x.yaml"
        path.write_text("b: 1\n")
        for _ in range(2):
            ready = Ready(AssetCache(folder))
            with pytest.raises(InputError):
                ready.model(Counted, ready.read_yaml(path))
            ready.save()
        assert not folder.exists()

    def test_a_changed_library_beside_the_shipped_one(self, folder: Path, tmp_path: Path) -> None:
        own = tmp_path / "own.yaml"
        own.write_text("programs: {short-four: {name: {nl: Kort, en: Brief}}}\n")
        for _ in range(2):
            ready = Ready(AssetCache(folder))
            load_library(reader=ready)
            both = load_library([library_file(), own], ready)
            ready.save()
            assert both.value.programs["short-four"].name["en"] == "Brief"
            assert both.overridden


class Counted(Model):
    """A small file."""

    a: int


def is_same(one: object, other: object) -> bool:
    """Whether two models are equal with all types, defaults and marks of what was given."""
    if isinstance(one, Model) and isinstance(other, Model):
        return (
            type(one) is type(other)
            and one.model_fields_set == other.model_fields_set
            and vars(one).keys() == vars(other).keys()
            and all(is_same(vars(one)[name], vars(other)[name]) for name in vars(one))
            and one == other
        )
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        same = type(one) is type(other) and list(one) == list(other)
        return same and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and one == other


def generate(folder: Path | str, target: Path, prescription: Path = EXAMPLE, *more: str) -> bytes:
    result = CliRunner(env={"PDFGEN_CACHE": str(folder)}).invoke(
        program, ["generate", str(prescription), "-o", str(target), *more], catch_exceptions=False
    )
    assert result.exit_code == 0, result.stderr
    return target.read_bytes()


class TestGenerate:
    @pytest.mark.parametrize("settings", [(), ("--set", "ink=grey", "--language", "en")])
    def test_the_same_bytes_without_with_a_new_and_with_an_old_cache(
        self, folder: Path, tmp_path: Path, settings: tuple[str, ...]
    ) -> None:
        target = tmp_path / "a.pdf"
        files = {generate(place, target, EXAMPLE, *settings) for place in ("off", folder, folder, folder)}
        assert len(files) == 1
        assert {path.name.split("-")[0] for path in folder.iterdir()} == {"data", "drawings"}

    def test_it_is_not_written_again(self, folder: Path, tmp_path: Path) -> None:
        generate(folder, tmp_path / "a.pdf")
        before = {path: path.stat().st_ino for path in folder.iterdir()}
        generate(folder, tmp_path / "a.pdf")
        assert {path: path.stat().st_ino for path in folder.iterdir()} == before

    def test_a_warm_run_parses_no_drawing_and_no_library(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        generate(folder, tmp_path / "a.pdf")
        parsed: list[str] = []
        monkeypatch.setattr("pdfgen.production.ready.read_svg", lambda data, name: parsed.append(name))
        monkeypatch.setattr("pdfgen.production.ready.parse_bytes", lambda data, file: parsed.append(file))
        monkeypatch.setattr(
            "pdfgen.content.files.strict_yaml.KnownSource.root", property(lambda it: parsed.append(it))
        )
        made = Made.of(Job(EXAMPLE), Shared(Ready(AssetCache(folder))))
        assert made.pdf() == (tmp_path / "a.pdf").read_bytes()
        assert not parsed

    def test_a_damaged_cache_changes_nothing(self, folder: Path, tmp_path: Path) -> None:
        first = generate(folder, tmp_path / "a.pdf")
        for path in folder.iterdir():
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)
        assert generate(folder, tmp_path / "a.pdf") == first

    def test_it_holds_nothing_of_a_patient_or_a_clinic(self, folder: Path, tmp_path: Path) -> None:
        clinic = tmp_path / "clinic.yaml"
        clinic.write_text("name: Qwzxpractice\nid_key: Qwzxkey-Qwzxkey-Qwzxkey\n")
        path = tmp_path / "qwzxfile.patient.yaml"
        path.write_text(
            "patient:\n  label: Qwzxname\nprogram: short-four\nclinic: clinic.yaml\ngoal: Qwzxgoal\n"
        )
        generate(folder, tmp_path / "qwzxout.pdf", path)
        kept = list(folder.iterdir())
        assert kept
        for file in kept:
            assert b"qwzx" not in file.name.encode().lower() + file.read_bytes().lower()

    def test_off_leaves_no_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        generate("off", tmp_path / "a.pdf")
        assert not (tmp_path / "xdg").exists()
        assert not (tmp_path / "home").exists()

    def test_an_unusable_folder_is_told_with_verbose_only(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")

        def said(*more: str) -> str:
            return (
                CliRunner(env={"PDFGEN_CACHE": str(tmp_path / "file")})
                .invoke(program, ["generate", str(EXAMPLE), "-o", str(tmp_path / "a.pdf"), *more])
                .stderr
            )

        assert "cache" not in said()
        assert "is not written" in said("--verbose")

    def test_two_processes_at_once(self, folder: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "pdfgen", "generate", str(EXAMPLE), "-o"]
        environment = {**os.environ, "PDFGEN_CACHE": str(folder)}
        started = [
            subprocess.Popen([*command, str(tmp_path / f"{number}.pdf")], env=environment)
            for number in range(2)
        ]
        assert [process.wait() for process in started] == [0, 0]
        first, second = ((tmp_path / f"{number}.pdf").read_bytes() for number in range(2))
        assert first == second == generate(folder, tmp_path / "a.pdf")
        assert {path.suffix for path in folder.iterdir()} == {".cache"}


ROSTER = """label,program,start,weeks
Quentin Ozymandias,short-four,2026-03-02,4
Wilhelmina Ozymandias,short-four,2026-03-02,4
Xerxes Ozymandias,starter,2026-03-09,6
"""


def batch(folder: Path | str, here: Path, out: str) -> dict[str, bytes]:
    roster = here / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    result = CliRunner(env={"PDFGEN_CACHE": str(folder)}).invoke(
        program, ["batch", str(roster), "--out", str(here / out), "--workers", "1"], catch_exceptions=False
    )
    assert result.exit_code == 0, result.stderr
    return {path.name: path.read_bytes() for path in (here / out).glob("*.pdf")}


class TestBatch:
    def test_the_same_files_without_with_a_new_and_with_an_old_cache(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        without = batch("off", tmp_path, "without")
        assert len(without) == 3
        assert batch(folder, tmp_path, "new") == without
        read: list[str] = []
        monkeypatch.setattr("pdfgen.production.ready.read_svg", lambda data, name: read.append(name))
        assert batch(folder, tmp_path, "old") == without
        assert not read

    def test_it_holds_nothing_of_a_patient(self, folder: Path, tmp_path: Path) -> None:
        batch(folder, tmp_path, "out")
        kept = b"".join(path.read_bytes() for path in folder.iterdir())
        assert kept
        assert not any(word in kept for word in (b"Ozymandias", b"Quentin", b"2026-03"))

    def test_of_a_drawing_that_is_new_its_points_are_not_kept(self, folder: Path) -> None:
        path = assets_folder() / "figures" / "bird-dog-a--man.svg"
        ready = Ready(AssetCache(folder))
        drawing = ready.shipped_drawing(path)
        assert drawing.made is not None
        assert "_shapes" not in vars(drawing.shapes)
        assert drawing.shapes == read_svg(path.read_bytes(), path.name).shapes
