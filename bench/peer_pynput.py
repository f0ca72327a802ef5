"""The usual recorder: pynput listeners to plain JSON lines, as most tools do it. `python -m bench.peer_pynput OUT`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from pynput import keyboard, mouse


def main() -> None:
    with Path(sys.argv[1]).open("w") as out:

        def write(kind: str, **fields: object) -> None:
            out.write(json.dumps({"t": time.monotonic_ns(), "kind": kind, **fields}) + "\n")

        pointer = mouse.Listener(
            on_move=lambda x, y: write("move", x=x, y=y),
            on_click=lambda x, y, button, pressed: write("click", x=x, y=y, button=str(button), pressed=pressed),
            on_scroll=lambda x, y, dx, dy: write("scroll", x=x, y=y, dx=dx, dy=dy),
        )
        keys = keyboard.Listener(
            on_press=lambda key: write("press", key=str(key)), on_release=lambda key: write("release", key=str(key))
        )
        pointer.start()
        keys.start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            time.sleep(1)
            out.flush()


main()
