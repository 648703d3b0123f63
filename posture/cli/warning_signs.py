"""When to stop and when to see a doctor, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def print_signs(console: Console) -> None:
    """Print the whole list.

    Args:
        console: Where to.
    """
    from rich.padding import Padding
    from rich.text import Text

    from posture.coach.warnings import load_warnings

    signs = load_warnings()
    console.print("When to stop", style="bold")
    console.print(signs.session)
    for level in signs.level:
        console.print(f"\n{level.heading}", style="bold")
        for sign in level.signs:
            console.print(Padding(Text(f"• {sign}"), (0, 0, 0, 2)))
    console.print(f"\n{signs.ask_first}")


def print_signs_once(console: Console) -> None:
    """Print the list at this user's first run, and never again by itself.

    Args:
        console: Where to.
    """
    from posture.service.welcome import remember_shown, was_shown

    if not was_shown("warnings"):
        remember_shown("warnings")
        print_signs(console)
        console.print("`posture exercise --when-to-stop` shows this again.\n")
