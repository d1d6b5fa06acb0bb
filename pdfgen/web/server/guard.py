"""Who may speak to the server: the page that this program opened, and nobody else (docs/serve.md).

A port on a computer with patients' data can be reached by every page that the browser has open, and by every
program. So each request is judged before anything of it is read.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The page loads what this server sends, and files that it made itself; it speaks to nobody else.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; frame-src blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)

#: Where the token of the address is exchanged for a cookie.
START = "/start"

_TYPES = ("application/json", "multipart/form-data")
_SAFE = ("GET", "HEAD")
_OWN_SITES = ("same-origin",)
#: `none` is somebody who types an address or opens it from another program.
_SITES_TO_READ = (*_OWN_SITES, "none")


class Refusal(NamedTuple):
    """Why a request is not answered: an HTTP status and a line."""

    status: int
    reason: str


class Guard:
    """Judges each request, and adds to each answer what the browser may do with it.

    Args:
        app: what answers.
        port: that the server listens on.
        most_bytes: of a body.
    """

    def __init__(self, app: ASGIApp, port: int, most_bytes: int) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}
        self._most_bytes = most_bytes
        self.cookie = f"pdfgen-{port}"
        self._session = secrets.token_urlsafe(32)
        self._token = secrets.token_urlsafe(32)

    @property
    def address(self) -> str:
        """Where the page begins; good once."""
        return f"{START}?token={self._token}"

    def session_for(self, token: str) -> str | None:
        """Return the value of the cookie for the token of the address; it is good once."""
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            return None
        self._token = secrets.token_urlsafe(32)
        return self._session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in _HEADERS}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
                message = {**message, "headers": [*kept, *_HEADERS]}
            await send(message)

        refusal = self.refusal(scope)
        if refusal is not None:
            await PlainTextResponse(refusal.reason, refusal.status)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def refusal(self, scope: Scope) -> Refusal | None:
        """Return why a request is not answered; None where it may be."""
        headers = scope["headers"]
        named = {name.lower(): value.decode("latin-1") for name, value in headers}
        hosts = [value for name, value in headers if name.lower() == b"host"]
        if len(hosts) != 1 or named[b"host"] not in self._hosts:
            return Refusal(400, "this server answers only at its own address on this computer")
        site = named.get(b"sec-fetch-site")
        if scope["method"] in _SAFE:
            if site is not None and site not in _SITES_TO_READ:
                return Refusal(403, "another page asked for this")
        elif refusal := self._refusal_to_change(named, site):
            return refusal
        if scope["path"] != START and not self._is_known(named.get(b"cookie", "")):
            return Refusal(401, "open the address that pdfgen printed; it is good once, in one browser")
        return None

    def _refusal_to_change(self, named: dict[bytes, str], site: str | None) -> Refusal | None:
        origin = named.get(b"origin")
        if (site is not None and site not in _OWN_SITES) or (
            origin is not None and origin not in self._origins
        ):
            return Refusal(403, "another page asked for this")
        if site is None and origin is None:
            return Refusal(403, "it is not known which page asked for this")
        if named.get(b"content-type", "").partition(";")[0].strip().lower() not in _TYPES:
            return Refusal(415, "only JSON and multipart forms are read")
        length = named.get(b"content-length", "")
        if length and (not length.isdecimal() or int(length) > self._most_bytes):
            return Refusal(413, f"larger than {self._most_bytes // 1_000_000} MB")
        return None

    def _is_known(self, cookies: str) -> bool:
        try:
            found = SimpleCookie(cookies).get(self.cookie)
        except CookieError:
            return False
        return found is not None and secrets.compare_digest(found.value.encode(), self._session.encode())
