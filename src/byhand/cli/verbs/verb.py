"""What is said of one verb."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb.

    words: as typed. where: module and function. says: one line for the list of verbs. more: for its own page.
    tries: examples, without the program's name.
    """

    words: str
    where: str
    says: str
    more: str = ""
    tries: tuple[str, ...] = ()

    def help(self) -> str:
        examples = "\n".join(f"$ byhand {line}" for line in self.tries)
        return "\n\n".join(part for part in (self.says, self.more, examples) if part)
