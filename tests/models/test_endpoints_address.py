"""Promises of a model's address: it is named by a person, safe on its way, and has no secret in it."""

from __future__ import annotations

import pytest

from byhand.errors import UsageFault
from byhand.models.endpoints.address import address, named


def test_a_model_elsewhere_is_named_by_what_is_spoken_there():
    """Any other name is a model of ours; a colon in the model's own name stays."""
    assert named("openai:llama3.2:3b") == ("openai", "llama3.2:3b")
    assert named("anthropic-computer:claude") == ("anthropic-computer", "claude")
    assert named("rules") is None
    assert named("chores@v2") is None
    assert named("gemini:x") is None


@pytest.mark.parametrize(
    ("url", "origin", "path", "here"),
    [
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000", "/v1/chat/completions", True),
        ("http://localhost:11434/v1/", "http://localhost:11434", "/v1/chat/completions", True),
        ("http://[::1]:8000", "http://[::1]:8000", "/chat/completions", True),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com", "/v1/chat/completions", False),
        ("https://API.example.com:443/v1", "https://api.example.com", "/v1/chat/completions", False),
    ],
)
def test_an_address_becomes_a_recipient(url: str, origin: str, path: str, here: bool):
    """As an allowance names it, and the path that such servers have."""
    one = address("openai:m", url)
    assert (one.origin, one.path, one.here) == (origin, path, here)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "needs its address"), ("http://models.example.com/v1", "unencrypted"),
        ("http://10.0.0.5/v1", "unencrypted"), ("http://localhost.evil.example/v1", "unencrypted"),
        ("https://me:sk-canary@api.example.com", "name or a password"),
        ("https://api.example.com/v1?key=sk-canary", "no address"), ("ftp://api.example.com", "no address"),
        ("https://api.example.com:99999/", "no address"), ("nonsense", "no address"),
        ("https://api.example.com/\nX: sk-canary", "no address"),
    ],
)  # fmt: skip
def test_what_is_no_good_address_is_refused_without_quoting_it(url: str, says: str):
    """A key in it would stand in an error."""
    with pytest.raises(UsageFault, match=says) as caught:
        address("openai:m", url)
    assert "canary" not in str((caught.value.message, caught.value.hints))


def test_a_model_has_a_name():
    """And one line of it."""
    for name in ("openai:", "openai: ", "openai:a\nb", "openai:" + "x" * 300):
        with pytest.raises(UsageFault, match="say which model"):
            address(name, "http://127.0.0.1:1/v1")
