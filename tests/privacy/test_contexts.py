"""What is private wins over what is listed, and what is told of it does not say which kind it was."""

from __future__ import annotations

import pytest

from byhand.capture.scripted import script
from byhand.events.kinds import AnyEvent, Frame, Mark, Wireframe
from byhand.events.raw import RawBox, RawFrame, RawWindow
from byhand.privacy.report import REASONS
from byhand.privacy.rules.contexts import is_private
from byhand.privacy.rules.listed import KINDS
from tests.privacy.rig import guard, run, told

POLICY = """\
version = 1
streams = ["actions", "text", "timing", "pointer", "frames"]
{contexts}
[[apps]]
id = "editor"
[[apps]]
id = "chromium"
[[apps]]
id = "zoom"
[[apps]]
id = "keepassxc"
[[apps]]
id = "ourtool"
[[sites]]
origin = "https://work.example.org"
[[sites]]
origin = "https://bank.example"
[[sites]]
origin = "https://*.wide.example"
[[sites]]
origin = "https://vault.bitwarden.com"
"""
PAGE = """
00.0 focus chromium "Start"
00.1 element entry "Search" url=https://work.example.org/
01.0 element entry "Search" url={url}
02.0 type "canary"
03.0 click "Save" url={url}
06.0 element entry "Search" url=https://work.example.org/
07.0 type "a"
"""


def door(contexts: str = "", *streams: str, screen: tuple[int, int] = (0, 0)):
    return guard(*streams, policy=POLICY.format(contexts=f"[contexts]\n{contexts}" if contexts else ""), screen=screen)


def lines(text: str, contexts: str = "") -> list[str]:
    return told(run(door(contexts), script(text)))


def kept_keys(said: list[str]) -> int:
    return sum(line.startswith(("down letter", "down symbol")) for line in said)


@pytest.mark.parametrize(
    "title",
    [
        "New Tab - Google Chrome (Incognito)",
        "Start - Chromium (Inkognito)",
        "Page - [InPrivate] - Microsoft Edge",
        "Mozilla Firefox — Private Browsing",
        "Start — Mozilla Firefox Privater Modus",
        "Accueil — Navigation privée de Mozilla Firefox",
        "x - Brave Private Window with Tor",
        "x" * 1_000_000 + " - Chromium (Incognito)",
        "新标签页 - Google Chrome (隐身模式)",
    ],
)
def test_private_windows_are_known_by_their_titles(title: str):
    """As the browsers name them, in several languages, however long the title is."""
    assert is_private(title)


@pytest.mark.parametrize(
    "title", ["", "Inbox - Chromium", "A private matter - Firefox", "Incognito the novel - Chromium"]
)
def test_other_windows_are_not_private(title: str):
    """A page may speak of it."""
    assert not is_private(title)


# ---- pages


@pytest.mark.parametrize(
    "url",
    [
        "https://bank.example/",
        "https://work.example.org/payroll/2026",
        "https://work.example.org/#/paySlips/12",
        "https://work.example.org/go?to=patient-portal",
        "https://hr.wide.example/",
        "https://MyChart.wide.example/x",
        "https://xn--pypal-4ve.wide.example/",
        "https://work.example.org/Lohnabrechnung%20Mai.pdf",
        "https://vault.bitwarden.com/",
    ],
)
def test_a_private_page_of_a_listed_site_is_told_like_any_page_that_is_not_listed(url: str):
    """The list wins over the policy, and the recording does not even say that it was private."""
    listed, unlisted = lines(PAGE.format(url=url)), lines(PAGE.format(url="https://elsewhere.example/"))
    assert listed == unlisted
    assert kept_keys(listed) == 1
    assert "gap another site 5 s" in listed


def test_a_plain_page_of_a_listed_site_is_kept():
    """So that the tests above can fail."""
    assert kept_keys(lines(PAGE.format(url="https://work.example.org/tickets"))) == 7
    assert kept_keys(lines(PAGE.format(url="https://a.wide.example/accounts/12"))) == 7


