"""Commands and their help."""
