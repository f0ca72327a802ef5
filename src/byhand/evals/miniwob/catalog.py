"""All tasks of the wheel by name: who can do them, and why the others are left out.

Rules of this module: a task stands in one of the two. `PLACES` are those whose acts need a place on the screen,
`UNTOLD` those whose words no list tells; all other oracles do what an agent can do that sees a list of elements.
"""

from __future__ import annotations

from collections.abc import Callable

from byhand.evals.miniwob.hand import Hand
from byhand.evals.miniwob.oracle import boxes, clicks, dates, fields, lists, mail, menus, places, social

Oracle = Callable[[Hand], None]

_CLICKS: dict[str, Oracle] = {
    "click-button": clicks.button,
    "click-button-sequence": clicks.one_then_two,
    "click-collapsible": clicks.section,
    "click-collapsible-2": clicks.link_in_sections,
    "click-collapsible-2-nodelay": clicks.link_in_sections,
    "click-collapsible-nodelay": clicks.section,
    "click-dialog": clicks.close,
    "click-dialog-2": clicks.in_dialog,
    "click-link": clicks.link,
    "click-tab": clicks.tab,
    "click-tab-2": clicks.link_in_tabs,
    "click-tab-2-easy": clicks.link_in_tabs,
    "click-tab-2-hard": clicks.link_in_tabs,
    "click-tab-2-medium": clicks.link_in_tabs,
    "click-test": clicks.the_button,
    "click-test-2": clicks.one_of_two,
    "click-test-transfer": clicks.one_of_two,
    "click-widget": clicks.widget,
    "unicode-test": clicks.button,
    "focus-text": clicks.field,
    "focus-text-2": clicks.nth_field,
    "buy-ticket": clicks.ticket,
    "generate-number": clicks.generate,
    "navigate-tree": clicks.tree,
    "odd-or-even": clicks.odd_or_even,
    "phone-book": clicks.contact,
    "click-menu": menus.menu,
    "click-menu-2": menus.behind_a_button,
    "click-checkboxes": boxes.boxes,
    "click-checkboxes-large": boxes.boxes,
    "click-checkboxes-soft": boxes.alike,
    "click-checkboxes-transfer": boxes.boxes,
    "click-option": boxes.option,
    "social-media": social.post,
    "social-media-all": social.all_posts,
    "social-media-some": social.some_posts,
}
_FIELDS: dict[str, Oracle] = {
    "enter-text": fields.text,
    "enter-text-2": fields.cased,
    "enter-text-dynamic": fields.text,
    "enter-password": fields.password,
    "login-user": fields.login,
    "login-user-popup": fields.login,
    "form-sequence-2": fields.numbered,
    "multi-layouts": fields.film,
    "multi-orderings": fields.film,
    "read-table": fields.from_table,
    "read-table-2": fields.two_from_table,
    "find-word": fields.nth_word,
    "simple-arithmetic": fields.arithmetic,
    "simple-algebra": fields.algebra,
    "text-transform": fields.skewed,
    "copy-paste": fields.copy,
    "copy-paste-2": fields.copy_nth,
    "scroll-text-2": fields.scrolled,
    "sign-agreement": fields.sign,
    "guess-number": fields.guess,
    "choose-date": dates.calendar_day,
    "choose-date-easy": dates.calendar_day,
    "choose-date-medium": dates.calendar_day,
    "choose-date-nodelay": dates.calendar_day,
    "enter-date": dates.date,
    "enter-time": dates.time,
}
_LISTS: dict[str, Oracle] = {
    "choose-list": lists.native,
    "form-sequence-3": lists.drawn,
    "use-autocomplete": lists.completed,
    "use-autocomplete-nodelay": lists.completed,
    "search-engine": lists.search,
    "order-food": lists.food,
    "book-flight": lists.flight,
    "book-flight-nodelay": lists.flight,
    "email-inbox": mail.inbox,
    "email-inbox-delete": mail.inbox,
    "email-inbox-forward": mail.inbox,
    "email-inbox-forward-nl": mail.forward_said_freely,
    "email-inbox-forward-nl-turk": mail.forward_said_freely,
    "email-inbox-important": mail.inbox,
    "email-inbox-nl-turk": mail.said_freely,
    "email-inbox-noscroll": mail.inbox,
    "email-inbox-reply": mail.inbox,
    "email-inbox-star-reply": mail.inbox,
    "use-spinner": places.spinner,
}
PLACES: dict[str, Oracle] = {
    "drag-box": places.box,
    "drag-items": places.item,
    "drag-sort-numbers": places.sorted_numbers,
    "form-sequence": places.slider_and_box,
    "text-editor": places.editor,
    "use-slider": places.slider,
    "use-slider-2": places.sliders,
}
"""Done at places."""
UNTOLD: dict[str, Oracle] = {
    "scroll-text": fields.last_word,  # what stands in a field is told of nobody's list
    "terminal": fields.terminal,  # its field is emptied at each key: what was typed can't be read off it
}
"""What they are done by stands in no list of elements."""
BY_ELEMENTS: dict[str, Oracle] = {**_CLICKS, **_FIELDS, **_LISTS}
"""Done to elements of a list."""
ORACLES: dict[str, Oracle] = dict(sorted((BY_ELEMENTS | PLACES | UNTOLD).items()))

_DRAWN = "what is asked for is drawn, and stands nowhere in words"
_AT_PLACES = "its acts need a place on the screen; others of its kind are there"
_MOVES = "it has to be done in time, while things move or wait"
_LUCK = "it can be lost to luck: no person is right each time"
LEFT_OUT: dict[str, str] = {
    **dict.fromkeys(
        (
            "bisect-angle", "circle-center", "click-color", "click-shades", "click-shape", "count-shape", "count-sides",
            "find-midpoint", "grid-coordinate", "identify-shape", "number-checkboxes", "right-angle", "use-colorwheel",
            "use-colorwheel-2", "visual-addition", "click-pie", "click-pie-nodelay",
        ),
        _DRAWN,
    ),
    **dict.fromkeys(
        (
            "daily-calendar", "drag-circle", "drag-cube", "drag-items-grid", "drag-shapes", "drag-shapes-2",
            "drag-single-shape", "draw-circle", "draw-line", "highlight-text", "highlight-text-2", "resize-textarea",
        ),
        _AT_PLACES,
    ),
    **dict.fromkeys(
        (
            "ascending-numbers", "button-delay", "chase-circle", "hover-shape", "moving-items", "simon-says",
            "stock-market",
        ),
        _MOVES,
    ),
    **dict.fromkeys(("hot-cold", "tic-tac-toe"), _LUCK),
    "click-scroll-list": "two options of one list at once, which no act of ours says",
    "find-greatest": "what was seen before has to be remembered: a card that is turned over again shows nothing",
}  # fmt: skip
"""Why."""
