"""The record shown to its owner."""
