"""A small made-up site for the loop's tests: a list of invoices, a form for a new one, and what can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from byhand.agents.actuators.pretend_page import Part, PretendPage
from byhand.agents.loop import run_row
from byhand.agents.outcome import Cell, Outcome
from byhand.workflows.program import Act, Check, Effect, Evidence, Parameter, Risk, Workflow

START = "http://site.example/invoices"
VALUES: dict[str, Cell] = {"number": "R-7", "amount": Decimal("12.50"), "currency": "USD", "urgent": True}


@dataclass
class Ledger:
    """The site. Its fields are what may be other than usual; each is called when the page is made.

    saved: (number, amount). drops: it says saved, and isn't. fails: it saves, and answers with an error.
    """

    saved: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    drops: bool = False
    fails: bool = False
    refuses: bool = False
    silent: bool = False
    over: bool = False
    changes: Callable[[list[Part]], object] = lambda _: None
    page: PretendPage = field(init=False)

    def __post_init__(self) -> None:
        self.page = PretendPage({
            "/invoices": self.list, "/invoices/new": self.form, "/trouble": self.trouble, "/done": self.done,
        }, {"/trouble": 500})  # fmt: skip

    def list(self) -> list[Part]:
        rows = [
            Part("row", inside=[
                Part("cell", number), Part("cell", amount), Part("button", "Remind", does=self.reminds(number)),
            ])
            for number, amount in self.saved
        ]  # fmt: skip
        parts = [
            Part("heading", "Invoices"),
            Part("link", "New invoice", leads="/invoices/new", does=lambda page: page.go("/invoices/new")),
            Part("table", "Invoices", inside=rows),
        ]  # fmt: skip
        return self._with(parts)

    def form(self) -> list[Part]:
        options = [Part("option", one) for one in ("EUR", "USD", "GBP")]
        parts = [Part("heading", "New invoice"), Part("form", inside=[
            Part("textbox", "Number", selectors=("#number",)), Part("textbox", "Amount", selectors=("#amount",)),
            Part("combobox", "Currency", "EUR", inside=options, selectors=("#currency",)), Part("checkbox", "Urgent"),
            Part("button", "Save", does=self.save, selectors=('[data-testid="save"]',)),
        ])]  # fmt: skip
        return self._with(parts)

    def trouble(self) -> list[Part]:
        return [Part("heading", "Something went wrong")]

    def done(self) -> list[Part]:
        return [Part("status", "Saved")]

    def _with(self, parts: list[Part]) -> list[Part]:
        if self.over:
            parts.append(Part("dialog", "New terms", states={"modal"}, inside=[Part("button", "Accept")]))
        self.changes(parts)
        return parts

    def reminds(self, number: str) -> Callable[[PretendPage], object]:
        return lambda page: page.did.append(("reminded", number, ""))

    def save(self, page: PretendPage) -> None:
        if self.refuses:
            page.find("Amount").states.add("invalid entry")
            return
        if not self.drops:
            self.saved.append((page.find("Number").value, page.find("Amount").value))
        if self.silent:
            return
        page.go("/trouble" if self.fails else "/done")

    def numbers(self) -> list[str]:
        return [number for number, _ in self.saved]


def evidence(
    role: str, name: str, page: str = "/invoices/new", above: tuple[str, ...] = ("form",), **more: object
) -> Evidence:
    return Evidence(called=name, role=role, name=name, page=page, above=above, **more)  # pyright: ignore[reportArgumentType]


EFFECT = Effect(
    kind="view", steps=(Act(id="e1", verb="open", text="/invoices"),),
    checks=(Check(kind="row", row="{number}", text="{amount}"),),
    before=(Check(kind="count", row="{number}", text="0"),),
)  # fmt: skip
ENTER = Workflow(
    name="enter", start=START, sites=("http://site.example",), identity=("number",),
    parameters=(
        Parameter(name="number"), Parameter(name="amount", kind="number", format="1,234.50"),
        Parameter(name="currency", kind="choice", options=("EUR", "USD", "GBP")), Parameter(name="urgent", kind="flag"),
    ),
    targets=(
        evidence("link", "New invoice", "/invoices", ()), evidence("textbox", "Number", selectors=("#number",)),
        evidence("textbox", "Amount", selectors=("#amount",)),
        evidence("combobox", "Currency", selectors=("#currency",)),
        evidence("checkbox", "Urgent"), evidence("button", "Save", selectors=('[data-testid="save"]',)),
    ),
    steps=(
        Act(id="s1", verb="press", target="New invoice", then=(Check(kind="page", text="/invoices/new"),)),
        Act(id="s2", verb="fill", target="Number", text="{number}"),
        Act(id="s3", verb="fill", target="Amount", text="{amount}"),
        Act(id="s4", verb="choose", target="Currency", text="{currency}"),
        Act(id="s5", verb="set", target="Urgent", text="{urgent}"),
        Act(id="s6", verb="press", target="Save", risk="sends", then=(Check(kind="see", text="Saved"),)),
    ),
    effects=(EFFECT,),
)  # fmt: skip


@dataclass
class Person:
    """Who is asked, who may stop it, and what was written in the book."""

    yes: bool = True
    pulls: int = -1
    asked: list[tuple[Risk, str]] = field(default_factory=list[tuple[Risk, str]])
    book: list[str] = field(default_factory=list[str])

    def pulled(self) -> bool:
        self.pulls -= 1
        return self.pulls == 0 or self.pulls < -1_000_000

    def may(self, act: Act, risk: Risk, sentence: str) -> bool:
        del act
        self.asked.append((risk, sentence))
        return self.yes

    def will(self, step: str, risk: Risk) -> None:
        self.book.append(f"will {step} {risk}".strip())

    def did(self, step: str) -> None:
        self.book.append(f"did {step}")


def run(
    ledger: Ledger, workflow: Workflow = ENTER, values: dict[str, Cell] | None = None, person: Person | None = None,
    uncertain: str = "",
) -> Outcome:  # fmt: skip
    """One row, in the site's own time."""
    who = person or Person()
    return run_row(
        workflow, VALUES if values is None else values, ledger.page, brake=who, leave=who, book=who,
        clock=ledger.page.clock, uncertain=uncertain,
    )  # fmt: skip


def stopped(outcome: Outcome) -> str:
    """Kind of the stop."""
    assert outcome.state == "stopped"
    assert outcome.stop is not None
    return outcome.stop.kind
