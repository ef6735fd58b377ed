"""One synthetic person of data year 2019, free of findings.

The mix of situations, services and scores resembles a municipality's; no value
is taken from a real person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.bench.chance import OPEN, Chance, day, orgnr, text_of
from tests.bench.services import Fields, service

KOMMUNE = "1820"
FIRST, LAST = day("20190101"), day("20191231")

STAYS = frozenset((18, 19, 20))
NUTRITION = frozenset((15, 18, 19, 20, 21))
SCORED = frozenset((1, 2, 3, 15, 18, 19, 20, 21, 29, 4, 7, 8, 11))
ADULT = 18
HOME_NURSING, LONG_STAY = 15, 21
MANY_SERVICES = 3
MORTAL = 60
PERSONAL_HELP = 3
# service -> the variable that shows a need for it: practical help -> housework,
# training -> cooking, home nursing -> looking after own health
HELPED = {1: 6, 2: 9, 15: 4}

# share of the persons (cumulative), ages, services always given, services perhaps given
SITUATIONS = (
    (0.52, (40, 97), (15,), (1, 6, 6, 4, 5, 9, 28, 27, 2)),
    (0.64, (55, 97), (1,), (6, 5, 9)),
    (0.69, (70, 99), (6,), (5,)),
    (0.79, (67, 102), (21,), ()),
    (0.89, (55, 98), (15,), (18, 19, 20, 20, 6, 1)),
    (0.95, (20, 85), (29, 15, 1), (4, 2, 9)),
    (1.01, (3, 17), (11,), (7, 8, 9, 15)),
)
DIAGNOSES = (
    ("ICPC-2", "P70"), ("ICPC-2", "K77"), ("ICPC-2", "R95"), ("ICPC-2", "K90"),
    ("ICPC-2", "L88"), ("ICD-10", "F009"), ("ICD-10", "I639"), ("ICD-10", "G20"),
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """What is written of one person; each list holds one mapping per record."""

    number: int
    age: int
    facts: Fields = field(default_factory=dict)
    personoppl: list[Fields] = field(default_factory=list)
    funksjon: list[Fields] = field(default_factory=list)
    tjeneste: list[Fields] = field(default_factory=list)
    diagnose: list[Fields] = field(default_factory=list)
    dogntilbud: list[Fields] = field(default_factory=list)

    def alive_since(self, first: str) -> int:
        """Return the later of `first` and the first day after the year of birth."""
        return max(day(first), day(f"{2020 - self.age}0101"))

    def types(self) -> set[int]:
        """Return the service codes of the person."""
        return {int(row["tjTjenType"]) for row in self.tjeneste}


def clean_person(number: int, chance: Chance) -> Person:
    """Make a person that breaks no rule."""
    share = chance.below(1000) / 1000
    _, ages, always, perhaps = next(row for row in SITUATIONS if share < row[0])
    age = chance.between(*ages)
    death = chance.between(day("20190301"), LAST) if age > MORTAL and chance.yes(0.08) else None
    person = Person(number, age)
    person.facts = _facts(person, death, chance)
    chosen = [*always, *(code for code in dict.fromkeys(perhaps) if chance.yes(0.22))]
    end = death or LAST
    for code in chosen:
        _add_service(person, code, end, death, chance)
    _add_history(person, end, chance)
    _add_scores(person, end, chance)
    _add_diagnoses(person, chance)
    return person


def _facts(person: Person, death: int | None, chance: Chance) -> Fields:
    facts = {
        "peAlder": str(person.age),
        "peKjonn": "K" if chance.yes(0.58) else "M",
        "peKomnr": KOMMUNE,
        "peBydelsnr": "00",
        "peFraDato": text_of(chance.between(person.alive_since("20080101"), day("20190110"))),
        "peEndrDato": text_of(chance.between(FIRST, LAST)),
    }
    if death:
        facts["peDodDato"] = text_of(death)
    return facts


def _add_service(person: Person, code: int, end: int, death: int | None, chance: Chance) -> None:
    start = chance.between(person.alive_since("20140101"), day("20190215"))
    stop = death
    if code in STAYS:
        start = chance.between(FIRST + 5, end - 40)
        stop = start + chance.between(15, 35)
    elif death is None and chance.yes(0.12):
        stop = chance.between(day("20190301"), LAST)
    person.tjeneste.append(service(code, start, stop, chance))
    if code in STAYS or code == LONG_STAY:
        person.dogntilbud.append(
            {
                "dgInstOrgnr": orgnr(chance.below(12) * 10),
                "dgFraDato": text_of(start),
                "dgTilDato": text_of(stop) if stop else OPEN,
            }
        )


def _add_history(person: Person, end: int, chance: Chance) -> None:
    """Add one or two PERSONOPPL rows; the answers lie on the one in force."""
    last_day = max(min(day(row["tjTilDato"]), end) for row in person.tjeneste)
    rehabilitation = HOME_NURSING in person.types() and chance.yes(0.16)
    row = _household(person, chance) | _plan(person, rehabilitation, chance)
    row |= _participation(chance)
    row |= _assessments(person, last_day, chance)
    if rehabilitation:
        row["poHab"] = "1"
        row["poHabDato"] = text_of(chance.between(FIRST + 9, max(last_day - 20, FIRST + 9)))
    elif chance.yes(0.3):
        row["poHab"] = "2"
    start = min(day(given["tjFraDato"]) for given in person.tjeneste)
    if chance.yes(0.12) and last_day - 60 > FIRST + 20 and start < FIRST:
        split = chance.between(FIRST + 20, last_day - 60)
        person.personoppl.append(
            _household(person, chance)
            | {"poFraDato": text_of(start), "poTilDato": text_of(split - 1)},
        )
        start = split
    row["poFraDato"] = text_of(start)
    row["poTilDato"] = OPEN
    person.personoppl.append(row)


def _household(person: Person, chance: Chance) -> Fields:
    if person.age < ADULT:
        household = "3"
    else:
        household = "2" if LONG_STAY in person.types() else chance.one_of("1122")
    return {
        "poHusstand": household,
        "poOmsorgBarn": "2",
        "poPrivHjelp": chance.one_of("1234566"),
        "poBoligTilr": "1" if chance.yes(0.8) else "2",
    }


def _plan(person: Person, rehabilitation: bool, chance: Chance) -> Fields:  # noqa: FBT001
    if rehabilitation:
        plan, coordinator = ("1", "1") if chance.yes(0.9) else ("3", "1")
    elif len(person.tjeneste) >= MANY_SERVICES or person.age < ADULT:
        plan, coordinator = "2", "2"
    else:
        plan, coordinator = "4", "4"
    return {"poIndPlan": plan, "poHarKoordinator": coordinator}


def _participation(chance: Chance) -> Fields:
    row = {}
    for area in ("poArbBist", "poArbTransp", "poFriBist", "poFriTransp"):
        need = chance.one_of("1222999")
        row[area + "Behov"] = need
        if need == "1":
            row[area + "Mottar"] = chance.one_of("123")
    return row


def _assessments(person: Person, last_day: int, chance: Chance) -> Fields:
    row = {}
    types = person.types()
    if LONG_STAY in types or chance.yes(0.4):
        row["poVurdTann"] = text_of(chance.between(FIRST, last_day))[:6]
        row["poVurdLege"] = text_of(chance.between(FIRST, last_day))[:6]
    if LONG_STAY in types:
        row["poLegeMiddGj"] = "1" if chance.yes(0.7) else "2"
        if row["poLegeMiddGj"] == "1":
            row["poLegeMiddGjDato"] = text_of(chance.between(FIRST + 3, last_day))
    if types & NUTRITION and person.age >= ADULT:
        row |= _nutrition(last_day, chance)
    return row


def _nutrition(last_day: int, chance: Chance) -> Fields:
    if chance.yes(0.4):
        return {"poErnKartlagt": "2"}
    assessed = text_of(chance.between(FIRST + 3, last_day))
    risk = "1" if chance.yes(0.35) else "2"
    row = {
        "poErnKartlagt": "1", "poErnKartlagtDato": assessed,
        "poErnRisiko": risk, "poErnRisikoDato": assessed,
    }  # fmt: skip
    if risk == "1":
        row["poErnPlan"] = "1"
        row["poErnPlanDato"] = assessed
    return row


def _add_scores(person: Person, end: int, chance: Chance) -> None:
    """Score the 18 variables once or more; at both ends of a rehabilitation stay."""
    types = person.types()
    if not types & SCORED:
        return
    rounds = [chance.between(day("20180901"), day("20190228"))]
    if chance.yes(0.3) and end >= day("20190401"):
        rounds.append(chance.between(day("20190401"), end))
    for row in person.tjeneste:
        if row["tjTjenType"] == "19":
            rounds += [day(row["tjFraDato"]), day(row["tjTilDato"])]
    rounds = sorted(set(rounds))
    until = [text_of(later - 1) for later in rounds[1:]] + [OPEN]
    level = chance.between(1, 4)
    helped = {HELPED[code] for code in types & HELPED.keys()}
    lowest = [PERSONAL_HELP if variable in helped else 1 for variable in range(1, 19)]
    for begins, ends in zip(rounds, until, strict=True):
        for variable, least in enumerate(lowest, 1):
            score = min(5, max(least, level + chance.between(-1, 1)))
            person.funksjon.append(
                {
                    "fnFunkType": str(variable),
                    "fnFunkVerdi": str(score),
                    "fnFraDato": text_of(begins),
                    "fnTilDato": ends,
                }
            )


def _add_diagnoses(person: Person, chance: Chance) -> None:
    left = list(DIAGNOSES)
    while left and chance.yes(0.3):
        system, code = left.pop(chance.below(len(left)))
        found = chance.between(person.alive_since("20120101"), day("20181231"))
        person.diagnose.append(
            {
                "diKodeVersjon": system,
                "diDiagKode": code,
                "diFraDato": text_of(found),
                "diTilDato": OPEN,
            }
        )
