"""Promises of public: of which sites a policy may say that what stands there is no person's, and who is told of it."""

from __future__ import annotations

import pytest

from byhand.consent.notice import notice
from byhand.consent.policy import check, json_schema, parse, public_origins, unsafe

TEXT = """\
version = 1

[[apps]]
id = "chromium"

[[sites]]
origin = "https://work.example.org"

[[sites]]
origin = "{origin}"
UNSAFE_public = true
"""


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:8123", "http://127.3.2.1", "http://localhost", "https://localhost:8443", "http://[::1]:9000",
        "https://shop.test", "https://training.example:444", "http://crm.localhost",
    ],
)  # fmt: skip
def test_what_only_this_computer_answers_or_is_nobodys_name_may_be_called_public(origin: str):
    """It is good, and nothing else of the policy is public by it."""
    assert check(TEXT.format(origin=origin), "p") == []
    assert public_origins(parse(TEXT.format(origin=origin), "p")) == {origin}


@pytest.mark.parametrize(
    "origin",
    [
        "https://mail.example.org", "https://example.com", "http://10.0.0.7", "http://192.168.1.2:80", "file://",
        "about:", "https://*.shop.test", "https://localhost.example.com", "https://test.com",
        "http://[::2]", "https://intranet",
    ],
)  # fmt: skip
def test_of_a_site_that_may_be_somebodys_nobody_can_say_it(origin: str):
    """Other people's words are not the policy's to give away; and the line is named."""
    (fault,) = check(TEXT.format(origin=origin), "p")
    assert fault.source == "p line 11"
    assert fault.message.startswith("sites[1].UNSAFE_public can't be said of a site that may be somebody's")


def test_it_is_told_wherever_the_policy_is_shown():
    """By the check with its line, and before the yes: what is kept there, and that others' words are among it."""
    text = TEXT.format(origin="http://127.0.0.1:8123")
    (told,) = unsafe(text, "p")
    assert told.source == "p line 11"
    assert told.message.startswith("UNSAFE: what stands on http://127.0.0.1:8123 and what is typed there is kept")
    sections = {section.heading: section.lines for section in notice(parse(text, "p"), "mine", 7)}
    assert told.message in sections["Where"]
    (others,) = (line for line in sections["What never is"] if line.startswith("what other people wrote"))
    assert others.endswith("(but on http://127.0.0.1:8123, see above)")


def test_without_it_nothing_is_public():
    """It has to be written, and is spelled UNSAFE, also for an editor."""
    text = TEXT.format(origin="http://127.0.0.1:8123")
    assert public_origins(parse(text.replace("UNSAFE_public = true", ""), "p")) == frozenset()
    no_word = text.replace("true", '"yes"')
    assert "sites[1].UNSAFE_public must be true or false" in str(check(no_word, "p"))
    assert json_schema()["$defs"]["SiteRule"]["properties"]["UNSAFE_public"]["default"] is False
