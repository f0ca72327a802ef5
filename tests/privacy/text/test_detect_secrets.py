"""Keys, tokens and what else machines make; and that no text hangs or breaks the detectors."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec

import pytest

from byhand.evals.suites.secrets import by_detectors, covered
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.detect import detect_secrets, gitleaks, presidio
from byhand.privacy.text.detect.entropy import is_random
from byhand.privacy.text.detect.site import PatternDetector
from byhand.privacy.text.detect.union import MOST, UNJUDGED, detectors, find_all, merged
from byhand.privacy.text.types import At, Detector, Span

ALL = detectors()
GITHUB = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
PAGE = At("page")


def found(text: str, at: At = PAGE) -> dict[str, str]:
    return {text[start:end]: kind for start, end, kind in find_all(ALL, text, at)}


@pytest.mark.parametrize(
    "text",
    [
        GITHUB, f"Settings - {GITHUB} - Editor", f"https://x.example/?q={GITHUB}&page=2", f"({GITHUB})",
        f"x={GITHUB};",
        f"https://{GITHUB}@host.example/", f"{GITHUB[:17]}\n{GITHUB[17:]}", f"> {GITHUB[:17]}\r\n> {GITHUB[17:]}",
        f"first\n{GITHUB[:9]}\\\n  {GITHUB[9:]}\nlast",
    ],
)  # fmt: skip
def test_a_token_is_found_wherever_it_stands(text: str):
    """Bare, in a title, as any part of an address, and broken by the end of a line; none of its letters is left."""
    start, end = text.index(GITHUB[:9]), text.index(GITHUB[-9:]) + 9
    assert covered(find_all(ALL, text, PAGE), start, end)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgres://app:S3cr@t/x@db.example:5432/main", "S3cr@t"),
        ("Server=db;Uid=app;Pwd=Sunny-Day9;", "Sunny-Day9"),
        ("Authorization: Bearer abcd1234efgh5678", "abcd1234efgh5678"),
        ("curl -H 'X-Api-Key: 0a1b2c3d4e5f' site", "0a1b2c3d4e5f"),
        ('{"client_secret": "only plain words here"}', "only plain words here"),
        ('{"password": "sunny day"}', "sunny day"),
        ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ("/m3bnGWuI1dV5Q0H04ijG3XMXjjNhdRHEX4dmcgC", "/m3bnGWuI1dV5Q0H04ijG3XMXjjNhdRHEX4dmcgC"),
        (
            "open/YDDtUr454q7%2F8QulyLkoDf%2BK5g4QS%2Fw%2F2RvJ%2Bzm6",
            "YDDtUr454q7%2F8QulyLkoDf%2BK5g4QS%2Fw%2F2RvJ%2Bzm6",
        ),
        ("d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"),
        ("recovery ABCD-1234-EFGH-5678", "ABCD-1234-EFGH-5678"),
        ("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA", "MHcCAQEEIA"),
        ("AQABoUQDQgAE\n-----END EC PRIVATE KEY----- done", "AQABoUQDQgAE"),
        ("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP"),
    ],
)
def test_a_secret_is_found_without_knowing_its_maker(text: str, secret: str):
    """By what it stands in, by its name, or by looking thrown with dice. A cut-off private key is one too."""
    start = text.index(secret)
    assert covered(find_all(ALL, text, PAGE), start, start + len(secret)), found(text)


@pytest.mark.parametrize(
    "word",
    ["internationalization", "getElementsByClassName", "component-library-v2-final", "2024-01-15T10-30-00Z",
     "aaaaaaaaaaaaaaaaaaaaaaaa"],
)  # fmt: skip
def test_identifiers_and_long_words_do_not_look_random(word: str):
    """Dice change between figures, small and capital letters all the time; people do not."""
    assert not is_random(word)


def test_every_shape_of_gitleaks_compiles_and_says_where_it_is_from():
    """RE2 runs all of them; the file carries its notice."""
    assert len(gitleaks.rules()) > 200
    for place in range(len(gitleaks.rules())):
        assert gitleaks._compiled(place).groups >= 1
    text = files("byhand.privacy.text.detect").joinpath("gitleaks_rules.json").read_text("utf-8")
    assert re.search(r"MIT License.*Copyright \(c\) 2019", text)


def test_a_shape_that_needs_its_makers_name_asks_for_it():
    """Thirty-two letters behind "adafruit" are a key of theirs; behind nothing they are judged by their dice."""
    key = "abcdefghijklmnopqrstuvwxyzabcdef"
    rules = gitleaks.Gitleaks()
    assert [span[:2] for span in rules.find(f"adafruit_key = {key}", PAGE)] == [(15, 47)]
    assert list(rules.find(key, PAGE)) == []
    assert [span[:2] for span in rules.find(key, At("element", label="Adafruit key"))] == [(0, 32)]


def test_the_plugins_of_detect_secrets_have_no_way_out_of_the_machine():
    """Some could ask a maker whether a key works, by sending it. They are loaded without the means, and late."""
    code = (
        "import sys; from byhand.privacy.text.detect.union import detectors, find_all;"
        "from byhand.privacy.text.types import At; every = detectors();"
        "find_all(every, 'just words', At('title')); assert 'detect_secrets' not in sys.modules;"
        f"find_all(every, 'key {GITHUB}', At('title')); assert 'detect_secrets' in sys.modules;"
        "import detect_secrets.plugins.slack as slack; assert not hasattr(slack.requests, 'post');"
        "assert not {'requests', 'urllib3', 'ssl'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert [span.kind for span in detect_secrets.DetectSecrets().find(f"token {GITHUB}", PAGE)] == ["SECRET"]


LONG = MOST - 8


@pytest.mark.parametrize(
    "piece",
    [
        "a", "1", "1 ", "a1", "@", "a@", "a.", "password ", "password=x ", 'password="', "a/", "-", "=", "(", ":",
        "aB3", "ab:",
        "AB12-", "12 Main ", "1-1-1 Aa ", "one ", "account 1 ", "eyJ.", "https://a:b", "ä", "東京都", "가로",
        "adafruit ",
        "GB82 ", "+1 ", "a at ", "1 rue de la ", "born 1-1-1 ", "sk_", "a1\n", "secret=",
        "-----BEGIN RSA PRIVATE KEY-----",
        "%41", "token ", "\u200b", "٤",
    ],
)  # fmt: skip
def test_no_text_hangs_the_detectors(piece: str):
    """The longest text that is judged, of one piece over and over: the test's time limit is the promise."""
    text = (piece * LONG)[:LONG]
    assert all(span.kind != UNJUDGED for span in find_all(ALL, text, PAGE))


