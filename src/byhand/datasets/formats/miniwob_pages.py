"""What the pages of MiniWoB++ say and no recorded state does: what their style sheets and their markup mean to the
observer. Pure.

A state has boxes, texts, ids and classes. It has no cursor, no border, no picture behind an empty element, nothing of
what scrolls, and none of the words that stand in the instruction. These are the same in each instance of a task, so
they are told here, as far as the observer asks for them (docs/formats/observer.md).

Source: the tasks' own style sheets in the wheel `miniwob` 1.1.0 (MIT licence), read for what decides what is listed.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Style(NamedTuple):
    """By `#id`, `.class`, or a tag; of two in a row the second lies in the first.

    pointer: a hand is shown over it. hovered: the same, while the pointer is there. cuts: what does not fit is cut off,
    and can be scrolled to. painted: a picture or a border shows it though it is empty. placeholders: what a field says
    of itself. labels: what a label elsewhere says. bold: how the instruction is worded where some of it stands in bold;
    each group is an element of its own.
    """

    pointer: tuple[str, ...] = ()
    hovered: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    painted: tuple[str, ...] = ()
    placeholders: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    bold: tuple[str, ...] = ()


_MAIL = Style(
    pointer=(
        "#open-search", "#search-cancel", ".email-thread", ".email-actions .star", ".email-actions .trash",
        "#close-email", "#email .email-send", "#close-reply", "#send-reply", "#close-forward", "#send-forward",
    ),
    cuts=("#main", "#search", "#email"),
    painted=(".email-actions .star", ".email-actions .trash", ".email-reply .icon", ".email-forward .icon"),
    placeholders=(("#search-input", "Search"),),
    bold=(
        r'Find the email by (.+?) and reply to them with the text "(.*)"\.',
        r"Find the email by (.+?) and forward that email to (.+)\.",
        r"Find the email by (.+?) and click the (?:star|trash) icon to .*",
    ),
)  # fmt: skip
_POSTS = Style(
    hovered=(".controls span", ".controls ul"), cuts=("#area",),
    painted=(".reply", ".retweet", ".like", ".more", ".share"),
)  # fmt: skip
_STARTS = "Enter an item that starts with"
_CLICKS, _SUBMITS = 'Click the "(.+)" button on', r"and then click Submit\."
_LINKS = Style(pointer=(".alink", "h3"))
_TYPED = Style(bold=(r'Enter "(.*)" into the text field and press Submit\.',))
_LOGIN = Style(bold=(r'Enter the (username) ".*" and the (password) ".*" into the text fields and press login\.',))
_STYLES: dict[str, Style] = {
    "email-inbox": _MAIL,
    # People's own words, all of them plain.
    **{
        f"email-inbox-{kind}": _MAIL._replace(bold=())
        for kind in ("nl-turk", "forward-nl", "forward-nl-turk")
    },
    "social-media": _POSTS._replace(bold=(r'For the user (\S+), click on the "(.+)" button\.',)),
    "social-media-all": _POSTS._replace(bold=(rf"{_CLICKS} all posts by (\S+) {_SUBMITS}",)),
    "social-media-some": _POSTS._replace(bold=(rf"{_CLICKS} (\d+) posts? by (\S+) {_SUBMITS}",)),
    "click-link": _LINKS, "click-tab-2": _LINKS, "click-tab-2-hard": _LINKS, "click-tab": _LINKS,
    "click-collapsible-nodelay": _LINKS, "click-collapsible-2-nodelay": _LINKS,
    "enter-text": _TYPED, "enter-text-dynamic": _TYPED, "login-user": _LOGIN, "login-user-popup": _LOGIN,
    "enter-password": Style(bold=(r'Enter the password "(.*)" into both text fields and press submit\.',)),
    "enter-date": Style(bold=(r"Enter (.+) as the date and hit submit\.",)),
    "search-engine": Style(
        bold=(r'Use the textbox to enter "(.*)" and press "Search", then find and click the (.+) search result\.',)
    ),
    "use-autocomplete-nodelay": Style(
        labels=(("#tags", "Tags:"),),
        bold=(rf'{_STARTS} "(.*?)" and ends with "(.*)"\.', rf'{_STARTS} "(.*)"\.'),
    ),
    "use-spinner": Style(labels=(("#spinner", "Select a value:"),)),
    "navigate-tree": Style(pointer=("#tree li",)),
    "multi-layouts": Style(pointer=(".final", ".ui-submit"), painted=(".final",)),
    "multi-orderings": Style(pointer=(".final",), painted=(".final",)),
    "tic-tac-toe": Style(painted=(".ttt-row span", ".mark-x", ".mark-o")),
    "click-color": Style(painted=(".color", "#query-color")),
}  # fmt: skip
_PLAIN = Style()
TOLD_ALIKE = frozenset({
    "click-button", "click-button-sequence", "click-checkboxes", "click-checkboxes-large", "click-checkboxes-soft",
    "click-checkboxes-transfer", "click-link", "click-option", "click-shades", "click-test", "click-test-2",
    "click-widget", "email-inbox", "email-inbox-forward-nl", "email-inbox-forward-nl-turk", "email-inbox-nl-turk",
    "enter-date", "enter-password", "enter-text", "enter-text-dynamic", "enter-time", "focus-text", "focus-text-2",
    "guess-number", "login-user", "login-user-popup", "multi-layouts", "multi-orderings", "search-engine",
    "social-media", "social-media-all", "social-media-some", "tic-tac-toe", "use-autocomplete-nodelay",
})  # fmt: skip
"""Tasks whose lists are as the observer tells them, but for what docs/formats/miniwob-human.md names."""
FURNITURE: tuple[tuple[str, str, tuple[int, int, int, int]], ...] = (
    ("canvas", "", (165, 0, 160, 210)),
    ("label", "Last reward:", (170, 10, 87, 16)), ("span", "-", (261, 10, 6, 16)),
    ("label", "Last 10 average:", (170, 36, 118, 16)), ("span", "-", (292, 36, 6, 16)),
    ("label", "Time left:", (170, 62, 66, 16)), ("span", "- / -", (241, 62, 24, 16)),
    ("label", "Episodes done:", (170, 104, 106, 16)), ("span", "0", (281, 104, 10, 16)),
)  # fmt: skip
"""What stands beside each task and is in no state: tag, words, box. What the clock says is not known."""
VIEWPORT = (1280, 800)
"""Of the browser's window no state tells: one as large as any."""


