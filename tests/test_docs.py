"""The README keeps its word: commands, links and settings that it names are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from posture.cli.main import app
from posture.config.load import load_config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme():
    commands = get_command(app).commands
    missing = [name for name in commands if f"`posture {name}" not in README]
    assert missing == []


def test_the_readme_names_no_command_that_is_not_there():
    commands = get_command(app).commands
    named = set(re.findall(r"`posture ([a-z]+)", README))
    assert named <= set(commands)


@pytest.mark.parametrize("page", sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]))
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readmes_settings_hold(tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", README, flags=re.DOTALL)
    path = tmp_path / "posture.toml"
    path.write_text(example)
    assert load_config(path) != load_config()


def test_every_key_of_the_default_config_is_explained():
    text = (ROOT / "config" / "default.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"^\w+ = ", line):
            block = "\n".join(lines[max(0, number - 6) : number + 1])
            assert "#" in block, f"line {number + 1}: {line}"


@pytest.mark.parametrize(("page", "least"), [("privacy.md", 10), ("reliability.md", 30)])
def test_every_promise_names_a_test_that_exists(page, least):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    promises = [line for line in text.splitlines() if re.search(r"^\| .*\| `test_", line)]
    named = set(re.findall(r"`(test_\w+)`", text))
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), flags=re.MULTILINE)
    }
    assert len(promises) >= least
    assert named - there == set()
