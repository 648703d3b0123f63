"""The `posture` command on the MediaPipe that comes first on PYTHONPATH, with or without the guard.

Newer releases import matplotlib, for drawings that nobody here draws: it is left out.
"""

import sys
from types import ModuleType


def main() -> None:
    """Run the command; `--unguarded` as the first argument leaves the network open."""
    package, pyplot = ModuleType("matplotlib"), ModuleType("matplotlib.pyplot")
    package.pyplot = pyplot
    sys.modules |= {"matplotlib": package, "matplotlib.pyplot": pyplot}
    from posture import sandbox
    from posture.cli.main import run
    from posture.service import guarded

    if sys.argv[1] == "--unguarded":
        del sys.argv[1]
        guarded.close_network = sandbox.guard_status
    run()


main()