def test_a_policy_shortens_the_list_only_with_unsafe():
    """Exactly the site it names, and never a password manager."""
    bank, portal = PAGE.format(url="https://bank.example/"), PAGE.format(url="https://hr.wide.example/")
    assert kept_keys(lines(bank, 'UNSAFE_allow = ["https://bank.example"]')) == 7
    assert kept_keys(lines(portal, 'UNSAFE_allow = ["https://bank.example"]')) == 1
    assert kept_keys(lines(portal, 'UNSAFE_allow = ["https://*.wide.example"]')) == 7
    vault = PAGE.format(url="https://vault.bitwarden.com/")
    assert kept_keys(lines(vault, 'UNSAFE_allow = ["https://vault.bitwarden.com"]')) == 1


@pytest.mark.parametrize(
    ("site", "url"),
    [
        ("https://work.example.org", "https://work.example.org/x"),
        ("http://work.example.org", "https://WORK.example.org./x"),
        ("https://*.wide.example", "https://a.b.wide.example/x"),
        ("https://*.example.org", "https://work.example.org/"),
    ],
)
def test_a_policy_adds_sites(site: str, url: str):
    """Any scheme, subdomains too, and a site it lists itself; UNSAFE does not undo it."""
    assert kept_keys(lines(PAGE.format(url=url), f'sites = ["{site}"]')) < 2
    unsafe = 'UNSAFE_allow = ["https://work.example.org", "https://*.wide.example"]'
    assert kept_keys(lines(PAGE.format(url=url), f'sites = ["{site}"]\n{unsafe}')) < 2


def test_a_site_a_policy_adds_with_a_port_is_only_that_port():
    """And the other ports of that host stay as they are."""
    assert (
        kept_keys(lines(PAGE.format(url="https://work.example.org/"), 'sites = ["https://work.example.org:8443"]')) == 7
    )


# ---- programs and titles


@pytest.mark.parametrize("app", ["zoom", "keepassxc", "ourtool"])
def test_all_kinds_of_private_programs_leave_the_same(app: str):
    """One reason for all, so that nobody can tell a call from a password manager."""
    text = """
    00.0 focus editor
    00.1 element entry "Subject"
    01.0 focus {app}
    01.1 element entry "Search"
    02.0 type "canary"
    03.0 click "Save"
    06.0 focus editor
    """
    said = lines(text.format(app=app), 'apps = ["ourtool"]')
    assert said == lines(text.format(app="zoom"))
    assert "gap private context 5 s" in said


def test_a_program_can_be_allowed_but_no_password_manager():
    """UNSAFE opens a call's window and nothing worse."""
    text = '00.0 focus {app}\n00.1 element entry "Search"\n01.0 type "abc"'
    unsafe = 'UNSAFE_allow = ["zoom", "keepassxc"]'
    assert kept_keys(lines(text.format(app="zoom"), unsafe)) == 3
    assert kept_keys(lines(text.format(app="keepassxc"), unsafe)) == 0


def test_a_title_makes_a_window_private_for_as_long_as_it_stands():
    """A payslip in any program; the next document is kept again. In a browser it is told as another site."""
    text = """
    00.0 focus {app} "Start"
    00.1 element entry "Search" {url}
    01.0 title {app} "Gehaltsabrechnung_März.pdf"
    02.0 type "canary"
    05.0 title {app} "Start"
    06.0 type "a"
    """
    editor = lines(text.format(app="editor", url=""))
    assert (kept_keys(editor), "gap private context 4 s" in editor) == (1, True)
    browser = lines(text.format(app="chromium", url="url=https://work.example.org/"))
    assert (kept_keys(browser), "gap another site 4 s" in browser) == (1, True)


def test_letters_struck_just_before_a_telling_title_came_are_not_kept():
    """A page changes first and says so later."""
    text = '00.0 focus editor "Start"\n00.1 element entry "Search"\n01.0 type "a"\n01.1 title editor "Payslip May"'
    assert kept_keys(lines(text)) == 0


def test_a_title_nobody_can_look_at_whole_is_private():
    """A megabyte of title; what stands in its middle is unknown."""
    raw = RawWindow(900_000, 900_000_000_000, "focus", 7, "editor", "x" * 1_000_000, 1, 0, 0, 9, 9, override=False)
    assert [event.reason for event in run(door(), [raw]) if isinstance(event, Mark)] == ["private context"]


