"""What comes from outside is taken, or refused in words: never a traceback, never a hang."""

from __future__ import annotations

import contextlib
import json
import socket
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import tomlkit
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from benchmarks.office import record_office
from posture.cli.main import app
from posture.coach.catalogue import load_catalogue
from posture.config.load import default_path, load_config
from posture.errors import CalibrationError, ConfigError, PostureError
from posture.instant import Instant
from posture.judge.memory import PolicyState
from posture.judge.quiet import UNTIL_TAKEN_BACK
from posture.log.exchange import export_log, to_json
from posture.places import log_path
from posture.resources import bundled
from posture.service import control, profiles
from posture.service.memory import keep, recall
from posture.web.dashboard import dashboard
from posture.web.server import LocalServer

NOW = Instant(5.0, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
FEW = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([10**30, -(10**30), "\ud800", "\0", [], {}, "2026-99-99"]),
)
JSON = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module", autouse=True)
def place(tmp_path_factory):
    """A user of their own; the socket's path must be short."""
    with tempfile.TemporaryDirectory() as short, pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSTURE_DATA_DIR", short)
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield Path(short)


def damaged(draw, content):
    """Bytes with a piece cut, replaced or put in."""
    at = draw(st.integers(0, len(content)))
    until = draw(st.integers(at, min(len(content), at + 200)))
    return content[:at] + draw(st.binary(max_size=40)) + content[until:]


def branches(tree, path=()):
    """Every place in a tree of tables and lists."""
    yield path
    items = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, value in items:
        yield from branches(value, (*path, key))


def changed(draw, tree):
    """The tree with one branch taken away or replaced by something else."""
    tree = json.loads(json.dumps(tree))
    *above, last = draw(st.sampled_from([path for path in branches(tree) if path]))
    branch = tree
    for key in above:
        branch = branch[key]
    if draw(st.integers(0, 4)) == 0:
        del branch[last]
    else:
        branch[last] = draw(JSON)
    return tree


@FEW
@given(data=st.data())
def test_any_config_is_taken_or_refused_in_words(data, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(damaged(data.draw, default_path().read_bytes()))
    with contextlib.suppress(ConfigError):
        load_config(path)


def as_toml(tree):
    """As TOML, where it can be written as such."""
    try:
        return tomlkit.dumps(tree).encode()
    except (ValueError, TypeError, UnicodeEncodeError, tomlkit.exceptions.TOMLKitError):
        return b"off = 3"


@FEW
@given(data=st.data())
def test_any_value_in_the_config_is_taken_or_refused_in_words(data, tmp_path):
    import tomllib

    path = tmp_path / "mine.toml"
    path.write_bytes(as_toml(changed(data.draw, tomllib.loads(default_path().read_text("utf-8")))))
    with contextlib.suppress(ConfigError):
        load_config(path)


@FEW
@given(data=st.data())
def test_any_exercise_file_is_taken_or_refused_in_words(data, tmp_path):
    import tomllib

    path = tmp_path / "exercises.toml"
    text = (bundled("config") / "exercises.toml").read_text("utf-8")
    tree = {"exercise": tomllib.loads(text)["exercise"][:3], "off": ["chin-tuck"]}
    if data.draw(st.booleans()):
        path.write_bytes(as_toml(changed(data.draw, tree)))
    else:
        path.write_bytes(damaged(data.draw, as_toml(tree)))
    with contextlib.suppress(ConfigError):
        load_catalogue(path)


@pytest.fixture(scope="module")
def exported(place):
    day = date(2026, 3, 2)
    path = place / "office.sqlite3"
    record_office(path, (day,), hours=0.5, look_s=14.0)
    return json.loads(to_json(export_log(path, day, day)))


@FEW
@given(data=st.data())
def test_any_document_is_imported_or_refused_in_words(data, exported, tmp_path):
    path = tmp_path / "document.json"
    if data.draw(st.integers(0, 3)):
        path.write_text(json.dumps(changed(data.draw, exported)))
    else:
        path.write_bytes(damaged(data.draw, json.dumps(exported).encode()))
    log_path().unlink(missing_ok=True)
    done = CliRunner().invoke(app, ["import", str(path)])
    assert done.exit_code == 0 or isinstance(done.exception, PostureError), done.exception


@pytest.mark.parametrize("value", [10**30, float("inf"), float("nan"), "2026-03-02", "\ud800"])
def test_a_value_no_log_can_hold_is_not_imported(value, exported, tmp_path):
    for column in ("seconds", "forward_head_deg", "began"):
        document = json.loads(json.dumps(exported))
        intervals = document["tables"]["interval"]
        intervals["rows"][0][intervals["columns"].index(column)] = value
        path = tmp_path / "document.json"
        path.write_text(json.dumps(document))
        done = CliRunner().invoke(app, ["import", str(path)])
        assert isinstance(done.exception, PostureError), done.exception


@FEW
@given(data=st.data())
def test_any_calibration_is_taken_or_refused_in_words(data, tmp_path):
    content = {
        "version": 1,
        "landmarks_px": [[1.0, 2.0]] * 13,
        "size_px": [640, 480],
        "mesh_rotation": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        "mesh_depth": 60.0,
        "mesh_eyes_px": [3.0, 4.0],
        "frames": 50,
        "sway": 0.01,
    }
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(content))
    assert profiles.load(path) is not None
    path.write_text(json.dumps(changed(data.draw, content)))
    with contextlib.suppress(CalibrationError):
        profiles.load(path)
    path.write_bytes(damaged(data.draw, json.dumps(content).encode()))
    with contextlib.suppress(CalibrationError):
        profiles.load(path)


