"""`posture measure`: one photograph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(measure)


def measure(
    image: Annotated[Path, typer.Argument(help="A photograph of one person.")],
    draw: Annotated[
        Path | None, typer.Option("--draw", help="Write the picture with lines and numbers.")
    ] = None,
) -> None:
    """Measure the person in a photograph; rough, since there is no calibration."""
    import cv2

    from posture.review.draw import describe
    from posture.service.photograph import measure_photograph

    result = measure_photograph(image)
    for line in describe(result.measurement):
        typer.echo(line.replace("+-", "±").replace(" deg", "°"))
    typer.echo(
        "Rough: without your own neutral to compare with, the head's angle is uncertain by "
        f"±{result.measurement.forward_head_deg.sigma:.0f}° and the shoulders are not judged."
    )
    if draw is not None:
        if not cv2.imwrite(str(draw), result.drawn):
            from posture.errors import UsageError

            raise UsageError(
                f"{draw} cannot be written.",
                meaning="The measurement above holds; the picture was not kept.",
                action="Give a path that ends in .png or .jpg, in a folder that exists.",
            )
        typer.echo(f"Drawn: {draw}")
