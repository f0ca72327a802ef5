"""`byhand do`: a model does what a person says, in a browser; any key stops it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.agents.doing import do as do_goal
from byhand.agents.goal import Limits, Means
from byhand.agents.outcome import Outcome
from byhand.agents.running import Done
from byhand.cli import do_report, endpoint
from byhand.cli import open as opened
from byhand.cli.do_beside import Beside
from byhand.cli.do_correction import Part
from byhand.cli.do_means import Forgets, eyes, goal_leave, hands_for, listed, risks, seen
from byhand.cli.output import Json, emit, on_terminal, say
from byhand.cli.workflow_recorded import Recorded
from byhand.cli.workflow_run import STOPPED, TAKEN, UNCHECKED
from byhand.cli.workflow_work import Window, permitted
from byhand.errors import UsageFault
from byhand.workflows.program import Workflow

_MOST_ACTS = 40


def do(
    goal: Annotated[str, Parameter(metavar="GOAL", help="What is to be done, in your words.")],
    /,
    *,
    url: Annotated[str, Parameter(metavar="ADDRESS", help="Where it begins.")],
    model: Annotated[
        str,
        Parameter(
            metavar="NAME",
            help="Who decides: one that you learned; `rules`, the baseline that learned nothing; or openai:NAME, "
            "openai-computer:NAME, anthropic-computer:NAME at an endpoint.",
        ),
    ],
    endpoint_url: endpoint.Url = "",
    watch: Annotated[
        bool, Parameter(help="In a window, with the next act shown on its element before it is done.")
    ] = False,
    yes_to: Annotated[
        str,
        Parameter(
            metavar="KINDS",
            help="Ask nobody before what can't be undone: none, or the kinds that may be done (sends,deletes,...).",
        ),
    ] = "",
    check: Annotated[
        tuple[str, ...],
        Parameter(metavar="CHECK", negative=(), help='What must be seen at the end, as: see "Saved". May be repeated.'),
    ] = (),
    acts: Annotated[int, Parameter(metavar="N", help="It stops after so many.")] = _MOST_ACTS,
    sure: Annotated[
        float,
        Parameter(
            metavar="SHARE", help="Where it is less sure, it asks: raise it where a wrong press costs more than a look."
        ),
    ] = 0.5,
    profile: Annotated[
        Path | None,
        Parameter(metavar="DIR", help="A browser profile, where you are signed in; a clean one if left out."),
    ] = None,
    json: Json = False,
) -> int:
    """Returns 0 when it is done and the checks were seen to hold, 4 where it stopped, 5 where nothing but the model
    says that it is done, 6 where you stopped it.
    """
    if acts < 1 or not 0 <= sure <= 1:
        raise UsageFault(
            "--acts is a whole number from 1, and --sure a share from 0 to 1",
            hints=("for example: --acts 40 --sure 0.5",), fate="nothing was done",
        )  # fmt: skip
    home = opened.home()
    checks, kinds = seen(check), risks(yes_to)
    program = Workflow(name=goal, start=url, sites=(url,))
    permitted(home, program)
    report = do_report.Report(goal, model, url)
    with (
        endpoint.deciding(home, model, endpoint_url) as decider,
        Beside(home, attended=on_terminal(), json=json) as person,
    ):
        record = Recorded(home, program, {}, person.brake)
        window = Window("", profile, watch)
        with record, hands_for(home, window, person.brake) as (hands, joined):
            person.begin(goal, record, hands if watch else None, corrects=joined)
            leave = goal_leave(home, None if yes_to or not person.attended else person.may, hands, kinds)
            glance = eyes(home, hands)
            endpoint.attach(decider, home, hands, glance, person.brake)
            shown = record.witness.eyes(glance)
            means = Means(
                hands=record.witness.hands(hands), eyes=shown, decider=decider, brake=person.brake,
                leave=leave, book=record.witness.book(Forgets()), listed=listed(home), secret=person.secret,
                beside=person if person.attended else None, before=person.shows,
                told=lambda one: report.add(one) or person.told(one),
            )  # fmt: skip
            outcome = do_goal(goal, means, url=url, checks=checks, limits=Limits(acts=acts, sure=sure))
            record.witness.ended(_row(outcome), person.brake.by, person.brake.pulled_ns)
    parts = [*person.parts, *([Part(record.id, "agent", outcome.steps)] if record.id else [])]
    report.end(outcome, leave.why, parts)
    report.shown = endpoint.counted(decider)
    report.version, report.asked = decider.name, person.asked + do_report.stuck(outcome)
    place = report.save(home)
    do_report.note(home, report)
    if json:
        emit(report.last(place))
    else:
        say(Text(report.verdict, "good" if outcome.state == "done" else "bold"))
        say(Text.assemble(("report  ", "quiet"), (str(place), "name")))
        for part in parts:
            who = "yours, a correction" if part.by == "person" else ""
            say(Text.assemble(("recording  ", "quiet"), (part.recording, "name"), (f"  {who}" if who else "", "quiet")))
    return _code(outcome, taken=bool(person.brake.by))


def _row(outcome: Outcome) -> Done:
    stop = outcome.stop
    return Done(0, outcome.state, stop.reason if stop else "", stop.kind if stop else "", outcome.steps, stop=stop)


def _code(outcome: Outcome, *, taken: bool) -> int:
    if outcome.stop is not None:
        return TAKEN if outcome.stop.kind == "person" or taken else STOPPED
    return 0 if outcome.state == "done" else UNCHECKED
