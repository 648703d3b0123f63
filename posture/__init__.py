"""posture: a private webcam posture monitor for desk workers.

The data's path is the folder list: capture → pose → measure → judge → alert / log → review.
"""

import os

__version__ = "0.1.0"

# Numpy's library would start a thread for every core; the systems solved here have eight unknowns.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
