"""Promises of the tool: typed parameters, the person is asked through the client, and nothing else is let through."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from byhand.agents.running import Done
from byhand.agents.tool import Ask, Server, described
from byhand.workflows.program import Act, Parameter, Workflow

PROGRAM = Workflow(
    name="enter-invoice", about="Enter an invoice", steps=(Act(id="s1", verb="press", target="Save", risk="sends"),),
    parameters=(
        Parameter(name="number"), Parameter(name="amount", kind="number"),
        Parameter(name="due", kind="date", needed=False),
        Parameter(name="currency", kind="choice", options=("EUR", "USD")), Parameter(name="urgent", kind="flag"),
        Parameter(name="password", kind="secret"),
        Parameter(name="lines", kind="list", fields=(Parameter(name="article"),)),
    ),
)  # fmt: skip
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
CALL = {"name": "enter-invoice", "arguments": {"number": "R-1"}}


def talk(*messages: object, does: Any = None, elicits: bool = False) -> list[dict[str, Any]]:
    """What the server answers to those lines, one after the other."""
    hello = HELLO | {"capabilities": {"elicitation": {}}} if elicits else HELLO
    told = [{"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}, *messages]
    lines = b"".join(one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in told)
    out = io.BytesIO()
    Server(PROGRAM, does or (lambda arguments, ask: Done(1, "done", steps=1)), "1").serve(io.BytesIO(lines), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def refuses(arguments: Mapping[str, Any], ask: Ask | None) -> str:
    return "amount is no number"


def call(number: int = 1, params: object = None) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params or CALL}


def test_it_says_who_it_is_in_a_version_the_client_speaks():
    """An unknown version gets the newest of ours."""
    [hello] = talk()
    assert hello["result"]["protocolVersion"] == "2025-06-18"
    assert hello["result"]["capabilities"] == {"tools": {}}
    [_, other] = talk({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "1999-01-01"}})
    assert other["result"]["protocolVersion"] == "2025-06-18"


def test_the_tool_has_the_programs_parameters_typed_and_no_secret():
    """As a JSON Schema; that it has effects is said."""
    tool = talk({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})[1]["result"]["tools"][0]
    schema = tool["inputSchema"]
    assert set(schema["properties"]) == {"number", "amount", "due", "currency", "urgent", "lines"}
    assert schema["properties"]["currency"] == {"type": "string", "enum": ["EUR", "USD"]}
    assert schema["properties"]["lines"]["items"]["properties"] == {"article": {"type": "string"}}
    assert "due" not in schema["required"]
    assert tool["annotations"]["destructiveHint"]
    assert tool == json.loads(json.dumps(described(PROGRAM)))


def test_a_call_is_answered_with_what_came_of_it():
    """Only done and seen to be done is no error."""
    given: list[Mapping[str, Any]] = []

    def does(arguments: Mapping[str, Any], ask: Ask | None) -> Done | str:
        given.append(arguments)
        return Done(1, "unchecked", "nothing tells", steps=3)

    result = talk(call(), does=does)[1]["result"]
    assert given == [{"number": "R-1"}]
    assert (result["isError"], result["structuredContent"]["state"]) == (True, "unchecked")
    assert not talk(call())[1]["result"]["isError"]
    wrong = talk(call(), does=refuses)[1]["result"]
    assert (wrong["isError"], wrong["content"][0]["text"]) == (True, "amount is no number")


def test_the_person_is_asked_through_the_client():
    """Accepting is a yes; declining, cancelling and going away are a no."""
    said: list[bool] = []

    def does(arguments: Mapping[str, Any], ask: Ask | None) -> Done:
        assert ask is not None
        said.append(ask('press "Save"'))
        return Done(1, "done")

    def answer(action: str) -> dict[str, object]:
        return {"jsonrpc": "2.0", "id": "ask-1", "result": {"action": action}}

    told = talk(call(), answer("accept"), does=does, elicits=True)
    assert told[1]["method"] == "elicitation/create"
    assert 'press "Save"' in told[1]["params"]["message"]
    for rest in ((answer("decline"),), (answer("cancel"),), ()):
        talk(call(), *rest, does=does, elicits=True)
    assert said == [True, False, False, False]


def test_a_client_that_cant_ask_gets_nobody_to_ask():
    """So what can't be undone is refused there."""
    asks: list[Ask | None] = []

    def does(arguments: Mapping[str, Any], ask: Ask | None) -> Done:
        asks.append(ask)
        return Done(1, "stopped", "it was not allowed", "risk")

    talk(call(), does=does)
    assert asks == [None]


def test_what_makes_no_sense_is_refused_and_harms_nothing():
    """No JSON, no object, another method, another tool: each gets its error, and the next call is served."""
    told = talk(
        b"no json\n", b"[1]\n", {"jsonrpc": "2.0", "id": 5, "method": "resources/list"},
        call(6, {"name": "another"}), {"jsonrpc": "2.0", "method": "notifications/initialized"}, call(7),
    )  # fmt: skip
    assert [one.get("error", {}).get("code") for one in told[1:]] == [-32700, -32600, -32601, -32602, None]
    assert told[-1]["id"] == 7
