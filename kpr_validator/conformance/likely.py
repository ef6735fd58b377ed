"""Why an export differs from what was entered: the extraction faults that are seen in practice.

Each answer is a word that reports put into a sentence. It is a guess, the first that fits;
`UNKNOWN` when none does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpr_validator.conformance.fasit import ABSENT, PRESENT
from kpr_validator.conformance.match import near, plain
from kpr_validator.scrub.renumber import ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kpr_validator.conformance.export import Row
    from kpr_validator.conformance.fasit import Record
    from kpr_validator.conformance.match import Match

UNKNOWN = "unknown"
REFUSED = "1"
_NOW = "9999"
_REHABILITATION = "16"
_ISO = re.compile("([0-9]{4})-?([0-9]{2})-?([0-9]{2}).*")
_NORWEGIAN = re.compile(r"([0-9]{1,2})\.?([0-9]{2})\.?([0-9]{4})")
_SWAPPED = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_STAND_INS = re.compile("(?:20[4-9]|2[1-9]|[3-9])[0-9]+|9+|0+")
# Codes from before 2019, by field: what is right now, and what it was.
_OLD_CODES = {
    "poIndPlan": {"4": "9"},
    "poHarKoordinator": {"4": "9", "1": "11", "2": "12", "3": "13"},
    "tjTjenType": {"29": "12 13"},
    "poLegeMiddGj": {"2": "9"},
    "poErnKartlagt": {"2": "9"},
    "poErnRisiko": {"2": "9"},
    "poErnPlan": {"2": "9"},
}
_DEFAULTS = frozenset({"0", "2", "9", "6", "00", "000000000", "999999999"})
_EARLY = "2005"


def of_lost_row(record: Record, match: Match, last: str) -> str:
    """Return why a row may be lacking; `last` is the last day of the data year."""
    kept = any(pair.row for pair in match.pairs if pair.record and pair.record.decision)
    since, until = _span(record)
    is_service = record.element == "TJENESTE"
    checks = {
        "dead": match.sent is None and "peDodDato" in match.person.fields,
        "person": match.sent is None,
        "refusal": record.fields.get("tjVedtak") == REFUSED,
        "not_started": is_service and not since,
        "collapsed": _is_merged(record, match),
        "chain": record.decision is not None and kept,
        "ended": is_service and until <= last,
        "closed": until <= last,
        "early": since[:4] < _EARLY,
    }
    return next((word for word, fits in checks.items() if fits), UNKNOWN)


def _span(record: Record) -> tuple[str, str]:
    """Return the first and last day of a row; the last of an open one comes after all days."""
    days = {field[2:]: value for field, value in record.fields.items()}
    return days.get("FraDato", ""), plain("poTilDato", days.get("TilDato")) or _NOW


def _is_merged(record: Record, match: Match) -> bool:
    """Tell whether a later row of the history has been given a first day as early as this one's."""
    since = _span(record)[0]
    return any(
        pair.record.element == record.element and _first(pair.row) <= since < _span(pair.record)[0]
        for pair in match.pairs
        if pair.record and pair.row and pair.record.id != record.id
    )


def _first(row: Row) -> str:
    return next((value for name, value in row.fields.items() if name[2:] == "FraDato"), _NOW)


def of_added_row(row: Row, record: Record | None, match: Match, last: str) -> str:
    """Return why a row may be there that should not be; `record` is one that must not be sent."""
    others = [pair for pair in match.pairs if pair.row and pair.row.place != row.place]
    own = {name: value for name, value in row.fields.items() if not name.endswith("ID")}
    checks = {
        "leftover": row.fields.get("tjTjenType", "").lstrip("0") == _REHABILITATION,
        "after": last < _first(row) < _NOW,
        "double": any(
            own == {n: v for n, v in pair.row.fields.items() if not n.endswith("ID")}
            for pair in others
            if pair.row
        ),
        "expected_absent": record is not None and record.expect == ABSENT,
    }
    return next((word for word, fits in checks.items() if fits), UNKNOWN)


