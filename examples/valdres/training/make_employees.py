# ruff: noqa: SIM905  (names are easier to read so)
"""Writes employees.csv and the units of schools and kindergartens; the same each time.

    python examples/valdres/training/make_employees.py

All names, numbers and addresses are invented.
"""

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
UNITS = HERE.parent / "organisations"
TODAY = date(2026, 11, 1)
HEADINGS = ("Kommune", "Navn", "E-post", "Ansattnummer", "Enhet", "Stilling", "Yrke", "Leder",
            "Startdato")  # fmt: skip
FIRST = """Anne Arne Astrid Berit Bjørn Dag Eirik Eli Embla Erik Eva Frida Geir Gro Guro Halvor
Hanne Helge Hilde Håkon Ida Inga Ingrid Ivar Jenny Johanne Jon Jorunn Kari Kjersti Knut Lars Lene
Liv Magnhild Marit Mona Nora Odd Ola Olav Per Pål Ragnhild Randi Rolf Signe Sigrid Silje Siri
Sofie Solveig Steinar Sunniva Synnøve Tiril Tone Tor Trine Turid Unni Vidar Åse Åshild""".split()
LAST = """Døme Eksempel Prøve Oppdikta Påfunn Tenkt Modell Mønster Skisse Utkast Øving
Eksempelsen Dømesen Prøvesen""".split()
BETWEEN = """Bakke Berge Dal Eng Foss Haug Hove Kleiv Li Lund Moen Myr Nes Rud Sletten Solli Strand
Tveit Vik Viken""".split()
HEALTH = (("Sykepleier", "Sykepleier", 5), ("Helsefagarbeider", "Helsefagarbeider", 8),
          ("Assistent", "Assistent", 3), ("Vernepleier", "Vernepleier", 2),
          ("Fysioterapeut", "Fysioterapeut", 1), ("Tilsynslege", "Lege", 1),
          ("Sekretær", "Kontor og administrasjon", 1))  # fmt: skip
SCHOOL = (
    ("Kontaktlærer", "Lærer", 10),
    ("Adjunkt", "Lærer", 4),
    ("Fagarbeider SFO", "Barne- og ungdomsarbeider", 4),
    ("Miljøterapeut", "Vernepleier", 1),
    ("Helsesykepleier", "Helsesykepleier", 1),
    ("Sekretær", "Kontor og administrasjon", 1),
)
KINDERGARTEN = (
    ("Pedagogisk leder", "Barnehagelærer", 4),
    ("Barnehagelærer", "Barnehagelærer", 3),
    ("Fagarbeider", "Barne- og ungdomsarbeider", 4),
    ("Assistent", "Assistent", 3),
)
FAMILY = (("Helsesykepleier", "Helsesykepleier", 3), ("Familieterapeut", "Sosionom", 2),
          ("Psykolog", "Psykolog", 1), ("Vernepleier", "Vernepleier", 1))  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """Where people work: its name, what they work as, how many, and what the leader is called."""

    name: str
    kinds: tuple[tuple[str, str, int], ...]
    count: int
    leader: str
    key: str = ""  # of a unit that this writes


@dataclass(frozen=True)
class Place:
    """A municipality with the units that have employees in the example."""

    key: str
    name: str
    number: str
    language: str
    units: tuple[Unit, ...]


def _school(key: str, name: str, count: int) -> Unit:
    return Unit(name, SCHOOL, count, "Rektor", key)


def _kindergarten(key: str, name: str, count: int) -> Unit:
    return Unit(name, KINDERGARTEN, count, "Styrer", key)


def _health(name: str, count: int) -> Unit:
    return Unit(name, HEALTH, count, "Avdelingsleder")


