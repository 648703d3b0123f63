"""Changing the user's own config file: exactly that, and nothing else in it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture.config.edit import with_changes, write
from posture.config.load import default_path
from posture.config.settings import Kind, tables
from posture.errors import ConfigError

WRITTEN = (
    "",
    "# only a remark\n",
    "[judge.forward_head]\nenter_deg = 12  # why\n",
    "judge.forward_head.enter_deg = 12  # dotted\n",
    "judge = {forward_head = {enter_deg = 12}}  # in a line\n",
    "[alert]\nmax_per_hour = 2\n[judge.slump]\n# reasons\n  enter_deg = 22\n\n# the end\n",
    "[alert]\r\nquiet_hours = [\r\n  '12:00-13:00', # lunch\r\n]\r\n",
)
CHANGES = {
    "judge.forward_head.enter_deg": 9.5,
    "judge.recovered_s": 12.0,
    "judge.slump.enter_deg": 25.0,
    "alert.breaks.after_min": 40.0,
    "alert.quiet_hours": ("12:00-13:00", "20:00-22:00"),
    "alert.breaks.enabled": False,
    "capture.source": 'a "quoted" \\ name',
}


def put(content, key, value):
    *path, name = key.split(".")
    for part in path:
        content = content.setdefault(part, {})
    content[name] = list(value) if isinstance(value, tuple) else value


@given(st.sampled_from(WRITTEN), st.lists(st.sampled_from(sorted(CHANGES)), unique=True))
def test_what_is_asked_for_changes_and_every_remark_stays(text, keys):
    changed = with_changes(text, {key: CHANGES[key] for key in keys})
    expected = tomllib.loads(text)
    for key in keys:
        put(expected, key, CHANGES[key])
    assert tomllib.loads(changed) == expected
    for line in text.splitlines():
        assert line.partition("#")[2] in changed


def test_no_change_is_no_difference():
    for text in WRITTEN:
        assert with_changes(text, {}) == text


def test_a_link_is_followed_and_rights_are_kept(tmp_path):
    real = tmp_path / "dotfiles" / "posture.toml"
    real.parent.mkdir()
    real.write_text("# mine\n")
    real.chmod(0o640)
    link = tmp_path / "posture.toml"
    link.symlink_to(real)
    write(link, "# ours\n")
    assert link.is_symlink()
    assert real.read_text() == "# ours\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in real.parent.iterdir()] == ["posture.toml"]


def test_a_file_that_cannot_be_written_is_left_as_it_is(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigError, match="cannot be written"):
        write(tmp_path / "file" / "posture.toml", "")


def test_every_setting_has_a_label_and_every_number_a_range():
    found = tables(default_path().read_text(encoding="utf-8"))
    settings = [setting for table in found for setting in table.settings]
    assert len(settings) > 60
    for setting in settings:
        assert len(setting.label) > 3, setting.key
        if setting.kind in {Kind.NUMBER, Kind.WHOLE}:
            assert setting.least is not None, setting.key
            assert setting.most is not None, setting.key