@FEW
@given(data=st.data())
def test_any_memory_is_taken_or_refused_in_words(data, tmp_path):
    path = tmp_path / "policy.json"
    keep(path, PolicyState(pause=UNTIL_TAKEN_BACK), NOW)
    content = path.read_bytes()
    path.write_text(json.dumps(changed(data.draw, json.loads(content))))
    with contextlib.suppress(PostureError):
        recall(path, NOW)
    path.write_bytes(damaged(data.draw, content))
    with contextlib.suppress(PostureError):
        recall(path, NOW)


@pytest.fixture(scope="module")
def listening(place):
    with control.Control(lambda: None, lambda: None, lambda: None) as opened:
        yield opened


@FEW
@given(said=st.binary(max_size=200) | JSON.map(lambda tree: _framed(json.dumps(tree).encode())))
@example(said=b"\xff\xff\xff\xff")
@example(said=b"\xff\xff\xff\xff" + b"\x7f" * 8)
@example(said=b"")
def test_whatever_is_said_to_the_socket_the_next_one_is_heard(said, listening):
    with socket.socket(socket.AF_UNIX) as anyone:
        anyone.settimeout(5)
        anyone.connect(str(control.runtime_dir() / "control.sock"))
        with contextlib.suppress(OSError):
            anyone.sendall(said)
            anyone.shutdown(socket.SHUT_WR)
            anyone.recv(100)
    assert control.ask_status() is None


def _framed(message):
    return len(message).to_bytes(4, "big") + message


@pytest.fixture(scope="module")
def url(place):
    with LocalServer(dashboard()) as server:
        yield server.url


