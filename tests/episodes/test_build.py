"""From a recording to episodes: where they are cut, what they are called, what could be seen, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.build import build
from byhand.episodes.types import Episode, Step
from tests.episodes.kept import kept

FORM = """
    1.0  click 10,10 (entry) "Customer" node=3
    1.5  letters 3
    2.5  input (entry) "Customer" node=3 value="Ada"
    2.5  click 10,40 (combo box) "Country" node=4 tag=select
    3.5  change (combo box) "Country" node=4 tag=select value="France"
    4.0  click 10,90 (push button) "Save" node=9
"""


def episodes(text: str) -> tuple[Episode, ...]:
    return build("rec", kept(text)).episodes


def ops(one: Episode) -> list[str]:
    return [step.action.op for step in one.steps]


def test_a_marked_task_is_one_episode_in_the_persons_words():
    """With its outcome; what lies around it is its own."""
    first, task, rest = episodes("""
        0.0  click 10,10 (push button) "Inbox" node=1
        1.0  task "File the invoice"
        1.5  click 10,10 (push button) "Invoice" node=2
        200.0  click 10,10 (push button) "File" node=3
        201.0  done "partly"
        202.0  click 10,10 (push button) "Inbox" node=1
    """)
    assert (task.instruction, task.by, task.outcome, task.cut) == ("File the invoice", "person", "partly", "marks")
    assert [len(one.steps) for one in (first, task, rest)] == [1, 2, 1]
    assert (first.outcome, first.by) == ("unknown", "template")


def test_a_page_that_stood_there_before_the_first_mark_is_no_episode():
    """It is where the task begins: its first step has seen it."""
    (task,) = episodes("""
        0.0  window browser#1
        0.1  page loaded /form
        0.2  see "Save"
        1.0  task "Save it"
        2.0  click 10,10 (push button) "Save" node=1
        3.0  done "done"
    """)
    assert (task.instruction, ops(task), [seen.kind for seen in task.steps[0].before]) == (
        "Save it", ["click"], ["snapshot"],
    )  # fmt: skip


def test_a_page_that_was_gone_to_by_hand_stays_an_episode():
    """Also before the first mark; and a page after it, and one where nothing was marked."""
    by_hand, task, after = episodes("""
        0.1  page loaded /
        0.5  click 10,10 (link) "Form" node=1
        1.0  task "Save it"
        2.0  click 10,10 (push button) "Save" node=1
        3.0  done "done"
        20.0  page loaded /other
    """)
    assert [ops(one) for one in (by_hand, task, after)] == [["navigate", "click"], ["click"], ["navigate"]]
    assert [ops(one) for one in episodes("0.1  page loaded /form")] == [["navigate"]]


def test_a_task_that_never_ended_ends_with_the_recording():
    """Nobody said how it went."""
    (task,) = episodes('0.0  task "File it"\n1.0  click 10,10 (push button) "File" node=3')
    assert (task.instruction, task.outcome) == ("File it", "unknown")


def test_a_minutes_rest_begins_another_episode():
    """60 s do not yet; more than that do."""
    both = """
        0.0  click 10,10 (push button) "A" node=1
        {}  click 10,10 (push button) "B" node=2
    """
    assert len(episodes(both.format("60.0"))) == 1
    assert [one.cut for one in episodes(both.format("60.2"))] == ["start", "idle"]


def test_another_program_begins_another_episode_only_after_a_rest():
    """Work goes back and forth between programs."""
    both = """
        0.0  window mail#1
        0.5  click 10,10 (push button) "A" desktop
        {}  window editor#2
        {}  click 10,10 (push button) "B" desktop
    """
    assert len(episodes(both.format("3.0", "4.0"))) == 1
    assert [one.cut for one in episodes(both.format("20.0", "20.5"))] == ["start", "place"]


def test_the_same_beginning_once_more_begins_another_episode():
    """A chore done row after row."""
    row = """
        {0}.0  click 10,10 (push button) "New" node=1
        {0}.3  click 10,40 (entry) "Name" node=2
        {0}.5  letters 2
        {0}.9  input (entry) "Name" node=2 value="x{0}"
        {0}.9  click 10,90 (push button) "Save" node=3
    """
    found = episodes(row.format(1) + row.format(4) + row.format(7))
    assert [one.cut for one in found] == ["start", "repeated", "repeated"]
    assert len({tuple(ops(one)) for one in found}) == 1


def test_a_form_is_called_by_where_it_is_and_what_ends_it():
    """No word of it is the person's."""
    (one,) = episodes(FORM)
    assert one.instruction == "fill in the form on work.example and choose Save"
    assert one.skills == ("dropdown", "form")


def test_a_writer_is_asked_only_where_the_person_said_nothing():
    """And what it says is told as a model's."""

    class Echo:
        by = "model"

        def instruction(self, steps: Sequence[Step]) -> str:
            return f"{len(steps)} steps"

    events = kept('0.0  click 9,9 (link) "A" node=1\n1.0  task "Mine"\n2.0  click 9,9 (link) "B" node=2')
    first, mine = build("rec", events, writer=Echo()).episodes
    assert (first.instruction, first.by, mine.instruction, mine.by) == ("1 steps", "model", "Mine", "person")


