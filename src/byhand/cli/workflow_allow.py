"""`byhand workflow allow`: a signed yes, beforehand, to one step that can't be undone."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.agents.leave import digest
from byhand.cli import allowed, noting, workflow_home
from byhand.cli import open as opened
from byhand.cli.output import Json, Yes, emit, say
from byhand.cli.question import agree
from byhand.consent.allowance import Allowance, Wanted, make
from byhand.consent.policy import origin_of, parse
from byhand.consent.reach import within
from byhand.errors import UsageFault
from byhand.events.ids import short
from byhand.ui import words
from byhand.vault import allowances
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import Vault
from byhand.workflows import sentences
from byhand.workflows.elsewhere import origin
from byhand.workflows.program import Act, Branch, Repeat, Statement, Workflow
from byhand.workflows.templates import TemplateError, slots

_NOTHING = "nothing was allowed"


def allow(
    name: workflow_home.Name,
    /,
    *,
    act: Annotated[
        str, Parameter(metavar="STEP", help="The step, as the workflow has it. Without it, what is allowed is listed.")
    ] = "",
    site: Annotated[str, Parameter(metavar="ORIGIN", help="The one site it may be done on.")] = "",
    app: Annotated[str, Parameter(metavar="PROGRAM", help="The one desktop program it may be done in.")] = "",
    limit: Annotated[
        str, Parameter(metavar="CONDITION", help="What must hold for the row, as after if: in a workflow.")
    ] = "",
    days: Annotated[int, Parameter(metavar="N", help="How long it holds, 1 to 90.")] = 30,
    withdraw: Annotated[str, Parameter(metavar="ID", help="Take this one back.")] = "",
    yes: Yes = False,
    json: Json = False,
) -> int:
    """Returns 3 when the answer is no."""
    home = opened.home()
    program, _ = workflow_home.load(home, name)
    if withdraw:
        _withdraw(home, program, withdraw, as_json=json)
        return 0
    if not act:
        _list(home, program, as_json=json)
        return 0
    step = _step(program, act)
    wanted = Wanted(program.name, digest(program, step), step.risk, "" if app else _site(program, site), app)
    sentence = sentences.write_act(step)
    _limit(program, limit)
    grant, policy = opened.grant(home), parse(opened.agreed_policy(home), "the agreed policy")
    within(grant, policy, (wanted.site,) if wanted.site else (), (app,) if app else ())
    key = device_key(open_keys(home, os.environ))
    made = make(wanted, sentence, limit, int(time.time()), days, short(secrets.token_bytes(8)), key)
    if not (yes or agree(f"allow {program.name} to {words.shown(sentence, 120)} on its own?  {_terms(made)}")):
        say("nothing was allowed, nothing was written")
        return 3
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        noting.note(
            home, vault, "allow",
            {"workflow": program.name, "allowance": made.id, "act": made.act[:16], "sites": (made.site or made.app,),
             "limit": limit, "expires": made.expires},
        )  # fmt: skip
    allowances.save(home, made)
    if json:
        emit(made)
        return 0
    say(Text.assemble(("allowed  ", "good"), (sentence, "name")), Text(f"  {_terms(made)}", "quiet"))
    say(Text(f"  to take it back, run: byhand workflow allow {program.name} --withdraw {made.id}", "quiet"))
    return 0


def _list(home: Path, program: Workflow, *, as_json: bool) -> None:
    mine = [one for one in allowances.load(home) if one.program == program.name]
    nothing = f"nothing is allowed; what can't be undone in {program.name} is asked for each time"
    allowed.listed(home, mine, nothing, _terms, as_json=as_json)


def _withdraw(home: Path, program: Workflow, name: str, *, as_json: bool) -> None:
    if not any(one.id == name and one.program == program.name for one in allowances.load(home)):
        raise UsageFault(
            f"{program.name} has no allowance {words.shown(name, 20)}",
            hints=(f"to see them, run: byhand workflow allow {program.name}",), fate="nothing was changed",
        )  # fmt: skip
    allowances.take_back(home, name, int(time.time()))
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        noting.note(home, vault, "disallow", {"workflow": program.name, "allowance": name})
    if as_json:
        emit({"withdrawn": name})
    else:
        say("it is taken back; a run that is on asks again from its next step")


def _step(program: Workflow, said: str) -> Act:
    """The step that a person means: as it is written, quotes and capitals aside.

    Raises:
        UsageFault: none or several fit, or it needs no allowance.
    """
    acts = list(_acts(program.steps))
    fitting = [one for one in acts if _plain(sentences.write_act(one)) == _plain(said)]
    if not fitting:
        risky = tuple(sentences.write_act(one) for one in acts if one.risk)
        hints = tuple(f"it has: {one}" for one in risky[:5]) or ("nothing in it is marked as such",)
        raise UsageFault("the workflow has no such step that can't be undone", hints=hints, fate=_NOTHING)
    if len({(digest(program, one), one.risk) for one in fitting}) > 1:
        raise UsageFault("several steps are written so", hints=("give their targets different names",), fate=_NOTHING)
    if not fitting[0].risk:
        raise UsageFault(
            "this step needs no allowance: it is not marked as one that can't be undone",
            hints=("if it can't, mark it in the file, for example: risk: sends",), fate=_NOTHING,
        )  # fmt: skip
    return fitting[0]


def _acts(steps: Sequence[Statement]) -> Iterator[Act]:
    for step in steps:
        match step:
            case Act():
                yield step
            case Repeat():
                yield from _acts(step.steps)
            case Branch():
                yield from _acts((*step.steps, *step.other))


def _plain(sentence: str) -> str:
    return " ".join(sentence.replace('"', " ").split()).casefold()


def _site(program: Workflow, said: str) -> str:
    wanted = origin_of(said) if said else ""
    if said and not wanted:
        raise UsageFault(
            f"{words.shown(said)} is no site", hints=("for example: --site https://books.example.org",), fate=_NOTHING
        )
    if wanted:
        return wanted
    sites = {origin_of(site) for site in (*program.sites, program.start) if origin(site)}
    if len(sites) != 1:
        raise UsageFault(
            "the workflow touches several sites, and an allowance is for one" if sites else "say where it is allowed",
            hints=("say which with --site ORIGIN or --app PROGRAM",), fate=_NOTHING,
        )  # fmt: skip
    return sites.pop()


def _limit(program: Workflow, limit: str) -> None:
    """Raises:
    UsageFault: it is no condition over the row's cells.
    """
    if not limit:
        return
    try:
        when = sentences.read_condition(limit)
        named = {one.partition(".")[0] for side in (when.left, when.right) for one in slots(side)}
    except (sentences.SentenceError, TemplateError):
        raise UsageFault(
            "the limit is no condition", hints=('for example: --limit "{amount} under 500"',), fate=_NOTHING
        ) from None
    known = {one.name for one in program.parameters if one.kind not in ("secret", "list")}
    if not named or not named <= known or when.relation == "sees":
        raise UsageFault(
            "a limit is over the cells of the row",
            hints=(f"it has: {', '.join(sorted(known))}" if known else "this workflow has none",), fate=_NOTHING,
        )  # fmt: skip


def _terms(one: Allowance) -> str:
    within_limit = f", where {one.limit}" if one.limit else ""
    return f"on {one.site or one.app}{within_limit}, until {opened.local(one.expires):%d %b %Y}"