def answer(url, request, *, and_no_more=False):
    """The status of the answer to raw bytes; None where there is none."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=3) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(request)
            if and_no_more:
                connection.shutdown(socket.SHUT_WR)
        begun = b""
        with contextlib.suppress(ConnectionResetError, TimeoutError):
            begun = connection.recv(100)
    return int(begun.split()[1]) if begun else None


def is_refused_or_answered(status):
    return status is None or status == 101 or status < 500


HAND_WRITTEN = [
    "OPTIONS * HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token} HTTP/1.1\r\n\r\n",
    "GET {token} HTTP/1.1\r\n{host}\r\nContent-Length: abc\r\n\r\n",
    "POST {token}now/ask HTTP/1.1\r\n{host}\r\n{origin}\r\nContent-Length: -1\r\n\r\n",
    "POST {token}now/ask HTTP/1.1\r\n{host}\r\n{origin}\r\nContent-Length: 5\r\n\r\nab",
    "POST {token}now/ask HTTP/1.1\r\n{host}\r\n{origin}\r\n"
    "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET {token}%ff%00%2e%2e/ HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}static/../../../../etc/passwd HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}static/%2e%2e/%2e%2e/server.py HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}static/%00 HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}static/" + "a" * 5000 + " HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}day?date=%00&date=1&range=1e400 HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}day/chart?date=0001-01-01 HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}trends?weeks=99999999999999999999 HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}exercise/%f0%9f%98%80 HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token}settings/__class__ HTTP/1.1\r\n{host}\r\n\r\n",
    "GET {token} HTTP/1.1\r\n{host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    "GET {token} HTTP/1.1\r\n{host}\r\nX: " + "y" * 100_000 + "\r\n\r\n",
    "GET {token} HTTP/9.9\r\n{host}\r\n\r\n",
    "\x00\x01\x02\r\n\r\n",
]


def written(url, request):
    parts = urlsplit(url)
    host, origin = f"Host: {parts.netloc}", f"Origin: http://{parts.netloc}"
    return (
        request.replace("{token}", parts.path).replace("{host}", host).replace("{origin}", origin)
    )


@pytest.mark.parametrize("request_text", HAND_WRITTEN)
def test_a_request_nobody_should_write_is_no_mistake_of_ours(url, request_text):
    status = answer(url, written(url, request_text).encode("latin-1"))
    assert is_refused_or_answered(status), status


PATHS = st.sampled_from(
    [
        "",
        "day",
        "day/chart",
        "trends",
        "trends/charts.css",
        "calibrate",
        "exercise",
        "exercise/x",
        "session",
        "settings",
        "settings/judge",
        "data",
        "data/posture.json",
        "static/x",
    ]
)
FORMS = st.sampled_from(
    [
        "now/ask",
        "data/wipe",
        "exercise/on",
        "session",
        "session/do",
        "settings/judge",
        "settings/judge/try",
    ]
)
KEYS = st.sampled_from(
    [
        "date",
        "weeks",
        "range",
        "wish",
        "what",
        "before",
        "sure",
        "id",
        "do",
        "version",
        "fault",
        "judge.forward_head.enter_deg",
        "comfort",
        "pain",
    ]
) | st.text(max_size=5)
VALUES = st.sampled_from(
    ["all", "yes", "-1", "1e999", "nan", "9999-12-31", "0001-01-01", "chin-tuck", "\0", "٣", ""]
) | st.text(max_size=12)
QUERY = st.dictionaries(KEYS, VALUES, max_size=4)


@FEW
@given(path=PATHS, query=QUERY)
def test_any_question_is_answered(url, path, query):
    request = (
        f"GET {{token}}{path}?{_encoded(query)} HTTP/1.1\r\n{{host}}\r\nConnection: close\r\n\r\n"
    )
    status = answer(url, written(url, request).encode())
    assert status is not None
    assert is_refused_or_answered(status)


@FEW
@given(path=FORMS, form=QUERY)
def test_any_form_is_answered(url, path, form):
    body = _encoded(form)
    request = (
        f"POST {{token}}{path} HTTP/1.1\r\n{{host}}\r\n{{origin}}\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )
    status = answer(url, written(url, request).encode())
    assert status is not None
    assert is_refused_or_answered(status) or status == 503, status


@FEW
@given(noise=st.binary(min_size=1, max_size=300))
def test_noise_is_no_mistake_of_ours(url, noise):
    assert is_refused_or_answered(answer(url, noise + b"\r\n\r\n", and_no_more=True))


def _encoded(values):
    from urllib.parse import urlencode

    return urlencode(values, errors="replace")
