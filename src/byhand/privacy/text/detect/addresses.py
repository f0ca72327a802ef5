"""Postal addresses by their shape: number and street, street and number, postcode and town, in several countries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from byhand.privacy.text.types import At, Span

_NAME = r"[^\W\d_][\w'’.-]{0,30}"
_PROPER = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]{0,30}"
_STREETS = (
    "street|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|circle|cir|place|pl|square|sq"
    "|terrace|ter|"
    "trail|trl|parkway|pkwy|highway|hwy|way|close|crescent|cres|mews|alley|plaza|row|walk|wharf|broadway|loop"
    "|pike|route|rte"
)
_SURE = "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|parkway|pkwy|highway|hwy|terrace"
_SUFFIXES = (
    "straße|strasse|str\\.|gasse|allee|platz|weg|damm|ufer|chaussee|steig|ring|straat|laan|gracht|plein|kade"
    "|gatan|vägen|"
    "gade|vej|veien|gata|katu|tie"
)
_SHAPES = (
    # 123 Main St; 500 N. Market Street; 12-14 High Road; 221B Baker Street
    rf"(?<![\w.,/-])\d{{1,6}}(?:[-–]\d{{1,5}})?[A-Za-z]?,?\s(?:[NSEW]{{1,2}}\.?\s)?(?:(?:{_PROPER}"
    rf"|\d{{1,3}}(?:st|nd|rd|th))\s){{1,4}}(?:(?i:{_STREETS}))\b\.?",
    rf"(?<![\w.,/-])\d{{1,6}}[a-z]?\s(?:(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th))\s){{1,2}}(?i:{_SURE})\b\.?",
    r"(?<![\w.,/-])\d{1,6}\s(?:\d{1,3}(?:st|nd|rd|th)|Broadway)\b",
    # Post office boxes
    r"\b(?i:p\.?\s?o\.?\s?box|postfach|bo[iî]te postale|b\.?p\.?|apartado|casella postale|caixa postal"
    r"|postbus)\s{0,2}\d{1,6}\b",
    # Hauptstraße 12a; Lange Gasse 3; Keizersgracht 241; Storgatan 5
    rf"\b(?:{_PROPER}[\s-])?(?=[A-ZÀ-ÖØ-Þ])[\w'’.-]{{0,30}}?(?i:{_SUFFIXES})\s\d{{1,4}}\s?[a-zA-Z]?\b"
    rf"(?:[-–/]\d{{1,4}}[a-z]?)?",
    rf"\b(?:Am|Im|An der|Auf der|Zum|Zur|Unter den|In der)\s{_PROPER}\s\d{{1,4}}[a-z]?\b",
    # 12 bis, rue de la Paix; 5 place Bellecour
    rf"\b\d{{1,4}}\s?(?:bis|ter|quater)?,?\s(?i:rue|avenue|av\.|boulevard|bd|place|chemin|all[ée]e|impasse|quai"
    rf"|route|cours|square|sentier)\s(?:(?:de|du|des|la|le|les|l'|d'|l’|d’|et"
    rf"|aux?)\s?){{0,3}}{_NAME}(?:[\s-]{_PROPER}){{0,3}}",
    # Calle de Alcalá 45; Via Roma, 12; Rua Augusta 1500; ul. Marszałkowska 10
    rf"\b(?i:calle|c/|avenida|avda\.?|plaza|paseo|carrer|via|viale|piazza|corso|vicolo|largo|rua|travessa|praça"
    rf"|ul\.|ulica|al\.|aleja|plac|ulice|utca|bulevardul|strada|ulitsa|ул\.|улица|проспект|пр\.)\s(?:(?:de|del"
    rf"|della|dei|di|da|do|dos|la|las|los|el)\s){{0,3}}{_PROPER}(?:\s{_PROPER}){{0,3}},?\s(?:n\.?º?\s?|nr\.?\s?"
    rf"|no\.?\s?|д\.\s?)?\d{{1,5}}[a-zA-Z]?\b",
    # 4-2-1 Akasaka, Minato City; 〒107-0052; 東京都港区赤坂4-2-1; 中山路12号
    rf"\b\d{{1,4}}-\d{{1,4}}(?:-\d{{1,4}})?,?\s{_PROPER}(?:[-,\s]{{1,2}}{_PROPER}){{0,5}}(?:\s\d{{3}}-\d{{4}})?",
    r"〒\s?\d{3}-?\d{4}",
    r"[\u4e00-\u9fff]{1,4}[都道府県省市][\u4e00-\u9fff\u3040-\u30ff]{1,20}(?:[\d一二三四五六七八九十]{1,4}(?:丁目|番地?|号|號"
    r"|[-−ー])?){0,4}",
    r"[\u4e00-\u9fff]{2,8}[路街道巷]\s?\d{1,5}\s?[号號弄]",
    r"[\uac00-\ud7a3]{1,8}(?:로|길|동)\s?\d{1,4}(?:-\d{1,4})?",
    # Postcodes that can't be anything else: Canada, United Kingdom, Netherlands
    r"\b[A-CEGHJ-NPR-TVXY]\d[A-CEGHJ-NPR-TV-Z] ?\d[A-CEGHJ-NPR-TV-Z]\d\b",
    r"\b[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPS-UW]? \d[ABD-HJLNP-UW-Z]{2}\b",
    rf"\b[1-9]\d{{3}} ?[A-Z]{{2}}\s{_PROPER}",
    # D-10115 Berlin; 75002 Paris after a comma or at the start; Boston, MA 02110
    rf"(?:\b(?:DE?|AT?|CH|FR?|I|L|B|NL|DK|SE?|PL)-|(?:^|(?<=[,;\n(])"
    rf"|(?<=[,;\n]\s))\b)\d{{4,5}}\s{_PROPER}(?:[\s-]{_PROPER})?",
    rf"\b{_PROPER}(?:\s{_PROPER}){{0,2}},?\s[A-Z]{{2}}\.?,?\s\d{{5}}(?:-\d{{4}})?\b",
    r"\b\d{5}-\d{4}\b|\b\d{5}-\d{3}\b",
)  # fmt: skip
_ALL = tuple(re.compile(shape, re.MULTILINE) for shape in _SHAPES)
# What follows a street: the flat, the town, the state, the postcode, the country; each at most once.
_MORE = re.compile(
    r"(?:,?\s{1,2}(?i:apt|apartment|suite|ste|unit|floor|fl|room|rm|bldg|building|#|wohnung|stock|étage"
    r"|appartement|piso|flat)\.?\s?#?[\w-]{1,6}\b)?"
    r"(?:,?\s\d{1,3}(?:st|nd|rd|th|\.|er|e|º|ª)\s(?i:floor|stock|étage|og|piso)\b)?"
    rf"(?:(?:,\s?|\n)(?:[A-Z]{{1,2}}-)?(?:\d{{4,6}}\s)?(?:{_PROPER}|\d{{1,2}}(?:e|er"
    rf"|ème))(?:[\s-]{_PROPER}){{0,3}}){{0,3}}"
    r"(?:,?\s[A-Z]{2}\b)?(?:,?\s(?:\d{5}(?:-\d{4})?|\d{3}-\d{4}|[A-Z]{1,2}\d[\dA-Z]?\s\d[A-Z]{2}"
    r"|[A-Z]\d[A-Z]\s?\d[A-Z]\d)\b)?"
    rf"(?:,\s{_PROPER}(?:\s{_PROPER}){{0,2}})?"
)
_SAID = re.compile(
    r"\b(?:(?:home|street|mailing|postal|shipping|billing|delivery)\s)?(?:address|adresse|anschrift|wohnhaft"
    r"|dirección|domicilio|indirizzo|endereço|adres|adress|domicile|адрес)\b"
    r"|\b(?:lives?|living|resides?|residing|moved|wohnt|habite|vive|abita|mora)\s(?:at|in|on|to|near|à|en|em"
    r"|a)\b|住所|地址|주소",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^\n;|•\s:=-][^\n;|•]{0,100}")


class Addresses:
    name = "addresses"

    def find(self, text: str, at: At) -> Iterator[Span]:
        if _SAID.search(at.label) and any(letter.isalnum() for letter in text):
            yield Span(0, len(text), "ADDRESS")
            return
        if not any(letter.isdigit() for letter in text):
            return
        for shape in _ALL:
            for match in shape.finditer(text):
                more = _MORE.match(text, match.end())
                yield Span(match.start(), more.end() if more else match.end(), "ADDRESS")
        for said in _SAID.finditer(text):
            clause = _CLAUSE.search(text, said.end())
            figures = [place for place, letter in enumerate(clause.group()) if letter.isdigit()] if clause else []
            if clause and figures:
                yield Span(clause.start(), clause.start() + figures[-1] + 1, "ADDRESS")
