from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from byhand.datasets.formats.out import export
from byhand.datasets.formats.process_logs import OCEL2, XES
from tests.datasets.formats.samples import CUSTOMER, EVERY, act, demonstration


def test_every_object_and_type_an_event_names_is_declared(tmp_path: Path):
    """What OCEL 2.0 demands of a log, and what readers fail on."""
    export(OCEL2, [demonstration(EVERY), demonstration(EVERY, id="e2", person="p1")], tmp_path / "out")
    log = json.loads((tmp_path / "out/log.json").read_text())
    objects = {one["id"]: one["type"] for one in log["objects"]}
    assert {one["type"] for one in log["events"]} == {one["name"] for one in log["eventTypes"]}
    assert set(objects.values()) <= {one["name"] for one in log["objectTypes"]}
    assert all(to["objectId"] in objects for one in log["events"] for to in one["relationships"])
    assert len({one["id"] for one in log["events"]}) == 2 * len(EVERY)
    assert "person:p1" in objects


def test_a_log_never_tells_what_was_typed(tmp_path: Path):
    """A log is for counting: canaries of text and choice are in neither."""
    actions = (act("type", CUSTOMER, text="canary-1"), act("select", CUSTOMER, text="canary-2"))
    for kind, name in ((OCEL2, "log.json"), (XES, "log.xes")):
        export(kind, [demonstration(actions)], tmp_path / kind.name)
        assert "canary" not in (tmp_path / kind.name / name).read_text()


def test_xes_is_xml_whatever_a_name_holds(tmp_path: Path):
    """Quotes, brackets, line ends, and characters that XML can't hold at all."""
    hostile = '"<&>\n\x00\x0b\ufffe]]>'
    export(XES, [demonstration(EVERY, instruction=hostile)], tmp_path / "out")
    log = ET.parse(tmp_path / "out/log.xes").getroot()
    space = "{http://www.xes-standard.org/}"
    (trace,) = log.findall(f"{space}trace")
    assert len(trace.findall(f"{space}event")) == 2 * len(EVERY)
    assert trace.findall(f"{space}string")[1].get("value") == '"<&>\n???]]>'


def test_times_are_the_wall_clocks(tmp_path: Path):
    """And where no wall clock is known, that is told."""
    export(OCEL2, [demonstration(EVERY)], tmp_path / "out")
    log = json.loads((tmp_path / "out/log.json").read_text())
    assert log["events"][0]["time"] == "2023-11-14T22:13:21.000+00:00"
    (problem,) = export(OCEL2, [replace(demonstration(EVERY), utc_ns=0)], tmp_path / "clockless")
    assert "no wall clock" in problem.message
