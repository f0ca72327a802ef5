"""Text by a detection model: where it is, never what it says.

The model is the one that comes inside the wheel of `rapidocr-onnxruntime` (PP-OCRv4 mobile, detection, 4.7 MB, Apache
2.0), run through onnxruntime. It gives each pixel a likelihood of lying in a line of text (DB, Liao et al. 2020, its
text kernels are smaller than the text, so each is grown). The recogniser of that wheel is not loaded.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import cv2
import numpy as np
import onnxruntime  # pyright: ignore[reportMissingTypeStubs]  # carries no types

from byhand.privacy.frames.vision.plain import Find, Pixels

_cv: Any = cv2  # its types say "any number" of every result
_ort: Any = onnxruntime

LIKELY = 0.2
"""Lower than the 0.3 of the model's own makers: a false find costs a bar of paint, a miss costs a name."""
SIDE = 1920
"""The longer side that a picture is made smaller to: 0.8 to 1.5 s on two cores instead of 3."""
GROWN = 0.7
"""A kernel is grown to all sides by this much of its height."""
_MODEL = "models/ch_PP-OCRv4_det_infer.onnx"
_STEP = 32  # the model halves its picture five times


class Letters:
    """The model, loaded once; for one thread at a time.

    Args:
        threads: how many cores it may use.

    Raises:
        OSError, RuntimeError: the model is not there or can't be loaded.
    """

    def __init__(self, threads: int = 1) -> None:
        options: Any = _ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = False  # a picture a minute is no reason to hold on to 500 MB
        model = files("rapidocr_onnxruntime").joinpath(_MODEL).read_bytes()
        self._session: Any = _ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input = str(self._session.get_inputs()[0].name)

    def find(self, pixels: Pixels) -> list[Find]:
        """Boxes around lines of text, in pixels of the picture."""
        high, wide = pixels.shape[:2]
        shrink = min(1.0, SIDE / max(high, wide))
        size = (max(_STEP, round(wide * shrink / _STEP) * _STEP), max(_STEP, round(high * shrink / _STEP) * _STEP))
        small = _cv.resize(pixels, size, interpolation=_cv.INTER_AREA if shrink < 1 else _cv.INTER_LINEAR)
        ready = (small.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]
        likely = self._session.run(None, {self._input: np.ascontiguousarray(ready)})[0][0, 0]
        mask = _cv.dilate((likely > LIKELY).astype(np.uint8), np.ones((2, 2), np.uint8))
        count, _, stats, _ = _cv.connectedComponentsWithStats(mask, connectivity=8)
        across, down = wide / size[0], high / size[1]
        found: list[Find] = []
        for x, y, w, h, area in ((int(value) for value in stats[number]) for number in range(1, count)):
            if area < 4:
                continue
            grow = GROWN * min(w, h) + 1
            left, top = int((x - grow) * across), int((y - grow) * down)
            right, bottom = int((x + w + grow) * across) + 1, int((y + h + grow) * down) + 1
            found.append(Find("text", left, top, right - left, bottom - top))
        return found
