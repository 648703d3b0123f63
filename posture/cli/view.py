"""What a person sees while the monitor runs: one live line, and a line for every event."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from posture.alert.message import Exercise as Offer
from posture.alert.message import alert_prompt, break_prompt
from posture.instant import Instant
from posture.judge.events import (
    AlertEnded,
    AlertRaised,
    BreakDue,
    BreakTaken,
    Event,
    LimitRelaxed,
    SnoozeEnded,
    SnoozeStarted,
)
from posture.judge.verdict import Fault, State, Verdict
from posture.review.live import live_line
from posture.review.words import FAULT_WORDS, duration
from posture.service.calibrating import Calibrating
from posture.service.run import Look


class LiveView:
    """Shows every look in one line that is overwritten, and events above it.

    Where the output is no terminal, only the events are printed.
    """

    def __init__(
        self, console: Console, calibration_s: float, caption: Callable[[float], str] | None = None
    ) -> None:
        """Prepare the view.

        Args:
            console: Where to.
            calibration_s: How long calibrating lasts, for the countdown.
            caption: What a recording shows at a time, seconds; for the demo.
        """
        self._console = console
        self._calibration_s = calibration_s
        self._caption = caption
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._kind: tuple[State, frozenset[Fault]] | None = None
        self._since_s = 0.0
        self._was_calibrating = False
        self._refused = 0
        self._notice = ""

    def looked(self, look: Look) -> None:
        """Show one look."""
        self._calibration(look)
        if look.notice != self._notice:
            self._notice = look.notice
            if look.notice:
                self._say(look.now, Text(look.notice, "yellow"))
        for event in look.events:
            self._event(event, look)
        if look.notice not in {"", self._notice}:
            self._say(look.now, Text(look.notice, "yellow"))
        self._notice = look.notice
        line = self._line(look)
        if self._console.is_terminal:
            self._live.update(line, refresh=True)

    def calibrating(self, state: Calibrating, now_s: float) -> None:
        """Show one look of a calibration by itself."""
        self._refusal(state)
        if self._console.is_terminal:
            self._live.update(self._countdown(state, now_s), refresh=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()

    def _calibration(self, look: Look) -> None:
        state = look.calibrating
        if state is not None:
            self._refusal(state)
        elif self._was_calibrating:
            self._say(look.now, Text("calibrated: this is your neutral now", "green"))
        self._was_calibrating = state is not None

    def _refusal(self, state: Calibrating) -> None:
        if state.attempts > self._refused:
            self._refused = state.attempts
            self._console.print(Text(f"Calibration refused: {state.refused}. Again …", "yellow"))

    def _countdown(self, state: Calibrating, now_s: float) -> Text:
        left_s = state.seconds_left(now_s, self._calibration_s)
        return Text(f"◌ calibrating: sit upright and relaxed, {left_s:.0f} s", style="cyan")

    def _line(self, look: Look) -> Text:
        caption = self._caption(look.now.mono_s) if self._caption is not None else ""
        if look.calibrating is not None and look.rest is None:
            line = Text(f"{look.now.local:%H:%M:%S} ", style="dim", no_wrap=True)
            line.append_text(self._countdown(look.calibrating, look.now.mono_s))
            line.append(f"  {caption}", style="dim italic")
            return line
        return live_line(look.verdict, look.now, self._held_s(look.verdict), caption)

    def _held_s(self, verdict: Verdict) -> float:
        kind = (verdict.state, frozenset(fault.fault for fault in verdict.faults))
        if kind != self._kind:
            self._kind, self._since_s = kind, verdict.t_s
        return verdict.t_s - self._since_s

    def _event(self, event: Event, look: Look) -> None:
        match event:
            case AlertRaised():
                prompt = alert_prompt(event, self._offer(event.id, look))
                self._prompt(event.at, prompt.title, prompt.body)
            case AlertEnded(outcome="corrected"):
                text = f"corrected after {duration(event.after_s)}, thank you"
                self._say(event.at, Text(text, "green"))
            case AlertEnded():
                self._say(event.at, Text(f"alert ended: {event.outcome}", "dim"))
            case BreakDue():
                reminder = break_prompt(event, self._offer(event.id, look))
                self._prompt(event.at, reminder.title, reminder.body)
            case BreakTaken():
                text = f"that counts as a break, after {duration(event.sitting_s)} of sitting"
                self._say(event.at, Text(text, "green"))
            case SnoozeStarted():
                self._say(event.at, Text(f"no alerts {event.text}", "cyan"))
            case SnoozeEnded():
                self._say(event.at, Text("alerts are on again", "cyan"))
            case LimitRelaxed(percent=0):
                self._say(event.at, Text(f"limit for {_fault(event)} restored", "cyan"))
            case LimitRelaxed():
                text = f"limit for {_fault(event)} relaxed by {event.percent:.0f} %; undo: "
                text += f"posture limits --restore {event.fault}"
                self._say(event.at, Text(text, "cyan"))
            case _:
                pass

    def _offer(self, event_id: str, look: Look) -> Offer | None:
        exercise = look.exercises.get(event_id)
        if exercise is None:
            return None
        return Offer(exercise.name, exercise.first_step, exercise.seconds)

    def _prompt(self, at: Instant, title: str, body: str) -> None:
        if self._console.is_terminal:
            self._console.bell()
        self._say(at, Text(f"■ {title}", style="bold red"))
        for line in body.splitlines():
            self._console.print(Padding(Text(line), (0, 0, 0, 11), expand=False))

    def _say(self, at: Instant, text: Text) -> None:
        line = Text(f"{at.local:%H:%M:%S} ", style="dim")
        self._console.print(line.append_text(text))


class SilentView:
    """Shows nothing."""

    def looked(self, look: Look) -> None:
        """Do nothing."""


def _fault(event: LimitRelaxed) -> str:
    return FAULT_WORDS[event.fault]
