"""How a problem reaches the person and the shell: words on stderr, a code of its own."""

from __future__ import annotations

import re

from rich.console import Console
from rich.text import Text

from posture.errors import PostureError, SystemLibraryError

_MISSING_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[\d.]*): cannot open shared object file")


def report(problem: PostureError) -> int:
    """Print a problem: what happened, what it means, what to do.

    Args:
        problem: Any of ours.

    Returns:
        Its exit code.
    """
    text = Text()
    text.append(problem.what.rstrip(), style="bold")
    text.append(f"\n{problem.meaning}\n")
    text.append(problem.action)
    Console(stderr=True, soft_wrap=True, highlight=False).print(text)
    return problem.exit_code


def missing_library(error: ImportError) -> SystemLibraryError | None:
    """Recognise the import error of a machine without the libraries that OpenCV needs.

    Args:
        error: From importing OpenCV or MediaPipe.

    Returns:
        The same in the user's words, or None where it is something else.
    """
    match = _MISSING_LIBRARY.search(str(error))
    if match is None:
        return None
    return SystemLibraryError(
        f"The system library {match.group(1)} is missing; OpenCV needs it.",
        meaning="No picture can be read.",
        action="On Debian and Ubuntu: sudo apt install libgl1 libglib2.0-0",
    )
