"""Which programs are open, for `byhand policy example`. Looks once, installs nothing, reads no title."""

from __future__ import annotations

from collections.abc import Mapping
from struct import unpack

from byhand.capture.x11.wire import Connection


def open_programs(environ: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Window class (lower case) and the program's own name for it, of each program with a window.

    Raises:
        CaptureError: there is no display to look at.
    """
    with Connection.open(environ) as display:
        listed = display.get_property(display.root, "_NET_CLIENT_LIST", 1 << 16)
        if listed is not None and listed.format == 32:
            windows = list(unpack(f"<{len(listed.data) // 4}I", listed.data))
        else:  # no window manager: the windows are the root's own children
            tree = display.query_tree(display.root)
            windows = tree[1] if tree is not None else []
        found: dict[str, str] = {}
        for window in windows:
            held = display.get_property(window, "WM_CLASS")
            if held is None:
                continue
            # The second of the two is the class: what the driver calls the app.
            name = held.data.partition(b"\0")[2].partition(b"\0")[0].decode("utf-8", "replace").strip()
            if name:
                found.setdefault(name.lower(), name)
    return tuple(sorted(found.items()))
