"""The numbers of one return: indicators and services, with last year's beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator import database
from kpr_validator.pipeline import NO_RULE, Run
from kpr_validator.triage.model import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpr_validator.figures import Figures
    from kpr_validator.pipeline import Options

SERVICES = "tjenester"  # the table of recipients by service

Counts = Mapping[tuple[str, str], int]


def parts(figures: Figures | None, joined: Iterable[str], options: Options) -> Iterator[Part]:
    """Yield every number of a return, with last year's where there is one.

    `joined` are last year's files of those that became this municipality: their numbers are
    summed, and there is none when any of them can't be read.
    """
    if figures is None:
        return
    last_year = figures.last_year
    before = _sent(last_year) if last_year else _summed(joined, options)
    for part in _own(figures):
        yield part._replace(before=before.get((part.of, part.part)))


def _own(figures: Figures) -> Iterator[Part]:
    for figure in figures.indicators:
        for part in figure.parts:
            yield Part(figure.id, part.id, part.is_teller, part.count.sent, part.count.received)
    for line in next(table.lines for table in figures.tables if table.id == SERVICES):
        if count := line.cells[0].count:
            yield Part(SERVICES, line.id, False, count.sent, count.received)  # noqa: FBT003


def _sent(figures: Figures) -> Counts:
    return {(one.of, one.part): one.sent for one in _own(figures)}


def _summed(paths: Iterable[str], options: Options) -> Counts:
    """Return the sums of several files, each a submission of its own, which no rule judges."""
    alone = replace(options, ident=None, last_year=None, select=(NO_RULE,), ignore=())
    total: Counter[tuple[str, str]] = Counter()
    for path in paths:
        with Run(alone, database.lent) as run:
            figures = run.judge(path).figures()
        if figures is None:
            return {}
        total.update(_sent(figures))
    return total
