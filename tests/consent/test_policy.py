from __future__ import annotations

import json
import re
import tomllib
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.consent.policy import (
    STREAMS,
    app_rule,
    check,
    example,
    json_schema,
    origin_of,
    parse,
    policy_hash,
    schema_text,
    site_rule,
    unsafe,
    within_hours,
)
from byhand.errors import PolicyError

ROOT = Path(__file__).parents[2]
GOOD = """\
version = 1
streams = ["actions", "text"]

[hours]
days = ["mon", "fri"]
start = "09:00"
end = "17:00"

[[apps]]
id = "mail"

[[apps]]
id = "chromium"
streams = ["actions"]
browser = true

[[sites]]
origin = "https://work.example.org"

[[sites]]
origin = "https://*.wide.example.org"
"""


def test_a_good_policy_is_read():
    """All of it, with what is not written at its default."""
    policy = parse(GOOD, "policy.toml")
    assert check(GOOD, "policy.toml") == []
    assert [app.id for app in policy.apps] == ["mail", "chromium"]
    assert policy.apps[0].streams == ("actions", "text", "timing", "pointer", "frames")
    assert (policy.retention_days, policy.purposes) == (7, ("mine",))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('id = "mail"', 'id = "mail"\nstreams = [\n  "actions",\n  "txt",\n]'),
         "line 13: apps[0].streams has an unknown stream 'txt'"),
        (("version = 1", "version = 2"), "line 1: version can't be 2"),
        (("version = 1", "# no version"), "line 1: 'version' is missing"),
        (('id = "mail"', 'ident = "mail"'), "line 9: apps[0] lacks 'id'"),
        (("browser = true", "browsers = true"), "line 15: apps[1].browsers is not a key of a policy"),
        (("browser = true", 'browser = "yes"'), "line 15: apps[1].browser must be true or false"),
        (('end = "17:00"', 'end = "24:00"'), "line 7: hours.end is not a time of day"),
        (('end = "17:00"', "end = 17"), "line 7: hours.end must be text"),
        (('"mon", "fri"', '"mon", "someday"'), "line 5: hours.days has an unknown day 'someday'"),
        (('"text"]', '"text"]\nretention_days = 366'), "line 3: retention_days must be between 1 and 365"),
        (('"text"]', '"text"]\nretention_days = true'), "line 3: retention_days must be a whole number"),
        (('"text"]', '"text"]\nwords = "x"'), "line 3: words must be a list of values"),
        (('id = "chromium"', 'id = "mail"'), "line 13: apps[1].id names 'mail' a second time"),
        (('id = "chromium"', 'id = "Chromium"'), "line 13: apps[1].id must be the window class in lower case"),
        (('streams = ["actions"]', 'streams = ["frames"]'),
         "line 14: apps[1].streams[0] names 'frames', which the policy's own"),
        (("https://work.example.org", "work.example.org"), "line 18: sites[0].origin is not a web origin"),
        (("https://work.example.org", "https://work.example.org/x"), "line 18: sites[0].origin is not a web origin"),
        (("https://work.example.org", "https://*.org"), "line 18: sites[0].origin is not a web origin"),
        (('["actions", "text"]', '["text"]'), "line 2: streams must name 'actions'"),
        (("[hours]", "[context]\n[hours]"), "line 4: context is not a key of a policy"),
        (("[hours]", '[contexts]\nallow = ["mail"]\n[hours]'), "line 5: contexts.allow is not a key of a policy"),
        (("[hours]", '[contexts]\napps = ["Zoom"]\n[hours]'), "line 5: contexts.apps[0] must be the window class"),
        (("[hours]", '[contexts]\nsites = ["https://*.org"]\n[hours]'), "line 5: contexts.sites[0] is not a web"),
        (("[hours]", '[contexts]\ntitles = ["hr"]\n[hours]'), "line 5: contexts.titles[0] must be a phrase"),
        (("[hours]", '[contexts]\ntitles = ["a b", "a b"]\n[hours]'), "line 5: contexts.titles[1] names 'a b' a"),
        (("[hours]", '[contexts]\nUNSAFE_allow = [\n"mail",\n"bank"]\n[hours]'),
         "line 7: contexts.UNSAFE_allow[1] names no program and no site"),
        (("[hours]", '[guard]\npresidio = "yes"\n[hours]'), "line 5: guard.presidio must be true or false"),
        (("[hours]", '[[redact]]\nname = "a"\nkind = "A"\n[hours]'), "line 4: redact[0] lacks 'pattern'"),
        (("[hours]", "[hours"), "line 4: is not TOML"),
        (('id = "mail"', 'id = "mail'), "line 10: is not TOML"),
    ],
)  # fmt: skip
def test_each_fault_names_its_line_and_its_key(change: tuple[str, str], problem: str):
    """A person can mend it without reading a manual; what is allowed stands beside it."""
    text = GOOD.replace(*change, 1)
    with pytest.raises(PolicyError) as raised:
        parse(text, "policy.toml")
    assert raised.value.message.startswith(f"policy.toml {problem}")
    assert raised.value.fate == "nothing was recorded"
    found = check(text, "policy.toml")
    assert any(f"{one.source}: {one.message}".startswith(f"policy.toml {problem}") for one in found)


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    """Mending one after the other is tiring."""
    text = GOOD.replace('"text"]', '"tekst"]').replace('start = "09:00"', "start = 9").replace("browser", "bowser")
    assert [one.source for one in check(text, "p")] == ["p line 2", "p line 6", "p line 15"]
    with pytest.raises(PolicyError) as raised:
        parse(text, "p")
    assert "there are 2 more problems; to see all, run: byhand policy check p" in raised.value.hints
    assert "allowed: actions, frames, pointer, text, timing" in raised.value.hints


