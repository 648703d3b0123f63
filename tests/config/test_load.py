"""A wrong key or value is found before anything starts, with line, expectation and a hint."""

from __future__ import annotations

import pytest

from posture.config.load import load_config
from posture.errors import ConfigError


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "posture.toml"
        path.write_text(text)
        return path

    return written


def test_the_users_file_overrides_key_by_key(write):
    default = load_config()
    config = load_config(write('[capture]\nsource = "2"\n'))
    assert config.capture.source == "2"
    assert config.capture.stall_s == default.capture.stall_s


def test_every_problem_is_named_at_once_with_line_and_nearest_key(write):
    path = write('[capture]\n# mine\nsorce = "2"\nstall_s = "long"\n\n[pose]\nmodel = "heavy"\n')
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    said = str(caught.value)
    assert f"{path}:3: capture.sorce: there is no such key; did you mean source?" in said
    assert f"{path}:4: capture.stall_s:" in said
    assert f"{path}:7: pose.model:" in said
    assert "'lite' or 'full'" in said


def test_broken_toml_names_the_line(write):
    with pytest.raises(ConfigError, match="line 2"):
        load_config(write("[capture]\nsource =\n"))


def test_a_file_named_on_the_command_line_must_exist(tmp_path):
    with pytest.raises(ConfigError, match="no config file"):
        load_config(tmp_path / "none.toml")


def test_two_keys_that_contradict_each_other_are_named_without_the_whole_file(write):
    path = write("[capture]\nlook_every_absent_s = 30\n\n[judge.slump]\nleave_deg = 40\n")
    with pytest.raises(ConfigError, match="hysteresis") as caught:
        load_config(path)
    assert f"{path}:4: judge.slump:" in str(caught.value)
    with pytest.raises(ConfigError, match="asleep_gap_s must exceed"):
        load_config(write("[capture]\nlook_every_absent_s = 30\n"))
