"""The persons that faults are planted in, each without a fault until then."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpr_validator import toml
from kpr_validator.generate.chance import Chance, seed_of
from kpr_validator.generate.days import OPEN, text_of
from kpr_validator.generate.faults.edit import edit
from kpr_validator.generate.faults.words import Words
from kpr_validator.generate.life import Answer, Life, Spell
from kpr_validator.generate.records import Records
from kpr_validator.generate.services import REHABILITATION, Services
from kpr_validator.generate.solve import population

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.generate.records import Person
    from kpr_validator.generate.units import Units

_VARIABLES = 18
_NEW_CODES = 2019
_PLAIN = "hjemmesykepleie over tid"
_SETTLED = 4000  # days before the first service, and a day more for each person


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """Return what `personer.toml` tells of each kind of person."""
    path = Path(__file__).with_name("personer.toml")
    return toml.loads(path.read_text(encoding="utf-8"))


class Stock:
    """Makes persons of a kind for one municipality and year, the same whatever the seed."""

    def __init__(self, municipality: str, year: int, units: Units) -> None:
        """Prepare for a municipality."""
        self.municipality, self.year, self.units = municipality, year, units
        self.words = Words(year, units)
        self.people = population(year)
        situations = {one.name: one for one in self.people.situations}
        self.situations = situations

    def life(self, kind: str, number: int) -> Life:
        """Return the life of a person of the kind."""
        told = kinds()[kind]
        services = Services(self.people, self.units, self._chance(kind, number))
        life = Life(
            number=number,
            year=self.year,
            situation=self.situations[told.get("situasjon", _PLAIN)],
            age=told["alder"],
            is_man=number % 2 == 1,
            need=told.get("behov", 1),
            settled=0,
        )
        for row in told["tjenester"]:
            stop = self._day(row["til"]) if "til" in row else None
            life.spells.append(Spell(row["kode"], self._day(row["fra"]), stop))
        if day := told.get("rehabilitering"):
            life.rehabilitation = self._day(day)
            if self.year < _NEW_CODES:
                life.spells.append(Spell(REHABILITATION, life.rehabilitation, None))
        for spell in life.spells:
            services.decide(life, spell)
            spell.complained = spell.answered = 0
        self._finish(life, told, services)
        return life

    def _finish(self, life: Life, told: Mapping[str, Any], services: Services) -> None:
        life.settled = life.first_day() - min(_SETTLED, 200 * life.age) - life.number % 1000
        life.waiting = self._day(told["venter"]) if "venter" in told else 0
        life.died = self._day(told["dod"]) if "dod" in told else 0
        life.ended = life.last_day() or 0
        for row in told.get("svar", ()):
            services.decision += 1
            day = self._day(row["vedtatt"])
            quarters = row.get("kvarter", 0)
            is_refusal = row.get("avslag", False)
            answer = Answer(row["kode"], day - 20, day, is_refusal, services.decision, quarters)
            life.answers.append(answer)

    def person(self, kind: str, life: Life) -> Person:
        """Return what is written of a life: one row of answers, and one round of scores."""
        told = kinds()[kind]
        records = Records(self.people, self.municipality, self._chance(kind, life.number))
        person = records.person(life)
        person.person["peEndrDato"] = f"{self.year}0115"
        person.diagnose = person.diagnose[:1]
        since = person.personoppl[0]["poFraDato"]
        person.personoppl = [{**person.personoppl[-1], "poFraDato": since}]
        if told.get("skaar") != "alle":
            person.funksjon = person.funksjon[:_VARIABLES]
            for row in person.funksjon:
                row["fnTilDato"] = text_of(life.died) if life.died else OPEN
        edit(person, told, self.words)
        return person

    def _chance(self, kind: str, number: int) -> Chance:
        return Chance(seed_of("plantet", kind, number % 1000))

    def _day(self, told: str) -> int:
        text = self.words.fill(told)
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).toordinal()
