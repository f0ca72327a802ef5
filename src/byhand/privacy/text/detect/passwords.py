"""Passwords that people made up and wrote down: no entropy tells them, only the words they stand behind.

Rule of this module: after a word for a password, the next thing that can be one; after a colon or an equals sign,
whatever stands there, but for the words that programs write in that place ("Password: required").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from byhand.privacy.text.types import At, Span

_WORDS = (
    "passwords?|passwd|passwrd|pwd|passphrases?|passcodes?|pass ?word|passwort|passwörter|kennwort|kennwörter|losung|"
    "mots? de passe|mdp|contraseñas?|contrasenas?|clave|senhas?|palavra-passe|parola d'ordine|password"
    "|wachtwoord(?:en)?|"
    "adgangskode|lösenord|passord|salasana|hasło|hasła|haslo|heslo|jelszó|parolă|parola|şifre|sifre|пароль|пароля|"
    "лозинка|lozinka|creds?|credentials?|login|logon|log-in|anmeldedaten|zugangsdaten|identifiants?|user ?pass"
    "|wifi key|"
    "wpa key|pw|secret question|security answer|密码|密碼|口令|パスワード|暗証|비밀번호"
)
_SAID = re.compile(rf"(?:(?<=[\W_\d])|^)(?:{_WORDS})(?=[\W_\d]|$)|密码|密碼|パスワード|비밀번호", re.IGNORECASE)
_GIVEN = re.compile(
    r"\s{0,3}(?:[:：=]|->|→|=>)\s{0,3}|\s(?:is|was|are|to|ist|war|lautet|est|es|è|é|jest|är|er"
    r"|on)\s{1,2}(?:now\s|set to\s|jetzt\s)?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"'“”„‘’«»`‹›]([^\"'“”„‘’«»`‹›\n]{2,80})[\"'“”„‘’«»`‹›]")
_TOKEN = re.compile(r"[^\s]{1,128}")
_AFTER = re.compile(
    r"(?:[\w.+-]{1,64}@[\w.-]{1,100}|\b(?i:user(?:name)?|login"
    r"|benutzer)\W{1,3}[\w.@-]{2,64})\s{0,2}[/|:,]\s{0,2}([^\s]{4,64})"
)
_PLACES = tuple(
    re.compile(rule)
    for rule in (
        r"(?:^|\s)--?(?:[a-z]{1,12}-){0,2}(?:pass(?:word|wd|phrase)?|pwd|secret|token|api-?key)(?:\s{1,3}|=)([^\s-][^\s]{0,127})",
        r"(?:^|\s)(?:-u|--user|--proxy-user)[\s=]{0,2}[^\s:]{1,64}:([^\s]{1,128})",
        r"\b(?:sshpass|mysql|mysqldump|mysqladmin|login)\b[^\n]{0,80}?\s-p\s?([^\s-][^\s]{0,127})",
        r"(?i:(?<![^\W_])(?:pass|passwd|password|pwd|secret|token|api_?key)(?:_[a-z]{1,12}){0,3})=([^\s=][^\s]{0,127})",
        r"(?i:\bsecret(?:_[a-z]{1,12}){1,3}):\s?([^\s]{1,128})",
        r"(?i:(?<!\S)([^\s]{3,128})\s(?:as|is)\s(?:the|my|our|your)\s(?:new\s|wifi\s)?(?:password|passphrase|passcode|pin)\b)",
    )
)
"""Where programs and people put one without a word before it: whatever stands there is taken for it."""
_ALONE = re.compile(
    r"(?im:^[ \t]{0,4}(?:wi-?fi )?(?:pw|pwd|pass(?:word|code|phrase)?|passwort|kennwort|mdp|mot de passe|contraseña"
    r"|senha|wachtwoord)"
    r"[ \t]{0,3}\n?[ \t]{0,3}\(?(?P<word>[^\s()=:]{3,64})\)?[ \t]{0,4}$)"
)
"""A line that is nothing but such a word and one more: what somebody noted down."""
_ASKED = frozenset({"what", "this", "that", "which", "here", "there", "where", "same"})
_SEED = re.compile(r"(?<![\w'’-])[a-z]{3,8}(?:\s{1,2}(?:\d{1,2}[.)]\s)?[a-z]{3,8}){11,23}(?![\w'’-])")
"""Twelve to twenty-four small words, as wallets have them. Nobody writes so many without one of `_JOINTS`."""
_SMALL = """
the and for are was not but with from has had our her his its were been would could
das der die und mit für les des est una los las
"""
_JOINTS = frozenset(_SMALL.split())
_QUOTES = frozenset("\"'“”„‘’«»`")
_EDGE = ".,;:)]}\"'“”»›"
_AHEAD = 72
_USUAL = """
required optional expired expires invalid incorrect wrong correct missing forgotten forgot lost reset changed
updated saved set unset show hide hidden strength strong weak medium must should needs need has not protected too
very no none never always at on off in for with and or of the a an your my new old current change enter repeat
confirm again manager field login sign sent only same secure safe known shared being different yes erforderlich
vergessen falsch ungültig abgelaufen anzeigen ändern eingeben wiederholen nicht zu obligatoire oublié requis
incorrecte expiré invalide obligatoria incorrecta olvidada olvidado obligatorio pas trop stored encrypted valid
settings options policy policies page generator rules hint hints recovery protection help box input dialog form
update request link tips check security
length characters minimum maximum longer shorter generated empty blank available
"""
_HARMLESS = frozenset(_USUAL.split())
_SIGNS = frozenset("!@#$%^&*+=?~_|<>{}[]§€£\\")


class Passwords:
    name = "passwords"

    def find(self, text: str, at: At) -> Iterator[Span]:
        if at.role == "password text" or (at.label and _SAID.search(at.label)):
            if text:
                yield Span(0, len(text), "PASSWORD")
            return
        for said in _SAID.finditer(text):
            yield from _behind(text, said.end())
        for place in _PLACES:
            for match in place.finditer(text):
                if match.group(1).casefold() not in _ASKED:
                    yield Span(*match.span(1), "PASSWORD")
        for match in _ALONE.finditer(text) if at.surface in ("typed", "paste", "page") else ():
            if match["word"].casefold() not in _HARMLESS:
                yield Span(*match.span("word"), "PASSWORD")
        for match in _SEED.finditer(text):
            if _JOINTS.isdisjoint(match.group().split()):
                yield Span(*match.span(), "SECRET")
        for match in _AFTER.finditer(text):
            token = match.group(1).rstrip(_EDGE)
            if can_be(token):
                yield Span(match.start(1), match.start(1) + len(token), "PASSWORD")


def _behind(text: str, end: int) -> Iterator[Span]:
    end += text[end : end + 1] in _QUOTES  # the word itself stood in quotes
    quoted = _QUOTED.search(text, end, end + _AHEAD)
    if quoted:
        yield Span(quoted.start(1), quoted.end(1), "PASSWORD")
        return
    given = _GIVEN.match(text, end)
    if given and (first := _TOKEN.match(text, given.end())):
        word = first.group().rstrip(_EDGE)
        stop = _phrase_end(text, first.start(), len(word))
        if word and (word.casefold() not in _HARMLESS or stop > first.start() + len(word)):
            yield Span(first.start(), stop, "PASSWORD")
    # Further on, in the same line: whatever looks like one.
    line = text.find("\n", end, end + _AHEAD)
    for token in _TOKEN.finditer(text, end, min(len(text), end + _AHEAD) if line < 0 else line):
        start = token.start()
        word = token.group()
        while word and word[0] in "(\"'“„‘«:=[":
            word, start = word[1:], start + 1
        word = word.rstrip(".,;:)\"'”’»]")
        if can_be(word):
            # A token that was cut at the end of the look-out is taken whole.
            stop = _TOKEN.match(text, start)
            yield Span(start, stop.end() if stop and token.end() == end + _AHEAD else start + len(word), "PASSWORD")


def _phrase_end(text: str, start: int, first: int) -> int:
    """Of a pass phrase every word: "correct horse battery staple" is four plain words and nothing after them."""
    end = text.find("\n", start)
    rest = text[start : end if end >= 0 else len(text)]
    words = rest.split()
    plain = 3 <= len(words) <= 8 and all(word.isalpha() and word.islower() for word in words)
    usual = sum(word in _HARMLESS for word in words)
    return start + len(rest.rstrip()) if plain and usual * 3 <= len(words) else start + first


def can_be(word: str) -> bool:
    """Does this look like a password: letters, and figures or signs among them? Plain words and camelCase do not."""
    if not 4 <= len(word) <= 128 or "://" in word:
        return False
    letters = any(letter.isalpha() for letter in word)
    figures = any(letter.isdigit() for letter in word)
    signs = any(letter in _SIGNS for letter in word)
    return (letters and (figures or signs)) or (figures and (signs or word.isdecimal()))