def style(task: str) -> Style:
    return _STYLES.get(task, _PLAIN)


# ---- the instruction


ASKED = (0, 0, 160, 50)
"""Where the instruction stands."""
_LEFT, _TOP, _WIDE, _LINE = 3, 3, 154, 11
_WIDTHS = {
    "fijlrt.,:;!'|()[]/ I": 2.8, "mMW@%": 9.0, "ABCDEGHKNOPQRSUVXYwZ&": 7.2, "kszvcxy": 5.2, '-"*': 3.7,
}  # fmt: skip
"""Of a letter in ten pixels of a sans-serif, about; all others are 5.6 wide."""
_LETTERS = {letter: wide for letters, wide in _WIDTHS.items() for letter in letters}
_MOST_GAP = re.compile(r"\s+")


class Asked(NamedTuple):
    """words: what stands in it plainly. bold: what doesn't, with its box, about."""

    words: str
    bold: tuple[tuple[str, tuple[int, int, int, int]], ...]


def asked(task: str, utterance: str) -> Asked:
    """The instruction as it stands in the page."""
    said = " ".join(utterance.split())
    found = next((one for wording in style(task).bold if (one := re.fullmatch(wording, said))), None)
    if found is None:
        return Asked(said, ())
    spans = [found.span(group) for group in range(1, (found.lastindex or 0) + 1)]
    words, at = "", 0
    for start, end in spans:
        words += said[at:start]
        words += "" if words.endswith(" ") or not words else " "
        at = end
    words += said[at:]
    boxes = _laid_out(said, spans)
    bold = [(said[start:end], box) for (start, end), box in zip(spans, boxes, strict=True)]
    return Asked(_MOST_GAP.sub(" ", words).strip(), tuple(bold))


def _laid_out(said: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Where its words come to stand, in lines that are broken between words. Of what is in two lines, the first."""
    bold = {at for start, end in spans for at in range(start, end)}
    wide = [_LETTERS.get(letter, 5.6) + 0.4 * (at in bold) for at, letter in enumerate(said)]
    places: dict[int, tuple[float, int]] = {}
    x, line, at = 0.0, 0, 0
    for word in re.finditer(r"\S+\s*", said):
        own = sum(wide[word.start() : word.start() + len(word[0].rstrip())])
        if x and x + own > _WIDE:
            x, line = 0.0, line + 1
        for at in range(word.start(), word.end()):
            places[at] = (x, line)
            x += wide[at]
    found: list[tuple[int, int, int, int]] = []
    for start, end in spans:
        x, line = places[start]
        last = max(at for at in range(start, end) if places[at][1] == line)
        right = places[last][0] + wide[last]
        found.append((round(_LEFT + x), _TOP + _LINE * line, round(right - x), _LINE))
    return found
