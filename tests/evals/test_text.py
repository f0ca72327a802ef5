from __future__ import annotations

import json
from pathlib import Path

from byhand.evals.suites import text
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At, Cleaned, Span
from tests.evals.gates import gate
from tests.evals.made_up import cases

PRIVATE = (
    ("{} - Slack", "Cobalt Systems"),
    ("Settings - {} - Notion", "Blue Harbor"),
    ("DM: {}", "aidenpark"),
    ("#{} - Slack", "deal-acme-h2"),
    ("Invoice {}.pdf - Adobe Acrobat", "Meyer"),
    ("Re: Offer for {} - Outlook", "Granite Dental"),
    ("{} | LinkedIn", "Mark Young"),
    ("Call with {} - Zoom", "Grace"),
    ("Welcome back, {} - Salesforce", "Rose"),
    ("{} - Google Maps", "Rue des Lilas 12, 67000 Strasbourg"),
    ("{}: Pull requests - GitHub", "helios-labs/nightingale"),
    ("Ticket {} - Zendesk", "CASE-48213"),
    ("{} - Calendar", "jo.meyer@firm.example"),
    ("Patient: {} - Chart", "Young, Faith"),
    ("Project {} - Notion", "Nightingale"),
    ("Message from {} - Signal", "Thảo"),
    ("{} is presenting - Zoom", "Wojciech"),
    ("Accounts - {} - Salesforce", "First Foods"),
    ("{}.xlsx - Excel", "Müller_Hannelore"),
    ("~/{}/main.py - Visual Studio Code", "lantern-orbit"),
)


def test_private_titles_of_many_kinds_leave_nothing():
    """Names, firms of two ordinary words, channels, files, addresses, numbers."""
    private: list[text.Case] = []
    for form, value in PRIVATE:
        start = form.index("{}")
        private.append(text.Case(form.format(value), ((start, start + len(value)),), At("title")))
    cleaner = Cleaner(seed=b"gate")
    left = [case.text for case in private if text.survivors(case, cleaner.clean(case.text, case.at))]
    assert left == []


def test_made_up_people_of_eight_countries_leave_nearly_nothing():
    """Strict: one letter of a name, an address or a number that is left makes the whole case a leak."""
    cleaner = Cleaner(seed=b"gate")
    made = list(cases(408, seed=11))
    clean = sum(not text.survivors(case, cleaner.clean(case.text, case.at)) for case in made)
    assert clean / len(made) >= gate("text", "zero_leak_least")


def test_little_of_harmless_titles_is_masked():
    """The held-out half of our titles."""
    titles = [(title, At("title")) for title in text.harmless_titles(held_out=True)]
    count, letters, lost = text.needless(titles)
    assert count == 200
    assert lost / letters <= gate("text", "needless_title_most")


def test_the_halves_of_the_titles_share_no_line():
    """What was looked at counts in no figure."""
    assert not set(text.harmless_titles(held_out=True)) & set(text.harmless_titles(held_out=False))


def test_survivors_counts_letters_that_are_not_masked():
    """Strict: one letter left is a leak; a whole string left is a worse one."""
    case = text.Case("Ask Ada Nowak", ((4, 13),), At("typed"))
    assert text.survivors(case, Cleaned("", (Span(4, 13, "NAME"),), "masked")) == {}
    assert text.survivors(case, Cleaned("", (Span(4, 7, "NAME"),), "masked")) == {(4, 13): 5}


def test_data_is_read_in_both_schemas_and_what_is_not_there_is_left_out(tmp_path: Path):
    """Part of PII-nano's rows say entity, part name the text by other keys."""
    rows = [
        {"text": "Ada is here", "NER": [{"entity": "Ada", "label": "PERSON"}]},
        {"text": "Bo is here", "NER": [{"=": "Bo", "label": "PERSON"}, {"entity": "nowhere", "label": "ORG"}]},
        {"text": "nothing is here", "NER": []},
    ]
    folder = tmp_path / "pii-nano"
    folder.mkdir()
    (folder / "some.json").write_text(json.dumps(rows))
    assert [case.private for case in text.nano(folder)] == [((0, 3),), ((0, 2),)]
    assert [one for one, _ in text.harmless_prose(folder)] == ["nothing is here"]
    folder = tmp_path / "presidio-research"
    folder.mkdir()
    row = {"full_text": "Ada is here", "spans": [{"entity_type": "PERSON", "start_position": 0, "end_position": 3}]}
    (folder / "some.json").write_text(json.dumps([row, {"full_text": "nobody", "spans": []}]))
    assert [case.private for case in text.presidio(folder)] == [((0, 3),)]
    assert "zero-leak titles (ScreenLeak)" not in {figure.row for figure in text.measure(tmp_path)}
