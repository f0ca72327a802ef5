"""Promises of a workflow's guide: it tells the program, and what is the reader's stands out."""

from __future__ import annotations

from byhand.ui.guide.markdown import markdown
from byhand.ui.guide.page import page
from byhand.ui.guide.program import guide_of
from byhand.workflows.program import Act, Branch, Condition, Repeat, Workflow

PROGRAM = Workflow(
    name="enter-invoice", about="Enter an invoice", start="https://books.example/new",
    steps=(
        Act(id="s1", verb="fill", target="Number", text="{number}"),
        Act(id="s2", verb="choose", target="Currency", text="{currency}"),
        Repeat(id="r", over="list", name="lines", steps=(Act(id="s3", verb="press", target="Add line"),)),
        Branch(
            id="b", when=Condition(left="{amount}", relation="over", right="1000"),
            steps=(Act(id="s4", verb="press", target="Needs approval"),),
            other=(Act(id="s5", verb="key", text="Control+s"),),
        ),
        Act(id="s6", verb="press", target="Open", row="{number}"),
    ),
)  # fmt: skip


def test_each_step_is_told_to_a_person():
    """Loops and branches as what they are, values as the reader's own."""
    text, pictures = markdown(guide_of(PROGRAM), "")
    assert pictures == {}
    lines = [line for line in text.splitlines() if line[1:3] == ". "]
    assert [line.replace("\\", "") for line in lines] == [
        "1. Go to **https://books.example/new**",
        "2. Type *number* in **Number**",
        "3. Choose *currency* in **Currency**",
        "4. For each of lines: Press **Add line**",
        "5. If amount over 1000: Press **Needs approval**",
        "6. If not (amount over 1000): Press <kbd>Control+s</kbd>",
        "7. Press **Open** in the row of *number*",
    ]


def test_it_says_nothing_of_how_long_it_took():
    """Nobody did it: a program was told."""
    assert "took" not in page(guide_of(PROGRAM))
