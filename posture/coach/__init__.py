"""Exercises: the catalogue, which one to do, and whether it was done."""
