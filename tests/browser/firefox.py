"""Firefox as Debian has it, driven by Marionette: JSON over TCP, the protocol below its WebDriver.

Playwright speaks to a Firefox of its own only; this one needs nothing but the browser.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

#: Debian's, or whatever `PDFGEN_FIREFOX` names.
FIREFOX = os.environ.get("PDFGEN_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_START_S = 60.0


class Firefox:
    """A Firefox without a window, with a profile of its own; what it downloads comes to `downloads`.

    Args:
        folder: an empty one, for profile and downloads.
        patience_s: how long a script and a page may take.
    """

    def __init__(self, folder: Path, patience_s: float) -> None:
        assert FIREFOX is not None, "firefox is not installed; on Debian: apt-get install firefox-esr"
        self.downloads, profile = folder / "downloads", folder / "profile"
        self.downloads.mkdir()
        profile.mkdir()
        port = _free_port()
        wanted = {
            "marionette.port": port, "datareporting.policy.dataSubmissionEnabled": False,
            "browser.download.folderList": 2, "browser.download.dir": str(self.downloads),
        }  # fmt: skip
        lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in wanted.items()]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._asked = 0
        self._open = ExitStack()
        self._open.callback(self._end)
        try:
            connection = self._open.enter_context(_connected(port))
            self._stream = self._open.enter_context(connection.makefile("rwb"))
            self._received()
            self.ask("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
            patience = round(patience_s * 1000)
            self.ask("WebDriver:SetTimeouts", script=patience, pageLoad=patience, implicit=patience)
        except BaseException:
            self.close()
            raise

    def ask(self, command: str, **values: Any) -> Any:
        """Return the answer to a command of WebDriver.

        Raises:
            RuntimeError: it went wrong, with what Firefox says.
        """
        self._asked += 1
        data = json.dumps([0, self._asked, command, values]).encode()
        self._stream.write(b"%d:%b" % (len(data), data))
        self._stream.flush()
        _, _, error, found = self._received()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return found

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what the body of a function of JavaScript returns."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=list(arguments))["value"]

    def element(self, selector: str) -> str:
        """Return an element by a CSS selector, once it is there."""
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        return str(found["value"][_ELEMENT])

    def click(self, selector: str) -> None:
        """Click an element."""
        self.ask("WebDriver:ElementClick", id=self.element(selector))

    def type(self, selector: str, text: str) -> None:
        """Type into an element; into a chooser of files, the path of one."""
        self.ask("WebDriver:ElementSendKeys", id=self.element(selector), text=text)

    def downloaded(self, patience_s: float) -> Path:
        """Return the first file that was downloaded as a whole.

        Raises:
            TimeoutError: none was.
        """
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            found = [path for path in self.downloads.iterdir() if path.stat().st_size]
            if found and not any(path.suffix == ".part" for path in found):
                return found[0]
            time.sleep(0.2)
        raise TimeoutError("nothing was downloaded")

    def close(self) -> None:
        """End it."""
        self._open.close()

    def _end(self) -> None:
        self._process.terminate()
        self._process.wait(30)

    def _received(self) -> Any:
        length = b""
        while (one := self._stream.read(1)) != b":":
            if not one:
                raise RuntimeError("Firefox has ended")
            length += one
        return json.loads(self._stream.read(int(length)))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + _START_S
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
