"""Names of files and paths: the extension and the depth stay, the names only if programs use each word of them.

Rules of this module: it says where files and folders are, what of them is masked, and what of them is kept although it
would be no word ("py", "C:"). Everything else of the text is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from byhand.privacy.text.lists import fold
from byhand.privacy.text.types import Span
from byhand.privacy.text.words import Words

_EXTENSIONS = (
    "7z aac ai apk asc ass avi bak bash bat bib bin blend bmp bz2 c cc cer cfg class cmd conf cpp crt cs css csv dart db dbf deb der dmg doc docm docx dot "
    "dotx dwg dxf egg eml env eps epub exe fig flac flv fodt gem gif git gitignore go gpg gpx gz h heic hpp hs htm html ico ics idx img ini ipynb iso jar "
    "java jks jpeg jpg js json jsonl jsx kdbx key keynote kml kt lock log lua m m4a m4v markdown mbox md mdx mht mkv mov mp3 mp4 mpeg mpg msg msi mts numbers odg "
    "odp ods odt ogg one opus otf p12 pages parquet patch pdf pem pfx php pkg pkl pl plist png po pot ppt pptm pptx proto ps ps1 psd pst pub py pyc qbw "
    "qif r rar raw rb rmd rpm rs rst rtf sass scala scss sh sketch sln so sql sqlite srt stl svelte svg swf swift tar tex tf tgz tif tiff toml torrent ts tsv "
    "tsx ttf txt vb vcf vcxproj vsdx vue war wasm wav webm webp whl wma wmv woff woff2 xcf xd xhtml xls xlsb xlsm xlsx xml xpi xsd xz yaml yml zip zsh zst"
).split()  # fmt: skip
_FILE = re.compile(
    r"(?<![\w@/\\])(?P<stem>[^\s/\\:*?\"<>|,;()\[\]@]{1,120}?(?: \(\d{1,2}\))?)\.(?P<ext>(?:tar\.)?(?:" + "|".join(_EXTENSIONS) + r"))(?![\w@-]|\.\w)",
    re.IGNORECASE,
)
_FILE_WITH_BLANKS = re.compile(r"[\s*●•]*(?P<stem>[^/\\]{1,160})\.(?P<ext>(?:tar\.)?(?:" + "|".join(_EXTENSIONS) + r"))[\s*●•]*", re.IGNORECASE)
_PATH = re.compile(
    r"(?<![\w/\\.:])(?:~|\.{1,2}|[A-Za-z]:|\\\\|file://|smb://)?(?:[/\\](?:[^\s/\\:*?\"<>|,;]|(?<=\w) (?=\w+[/\\]))+)+[/\\]?"
)
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_MOST_DIGITS = 2
_MOST = 2_000
_ANYBODYS = frozenset({
    "usr", "etc", "var", "opt", "tmp", "dev", "proc", "sys", "bin", "sbin", "lib", "mnt", "home", "users", "root", "src", "config", "local", "share", "srv", "run", "boot",
    "lib64", "www", "c", "d", "e", "program", "programs", "appdata", "roaming", "windows", "system32", "library", "volumes", "desktop", "documents", "downloads", "pictures", "videos", "music",
    "public", "cache", "node", "modules", "venv", "site", "packages", "test", "tests", "docs", "init", "main", "py", "js", "ts", "pkg", "cmd", "api", "img", "css", "html",
})  # fmt: skip


class Found(NamedTuple):
    """masked: what of files and paths is not kept. settled: places nothing else need judge."""

    masked: list[Span]
    settled: list[tuple[int, int]]


def files(text: str, words: Words, parts: Iterable[tuple[int, int, bool]] = ()) -> Found:
    """Files and paths in a text.

    Args:
        text: normalised.
        words: which names are everybody's.
        parts: of a title: one that ends as a file does is a file's name, blanks and all.
    """
    masked: list[Span] = []
    settled: list[tuple[int, int]] = []
    if len(text) <= _MOST and ("/" in text or "\\" in text):
        for match in _PATH.finditer(text):
            if match.group().count("/") + match.group().count("\\") < 2 and not match.group().startswith(("~", ".", "/")):
                continue
            masked += path(match.group(), match.start(), words)
            settled.append(match.span())
    for start, end, _ in parts if "." in text else ():
        whole = _FILE_WITH_BLANKS.fullmatch(text, start, end)
        if whole is None or any(a < end and start < b for a, b in settled):
            continue
        if not harmless(whole["stem"], words):
            masked.append(Span(whole.start("stem"), whole.end("stem"), "FILE"))
        settled.append((start, end))
    if "." in text:
        for match in _FILE.finditer(text[:_MOST]):
            if any(start < match.end() and match.start() < end for start, end in settled):
                continue
            if not harmless(match["stem"], words):
                masked.append(Span(match.start(), match.end("stem"), "FILE"))
            settled.append(match.span())
    return Found(masked, settled)


def path(text: str, offset: int, words: Words) -> list[Span]:
    """What of a path is not kept: each name in it that is not everybody's."""
    spans: list[Span] = []
    pieces = list(re.finditer(r"[^/\\]+", text))
    for piece in pieces:
        name = piece.group()
        if name in ("~", ".", "..", "file:", "smb:") or re.fullmatch(r"[A-Za-z]:", name):
            continue
        stem, dot, extension = name.rpartition(".")
        known = bool(dot and stem) and extension.lower() in _EXTENSIONS
        bare = stem if known else name
        if not harmless(bare, words):
            start = offset + piece.start()
            spans.append(Span(start, start + len(bare), "FILE" if known else "FOLDER"))
    return spans


def harmless(name: str, words: Words) -> bool:
    """Is every word of a name one of programs, with no more than two digits in a row?"""
    pieces = _PIECE.findall(_CAMEL.sub(" ", name))
    if not pieces or len("".join(re.findall(r"[^\W\d_]+|\d+|[\s._~()+-]+", name))) != len(name):
        return False
    for piece in pieces:
        low = fold(piece)
        if piece.isdigit():
            if len(piece) > _MOST_DIGITS or not piece.isascii():
                return False
        elif low not in _ANYBODYS and low not in words.letters and low not in words.technology and not words.screen(low):
            return False
    return True
