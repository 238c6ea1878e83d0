"""Nobody comes in without the token, from elsewhere, or with more than may be sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kz_textkit.workbench.security import FORM_BYTES, cookie_name
from workbench_client import HOST, ORIGIN, PORT, TOKEN, open_client

FOREIGN_HOSTS = ("evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", f"127.0.0.1.evil.example:{PORT}", "")
OUTSIDE = (
    *("/assets/../workspace.py", "/assets/%2e%2e/workspace.py"),
    *("/assets/..%2f..%2fpyproject.toml", "/documents/..%2f..%2fetc"),
)
PAGES = ("/", "/assets/workbench.js", "/nothing")


@pytest.fixture
def stranger(made: Path) -> TestClient:
    return open_client(made, enter=False)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("token", ["", "жоқ", TOKEN[:-1], f"{TOKEN}x"])
def test_without_the_token_there_is_nothing_to_see(stranger: TestClient, page: str, token: str) -> None:
    answer = stranger.get(page, params={"token": token} if token else None)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    stranger.cookies.set(cookie_name(PORT), "жоқ".encode().hex())
    assert stranger.get(page).status_code == 403


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_has(stranger: TestClient) -> None:
    answer = stranger.get("/", params={"token": TOKEN}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert stranger.get("/").status_code == 200
    # An address that looks like another host leads nowhere else.
    stranger.cookies.clear()
    answer = stranger.get(f"{ORIGIN}//evil.example/", params={"token": TOKEN}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/evil.example/")


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", f"https://{HOST}", "http://127.0.0.1", f"http://localhost:{PORT}"]
)
def test_what_changes_something_comes_from_our_own_pages(client: TestClient, origin: str | None) -> None:
    headers = {} if origin is None else {"origin": origin}
    answer = client.post("/preferences", data={"language": "ru"}, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_other_sites_get_no_pictures_and_no_scripts(client: TestClient) -> None:
    for site in ("cross-site", "same-site"):
        for mode in ("no-cors", "cors"):
            assert client.get("/assets/workbench.js", headers={"sec-fetch-site": site, "sec-fetch-mode": mode}).status_code == 403


def test_every_answer_says_that_nothing_may_be_loaded_from_elsewhere(client: TestClient, stranger: TestClient) -> None:
    for answer in (client.get("/"), client.get("/nothing"), stranger.get("/"), client.get("/", headers={"host": "x"})):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"


def test_no_page_has_a_script_or_a_style_of_its_own(client: TestClient) -> None:
    page = client.get("/").text
    assert "<style" not in page and " style=" not in page and " onclick" not in page
    assert page.count("<script") == page.count('<script src="/assets/')


def test_a_request_is_not_larger_than_it_may_be(client: TestClient) -> None:
    large = b"language=" + b"a" * FORM_BYTES
    headers = {"origin": ORIGIN, "content-type": "application/x-www-form-urlencoded"}
    assert client.post("/preferences", content=large, headers=headers).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(FORM_BYTES // 1_000_000 + 1):
            yield b"a" * 1_000_000

    assert client.post("/preferences", content=pieces(), headers=headers).status_code == 413


def test_methods_that_no_page_uses_are_refused(client: TestClient) -> None:
    for method in ("PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"):
        assert client.request(method, "/", headers={"origin": ORIGIN}).status_code == 405


def test_preferences_lead_back_to_our_own_pages_alone(client: TestClient) -> None:
    for back, to in (("/words", "/words"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/")):
        answer = client.post("/preferences", data={"back": back, "theme": "dark"}, headers={"origin": ORIGIN}, follow_redirects=False)
        assert answer.headers["location"] == to


@pytest.mark.parametrize("path", OUTSIDE)
def test_files_outside_are_out_of_reach(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "import" not in answer.text.split("<main")[-1]
