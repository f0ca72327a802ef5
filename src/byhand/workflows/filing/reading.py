"""From the nodes of a file to a program, with all that is wrong with it.

Rules of this module: parameters and targets are read first, wherever they stand, so that steps can be held against
them. A file of a later version is said to be one, and nothing more.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from byhand.consent.policy import origin_of
from byhand.workflows.filing.faults import Fault, Faults
from byhand.workflows.filing.parts import parameters, targets
from byhand.workflows.filing.stepping import Scope, Stepping
from byhand.workflows.filing.tree import Node, TreeError, grown
from byhand.workflows.program import VERSION, Act, Effect, Parameter, Statement, Workflow

KEYS = (
    "byhand", "name", "about", "start", "sites", "apps", "parameters", "identity", "steps", "effects", "asks",
    "targets", "shown", "episodes", "grant", "revision",
)  # fmt: skip
EffectKind = Literal["view", "http", "sql", "file"]
EFFECTS: tuple[EffectKind, ...] = ("view", "http", "sql", "file")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Read(NamedTuple):
    """workflow: None where it has faults. tree: None where it is no YAML."""

    workflow: Workflow | None
    faults: tuple[Fault, ...]
    tree: Node | None = None


def read_text(text: str) -> Read:
    """The whole file; all that is wrong with it, in the order of its lines."""
    faults = Faults()
    try:
        tree = grown(text)
    except TreeError as error:
        return Read(None, (Fault(error.line, str(error), error.hint),))
    made = _workflow(tree, faults)
    found = tuple(sorted(dict.fromkeys(faults.found), key=lambda one: one.line))
    return Read(None if found else made, found, tree)


def _workflow(tree: Node, faults: Faults) -> Workflow | None:
    first = "a workflow begins with: byhand: workflow 1"
    version = next((value for key, value in tree.pairs() if key.text == "byhand"), None) if tree.kind == "map" else None
    said = re.fullmatch(r"workflow (\d{1,6})", version.text, re.ASCII) if version is not None else None
    if version is None or said is None:
        faults.say(version or tree, "this is no workflow of Byhand", first)
        return None
    if int(said[1]) != VERSION:
        hint = "to read it, install a later Byhand" if int(said[1]) > VERSION else first
        faults.say(version, f"this is workflow {said[1]}, and this program reads workflow {VERSION}", hint)
        return None
    part = faults.table(tree, "a workflow", KEYS)
    known = parameters(part["parameters"], faults) if "parameters" in part else ()
    evidence = targets(part["targets"], faults) if "targets" in part else ()
    shown = _shown(part["shown"], faults) if "shown" in part else {}
    stepping = Stepping(faults, (one.called for one in evidence), known, shown)
    if "steps" not in part:
        faults.say(tree, "there are no steps", "add steps: with a sentence in each line, after a dash")
    steps = stepping.block(part["steps"], "", Scope(), "steps") if "steps" in part else ()
    effects = _effects(part["effects"], stepping, faults) if "effects" in part else ()
    for found in shown.keys() - stepping.ids.keys():
        faults.say(part["shown"], f"no step has the id {found[:60]!r}", "take the line away")
    sites = faults.texts(part["sites"], "sites") if "sites" in part else ()
    start = faults.text(part["start"], "start") if "start" in part else ""
    _places(start, sites, part, faults)
    return Workflow(
        name=_name(part, tree, faults),
        about=faults.text(part["about"], "about") if "about" in part else "",
        start=start,
        sites=sites,
        apps=faults.texts(part["apps"], "apps") if "apps" in part else (),
        parameters=known,
        identity=_identity(part["identity"], known, faults) if "identity" in part else (),
        steps=steps,
        targets=evidence,
        effects=effects,
        asks=faults.texts(part["asks"], "asks") if "asks" in part else (),
        episodes=faults.texts(part["episodes"], "episodes") if "episodes" in part else (),
        grant=faults.text(part["grant"], "grant") if "grant" in part else "",
        revision=faults.number(part["revision"], "revision", 1) if "revision" in part else 1,
    )


def _name(part: dict[str, Node], tree: Node, faults: Faults) -> str:
    if "name" not in part:
        faults.say(tree, "the workflow has no name", "add name: enter-invoice")
        return ""
    name = faults.text(part["name"], "name")
    if name and not _NAME.fullmatch(name):
        faults.say(part["name"], f"{name[:60]!r} is no good name", "use small letters, digits, dots and dashes")
    return name


def _places(start: str, sites: tuple[str, ...], part: dict[str, Node], faults: Faults) -> None:
    for node, site in zip(part["sites"].items if sites else (), sites, strict=False):
        if site and origin_of(site) != site:
            faults.say(node, f"{site[:80]!r} is no site", "write it like https://invoices.example.org, without a path")
    if start.startswith(("http://", "https://")) and origin_of(start) not in sites:
        faults.say(
            part["start"], "it starts at a site that isn't among its sites", f"add it: sites: [{origin_of(start)}]"
        )


def _identity(node: Node, known: tuple[Parameter, ...], faults: Faults) -> tuple[str, ...]:
    kinds = {one.name: one.kind for one in known}
    names = faults.texts(node, "identity")
    for place, (one, name) in enumerate(zip(node.items, names, strict=False)):
        if name in names[:place]:
            faults.say(one, f"{name!r} stands there a second time")
        elif name and kinds.get(name, "list") in ("list", "secret"):
            why = f"is a {kinds[name]}" if name in kinds else "is no parameter"
            faults.say(one, f"{name!r} {why}, and can't tell records apart", "name a number, a code or another text")
    return names


def _shown(node: Node, faults: Faults) -> dict[str, tuple[str, ...]]:
    return {
        faults.text(key, "the id of a step"): faults.texts(value, "shown") for key, value in faults.pairs(node, "shown")
    }


def _effects(node: Node, stepping: Stepping, faults: Faults) -> tuple[Effect, ...]:
    found = (
        _effect(one, f"effect{number}.", stepping, faults)
        for number, one in enumerate(faults.items(node, "effects"), 1)
    )
    return tuple(one for one in found if one is not None)


def _effect(node: Node, place: str, stepping: Stepping, faults: Faults) -> Effect | None:
    part = faults.table(node, "an effect", (*EFFECTS, "holds", "check", "before"))
    kinds: list[EffectKind] = [kind for kind in EFFECTS if kind in part]
    if len(kinds) != 1:
        if node.kind == "map":
            faults.say(node, "an effect is one of: view, http, sql, file", "write view: with the steps that show it")
        return None
    kind, scope = kinds[0], Scope()
    steps: tuple[Statement, ...] = ()
    at = ""
    if kind == "view":
        steps = stepping.block(part["view"], place, scope, "view")
        if "check" not in part:
            faults.say(node, "nothing is checked in the view", "add check: with - one row of {number}")
        if "holds" in part:
            faults.say(part["holds"], "a view is checked by sentences", "write check: instead")
    else:
        at = stepping.template(faults.text(part[kind], kind), part[kind], scope)
        for name in ("check", "before"):
            if name in part:
                faults.say(
                    part[name], f"{name}: is asked of a view", f"take it away, or write view: instead of {kind}:"
                )
        if kind == "http" and "holds" not in part:
            faults.say(part[kind], "nothing is compared with the answer", "add holds: /number = {number}")
        if kind != "http" and "holds" in part:
            faults.say(part["holds"], "holds: is compared with an answer of http:", "take it away")
    before = stepping.checks(part["before"], scope, "before") if "before" in part else ()
    holds = faults.text(part["holds"], "holds") if "holds" in part and kind != "view" else ""
    return Effect(
        kind=kind,
        at=at,
        holds=stepping.template(holds, part["holds"], scope) if holds else "",
        steps=_acts(steps, part.get("view"), faults),
        checks=stepping.checks(part["check"], scope, "check") if "check" in part else (),
        before=before,
    )


def _acts(steps: tuple[Statement, ...], node: Node | None, faults: Faults) -> tuple[Act, ...]:
    acts = tuple(one for one in steps if isinstance(one, Act))
    if node is not None and len(acts) < len(steps):
        faults.say(node, "a view has plain steps only", "take each: and if: away")
    return acts
