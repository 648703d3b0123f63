"""Frames to pose landmarks."""
