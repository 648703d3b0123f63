"""Lets the measure tests import their golden records."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
