"""Telling the person: desktop, terminal, sound, home server."""
