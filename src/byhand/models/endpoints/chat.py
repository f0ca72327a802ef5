"""Chat completions: told the list as text, it answers with one of our acts as JSON by a schema. Pure.

Wire: OpenAI's `POST /v1/chat/completions` as in its API reference of 2025 (openai-python 1.x, `chat.completions`), with
`response_format` `json_schema`; vLLM, llama.cpp's server and Ollama speak it too. Of the answer the first choice's
`content` is read, or the arguments of its first tool call, which some servers give instead.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from byhand.models.decision import OPS, Decision, Look, Op
from byhand.models.endpoints import telling
from byhand.models.endpoints.reading import Answer, Mistake, checked

_SYSTEM = (
    "You do a task in a web page for a person. You are told their goal, what was done so far, and the page as a list: "
    'one element a line, as [number] role "name" (states) @x,y,width,height. Answer with the next act as one JSON '
    "object and nothing else.\n"
    "op: click, double_click, right_click, hover, drag, type, key, select, check, uncheck, scroll, or done when the "
    "goal is reached.\n"
    "element: the number in brackets of what it is done to; 0 for key and scroll where it is the page, and for done.\n"
    "to: the number of where a drag ends, else 0.\n"
    "text: what is typed, or the label of the option that is chosen, else empty.\n"
    'keys: of key, as ["Control", "a"] or ["Enter"], else empty.\n'
    "notches: of scroll, positive is down, else 0.\n"
    "sure: from 0 to 1, how likely it is that this is what the person would do next. If you can't tell how to go on, "
    "answer done with sure 0.\n"
) + telling.RULES
_FIELDS: dict[str, Any] = {
    "op": {"type": "string", "enum": list(OPS)}, "element": {"type": "integer"}, "to": {"type": "integer"},
    "text": {"type": "string"}, "keys": {"type": "array", "items": {"type": "string"}},
    "notches": {"type": "number"}, "sure": {"type": "number"},
}  # fmt: skip
_FORMAT: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "act", "strict": True,
        "schema": {
            "type": "object", "properties": _FIELDS, "required": list(_FIELDS), "additionalProperties": False,
        },
    },
}  # fmt: skip
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"```(?:json)?\s*(.*?)\s*```", re.DOTALL)


class _Function(msgspec.Struct):
    arguments: str = ""


class _Call(msgspec.Struct):
    function: _Function = msgspec.field(default_factory=_Function)


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[_Call] | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class _Said(msgspec.Struct):
    """What a model says, leniently: what it left out is what most acts have."""

    op: Op
    element: int = 0
    to: int = 0
    text: str = ""
    keys: list[str] = []
    notches: float = 0.0
    sure: float = 1.0


def body(model: str, look: Look, mistake: str = "") -> bytes:
    """The request. mistake: why the last answer was of no use."""
    page = f"The page now, {look.seen.w} x {look.seen.h} pixels:\n{telling.listed(look.seen)}"
    return msgspec.json.encode({
        "model": model, "stream": False, "response_format": _FORMAT,
        "messages": [
            {"role": "system", "content": _SYSTEM},
            {"role": "user", "content": f"{telling.told(look, mistake)}\n\n{page}"},
        ],
    })  # fmt: skip


def headers(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def read(answer: bytes, look: Look) -> Answer:
    """The act it says."""
    try:
        choices = msgspec.json.decode(answer, type=_Completion).choices
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Mistake("gave no answer that can be read")
    if not choices:
        return Mistake("gave an answer without a choice")
    message = choices[0].message
    if message.refusal:
        return Mistake("declined to do it", final=True)
    if choices[0].finish_reason == "length":
        return Mistake("did not come to the end of its answer")
    said = message.content or (message.tool_calls[0].function.arguments if message.tool_calls else "")
    try:
        one = msgspec.json.decode(_object(said), type=_Said)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        return Mistake("gave no act that there is")
    sure = max(0.0, min(one.sure, 1.0))
    node = 0 if one.op == "done" else one.element
    text = one.text if one.op in ("type", "select") else ""
    keys = tuple(one.keys) if one.op == "key" else ()
    to = one.to if one.op in ("drag", "select") else 0
    return checked(Decision(one.op, node, to, text, keys, one.notches if one.op == "scroll" else 0.0, sure), look.seen)


def _object(said: str) -> str:
    """The JSON in it: without what it thought before, and without a fence around it."""
    plain = _THOUGHT.sub("", said).strip()
    fenced = _FENCE.search(plain)
    return fenced[1] if fenced else plain
