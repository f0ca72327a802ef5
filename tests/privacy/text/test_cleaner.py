from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.privacy.text.cleaner import MOST, Cleaner
from byhand.privacy.text.types import At, Cleaned, Span, Surface

TITLE, TYPED, PAGE, URL = At("title"), At("typed"), At("page"), At("url")


def clean(text: str, at: At = TYPED) -> str:
    return Cleaner(seed=b"recording").clean(text, at).text


def bare(cleaned: Cleaned, text: str) -> str:
    """What of a text is not masked."""
    masked = {at for span in cleaned.masked for at in range(span.start, span.end)}
    return "".join(letter for at, letter in enumerate(text) if at not in masked)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ask Priya about the invoice", "Ask <NAME> about the invoice"),
        ("We met Officer Barnes at Memorial Hospital.", "We met <NAME> at <ORG>."),
        ("the deal with Blue Harbor is done", "the deal with <NAME> is done"),
        ("Please press Save and send it on Friday.", "Please press Save and send it on Friday."),
        ("Officer Barnes called.", "<NAME> called."),
        ("will you mark the date? may I?", "will you mark the date? may I?"),
        ("Mark Page said no", "<NAME> said no"),
        ("call me at 2 or 10:30, 50% off", "call me at 2 or 10:30, 50% off"),
        ("send 483920 and 8 of 12", "send <NUMBER> and 8 of 12"),
        ("Smith, Jones and Brown wrote to us", "<NAME>, <NAME-2> wrote to us"),
        ("she lives in Greifswald with Anna", "she lives in <UNKNOWN> with <NAME>"),
    ],
)
def test_sentences_lose_names_and_keep_words(text: str, kept: str):
    """A capital word in a sentence is somebody's name; a number is masked as soon as it could be looked up."""
    assert clean(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Inbox (12) - Gmail - Google Chrome", "Inbox (12) - Gmail - Google Chrome"),
        ("main.py - Visual Studio Code", "main.py - Visual Studio Code"),
        ("Settings - Cobalt Networks - Slack", "Settings - <ORG> - Slack"),
        ("Helios AI · Open roles", "<ORG> · Open roles"),
        ("DM: rosepark", "DM: <NAME>"),
        ("DM: rose", "DM: <NAME>"),
        ("1:1 Priya / Sam - Google Calendar", "1:1 <NAME> / <NAME-2> - Google Calendar"),
        ("Chat with Grace - Microsoft Teams", "Chat with <NAME> - Microsoft Teams"),
        ("Invoice_Meyer_2024.pdf - Adobe Acrobat", "<ID>.pdf - Adobe Acrobat"),
        ("Contract Blue Harbor.docx - Word", "<FILE>.docx - Word"),
        ("C:\\Users\\anna\\Documents\\notes.txt", "C:\\Users\\<HANDLE>\\Documents\\notes.txt"),
        ("Vector Media - Dashboard - Stripe", "<ORG> - Dashboard - Stripe"),
        ("Dashboard - Acme, LLC - Stripe", "Dashboard - <UNKNOWN>, <UNKNOWN-2> - Stripe"),
        ("harbor - GitHub", "<NAME> - GitHub"),
        ("Posteingang - Outlook", "Posteingang - Outlook"),
        ("Boîte de réception - Outlook", "Boîte de réception - Outlook"),
    ],
)
def test_titles_keep_the_program_and_what_programs_say(text: str, kept: str):
    """Each part of a title is judged alone; capitals say nothing there, so the vocabulary decides."""
    assert clean(text, TITLE) == kept


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://github.com/acme/settings?tab=canary#canary", "https://github.com/{word}/settings?..."),
        ("https://canary.example.edu/orders/4711", "https://<HOST>/orders/{id}"),
        ("data:text/html,canary", "<URL>"),
        ("https://user:canary@github.com/", "<SECRET>"),
        ("https://github.com/" + "list/" * 12, "https://github.com/list/list/list/list/list/list/list/list/..."),
    ],
)
def test_an_address_keeps_a_public_host_and_a_template(url: str, kept: str):
    """Who is on which page of which private host is nobody's business."""
    assert clean(url, URL) == kept


@pytest.mark.parametrize("surface", ["title", "element", "typed", "url", "paste", "page"])
@pytest.mark.parametrize(
    "text",
    [
        "Ca\u200bna\u200cry Zo\u2060bel",  # zero width
        "\u202eyranac\u202c zobel",  # bidi
        "Zоbel",  # a Cyrillic o
        "ＺＯＢＥＬ",  # full width
        "Z\u0336o\u0336b\u0336el",  # struck out
        "Ζobel und Сobel",  # Greek, Cyrillic
        "زوبل",
        "佐贝尔",
        "Ζωμπέλ",
        "zobel🎉zobel",
        "ｚobel\u00adzobel",  # soft hyphen
        "four eight one five one six two three four two",
        "٤٨١٥١٦٢٣٤٢",
        "४८१५१६२३४२",
        "4 8 1 5 1 6 2 3 4 2",
        "𝟜𝟠𝟙𝟝𝟙𝟞𝟚𝟛𝟜𝟚",
    ],
)
def test_disguises_do_not_help(surface: Surface, text: str):
    """What nobody sees, what only looks Latin, other scripts and other figures: none of it is a known word."""
    cleaned = Cleaner(seed=b"recording").clean(text, At(surface))
    left = "".join(letter for letter in bare(cleaned, text) if letter.isalnum())
    assert cleaned.verdict != "clear"
    assert left in ("", "und")


