"""All formats by name: our own, and those that other packages bring by the hook `register_formats`.

A package names, in its entry points of group `byhand.formats`, a function without arguments that returns formats
(`port.Format`). Nothing is looked for until `formats` is called, and a name that is taken can't be taken again.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from byhand.datasets.formats.agentnet import AGENTNET
from byhand.datasets.formats.browsergym import BROWSERGYM
from byhand.datasets.formats.chat_anthropic import ANTHROPIC
from byhand.datasets.formats.chat_openai import OPENAI
from byhand.datasets.formats.chat_qwen import QWEN3, QWEN25
from byhand.datasets.formats.chat_uitars import UITARS
from byhand.datasets.formats.devtools import DEVTOOLS
from byhand.datasets.formats.lerobot import LEROBOT
from byhand.datasets.formats.mind2web import MIND2WEB
from byhand.datasets.formats.miniwob_human import FORMAT as MINIWOB_HUMAN
from byhand.datasets.formats.owamcap import OWAMCAP
from byhand.datasets.formats.playwright import PLAYWRIGHT
from byhand.datasets.formats.port import Format
from byhand.datasets.formats.process_logs import OCEL2, XES
from byhand.datasets.formats.pynput_tool import AGENTNET_RAW, DUCKTRACK
from byhand.datasets.formats.rrweb import RRWEB
from byhand.datasets.formats.webdataset import WEBDATASET
from byhand.errors import UsageFault

GROUP = "byhand.formats"

OWN: tuple[Format, ...] = (
    OWAMCAP, AGENTNET_RAW, AGENTNET, MIND2WEB, DEVTOOLS, DUCKTRACK, RRWEB, MINIWOB_HUMAN, LEROBOT, QWEN25, QWEN3,
    UITARS, OPENAI, ANTHROPIC, BROWSERGYM, PLAYWRIGHT, OCEL2, XES, WEBDATASET,
)  # fmt: skip


def formats(entries: tuple[EntryPoint, ...] | None = None) -> dict[str, Format]:
    """Formats by name, our own first, then those of installed packages in the order of their names.

    Args:
        entries: the packages' entry points; those that are installed, if not given.

    Raises:
        UsageFault: a package can't be loaded, or brings a name that is taken.
    """
    known = {own.name: own for own in OWN}
    found = entries if entries is not None else tuple(entry_points(group=GROUP))
    for entry in sorted(found, key=lambda entry: entry.name):
        try:
            brought: tuple[Format, ...] = tuple(entry.load()())
        except Exception as error:  # the package's own fault, whatever it is
            raise UsageFault(
                f"the format {entry.name} can't be loaded ({type(error).__name__})",
                hints=("repair or remove the package that brings it",), fate="nothing was read or written",
            ) from error  # fmt: skip
        for one in brought:
            if one.name in known:
                raise UsageFault(
                    f"two packages bring a format named {one.name}",
                    hints=(f"remove the package of {entry.name}",), fate="nothing was read or written",
                )  # fmt: skip
            known[one.name] = one
    return known
