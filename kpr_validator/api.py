"""The validator as a library: `validate(…)` gives a Report to ask, to test with and to keep."""

from __future__ import annotations

import io
import json
import os
import weakref
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from kpr_validator import pipeline, rendering
from kpr_validator.config import Config, read_config, rules_by
from kpr_validator.model import Severity, Verdict
from kpr_validator.report.as_json import as_json
from kpr_validator.report.phrase import phrases
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.figures import Figures
    from kpr_validator.model import Consequence, Outcome, Submission, Tally
    from kpr_validator.model import Finding as Found
    from kpr_validator.model import Report as Judged

AnyPath = str | os.PathLike[str]
RULES_TOLD, LINES_TOLD = 10, 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in one place, in words; the attributes are those of the JSON report.

    `line` is 1-based. `person` is the pePeID and `record` the row's own id.
    `follows` tells whether another finding is its cause, so that it is not counted.
    """

    rule: str
    severity: Severity
    consequence: Consequence
    line: int
    element: str
    field: str | None
    person: str | None
    record: str | None
    observed: str | None
    message: str
    fix: str
    fingerprint: str
    follows: bool


class Report:
    """What came of one submission; iterating gives its findings by line, rule and field.

    It holds the file and its tables until it is closed, by `close()`, by a `with`
    block or when nothing refers to it any more. It belongs to the thread it was made in.
    """

    def __init__(self, run: pipeline.Run, judged: Judged, language: str) -> None:
        self._judged = judged
        self._language = language
        self.close = weakref.finalize(self, run.close)

    def __enter__(self) -> Self:
        """Return the report itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @property
    def verdict(self) -> Verdict:
        """Return whether the submission can be sent."""
        return self._judged.verdict

    @property
    def submission(self) -> Submission:
        """Return what was judged: format, year, municipality, numbers of records."""
        return self._judged.submission

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Return the findings that stand on their own, by severity."""
        return self._judged.counts

    @property
    def rules(self) -> Sequence[Tally]:
        """Return how each rule went: whom it is about, how many break it, or why it did not run."""
        return self._judged.tallies

    @property
    def outcome(self) -> Outcome | None:
        """Return what KPR will do with the submission; None when no annual message was read."""
        return self._judged.outcome

    def figures(self) -> Figures | None:
        """Return the indicators and tables; None when the message was not read to its end."""
        return self._judged.figures()

    def ok(self, fail_on: Severity | str = Severity.ERROR) -> bool:
        """Tell whether the check was completed and nothing as serious as `fail_on` was found."""
        if self.verdict is Verdict.UNDECIDED:
            return False
        return not self._judged.reaches(Severity(fail_on))

    def __iter__(self) -> Iterator[Finding]:
        """Yield every finding; may be done many times."""
        phrased = phrases(self._judged.rules, self._language)
        for found in self._judged.findings():
            yield Finding(
                rule=found.rule,
                severity=found.severity,
                consequence=found.consequence,
                line=found.line,
                element=found.element,
                field=found.field,
                person=found.person,
                record=found.record,
                observed=found.observed,
                message=phrased.message(found),
                fix=phrased.fix(found),
                fingerprint=found.fingerprint,
                follows=found.cause is not None,
            )

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `schemas/report.schema.json` describes it."""
        whole: dict[str, Any] = json.loads("".join(as_json(self._judged, self._language)))
        return whole

    def write(self, path: AnyPath) -> None:
        """Write the report in the format of the file's ending, whole or not at all.

        Raises ValueError for an ending that names no format.
        """
        target = Path(path)
        format_ = target.suffix.removeprefix(".")
        if format_ not in rendering.EVERY:
            message = f"no format is called «{format_}»"
            raise ValueError(message)
        rendering.save(self._judged, format_, target, rendering.Way(self._language))

    def explain(self, fail_on: Severity | str = Severity.ERROR) -> str:
        """Return in a few lines what is as serious as `fail_on`, without any person's values."""
        level = Severity(fail_on).rank
        words = texts(self._language)
        lines = [f"{self.submission.file}: {words(f'verdict.word.{self.verdict}')}"]
        by_rule: defaultdict[str, list[Found]] = defaultdict(list)
        for found in self._judged.findings():
            if found.severity.rank <= level:
                by_rule[found.rule].append(found)
        for rule, finds in list(by_rule.items())[:RULES_TOLD]:
            title = self._judged.rules[rule].title.in_language(self._language)
            places = ", ".join(f"{f.element}/{f.field or '-'}:{f.line}" for f in finds[:LINES_TOLD])
            lines.append(f"  {rule} ({len(finds)}) {title}: {places}")
        if len(by_rule) > RULES_TOLD:
            lines.append(f"  … (+{len(by_rule) - RULES_TOLD})")
        return "\n".join(lines)


def validate(  # noqa: PLR0913  what may belong to a submission
    source: AnyPath | bytes | IO[bytes],
    *,
    ident: AnyPath | None = None,
    last_year: AnyPath | None = None,
    previous: AnyPath | None = None,
    units: AnyPath | None = None,
    test_data: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    config: AnyPath | None = None,
    rules: Sequence[AnyPath] = (),
    language: str = "nb",
) -> Report:
    """Check one annual submission, given as a path, as bytes or as a binary stream.

    `ident`, `last_year`, `previous` and `units` are files that belong to it. `select`
    and `ignore` are rule ids or the beginnings of them, `config` a kpr.toml, `rules`
    folders with more rule pages. A faulty submission is a Report and not an exception.
    Raises FileNotFoundError for a file that is not there, UnfinishedError when one
    can't be read to its end, and ConfigError when `config` or `rules` can't be used.
    """
    chosen = read_config(Path(config)) if config else Config()
    path, stream = _opened(source)
    options = pipeline.Options(
        ident=_text(ident),
        last_year=_text(last_year),
        previous=_text(previous),
        units=_text(units),
        test_data=test_data,
        rules=rules_by(chosen, map(Path, rules)),
        select=tuple(select) or chosen.select,
        ignore=(*ignore, *chosen.ignore),
        stdin=stream,
    )
    run = pipeline.Run(options)
    try:
        judged = run.judge(path)
    except BaseException:
        run.close()
        raise
    return Report(run, judged, language)


def _opened(source: AnyPath | bytes | IO[bytes]) -> tuple[str, IO[bytes]]:
    """Return the path as the line knows it, and what «-» stands for."""
    if isinstance(source, (str, os.PathLike)):
        return str(Path(source).absolute()), io.BytesIO()
    return "-", io.BytesIO(source) if isinstance(source, bytes) else source


def _text(path: AnyPath | None) -> str | None:
    return None if path is None else os.fspath(path)
