"""A model lends its voice: asked which element a step of a program means, where the program's own evidence can't tell.

Rules of this module: it is shown what a model is shown that does a goal: the list through the recorder's guard. It is
told the step's verb and what the program calls its target, and no value of a row or of the program. It does nothing.
What its word is worth is for `workflows.heal` to say: one kind of evidence, and never enough alone.
"""

from __future__ import annotations

from byhand.agents.goal import Eyes
from byhand.models.decision import Decides, Look
from byhand.workflows.program import Verb

_LEAST = 0.5
"""Less sure than that, it can't tell."""
_SAYS: dict[Verb, str] = {
    "press": "click on", "press twice": "double-click on", "press right": "right-click on", "hover": "point at",
    "fill": "type into", "choose": "select in", "set": "check", "drag": "drag", "read": "look at", "upload": "click on",
}  # fmt: skip
"""As people say it, and as those say it from whom a model learned."""
_OF_ELEMENTS = frozenset({
    "click", "double_click", "right_click", "hover", "drag", "type", "select", "check", "uncheck",
})  # fmt: skip


class ModelVoice:
    """Satisfies `seeking.Voice`.

    Args:
        decider: the model. Whatever act it decides on, only its element counts.
        eyes: what it is shown.
    """

    def __init__(self, decider: Decides, eyes: Eyes) -> None:
        self._decider, self._eyes = decider, eyes

    def means(self, verb: Verb, called: str) -> int:
        seen = self._eyes.see()
        if seen is None or seen.observer != self._decider.observer:
            return 0
        decided = self._decider.decide(Look(f'{_SAYS.get(verb, verb)} "{called}"', seen))
        told = not decided.why and decided.op in _OF_ELEMENTS and decided.sure >= _LEAST
        return decided.node if told else 0
