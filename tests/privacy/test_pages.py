from __future__ import annotations

import pytest

from byhand.privacy.text.addresses import page
from byhand.privacy.text.words import Words

WORDS = Words()


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.example", "/"),
        ("https://a.example/orders/4711/edit?x=canary#canary", "/orders/{id}/edit"),
        ("https://a.example/users/anna/", "/users/{word}/"),
        ("https://a.example/sign-in.html", "/sign-in.html"),
        ("https://a.example/" + "x" * 500, "/{id}"),
        ("https://a.example/%61nna/ünna", "/{id}/{word}"),
        ("file:///home/anna/index.html", "/home/{word}/index.html"),
        (
            "https://a.example/list/list/list/list/list/list/list/list/list/list",
            "/list/list/list/list/list/list/list/list/...",
        ),
        ("about:blank", "/"),
    ],
)
def test_a_path_keeps_only_everyday_words(url: str, path: str):
    """Numbers, names, long parts, the query and the fragment are not kept."""
    assert page("rule", url, WORDS).path == path
