"""The whole program on the bundled clip, told as a story."""

from __future__ import annotations

import tomllib
from contextlib import ExitStack
from datetime import datetime, time
from pathlib import Path

from posture.capture.storyboard import Scene, Story
from posture.capture.video import VideoFile
from posture.config.schema import Config
from posture.judge.memory import PolicyState
from posture.service.calibrations import Forgotten
from posture.service.clock import RecordedClock
from posture.service.coaching import chooser
from posture.service.edges import open_alerter, open_log, open_pose
from posture.service.guarded import prepare
from posture.service.run import Parts, Run, View
from posture.service.surroundings import Alone

_DEMO = Path(__file__).resolve().parents[1] / "demo"
_DEMO_BEGINS = time(9, 0)


def open_story() -> Story:
    """The bundled clip with its storyboard."""
    return Story(VideoFile(_DEMO / "desk.mp4"), story_scenes())


def story_scenes() -> tuple[Scene, ...]:
    """The storyboard; its first scene is the calibration."""
    content = tomllib.loads((_DEMO / "story.toml").read_text(encoding="utf-8"))
    return tuple(Scene(**scene) for scene in content["scene"])


def demo(config: Config, view: View, log: Path, story: Story) -> None:
    """Run the whole pipeline on the bundled clip, on the story's clock.

    Args:
        config: Settings; alerts are shown by the view alone.
        view: Who watches.
        log: A log of its own, so that the user's stays clean.
        story: From `open_story`; closed at the end.

    Raises:
        PostureError: A model or log that cannot be used.
    """
    begins = datetime.combine(datetime.now().astimezone(), _DEMO_BEGINS).astimezone()
    silent = config.model_copy(
        update={
            "alert": config.alert.model_copy(update={"channel": "none"}),
            # A film that shows every second of the story.
            "capture": config.capture.model_copy(
                update={"look_every_steady_s": config.capture.look_every_s}
            ),
        }
    )
    prepare()
    with ExitStack() as opened:
        opened.enter_context(story)
        clock = RecordedClock(begins)
        store = open_log(opened, silent, log, clock.now())
        parts = Parts(
            config=silent,
            source=story,
            pose=opened.enter_context(open_pose(silent)),
            store=store,
            alerter=opened.enter_context(open_alerter(silent)),
            clock=clock,
            choose=chooser(lambda: silent, log),
            calibrations=Forgotten(story.name, store),
            view=view,
            around=Alone(),
        )
        Run(parts, PolicyState(), recalibrate=False).until_end()
