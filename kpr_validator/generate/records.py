"""A life becomes the records of one year's message, by class, without a fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kpr_validator.generate.answers import Answers
from kpr_validator.generate.days import OPEN, new_year, text_of
from kpr_validator.generate.scores import Scores
from kpr_validator.generate.targets import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.generate.chance import Chance
    from kpr_validator.generate.gaps import Gaps
    from kpr_validator.generate.life import Answer, Life, Spell
    from kpr_validator.generate.situations import Population

Fields = dict[str, str]

GRANTED, REFUSED = "2", "1"
_OLD_FORMAT = 2018
_DEMENTIA = (("ICPC-2", "P70"), ("ICD-10", "F009"), ("ICD-10", "F03"), ("ICD-10", "G309"))
_OTHERS = (
    ("ICPC-2", "K77"), ("ICPC-2", "R95"), ("ICPC-2", "K90"), ("ICPC-2", "L88"),
    ("ICPC-2", "T90"), ("ICPC-2", "P76"), ("ICPC-2", "K74"), ("ICPC-2", "A97"),
    ("ICD-10", "I639"), ("ICD-10", "G20"), ("ICD-10", "F200"), ("ICD-10", "Q909"),
    ("ICD-10", "S720"), ("ICD-10", "I509"),
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """What is written of one person: each list holds one mapping per record."""

    number: int
    life: Life
    person: Fields = field(default_factory=dict)
    personoppl: list[Fields] = field(default_factory=list)
    funksjon: list[Fields] = field(default_factory=list)
    tjeneste: list[Fields] = field(default_factory=list)
    diagnose: list[Fields] = field(default_factory=list)
    dogntilbud: list[Fields] = field(default_factory=list)


class Records:
    """Writes lives of one data year as records of a municipality."""

    def __init__(
        self, people: Population, municipality: str, chance: Chance, gaps: Gaps | None = None
    ) -> None:
        """Read what is known of the services; without `gaps` everything is answered."""
        facts: Mapping[str, Any] = numbers()["om_tjenestene"]
        self.year = people.year
        self.municipality = municipality
        self.chance = chance
        self.answers = Answers(people, chance, gaps)
        self.scores = Scores(people, chance, gaps)
        self.decided = frozenset(facts["vedtak"])
        self.dated_only = frozenset(facts["uten_svar"])
        self.housed = frozenset(facts["doegn"])
        self.first, self.last = new_year(people.year), new_year(people.year + 1) - 1

    def person(self, life: Life) -> Person:
        """Return the records of one life."""
        spells = [spell for spell in life.spells if self._is_of_the_year(spell)]
        return Person(
            number=life.number,
            life=life,
            person=self._facts(life),
            personoppl=self.answers.rows(life),
            funksjon=self.scores.rows(life),
            tjeneste=[
                *(self._service(spell) for spell in spells),
                *(self._answer(answer) for answer in life.answers),
            ],
            diagnose=self._diagnoses(life),
            dogntilbud=[self._housed(spell) for spell in spells if spell.code in self.housed],
        )

    def _is_of_the_year(self, spell: Spell) -> bool:
        return spell.start <= self.last and (spell.stop is None or spell.stop >= self.first)

    def _facts(self, life: Life) -> Fields:
        last = life.died or self.last
        facts = {
            "peAlder": str(life.age),
            "peKjonn": "M" if life.is_man else "K",
            "peKomnr": self.municipality,
            "peBydelsnr": life.district,
            "peFraDato": text_of(life.settled),
            "peEndrDato": text_of(self.chance.between(self.first, last)),
        }
        if life.died:
            facts["peDodDato"] = text_of(life.died)
        return facts

    def _service(self, spell: Spell) -> Fields:
        row = {"tjTjenType": self._code(spell)}
        has_decision = spell.code in self.decided
        if has_decision:
            row["tjSoknadDato"] = text_of(spell.asked)
        if has_decision or self.year <= _OLD_FORMAT:  # the old format demands the date of all
            row["tjVedtDato"] = text_of(spell.decided)
            row["tjVeID"], row["tjVeNrID"] = str(spell.decision), str(spell.link)
        if has_decision and spell.code not in self.dated_only:
            row["tjVedtak"] = GRANTED
        row |= self._amount(spell)
        row["tjFraDato"] = text_of(spell.start)
        row["tjTilDato"] = text_of(spell.stop) if spell.stop else OPEN
        return row | _complaint(spell)

    def _code(self, row: Spell | Answer) -> str:
        """Return the code of the year: housing had two others until 2018."""
        if row.code == HOUSING and self.year <= _OLD_FORMAT:
            return _OLD_HOUSING[row.decision % 2]
        return str(row.code)

    def _amount(self, spell: Spell) -> Fields:
        row: Fields = {}
        if spell.quarters:
            row["tjTimerUke"] = _hours(spell.quarters)
            if spell.two_helpers:
                row["tjResTimerUke"] = _hours(spell.quarters * 2)
        if spell.code == _RESPITE:
            row["tjRullerende"] = "1" if spell.rolling else "2"
        if spell.unit:
            row["tjInstOrgnr"] = spell.unit
        return row

    def _answer(self, answer: Answer) -> Fields:
        row = {
            "tjTjenType": self._code(answer),
            "tjSoknadDato": text_of(answer.asked),
            "tjVedtDato": text_of(answer.decided),
            "tjVedtak": REFUSED if answer.is_refusal else GRANTED,
            "tjVeID": str(answer.decision),
            "tjVeNrID": "1",
        }
        if answer.quarters:
            row["tjTimerUke"] = _hours(answer.quarters)
        return row | _complaint(answer)

    def _housed(self, spell: Spell) -> Fields:
        return {
            "dgInstOrgnr": spell.unit,
            "dgFraDato": text_of(spell.start),
            "dgTilDato": text_of(spell.stop) if spell.stop else OPEN,
        }

    def _diagnoses(self, life: Life) -> list[Fields]:
        chance = self.chance
        found = [chance.one_of(_DEMENTIA)] if life.situation.has_dementia else []
        left = list(_OTHERS)
        while left and chance.yes(0.35):
            found.append(left.pop(chance.below(len(left))))
        oldest = max(life.settled, self.first - 3000)
        return [
            {
                "diKodeVersjon": system,
                "diDiagKode": code,
                "diFraDato": text_of(chance.between(oldest, self.first - 1)),
                "diTilDato": OPEN,
            }
            for system, code in found
        ]


_RESPITE, HOUSING, _OLD_HOUSING = 8, 29, ("12", "13")


def _complaint(row: Spell | Answer) -> Fields:
    if not row.complained:
        return {}
    return {"tjKlageMottatt": text_of(row.complained), "tjKlageBesvart": text_of(row.answered)}


def _hours(quarters: int) -> str:
    return f"{quarters // 4}.{quarters % 4 * 25:02}"
