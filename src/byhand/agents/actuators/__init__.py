"""Hands, one for each kind of place. Some do the actions of an episode (`datasets.replaying.Hands`):

browser   a Chromium of its own, driven by Playwright (the extra `replay`)
finding   an element found again by all that was kept of it
acting    what each action is in a page
looking   a page seen by the very observer that the extension uses
pretend   the in-memory twin: a page that is a handful of values

Others do the steps of a program (`agents.outcome.Hands`):

page      a tab of a Chromium: all of it in a look, and acts that reach what is meant or nothing
touching  each of its acts; wheel: what scrolls; settling: when a page has come to rest
painting  a picture with all painted over; glancing: what a model is shown
worlds    our scripts (`world/`) beside a page's own, in each of its frames
desktop   a desktop program: all its windows show in a look, and acts by real input
window_tree, window_view  that look; window_acts: each act; window_reach: where something is now, and what lies over it
strokes, keymap  XTEST's pointer and keys; windows: finds, starts and raises; window_picture: all painted over
pretend_page  the in-memory twin: a site that is a handful of values, with a clock of its own
"""
