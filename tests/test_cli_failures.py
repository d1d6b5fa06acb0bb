"""Failures of a command: exit codes, and what is said of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run

import pdfgen
from pdfgen.cli import app
from pdfgen.errors import ExitCode, FitError, InputError, Problem, WriteError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestFailures:
    @pytest.mark.parametrize(
        ("error", "code"), [(InputError, 3), (FitError, 4), (WriteError, 5)], ids=lambda value: str(value)
    )
    def test_expected_failures_print_all_problems_and_their_code(
        self, failing: Callable[[BaseException], None], error: type[InputError], code: int
    ) -> None:
        failing(error([Problem("bad; mend it", "goal", "a.yaml", 3, 7), Problem("worse")]))
        result = run("generate", "a.yaml")
        assert result.exit_code == code
        assert result.stdout == ""
        assert result.stderr == "a.yaml:3:7: goal: bad; mend it\nworse\n"

    def test_an_unexpected_failure_asks_for_a_report(self, failing: Callable[[BaseException], None]) -> None:
        failing(ZeroDivisionError("Mevrouw de Wit"))
        result = run("generate", "a.yaml")
        assert result.exit_code == ExitCode.BUG
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
        assert "please report it" in result.stderr
        assert "--traceback" in result.stderr
        assert "de Wit" not in result.stderr, "a message may hold something personal"

    @pytest.mark.parametrize("arguments", [("--traceback", "generate"), ("generate", "--traceback")])
    def test_a_traceback_on_request(
        self, failing: Callable[[BaseException], None], arguments: tuple[str, ...]
    ) -> None:
        failing(ZeroDivisionError("division"))
        result = run(*arguments, "a.yaml")
        assert result.exit_code == ExitCode.BUG
        assert "Traceback" in result.stderr

    def test_an_interruption(self, failing: Callable[[BaseException], None]) -> None:
        failing(KeyboardInterrupt())
        result = run("generate", "a.yaml")
        assert result.exit_code == ExitCode.INTERRUPTED
        assert "Traceback" not in result.stderr

    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_a_signal(self, tmp_path: Path, sent: signal.Signals) -> None:
        code = (
            "import sys, time\n"
            "from pdfgen.cli import app, output\n"
            "def wait(*_): print('ready', flush=True); time.sleep(60)\n"
            "output.write_atomically = wait\n"
            "sys.argv = ['pdfgen', 'new', 'clinic']\n"
            "app.main()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            process.send_signal(sent)
            _, stderr = process.communicate(timeout=30)
        assert process.returncode == ExitCode.INTERRUPTED
        assert stderr == "interrupted; nothing was written\n"

    def test_an_interruption_after_writing_says_so(self, tmp_path: Path) -> None:
        code = (
            "import os, sys, signal\n"
            "from pdfgen.cli import app\n"
            "from pdfgen.delivery import writing\n"
            "writing.sync_folder = lambda folder: os.kill(os.getpid(), signal.SIGINT)\n"
            "sys.argv = ['pdfgen', 'new', 'clinic', 'c.yaml']\n"
            "app.main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == ExitCode.INTERRUPTED
        assert done.stderr == "interrupted; c.yaml was written all the same\n"
        assert (tmp_path / "c.yaml").is_file()

    def test_an_interruption_while_importing(self, tmp_path: Path) -> None:
        code = (
            "import sys, time\n"
            "class Slow:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            "        if name == 'click': print('ready', flush=True); time.sleep(60)\n"
            "sys.meta_path.insert(0, Slow())\n"
            "from pdfgen.__main__ import main\n"
            "main()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=30)
        assert (process.returncode, stderr) == (ExitCode.INTERRUPTED, "")

    def test_what_the_caller_ignores_stays_ignored(self, tmp_path: Path) -> None:
        code = (
            "import os, sys, signal\n"
            "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
            "from pdfgen.cli import app, output\n"
            "output.clear_stale_parts = lambda folder: os.kill(os.getpid(), signal.SIGHUP)\n"
            "sys.argv = ['pdfgen', 'new', 'clinic']\n"
            "app.main()\n"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, timeout=60, check=False)
        assert done.returncode == 0

    def test_a_closed_pipe_is_quiet(self, tmp_path: Path) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as closed:
            done = subprocess.run(
                [sys.executable, "-m", "pdfgen", "new", "patient", "-"],
                stdout=closed, stderr=subprocess.PIPE, cwd=tmp_path, timeout=60, check=False,
            )  # fmt: skip
        assert done.returncode == ExitCode.WRITE
        assert done.stderr == b""

    def test_a_missing_file(self, here: Path) -> None:
        result = run("generate", "nobody.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert "nobody.yaml" in result.stderr
        assert list(here.iterdir()) == []


def test_main_exits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.setattr(sys, "argv", ["pdfgen", "--version"])
    try:
        with pytest.raises(SystemExit) as caught:
            app.main()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"pdfgen {pdfgen.__version__}\n"
