"""The border itself: four thin windows along the edges, until standard input ends.

Four windows and no see-through one over everything: what isn't covered can't be blocked, whatever
the window manager makes of transparency.
"""

from __future__ import annotations

import sys
import threading
import tkinter as tk

# A border nobody takes away (a program stopped with a debugger, say) goes away by itself.
_LONGEST_MS = 15 * 60 * 1000
_LOOK_MS = 100


def show(border_px: int, color: str) -> None:
    """Draw the border and keep it until standard input ends.

    Args:
        border_px: Width, pixels.
        color: #rrggbb.

    """
    root = tk.Tk()
    root.withdraw()
    width, height = root.winfo_screenwidth(), root.winfo_screenheight()
    for x, y, w, h in (
        (0, 0, width, border_px),
        (0, height - border_px, width, border_px),
        (0, 0, border_px, height),
        (width - border_px, 0, border_px, height),
    ):
        edge = tk.Toplevel(root, background=color, takefocus=False)
        edge.overrideredirect(True)
        edge.attributes("-topmost", True)
        edge.geometry(f"{w}x{h}+{x}+{y}")
    ended = threading.Event()
    threading.Thread(target=_wait_for_the_end_of_input, args=(ended,), daemon=True).start()

    def look() -> None:
        if ended.is_set():
            root.destroy()
        else:
            root.after(_LOOK_MS, look)

    root.after(_LONGEST_MS, root.destroy)
    look()
    root.mainloop()


def _wait_for_the_end_of_input(ended: threading.Event) -> None:
    sys.stdin.buffer.read()
    ended.set()


if __name__ == "__main__":
    show(int(sys.argv[1]), sys.argv[2])
