"""A file that a person asked for, written for them alone."""

from __future__ import annotations

import os
from pathlib import Path

from byhand.errors import ByhandError


def write(file: Path, data: bytes) -> int:
    """For the person alone, also where a wider file of that name was before. Gives its size.

    Raises:
        ByhandError: it can't be written.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            file.chmod(0o600)
            return out.write(data)
    except OSError as error:
        hints = ("choose another place with -o FILE",)
        raise ByhandError(f"{file} can't be written: {(error.strerror or '').lower()}", hints=hints) from None