@given(st.text(alphabet="[]{}=\"'\\\n#,. abs1", max_size=80))
def test_no_text_breaks_the_reader(text: str):
    """Every text is a policy or has a problem with a line."""
    for one in check(text, "p"):
        assert one.source.startswith("p line ")


def test_a_policy_is_known_by_its_exact_bytes():
    """A comment added makes another policy, which needs a new yes."""
    assert policy_hash(GOOD) != policy_hash(GOOD + "#")
    assert policy_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_published_schema_is_up_to_date_and_takes_a_good_policy():
    """Editors check policies with it."""
    assert (ROOT / "docs" / "schema" / "policy.schema.json").read_text() == schema_text()
    jsonschema.validate(tomllib.loads(GOOD), json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(GOOD.replace("browser", "bowser")), json_schema())


@pytest.mark.parametrize(
    "apps", [[], [("mousepad", "Mousepad")], [("chromium", ""), ('we"ird\n', 'A "b" \\ c\x7f'), ("chromium", "again")]]
)
def test_the_example_is_a_policy_that_lists_what_is_open(apps: list[tuple[str, str]]):
    """It is good as it is, and records nothing that is not open."""
    policy = parse(example(apps), "example")
    assert {app.id for app in policy.apps} == {app.strip() for app, _ in apps}
    assert all(app.browser == (app.id == "chromium") for app in policy.apps)
    assert policy.streams == STREAMS  # what a person can be asked for; the answer to each is no by default


def test_the_example_with_its_comments_taken_away_is_good_too():
    """What it shows as possible works."""
    text = example([("chromium", "Chromium")])
    lines = [line.removeprefix("# ") if re.match(r"# (\[|[a-z]+ = )", line) else line for line in text.splitlines()]
    policy = parse("\n".join(lines), "example")
    assert policy.hours is not None
    assert policy.sites[0].origin == "https://mail.example.org"
    assert policy.contexts.apps
    assert policy.redact[0].kind == "CASE"
    assert policy.guard.presidio


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://work.example.org/a?b#c", "https://work.example.org"),
        ("https://WORK.example.org:443/", "https://work.example.org"),
        ("https://me:pw@work.example.org/", "https://work.example.org"),
        ("https://a.b.wide.example.org/", "https://*.wide.example.org"),
        ("https://wide.example.org/", None),
        ("http://work.example.org/", None),
        ("https://work.example.org:8443/", None),
        ("https://work.example.org.evil.example/", None),
        ("https://evilwide.example.org/", None),
        ("javascript:alert(1)", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_a_page_has_the_rule_of_its_exact_origin(url: str, origin: str | None):
    """Scheme, host and port; a star covers subdomains and not the domain itself."""
    rule = site_rule(parse(GOOD, "p"), url)
    assert (rule.origin if rule else None) == origin


def test_files_and_ports_are_origins():
    """As a rule writes them."""
    assert origin_of("file:///home/x.html") == "file://"
    assert origin_of("http://127.0.0.1:8000/x") == "http://127.0.0.1:8000"
    assert origin_of("about:blank") == "about:"


def test_an_app_has_the_rule_of_its_class():
    """And no other."""
    policy = parse(GOOD, "p")
    rule = app_rule(policy, "chromium")
    assert rule is not None
    assert rule.browser
    assert app_rule(policy, "bank") is None


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2026-11-20 09:00", True), ("2026-11-20 16:59", True), ("2026-11-20 17:00", False),
        ("2026-11-20 08:59", False),
        ("2026-11-21 12:00", False), ("2026-11-23 12:00", True),
    ],
)  # fmt: skip
def test_work_hours_are_kept(moment: str, inside: bool):
    """Friday the 20th and Monday the 23rd are in; Saturday is not."""
    assert within_hours(parse(GOOD, "p"), datetime.fromisoformat(moment)) is inside


def test_a_night_shift_ends_on_the_next_morning():
    """An end before the start; the day is the one it began on."""
    policy = parse(GOOD.replace("09:00", "22:00").replace("17:00", "06:00"), "p")
    assert within_hours(policy, datetime(2026, 11, 20, 23, 0))
    assert within_hours(policy, datetime(2026, 11, 21, 5, 59))
    assert not within_hours(policy, datetime(2026, 11, 20, 5, 0))
    assert not within_hours(policy, datetime(2026, 11, 21, 23, 0))


def test_a_policy_without_hours_holds_at_any_time():
    """Hours are a choice."""
    assert within_hours(parse("version = 1", "p"), datetime(2026, 11, 21, 3, 0))


def test_what_is_unsafe_is_told_with_its_line():
    """A policy that shortens the list of what is never recorded is good, and says so wherever it is shown."""
    text = GOOD + '[contexts]\nUNSAFE_allow = ["mail", "https://work.example.org"]\n'
    assert check(text, "p") == []
    told = [(one.source, one.message.split()[:2]) for one in unsafe(text, "p")]
    assert told == [("p line 23", ["UNSAFE:", "mail"]), ("p line 23", ["UNSAFE:", "https://work.example.org"])]
    assert unsafe(GOOD, "p") == []
    assert unsafe("no policy", "p") == []


def test_docs_show_a_policy_that_works():
    """The page's example is read by the program."""
    page = (ROOT / "docs" / "formats" / "policy.md").read_text()
    text = page.split("```toml\n")[1].split("```")[0]
    assert check(text, "page") == []
    assert json.dumps(json_schema())
