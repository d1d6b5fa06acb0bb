"""A Dask cluster of this machine: the same files, whatever happens to workers and scheduler.

Its commands are those of docs/scale.md.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import dask
import pytest
from click.testing import CliRunner, Result
from distributed import LocalCluster
from test_batch import assert_true, batch, digests, manifest, patients, roster
from test_batch_ends import wait_for_files
from test_workers import NOTHING, ROW, Instead, deadly, numbers, quick, tasks

from pdfgen.cli.app import program
from pdfgen.errors import ClusterError, ExitCode, UsageError
from pdfgen.production import cluster, row_work, workers
from pdfgen.production.cluster import Cluster
from pdfgen.production.row_work import Sealed
from pdfgen.production.rows import RowTask
from pdfgen.production.workers import Workers, spread

# Dask leaves sockets and event loops of its own to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

pytestmark = pytest.mark.cluster

COUNT = 24
RUN = "from pdfgen.cli import app; app.main()"
ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "scale.md"
BINARIES = Path(sys.executable).parent
ENVIRONMENT = os.environ | {"PATH": f"{BINARIES}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def local() -> Iterator[LocalCluster]:
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as found,
    ):
        yield found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    roster(tmp_path / "r.csv", patients(COUNT))
    return tmp_path


def far(address: str, *words: str) -> Result:
    words = ("batch", "r.csv", "--out", "o", "--layout", "wall-sheet", "--dask", address, *words)
    return CliRunner().invoke(program, words)


def started(address: str) -> subprocess.Popen[str]:
    words = ("batch", "r.csv", "--out", "o", "--layout", "wall-sheet", "--dask", address)
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def processes(local: LocalCluster) -> list[int]:
    with Cluster(local.scheduler_address) as cluster:
        return list(cluster._client.run(os.getpid).values())


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


class TestFiles:
    def test_the_same_bytes_as_one_process(self, here: Path, local: LocalCluster) -> None:
        roster(here / "r.csv", [*patients(COUNT), "X;no-such-program;4;;;;"])
        done = far(local.scheduler_address)
        assert done.exit_code == ExitCode.PARTIAL, done.stderr
        assert batch("r.csv", "--out", "near").exit_code == ExitCode.PARTIAL
        assert_true(here / "o")
        assert digests(here / "o") == digests(here / "near")
        for name in ("manifest.json", "problems.csv"):
            assert (here / "o" / name).read_bytes() == (here / "near" / name).read_bytes()

    def test_a_worker_that_is_killed_costs_nothing(self, here: Path, local: LocalCluster) -> None:
        victim = processes(local)[0]
        with started(local.scheduler_address) as run:
            wait_for_files(run, 3)
            os.kill(victim, signal.SIGKILL)
            _, stderr = run.communicate(timeout=60)
        assert run.returncode == 0, stderr
        assert len(manifest(here / "o")["programs"]) == COUNT
        assert_true(here / "o")

    def test_an_interruption(self, here: Path, local: LocalCluster) -> None:
        with started(local.scheduler_address) as run:
            wait_for_files(run, 2)
            run.send_signal(signal.SIGINT)
            _, stderr = run.communicate(timeout=30)
        assert run.returncode == ExitCode.INTERRUPTED, stderr
        assert "go on with --resume" in stderr
        assert len(stderr.splitlines()) == 1
        assert 2 <= len(digests(here / "o")) < COUNT
        assert_true(here / "o")
        done = far(local.scheduler_address, "--resume")
        assert done.exit_code == 0, done.stderr
        assert len(digests(here / "o")) == COUNT

    def test_a_batch_leaves_nothing_on_the_cluster(self, here: Path, local: LocalCluster) -> None:
        assert far(local.scheduler_address).exit_code == 0
        wait_until(lambda: not local.scheduler.tasks)
        with Cluster(local.scheduler_address) as cluster:
            assert set(cluster._client.run(kept).values()) == {0}
            logs = str(cluster._client.get_worker_logs()) + str(cluster._client.get_scheduler_logs())
        assert "Nummer" not in logs


def kept() -> int:
    return row_work._maker.cache_info().currsize


def slow(sealed: Sealed) -> Sealed:
    time.sleep(0.3)
    return quick(sealed)


def instead(cluster: Cluster, function: Callable[[Sealed], Sealed]) -> Workers:
    """Workers that do something else than make rows."""
    found = cluster.workers()
    return replace(found, executor=Instead(found.executor, function))


class TestWorkers:
    @pytest.mark.parametrize("count", [0, 1, 200])
    def test_results_come_in_the_order_of_the_tasks(self, local: LocalCluster, count: int) -> None:
        with Cluster(local.scheduler_address) as cluster:
            results = spread(instead(cluster, quick), NOTHING, tasks(count), count)
            assert numbers(results) == list(range(count))

    def test_few_tasks_are_taken_ahead_and_closing_cancels_them(self, local: LocalCluster) -> None:
        taken = 0

        def many() -> Iterator[RowTask]:
            nonlocal taken
            for taken in range(1, 10_001):
                yield RowTask(taken, ROW)

        with Cluster(local.scheduler_address) as cluster:
            results = spread(instead(cluster, slow), NOTHING, many(), 10_000)
            for _ in range(5):
                next(results)
            assert taken <= 8 * 2 * 2 + 8
            results.close()
            # Only the groups that two workers are at are finished.
            wait_until(lambda: not local.scheduler.tasks, 5)

    def test_a_task_that_workers_die_of(self, local: LocalCluster) -> None:
        """Its neighbours, which travel with it, are done; those that come after it too."""
        with Cluster(local.scheduler_address) as cluster:
            results = list(spread(instead(cluster, deadly), NOTHING, tasks(16), 160))
        assert [result.task.number for result in results if result.problems] == [5]
        assert numbers(iter(results)) == list(range(16))

    def test_no_worker_is_left(self, local: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
        with Cluster(local.scheduler_address) as found:
            some = instead(found, slow)
            monkeypatch.setattr(found._client, "nthreads", dict)
            monkeypatch.setattr(workers, "_WATCH", 0.1)
            monkeypatch.setattr(cluster, "_WITHOUT_WORKERS", 1)
            with pytest.raises(ClusterError, match="--dask: the cluster has no workers any more"):
                list(spread(some, NOTHING, tasks(40), 40))


class TestStart:
    def test_nobody_there(self, here: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            start = time.monotonic()
            done = far(f"tcp://127.0.0.1:{free.getsockname()[1]}")
        assert done.exit_code == ExitCode.WRITE
        assert "no scheduler answers" in done.stderr
        assert time.monotonic() - start < 10
        assert not Path("o").exists()

    def test_something_else_there(self, here: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:

            def answer() -> None:
                for _ in range(20):
                    asked, _ = server.accept()
                    with asked:
                        asked.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

            threading.Thread(target=answer, daemon=True).start()
            done = far(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        assert done.exit_code == ExitCode.WRITE
        assert "not a Dask scheduler" in done.stderr

    def test_no_workers(self, local: LocalCluster, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def none(*_: object, **__: object) -> None:
            raise TimeoutError

        monkeypatch.setattr("distributed.Client.wait_for_workers", none)
        done = far(local.scheduler_address)
        assert done.exit_code == ExitCode.WRITE
        assert "it has no workers; start one with dask worker" in done.stderr
        assert not Path("o").exists()

    def test_another_version(self, local: LocalCluster, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ours = cluster.__version__
        monkeypatch.setattr(cluster, "__version__", "9.9.9")
        done = far(local.scheduler_address)
        assert done.exit_code == ExitCode.WRITE
        assert f"has pdfgen {ours}, and this machine 9.9.9" in done.stderr
        assert not Path("o").exists()

    def test_another_date(self, local: LocalCluster, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        assert 'and "1700000000" here' in far(local.scheduler_address).stderr

    def test_a_worker_without_pdfgen(self, local: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(*_: object, **__: object) -> dict[str, object]:
            return {
                "tcp://far:1": Exception("ModuleNotFoundError('No module named pdfgen')"),
                "tcp://far:2": OSError("broken"),
            }

        monkeypatch.setattr("distributed.Client.run", missing)
        with pytest.raises(ClusterError) as caught, Cluster(local.scheduler_address):
            pass
        first, second = caught.value.problems
        assert "tcp://far:1 has no pdfgen of this version" in first.message
        assert "tcp://far:2 cannot be used (broken)" in second.message

    @pytest.mark.parametrize(
        "address", ["", "host", "host:8786", "tcp://host", "http://host:1", "tcp://a b:1", "tcp://h:99999"]
    )
    def test_no_address(self, address: str, here: Path) -> None:
        done = far(address)
        assert done.exit_code == ExitCode.USAGE
        assert "it looks like tcp://host:8786" in done.stderr

    def test_an_encrypted_connection_needs_certificates(self) -> None:
        with pytest.raises(UsageError, match=r"distributed\.comm\.tls"):
            Cluster("tls://127.0.0.1:8786")

    def test_certificates_that_cannot_be_read(self, tmp_path: Path) -> None:
        files = {
            f"distributed.comm.tls.{key}": str(tmp_path / "no.pem") for key in ("ca-file", "client.cert")
        }
        with dask.config.set(files), pytest.raises(UsageError, match="No such file"):
            Cluster("tls://127.0.0.1:8786")

    def test_workers_are_those_of_the_cluster(self, here: Path) -> None:
        done = far("tcp://127.0.0.1:1", "--workers", "2")
        assert done.exit_code == ExitCode.USAGE
        assert "--workers: does not go with --dask" in done.stderr

    def test_without_the_package(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        done = far("tcp://127.0.0.1:1")
        assert done.exit_code == ExitCode.USAGE
        assert 'pip install ".[dask]"' in done.stderr

    def test_it_is_imported_only_when_asked_for(self, here: Path) -> None:
        code = "import sys; from pdfgen.cli import batch_command; sys.exit('distributed' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def blocks(info: str) -> list[str]:
    """Return the commands of docs/scale.md in blocks marked with `info`."""
    found = re.findall(rf"^```sh {info}\n(.*?)^```$", DOCUMENT.read_text("utf-8"), re.M | re.S)
    return [line for block in found for line in block.splitlines()]


@pytest.fixture
def cluster_of_the_document() -> Iterator[tuple[subprocess.Popen[bytes], list[str]]]:
    """Start a cluster as the document says; yield its scheduler, and the command of a batch."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    lines = [line.replace("HOST", "127.0.0.1").replace("8786", port) for line in blocks("cluster")]
    scheduling, working, batching = (["env", *shlex.split(line)] for line in lines)
    running = []
    try:
        for words in (scheduling, working):
            running.append(
                subprocess.Popen(
                    [*words, "--no-dashboard"], env=ENVIRONMENT,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
            wait_until(lambda: answers(port))
        yield running[0], batching
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(30)


def test_a_scheduler_that_goes(
    here: Path, cluster_of_the_document: tuple[subprocess.Popen[bytes], list[str]]
) -> None:
    scheduler, words = cluster_of_the_document
    roster(here / "r.csv", patients(200))
    with subprocess.Popen(
        words, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        wait_for_files(run, 3)
        scheduler.kill()
        _, stderr = run.communicate(timeout=60)
    assert run.returncode == ExitCode.WRITE, stderr
    assert "the connection to the cluster is lost" in stderr
    assert "go on with --resume" in stderr
    assert len(stderr.splitlines()) == 2
    assert_true(here / "o")
    assert 3 <= len(digests(here / "o")) < 200


def test_the_figures_can_be_measured() -> None:
    (command,) = blocks("test")
    python, *words = shlex.split(command.replace("--rows 500", "--rows 1 --layout wall-sheet"))
    assert python == "python"
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    same, any_day, different = done.stdout.splitlines()
    assert same.startswith("same plan ")
    assert any_day.startswith("own therapist and day ")
    assert different.startswith("different plans ")


def answers(port: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
    except OSError:
        return False
    return True
