"""`python -m posture`."""

from posture.cli.main import run

run()
