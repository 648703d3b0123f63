"""Measurements to a verdict: pure functions, time handed in."""
