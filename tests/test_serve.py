"""The server of the page: what is answered, and every attack of docs/serve.md refused."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from pdfgen.cli.app import program
from pdfgen.web.engine.engine import Engine
from pdfgen.web.engine.frames import Frame, decoded
from pdfgen.web.server.application import Server
from pdfgen.web.server.running import listening, serve

PORT = 8123
HERE = f"http://127.0.0.1:{PORT}"
OURS = {"sec-fetch-site": "same-origin", "origin": HERE}
NAME = "Quirina Zwartepoorte"
VALUES = {"program": "short-four", "language": "nl", "patient": {"label": NAME}}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(tmp_path_factory.mktemp("folder"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<!doctype html><title>page</title>")
    (folder / "main.js").write_text("export {};")
    (folder / "secret.txt").write_text("no")
    return folder


@pytest.fixture
def server(engine: Engine, page: Path) -> Server:
    return Server(engine, PORT, lambda: None, page)


@pytest.fixture
def stranger(server: Server) -> Iterator[TestClient]:
    """Somebody who has not opened the address."""
    with TestClient(server.guard, base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(server: Server, stranger: TestClient) -> TestClient:
    """The browser that opened the address."""
    assert stranger.get(server.guard.address).status_code == 303
    return stranger


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, [*arguments])


def post(client: TestClient, name: str, values: Any, **more: Any) -> Any:
    headers = {**OURS, "content-type": "application/json", **more.pop("headers", {})}
    return client.post(f"/engine/{name}", content=json.dumps(values), headers=headers, **more)


def frames(response: Any) -> list[Frame]:
    assert response.status_code == 200, response.text
    return decoded(response.content)


class TestWhatIsAnswered:
    def test_the_page(self, client: TestClient) -> None:
        assert "page" in client.get("/").text
        assert client.get("/main.js").headers["content-type"].startswith("text/javascript")

    def test_an_operation(self, client: TestClient) -> None:
        (frame,) = frames(post(client, "preview", {"values": VALUES, "width": 200}))
        assert frame.files[0].data.startswith(b"\x89PNG")

    def test_a_file_in_a_form(self, client: TestClient) -> None:
        response = client.post(
            "/engine/read",
            data={"request": "{}"},
            files={"prescription": ("prescription", b"program: short-four\n")},
            headers=OURS,
        )
        assert frames(response)[0].data["values"] == {"program": "short-four"}

    def test_a_large_file_stays_in_memory(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def rolled(*_: object) -> None:
            raise AssertionError("a file was put on the disk")

        monkeypatch.setattr("tempfile.TemporaryFile", rolled)
        monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", rolled)
        files = {"prescription": ("prescription", b"#" * 3_000_000)}
        response = client.post("/engine/read", data={"request": "{}"}, files=files, headers=OURS)
        assert frames(response)[0].data["problems"]

    def test_every_answer_says_what_the_page_may_do(self, client: TestClient, stranger: TestClient) -> None:
        for response in (client.get("/"), stranger.get("/nope"), post(client, "check", {"values": VALUES})):
            policy = response.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert "http" not in policy
            assert response.headers["cache-control"] == "no-store"
            assert response.headers["x-content-type-options"] == "nosniff"

    def test_the_button_ends_it(self, engine: Engine, page: Path) -> None:
        ended: list[bool] = []
        server = Server(engine, PORT, lambda: ended.append(True), page)
        with TestClient(server.guard, base_url=HERE) as client:
            client.get(server.guard.address)
            client.post("/stop", json={}, headers=OURS)
        assert ended == [True]


class TestAttacks:
    """Each is refused before anything of it is read."""

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            f"evil.example:{PORT}",
            "127.0.0.1",
            "127.0.0.1:1",
            f"127.0.0.1:{PORT}.evil",
            "",
            "[::1]",
        ],
    )
    def test_another_name_for_this_computer(self, client: TestClient, host: str) -> None:
        """DNS rebinding: a page of evil.example whose name has become 127.0.0.1."""
        assert client.get("/", headers={"host": host}).status_code == 400
        assert post(client, "check", {"values": VALUES}, headers={"host": host}).status_code == 400

    def test_two_hosts(self, server: Server) -> None:
        pair = (b"host", f"127.0.0.1:{PORT}".encode())
        scope = {"method": "GET", "path": "/start", "headers": [pair, (b"host", b"evil.example")]}
        refusal = server.guard.refusal(scope)
        assert refusal is not None
        assert refusal.status == 400

    def test_no_cookie(self, stranger: TestClient) -> None:
        assert stranger.get("/").status_code == 401
        assert post(stranger, "check", {"values": VALUES}).status_code == 401

    @pytest.mark.parametrize("value", ["", "x", "x" * 5000, "é"])
    def test_a_wrong_cookie(self, stranger: TestClient, server: Server, value: str) -> None:
        headers = {"cookie": f"{server.guard.cookie}={value}".encode()}
        assert stranger.get("/", headers=headers).status_code == 401

    def test_a_wrong_token(self, stranger: TestClient) -> None:
        assert stranger.get("/start?token=x").status_code == 403
        assert stranger.get("/start?token=é").status_code == 403
        assert stranger.get("/start").status_code == 403
        assert stranger.get("/").status_code == 401

    def test_a_token_twice(self, server: Server, stranger: TestClient) -> None:
        address = server.guard.address
        assert stranger.get(address).status_code == 303
        assert stranger.get(address).status_code == 403

    def test_the_cookie_is_for_this_page_alone(self, server: Server, stranger: TestClient) -> None:
        cookie = stranger.get(server.guard.address).headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "domain" not in cookie

    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
            {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:1"},
            {"sec-fetch-site": "cross-site", "origin": HERE},
            {"sec-fetch-site": "same-origin", "origin": "null"},
            {"sec-fetch-site": "none", "origin": HERE},
        ],
    )
    def test_another_page_posts(self, client: TestClient, headers: dict[str, str]) -> None:
        assert post(client, "check", {"values": VALUES}, headers=headers).status_code == 403

    def test_nobody_says_who_posts(self, client: TestClient) -> None:
        response = client.post("/engine/check", json={"values": VALUES})
        assert response.status_code == 403

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "text/json"])
    def test_a_form_posts(self, client: TestClient, kind: str) -> None:
        assert post(client, "check", {"values": VALUES}, headers={"content-type": kind}).status_code == 415

    def test_another_page_includes_a_script(self, client: TestClient) -> None:
        for site in ("cross-site", "same-site"):
            assert client.get("/main.js", headers={"sec-fetch-site": site}).status_code == 403

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "TRACE"])
    def test_other_methods(self, client: TestClient, method: str) -> None:
        headers = {**OURS, "content-type": "application/json"}
        assert client.request(method, "/engine/check", headers=headers).status_code in (403, 404, 405)

    @pytest.mark.parametrize("path", ["/secret.txt", "/../page/main.js", "/%2e%2e/guard.py", "/.env"])
    def test_other_files(self, client: TestClient, path: str) -> None:
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("key", ["clinic", "library", "layout"])
    def test_a_path_in_yaml(self, client: TestClient, key: str, tmp_path: Path) -> None:
        (tmp_path / "own.yaml").write_text("name: Secret\n")
        values = {**VALUES, key: str(tmp_path / "own.yaml")}
        (frame,) = frames(post(client, "pdf", {"values": values}))
        told = {one["field"] for one in frame.data["problems"] + frame.data["warnings"]}
        assert told == {key}
        assert "Secret" not in str(frame.data)

    def test_two_gigabytes_that_are_announced(self, client: TestClient) -> None:
        headers = {"content-length": "2000000000"}
        assert post(client, "check", {}, headers=headers).status_code == 413

    def test_more_than_was_announced(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pdfgen.web.server.bodies.MOST_JSON_BYTES", 1000)
        headers = {**OURS, "content-type": "application/json"}
        response = client.post("/engine/check", content=iter([b" " * 500] * 10), headers=headers)
        assert response.status_code == 413

    @pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b'"\\ud800"'])
    def test_no_json(self, client: TestClient, body: bytes) -> None:
        headers = {**OURS, "content-type": "application/json"}
        response = client.post("/engine/check", content=body, headers=headers)
        assert response.status_code in (200, 400)
        if response.status_code == 200:
            assert frames(response)[0].data["error"]["kind"] == "request"

    def test_no_form(self, client: TestClient) -> None:
        for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
            headers = {**OURS, "content-type": kind}
            response = client.post("/engine/read", content=b"--x\r\nnonsense", headers=headers)
            assert response.status_code == 400

    def test_websockets(self, client: TestClient) -> None:
        with pytest.raises(Exception), client.websocket_connect("/engine/check"):  # noqa: B017
            pass


@contextmanager
def running(folder: Path) -> Iterator[tuple[int, str]]:
    """A server in a process of its own, as a user starts it: its port and its address."""
    command = [sys.executable, "-m", "pdfgen", "serve", "--folder", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        port = int(address.split(":")[2].split("/")[0])
        try:
            yield port, address.removeprefix(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            out, err = process.communicate(timeout=20)
            (folder / "said.txt").write_text(out + err)
        assert process.returncode == 0, err


def asked(port: int, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    response.data = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


def test_a_served_program_says_nothing_of_the_patient(tmp_path: Path) -> None:
    """Also not where a request cannot be read, and it leaves nothing in its folder."""
    with running(tmp_path) as (port, start):
        started = asked(port, "GET", start, {})
        cookie = started.getheader("set-cookie").partition(";")[0]
        ours = {
            "cookie": cookie,
            "origin": f"http://127.0.0.1:{port}",
            "sec-fetch-site": "same-origin",
            "content-type": "application/json",
        }
        body = json.dumps({"values": VALUES}).encode()
        answer = asked(port, "POST", "/engine/pdf", ours, body)
        assert decoded(answer.data)[0].files
        assert answer.getheader("server") is None
        assert asked(port, "POST", f"/engine/{NAME.split()[0]}", ours, body[:-1]).status == 400
        assert asked(port, "GET", "/", {"host": "evil.example"}).status == 400
        assert [path.name for path in tmp_path.iterdir()] == []
    said = (tmp_path / "said.txt").read_text()
    assert "Quirina" not in said
    assert "/engine" not in said


def test_only_this_computer_is_listened_to() -> None:
    with listening(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::", "clinic.example"])
def test_another_address_is_refused_with_the_reason(host: str) -> None:
    result = run("serve", "--host", host)
    assert result.exit_code == 2
    assert "this computer alone" in result.stderr
    assert "docs/serve.md" in result.stderr


def test_it_ends_by_itself(engine: Engine) -> None:
    opened: list[str] = []
    thread = threading.Thread(target=serve, args=(engine, listening(0), opened.append, 0.3))
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert opened[0].startswith("http://127.0.0.1:")


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with listening(0) as listener:
        listener.listen()
        result = run("serve", "--port", str(listener.getsockname()[1]), "--folder", str(tmp_path))
    assert result.exit_code == 5
    assert "is taken" in result.stderr
