"""The plugins of detect-secrets, asked through `analyze_line`: `scan_line` would ignore its limits of entropy.

Rule of this module: the library costs 20 MB of memory, so it is imported when a text first holds something it could
find. What it never finds but others do, it is not asked for: addresses of machines are `contacts`'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
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
    ("square_oauth", "SquareOAuthDetector"), ("stripe", "StripeDetector"), ("telegram_token", "TelegramBotTokenDetector"),
    ("twilio", "TwilioKeyDetector"),
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


@cache
def _plugins() -> tuple[Any, ...]:
    return tuple(getattr(import_module(f"detect_secrets.plugins.{module}"), name)() for module, name in _PLUGINS)