def of_changed(field: str, expected: str, observed: str, match: Match, last: str) -> str:
    """Return why a value may be another."""
    for word, check in _CHANGES.items():
        if check(field, expected, observed):
            return word
    lost = (pair.record for pair in match.pairs if pair.record and not pair.row)
    if field.endswith("FraDato") and any(record.fields.get(field) == observed for record in lost):
        return "collapsed"
    if plain(field, observed) in _other_values(field, match):
        return "other_row"
    is_end = field.endswith("TilDato")
    return "closed_at_year_end" if is_end and not expected and observed == last else UNKNOWN


def _other_values(field: str, match: Match) -> Iterator[str | None]:
    for record in match.person.records:
        if record.expect == PRESENT and field in record.fields:
            yield plain(field, record.fields[field])


def _form(_field: str, expected: str, observed: str) -> bool:
    iso, norwegian = _ISO.fullmatch(observed), _NORWEGIAN.fullmatch(observed)
    return (iso is not None and "".join(iso.groups()) == expected and observed != expected) or (
        norwegian is not None and f"{norwegian[3]}{norwegian[2]}{int(norwegian[1]):02}" == expected
    )


def _swapped(_field: str, expected: str, observed: str) -> bool:
    found = _SWAPPED.fullmatch(expected)
    return found is not None and f"{found[1]}{found[3]}{found[2]}" == observed


def _zeros(_field: str, expected: str, observed: str) -> bool:
    return expected != observed and expected.lstrip("0") == observed.lstrip("0")


def _old_code(field: str, expected: str, observed: str) -> bool:
    return observed.lstrip("0") in _OLD_CODES.get(field, {}).get(expected, "").split()


def _comma(_field: str, expected: str, observed: str) -> bool:
    return "," in observed and plain("tjTimerUke", observed.replace(",", ".")) == expected


def _decimals(field: str, expected: str, observed: str) -> bool:
    if not field.endswith("TimerUke") or not observed.replace(".", "").isdecimal():
        return False
    whole = expected.partition(".")[0]
    moved = {f"{float(expected) * factor:g}" for factor in (10, 100)}
    return observed in {whole, str(round(float(expected)))} | moved


def _unit_zero(field: str, expected: str, observed: str) -> bool:
    return field in ORGANISATION and observed == f"{expected}0"


_CHANGES: Mapping[str, Callable[[str, str, str], bool]] = {
    "spaces": lambda _field, expected, observed: observed.strip() == expected,
    "day": lambda _field, expected, observed: near(expected, observed),
    "swapped": _swapped,
    "form": _form,
    "old_code": _old_code,
    "zeros": _zeros,
    "unit_zero": _unit_zero,
    "comma": _comma,
    "decimals": _decimals,
    "age": lambda field, expected, observed: (
        field == "peAlder" and observed.isdecimal() and abs(int(observed) - int(expected)) == 1
    ),
    "cut": lambda _field, expected, observed: len(observed) > 1 and expected.startswith(observed),
}


def of_added_value(field: str, observed: str, match: Match, last: str) -> str:
    """Return why a value may be there that was never entered."""
    if field.endswith("TilDato"):
        if observed == last:
            return "closed_at_year_end"
        return "open_end" if _STAND_INS.fullmatch(observed) else UNKNOWN
    if observed > last and field.endswith("Dato"):
        return "after"
    if observed in _DEFAULTS:
        return "default"
    return "other_row" if plain(field, observed) in _other_values(field, match) else UNKNOWN


def of_lost_value(field: str, expected: str, lost: int, wanted: int, match: Match) -> str:
    """Return why a value may be lacking, as it is in `lost` of `wanted` rows."""
    if field.endswith("TilDato"):
        return "opened"
    if lost == wanted > 1:
        return "field"
    rows = (pair.row for pair in match.pairs if pair.row)
    values = (plain(field, row.fields.get(field)) for row in rows)
    return "one_row" if expected in values else UNKNOWN
