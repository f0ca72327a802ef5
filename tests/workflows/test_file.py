"""The file of a workflow: what is written is read, and a change touches nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from byhand.errors import WorkflowError
from byhand.workflows.file import changed, check, numbered, read, write
from byhand.workflows.program import Act, Branch, Check, Evidence, Parameter, Repeat, Workflow
from tests.workflows.made import workflows

GOOD = """\
# What Anna does each morning.
byhand: workflow 1
name: enter-invoice
about: Enter an invoice
start: http://127.0.0.1:8000/invoices
sites: [http://127.0.0.1:8000]

parameters:
  number:   text
  amount:   number 1.234,50          # as it is typed
  due:      date %d.%m.%Y
  currency: choice of EUR, USD, GBP
  urgent:   flag
  supplier: {kind: text, column: vendor}
  lines:    {kind: list, fields: {article: text, price: number 1.50}}
identity: [number]

steps:
  - press   "New invoice"            # the blue one
  - fill "Number" with {number}
  - choose {currency} in "Currency"
  - set "Urgent" to {urgent}
  - each: line in {lines}
    do:
      - press "Add line"
      - fill "Article" with {line.article}
  - if: "{amount} over 1000"
    do:
      - choose "Needs approval" in "Status"

  # It is gone after this.
  - press "Save":
      risk: sends
      then:
        - see "Saved"
        - page is /invoices/*
  - press "Open" in the row of {number}
  - read "Total" as {total}
effects:
  - view:
      - open "/invoices"
      - fill "Search" with {number}
    check:
      - one row of {number} with {amount}, {supplier}
targets:
  Number: {role: textbox, name: Number, near: Invoice, selectors: ["#n"]}   # left column
  New invoice: {role: button}
  Currency: {role: combobox}
  Urgent: {role: checkbox}
  Add line: {role: button}
  Article: {role: textbox}
  Status: {role: combobox}
  Save:
    role: button
    name: Save        # called Store before
  Open: {role: link}
  Total: {role: text}
  Search: {role: textbox}
"""


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(workflows())
def test_any_workflow_that_is_written_is_read_as_the_same(workflow: Workflow):
    """Names, texts and values as odd as they come; and the same program makes the same bytes."""
    whole = numbered(workflow)
    text = write(whole)
    assert check(text) == []
    assert read(text) == whole
    assert changed(text, whole) == text == write(read(text))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(workflows(), workflows())
def test_any_workflow_can_become_any_other(one: Workflow, other: Workflow):
    """What is spliced in says what it is to say, whatever was there."""
    text = write(numbered(one))
    assert read(changed(text, numbered(other))) == numbered(other)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(workflows())
def test_a_file_that_a_hand_set_can_become_any_other(other: Workflow):
    """With comments, blank lines and spellings of its own."""
    assert read(changed(GOOD, numbered(other))) == numbered(other)


def test_a_file_says_what_a_person_reads():
    """Steps, loops, branches, checks and effects, with ids by their places."""
    workflow = read(GOOD)
    assert [one.name for one in workflow.parameters][-1] == "lines"
    assert workflow.parameters[3] == Parameter(name="currency", kind="choice", options=("EUR", "USD", "GBP"))
    loop, fork, save = workflow.steps[4], workflow.steps[5], workflow.steps[6]
    assert isinstance(loop, Repeat)
    assert loop.name == "lines"
    assert loop.steps[1] == Act(id="5.2", verb="fill", target="Article", text="{lines.article}")
    assert isinstance(fork, Branch)
    assert fork.when.right == "1000"
    assert isinstance(save, Act)
    assert save.then == (Check(kind="see", text="Saved"), Check(kind="page", text="/invoices/*"))
    assert workflow.effects[0].steps[1].id == "effect1.2"


def _lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_heal_of_one_target_changes_its_line_alone():
    """The comment beside it stays too, and so does every byte around."""
    workflow = read(GOOD)
    healed = tuple(
        replace(one, name="Store", selectors=("#store",)) if one.called in ("Save", "Number") else one
        for one in workflow.targets
    )
    after = changed(GOOD, replace(workflow, targets=healed, revision=2))
    assert _lines_changed(GOOD, after) == (
        ['  Number: {role: textbox, name: Number, near: Invoice, selectors: ["#n"]}   # left column',
         "    name: Save        # called Store before"],
        ['  Number: {role: textbox, name: Store, near: Invoice, selectors: ["#store"]}   # left column',
         "    name: Store        # called Store before", '    selectors: ["#store"]', "revision: 2"],
    )  # fmt: skip


def test_a_step_that_is_shown_again_changes_its_sentence_alone():
    """Also deep in a loop, and with what stands beside it."""
    workflow = read(GOOD)
    loop, save = workflow.steps[4], workflow.steps[6]
    assert isinstance(loop, Repeat)
    assert isinstance(save, Act)
    entry, rest = loop.steps
    assert isinstance(entry, Act)
    new = replace(loop, steps=(replace(entry, verb="press twice"), rest))
    steps = (*workflow.steps[:4], new, workflow.steps[5], replace(save, then=save.then[:1]), *workflow.steps[7:])
    after = changed(GOOD, replace(workflow, steps=steps))
    assert _lines_changed(GOOD, after) == (
        ['      - press "Add line"', "        - page is /invoices/*"], ['      - press twice "Add line"'],
    )  # fmt: skip


def test_a_step_that_is_put_in_or_taken_out_leaves_the_others():
    """With their comments and the blank lines between them."""
    workflow = read(GOOD)
    taken = numbered(replace(workflow, steps=workflow.steps[:2] + workflow.steps[3:]))
    assert _lines_changed(GOOD, changed(GOOD, taken)) == (['  - choose {currency} in "Currency"'], [])
    more = replace(workflow, steps=(Act(id="", verb="open", text="/x"), *workflow.steps))
    assert _lines_changed(GOOD, changed(GOOD, numbered(more))) == ([], ['  - open "/x"'])


def test_what_is_put_in_at_one_place_stands_in_its_order():
    """A check more for a step, and a step more behind it: the check is the step's."""
    workflow = read(GOOD)
    save = workflow.steps[6]
    assert isinstance(save, Act)
    more = replace(save, then=(*save.then, Check(kind="gone", text="Draft")))
    steps = (*workflow.steps[:6], more, Act(id="", verb="open", text="/x"), *workflow.steps[7:])
    after = changed(GOOD, numbered(replace(workflow, steps=steps)))
    assert _lines_changed(GOOD, after) == ([], ['        - see no "Draft"', '  - open "/x"'])
    assert '        - see no "Draft"\n  - open "/x"\n' in after


def test_an_entry_of_a_list_has_a_name_of_its_own_in_the_file():
    """Unless something else is called so."""
    workflow = read(GOOD)
    text = write(workflow)
    assert "each: line in {lines}" in text
    assert 'fill "Article" with {line.article}' in text
    taken = replace(workflow, parameters=(*workflow.parameters, Parameter(name="line")))
    assert "each: lines in {lines}" in write(taken)
    assert 'fill "Article" with {lines.article}' in write(taken)
    assert read(write(taken)) == taken


def test_line_ends_of_another_system_stay():
    """A file from Windows is not mixed."""
    text = GOOD.replace("\n", "\r\n")
    after = changed(text, replace(read(text), about="Another", revision=3))
    assert after.count("\n") == after.count("\r\n") == text.count("\n") + 1


def test_a_program_that_no_sentence_can_say_is_not_written():
    """It would be read as another."""
    with pytest.raises(ValueError, match="takes no text"):
        write(Workflow(name="x", steps=(Act(id="", verb="press", target="a", text="b"),)))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("byhand: workflow 1", "byhand: workflow 2", 2,
         "this is workflow 2, and this program reads workflow 1; to read it,"),
        ("byhand: workflow 1\n", "", 2, "this is no workflow of Byhand"),
        ("name: enter", "nome: enter", 3, "'nome' is no part of a workflow; did you mean name?"),
        ("name: enter-invoice", "name: Enter it", 3, "is no good name"),
        ("about: Enter an invoice", "about: no", 4, 'without quotes this is a yes or no to some programs; write "no"'),
        ("about: Enter an invoice", "about:", 4, 'this is nothing to some programs; write ""'),
        ("choice of EUR, USD, GBP", "{kind: choice, options: [NO, SE]}", 12, 'write "NO"'),
        ("choice of EUR, USD, GBP", "choice of EUR, USD, EUR", 12, "stands there twice"),
        ("choice of EUR", "choice: EUR", 12, "this is no YAML"),
        ("text\n  amount", "txt\n  amount", 9, "'txt' is no kind of parameter; did you mean text?"),
        ("number 1.234,50", "number 1.234", 10, "can be read in two ways; write an example"),
        ("%d.%m.%Y", "%d.%m.", 11, "needs one year, as in %d.%m.%Y"),
        ("  urgent:   flag", "  urgent:   flag of two", 13, "more than its kind"),
        ("  urgent:   flag", "  number:   flag", 13, "'number' stands here a second time; first in line 9"),
        ("  urgent:   flag", "  row:   flag", 13, "is what a loop calls its row"),
        ("price: number 1.50", "price: {kind: list, fields: {x: text}}", 15, "a list inside of a list"),
        ("fields: {article: text, price: number 1.50}", "needed: true", 15, "a list without fields"),
        ("vendor}", "vendor, needed: no}", 14, "must be true or false"),
        ("identity: [number]", "identity: [numbr]", 16, "'numbr' is no parameter"),
        ("identity: [number]", "identity: [lines]", 16, "is a list, and can't tell records apart"),
        ('press   "New', 'pres   "New', 19, "begins with 'pres', which is no verb; did you mean press?"),
        ('fill "Number" with', 'fill "Nummer" with', 20, "'Nummer' is none of the targets; did you mean Number?"),
        ("with {number}\n  - choose", "with {numbr}\n  - choose", 20, "{numbr} is no parameter"),
        ("with {number}\n  - choose", "with {number\n  - choose", 20, "a '{' that belongs to nothing"),
        ("with {number}\n  - choose", 'with "{number"\n  - choose', 20, "a brace that is meant is written twice"),
        ("with {number}\n  - choose", "with {total}\n  - choose", 20, "nothing was read as it before"),
        ("with {number}\n  - choose", "with {lines}\n  - choose", 20, "{lines} is a list; go over it: each:"),
        ("with {number}\n  - choose", "with {lines.article}\n  - choose", 20, "known only in a loop over lines"),
        ("with {number}\n  - choose", "with {row}\n  - choose", 20, "it is known only in a loop: each: row of ..."),
        ("line in {lines}", "line in {amount}", 23, "a loop goes over a list, and {amount} is a number"),
        ("line in {lines}", "line in {line}", 23, "{line} is no parameter; did you mean lines?"),
        ("line in {lines}", "amount in {lines}", 23, "which means something else"),
        ("{line.article}", "{line.artikel}", 26, "has no field 'artikel'; did you mean article?"),
        ("    do:\n      - press", "    to:\n      - press", 24, "'to' is no part of a loop"),
        ('"{amount} over 1000"', '"{amount} above 1000"', 27, "needs one of: is, is not, over"),
        ('if: "{amount} over 1000"', "if: {amount} over 1000", 27, "this is no YAML"),
        ("risk: sends", "risk: send", 33, "a risk can't be 'send'; did you mean sends?"),
        ("risk: sends", "rist: sends", 33, "'rist' is no part of a step; did you mean risk?"),
        ("      risk: sends", "\t  risk: sends", 33, "the line begins with a tab; set lines in with spaces"),
        ('- see "Saved"', "- saw it", 35, "is no check"),
        ("as {total}", "as {amount}", 38, "'amount' is a parameter already"),
        ("    check:\n      - one row of {number} with {amount}, {supplier}", "", 40, "nothing is checked in the view"),
        ("Urgent: {role: checkbox}", "Urgent: {rolle: checkbox}", 49,
         "is no part of the target 'Urgent'; did you mean role?"),
        ("Urgent: {role: checkbox}", "Urgent: {role: checkbox, box: [1, 2]}", 49, "a box has four numbers"),
        ("Urgent: {role: checkbox}", "No: {role: checkbox}", 49, 'write "No"'),
        ("Urgent: {role: checkbox}", "Urgent: &a {role: checkbox}", 49, "an anchor or an alias"),
        ("Urgent: {role: checkbox}", "Urgent: *a", 49, "an anchor or an alias"),
        ("Urgent: {role: checkbox}", "Urgent: !!python/object:os.system {}", 49, "this has a tag"),
        ("[http://127.0.0.1:8000]", "[http://127.0.0.1:8000/x]", 6, "is no site"),
        ("[http://127.0.0.1:8000]", "[http://127.0.0.1:9000]", 5, "it starts at a site that isn't among its sites"),
        ("identity: [number]", 'identity: [number]\nshown: {"99": [a]}', 17, "no step has the id '99'"),
        ('  - set "Urgent" to {urgent}', '  - set "Urgent" to {urgent}:\n      id: "2"', 23,
          "the id '2' is that of line 20 too"),
        ("identity: [number]", "---\nidentity: [number]", 16, "a second document"),
        ("identity: [number]", "identity: " + "[" * 60, 16, "deeper than 40 levels"),
        ("about: Enter an invoice", "about: " + "x" * (1 << 19), 1, "larger than 512 KiB"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_to_write(old: str, new: str, line: int, said: str):
    """For whoever edits the file by hand; the first mistake is the error, all are listed."""
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = check(text, "x.yaml")
    assert [one for one in found if one.source == f"x.yaml line {line}" and said in one.message], found
    with pytest.raises(WorkflowError) as error:
        read(text, "x.yaml")
    assert str(error.value).startswith("x.yaml line ")


def test_all_mistakes_are_found_at_once_in_the_order_of_their_lines():
    """Somebody who mends a file wants to see them all; and what is right is not complained about."""
    text = GOOD.replace("{role: link}", "{rolle: link}").replace("text\n  amount", "txt\n  amount")
    assert [one.source for one in check(text, "x")] == ["x line 9", "x line 56"]
    with pytest.raises(WorkflowError) as error:
        read(text, "x")
    assert "there is 1 more problem" in error.value.hints[1]


def test_what_grows_out_of_little_is_refused_before_it_grows():
    """Nine levels of ten aliases each are a thousand million nodes to who follows them."""
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(9)
    )
    assert "an anchor" in check(bomb)[0].message


def test_a_long_sentence_with_something_beside_it_has_a_key_of_its_own():
    """YAML gives up looking for the colon of a key that is longer than 1024 signs."""
    act = Act(id="1", verb="fill", target="Note", text="x" * 2000, risk="sends")
    workflow = Workflow(name="x", steps=(act,), targets=(Evidence(called="Note"),))
    assert "  - step: fill" in write(workflow)
    assert read(write(workflow)) == workflow
