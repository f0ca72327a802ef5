"""A person who asks an app without a browser: addresses, forms, and what came back."""

from __future__ import annotations

import re

from byhand.evals.office.catalog import APPS
from byhand.evals.office.site import Answer, Asking, Site

TOKEN = "of-the-checker"


class Person:
    """Signed in, on one app with its drifts."""

    def __init__(self, app: str, *drifts: str, after: int = 4) -> None:
        self.site = Site(APPS[app], 1, frozenset(drifts), after=after, token=TOKEN)
        told = dict(self.site.answer(Asking("GET", "/", {"enter": APPS[app].people[0]}, {})).headers)
        self.cookie = told["set-cookie"].split(";")[0].partition("=")[2]

    def get(self, path: str, **query: str) -> Answer:
        return self.site.answer(Asking("GET", path, query, {}, self.cookie))

    def post(self, path: str, **form: str) -> Answer:
        return self.site.answer(Asking("POST", path, {}, form, self.cookie))

    def page(self, path: str, **query: str) -> str:
        """The page there; the office has to have one."""
        answer = self.get(path, **query)
        assert answer.status == 200, (path, answer.status)
        return answer.body.decode()

    def first(self, table: str) -> str:
        """The id of a record that the app began with, not deleted."""
        records = self.site.state().tables[table]
        return next(key for key, one in records.items() if not one.get("deleted"))


def words(page: str) -> str:
    """What a person reads on it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&#x27;", "'").replace("&amp;", "&")


def names(page: str) -> set[str]:
    """Ids, classes, field names and test ids on it."""
    page = page.partition("<title>")[2]
    found = re.findall(r' (?:id|class|name|data-testid|for)="([^"]*)"', page)
    return {name for group in found for name in group.split() if not name.startswith("_")}
