"""A page of ours as PDF, printed by a Chromium without a window that reaches no network."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from byhand.cli.browsers import found
from byhand.errors import CaptureError

_WITHIN_S = 60.0
_FLAGS = (
    "--headless=new", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
_FATE = "nothing was written"


def pdf(page: str, environ: Mapping[str, str]) -> bytes:
    """Print it. The page lies in a folder for this person alone meanwhile, and is taken away.

    Raises:
        CaptureError: there is no browser, or it does not print.
    """
    program = next((one.program for one in found(environ) if one.program), "")
    if not program:
        raise CaptureError(
            "a PDF is printed by Chromium or one of its kin, and none is here",
            hints=("on Debian, to install it, run: sudo apt-get install chromium", "or write HTML: -o FILE.html"),
            fate=_FATE,
        )
    with tempfile.TemporaryDirectory(prefix="byhand-") as name:
        folder = Path(name)
        source, made = folder / "page.html", folder / "page.pdf"
        with os.fdopen(os.open(source, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(page)
        root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        words = [program, *_FLAGS, *root, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}"]
        try:
            subprocess.run(
                [*words, source.as_uri()], env=dict(environ), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, timeout=_WITHIN_S, check=True, umask=0o077,
            )  # fmt: skip
            return made.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise CaptureError(
                "the browser did not print the page", hints=("write HTML instead: -o FILE.html",), fate=_FATE
            ) from None
