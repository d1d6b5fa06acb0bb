"""`pdfgen serve`: the page in the browser, on this computer."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from threading import Thread

import click

from pdfgen.cli import report
from pdfgen.cli.config import config_path
from pdfgen.cli.options import FILE, SERVER, Command, option
from pdfgen.errors import Problem, UsageError, WriteError, missing_extra

_EPILOG = """\b
Examples:
  pdfgen serve --open
  pdfgen serve --folder S:/practice/pdfgen --open"""

_LOCAL = ("127.0.0.1", "localhost")
_REASON = (
    "pdfgen serves this computer alone: patients' data would travel unencrypted, and everybody in the "
    "network could ask; docs/serve.md says how a clinic shares the folder, and what a network would need"
)


@click.command("serve", cls=Command, epilog=_EPILOG)
@option(SERVER, "--open", "opens", is_flag=True, help="Open the page in the browser.")
@option(
    SERVER, "--folder", type=FILE, metavar="DIR",
    help="Folder of the clinic's file, its own exercises and templates. Default: that of your config file.",
)  # fmt: skip
@option(SERVER, "--port", type=click.IntRange(0, 65535), default=0, help="Default: any that is free.")
@option(SERVER, "--host", metavar="ADDRESS", default=_LOCAL[0], help="127.0.0.1, and no other one.")
@report.options
def command(opens: bool, folder: Path | None, port: int, host: str) -> None:
    """Make programs on a page in the browser, on this computer.

    It prints the address of the page, which is good once. Nothing about a patient is stored, unless you save
    it. The page ends with its own button, with Ctrl-C here, or after twelve hours.
    """
    if host not in _LOCAL:
        raise UsageError(Problem(_REASON, field="--host"))
    if missing := missing_extra("serve", "starlette", "uvicorn", "python_multipart", "pypdfium2"):
        raise UsageError(Problem(missing, field="serve"))
    from pdfgen.web.engine.engine import Engine
    from pdfgen.web.server.running import listening, serve

    engine = Engine(_folder(folder))
    listener = listening(port)

    def opened(address: str) -> None:
        report.result(address)
        report.note("open this address in the browser of this computer; Ctrl-C ends it")
        if opens:
            # Some browsers keep the one who opens them waiting.
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(engine, listener, opened)
    report.note("ended")


def _folder(chosen: Path | None) -> Path:
    """Return the folder of the clinic's own files, which need not be there yet.

    Raises:
        WriteError: it is a file.
    """
    config = config_path()
    folder = chosen or (config.parent if config else Path())
    if folder.exists() and not folder.is_dir():
        raise WriteError(Problem("is a file; name a folder", file=str(folder)))
    return folder
