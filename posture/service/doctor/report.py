"""What a bug report needs, without secrets (pure but for reading the program's log)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from posture.config.schema import Config
from posture.service.doctor.finding import Finding, Grade
from posture.service.doctor.machine import versions
from posture.service.program_log import program_log_path

_LINES = 200
_HIDDEN = "(set, not shown)"
# Addresses and names may tell who somebody is, and hold passwords.
_SECRET = (
    ("capture", "source"),
    ("alert", "webhook", "url"),
    ("alert", "mqtt", "host"),
    ("alert", "mqtt", "topic"),
    ("alert", "mqtt", "username"),
    ("alert", "mqtt", "password_file"),
)


def report(findings: Sequence[Finding], config: Config | None) -> str:
    """Gather it.

    Args:
        findings: The doctor's.
        config: Settings; None when they do not hold.

    Returns:
        JSON: versions, findings, settings, the last lines of the program's log. The home folder
        stands as `~`, addresses and names are left out.
    """
    content = {
        "versions": versions(),
        "findings": [asdict(finding) for finding in findings],
        "settings": None if config is None else without_secrets(config.model_dump(mode="json")),
        "log": _last_lines(),
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    return text.replace(json.dumps(str(Path.home()))[1:-1], "~")


def without_secrets(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with addresses and names left out.

    Args:
        settings: The whole tree.
    """
    hidden = json.loads(json.dumps(settings))
    for path in _SECRET:
        *tables, key = path
        table = hidden
        for name in tables:
            table = table[name]
        if "://" in table[key] or (path[0] == "alert" and table[key]):
            table[key] = _HIDDEN
    return dict(hidden)


def exit_code(findings: Sequence[Finding]) -> int:
    """0 when the monitor can work, 1 when something keeps it from it.

    Args:
        findings: The doctor's.
    """
    return int(any(finding.grade is Grade.BAD for finding in findings))


def _last_lines() -> list[str]:
    path = program_log_path()
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8", errors="replace").splitlines()[-_LINES:]
