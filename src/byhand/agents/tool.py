"""A program as a tool of the Model Context Protocol: JSON-RPC 2.0, one message a line, over a pair of streams.

Rules of this module: one tool, one call at a time. What an act that can't be undone needs a yes for is asked as an
elicitation, of the person behind the client; a client that can't ask them is refused. A secret is no parameter of the
tool. Source: modelcontextprotocol.io, specification 2025-06-18 (lifecycle, tools, elicitation; transports, stdio).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, cast

import msgspec

from byhand.agents.running import Done
from byhand.workflows.program import Parameter, Workflow

VERSIONS = ("2025-06-18", "2025-03-26", "2024-11-05")
_ASKS_SINCE = "2025-06-18"
Json = dict[str, Any]
Ask = Callable[[str], bool]
"""A question for the person -> their yes."""
Call = Callable[[Mapping[str, Any], Ask | None], "Done | str"]
"""The arguments, and who asks (None: nobody can) -> what came of it, or what is wrong with the arguments."""


class Server:
    """Serves one program.

    Args:
        program: what is served.
        call: does it.
        version: of this product.
    """

    def __init__(self, program: Workflow, call: Call, version: str) -> None:
        self._program, self._call, self._version = program, call, version
        self._asks = False
        self._asked = 0

    def serve(self, reads: IO[bytes], writes: IO[bytes]) -> None:
        """Until the client closes its stream."""
        self._writes = writes
        self._lines = iter(reads)
        for message in self._messages():
            self._take(message)

    def _messages(self) -> Iterator[Json]:
        for line in self._lines:
            if not line.strip():
                continue
            try:
                message = msgspec.json.decode(line)
            except msgspec.DecodeError:
                self._send({"id": None, "error": {"code": -32700, "message": "this is no JSON"}})
                continue
            if isinstance(message, dict):
                yield cast("Json", message)
            else:
                self._send({"id": None, "error": {"code": -32600, "message": "one message a line, an object"}})

    def _take(self, message: Json) -> None:
        method, number = message.get("method"), message.get("id")
        if not isinstance(method, str) or number is None:
            return  # a notification, or an answer to nothing
        given = message.get("params")
        params = cast("Json", given) if isinstance(given, dict) else {}
        match method:
            case "initialize":
                self._answer(number, self._begin(params))
            case "ping":
                self._answer(number, {})
            case "tools/list":
                self._answer(number, {"tools": [described(self._program)]})
            case "tools/call":
                if params.get("name") != self._program.name:
                    self._fail(number, -32602, "there is no such tool")
                    return
                self._answer(number, self._called(params.get("arguments")))
            case _:
                self._fail(number, -32601, "there is no such method")

    def _begin(self, params: Json) -> Json:
        wanted, can = params.get("protocolVersion"), params.get("capabilities")
        version = wanted if wanted in VERSIONS else VERSIONS[0]
        self._asks = version >= _ASKS_SINCE and isinstance(can, dict) and "elicitation" in can
        return {
            "protocolVersion": version, "capabilities": {"tools": {}},
            "serverInfo": {"name": "byhand", "version": self._version},
        }  # fmt: skip

    def _called(self, arguments: object) -> Json:
        given = cast("Json", arguments) if isinstance(arguments, dict) else {}
        came = self._call(given, self._ask if self._asks else None)
        if isinstance(came, str):
            return {"content": [{"type": "text", "text": came}], "isError": True}
        told = {
            "state": came.state, "reason": came.reason, "steps": came.steps, "seconds": round(came.seconds, 3),
        }  # fmt: skip
        said = came.state if not came.reason else f"{came.state}: {came.reason}"
        return {"content": [{"type": "text", "text": said}], "structuredContent": told, "isError": not came.good}

    def _ask(self, question: str) -> bool:
        """Ask the person through the client. Whatever else it sends meanwhile is put off or refused."""
        self._asked += 1
        number = f"ask-{self._asked}"
        asked: Json = {"message": question, "requestedSchema": {"type": "object", "properties": {}}}
        self._send({"id": number, "method": "elicitation/create", "params": asked})
        for message in self._messages():
            if message.get("id") == number and "method" not in message:
                result = message.get("result")
                return isinstance(result, dict) and cast("Json", result).get("action") == "accept"
            if isinstance(message.get("method"), str) and message.get("id") is not None:
                self._fail(message["id"], -32000, "a question is waiting for its answer")
        return False

    def _answer(self, number: object, result: Json) -> None:
        self._send({"id": number, "result": result})

    def _fail(self, number: object, code: int, message: str) -> None:
        self._send({"id": number, "error": {"code": code, "message": message}})

    def _send(self, message: Json) -> None:
        self._writes.write(msgspec.json.encode({"jsonrpc": "2.0", **message}) + b"\n")
        self._writes.flush()


def described(program: Workflow) -> Json:
    """The tool, its parameters typed as a JSON Schema."""
    given = [one for one in program.parameters if one.kind != "secret"]
    risky = any(act_risk for act_risk in _risks(program))
    return {
        "name": program.name,
        "description": (program.about or program.name) + (". It has effects that can't be undone." if risky else ""),
        "inputSchema": {
            "type": "object", "additionalProperties": False, "properties": {one.name: _schema(one) for one in given},
            "required": [one.name for one in given if one.needed],
        },
        "outputSchema": {
            "type": "object", "required": ["state", "reason", "steps", "seconds"],
            "properties": {
                "state": {"enum": ["done", "unchecked", "stopped", "skipped"]}, "reason": {"type": "string"},
                "steps": {"type": "integer"}, "seconds": {"type": "number"},
            },
        },
        "annotations": {"readOnlyHint": False, "destructiveHint": risky, "idempotentHint": True},
    }  # fmt: skip


def _risks(program: Workflow) -> Iterator[str]:
    todo: list[Any] = list(program.steps)
    while todo:
        step = todo.pop()
        todo += [*getattr(step, "steps", ()), *getattr(step, "other", ())]
        yield getattr(step, "risk", "")


def _schema(one: Parameter) -> Json:
    match one.kind:
        case "number":
            return {"type": ["number", "string"]}
        case "date":
            return {"type": "string", "format": "date"}
        case "flag":
            return {"type": "boolean"}
        case "choice":
            return {"type": "string", "enum": list(one.options)} if one.options else {"type": "string"}
        case "list":
            fields = {field.name: _schema(field) for field in one.fields}
            entry = {"type": "object", "properties": fields, "additionalProperties": False}
            return {"type": "array", "items": entry}
        case _:
            return {"type": "string"}
