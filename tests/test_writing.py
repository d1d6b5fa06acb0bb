"""Atomic writing: whatever goes wrong, the old file is whole and no part stays behind."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pdfgen.delivery.writing import STDOUT, check_target, clear_stale_parts, write_atomically
from pdfgen.errors import ExitCode, WriteError

OLD = b"the old program"
NEW = b"%PDF-1.7 " + bytes(range(256)) * 400


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "program.pdf"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def umask() -> Iterator[Callable[[int], None]]:
    before = os.umask(0o022)

    def change(mask: int) -> None:
        os.umask(mask)

    yield change
    os.umask(before)


def test_replaces_a_file_and_leaves_nothing_else(target: Path) -> None:
    write_atomically(target, NEW)
    assert target.read_bytes() == NEW
    assert names(target.parent) == ["program.pdf"]


def test_makes_missing_folders(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b" / "c.pdf", NEW)
    assert (tmp_path / "a" / "b" / "c.pdf").read_bytes() == NEW


def test_writes_a_relative_path_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_atomically(Path("c.pdf"), NEW)
    assert (tmp_path / "c.pdf").read_bytes() == NEW


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_follows_the_umask(
    tmp_path: Path, umask: Callable[[int], None], mask: int, mode: int
) -> None:
    umask(mask)
    write_atomically(tmp_path / "new.pdf", NEW)
    assert stat.S_IMODE((tmp_path / "new.pdf").stat().st_mode) == mode


def test_an_existing_file_keeps_its_permissions(target: Path) -> None:
    target.chmod(0o640)
    write_atomically(target, NEW)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_stays_a_link_and_its_file_is_replaced(target: Path) -> None:
    link = target.with_name("link.pdf")
    link.symlink_to(target)
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_writes_all_when_the_system_takes_a_little_at_a_time(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:1000]))
    write_atomically(target, NEW)
    assert target.read_bytes() == NEW


def failing(code: int, after: int = 0) -> Callable[..., Any]:
    """A system call that works `after` times and then fails."""
    calls = 0
    write = os.write

    def call(*arguments: Any, **_: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > after:
            raise OSError(code, os.strerror(code))
        return write(arguments[0], bytes(arguments[1])[:100])

    return call


@pytest.mark.parametrize(
    ("step", "code", "after", "advice"),
    [
        ("open", errno.EACCES, 0, "no permission"),
        ("open", errno.EROFS, 0, "only be read"),
        ("write", errno.ENOSPC, 0, "disk is full"),
        ("write", errno.ENOSPC, 3, "disk is full"),
        ("write", errno.EDQUOT, 1, "quota"),
        ("write", errno.EIO, 1, "cannot be written"),
        ("fsync", errno.EIO, 0, "cannot be written"),
        ("fsync", errno.ENOSPC, 0, "disk is full"),
        ("replace", errno.EPERM, 0, "no permission"),
        ("replace", errno.EXDEV, 0, "cannot be written"),
    ],
)
def test_a_failure_at_any_step_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, after: int, advice: str
) -> None:
    monkeypatch.setattr(os, step, failing(code, after))
    with pytest.raises(WriteError, match=advice) as caught:
        write_atomically(target, NEW)
    assert caught.value.exit_code is ExitCode.WRITE
    assert caught.value.problems[0].file == str(target)
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["program.pdf"]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_an_interruption_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, step, interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, NEW)
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["program.pdf"]


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()], ids=["full", "interrupted"]
)
def test_a_failure_leaves_no_new_folders(
    target: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((WriteError, KeyboardInterrupt)):
        write_atomically(target.parent / "m" / "new" / "b.pdf", NEW)
    assert names(target.parent) == ["program.pdf"]


def test_a_failure_leaves_folders_that_were_there_or_are_used(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (target.parent / "old").mkdir()

    def fail(_: int) -> None:
        (target.parent / "old" / "new" / "note").write_text("of somebody else")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WriteError):
        write_atomically(target.parent / "old" / "new" / "deep" / "b.pdf", NEW)
    assert names(target.parent / "old" / "new") == ["note"]


def test_what_killed_processes_left_is_cleared(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait(timeout=60)
    dead, alive = process.pid, os.getpid()
    long_ago = time.time() - 7200
    for name, time_written in (
        (f".pdfgen-{dead}-0a.part", long_ago),
        (f".pdfgen-{dead}-0b.part", time.time()),
        (f".pdfgen-{alive}-0c.part", long_ago),
        (f".pdfgen-{dead}-0d.part.txt", long_ago),
        ("old.pdf", long_ago),
    ):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time_written, time_written))
    clear_stale_parts(tmp_path)
    assert names(tmp_path) == sorted(
        [f".pdfgen-{dead}-0b.part", f".pdfgen-{alive}-0c.part", f".pdfgen-{dead}-0d.part.txt", "old.pdf"]
    )
    clear_stale_parts(tmp_path / "nowhere")


def test_a_part_carries_the_number_of_its_process(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.extend(names(target.parent)))
    write_atomically(target, NEW)
    assert f".pdfgen-{os.getpid()}-" in seen[0]


@pytest.mark.parametrize(
    ("old", "is_replaced"), [(b"%PDF-1.4", True), (b"", True), (b"program: x", False), (b"%PD", False)]
)
def test_only_files_that_begin_as_asked_are_replaced(target: Path, old: bytes, is_replaced: bool) -> None:
    target.write_bytes(old)
    link = target.with_name("link.pdf")
    link.symlink_to(target)
    for path in (target, link):
        if is_replaced:
            assert check_target(path, replaces=b"%PDF-") == target
        else:
            with pytest.raises(WriteError, match="another kind of file is here"):
                check_target(path, replaces=b"%PDF-")


def test_a_real_full_disk(target: Path) -> None:
    """A limit on the size of files is the nearest to a full disk that needs no privileges."""
    code = f"""
