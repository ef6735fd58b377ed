"""Write a large, realistic annual submission (IPLOS 3.7, data year 2019).

`python -m tests.bench.writer --persons 20000 --seed 7 --faults 0.02 OUT.xml`
gives about 118 MB and 560 000 records; the same seed gives the same bytes
everywhere. The file is streamed: memory does not grow with the persons.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.chance import Chance
from tests.bench.faults import add_findings, add_rule_fault, break_schema
from tests.bench.people import KOMMUNE, Person, clean_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.services import Fields

PERSON_FIELDS = (
    "peAlder", "peKjonn", "peKomnr", "peBydelsnr", "peFraDato", "peDodDato", "peEndrDato",
)  # fmt: skip
CLASSES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "PERSONOPPL": ("poPeID", "poPoID", (
        "poHusstand", "poOmsorgBarn", "poPrivHjelp", "poBoligTilr", "poVurdTann", "poVurdLege",
        "poIndPlan", "poHarKoordinator", "poArbBistBehov", "poArbBistMottar",
        "poArbTranspBehov", "poArbTranspMottar", "poFriBistBehov", "poFriBistMottar",
        "poFriTranspBehov", "poFriTranspMottar", "poLegeMiddGj", "poLegeMiddGjDato",
        "poErnKartlagt", "poErnKartlagtDato", "poErnRisiko", "poErnRisikoDato",
        "poErnPlan", "poErnPlanDato", "poFraDato", "poTilDato", "poVenteliste",
        "poVentelisteDato", "poHeldg", "poHab", "poHabDato",
    )),
    "FUNKSJON": ("fnPeID", "fnFnID", ("fnFunkType", "fnFunkVerdi", "fnFraDato", "fnTilDato")),
    "TJENESTE": ("tjPeID", "tjTjID", (
        "tjTjenType", "tjSoknadDato", "tjVedtDato", "tjVedtak", "tjTimerUke", "tjResTimerUke",
        "tjRullerende", "tjInstOrgnr", "tjFraDato", "tjTilDato", "tjKlageMottatt",
        "tjKlageBesvart",
    )),
    "DIAGNOSE": ("diPeID", "diDiID", ("diKodeVersjon", "diDiagKode", "diFraDato", "diTilDato")),
    "DOGNTILBUD": ("dgPeID", "dgDgID", ("dgInstOrgnr", "dgFraDato", "dgTilDato")),
}  # fmt: skip

HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- Syntetiske testdata. Ingen personer eller virksomheter finnes. -->
<IPLOS xmlns="http://www.npr.no/xmlstds/iplos/2019" versjon="3.7">
 <INNHINFO>
  <iiInnhType>P</iiInnhType>
  <iiKomnr>{KOMMUNE}</iiKomnr>
  <iiBydelsnr>00</iiBydelsnr>
  <iiKontakt>
   <Type>1</Type>
   <Navn>Testperson A</Navn>
   <Telefon>00000000</Telefon>
   <Epost>a@kommunen.invalid</Epost>
  </iiKontakt>
  <iiKontakt>
   <Type>2</Type>
   <Navn>Testperson B</Navn>
   <Telefon>00000000</Telefon>
   <Epost>b@kommunen.invalid</Epost>
  </iiKontakt>
  <iiFraDato>20190101</iiFraDato>
  <iiTilDato>20191231</iiTilDato>
  <iiLagetDato>20200108</iiLagetDato>
  <iiSysID>TESTSYSTEM</iiSysID>
  <iiSysVersjon>1.0</iiSysVersjon>
  <iiLopenr>1</iiLopenr>
 </INNHINFO>
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the file shall hold; the shares are of the persons, 0..1."""

    persons: int
    seed: int = 7
    faults: float = 0.0
    invalid: float = 0.0
    findings_per_person: int = 0


def write(path: Path, wish: Wish) -> None:
    """Write the wished submission to `path`, with LF line ends on every platform."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD)
        for lines in _persons(wish):
            out.write("\n".join(lines))
            out.write("\n")
        out.write("</IPLOS>\n")


def _persons(wish: Wish) -> Iterator[list[str]]:
    people, faults = Chance(wish.seed), Chance(wish.seed + 1)
    for number in range(1, wish.persons + 1):
        person = clean_person(number, people)
        if faults.yes(wish.faults):
            add_rule_fault(person, faults)
        if wish.findings_per_person:
            add_findings(person, wish.findings_per_person)
        lines = list(_lines(person))
        yield break_schema(lines, faults) if faults.yes(wish.invalid) else lines


def _lines(person: Person) -> Iterator[str]:
    """Yield one line per tag pair, indented by one space per level."""
    yield f' <PERSON pePeID="{person.number}">'
    yield from _fields("  ", PERSON_FIELDS, person.facts)
    for name, (parent, own, order) in CLASSES.items():
        rows: list[Fields] = getattr(person, name.lower())
        for number, row in enumerate(rows, 1):
            yield f'  <{name} {parent}="{person.number}" {own}="{number}">'
            yield from _fields("   ", order, row)
            yield f"  </{name}>"
    yield " </PERSON>"


def _fields(indent: str, order: tuple[str, ...], row: Fields) -> Iterator[str]:
    for name in order:
        if name in row:
            yield f"{indent}<{name}>{row[name]}</{name}>"


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.writer", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--faults", type=float, default=0.02, help="share with a rule fault")
    parser.add_argument("--invalid", type=float, default=0.0, help="share with a schema fault")
    parser.add_argument("--findings-per-person", type=int, default=0)
    given = vars(parser.parse_args())
    write(given.pop("out"), Wish(**given))


if __name__ == "__main__":
    main()
