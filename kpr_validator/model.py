"""The words of the program: what a submission, a finding and a report are.

Everything that passes from one stage to the next is defined here, so that the
stages need not know each other. Imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kpr_validator.figures import Figures

LANGUAGES = ("nb", "nn", "en")
NOT_READ, NOT_CHOSEN, NOT_ANNUAL = "unread", "select", "annual"  # put into words by reports

Value = str | int | float | None


class Severity(StrEnum):
    """How serious a finding is, in our four plain words, worst first."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Return 0 for the worst severity and 3 for the mildest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Consequence(StrEnum):
    """What the receiver does with the data that the finding is about."""

    MESSAGE = "message"
    ROW = "row"
    VALUE = "value"
    NONE = "none"


class Certainty(StrEnum):
    """Whether the sources agree on the consequence."""

    DOCUMENTED = "documented"
    DISPUTED = "disputed"


class Verdict(StrEnum):
    """The answer to «can this be sent?», failing closed."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_FINDINGS = "accepted_with_findings"
    REJECTED = "rejected"
    UNDECIDED = "undecided"


class Status(StrEnum):
    """What became of one rule, for one field, in one run."""

    PASS = "pass"  # noqa: S105  the word of the report schema, not a password
    VIOLATIONS = "violations"
    OUTSIDE = "outside"
    SKIPPED = "skipped"
    FAILED = "failed"


class StageStatus(StrEnum):
    """What became of one stage of the straight line."""

    OK = "ok"
    FINDINGS = "findings"
    SKIPPED = "skipped"
    FAILED = "failed"


class Origin(Enum):
    """Where a rule comes from; the value is the word used on rule pages."""

    SCHEMA = "skjema"
    READING = "lesing"
    CONTROL = "kontroll"
    ORDER = "rekkefølge"
    GUIDANCE = "veiledning"
    STATISTICS = "statistikk"
    INDICATOR = "indikator"
    OWN = "egen"


class Cause(Enum):
    """Who can mend the fault; the value is the word used on rule pages."""

    REGISTRATION = "registrering"
    EXTRACTION = "uttrekk"
    SERVICE_CODE = "tjenestekode"


class Text(NamedTuple):
    """One text in the three languages of the product."""

    nb: str
    nn: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in `language`, one of `LANGUAGES`."""
        return str(getattr(self, language))


