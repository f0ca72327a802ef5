"""Where the pages of MiniWoB++ are, and serving them on 127.0.0.1.

Rules of this module: the pages come from the wheel as it is (`requirements/pages.txt`), which is read and never
installed. They are unpacked once into a folder of their own, whole or not at all.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Generator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from byhand.errors import UsageFault

WHEEL = "miniwob-*.whl"
_INSIDE = "miniwob/html/"
_HOST = "127.0.0.1"
_FETCH = "python -m pip download --no-deps --require-hashes -r requirements/pages.txt -d FOLDER"


def unpacked(wheels: Path, into: Path) -> Path:
    """The folder of pages.

    Args:
        wheels: the wheel, or a folder that holds it.
        into: where to unpack it; what is there already is used.

    Raises:
        UsageFault: there is no such wheel, or it can't be read.
    """
    html = into / _INSIDE
    if html.is_dir():
        return html
    wheel = wheels if wheels.suffix == ".whl" else next(iter(sorted(wheels.glob(WHEEL))), None)
    if wheel is None or not wheel.is_file():
        raise UsageFault("the pages of MiniWoB++ are not there", hints=(f"to fetch them, run: {_FETCH}",))
    into.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".pages-", dir=into))
    try:
        with ZipFile(wheel) as packed:
            packed.extractall(making, [name for name in packed.namelist() if name.startswith(_INSIDE)])
        with contextlib.suppress(OSError):  # another one was quicker
            (making / "miniwob").rename(into / "miniwob")
    except (BadZipFile, OSError) as error:
        raise UsageFault(f"the pages of MiniWoB++ can't be unpacked: {type(error).__name__}") from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return html


def names(html: Path) -> list[str]:
    """All tasks of the wheel. Those of real air lines (`flight/`) wrap pages that it does not bring along."""
    return sorted(page.stem for page in (html / "miniwob").glob("*.html"))


def vocabulary(html: Path) -> list[str]:
    """The words its pages are made of."""
    text = (html / "common" / "ui_utils.js").read_text("utf-8")
    return sorted({word.lower() for word in re.findall(r"[A-Za-z]{2,}", text)})


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The pages are UTF-8 and don't say so.
    extensions_map = {  # noqa: RUF012  the base class's
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    }  # fmt: skip

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's word
        """Nothing."""

    def end_headers(self) -> None:
        # The same page is opened hundreds of times; its scripts are parsed once.
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no error of ours."""


@contextlib.contextmanager
def served(html: Path, port: int = 0) -> Generator[str]:
    """Gives its origin, until the end of the block.

    Raises:
        UsageFault: the port is taken.
    """
    handler = functools.partial(_Handler, directory=os.fspath(html))
    try:
        server = _Server((_HOST, port), handler)
    except (OSError, OverflowError):
        raise UsageFault(f"port {port} can't be used", hints=("leave it out to get a free one",)) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{_HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
