"""Hands, one for each kind of place: each does the actions of an episode (`datasets.replaying.Hands`).

browser   a Chromium of its own, driven by Playwright (the extra `replay`)
finding   an element found again by all that was kept of it
acting    what each action is in a page
looking   a page seen by the very observer that the extension uses
pretend   the in-memory twin: a page that is a handful of values
"""
