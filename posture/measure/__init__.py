"""Landmarks to degrees and centimetres: pure functions, no clock, no I/O."""
