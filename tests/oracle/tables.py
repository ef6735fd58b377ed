"""What stands in each cell of the tables: a count, or a count of a count."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tests.oracle.facts import CODES, OLD_HOUSING, REFUSED, code_of, day
from tests.oracle.indicators import HOME_NURSING
from tests.oracle.stays import REHABILITATION_STAY
from tests.oracle.words import (
    AT_HOME,
    LONG_STAY,
    has_day_in_year,
    has_dementia,
    is_at_home,
    is_recipient,
    is_rehabilitated_at_home,
    is_resident,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.oracle.facts import Facts, Year
    from tests.oracle.reading import Row


class Number(NamedTuple):
    """A number, out of `of` where it is a share."""

    number: int
    of: int | None = None


# Line and column (by number) of what is not 0; shares are there though they are 0.
Cells = dict[tuple[str, int], Number]

VARIABLES = [str(number) for number in range(1, 19)]
SCORES = ("1", "2", "3", "4", "5", "9")
OTHER_SCORE, WITHOUT_SCORE = 6, 7
ANSWERS = (
    "poHusstand", "poOmsorgBarn", "poPrivHjelp", "poBoligTilr", "poVurdTann", "poVurdLege",
    "poIndPlan", "poHarKoordinator", "poArbBistBehov", "poArbTranspBehov", "poFriBistBehov",
    "poFriTranspBehov", "poErnKartlagt",
)  # fmt: skip
AGES = (
    (18, "under_18"), (50, "fra_18"), (67, "fra_50"), (80, "fra_67"), (90, "fra_80"),
    (1000, "fra_90"),
)  # fmt: skip
STEPS = {
    "trygghetsalarm": (6,), "hjemmehjelp": (1, 2), "dagsenter": (4,),
    "hjemmesykepleie": (HOME_NURSING,), "omsorgsstoenad": (11,), "bpa": (3,),
    "korttid": (8, 18, 20), "rehabilitering": (REHABILITATION_STAY,), "langtid": (LONG_STAY,),
}  # fmt: skip
HOUSING_CODES = (12, 13, 29)
FATES = {
    "counted": 1, "not counted": 2, "refused": 3, "without start": 4, "later": 5, "not then": 6,
}  # fmt: skip


def tabulate(people: list[Facts], year: Year) -> dict[str, Cells]:
    """Return the cells of each table that are not 0."""
    return {
        "tjenester": _tally(line for one in people for line in _received(one, year)),
        "langtidsopphold": _mapped([one for one in people if is_resident(one)], stays=True),
        "hjemmeboende": _mapped([one for one in people if is_at_home(one)], stays=False),
        "tjenestekoder": _tally(cell for one in people for cell in _fates(one)),
        "omsorgstrappen": _tally((step, 0) for one in people for step in _steps(one, year)),
        "demens": _tally(cell for one in people for cell in _dementia(one)),
        "funksjon": _tally(cell for one in people for cell in _scored(one)),
    }


def _tally(cells: Iterable[tuple[str, int]]) -> Cells:
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for cell in cells:
        counts[cell] += 1
    return {cell: Number(count) for cell, count in counts.items()}


def _received(one: Facts, year: Year) -> Iterator[tuple[str, int]]:
    """Yield the lines of the services that the person received in the year."""
    codes = {service.counted_code for service in one.services if service.is_counted}
    yield from ((str(code), 0) for code in codes - {AT_HOME})
    if is_rehabilitated_at_home(one):
        yield "rehabilitering", 0
    if year.number >= 2019 and one.has(AT_HOME):
        yield "16", 0
    if is_recipient(one):
        yield "mottakere", 0


def _mapped(group: list[Facts], *, stays: bool) -> Cells:
    """Return how many of a group have an answer to each question."""
    assessed = [one for one in group if one.answer("poErnKartlagt") == "1"]
    at_risk = [one for one in group if one.answer("poErnRisiko") == "1"]
    asked = [(field, group) for field in ANSWERS]
    asked += [("poErnRisiko", assessed), ("poErnPlan", at_risk)]
    asked += [("poLegeMiddGj", group)] if stays else []
    shares = {field: _share([bool(one.answer(field)) for one in whom]) for field, whom in asked}
    shares["diagnose"] = _share([_is_diagnosed(one) for one in group])
    scores = [_scores_now(one) for one in group]
    for variable in VARIABLES:
        shares[f"funksjon_{variable}"] = _share([variable in found for found in scores])
    cells = {(line, 0): share for line, share in shares.items()}
    return cells | ({("personer", 0): Number(len(group))} if group else {})


def _share(answered: list[bool]) -> Number:
    return Number(sum(answered), len(answered))


def _is_diagnosed(one: Facts) -> bool:
    return any(
        has_day_in_year(one, row["diFraDato"], row["diTilDato"])
        for row in one.person.of("DIAGNOSE")
    )


def _scores_now(one: Facts) -> dict[str, str]:
    """Return the score in force for each variable on the status day: what began last."""
    latest: dict[str, tuple[str, int, str]] = {}
    for place, row in enumerate(one.person.of("FUNKSJON")):
        start, end, status = row["fnFraDato"], row["fnTilDato"], one.year.status
        if row["fnFunkVerdi"] and start <= status and (not day(end) or end >= status):
            told = start, place, row["fnFunkVerdi"]
            latest[row["fnFunkType"]] = max(told, latest.get(row["fnFunkType"], told))
    living = latest if one.lives else {}
    return {name: score for name, (_, _, score) in living.items() if name in VARIABLES}


def _scored(one: Facts) -> Iterator[tuple[str, int]]:
    if not any(service.is_counted and service.is_now for service in one.services):
        return
    found = _scores_now(one)
    for variable in VARIABLES:
        score = found.get(variable)
        if score is None:
            yield variable, WITHOUT_SCORE
        else:
            yield variable, SCORES.index(score) if score in SCORES else OTHER_SCORE


def _fates(one: Facts) -> Iterator[tuple[str, int]]:
    """Yield for each service that it was sent, and what becomes of it."""
    active = {id(service.row): service for service in one.services}
    for row in one.person.of("TJENESTE"):
        code = code_of(row["tjTjenType"])
        line = str(code) if code in CODES | OLD_HOUSING else "ukjent"
        service = active.get(id(row))
        yield line, 0
        if service:
            yield line, FATES["counted" if service.is_counted else "not counted"]
        else:
            yield line, FATES[_why_not_active(row, one.year)]


def _why_not_active(row: Row, year: Year) -> str:
    start = row["tjFraDato"]
    if row["tjVedtak"] == REFUSED:
        return "refused"
    if not day(start):
        return "without start"
    return "later" if start > year.last else "not then"


def _steps(one: Facts, year: Year) -> Iterator[str]:
    """Yield the steps of omsorgstrappen that the person is on."""
    for step, codes in STEPS.items():
        if one.has(*codes, now=True, counted=True):
            yield step
    if one.has(*HOUSING_CODES, now=True, counted=True):
        around = year.number >= 2019 and one.is_flagged("poHeldg")
        yield "bolig_heldoegn" if around else "bolig"


def _dementia(one: Facts) -> Iterator[tuple[str, int]]:
    """Yield the age and the columns of one with dementia."""
    if not has_dementia(one):
        return
    age = one.age
    line = "ukjent" if age is None else next(name for below, name in AGES if age < below)
    for column, holds in enumerate((is_recipient(one), is_at_home(one), is_resident(one))):
        if holds:
            yield line, column
            yield "alle", column
