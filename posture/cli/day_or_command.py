"""A group of commands whose first one may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Context


class DayOrCommand(TyperGroup):
    """`posture log 2026-03-02` shows a day; `posture log wipe` is a command of its own."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Take `show` as said where no command is."""
        if not args or args[0] not in {*self.commands, "--help"}:
            args = ["show", *args]
        return super().parse_args(ctx, args)
