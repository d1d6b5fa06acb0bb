"""A connection to a running Dask cluster, and whether the cluster can do the work."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pdfgen.errors import ClusterError, Problem, UsageError
from pdfgen.production.row_work import forget
from pdfgen.production.workers import Workers, reason
from pdfgen.version import __version__

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS = re.compile(r"(tcp|tls)://(?:[^\s/:\[\]]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})")
_LAST_PORT = 65_535

#: Seconds that the scheduler has to answer, and that the cluster has to show a worker.
_START = 8.0

#: Looks, one a second, at a cluster without workers: a machine that starts again is back by then.
_WITHOUT_WORKERS = 60

#: Seconds for saying goodbye.
_GOODBYE = 2.0

_GONE = "the connection to the cluster is lost"


class Cluster:
    """A connection to a running cluster. Use it as a context.

    Args:
        address: of the scheduler: `tcp://host:8786`, or `tls://host:8786` with Dask's own configuration.

    Raises:
        UsageError: `address` is not one.
        ClusterError: it does not answer, has no worker, or not each of them has this version of pdfgen.
    """

    def __init__(self, address: str) -> None:
        check_address(address)
        self._address = address
        self._ends = contextlib.ExitStack()
        self._looks_without_workers = 0

    def __enter__(self) -> Cluster:
        with contextlib.ExitStack() as ends:
            ends.enter_context(_silence())
            self._client = self._connected()
            ends.callback(self._leave)
            self._check_workers()
            self._ends = ends.pop_all()
        return self

    def __exit__(self, *reason: object) -> None:
        self._ends.close()

    def workers(self) -> Workers:
        """Return the workers: as many as there are threads."""
        from distributed import KilledWorker

        count = max(1, sum(self._client.nthreads().values()))
        # Each call under a key of its own that tells nothing of its arguments.
        executor = self._client.get_executor(pure=False)
        return Workers(executor, count, KilledWorker, self._check_alive, "--dask")

    def _check_alive(self) -> None:
        """Check that there is a cluster still, and that it has had workers in the last minute.

        Raises:
            ClusterError: there is not, or it has not.
        """
        try:
            has_workers = self._client.status == "running" and bool(self._client.nthreads())
        except Exception:
            has_workers = False
        if self._client.status != "running":
            raise ClusterError(Problem(_GONE, field="--dask"))
        self._looks_without_workers = 0 if has_workers else self._looks_without_workers + 1
        if self._looks_without_workers > _WITHOUT_WORKERS:
            raise ClusterError(Problem("the cluster has no workers any more", field="--dask"))

    def _connected(self) -> Client:
        from distributed import Client

        host, _, port = self._address.partition("://")[2].rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=_START).close()
        except OSError as error:
            raise self._unusable(f"no scheduler answers ({error.strerror or 'no answer'})") from None
        client = Client.__new__(Client)
        try:
            Client.__init__(client, self._address, timeout=_START, set_as_default=False)
        except Exception as error:
            # It would wait for its own end when it is collected.
            client.status = "closed"
            why = f"what answers is not a Dask scheduler that understands this machine ({reason(error)})"
            raise self._unusable(why) from None
        return client

    def _check_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_START)
            said = self._client.run(_terms, on_error="return")
        except TimeoutError:
            raise self._unusable("it has no workers; start one with dask worker") from None
        except OSError as error:
            raise self._unusable(reason(error)) from None
        ours = _terms()
        problems = [self._other(worker, told) for worker, told in sorted(said.items()) if told != ours]
        if problems:
            raise ClusterError(problems)

    def _other(self, worker: str, told: Any) -> Problem:
        """Return the problem of a worker that would make other files than this machine."""
        if not isinstance(told, tuple):
            # Dask tells of a missing module in the text of another exception.
            if "ModuleNotFoundError" in repr(told):
                message = (
                    f"the worker {worker} has no pdfgen of this version; install pdfgen {__version__} there"
                )
                return Problem(message, "--dask")
            return Problem(f"the worker {worker} cannot be used ({reason(told)})", "--dask")
        version, date = told
        if version != __version__:
            message = f"the worker {worker} has pdfgen {version}, and this machine {__version__}; "
            return Problem(f"{message}install the same version on all of them", "--dask")
        here = os.environ.get("SOURCE_DATE_EPOCH", "")
        message = (
            f'SOURCE_DATE_EPOCH is "{date}" for the worker {worker}, and "{here}" here; make it the same'
        )
        return Problem(message, "--dask")

    def _unusable(self, why: str) -> ClusterError:
        return ClusterError(Problem(f"the cluster at {self._address} cannot be used: {why}", field="--dask"))

    def _leave(self) -> None:
        # A cluster that is gone does not keep us.
        with contextlib.suppress(Exception):
            if self._client.status == "running":
                self._client.run(forget, on_error="ignore")
        with contextlib.suppress(Exception):
            self._client.close(timeout=_GOODBYE)


def check_address(address: str) -> None:
    """Check that an address can be used.

    Raises:
        UsageError: it cannot.
    """
    match = _ADDRESS.fullmatch(address)
    if not match or int(match[2]) > _LAST_PORT:
        message = f'"{address}" is not the address of a scheduler; it looks like tcp://host:8786'
        raise UsageError(Problem(message, field="--dask"))
    if match[1] != "tls":
        return
    from distributed.security import Security

    message = "tls:// needs certificates in Dask's own configuration, under distributed.comm.tls"
    try:
        has_one = Security().get_connection_args("client").get("ssl_context") is not None
    except (OSError, ValueError, TypeError) as error:
        message, has_one = f"{message} ({reason(error)})", False
    if not has_one:
        raise UsageError(Problem(message, field="--dask"))


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep Dask's own lines off the terminal: what matters in them is told as a problem."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _terms() -> tuple[str, str]:
    """Return what has to be the same on all machines, for all of them to make the same files."""
    return __version__, os.environ.get("SOURCE_DATE_EPOCH", "")