PLACES = (
    Place("nord-aurdal", "Nord-Aurdal", "3451", "nb", (
        _health("Nord-Aurdal helsetun", 40), _health("Hjemmetjenesten i Nord-Aurdal", 30),
        Unit("Nord-Aurdal helsestasjon", FAMILY, 8, "Leder"),
        _school("eksempelskolen-pa-fagernes", "Eksempelskolen på Fagernes", 30),
        _kindergarten("eksempelbarnehagen-pa-leira", "Eksempelbarnehagen på Leira", 16),
    )),
    Place("sor-aurdal", "Sør-Aurdal", "3449", "nb", (
        _health("Sør-Aurdal omsorgsheim", 30),
        Unit("Familie og oppvekst i Sør-Aurdal", FAMILY, 6, "Leder"),
        _school("eksempelskolen-i-bagn", "Eksempelskolen i Bagn", 18),
        _kindergarten("eksempelbarnehagen-i-hedalen", "Eksempelbarnehagen i Hedalen", 10),
    )),
    Place("etnedal", "Etnedal", "3450", "nb", (
        _health("Etnedal helsetun", 22),
        _school("eksempelskolen-pa-bruflat", "Eksempelskolen på Bruflat", 12),
        _kindergarten("eksempelbarnehagen-pa-bruflat", "Eksempelbarnehagen på Bruflat", 8),
    )),
    Place("vestre-slidre", "Vestre Slidre", "3452", "nn", (
        _health("Helsetunet i Slidre", 26),
        Unit("Oppvekst i Vestre Slidre", FAMILY, 5, "Leiar"),
        _school("domeskulen-i-slidre", "Dømeskulen i Slidre", 14),
        _kindergarten("domebarnehagen-i-ron", "Dømebarnehagen i Røn", 9),
    )),
    Place("oystre-slidre", "Øystre Slidre", "3453", "nn", (
        _health("Omsorgssenteret i Øystre Slidre", 30),
        Unit("Helse og meistring i Øystre Slidre", FAMILY, 8, "Leiar"),
        _school("domeskulen-pa-heggenes", "Dømeskulen på Heggenes", 18),
        _kindergarten("domebarnehagen-pa-beitostolen", "Dømebarnehagen på Beitostølen", 10),
    )),
    Place("vang", "Vang", "3454", "nn", (
        _health("Vang helsetun", 18), _health("Heimetenesta i Vang", 12),
        _school("domeskulen-i-vang", "Dømeskulen i Vang", 13),
        _kindergarten("domebarnehagen-i-vang", "Dømebarnehagen i Vang", 7),
    )),
)  # fmt: skip


def main() -> None:
    """Write all of it."""
    dice = random.Random(2026)  # noqa: S311  # the same employees each time
    names = _names(dice)
    lines: list[tuple[str, ...]] = []
    for place in PLACES:
        for unit in place.units:
            if unit.key:
                _write_unit(place, unit)
            lines += _employees(dice, place, unit, names, len(lines))
    with (HERE / "employees.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADINGS, *lines])


def _names(dice: random.Random) -> list[str]:
    every = [f"{first} {between} {last}" for first in FIRST for between in BETWEEN for last in LAST]
    return dice.sample(every, 600)


def _employees(
    dice: random.Random, place: Place, unit: Unit, names: list[str], before: int
) -> list[tuple[str, ...]]:
    pool = [kind for kind in unit.kinds for _ in range(kind[2])]
    found = []
    for index in range(unit.count):
        name = names[before + index]
        is_leader = index == 0
        position, profession, _weight = dice.choice(pool)
        if is_leader:
            position, profession = unit.leader, "Leder"
        found.append((
            f"{place.name} kommune", name, f"{_plain(name)}@{place.key}.example",
            f"{place.number}-{before + index + 1:04}", unit.name, position, profession,
            "ja" if is_leader else "", _joined(dice).isoformat(),
        ))  # fmt: skip
    return found


def _joined(dice: random.Random) -> date:
    """Most have been there for years; every sixth came in the last twelve months."""
    days = dice.randint(5, 365) if dice.random() < 1 / 6 else dice.randint(366, 20 * 365)
    return TODAY - timedelta(days=days)


def _plain(name: str) -> str:
    letters = {"æ": "ae", "ø": "o", "å": "a", " ": "."}
    return "".join(letters.get(letter, letter) for letter in name.lower())


def _write_unit(place: Place, unit: Unit) -> None:
    is_school = unit.kinds is SCHOOL
    nb = "En oppdiktet skole i eksempelet." if is_school else "En oppdiktet barnehage i eksempelet."
    nn = "Ein oppdikta skule i dømet." if is_school else "Ein oppdikta barnehage i dømet."
    (UNITS / f"{unit.key}.toml").write_text(
        "# Eksempeldata. Skrevet av training/make_employees.py.\n"
        "[organization]\n"
        f'key = "{unit.key}"\nname = "{unit.name}"\nparent = "{place.key}-kommune"\n'
        f'language = "{place.language}"\ndescription = {{nb = "{nb}", nn = "{nn}"}}\n'
        f'municipality = "{place.number}"\nis_example = true\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
