"""A policy to start from, with a comment at every choice: what `byhand policy example` prints."""

from __future__ import annotations

import json
from collections.abc import Sequence

KNOWN_BROWSERS = frozenset({
    "brave-browser", "chromium", "chromium-browser", "epiphany", "falkon", "firefox", "firefox-esr", "google-chrome",
    "google-chrome-beta", "google-chrome-unstable", "konqueror", "librewolf", "microsoft-edge", "microsoft-edge-beta",
    "microsoft-edge-dev", "midori", "navigator", "opera", "org.gnome.epiphany", "qutebrowser", "tor browser",
    "ungoogled-chromium", "vivaldi", "vivaldi-stable", "waterfox",
})  # fmt: skip
"""Window classes of programs that show pages: judged by site even where a policy forgets to say `browser = true`."""


def example(apps: Sequence[tuple[str, str]]) -> str:
    """A policy under which a person can be asked about the given programs, and says how to change that.

    Args:
        apps: window class and the program's own name (never a window's title) of each program that is open.
    """
    unique = {app.strip().lower(): name for app, name in apps if app.strip()}
    listed = "\n".join(_app(app, name) for app, name in sorted(unique.items()))
    none = '# No program is open on this desktop. A program looks like this:\n#\n# [[apps]]\n# id = "mousepad"\n'
    return _HEAD + (listed or none) + (_SITES if any(app in KNOWN_BROWSERS for app in unique) else "")


def _app(app: str, name: str) -> str:
    lines = ["[[apps]]", f"id = {_quoted(app)}"]
    if name:
        lines.append(f"name = {_quoted(name)}")
    if app in KNOWN_BROWSERS:
        lines.append("browser = true  # of its pages only the sites listed below are recorded")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string without surrogates is a TOML basic string, but for DEL.
    clean = text.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007F")


_HEAD = """\
# What may be recorded on this computer. Nothing that is not listed here ever is.
# Check it with: byhand policy check FILE      Agree to it with: byhand consent give --policy FILE
# Changing one character makes it another policy, which needs a new yes.
version = 1
title = "My own chores"

# What recordings may be used for. "mine": guides and automations for yourself, never shared. "train": may be shared
# after you looked through them. Consent is given for one of them; unless you say otherwise, for "mine".
purposes = ["mine", "train"]

# What you can be asked for; take out what must never be. "actions": which buttons, menus, shortcuts. "text": what is
# typed and shown, as far as it is proved harmless. "timing": your typing rhythm, which identifies you. "pointer": the
# path of your mouse, which identifies you too. "frames": pictures of the screen with text painted over.
# Being listed here is no yes: each is a question of its own when you give consent, and the answer is no by default.
streams = ["actions", "text", "timing", "pointer", "frames"]

# Days after which a recording that was not looked through is erased (1 to 365), and the most space all may take.
retention_days = 7
quota_mb = 2000

# Words of your programs that may be kept in the names of buttons and menus, besides everyday ones.
words = []

# Record only at these times. Take the # away to use it.
# [hours]
# days = ["mon", "tue", "wed", "thu", "fri"]
# start = "09:00"
# end = "17:00"

# Health, banking, tax, payroll, staff matters, unions, the law, calls, screen sharing and password managers are never
# recorded, even where they are listed below; the list comes with Byhand. Add what else is private here.
# [contexts]
# apps = ["our-payroll"]
# sites = ["https://*.staff.example.org"]
# titles = ["works council"]

# What your company counts as private besides: each match in a text is masked and becomes <CASE>. RE2 patterns.
# [[redact]]
# name = "case-number"
# kind = "CASE"
# pattern = 'NW-[0-9]{6}'

# One more detector of private words, slower to start. It needs: pip install "byhand[presidio]"
# [guard]
# presidio = true

# The programs. Take out what should stay private. Add  streams = ["actions"]  to one to keep less of it.
"""

_SITES = """
# Pages are recorded only on listed sites; all others are a gap of unknown content.
# [[sites]]
# origin = "https://mail.example.org"
"""
