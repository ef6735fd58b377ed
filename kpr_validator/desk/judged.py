"""One run and everything that is asked about it, in any language and without another run."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING

from kpr_validator.desk import told
from kpr_validator.desk.errors import DeskError
from kpr_validator.desk.found import NO_UNIT, ORDERS, Found, Query
from kpr_validator.desk.progress import FIGURES, FINDINGS
from kpr_validator.feedback import Wish, name_of, writers
from kpr_validator.model import Severity, Verdict
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_json import as_json
from kpr_validator.report.as_pdf import NoEngineError, require_engine
from kpr_validator.report.carried import read_carried
from kpr_validator.report.phrase import phrases, visible
from kpr_validator.report.texts import texts
from kpr_validator.snapshots import of_report
from kpr_validator.suppress import DEFAULT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kpr_validator.compare import Snapshot
    from kpr_validator.desk.given import Given
    from kpr_validator.desk.progress import Progress
    from kpr_validator.desk.told import Json
    from kpr_validator.model import Finding, Report
    from kpr_validator.pipeline import Run

ROWS_SHOWN = 10  # of each rule on the page: the table has them all
_BODY = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_FACETS = ("theme", "severity", "unit", "rule")


class Judged:
    """A submission that has been judged; belongs to the thread that it is made in.

    The findings are looked up in the file once, and told from the table after that.
    """

    def __init__(self, run: Run, judged: Report, file: Given, worklists: tuple[Path, ...]) -> None:
        self.file = file
        self._run = run
        self._worklists = worklists
        self._carried = read_carried(worklists)
        self._found = Found(judged.rules)
        self.report = replace(judged, submission=replace(judged.submission, file=file.name))
        self._firsts: dict[str, Finding] = {}
        self._facets: list[tuple[str, list[tuple[str, str, int]]]] = []
        self._writers: dict[str, Mapping[str, Callable[[Path], None]]] = {}
        self._html: dict[str, str] = {}
        self._snapshot: Snapshot | None = None

    def close(self) -> None:
        """Let the file and all tables go."""
        self._found.close()
        self._run.close()

    def prepare(self, progress: Progress) -> None:
        """Take the findings, and count what is to be shown of numbers."""
        total = max(self.report.total, 1)
        self._found.fill(self.report.cases(), lambda done: progress.say(FINDINGS, done, total))
        self.report = replace(
            self.report,
            findings=lambda: (finding for finding, _ in self._found.cases()),
            cases=self._found.cases,
        )
        self._firsts = self._found.firsts()
        self._facets = [(name, self._found.counts(name)) for name in _FACETS]
        progress.say(FIGURES, 0, 1)
        self.report.figures()
        progress.say(FIGURES, 1, 1)

    def summary(self, language: str) -> Json:
        """Return the answer."""
        return told.summary(self.report, self._firsts, language)

    def json(self, language: str) -> str:
        """Return the report as `check --format json` writes it."""
        return "".join(as_json(self.report, language))

    def html(self, language: str) -> str:
        """Return the report's own page without its head and foot."""
        if language not in self._html:
            page = as_html(self.report, language, self.report.figures(), ROWS_SHOWN)
            self._html[language] = body("".join(page))
        return self._html[language]

    def findings(self, query: Mapping[str, object], language: str) -> Json:
        """Return one part of the findings, and how many there are."""
        total, placed = self._found.page(_query(query), language)
        phrased = phrases(self.report.rules, language)
        carried = self._carried.anew()
        return {"total": total, "rows": [told.row(one, phrased, carried) for one in placed]}

    def person(self, person: str, language: str) -> Json:
        """Return all findings of one person."""
        placed = self._found.of_person(person)
        if not placed:
            raise DeskError("no_person")
        phrased = phrases(self.report.rules, language)
        carried = self._carried.anew()
        rows = [told.row(one, phrased, carried) for one in placed]
        return {"person": person, "total": len(rows), "rows": rows}

    def facets(self, language: str) -> Json:
        """Return what there is to choose among, named, with the number of findings of each."""
        words = texts(language)
        ranks = dict(enumerate(Severity))

        def named(facet: str, value: str | int | None, name: str) -> tuple[str, str]:
            if facet == "severity":
                severity = ranks[int(value or 0)]
                return severity.value, words(f"severity.{severity}")
            if facet == "unit":
                return (str(value), visible(name)) if value else (NO_UNIT, words("desk.no_unit"))
            if facet == "theme":
                return str(value), words.or_word("theme", str(value))
            return str(value), self.report.rules[str(value)].title.in_language(language)

        return {
            facet: [
                dict(zip(("id", "name", "n"), (*named(facet, value, name), n), strict=True))
                for value, name, n in values
            ]
            for facet, values in self._facets
        }

    def snapshot(self) -> Snapshot:
        """Return what is compared."""
        if self._snapshot is None:
            self._snapshot = of_report(self.report)
        return self._snapshot

    def downloads(self, language: str) -> list[str]:
        """Return the names of the files that can be fetched; the first holds all the others."""
        return [f"{name_of(self.report)}.zip", *self._of(language)]

    def write(self, name: str, language: str, path: Path) -> None:
        """Write one of those files but the first, whole or not at all."""
        self._of(language)[name](path)

    def _of(self, language: str) -> Mapping[str, Callable[[Path], None]]:
        if language not in self._writers:
            wish = Wish(
                language=language,
                worklists=self._worklists,
                with_letter=self.report.verdict is not Verdict.UNDECIDED,
                share_limit=DEFAULT_LIMIT,
                with_pdf=_can_make_pdf(),
            )
            self._writers[language] = writers(self.report, wish)
        return self._writers[language]


def body(page: str) -> str:
    """Return what stands in the main part of a page of ours."""
    found = _BODY.search(page)
    return found[1] if found else page


def _query(asked: Mapping[str, object]) -> Query:
    """Return a query of plain values; raises DeskError for what is none."""
    known = {field.name: type(getattr(Query(), field.name)) for field in fields(Query)}
    if any(type(value) is not known.get(name) for name, value in asked.items()):
        raise DeskError("query")
    query = Query(**asked)  # type: ignore[arg-type]
    if query.sort not in ORDERS or query.severity not in {"", *Severity}:
        raise DeskError("query")
    return query


@cache
def _can_make_pdf() -> bool:
    try:
        require_engine()
    except NoEngineError:
        return False
    return True
