from __future__ import annotations

from byhand.consent.notice import notice, questions
from byhand.consent.policy import STREAMS, parse
from tests.consent.test_policy import GOOD

POLICY = parse(GOOD, "policy.toml")


def test_the_notice_says_what_where_how_often_who_how_long_and_how_to_stop():
    """All of it before the yes, with the names of this very policy."""
    sections = notice(POLICY, "mine", 30)
    assert [section.heading for section in sections] == [
        "What is recorded",
        "Where",
        "What never is",
        "How often",
        "What for",
        "Who could read it",
        "How long",
        "How to stop",
    ]
    said = " ".join(line for section in sections for line in section.lines)
    for word in (
        "mail, chromium",
        "https://work.example.org",
        "30 days",
        "7 days",
        "mon, fri from 09:00 to 17:00",
        "consent withdraw",
    ):
        assert word in said


def test_the_purpose_is_told_as_it_is():
    """A recording for oneself can never be shared; one to train may be, after a look."""
    mine = " ".join(line for section in notice(POLICY, "mine", 1) for line in section.lines)
    train = " ".join(line for section in notice(POLICY, "train", 1) for line in section.lines)
    assert "can't be shared" in mine
    assert "after you have looked through it" in train


def test_each_stream_of_the_policy_is_one_question_and_biometric_ones_say_so():
    """A person must know that rhythm and path identify."""
    everything = parse('version = 1\nstreams = ["actions", "text", "timing", "pointer", "frames"]', "p")
    asked = {question.stream: question for question in questions(everything)}
    assert tuple(asked) == STREAMS
    assert {stream for stream, question in asked.items() if "biometric" in question.note} == {"timing", "pointer"}
    assert [question.stream for question in questions(POLICY)] == ["actions", "text"]


def test_what_a_policy_adds_and_what_it_opens_is_told_before_the_yes():
    """More that is never recorded is named; so is, as UNSAFE, what is recorded although it never should be."""
    text = GOOD + '[contexts]\ntitles = ["works council"]\nUNSAFE_allow = ["https://work.example.org"]\n'
    told = {section.heading: " ".join(section.lines) for section in notice(parse(text, "p"), "mine", 30, "7")}
    assert "works council" in told["What never is"]
    assert "version 7" in told["What never is"]
    assert "UNSAFE" in told["Where"]
    assert told["Where"].endswith("https://work.example.org")
    assert "UNSAFE" not in " ".join(line for section in notice(POLICY, "mine", 1) for line in section.lines)
