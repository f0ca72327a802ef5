"""The plugins of detect-secrets, asked through `analyze_line`: `scan_line` would ignore its limits of entropy.

Rules of this module: the library is imported when a text first holds something it could find. Many of its plugins can
ask a maker over the network whether a key works, with the key. They never get the means: where they import `requests`,
they are given a module that can't be called. That also keeps 12 of its 16 MB out of the recorder (ADR 0009). What it
finds less well than others it is not asked for: addresses of machines are the business of `contacts`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from byhand.privacy.text.types import At, Span

_PLUGINS = (
    ("artifactory", "ArtifactoryDetector"), ("aws", "AWSKeyDetector"), ("azure_storage_key", "AzureStorageKeyDetector"),
    ("basic_auth", "BasicAuthDetector"), ("cloudant", "CloudantDetector"), ("discord", "DiscordBotTokenDetector"),
    ("github_token", "GitHubTokenDetector"), ("gitlab_token", "GitLabTokenDetector"),
    ("high_entropy_strings", "Base64HighEntropyString"), ("high_entropy_strings", "HexHighEntropyString"),
    ("ibm_cloud_iam", "IbmCloudIamDetector"), ("ibm_cos_hmac", "IbmCosHmacDetector"), ("jwt", "JwtTokenDetector"),
    ("keyword", "KeywordDetector"), ("mailchimp", "MailchimpDetector"), ("npm", "NpmDetector"),
    ("openai", "OpenAIDetector"), ("private_key", "PrivateKeyDetector"), ("pypi_token", "PypiTokenDetector"),
    ("sendgrid", "SendGridDetector"), ("slack", "SlackDetector"), ("softlayer", "SoftlayerDetector"),
    ("square_oauth", "SquareOAuthDetector"), ("stripe", "StripeDetector"),
    ("telegram_token", "TelegramBotTokenDetector"), ("twilio", "TwilioKeyDetector"),
)  # fmt: skip
_LINE = 2_000
"""Characters of a line that it is asked about at once: its patterns are Python's, and not all of them are linear."""
_STEP = _LINE - 200
# Something long and thrown, or a value behind a sign after a word for secrets: else no plugin can find anything.
_CANDIDATE = re.compile(
    r"[A-Za-z0-9+/=_-]{20}|://[^\s/]{0,80}:[^\s/]{1,80}@|PRIVATE KEY"
    r"|(?:key|pass|pwd|secret|token|contrase)[\w\"'\]]{0,20}\s{0,3}(?:[:=(!]|\.assign)",
    re.IGNORECASE,
)


class DetectSecrets:
    name = "detect-secrets"

    def find(self, text: str, at: At) -> Iterator[Span]:
        del at
        if _CANDIDATE.search(text) is None:
            return
        start = 0
        for line in text.splitlines(keepends=True):
            if _CANDIDATE.search(line):
                for offset in range(0, max(1, len(line) - 200), _STEP):
                    yield from _secrets(line[offset : offset + _LINE], start + offset)
            start += len(line)


def _secrets(part: str, shift: int) -> Iterator[Span]:
    line = part.rstrip("\r\n")
    for plugin in _plugins():
        for secret in plugin.analyze_line("", line):
            value = secret.secret_value
            place = line.find(value) if value and len(value) > 2 else -1
            while place >= 0:
                yield Span(shift + place, shift + place + len(value), "SECRET")
                place = line.find(value, place + len(value))


class _NoAnswer(Exception):
    """What the plugins expect where nobody can be asked."""


class _NoNetwork(ModuleType):
    """Stands where the plugins look for `requests`. It has the names they mention when imported, and no function."""

    def __init__(self) -> None:
        super().__init__("requests")
        self.Response = object
        self.exceptions = ModuleType("requests.exceptions")
        vars(self.exceptions)["RequestException"] = _NoAnswer


@cache
def _plugins() -> tuple[Any, ...]:
    there = sys.modules.get("requests")
    sys.modules["requests"] = _NoNetwork()
    try:
        return tuple(getattr(import_module(f"detect_secrets.plugins.{module}"), name)() for module, name in _PLUGINS)
    finally:
        if there is None:
            del sys.modules["requests"]
        else:
            sys.modules["requests"] = there
