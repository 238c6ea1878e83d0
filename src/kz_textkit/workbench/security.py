"""What keeps strangers out: a server on this machine can be reached by every page that the browser has open, and by every program.

- The first address has a random token, which only who started the server sees; the browser gets a cookie for it, which no script can
  read and which is sent for our own pages alone (`SameSite=Strict`).
- The `Host` has to be the loopback address: a name that a stranger lets point to it (DNS rebinding) is another host.
- What changes something is a POST whose `Origin` is ours (OWASP, Cross-Site Request Forgery Prevention); nothing changes by a GET.
- `Sec-Fetch-Site` says who asks: other sites get nothing, not even pictures or scripts.
- The content security policy lets the browser load scripts, styles and pictures from here alone, none that stand in a page, and lets
  no other site frame a page.
- No request is larger than what may be uploaded.
"""

from __future__ import annotations

from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["FORM_BYTES", "POLICY", "UPLOADS", "Guard", "cookie_name", "hosts"]

POLICY = "; ".join(
    (
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"),
        *("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"),
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

FORM_BYTES = 2_000_000
"""Bytes of the largest form without files."""
UPLOADS = "/files/upload"
"""Where files may be sent to."""

CLOSED = (
    "kz-textkit: this page opens with the address that `kz-textkit open` printed in its window.\n"
    "Бұл бет `kz-textkit open` терезеде басып шығарған мекенжаймен ашылады.\n"
    "Эта страница открывается по адресу, который напечатала команда `kz-textkit open`.\n"
)


def hosts(port: int) -> tuple[str, ...]:
    """The hosts that the server answers to."""
    return tuple(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))


def cookie_name(port: int) -> str:
    """Cookies are shared by all ports of a host; two workbenches must not throw each other out."""
    return f"kz_workbench_{port}"


class TooLarge(Exception):
    """A request has more bytes than it may."""


class Guard:
    """Lets nobody through to `app` but the browser that was opened with the token.

    `largest_upload` is in bytes.
    """

    def __init__(self, app: ASGIApp, *, token: str, port: int, largest_upload: int) -> None:
        self.app, self.token, self.port, self.largest_upload = app, token, port, largest_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        largest = self.largest_upload if scope["path"] == UPLOADS else FORM_BYTES
        answer = self._refusal(scope, headers, largest)
        try:
            await (answer or self.app)(scope, _counted(receive, largest), _with_headers(send))
        except TooLarge:
            await PlainTextResponse("too large\n", 413)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers, largest: int) -> Response | None:
        """What is answered in place of the page; None where the page may be shown."""
        host, method = headers.get("host", ""), scope["method"]
        if host not in hosts(self.port):
            return PlainTextResponse("misdirected\n", 421)
        if method not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("not allowed\n", 405)
        is_navigation = method == "GET" and headers.get("sec-fetch-mode", "navigate") == "navigate"
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not is_navigation:
            return PlainTextResponse("from elsewhere\n", 403)
        if method == "POST" and headers.get("origin") != f"http://{host}":
            return PlainTextResponse("from elsewhere\n", 403)
        if not self._has_cookie(headers):
            return self._let_in(scope) if method == "GET" else PlainTextResponse(CLOSED, 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > largest:
            return PlainTextResponse("too large\n", 413)
        return None

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        found = cookies.get(cookie_name(self.port))
        return found is not None and compare_digest(found.value.encode(), self.token.encode())

    def _let_in(self, scope: Scope) -> Response:
        """A cookie for the token in the address, and the same page without it; or a word on how to come in."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        token = query.get("token", [""])[0]
        if not compare_digest(token.encode(), self.token.encode()):
            return PlainTextResponse(CLOSED, 403)
        # One slash at the beginning, or the browser would take it for another host.
        path = quote("/" + scope["path"].lstrip("/"))
        response = RedirectResponse(path, 303)
        response.set_cookie(cookie_name(self.port), self.token, httponly=True, samesite="strict", path="/")
        return response


def _counted(receive: Receive, largest: int) -> Receive:
    """Receives no more than so many bytes, whatever the request says of its length."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > largest:
            raise TooLarge
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent
