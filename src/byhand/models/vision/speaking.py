"""A vision-language model with its adapter that decides: it is asked as it learned, and answers with a line.

Rules of this module: a line that is no act, means an element that is not there, or one that is disabled, is no act: the
reason is told, and counted. It is as sure as its words are likely, all of them together.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import torch

from byhand.datasets.formats.port import Picture
from byhand.errors import LearnError
from byhand.models import line
from byhand.models.checkpoint import About
from byhand.models.decision import Decision, Look
from byhand.models.history import place as place_of
from byhand.models.vision import telling
from byhand.models.vision.opening import Opened, adapted
from byhand.models.vision.rows import ANSWER, Teller, drawn, messages

DISABLED, ENDLESS = "gave an act on an element that is disabled", "gave an answer without an end"
LARGE, FAILED = "can't be told so long a goal", "could not be asked: for want of memory, most likely"
"""Half sentences, as `Decision.why` wants them: the model is who they speak of."""


class Speaking:
    """Satisfies `decision.Decides`.

    Args:
        opened: base and adapter.
        name: of the model.
        observer: version of the observer whose lists it learned from.
        longest: tokens of a conversation.
    """

    def __init__(self, opened: Opened, name: str, observer: int, longest: int) -> None:
        self._network, self._processor = opened.network.eval(), opened.processor
        self._teller = Teller(opened, longest)
        self.name, self.observer = name, observer
        self.unread: Counter[str] = Counter()
        """Answers that were no act, by reason."""

    def decide(self, look: Look) -> Decision:
        return self.answer(look)

    def answer(self, look: Look, picture: Picture | None = None) -> Decision:
        """The next act, shown a picture too, if there is one."""
        if not look.seen.nodes:
            return Decision("done", sure=0.0)
        told = self._teller.asked(look, picture)
        if told is None:
            return self._none(LARGE)
        try:
            said, sure, ended = self._said(messages(told, () if picture is None else (drawn(picture),)))
        except (RuntimeError, ValueError):  # no memory; its words may hold what it was shown
            return self._none(FAILED)
        if not ended:
            return self._none(ENDLESS)
        decided = line.read(said, look.seen)
        if isinstance(decided, str):
            return self._none(f"gave no act: {decided}")
        at = place_of(look.seen, decided.node)
        if at >= 0 and "disabled" in look.seen.states[at].split():
            return self._none(DISABLED)
        return Decision(decided.op, decided.node, decided.to, decided.text, decided.keys, decided.dy, sure)

    def _none(self, why: str) -> Decision:
        self.unread[why] += 1
        return Decision("done", sure=0.0, why=why, again=why not in (LARGE, FAILED))  # the page may be another then

    @torch.inference_mode()
    def _said(self, asked: list[dict[str, Any]]) -> tuple[str, float, bool]:
        """What it answers, how likely that is, and whether it came to its end."""
        inputs = self._processor.apply_chat_template(
            [asked], add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
        ).to(self._network.device)
        tokenizer = self._processor.tokenizer
        given = self._network.generate(
            **inputs, max_new_tokens=ANSWER, do_sample=False, output_scores=True, return_dict_in_generate=True,
            pad_token_id=tokenizer.pad_token_id or tokenizer.eos_token_id, eos_token_id=tokenizer.eos_token_id,
        )  # fmt: skip
        words = given.sequences[0, inputs["input_ids"].shape[1] :]
        scores = torch.stack(given.scores)[:, 0].float().log_softmax(-1)
        sure = float(scores.gather(1, words[:, None]).sum().exp())
        ended = bool(words[-1] == tokenizer.eos_token_id)
        return str(tokenizer.decode(words, skip_special_tokens=True)), sure, ended


def load(place: Path, about: About, device: str = "") -> Speaking:
    """The model of a version, ready to decide.

    Args:
        place: of the version.
        about: what it is.
        device: "" for a GPU, if there is one.

    Raises:
        LearnError: its base is not here or another one, its weights can't be read, or it was told otherwise.
        UsageFault: what it needs is not installed.
    """
    made = about.adapter
    if made is None or made.telling != telling.VERSION:
        raise LearnError(
            f"{about.name} v{about.version} reads pages in another way than this byhand tells them",
            hints=("to learn it anew, run: byhand learn with the same dataset",), fate="nothing was done",
        )  # fmt: skip
    opened = adapted(place, made, device or ("cuda" if torch.cuda.is_available() else "cpu"))
    return Speaking(opened, f"{about.name} v{about.version}", about.observer, made.longest)
