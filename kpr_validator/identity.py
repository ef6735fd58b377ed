"""Recognises a Norwegian person number of any series, so that none is ever shown.

Knows fødselsnummer, D-number (day + 40), H-number (month + 40), synthetic
series (month + 65 and + 80) and FH-number (first digit 8 or 9), with the
control digits of both today's rule and the one from 2032.

Source: Skatteetaten, folkeregisteret-api-dokumentasjon; KITH 11/98; NHN.
"""

from __future__ import annotations

import re

_CANDIDATE = re.compile(r"(?<![0-9])([0-9]{6})[ .-]?([0-9]{5})(?![0-9])")
_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_REST_1 = frozenset({0, 1, 2, 3})  # 1–3 are given out from 2032
_DAYS, _MONTHS = range(1, 32), range(1, 13)
_DAY_SHIFTS = (0, 40)
_MONTH_SHIFTS = (0, 40, 65, 80)


def has_identity(value: str | None) -> bool:
    """Tell whether the value holds eleven digits that pass as a person number."""
    return (
        value is not None
        and len(value) >= len("ddmmyyiiikk")
        and any(is_identity("".join(match.groups())) for match in _CANDIDATE.finditer(value))
    )


def is_identity(number: str) -> bool:
    """Tell whether exactly these eleven digits pass as a person number of any series."""
    digits = [int(digit) for digit in number]
    rest_1 = sum(weight * digit for weight, digit in zip(_WEIGHTS_1, digits, strict=False)) % 11
    rest_2 = sum(weight * digit for weight, digit in zip(_WEIGHTS_2, digits, strict=True)) % 11
    return rest_1 in _REST_1 and rest_2 == 0 and (digits[0] in {8, 9} or _has_date(number))


def _has_date(number: str) -> bool:
    day, month = int(number[:2]), int(number[2:4])
    return any(day - shift in _DAYS for shift in _DAY_SHIFTS) and any(
        month - shift in _MONTHS for shift in _MONTH_SHIFTS
    )


def mask(value: str | None, line: int) -> str | None:
    """Return the value with every person number in it replaced by where it stands."""
    if value is None or not has_identity(value):
        return value
    return _CANDIDATE.sub(
        lambda match: (
            f"‹personnummer, linje {line}›" if is_identity("".join(match.groups())) else match[0]
        ),
        value,
    )
