"""`posture watch`, `posture calibrate`, `posture demo`, `posture cameras`."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from posture.config.measure import MeasureSection
    from posture.config.schema import Config

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="A config file instead of your own.")
]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", help="Camera index, device, video file or stream URL."),
]
AsCameraOption = Annotated[
    bool, typer.Option("--as-camera", help="Play a video file in real time, over and over.")
]
ProfileOption = Annotated[
    str | None,
    typer.Option("--profile", help="Name of the calibration: another chair, desk or person."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(watch)
    app.command()(calibrate)
    app.command()(demo)
    app.command()(cameras)


def watch(
    source: SourceOption = None,
    config: ConfigOption = None,
    profile: ProfileOption = None,
    *,
    as_camera: AsCameraOption = False,
    recalibrate: Annotated[
        bool, typer.Option("--recalibrate", help="Calibrate anew before monitoring.")
    ] = False,
    tray: Annotated[
        bool, typer.Option("--tray", help="Show the icon, if the settings do.")
    ] = False,
) -> None:
    """Monitor your posture through a camera until Ctrl-C; prints the day's summary at the end."""
    from posture.cli.view import LiveView
    from posture.cli.warning_signs import print_signs_once
    from posture.places import log_path
    from posture.service import session
    from posture.service.detached import detached
    from posture.service.program_log import program_log
    from posture.service.settings import Settings

    settings = Settings(config, _with_options(source, profile))
    console = Console()
    print_signs_once(console)
    if tray and settings.config.service.tray:
        # Before the model closes the network: what the icon's menu starts may need it.
        detached("tray")
    heed_ways_out()
    try:
        with (
            program_log(settings.config.service.log_level),
            LiveView(console, settings.config.measure.calibration_s) as view,
        ):
            session.watch(settings, view, as_camera=as_camera, recalibrate=recalibrate)
    except KeyboardInterrupt:
        console.print("Stopped.")
    _print_today(console, log_path())


def calibrate(
    source: SourceOption = None, config: ConfigOption = None, profile: ProfileOption = None
) -> None:
    """Sit upright and relaxed: measure and keep your own neutral, then end.

    A monitor that runs already does it instead, at its next look.
    """
    from posture.cli.view import LiveView
    from posture.config.load import load_config
    from posture.errors import AlreadyRunningError
    from posture.service import background, calibration, requests

    settings = _with_options(source, profile)(load_config(config))
    console = Console()
    try:
        with LiveView(console, settings.measure.calibration_s) as view:
            path = calibration.calibrate(settings, view)
    except AlreadyRunningError:
        background.ask(requests.CalibrateRequest(calibrate=True))
        console.print("The running monitor calibrates now: sit upright and relaxed.")
        return
    console.print(f"Kept in {path}. `posture watch` uses it from now on.")


def demo(
    config: ConfigOption = None,
    save_video: Annotated[
        Path | None,
        typer.Option("--save-video", help="Write the clip with landmarks, angles and state."),
    ] = None,
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print only the summary.")] = False,
) -> None:
    """Show the whole program at work on the bundled clip; needs no camera."""
    from posture.cli.view import LiveView, SilentView
    from posture.config.load import load_config
    from posture.service.demo import demo as play
    from posture.service.demo import open_story
    from posture.service.recording import AnnotatedVideo

    settings = load_config(config)
    console = Console()
    log = Path(tempfile.mkdtemp(prefix="posture-demo-")) / "log.sqlite3"
    story = open_story()
    if not quiet:
        minutes = round(story.lasts_s / 60)
        console.print(f"A recorded person at a desk; {minutes} minutes, told in half a minute.\n")
    live = LiveView(
        console, settings.measure.calibration_s, caption=lambda t_s: story.scene_at(t_s).caption
    )
    with live if not quiet else nullcontext(SilentView()) as view:
        if save_video is not None:
            with AnnotatedVideo(save_video, view) as recording:
                play(settings, recording, log, story)
        else:
            play(settings, view, log, story)
    _print_today(console, log)
    if save_video is not None:
        console.print(f"\nThe annotated clip: {save_video}")
    console.print(f"\nThe log of this demo: {log}")
    console.print("Next: `posture watch` monitors you; `posture config show` lists the settings.")


def cameras() -> None:
    """List the cameras of this machine, with what to write for --source."""
    from posture.capture.diagnosis import list_cameras

    found = list_cameras()
    for index, name in found:
        typer.echo(f"{index}  {name}")
    if not found:
        typer.echo("This machine shows no camera. `posture demo` works without one.")


def _print_today(console: Console, log: Path) -> None:
    from datetime import datetime

    from posture.log.summary import summarise
    from posture.review.terminal import print_summary

    console.print()
    print_summary(summarise(log, datetime.now().astimezone().date()), console)


def _with_options(source: str | None, profile: str | None) -> Callable[[Config], Config]:
    """What puts the command line's options over the settings, however often they are read."""

    def adjust(settings: Config) -> Config:
        sections: dict[str, object] = {}
        if source is not None:
            sections["capture"] = settings.capture.model_copy(update={"source": source})
        if profile is not None:
            sections["measure"] = _with_profile(settings.measure, profile)
        return settings.model_copy(update=sections)

    return adjust


def _with_profile(measure: MeasureSection, profile: str) -> MeasureSection:
    from pydantic import ValidationError

    from posture.errors import UsageError

    try:
        return type(measure).model_validate({**measure.model_dump(), "profile": profile})
    except ValidationError as error:
        raise UsageError(
            f"{profile!r} is no name for a profile.",
            meaning="Nothing was started.",
            action="Use small letters, digits and hyphens: --profile standing-desk.",
        ) from error


def heed_ways_out() -> None:
    """Let every ordinary signal to end be a way out through `interrupt`."""
    # SIGINT too: a shell starts background jobs with it ignored.
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    # A terminal that is closed; `nohup` has it ignored, and so it stays.
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        signal.signal(hang_up, interrupt)


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Turn a signal into an ordinary way out, so that everything is closed and written."""
    raise KeyboardInterrupt
