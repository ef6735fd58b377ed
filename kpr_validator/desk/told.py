"""What a desk tells, as plain values: files, the answer, causes, rows, rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpr_validator.desk.roles import may_be
from kpr_validator.model import Consequence, Finding, Severity
from kpr_validator.receipt import rule_set
from kpr_validator.report.digest import theme
from kpr_validator.report.effect import disputed, lost
from kpr_validator.report.facts import facts, remarks
from kpr_validator.report.phrase import file_name, phrases, plain, visible
from kpr_validator.report.texts import texts
from kpr_validator.report.worklist import made
from kpr_validator.rules import all_rules
from kpr_validator.succession import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpr_validator.desk.found import Placed
    from kpr_validator.desk.given import Given, Problem
    from kpr_validator.desk.roles import Role
    from kpr_validator.model import Report, Root, Rule
    from kpr_validator.report.carried import Carried
    from kpr_validator.report.phrase import Phrases

Json = dict[str, object]

MOST_CAUSES = 25
_PLACEHOLDER = re.compile(r"\{(\w+)(?::\w+)?\}")
WORDS = (
    *("desk", "verdict", "severity", "severity_meaning", "theme", "stage", "worklist.column"),
    "web.error",
)


def words(language: str) -> dict[str, str]:
    """Return the texts that a page needs, by their keys."""
    return {
        key: text
        for key, text in texts(language).entries.items()
        if key.startswith(tuple(f"{table}." for table in WORDS))
    }


def file(given: Given, role: Role, language: str) -> Json:
    """Return what is known of a file."""
    return {
        "id": given.id,
        "name": file_name(given.name),
        "kind": given.kind.value,
        "year": given.year,
        "municipality": given.municipality,
        "municipality_name": named(given.municipality) if given.municipality else None,
        "extracted": texts(language).date(given.extracted) if given.extracted else None,
        "persons": given.persons,
        "size": given.size,
        "problem": _problem(given.problem, language) if given.problem else None,
        "inside": given.inside,
        "role": role.value,
        "may_be": [role.value for role in may_be(given)],
    }


def _problem(problem: Problem, language: str) -> str:
    """Return why a file can't be used, as the page of the finding says it."""
    rule = all_rules().get(problem.word)
    if rule is None:
        return texts(language)(problem.word)
    finding = Finding(
        rule=rule.id,
        severity=rule.severity or Severity.ERROR,
        consequence=rule.consequence,
        certainty=rule.certainty,
        line=problem.line,
        element="",
        field=None,
        person=None,
        record=None,
        observed=None,
        expected=None,
        values=problem.values,
        fingerprint="",
    )
    return phrases({rule.id: rule}, language).message(finding)


def summary(report: Report, firsts: Mapping[str, Finding], language: str) -> Json:
    """Return the answer and what it rests on; `firsts` is the first finding of each rule."""
    phrased = phrases(report.rules, language)
    say, told = phrased.words, report.submission
    return {
        "verdict": report.verdict.value,
        "word": say(f"verdict.word.{report.verdict}"),
        "sentence": say(f"verdict.sentence.{report.verdict}"),
        "next": say(f"verdict.next.{report.verdict}"),
        "counts": {severity.value: report.counts[severity] for severity in Severity},
        "following": sum(report.following.values()),
        "total": report.total,
        "causes": _causes(report.roots, firsts, phrased),
        "effects": [*lost(report.outcome, phrased)] if report.outcome else [],
        "disputed": [*disputed(report.outcome, phrased)] if report.outcome else [],
        "facts": [list(fact) for fact in facts(told, say)],
        "remarks": list(remarks(told, say)),
        "submission": {
            "file": file_name(told.file),
            "sha256": told.sha256,
            "format": told.format,
            "year": told.year,
            "municipality": visible(told.municipality or "") or None,
            "municipality_name": told.municipality_name,
            "persons": told.persons,
        },
        "versions": {"tool": report.tool_version, "rule_set": rule_set()},
    }


def _causes(roots: Iterable[Root], firsts: Mapping[str, Finding], phrased: Phrases) -> list[Json]:
    told = [root for root in roots if root.rule in firsts]
    total = sum(root.own + root.following for root in told)
    return [
        {
            "rule": root.rule,
            "title": phrased.rules[root.rule].title.in_language(phrased.words.language),
            "severity": firsts[root.rule].severity.value,
            "field": phrased.field_name(root.field) if root.field else None,
            "own": root.own,
            "following": root.following,
            "share": phrased.words.percent(root.own + root.following, total),
            "fix": phrased.fix(firsts[root.rule]),
        }
        for root in told[:MOST_CAUSES]
    ]


def row(placed: Placed, phrased: Phrases, carried: Carried) -> Json:
    """Return one finding: what it is asked by, and under `told` the line of the work list."""
    finding, case = placed.finding, placed.case
    line = made(finding, case, phrased, carried)._asdict()
    del line["before"]
    follows = finding.cause and {"rule": finding.cause.rule, "line": finding.cause.line}
    return {
        "nr": placed.nr,
        "rule": finding.rule,
        "title": phrased.rules[finding.rule].title.in_language(phrased.words.language),
        "theme": theme(finding.rule),
        "severity": finding.severity.value,
        "line": finding.line,
        "person": None if finding.person is None else visible(finding.person),
        "unit": None if case.unit is None else visible(case.unit),
        "follows": follows,
        "consequence": phrased.harm([(finding.consequence, finding.certainty)]) or None,
        "told": line,
    }


def rule(found: Rule, language: str) -> Json:
    """Return a rule's page as plain text.

    The requirement, why, and the sources are written in bokmål: in English they are left out.
    """
    is_shown = language != "en"
    say = texts(language)
    severity = found.severity.value if found.severity else None
    return {
        "id": found.id,
        "title": found.title.in_language(language),
        "theme": found.theme,
        "severity": severity,
        "consequence": say(f"consequence.{found.consequence}"),
        "certainty": (
            None if found.consequence is Consequence.NONE else say(f"certainty.{found.certainty}")
        ),
        "cause": say(f"cause.{found.cause.name.lower()}"),
        "origin": say(f"origin.{found.origin.name.lower()}"),
        "fields": [phrases({}, language).field_name(field) for field in found.fields],
        "message": _unfilled(found.message.in_language(language)),
        "fix": _unfilled(found.fix.in_language(language)),
        "sentence": plain(found.sentence) if is_shown else None,
        "why": [plain(part) for part in found.why.split("\n\n") if part.strip() and is_shown],
        "sources": list(found.sources) if is_shown else [],
        "since": found.since,
        "until": found.until,
    }


def _unfilled(text: str) -> str:
    """Return a text with the names of what is filled in: «‹felt› er ‹observert›»."""
    return _PLACEHOLDER.sub(r"‹\1›", text)
