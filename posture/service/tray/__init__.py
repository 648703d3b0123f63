"""The icon in the tray: a small process of its own that talks to the monitor like any command."""
