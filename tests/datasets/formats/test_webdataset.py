from __future__ import annotations

import json
import tarfile
from pathlib import Path

from byhand.datasets.formats.out import export
from byhand.datasets.formats.webdataset import WEBDATASET
from tests.datasets.formats.samples import ORDER, demonstration, png


def test_a_sample_is_a_step_with_its_picture(tmp_path: Path):
    """Files of one sample stand beside each other and share all up to the first dot: the library's one rule."""
    export(WEBDATASET, [demonstration(ORDER)], tmp_path / "out")
    with tarfile.open(tmp_path / "out/train-000000.tar") as tar:
        names = tar.getnames()
        assert names[:2] == ["000000_00000.json", "000000_00000.png"]
        assert len(names) == 2 * len(ORDER)
        first, picture = tar.extractfile(names[0]), tar.extractfile(names[1])
        assert first is not None
        assert picture is not None
        assert json.loads(first.read())["action"]["op"] == "click"
        assert picture.read() == png(shade=0)
