"""Synthetic office work: eight chores with choices in them, as scripts, and what the next act truly was at each step.

Rules of this module: names, amounts and addresses are made up. Some choices hang on a private value (a large amount
needs an approval, a certain customer goes first): what a guard takes away there is gone, and the figure shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from byhand.evals.canaries.values import name, some

APPS = ("mail", "orders", "calendar", "editor", "tickets", "contacts")
_LARGE = 1_000
_FIRST = "Vetomar"


@dataclass
class Work:
    """A script in the words of `capture.scripted`, and which act each step of it is, without what is private."""

    dice: Random
    lines: list[str] = field(default_factory=list[str])
    steps: list[str] = field(default_factory=list[str])
    now: float = 0.0

    def focus(self, app: str, title: str) -> None:
        self._line(f'focus {app} "{title}" 0,0 1000x700')
        self.now += 0.8

    def click(self, name: str, role: str = "push button", *, told: bool = True) -> None:
        """`told` is False where the name is somebody's: then only the role is what can be learned."""
        self.steps.append(f"click {role} {name if told else '*'}")
        self._line(f'click "{name}" ({role})')
        self.now += 1.2 + self.dice.random()

    def type(self, text: str, label: str) -> None:
        """Into a field called `label`."""
        self.steps.append(f"type into {label}")
        self._line(f'element entry "{label}"')
        self.now += 0.5
        self._line(f'type "{text}"')
        self.now += len(text) * 0.1 + 2.6

    def hotkey(self, keys: str) -> None:
        self.steps.append(f"hotkey {keys}")
        self._line(f"hotkey {keys}")
        self.now += 1.5

    def _line(self, words: str) -> None:
        self.lines.append(f"{self.now:.2f} {words}")


def _reply(work: Work) -> None:
    who = name(work.dice)
    work.focus("mail", f"Inbox ({work.dice.randint(1, 40)}) - Mail")
    work.click(f"{who}: offer {some(work.dice, '123456789', 5)}", "list item", told=False)
    work.click(work.dice.choice(("Reply", "Reply", "Reply to all")))
    work.type(f"Thank you {who}, we will send the order today.", "Message")
    if work.dice.random() < 0.3:
        work.click("Attach file")
        work.click("Open")
    work.click("Send")
    work.hotkey("ctrl+e")


def _order(work: Work) -> None:
    customer = _FIRST if work.dice.random() < 0.15 else name(work.dice)
    work.focus("orders", "Orders")
    work.click("New order")
    work.type(customer, "Customer")
    work.type(str(work.dice.randint(1, 30)), "Quantity")
    work.click("Shipping", "combo box")
    # One customer's orders always go by express: only who sees the name can know.
    work.click("Express" if customer == _FIRST else "Standard", "menu item")
    work.click("Save")
    work.click("Print")


def _expense(work: Work) -> None:
    amount = work.dice.choice((work.dice.randint(5, 400), work.dice.randint(5, 400), work.dice.randint(1_000, 9_000)))
    work.focus("orders", "Expenses")
    work.click("Add expense")
    kind = work.dice.choice(("Travel", "Meals", "Office"))
    work.click("Category", "combo box")
    work.click(kind, "menu item")
    work.type(str(amount), "Amount")
    if kind == "Travel":
        work.click("Add receipt")
    work.click("Request approval" if amount >= _LARGE else "Submit")


def _meeting(work: Work) -> None:
    work.focus("calendar", "Calendar - Week")
    work.click("New event")
    weekly = work.dice.random() < 0.5
    work.type("Team meeting" if weekly else f"Call with {name(work.dice)}", "Title")
    work.click("Repeat", "combo box")
    work.click("Weekly" if weekly else "Never", "menu item")
    if weekly:
        work.click("Invite team")
    work.click("Save")


def _format(work: Work) -> None:
    work.focus("editor", "Report - Editor")
    work.hotkey("ctrl+a")
    work.hotkey("ctrl+b")
    work.click("Format", "menu")
    style = work.dice.choice(("Heading", "List", "Table"))
    work.click(style, "menu item")
    if style == "Table":
        work.click("Insert row", "menu item")
    work.hotkey("ctrl+s")


def _ticket(work: Work) -> None:
    work.focus("tickets", f"Ticket {some(work.dice, '123456789', 4)} - Support")
    work.click(f"{name(work.dice)} can't log in", "table cell", told=False)
    urgent = work.dice.random() < 0.4
    work.click("Priority", "combo box")
    work.click("High" if urgent else "Normal", "menu item")
    work.click("Assign")
    work.click(name(work.dice), "list item", told=False)
    if urgent:
        work.click("Notify")
    work.type("Please restart and try again.", "Comment")
    work.click("Close" if not urgent else "Save")


def _contact(work: Work) -> None:
    who = name(work.dice)
    work.focus("contacts", "Contacts")
    work.click("New contact")
    work.type(f"{who} {name(work.dice)}", "Name")
    work.type(f"{who.lower()}@{name(work.dice).lower()}.example", "E-mail")
    work.type(f"+1 415 555 {some(work.dice, '0123456789', 4)}", "Phone")
    work.click("Save")
    work.click("Back")


def _search(work: Work) -> None:
    work.focus("orders", "Orders")
    work.hotkey("ctrl+f")
    work.type("open orders" if work.dice.random() < 0.5 else name(work.dice), "Search")
    work.click("Export")
    work.click(work.dice.choice(("CSV", "PDF")), "menu item")
    work.click("Download")


CHORES: tuple[Callable[[Work], None], ...] = (
    _reply, _order, _expense, _meeting, _format, _ticket, _contact, _search,
)  # fmt: skip


def shift(dice: Random, chores: int) -> Work:
    """Some hours of work: `chores` of the eight in a random order."""
    work = Work(dice)
    for _ in range(chores):
        dice.choice(CHORES)(work)
        work.now += 2.0
    return work
