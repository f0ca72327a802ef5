"""Made-up firms, people and words to draw records from. None of them is meant to be anybody."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from byhand.evals.office.values import Locale, after

TODAY = "2026-03-02"
"""The office's own day; nothing here looks at a clock."""


class Firm(NamedTuple):
    """locale: how it writes amounts."""

    name: str
    city: str
    country: str
    locale: Locale


FIRMS: tuple[Firm, ...] = (
    Firm("Nordlicht Papier GmbH", "Lübeck", "DE", "de"),
    Firm("Nordlicht Papier GmbH", "Kiel", "DE", "de"),
    Firm("Atelier Beaufort", "Lyon", "FR", "fr"),
    Firm("Atelier Beaufort", "Genève", "CH", "ch"),
    Firm("Hartwell & Pryce Ltd", "Leeds", "GB", "en"),
    Firm("Hartwell & Pryce Ltd", "Cork", "IE", "en"),
    Firm("Œuvres du Parc", "Nantes", "FR", "fr"),
    Firm("Bäckerei Süßkind", "Köln", "DE", "de"),
    Firm("Ångström Mätteknik AB", "Uppsala", "SE", "en"),
    Firm("Løvstad Kaffe AS", "Bergen", "NO", "en"),
    Firm("Žižka Tiskárna s.r.o.", "Plzeň", "CZ", "de"),
    Firm("Zakład Kowalczyk", "Łódź", "PL", "fr"),
    Firm("O'Brien Fixings", "Galway", "IE", "en"),
    Firm("Peña Hermanos SL", "Málaga", "ES", "de"),
    Firm("Conceição Têxteis Lda", "Braga", "PT", "de"),
    Firm("İnci Yazılım A.Ş.", "İzmir", "TR", "de"),
    Firm("Παπαδάκης Ναυτιλιακή", "Πάτρα", "GR", "de"),
    Firm("Вишня Друк", "Львів", "UA", "fr"),
    Firm("北野印刷株式会社", "札幌", "JP", "en"),
    Firm("Szőllősi Bútor Kft.", "Szeged", "HU", "fr"),
    Firm("Hübeli Velo AG", "Winterthur", "CH", "ch"),
    Firm("Greenhithe Catering", "Bristol", "GB", "en"),
    Firm("Van der Meer Logistiek", "Utrecht", "NL", "de"),
    Firm("D'Agostino Ceramiche", "Faenza", "IT", "de"),
    Firm("Quill/Harbour Studio", "Portland", "US", "en"),
    Firm("100% Clean Co.", "Dayton", "US", "en"),
)
PEOPLE: tuple[str, ...] = (
    "Maren Oosterveld", "Tomáš Říha", "Ngozi Abara", "Eloïse Garnier", "Hiroshi Tanabe", "Asta Lindqvist",
    "Mateusz Wrona", "Priya Raman", "Jørgen Fossum", "Catarina Sá", "Deniz Yıldırım", "Seán Ó Briain",
    "Wilhelmina Ostrowski", "Ioana Ștefan", "Kofi Mensah", "Lucía Ibáñez", "Sören Brückner", "Amélie Roux",
    "Zsófia Kerekes", "Emre Kaya", "Oksana Лисенко", "Benedikt Graf", "Yara Haddad", "Paul de Wit",
)  # fmt: skip
GOODS: tuple[str, ...] = (
    "Copy paper A4, 80 g", "Toner, black", "Desk lamp", "Coffee beans, 1 kg", "Hotel, 2 nights",
    "Rail ticket Lyon-Basel", "Proofreading", "Print run, 500 pcs", "Repair of the lift",
    "Cleaning, March", "Cable USB-C, 2 m", "Workshop room", "Translation DE→FR", "Server hosting",
    'Chair, "Nova"', "Crème & sugar", "Postage", "Catering <small>",
)  # fmt: skip


def source(*parts: object) -> random.Random:
    """Draws the same for the same parts."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311  made-up records, not secrets


def some(draw: random.Random, values: Sequence[str], count: int) -> list[str]:
    """So many, all different.

    Raises:
        ValueError: there are not so many.
    """
    return draw.sample(list(values), count)


def day_near(draw: random.Random, first: int = -60, last: int = 0) -> str:
    """A day so far from the office's own."""
    return after(TODAY, draw.randint(first, last))


def cents_about(draw: random.Random) -> int:
    """Most amounts are small, some are large."""
    return int(10 ** draw.uniform(3.1, 5.6))
