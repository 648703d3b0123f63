"""What others wrote is shipped as they released it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import posture.web

VENDOR = Path(posture.web.__file__).parent / "static" / "vendor"


def test_files_of_others_are_those_that_were_noted():
    noted = dict(re.findall(r"`(\S+)` .*`([0-9a-f]{64})`", (VENDOR / "README.md").read_text()))
    files = [path for path in VENDOR.iterdir() if path.suffix in {".js", ".css"}]
    assert {path.name for path in files} == set(noted)
    for path in files:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == noted[path.name]
