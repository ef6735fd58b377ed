"""Hand-made reports for the tests of the renderers. All persons are synthetic."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kpr_validator.model import (
    Case,
    Cause,
    Certainty,
    Consequence,
    Finding,
    Loss,
    Origin,
    Outcome,
    Pointer,
    Report,
    Root,
    Rule,
    Severity,
    Stage,
    StageStatus,
    Status,
    Submission,
    Tally,
    Text,
    Texts,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

HOSTILE = (
    "<script>alert(1)</script>]]>\x1b[31m\x9b2J\u202egal\x00[bold]{0}&amp;\ud800\u00a0" + "x" * 300
)


def saying(
    rule: Rule,
    *,
    title: Text | None = None,
    message: Text | None = None,
    fix: Text | None = None,
    **changes: Any,  # noqa: ANN401  a fact of any kind
) -> Rule:
    """Return a rule like `rule` with other texts or facts."""
    old = rule.texts
    texts = Texts(title or old.title, message or old.message, fix or old.fix)
    return replace(rule, say=lambda: texts, **changes)


PLAN_TEXTS = Texts(
    title=Text(
        "Mangler status for individuell plan",
        "Manglar status for individuell plan",
        "Individuell plan not answered",
    ),
    message=Text(
        "Personen har rehabilitering i året, men {felt} er ikke besvart.",
        "Personen har rehabilitering i året, men {felt} er ikkje svart på.",
        "The person has rehabilitation in the year, but {felt} is not answered.",
    ),
    fix=Text(
        "Registrer status for individuell plan på personen, og ta nytt uttrekk.",
        "Registrer status for individuell plan på personen, og ta nytt uttrekk.",
        "Register the status of individuell plan on the person, and make a new extract.",
    ),
)

PLAN = Rule(
    id="IP-01",
    theme="IP",
    severity=Severity.WARNING,
    consequence=Consequence.NONE,
    certainty=Certainty.DOCUMENTED,
    fields=("poIndPlan",),
    since=2018,
    until=None,
    origin=Origin.INDICATOR,
    cause=Cause.REGISTRATION,
    sources=("kvalitetsindikator 360-13/10391, måltall 5", "helse- og omsorgstjenesteloven § 7-1"),
    say=lambda: PLAN_TEXTS,
    why="Tallet brukes i en **nasjonal** kvalitetsindikator.\n\nUten svar teller personen ikke.",
    sentence="**Gitt** en person, **når** planen ikke er besvart, **så** gi en advarsel.",
    sql="SELECT …",
    source="regel",
    needs=(),
    parameters={},
    follows_from=(),
    path="individuell-plan/IP-01.md",
)

START = saying(
    PLAN,
    title=Text("Dato utenfor perioden", "Dato utanfor perioden", "Date outside the period"),
    message=Text(
        "{felt} er {observert:dato}. KPR godtar {forventet}.",
        "{felt} er {observert:dato}. KPR godtek {forventet}.",
        "{felt} is {observert:dato}. KPR takes {forventet}.",
    ),
    fix=Text(
        "Endre ikke en riktig dato. Rett det som er feil i fagsystemet, og ta nytt uttrekk.",
        "Endre ikkje ein rett dato. Rett det som er feil i fagsystemet, og ta nytt uttrekk.",
        "Do not change a correct date. Correct what is wrong, and make a new extract.",
    ),
    id="KTR-03",
    theme="KTR",
    severity=None,
    fields=(),
    origin=Origin.CONTROL,
    cause=Cause.EXTRACTION,
    sources=("kontroller 3.7",),
    path="felt/KTR-03.md",
)

UNKNOWN = saying(
    PLAN,
    id="XSD-01",
    title=Text("Ukjent element", "Ukjent element", "Unknown element"),
    theme="XSD",
    severity=Severity.FATAL,
    consequence=Consequence.MESSAGE,
    fields=(),
    origin=Origin.SCHEMA,
    cause=Cause.EXTRACTION,
    sources=("skjema 3.7",),
    message=Text("Elementet er ukjent.", "Elementet er ukjent.", "The element is unknown."),
    sql=None,
    source="skjema",
    path="xsd/XSD-01.md",
)

REVIEW = saying(PLAN, id="LMG-01", theme="LMG", title=Text("A", "B", "C"), needs=("fjor",))

RULES = {rule.id: rule for rule in (PLAN, START, UNKNOWN, REVIEW)}

SUBMISSION = Submission(
    file="innsending-2019.xml",
    sha256="ab" * 32,
    format="IPLOS 3.7",
    year=2019,
    rules_year=2019,
    municipality="1820",
    municipality_name="Alstahaug",
    district="00",
    extracted="20200108",
    status_day="20191231",
    persons=1234,
    records={"PERSON": 1234, "PERSONOPPL": 1300, "TJENESTE": 2210},
)

SENT = {
    "PERSON": 1234,
    "PERSONOPPL": 1300,
    "FUNKSJON": 0,
    "TJENESTE": 2210,
    "DIAGNOSE": 0,
    "DOGNTILBUD": 0,
}
OUTCOME = Outcome(
    received=True,
    refused_by=(),
    sent=SENT,
    kept=SENT,
    rows=(),
    values=(),
    persons_without_info=0,
    persons_without_services=0,
    disputed_rows=0,
    disputed_values=0,
)

STAGES = (
    Stage("read", StageStatus.OK, 0.0312),
    Stage("schema", StageStatus.FINDINGS, 0.4),
    Stage("rules", StageStatus.OK, 0.25),
)


def finding(rule: Rule, line: int, **changes: Any) -> Finding:  # noqa: ANN401  any field
    """Return a finding of `rule` at `line`, with the fields given in `changes`."""
    made = Finding(
        rule=rule.id,
        severity=rule.severity or Severity.ERROR,
        consequence=rule.consequence,
        certainty=rule.certainty,
        line=line,
        element="PERSONOPPL",
        field=rule.fields[0] if rule.fields else None,
        person=str(1000 + line),
        record=f"R{line}",
        observed=None,
        expected=None,
        values={},
        fingerprint=f"{rule.id}-{line}".lower(),
    )
    return made._replace(**changes)


def report(
    findings: Iterable[Finding] = (),
    tallies: Iterable[Tally] = (),
    **changes: Any,  # noqa: ANN401
) -> Report:
    """Return a report of `findings`, counted; without tallies, one is made for each rule."""
    found = tuple(findings)
    counts = {severity: sum(f.severity is severity for f in found) for severity in Severity}
    made = Report(
        tool_version="1.0",
        submission=SUBMISSION,
        verdict=Verdict.ACCEPTED_WITH_FINDINGS if found else Verdict.ACCEPTED,
        stages=STAGES,
        tallies=tuple(tallies) or tuple(_tallies(found)),
        counts=counts,
        following=dict.fromkeys(Severity, 0),
        roots=_roots(found),
        outcome=OUTCOME,
        rules=RULES,
        findings=lambda: iter(found),
        cases=lambda: ((finding, Case()) for finding in found),
    )
    return replace(made, **changes)


def _roots(findings: tuple[Finding, ...]) -> tuple[Root, ...]:
    serious = [found for found in findings if found.severity is not Severity.INFO]
    own = Counter((found.rule, found.field) for found in serious if not found.cause)
    following = Counter(found.cause.rule for found in serious if found.cause)
    return tuple(
        Root(rule, field, count, following.pop(rule, 0))
        for (rule, field), count in own.most_common()
    )


def _tallies(findings: tuple[Finding, ...]) -> Iterable[Tally]:
    for rule in sorted({finding.rule for finding in findings}):
        violations = sum(finding.rule == rule for finding in findings)
        yield Tally(rule, None, Status.VIOLATIONS, None, 412, violations)


def typical() -> Report:
    """Return a report with something of everything."""
    plans = [finding(PLAN, 100 + 7 * n) for n in range(37)]
    date = {"severity": Severity.ERROR, "consequence": Consequence.ROW, "element": "TJENESTE"}
    dates = [
        finding(
            START,
            140,
            field="tjFraDato",
            observed="20190231",
            expected="20190101 eller senere",
            **date,
        ),
        finding(
            START,
            150,
            field="tjFraDato",
            observed="20251231",
            expected="20190101 eller senere",
            **date,
        ),
        finding(
            START,
            160,
            field="tjVedtDato",
            observed="19980501",
            expected="20050101 eller senere",
            certainty=Certainty.DISPUTED,
            **date,
        ),
    ]
    plans[0] = plans[0]._replace(cause=Pointer("KTR-03", 140, dates[0].fingerprint))
    tallies = [
        Tally("IP-01", "poIndPlan", Status.VIOLATIONS, None, 412, 37),
        Tally("KTR-03", "tjFraDato", Status.VIOLATIONS, None, 2210, 2),
        Tally("KTR-03", "tjVedtDato", Status.VIOLATIONS, None, 1900, 1),
        Tally("KTR-03", "tjTilDato", Status.PASS, None, 1700, 0),
        Tally("LMG-01", None, Status.SKIPPED, "fjor", 0, 0),
        Tally("XSD-01", None, Status.PASS, None, 1, 0),
    ]
    outcome = OUTCOME._replace(
        kept=SENT | {"TJENESTE": 2208},
        rows=(Loss("TJENESTE", "KTR-03", "tjFraDato", 2, 1),),
        values=(Loss(None, "IP-01", "poIndPlan", 1, 1),),
        persons_without_services=1,
        disputed_rows=1,
    )
    found = sorted([*plans, *dates], key=lambda f: f.line)
    return report(found, tallies, outcome=outcome)


def unreadable() -> Report:
    """Return the report of something that is no message at all."""
    broken = finding(UNKNOWN, 1, element="", person=None, record=None)
    return report(
        [broken],
        submission=Submission(file="tom.xml", sha256=None),
        verdict=Verdict.REJECTED,
        stages=(Stage("read", StageStatus.FINDINGS, 0.001),),
        outcome=None,
    )


def undecided() -> Report:
    """Return a report in which one rule failed."""
    tallies = [
        Tally("IP-01", "poIndPlan", Status.FAILED, "OperationalError: interrupted", 0, 0),
        Tally("XSD-01", None, Status.PASS, None, 1, 0),
    ]
    return report((), tallies, verdict=Verdict.UNDECIDED)


def hostile() -> Report:
    """Return a report in which every value that a file can hold is hostile."""
    bad = finding(
        START,
        5,
        element=HOSTILE,
        field=HOSTILE,
        person=HOSTILE,
        record=HOSTILE,
        observed=HOSTILE,
        expected=HOSTILE,
        consequence=Consequence.VALUE,
    )
    submission = replace(
        SUBMISSION,
        file=HOSTILE,
        municipality=HOSTILE,
        municipality_name=HOSTILE,
        district=HOSTILE,
        extracted=HOSTILE,
        status_day=HOSTILE,
        records={"PERSON": 1},
    )
    tallies = [
        Tally("KTR-03", HOSTILE, Status.VIOLATIONS, None, 2, 1),
        Tally("KTR-03", "x", Status.VIOLATIONS, None, 2, 1),
        Tally("IP-01", HOSTILE, Status.FAILED, HOSTILE, 0, 0),
        Tally("LMG-01", HOSTILE, Status.SKIPPED, HOSTILE, 0, 0),
    ]
    stages = (Stage(HOSTILE, StageStatus.FAILED, 0.1),)
    return report([bad], tallies, submission=submission, verdict=Verdict.UNDECIDED, stages=stages)