import resource, signal
from pathlib import Path
from pdfgen.delivery.writing import write_atomically
from pdfgen.errors import WriteError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_atomically(Path({str(target)!r}), b"x" * 100_000)
except WriteError as error:
    raise SystemExit(int(error.exit_code))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == ExitCode.WRITE, done.stderr
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["program.pdf"]


def test_a_kill_in_the_middle_leaves_the_old_file(target: Path) -> None:
    code = f"""
import os, time
from pathlib import Path
from pdfgen.delivery.writing import write_atomically
def stuck(descriptor):
    print("written", flush=True)
    time.sleep(60)
os.fsync = stuck
write_atomically(Path({str(target)!r}), b"x" * 100_000)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=30) == -signal.SIGKILL
    assert target.read_bytes() == OLD


def test_a_reader_never_sees_half_a_file(target: Path) -> None:
    code = f"""
from pathlib import Path
from pdfgen.delivery.writing import write_atomically
for round in range(60):
    write_atomically(Path({str(target)!r}), bytes([round]) * 300_000)
"""
    target.write_bytes(bytes([255]) * 300_000)
    deadline = time.monotonic() + 60
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        while process.poll() is None and time.monotonic() < deadline:
            seen = target.read_bytes()
            assert len(seen) == 300_000
            assert len(set(seen)) == 1
        assert process.returncode == 0


def test_refuses_a_folder(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="this is a folder; name the file to write"):
        write_atomically(tmp_path, NEW)


def test_refuses_a_folder_that_is_a_file(target: Path) -> None:
    with pytest.raises(WriteError, match="a part of this path is a file"):
        write_atomically(target / "program.pdf", NEW)
    assert target.read_bytes() == OLD


def test_refuses_a_link_to_nothing(tmp_path: Path) -> None:
    link = tmp_path / "link.pdf"
    link.symlink_to(tmp_path / "gone.pdf")
    with pytest.raises(WriteError, match="which does not exist; remove the link"):
        write_atomically(link, NEW)
    assert names(tmp_path) == ["link.pdf"]


def test_refuses_a_link_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "link.pdf"
    link.symlink_to(link)
    with pytest.raises(WriteError):
        write_atomically(link, NEW)


def test_refuses_a_device() -> None:
    with pytest.raises(WriteError, match="not an ordinary file"):
        write_atomically(Path(os.devnull), NEW)


def test_refuses_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="file name is too long"):
        write_atomically(tmp_path / ("x" * 300), NEW)


def test_refuses_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(WriteError, match="no permission"):
        check_target(tmp_path / "deep" / "program.pdf")


def test_refuses_a_file_that_may_only_be_read(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != target)
    with pytest.raises(WriteError, match="no permission"):
        check_target(target)


def test_checking_makes_nothing(tmp_path: Path) -> None:
    assert check_target(tmp_path / "a" / "b.pdf") == (tmp_path / "a" / "b.pdf").resolve()
    assert names(tmp_path) == []


def test_standard_output_gets_the_bytes() -> None:
    code = """
from pdfgen.delivery.writing import STDOUT, write_atomically
write_atomically(STDOUT, b"%PDF\\x00\\xff\\n")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout == b"%PDF\x00\xff\n"
    assert Path("-") == STDOUT
    assert check_target(STDOUT) == STDOUT


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_is_a_write_error() -> None:
    code = """
from pdfgen.delivery.writing import STDOUT, write_atomically
from pdfgen.errors import WriteError
try:
    write_atomically(STDOUT, b"x" * 100_000)
except WriteError as error:
    import os, sys
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    raise SystemExit(int(error.exit_code))
"""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == ExitCode.WRITE, done.stderr
