"""Frames in: cameras, video files, streams."""
