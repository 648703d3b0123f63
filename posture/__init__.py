"""posture: a private webcam posture monitor for desk workers.

The data's path is the folder list: capture → pose → measure → judge → alert / log → review.
"""

__version__ = "0.1.0"
