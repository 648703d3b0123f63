"""Figures: what each must be to stand in a page, and what a body can do."""

import subprocess
import xml.etree.ElementTree as ET
from functools import cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from posture.coach.figure import figure_names, figure_svg
from posture.coach.mannequin.load import bundled_figures, load_figures
from posture.coach.mannequin.motion import moments
from posture.coach.mannequin.skeleton import FOREARM_CM, UPPER_ARM_CM
from posture.coach.mannequin.stance import MAX_EXTENSION_DEG
from posture.errors import ConfigError
from posture.resources import bundled

FIGURES = bundled_figures().figure
ANIMATIONS = {"animate", "animateTransform", "animateMotion", "set"}


def tags(svg):
    return [element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()]


@cache
def track(name):
    figure = FIGURES[name]
    return moments(figure, bundled_figures().pose[figure.pose])


@pytest.mark.parametrize("still", [False, True])
@pytest.mark.parametrize("name", figure_names())
def test_a_figure_needs_no_style_no_script_and_no_file(name, still):
    svg = figure_svg(name, still=still)
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title")
    assert root[0].text
    assert not {"style", "script", "image", "use", "foreignObject"} & set(tags(svg))
    for element in root.iter():
        assert not {key for key in element.attrib if key == "style" or key.startswith("on")}
        assert not any("url(" in v or "href" in k or "nan" in v for k, v in element.items())


@pytest.mark.parametrize("name", figure_names())
def test_only_the_still_figure_stands_still(name):
    assert not ANIMATIONS & set(tags(figure_svg(name, still=True)))
    assert ANIMATIONS & set(tags(figure_svg(name, still=False)))


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_no_head_goes_far_back_or_round_in_a_circle(name):
    extension, aside = [], []
    for moment in track(name):
        angles = moment.angles
        extension.append(-(angles["neck_bend"] + angles["head_bend"]))
        aside.append(abs(angles["neck_turn"] + angles["head_turn"]))
    assert max(extension) <= MAX_EXTENSION_DEG
    assert max(aside) <= 70
    # A circle passes behind with the head to the side; no figure turns a head that is tipped back.
    assert all(turned < 30 for back, turned in zip(extension, aside, strict=True) if back > 10)


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_bones_keep_their_length_and_the_movement_ends_where_it_began(name):
    whole = track(name)
    for moment in whole:
        for side in ("left", "right"):
            shoulder, elbow, hand = (
                moment.joints[f"{joint}_{side}"].at for joint in ("shoulder", "elbow", "hand")
            )
            assert sum((elbow - shoulder) ** 2) ** 0.5 == pytest.approx(UPPER_ARM_CM, rel=1e-3)
            assert sum((hand - elbow) ** 2) ** 0.5 == pytest.approx(FOREARM_CM, rel=1e-3)
    assert whole[-1].angles == pytest.approx(whole[0].angles)


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_no_head_or_trunk_moves_fast(name):
    whole = track(name)
    for before, after in pairwise(whole):
        length_s = after.at_s - before.at_s
        for joint in ("head_turn", "head_bend", "head_roll", "waist_bend", "chest_turn"):
            change_deg = abs(after.angles[joint] - before.angles[joint])
            assert change_deg <= 60 * length_s + 1e-6, f"{joint}: {change_deg / length_s:.0f}°/s"


def test_an_unknown_name_has_no_figure():
    with pytest.raises(LookupError, match="head-circles"):
        figure_svg("head-circles", still=True)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("head_turn = 50", "head_turn = 90", "figure.neck-turns.keyframes.1.head_turn"),
        ("head_bend = -16 }", "head_bend = -18 }", "more than 20°"),
        ('pose = "seated"', 'pose = "flying"', "there is no flying"),
        ('to = "skull_base"', 'to = "skul_base"', "skul_base"),
        ("head_turn = 50", "head_trun = 50", "head_trun"),
        ('tilts = "neck-turns"', 'tilts = "neck-turn"', "there is no figure neck-turn"),
        ("[window]", "[window", "figures.toml"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old, new, told):
    good = (bundled("config") / "figures.toml").read_text(encoding="utf-8")
    good = good.replace("[alias]\n", '[alias]\nneck-tilts = "neck-turns"\n')
    assert old in good
    wrong = tmp_path / "figures.toml"
    wrong.write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_figures(wrong)
    assert told in refused.value.what


def test_a_browser_draws_and_moves_every_figure(tmp_path: Path):
    """Contact sheets at three moments, also for looking at: `--basetemp` keeps them."""
    names = sorted(FIGURES)
    sheets = [photographed(tmp_path, names, at_s) for at_s in (0.0, 2.2, 5.1)]
    for number, name in enumerate(names):
        row, column = divmod(number, 10)
        cells = [s[row * 150 :, column * 150 :][:150, :150].astype(int) for s in sheets]
        assert cells[0].std() > 15, f"{name} is not drawn"
        changed = [(np.abs(cell - cells[0]).max(axis=2) > 60).sum() for cell in cells[1:]]
        assert max(changed) > 8, f"{name} does not move"


def photographed(folder: Path, names, at_s):
    """A contact sheet, 10 figures of 150 px in a row, at a moment of the animation."""
    sheet, picture = folder / f"figures-{at_s}.html", folder / f"figures-{at_s}.png"
    sheet.write_text(
        "<!doctype html><meta charset=utf-8>"
        "<style>body{margin:0}svg{width:150px;height:150px;float:left}</style>"
        + "".join(figure_svg(name, still=False) for name in names)
        + "<script>for (const svg of document.querySelectorAll('svg'))"
        f"{{svg.pauseAnimations(); svg.setCurrentTime({at_s})}}</script>",
        encoding="utf-8",
    )
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         "--window-size=1500,900", f"--user-data-dir={folder / 'browser'}",
         f"--screenshot={picture}", sheet.as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return cv2.imread(str(picture))