def test_a_writer_without_words_leaves_them_to_the_template():
    """Its silence fails nothing, and is not told as a model's."""

    class Silent:
        by = "model"

        def instruction(self, steps: Sequence[Step]) -> str:
            return ""

    (one,) = build("rec", kept('0.0  click 9,9 (link) "A" node=1'), writer=Silent()).episodes
    assert (one.instruction, one.by) == ("choose A", "template")


def test_what_could_be_seen_before_is_from_before_the_pointer_set_out():
    """What it passed over lit up; that is no page before the act."""
    (one,) = episodes("""
        0.0  see "Save"
        0.6  move 0,0 10,10 for=0.4
        0.8  see "Save (lit)"
        1.03  click 10,10 (push button) "Save" node=1
        2.0  see "Saved"
        2.05  see "Saved|Undo"
        4.0  scroll 1
    """)
    step = one.steps[0]
    assert [seen.mono_ns for seen in step.before] == [0]
    assert [seen.mono_ns for seen in step.after] == [2_050_000_000]  # the one before it did not last


def test_a_list_that_a_browser_sent_with_a_press_is_from_before_it():
    """It was made before the button went down."""
    (one,) = episodes("""
        0.0  see "Save"
        0.6  move 0,0 10,10 for=0.4
        0.7  see "Save|New" sent
        1.03  click 10,10 (push button) "Save" node=1
    """)
    assert [seen.mono_ns for seen in one.steps[0].before] == [700_000_000]


def test_a_list_of_what_keys_chose_is_not_from_before_they_did():
    """Drawn times can fall together; then the order counts in which it was told."""
    (one,) = episodes("""
        0.0  see "Country"
        0.5  focus (combo box) "Country" node=1
        1.0  key Down down
        1.0  change (combo box) "Country" node=1 tag=select value="Germany" holds="option 3 of 9"
        1.0  see "Country|Germany" sent
        1.1  key Down up
    """)
    assert [(step.action.op, [seen.mono_ns for seen in step.before]) for step in one.steps] == [("select", [0])]


def test_nothing_from_before_a_gap_counts_as_seen():
    """Whatever happened there, the page may be another."""
    (one,) = episodes('0.0  see "A"\n0.5  gap "lost"\n1.0  click 10,10 (push button) "Save" node=1')
    assert one.steps[0].before == ()


def test_a_page_of_another_tab_is_not_what_was_seen():
    """The newest of the action's own tab is."""
    (one,) = episodes("""
        0.0  page loaded /a tab=1
        0.1  see "A"
        0.2  page loaded /b tab=2
        0.3  see "B"
        0.4  page tab switched /a tab=1
        1.0  click 10,10 (push button) "Save" node=1
    """)
    assert [seen.mono_ns for seen in one.steps[-1].before] == [100_000_000]


def tags(one: Episode) -> list[tuple[str, tuple[str, ...]]]:
    return [(step.action.op, step.tags) for step in one.steps if step.tags]


def test_what_was_taken_back_is_kept_and_named():
    """Undo tells that the step before was wrong."""
    (one,) = episodes('0.0  click 10,10 (push button) "Delete" node=1\n1.0  key z ctrl')
    assert tags(one) == [("click", ("error",)), ("hotkey", ("recovery",))]


def test_a_field_set_once_more_was_corrected():
    """Unless the form was sent in between."""
    twice = """
        0.0  write "Ada"
        0.3  input (entry) "Name" node=3 value="{}"
        1.0  click 10,90 (section) "" node=30
        2.0  write "Bob"
        2.3  input (entry) "Name" node=3 value="Bob"
    """
    assert tags(episodes(twice.format("Ada"))[0]) == [("type", ("error",)), ("type", ("correction",))]
    assert tags(episodes(twice.format("Bob"))[0]) == [("type", ("redundant",)), ("type", ("correction",))]
    for sent in ("key Return", "key s ctrl", 'click 10,90 (push button) "Save" node=9'):
        assert tags(episodes(twice.format("Ada").replace('click 10,90 (section) "" node=30', sent))[0]) == []


def test_what_a_page_complains_about_was_an_error_and_closing_that_repairs_it():
    """A dialog that says so."""
    (one,) = episodes("""
        0.0  click 10,90 (push button) "Save" node=9
        0.3  open (dialog) "Error: no customer" node=40
        2.0  click 10,40 (push button) "OK" node=41
    """)
    assert tags(one) == [("click", ("error",)), ("click", ("recovery",))]


def test_gaps_of_an_episode_are_told():
    """In ms, as far as known."""
    (one,) = episodes(
        '0.0  click 9,9 (link) "A" node=1\n9.0  gap "another app" ms=4000\n9.5  click 9,9 (link) "B" node=2'
    )
    assert one.gaps == (4000,)


def test_an_id_is_the_same_in_every_build_and_another_in_another_recording():
    """It derives from recording and place."""
    events = kept(FORM)
    (one,), (again,), (other,) = (build(name, events).episodes for name in ("a", "a", "b"))
    assert one.id == again.id != other.id


def test_an_episode_of_ten_thousand_steps_is_built():
    """And none is lost."""
    text = "\n".join(f'{n}.0  click {n % 900},40 (push button) "{n % 97}" node={n % 97 + 1}' for n in range(10_000))
    found = build("rec", kept('0.0  task "Much"\n' + text)).episodes
    assert [len(one.steps) for one in found] == [10_000]
