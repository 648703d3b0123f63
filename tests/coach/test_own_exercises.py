"""The user's own file adds, changes and switches off; what is wrong in it is named."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from coach_texts import PROGRAM

from posture.coach.catalogue import load_catalogue
from posture.errors import ConfigError

WINDOW = """
[[exercise]]
id = "look-out"
name = "Look out of the window"
kind = "habit"
muscles = ["eyes"]
region = "workplace"
faults = { too_near = 3 }
where = "desk"
seconds = 20
steps = ["Look at the tree across the street."]
sides = "none"
hold_s = 0
rest_s = 0
repetitions = 0
often = "now and then"
breathing = ""
feel = ""
stop_when = ""
not_for = ""
gentle = true
effort = false
evidence = "tradition"
source = "My own"
"""


@pytest.fixture
def load(tmp_path):
    def loaded(text):
        path = tmp_path / "exercises.toml"
        path.write_text(text)
        return {exercise.id: exercise for exercise in load_catalogue(path).exercise}

    return loaded


def test_an_override_changes_the_keys_it_gives_and_no_other(load):
    mine = load('[[exercise]]\nid = "chin-tuck"\nrepetitions = 3\nname = "My tuck"\n')["chin-tuck"]
    theirs = next(e for e in PROGRAM.exercise if e.id == "chin-tuck")
    assert mine == theirs.model_copy(update={"repetitions": 3, "name": "My tuck"})


def test_a_new_id_is_added_after_the_programs_own(load):
    loaded = load(WINDOW)
    assert list(loaded)[-1] == "look-out"
    assert len(loaded) == len(PROGRAM.exercise) + 1


def test_switching_one_off_takes_what_is_made_of_it_along(load):
    loaded = load('off = ["neck-side-tilts", "warrior-two"]\n')
    gone = {exercise.id for exercise in PROGRAM.exercise} - set(loaded)
    assert gone == {"neck-side-tilts", "warrior-two", "neck-four-way-warmup"}


def test_all_that_is_wrong_is_named_at_once_with_id_and_key(load):
    with pytest.raises(ConfigError) as caught:
        load(
            'off = ["neck-turn"]\nexercises = 1\n'
            '[[exercise]]\nid = "chin-tuck"\nseconds = 2\nhold = 3\n'
            '[[exercise]]\nname = "Nameless"\n'
            '[[exercise]]\nid = "warrior-two"\nfaults = { slouch = 1 }\n'
            'verify = { movement = "nod" }\n'
        )
    said = str(caught.value)
    assert "exercises.toml" in said
    assert "off: there is no exercise neck-turn; did you mean neck-turns?" in said
    assert "exercises: there is no such key; did you mean exercise?" in said
    assert "chin-tuck.seconds: " in said
    assert "chin-tuck.hold: there is no such key; did you mean hold_s?" in said
    assert "exercise 2: id is missing" in said
    assert "warrior-two.faults.slouch" in said
    assert "warrior-two.verify.target: " in said
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[exercise]]\nid = "look-out"\nname = "Only a name"\n', "look-out.kind: Field required"),
        (WINDOW + 'parts = ["neck-trun"]\n', "look-out.parts: neck-trun is no exercise"),
        (WINDOW + WINDOW, "look-out.id: stands twice in this file"),
        (WINDOW.replace("effort = false", "effort = true"), "gentle and effort exclude each other"),
        ('exercise = "chin-tuck"\n', "in two brackets"),
        ("off = \n", "line 1"),
        ("off = [1]\n", "off: a list of ids is expected"),
        (WINDOW + "verify = { movment = 'nod', target = 5 }\n", "did you mean movement?"),
    ],
)
def test_a_broken_file_does_not_start(load, text, says):
    with pytest.raises(ConfigError, match="exercises.toml") as caught:
        load(text)
    assert says in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="XDG names the config folder")
def test_config_check_looks_at_the_own_file_too(tmp_path):
    folder = tmp_path / "posture"
    folder.mkdir()
    own = folder / "exercises.toml"
    command = [sys.executable, "-m", "posture", "config", "check"]
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}

    own.write_text('off = ["neck-turns"]\n')
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 0
    assert f"{own} holds." in done.stdout

    own.write_text('[[exercise]]\nid = "chin-tuck"\nseconds = 2\n')
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 3
    assert "chin-tuck.seconds" in done.stderr