def test_places_count_code_points_of_the_text_as_it_was_given():
    """Whoever masks the given text by the places masks what was found."""
    text = "👩‍💻\u200b Meet\u200b Pri\u200bya and ﬁnish"
    (span,) = Cleaner(seed=b"recording").clean(text, TYPED).masked
    assert text[span.start : span.end] == "Pri\u200bya"


def test_signs_nobody_sees_are_not_kept():
    """They could carry a message of their own."""
    assert clean("save\u200b the\u202e file\ue000") == "save the file"


def test_what_looks_like_a_placeholder_of_ours_is_masked():
    """A text must not make one believe that something was found in it."""
    assert clean("<EMAIL> <NAME-2>") == "<UNKNOWN> <UNKNOWN-2>"


def test_a_value_keeps_its_placeholder_inside_one_recording():
    """So one sees that it is the same again, without knowing what it is."""
    cleaner = Cleaner(seed=b"recording")
    kept = [cleaner.clean(f"to {who}@firm.example", TYPED).text for who in ("ada", "bo", "ADA")]
    assert kept == ["to <EMAIL>", "to <EMAIL-2>", "to <EMAIL>"]


def test_a_longer_text_than_can_be_judged_is_dropped():
    """A megabyte is no sentence; nothing of it is kept, and it costs no time."""
    text = "x" * 1_000_000
    assert Cleaner(seed=b"recording").clean(text, PAGE) == ("", (Span(0, len(text), "UNKNOWN"),), "dropped")
    assert not Cleaner().clears(text, At("element"))
    assert Cleaner().clean("a" * (MOST + 1), PAGE).verdict == "dropped"


class Breaking:
    name = "breaking"

    def find(self, text: str, at: At) -> Iterator[Span]:
        raise RuntimeError(text)


class Mad:
    name = "mad"

    def find(self, text: str, at: At) -> Iterator[Span]:
        yield Span(-5, 10**9, "MAD")


@pytest.mark.parametrize("detector", [Breaking(), Mad()])
def test_a_detector_that_breaks_drops_the_text(detector: Breaking | Mad):
    """What could not be judged is not kept, and no name of a control is cleared."""
    cleaner = Cleaner(detectors=(detector,))
    assert cleaner.clean("Save the file", TYPED) == ("", (Span(0, 13, "UNKNOWN"),), "dropped")
    assert not cleaner.clears("Save", At("element"))


def test_nothing_of_a_text_is_remembered_as_it_was():
    """A look into the recorder's memory must not show what was masked, nor what was asked."""
    cleaner = Cleaner(seed=b"recording")
    for surface in ("title", "typed"):
        cleaner.clean("write to canary@zobel.example for Zobel", At(surface))
    seen = repr([vars(cleaner), vars(cleaner._placeholders)])
    assert "canary" not in seen
    assert "Zobel" not in seen


def test_the_memory_of_answers_is_bounded():
    """A day of ever new titles must not fill the machine."""
    cleaner = Cleaner(seed=b"recording", detectors=())
    for number in range(2_100):
        cleaner.clean(f"save {number}", TYPED)
    assert len(cleaner._known) <= 2_000


def test_a_policy_word_is_cleared_and_its_phrase_only_as_a_whole():
    """A site may say which of its words are harmless."""
    cleaner = Cleaner(("Kontoblatt", "Nordwind Umzüge"), seed=b"recording")
    assert cleaner.clean("Kontoblatt - Nordwind Umzüge", TITLE).verdict == "clear"
    assert cleaner.clean("Umzüge", TITLE).verdict == "masked"


def test_a_finding_takes_along_what_stands_before_in_the_same_field():
    """A card number typed in two runs is one."""
    cleaned = Cleaner(seed=b"recording").clean("1111 1111 and thanks", TYPED._replace(before="my card is 4111 1111 "))
    assert cleaned.text.startswith("<")
    assert "1111" not in cleaned.text


_Kind = Literal["title", "element", "typed", "url", "paste", "page"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["title", "element", "typed", "url", "paste", "page"]))
def test_whatever_comes_places_are_in_order_and_nothing_breaks(text: str, surface: _Kind):
    """Spans lie inside the text and do not overlap; a clear text has none; the same again gives the same."""
    cleaner = Cleaner(seed=b"recording")
    cleaned = cleaner.clean(text, At(surface))
    ends = [0, *(end for span in cleaned.masked for end in (span.start, span.end)), len(text)]
    assert ends == sorted(ends)
    assert (cleaned.verdict == "clear") == (not cleaned.masked)
    assert cleaner.clean(text, At(surface)) == cleaned
    cleaned.text.encode()


@pytest.mark.parametrize(
    "title", ["/home/mark/notes.txt - Editor", r"C:\Users\Grace\report.docx", "~/../home/will/a.py"]
)
def test_the_folder_under_the_homes_is_a_person(title: str):
    """Also where their name is a word of every program."""
    left = Cleaner().clean(title, At("title")).text
    assert not re.search("mark|grace|will", left, re.IGNORECASE)
    assert "<HANDLE>" in left


@pytest.mark.parametrize("title", ["\ufffd\ufffd Open file", "Open\udc80 file", "Open\x07file", "\x9bOpen file"])
def test_what_is_no_text_is_dropped(title: str):
    """Bytes that are not UTF-8, and control characters: nobody can say what they meant."""
    assert Cleaner().clean(title, At("title")).verdict == "dropped"
