"""Keys and tokens of machines: by what they begin with, by what they stand in, and by looking thrown with dice.

`gitleaks` knows the shapes of many more makers; what stands here is found wherever it stands: bare, in the middle of a
title, as part of an address, broken over lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from byhand.privacy.text.detect.entropy import is_random
from byhand.privacy.text.detect.linear import linear
from byhand.privacy.text.types import At, Span

_PREFIXED = linear(
    r"\b(?:"
    r"(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA)[A-Z0-9]{12,}"  # AWS
    r"|AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|1//0[\w-]{30,}"
    r"|[0-9]{6,}-[0-9a-z]{32}\.apps\.googleusercontent"  # Google
    r"|gh[a-z]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|gl[a-z]{1,6}-[\w-]{16,}"  # GitHub, GitLab
    r"|xox[a-z]-[\w-]{8,}|xox[a-z]\.xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}"  # Slack
    r"|(?:sk|pk|rk|whsec|acct|cus|pi|seti|price|sub|src|tok|pm)_(?:(?:live|test|prod)_)?[A-Za-z0-9]{14,}"  # Stripe
    r"|sk-[\w-]{16,}|pplx-\w{16,}|hf_[A-Za-z]{20,}|gsk_\w{20,}|r8_\w{20,}"  # OpenAI, Anthropic and others
    r"|SG\.[\w.-]{20,}|AC[0-9a-f]{32}|SK[0-9a-f]{32}|key-[0-9a-f]{32}|[0-9a-f]{32}-us[0-9]{1,2}"  # mail and telephone
    r"|npm_\w{20,}|pypi-\w{20,}|dop_v1_\w{20,}|shp[a-z]{2}_\w{16,}|EAA[A-Za-z0-9]{20,}|hv[sb]\.[\w-]{20,}|dapi\w{20,}"
    r"|lin_api_\w{20,}|ntn_\w{20,}|secret_\w{20,}|glsa_\w{20,}|PMAK-[\w-]{20,}|AGE-SECRET-KEY-\w{20,}"
    r"|tskey-[\w-]{16,}"
    r"|[0-9]{8,10}:A[\w-]{32,}|[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}"  # Telegram, Discord
    r"|ey[JA][\w-]{8,}(?:\.[\w-]*){0,4}"  # JWT, also without its signature
    r"|v[0-9]\.(?:local|public)\.[\w-]{20,}"  # PASETO
    r"|A[0-9]-[A-Z0-9]{6}-[A-Z0-9-]{20,}"  # 1Password
    r"|otpauth://[^\s]+|magnet:\?[^\s]+"
    r")"
)
_WITH_PASSWORD = linear(r"\b[A-Za-z][\w+.-]{1,30}://[^\s/?#\"'<>@:]*:[^\s\"'<>]+@[^\s\"'<>]+")
_USER_ONLY = linear(r"\b(?:https?|ssh|ftp|git)://([^\s/?#\"'<>@:]{8,})@[^\s\"'<>]+")
_PEM = linear(
    r"(?is)-{2,5} ?BEGIN [A-Z0-9 ._-]{0,60}(?:KEY|CERTIFICATE|MESSAGE|BLOCK|PARAMETERS"
    r"|REQUEST)[A-Z ]{0,20} ?-{2,5}.*?(?:-{2,5} ?END [A-Z0-9 ._-]{0,80}-{2,5}|\z)"
)
_PEM_END = linear(r"(?is)\A.*?-{2,5} ?END [A-Z0-9 ._-]{0,60}(?:KEY|BLOCK)[A-Z ]{0,20} ?-{2,5}")
_PUTTY = linear(r"(?is)PuTTY-User-Key-File.*|ssh-(?:rsa|ed25519|dss) [A-Za-z0-9+/=]{20,}.*?(?:\n|\z)")
_HEADER = linear(
    r"(?i)\b(?:bearer|basic|digest|token|apikey|api[ _-]key|authorization|x-[a-z-]{2,30}-(?:key|token)|cookie"
    r"|set-cookie|access token|secret|credential)s?[\s:=\"']{1,6}([\w.~+/=%!-]{8,})"
)
_NAMED = linear(
    r"(?i)(?:\b|_)((?:[\w.-]{0,40}(?:api[_-]?key|access[_-]?key|account[_-]?key|secret|token|passw(?:or)?d"
    r"|passwd|pwd|passphrase|credential|private[_-]?key|client[_-]?(?:id|secret)|auth|signature|sharedaccess"
    r"|session[_-]?id|sessid|bearer|connectionstring|license[_-]?key|encryption[_-]?key|master[_-]?key"
    r"|signing[_-]?key|webhook)|sig|sid|key|pin|otp|code|state|nonce|jwt|sas|pw)[\w.-]{0,20})"
    r"[\"'\]]{0,2}\s{0,2}(=>|:=|={1,3}|:)\s{0,2}[\"'`]?([^\s\"'`,;&<>]{3,})"
)
_QUOTED = linear(
    r"(?i)(?:secret|token|passw(?:or)?d|passwd|pwd|passphrase|api[_-]?key"
    r"|private[_-]?key)[\w.-]{0,20}[\"'\]]{0,2}\s{0,2}(?:=>|:=|={1,3}|:)\s{0,2}(?:\"([^\"\n]{1,200})\""
    r"|'([^'\n]{1,200})')"
)
_WORD = re.compile(r"[A-Za-z0-9+/_-][A-Za-z0-9+/=_.~%-]{15,}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x)?[0-9a-fA-F]{32,}(?![0-9A-Za-z])")
_GROUPS = re.compile(r"(?<![\w-])[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,9}(?![\w-])")
_SAID_ONLY = re.compile(r"[a-z]{1,14}|[A-Z][a-z]{1,13}|[A-Z]{2,10}|[.…*•·-]+")
"""A value after a colon that is a plain word: "Token: expired". Whether it is harmless the lexicon knows."""


class Keys:
    name = "keys"

    def find(self, text: str, at: At) -> Iterator[Span]:
        del at
        for pattern in (_PREFIXED, _WITH_PASSWORD):
            for match in pattern.finditer(text):
                yield Span(match.start(), match.end(), "SECRET")
        if "-BEGIN" in text or "- BEGIN" in text or "-----" in text or "begin " in text:
            for match in (*_PEM.finditer(text), *_PEM_END.finditer(text)):
                yield Span(match.start(), match.end(), "SECRET")
        if "PuTTY" in text or "ssh-" in text:
            for match in _PUTTY.finditer(text):
                yield Span(match.start(), match.end(), "SECRET")
        if "://" in text:
            for match in _USER_ONLY.finditer(text):
                yield Span(match.start(1), match.end(1), "SECRET")
        yield from _named(text)
        yield from _thrown(text)


def _named(text: str) -> Iterator[Span]:
    for match in _HEADER.finditer(text):
        value = match.group(1)
        if any(letter.isdigit() for letter in value) or len(value) >= 20:
            yield Span(match.start(1), match.end(1), "SECRET")
    if "=" not in text and ":" not in text:
        return
    for match in _NAMED.finditer(text):
        value = match.group(3)
        if match.group(2) == ":" and (_SAID_ONLY.fullmatch(value) or value.startswith("//")):
            continue
        yield Span(match.start(3), match.end(3), "SECRET")
    if '"' in text or "'" in text:
        for match in _QUOTED.finditer(text):
            group = 1 if match.group(1) is not None else 2
            yield Span(match.start(group), match.end(group), "SECRET")


def _thrown(text: str) -> Iterator[Span]:
    for match in _WORD.finditer(text):
        if is_random(match.group()):
            yield Span(match.start(), match.end(), "SECRET")
    for pattern in (_HEX, _GROUPS):
        for match in pattern.finditer(text):
            if any(letter.isdigit() for letter in match.group()):
                yield Span(match.start(), match.end(), "SECRET")
