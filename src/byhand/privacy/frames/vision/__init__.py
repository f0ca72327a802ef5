"""Where text, faces and codes may be in a picture of which nobody tells the boxes.

Needs the extra `vision` (numpy, OpenCV, and for large or blended text the detection model of rapidocr). The rule is the
guard's: what is not proven harmless is painted.

`load` imports those packages; nothing else of the program does.

look        the whole: one picture in, boxes out
plain       which pixels are proven plain: they lie in a long straight run of one colour; everything else is found
letters     text by a detection model, which never reads what it finds
marks       faces, QR and bar codes
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from byhand.privacy.frames.vision.look import Look

_PACKAGES = ("numpy", "cv2", "onnxruntime", "rapidocr_onnxruntime")


def installed() -> bool:
    """Are the packages of the extra `vision` there?"""
    return all(find_spec(name) for name in _PACKAGES)


def load(threads: int = 1) -> Look:
    """What looks through pictures. Takes about a second and 150 MB.

    Raises:
        ImportError, OSError, RuntimeError: a package or a model is missing.
    """
    made: Look = import_module("byhand.privacy.frames.vision.look").Look(threads)
    return made