class _Odd:
    """A site's detector that does what it must not."""

    name = "odd"

    def __init__(self, spans: list[Span] | None) -> None:
        self._spans = spans

    def find(self, text: str, at: At) -> Iterator[Span]:
        del text, at
        if self._spans is None:
            raise RuntimeError("broken")
        yield from self._spans


@pytest.mark.parametrize(
    "odd", [_Odd(None), _Odd([Span(0, 99, "X")]), _Odd([Span(2, 2, "X")]), _Odd([Span(-1, 2, "X")])]
)
def test_a_detector_that_breaks_takes_the_whole_text_along(odd: Detector):
    """Whether it raises or points outside the text: not judged is not kept."""
    assert find_all(detectors(extra=(odd,)), "plain words", PAGE) == [Span(0, 11, UNJUDGED)]


def test_a_text_too_long_or_broken_is_not_judged():
    """A megabyte is no text of a person at work; half a character can't be looked at."""
    assert find_all(ALL, "a" * 1_000_000, PAGE) == [Span(0, 1_000_000, UNJUDGED)]
    assert find_all(ALL, "\ud800 half", PAGE) == [Span(0, 6, UNJUDGED)]
    assert find_all(ALL, "", PAGE) == []


def test_presidio_asked_for_and_broken_drops_the_text(monkeypatch: pytest.MonkeyPatch):
    """An optional engine that was asked for is not optional any more."""
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    presidio._analyzer.cache_clear()
    assert find_all(detectors(presidio=True), "plain words", PAGE) == [Span(0, 11, UNJUDGED)]


@pytest.mark.skipif(find_spec("presidio_analyzer") is None, reason="the extra presidio is not installed")
def test_presidio_joins_the_union_when_asked():
    """It finds by shape; nothing is fetched for it."""
    kinds = {
        span.kind for span in presidio.Presidio().find("my card is 4111 1111 1111 1111, mail ada@lovelace.com", PAGE)
    }
    assert {"CARD", "EMAIL"} <= kinds


def test_spans_that_overlap_become_one():
    """Under the kind of the longest, at equal length under the most telling."""
    assert merged([Span(0, 4, "ID"), Span(0, 4, "CARD"), Span(3, 9, "URL"), Span(9, 10, "IP")]) == [
        Span(0, 9, "URL"), Span(9, 10, "IP"),
    ]  # fmt: skip


def test_a_rule_of_the_site_masks_its_group():
    """Or the whole match where it has none; a pattern that RE2 can't run is refused without being quoted."""
    project = PatternDetector("project", "PROJECT", r"project ([A-Z]{3}-\d+)")
    assert find_all(detectors(extra=(project,)), "on project XYZ-7 now", PAGE) == [Span(11, 16, "PROJECT")]
    assert list(PatternDetector("any", "X", "z*").find("ab", PAGE)) == []
    with pytest.raises(ValueError, match="rule bad") as caught:
        PatternDetector("bad", "X", r"(?=secretword)")
    assert "secretword" not in str(caught.value)


def test_signs_that_nobody_sees_hide_nothing():
    """Together with the normalisation of texts, as the cleaner uses them."""
    text = "see ghp_16C7e42F\u200b292c6912E77\u206010c838347Ae178B4a there"
    assert covered(by_detectors()(text, PAGE), 4, len(text) - 6)


@pytest.mark.parametrize(
    "text",
    [
        "curl -u bob:flower http://server/",
        "curl --user admin:flower ftp://server/",
        "sshpass -p flower ssh server",
        "mysql -u root -pflower",
        "docker login -u bob -p flower",
        "tool --password flower",
        "tool --db-password=flower",
        "export DB_PASS=flower",
        "PASS=flower make",
        "secret_key_base: flower",
        "use flower as the password",
        "flower is my password",
        "ripple stone garden flower open table river moon chair window house train",
    ],
)
def test_a_password_that_is_a_plain_word_is_found_by_its_place(text: str):
    """No word before it says so, and no figure in it: what stands in that place is one all the same."""
    assert "flower" not in Cleaner().clean(text, At("typed")).text


@pytest.mark.parametrize(
    "text",
    [
        "what is my password",
        "please open the table and save the report before you send it with the next message today",
        "docker run -p server",
        "please use the user menu",
    ],
)
def test_what_only_stands_near_such_a_place_is_kept(text: str):
    """A sentence about passwords, an option that is none."""
    assert "PASSWORD" not in Cleaner().clean(text, At("typed")).text
    assert "SECRET" not in Cleaner().clean(text, At("typed")).text


@pytest.mark.parametrize("text", ["my PIN is four seven one one", "code: zero four seven", "PIN vier 4 seven one one"])
def test_a_code_in_words_is_found_behind_its_name(text: str):
    """Four words are no telephone number, but they are a PIN."""
    assert "seven" not in Cleaner().clean(text, At("typed")).text
