"""Other values of the same shape: what a checker sees is kept, what it says is not."""

from __future__ import annotations

import re
import secrets
from functools import cache
from itertools import product

from kpr_validator import identity

_DIGITS = "0123456789"
_NUMBER = re.compile(r"(?<![0-9])(?:[0-9]{6}[ .-]?[0-9]{5}|(?:19|20)[0-9]{10})(?![0-9])")
_TENOR = 80  # added to the month: a series that is never given to people
_LONGEST = 200
_ORG_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ELEVEN = 11
_NEW_CENTURY = 2000
_SECRET = secrets.SystemRandom()


def shape(text: str) -> str:
    """Return text of the same shape: letters become x, digits other digits, the rest stays.

    Letters that are not ASCII become x too. Person numbers become invented ones.
    """
    pieces: list[str] = []
    at = 0
    for found in _NUMBER.finditer(text[:_LONGEST]):
        if identity.is_identity(digits := re.sub(r"[^0-9]", "", found[0])):
            pieces += [_plain(text[at : found.start()]), invented(digits)]
            at = found.end()
    return "".join((*pieces, _plain(text[at:_LONGEST])))


def _plain(text: str) -> str:
    return "".join(map(_character, digits(text)))


def _character(character: str) -> str:
    if character.isalpha():
        return "X" if character.isupper() else "x"
    return character


def _other_digit(sign: str) -> str:
    """Return another digit for a digit, never 0, and other signs as they are."""
    if sign not in _DIGITS:
        return sign
    return secrets.choice([other for other in _DIGITS[1:] if other != sign])


def broken(text: str) -> str:
    """Return the text's shape with the letters that are not ASCII left, for broken encodings."""
    kept = (c if not c.isascii() else _character(c) for c in digits(text[:_LONGEST]))
    return "".join(kept)


def digits(text: str) -> str:
    """Return other digits in the place of the digits, as many; never a person number."""
    while identity.has_identity(new := "".join(map(_other_digit, text))):
        pass
    return new


def invented(number: str, years: int = 0) -> str:
    """Return an invented number for a person number, of the same kind, sex and valid or not.

    `years` are added to the year of birth. Fødselsnummer, D- and H-numbers come from
    Tenor's series (month + 80); other kinds get other digits, valid or not as they were.
    """
    found = identity.read(number)
    if found.kind in {identity.BIRTH, identity.D, identity.H} and found.day:
        return _of_tenor(number, found, years)
    if found.kind == identity.STAND_IN:
        return _stand_in(number)
    return _with_check(number)


def _stand_in(number: str) -> str:
    """Return the stand-in for another day of the same year."""
    while True:
        made = f"{_SECRET.randint(1, 28):02}{_SECRET.randint(1, 12):02}{number[4:]}"
        if made != number and identity.read(made).kind == identity.STAND_IN:
            return made


def _of_tenor(number: str, found: identity.Number, years: int) -> str:
    day = _SECRET.randint(1, 28) + (40 if found.kind == identity.D else 0)
    month = _SECRET.randint(1, 12) + _TENOR
    begin = f"{day:02}{month:02}{(found.year + years) % 100:02}"
    odd = found.individual % 2
    series = _series(number, found, years)
    for individual in _SECRET.sample(series[odd::2], 50):
        head = f"{begin}{individual:03}"
        first = _control(head, _WEIGHTS_1) % len(_DIGITS)
        second = _control(f"{head}{first}", _WEIGHTS_2) % len(_DIGITS)
        last = second if found.rest == 0 else (second + 1) % len(_DIGITS)
        made = f"{head}{first}{last}"
        if made != number and (identity.read(made).rest == 0) == (found.rest == 0):
            return made
    return digits(number)


def _series(number: str, found: identity.Number, years: int) -> range:
    """Return the individual numbers of the century that the birth is moved to."""
    born = identity.born(number, "20311231")
    if born is None:
        first = 100 * (found.individual // 100)
        return range(first, first + 100)
    return range(500) if int(born[:4]) + years < _NEW_CENTURY else range(500, 1000)


def _control(head: str, weights: tuple[int, ...]) -> int:
    """Return the control digit; 10 is none."""
    return -sum(w * int(d) for w, d in zip(weights, head, strict=True)) % _ELEVEN


def _with_check(number: str) -> str:
    """Return other digits of which the last two make the number as valid as it was."""
    wanted = identity.read(number)
    for _ in range(_LONGEST):
        head = number[:4] + digits(number[4:-2])
        for last in map("".join, product(_DIGITS, repeat=2)):
            found = identity.read(head + last)
            if found.kind == wanted.kind and found.rest == wanted.rest:
                return head + last
    return digits(number)


@cache
def organisation(nth: int, *, valid: bool) -> str:
    """Return the nth invented organisation number; they begin with 3, the series for tests."""
    return _organisations(valid=valid)[nth]


@cache
def _organisations(*, valid: bool) -> list[str]:
    found: list[str] = []
    for number in range(30_000_000, 30_004_000):
        check = _control(str(number), _ORG_WEIGHTS)
        if check < len(_DIGITS):
            found.append(f"{number}{check if valid else (check + 1) % 10}")
    return found


def is_organisation(number: str) -> bool:
    """Tell whether the control digit of nine digits is right."""
    weights = (*_ORG_WEIGHTS, 1)
    return sum(w * int(d) for w, d in zip(weights, number, strict=True)) % _ELEVEN == 0