def test_a_policy_adds_titles_and_unsafe_takes_only_the_shipped_ones_away():
    """Found as whole words, in any case, without accents."""
    text = '00.0 focus editor "{title}"\n00.1 element entry "Search"\n01.0 type "abc"'
    assert kept_keys(lines(text.format(title="Projekt Múngo, Plan"), 'titles = ["projekt mungo"]')) == 0
    assert kept_keys(lines(text.format(title="Projekt Mungos Plan"), 'titles = ["projekt mung"]')) == 3
    assert kept_keys(lines(text.format(title="Payslip"), 'UNSAFE_allow = ["editor"]')) == 3
    both = 'titles = ["payslip"]\nUNSAFE_allow = ["editor"]'
    assert kept_keys(lines(text.format(title="Payslip"), both)) == 0
    assert kept_keys(lines(text.format(title="x.kdbx - KeePassXC"), 'UNSAFE_allow = ["editor"]')) == 0


def test_no_kind_of_context_has_a_reason_of_its_own():
    """A reason "health" would tell in a recording what was not kept."""
    assert not {code for code in REASONS if any(kind in code for kind in KINDS)}


# ---- calls and sharing


def picture(at_ms: int, window: int = 1) -> RawFrame:
    box = RawBox(at_ms, at_ms * 10**6, "push button", "Save", 10, 10, 80, 20)
    pixels = memoryview(bytes(400 * 300 * 4))
    return RawFrame(
        at_ms, at_ms * 10**6, "clock", window, 0, 0, 400, 300, 1600, pixels, frozenset(), (box,), "", lambda: None
    )


def pictures(seen: str, app: str, *, then: str = "") -> list[AnyEvent]:
    gate = door("", "frames", screen=(400, 300))
    raws = script('00.0 focus editor "Start"\n00.1 element entry "Subject"')
    window = next(raw.window for raw in raws if isinstance(raw, RawWindow))
    kept = [event for raw in raws for event in gate.feed(raw)]
    now = raws[-1].server_ms + 1
    kept += gate.feed(RawWindow(now, now * 10**6, "seen", 99, app, seen, 1, 0, 0, 100, 20, override=True))
    if then:
        kept += gate.feed(RawWindow(now + 1, (now + 1) * 10**6, "closed", 99, "", "", 0, 0, 0, 0, 0, override=True))
    kept += gate.feed(picture(now + 2, window))
    kept += gate.close((now + 9_000) * 10**6)
    return [event for event in kept if isinstance(event, Frame | Wireframe)]


@pytest.mark.parametrize(
    ("app", "title"),
    [
        ("google-chrome", "work.example.org is sharing your screen."),
        ("firefox", "Firefox — Sharing Indicator"),
        ("zoom", "as_toolbar"),
        ("teams", "Sharing control bar | Microsoft Teams"),
        ("chromium", "work.example.org gibt deinen Bildschirm frei."),
        ("obs", "OBS 30.2 - Profile: Untitled"),
        ("nobody-knows", "画面を共有しています"),
    ],
)
def test_while_the_screen_is_shared_no_picture_and_no_wireframe_is_kept(app: str, title: str):
    """The bar that says so need not be listed, nor have the focus. When it closes, pictures are kept again."""
    assert pictures(title, app) == []
    assert pictures(title, app, then="closed")


def test_a_plain_window_next_to_it_stops_no_picture():
    """A call that is only open, or a page about sharing recipes."""
    assert pictures("Zoom Workplace", "zoom")
    assert pictures("Sharing is caring - Recipes", "firefox")


def test_what_is_done_while_the_screen_is_shared_is_still_kept():
    """Keys are the person's own; only what the screen shows is also others'."""
    said = lines(
        """
        00.0 focus editor
        00.1 element entry "Subject"
        00.2 seen chromium "You are sharing your screen" 0,0 100x20 override
        01.0 type "abc"
        """
    )
    assert kept_keys(said) == 3


def test_a_pause_forgets_the_sharing_bar_that_may_be_gone_by_its_end():
    """Whoever looks again names the windows anew; the bar that is still there stops pictures again."""
    gate = door("", "frames", screen=(400, 300))
    raws = script('00.0 focus editor "Start"\n00.1 seen obs "OBS" 0,0 100x20 override\n01.0 pause\n02.0 resume')
    for raw in raws:
        gate.feed(raw)
    assert gate._scene.pictures() == ""
    for raw in script('03.0 seen obs "OBS" 0,0 100x20 override'):
        gate.feed(raw)
    assert gate._scene.pictures() == "private context"
