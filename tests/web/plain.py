"""Requests as any program could send them."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ask(url, path="day", method="GET", body=None, **headers):
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    target = path if path.startswith("/") else parts.path + path
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, target, body, {**FORM, **names})
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer, content
