"""Who may talk to the local page, tried with plain requests."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from plain import ask

from posture.web.dashboard import dashboard
from posture.web.server import LocalServer


def own(url):
    return f"http://{urlsplit(url).netloc}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80", "Origin": "http://evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_another_host_or_origin_is_refused(url, headers):
    answer, content = ask(url, **headers)
    assert answer.status == 403
    assert "posture" not in content


@pytest.mark.parametrize("path", ["/", "/day", "/static/base.css", "/wrong-token/day"])
def test_without_the_token_nothing_is_shown(url, path):
    answer, content = ask(url, path)
    assert answer.status == 403
    assert "not complete or not current" in content


def test_a_form_without_origin_changes_nothing(url):
    answer, _ = ask(url, "data/wipe", "POST", "what=all&sure=yes")
    assert answer.status == 403


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("data/wipe", "what=before&before=soon", 422),
        ("now/ask", "wish=everything", 400),
        ("settings/nothing", "", 404),
        ("settings/judge", "version=x&judge.slump.enter_deg=%00", 422),
        ("settings/judge", "&".join(f"a{n}=1" for n in range(2000)), 400),
        ("now/ask", "x" * 2_000_000, 413),
    ],
)
def test_wrong_input_is_answered_in_words(url, path, body, status):
    answer, content = ask(url, path, "POST", body, Origin=own(url))
    assert answer.status == status
    assert "Traceback" not in content
    assert len(content) > 20


@pytest.mark.parametrize("path", ["day?date=yesterday", "trends?weeks=-1", "day?date=9999-12-31"])
def test_a_wrong_question_is_answered_with_a_page(url, path):
    answer, content = ask(url, path)
    assert answer.status == 200
    assert "<h1>" in content


def test_every_answer_forbids_foreign_content(url):
    for path in ("", "day", "static/base.css", "no/such/page", "data/posture.json"):
        answer, _ = ask(url, path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Server"] is None


def test_the_link_a_browser_is_begun_with_works_once(environment):
    with LocalServer(dashboard()) as server:
        link = urlsplit(server.once("day"))
        answer, _ = ask(server.url, link.path)
        assert (answer.status, answer.headers["Location"]) == (
            303,
            f"{urlsplit(server.url).path}day",
        )
        again, content = ask(server.url, link.path)
        assert again.status == 403
        assert server.url.split("/")[3] not in content
