"""Runs a page's mutants on its own examples, each example read once."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

from kpr_validator import pipeline
from kpr_validator.check import Checker
from kpr_validator.model import Status
from tests.examples import report_of
from tests.mutation.mutants import Mutant, mutants, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpr_validator.model import Rule, Tally
    from kpr_validator.rules import Example, Page

INVALID = "OperationalError"


class UnsoundError(Exception):
    """A page whose mutants can't be judged; says which and why."""

    def __init__(self, rule: Rule, why: str) -> None:
        super().__init__(f"{rule.id}: {why}")


@dataclass(frozen=True)
class Judged:
    """What became of a page's mutants; those that are no valid SQL are left out."""

    page: Page
    survivors: tuple[Mutant, ...]
    caught: int

    @property
    def total(self) -> int:
        """Return how many mutants were tried."""
        return self.caught + len(self.survivors)


class _Loaded(Checker):
    """A checker that can be used again: what the rule builds on is made once."""

    made: _Loaded

    def prepare(self, rules: Sequence[Rule]) -> dict[str, str]:
        """Make what the rules build on, the first time."""
        if getattr(_Loaded, "made", None) is self:
            return {}
        _Loaded.made = self
        return super().prepare(rules)


def judge(page: Page) -> Judged:
    """Try every mutant of a page until an example catches it."""
    survivors: list[Mutant] = []
    caught = 0
    with _examples(page) as examples:
        _check(page.rule, examples)
        for mutant in mutants(page.rule.sql or ""):
            found = _verdict(replace(page.rule, sql=mutant.sql), examples)
            if found is None:
                continue
            caught += found
            if not found:
                survivors.append(mutant)
    return Judged(page, tuple(survivors), caught)


def _check(rule: Rule, examples: Sequence[tuple[Example, _Loaded]]) -> None:
    """Raise UnsoundError when the examples fail before anything is changed."""
    if _verdict(rule, examples) is not False:
        raise UnsoundError(rule, "its own examples fail; see tests/test_rules.py")
    if _verdict(replace(rule, sql=rewritten(rule.sql or "")), examples) is not False:
        raise UnsoundError(rule, "its SQL means something else when it is written anew")


@contextmanager
def _examples(page: Page) -> Iterator[list[tuple[Example, _Loaded]]]:
    """Read every example of a page; the tables are there as long as the context is open."""
    loaded: list[tuple[Example, _Loaded]] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        for number, example in enumerate(page.examples):
            place = folder / str(number)
            place.mkdir()
            with patch.object(pipeline, "Checker", _Loaded):
                stack.enter_context(report_of(page, example, place))
            loaded.append((example, _Loaded.made))
        yield loaded


def _verdict(rule: Rule, examples: Sequence[tuple[Example, _Loaded]]) -> bool | None:
    """Tell whether an example shows that the rule was changed; None when it can't run at all."""
    for example, checker in examples:
        tallies = list(checker.run([rule]))
        if any((tally.reason or "").startswith(INVALID) for tally in tallies):
            return None
        if not _is_as_told(example, tallies):
            return True
    return False


def _is_as_told(example: Example, tallies: Sequence[Tally]) -> bool:
    violations = sum(tally.violations for tally in tallies)
    population = sum(tally.population for tally in tallies)
    return (
        all(tally.status is not Status.FAILED for tally in tallies)
        and violations == example.count
        and bool(population) == (example.kind != "utenfor")
    )