class Texts(NamedTuple):
    """What a rule page says to people."""

    title: Text
    message: Text
    fix: Text


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule page, read: what it asks, of whom, and what to say when it is broken.

    `sql` is None for pages whose findings come from reading or from the schema
    (`source` is then "lesing" or "skjema"). `since` and `until` are data years,
    both inclusive. `is_fixed` says that the user has chosen the severity, whatever
    the SELECT tells. `say` reads the texts, which most rules of a run never need.
    """

    id: str
    theme: str
    severity: Severity | None
    consequence: Consequence
    certainty: Certainty
    fields: tuple[str, ...]
    since: int | None
    until: int | None
    origin: Origin
    cause: Cause
    sources: tuple[str, ...]
    say: Callable[[], Texts]
    why: str
    sentence: str
    sql: str | None
    source: str
    needs: tuple[str, ...]
    parameters: Mapping[str, Mapping[int, Value]]
    follows_from: tuple[str, ...]
    path: str
    is_fixed: bool = False

    @cached_property
    def texts(self) -> Texts:
        """Return the title, the message and the fix."""
        return self.say()

    @property
    def title(self) -> Text:
        """Return what the rule is called."""
        return self.texts.title

    @property
    def message(self) -> Text:
        """Return what is wrong, with placeholders."""
        return self.texts.message

    @property
    def fix(self) -> Text:
        """Return what to do about it, with placeholders."""
        return self.texts.fix


class Pointer(NamedTuple):
    """Where the cause of a finding is told."""

    rule: str
    line: int
    fingerprint: str


class Finding(NamedTuple):
    """One fault in one place: values, never sentences.

    `line` is 1-based. `person` is the pePeID and `record` the row's own id
    (poPoID, fnFnID, …). `values` fills the placeholders of the rule's message.
    No value here is ever a person's identity number: those are masked before
    the finding is made. `explained` is the user's own reason for accepting it;
    `is_known` says that it stands in the user's baseline.
    """

    rule: str
    severity: Severity
    consequence: Consequence
    certainty: Certainty
    line: int
    element: str
    field: str | None
    person: str | None
    record: str | None
    observed: str | None
    expected: str | None
    values: Mapping[str, Value]
    fingerprint: str
    cause: Pointer | None = None
    explained: str | None = None
    is_known: bool = False


class Case(NamedTuple):
    """The case that a finding belongs to, as the journal system knows it.

    `since` and `until` are the period of the row that the finding is about. A row that
    is no service has the decision, code and start of the person's main service.
    `unit` is an organisation number of nine digits; what is not known is None.
    """

    age: str | None = None
    since: str | None = None
    until: str | None = None
    decision: str | None = None
    service: str | None = None
    started: str | None = None
    unit: str | None = None
    unit_name: str | None = None


class Tally(NamedTuple):
    """How one rule went: «37 av 412». A rule over many fields has one tally per field."""

    rule: str
    field: str | None
    status: Status
    reason: str | None
    population: int
    violations: int


class Root(NamedTuple):
    """One cause: how many findings are its own, and how many follow from those.

    Findings that are only information are not counted.
    """

    rule: str
    field: str | None
    own: int
    following: int


class Loss(NamedTuple):
    """Rows that fall out, or values that are blanked (`element` is None), by rule and field.

    `sole` counts the rows that this one field fells alone.
    """

    element: str | None
    rule: str
    field: str | None
    lost: int
    sole: int


class Outcome(NamedTuple):
    """What the receiver does with the submission, as far as the sources agree.

    `received` is None when that is undecided; `refused_by` names the rules whose
    consequence is the whole message. `sent` and `kept` count rows by class.
    Persons without info (or services) stay, but lose all such rows that they had.
    What the sources dispute is in the last two and nowhere else.
    """

    received: bool | None
    refused_by: tuple[str, ...]
    sent: Mapping[str, int]
    kept: Mapping[str, int]
    rows: tuple[Loss, ...]
    values: tuple[Loss, ...]
    persons_without_info: int
    persons_without_services: int
    disputed_rows: int
    disputed_values: int


class Explanations(NamedTuple):
    """What came of the user's ledger: findings that are explained, by severity.

    `unknown` are fingerprints that no finding has, `refused` those of findings that
    can't be explained away.
    """

    counts: Mapping[Severity, int]
    unknown: tuple[str, ...]
    refused: tuple[str, ...]


class Baseline(NamedTuple):
    """What came of the user's baseline: findings that it holds, by severity.

    `gone` is how many findings it holds that the submission no longer has.
    """

    counts: Mapping[Severity, int]
    gone: int


class Stage(NamedTuple):
    """One stage of the straight line and how it went; `seconds` is wall time."""

    name: str
    status: StageStatus
    seconds: float


@dataclass(frozen=True, slots=True)
class Submission:
    """What was judged: the file, and what the file says of itself.

    `format` is the catalogue's name («IPLOS 3.7») or None when the document was
    not recognised. `records` counts rows per message class (PERSON, PERSONOPPL, …).
    `sending` is the running number of the sending. `status_day` is the day that
    «per 31.12» figures are read at (YYYYMMDD).
    `rules_year` is the data year whose rules were used when `year` has none.
    """

    file: str
    sha256: str | None
    format: str | None = None
    year: int | None = None
    rules_year: int | None = None
    municipality: str | None = None
    municipality_name: str | None = None
    district: str | None = None
    sending: str | None = None
    extracted: str | None = None
    status_day: str | None = None
    persons: int = 0
    records: Mapping[str, int] = field(default_factory=dict)
    exact_way_only: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is known after a run.

    `counts` are the findings that stand on their own, by severity; `following` are
    those that follow from another. `roots` are the causes, those that explain most
    first. `outcome` is None when no annual message was read. `findings` may be
    called many times; each call yields all findings in the order of line, rule and
    field. Counts and tallies are exact and independent of any limit on what is listed.
    `cases` yields the same findings in the same order, each with its case. `figures`
    counts the indicators and tables when it is first called, and gives None when no
    annual message was read to its end.
    Findings that the user has explained are in neither count, but in `explained`;
    those that were known before and not explained are in `baseline`. `config` is the
    file of the user's choices, as a path from where the user stands.
    """

    tool_version: str
    submission: Submission
    verdict: Verdict
    stages: tuple[Stage, ...]
    tallies: tuple[Tally, ...]
    counts: Mapping[Severity, int]
    following: Mapping[Severity, int]
    roots: tuple[Root, ...]
    outcome: Outcome | None
    rules: Mapping[str, Rule]
    findings: Callable[[], Iterator[Finding]]
    cases: Callable[[], Iterator[tuple[Finding, Case]]]
    figures: Callable[[], Figures | None] = lambda: None
    explained: Explanations | None = None
    baseline: Baseline | None = None
    config: str | None = None

    @property
    def is_judged(self) -> bool:
        """Return whether the rules were run: a file that can't be read on is not."""
        return all(tally.reason not in {NOT_READ, NOT_ANNUAL} for tally in self.tallies)

    @property
    def total(self) -> int:
        """Return how many findings there are, whatever they are counted as."""
        apart = (self.explained, self.baseline)
        counted = (self.counts, self.following, *(part.counts for part in apart if part))
        return sum(sum(counts.values()) for counts in counted)

    def reaches(self, level: Severity) -> bool:
        """Tell whether anything as serious as `level` was found, also what follows from a cause."""
        return any(
            self.counts[severity] + self.following[severity]
            for severity in Severity
            if severity.rank <= level.rank
        )
