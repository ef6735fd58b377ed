"""A rule page becomes a Rule: the only place where Norwegian keys become English attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kpr_validator import assets, toml
from kpr_validator.model import (
    LANGUAGES,
    Cause,
    Certainty,
    Consequence,
    Origin,
    Rule,
    Severity,
    Text,
    Texts,
)
from kpr_validator.pages import sections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kpr_validator.model import Value

SEVERITY = {
    "avvist": Severity.FATAL,
    "feil": Severity.ERROR,
    "advarsel": Severity.WARNING,
    "opplysning": Severity.INFO,
}
CONSEQUENCE = {
    "melding": Consequence.MESSAGE,
    "rad": Consequence.ROW,
    "verdi": Consequence.VALUE,
    "ingen": Consequence.NONE,
}
CERTAINTY = {"dokumentert": Certainty.DOCUMENTED, "omstridt": Certainty.DISPUTED}
ORIGIN = {item.value: item for item in Origin}
CAUSE = {item.value: item for item in Cause}
VARIES = "varierer"
SEVERITY_OR_VARIES = {**SEVERITY, VARIES: None}
ENDINGS = {
    "avvist": "avvis meldingen",
    "feil": "gi en feil",
    "advarsel": "gi en advarsel",
    "opplysning": "gi en opplysning",
    VARIES: "gi et funn etter konsekvensen",
}
EXAMPLES = "\n## Eksempler\n"
EXAMPLE_KINDS = ("brudd", "ok", "utenfor")
EXTRA_KINDS = ("fjor", "ident", "forrige", "enheter")
_FACTS = frozenset(
    [
        "alvorlighet",
        "felt",
        "gjelder_fra",
        "gjelder_til",
        "opphav",
        "årsak",
        "hjemmel",
        "konsekvens",
        "sikkerhet",
        "krever",
        "kilde",
        "følger_av",
    ]
)
_TABLES = frozenset(["tittel", "melding", "retting", "parametre"])
_FIRST_TABLE = "\n["
_PARAMETERS = "\n[parametre]"
_T = TypeVar("_T")
_NORWEGIAN_KEY = re.compile(
    r"^([a-zA-Z0-9_]*+[æøå]\w*+)(?=\s*=)", re.MULTILINE
)  # TOML wants them quoted
_ID = re.compile(r"([A-Z]{2,3})-([0-9]{2})")


class PageError(ValueError):
    """A rule page that can't be used; says file, line and why."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a page: `kind` is brudd, ok or utenfor, `count` the findings expected.

    `options` are the words of its fence («år=2018»), `extra` the other files by
    kind (fjor, ident), as (text, options). `line` is the fence's own line.
    """

    kind: str
    count: int
    text: str
    options: Mapping[str, str]
    extra: Mapping[str, tuple[str, Mapping[str, str]]]
    line: int


class Page(NamedTuple):
    """A page as it stands: the rule, its examples, and where its SQL begins."""

    rule: Rule
    examples: tuple[Example, ...]
    sql_line: int


def rule_files() -> list[Path]:
    """Return the files of all rule pages, in the order of their ids."""
    return sorted(assets.rules().glob("*/[A-Z]*-[0-9][0-9].md"), key=lambda path: path.stem)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return the rules of every page of the product by id."""
    return load_rules(rule_files())


def load_rules(files: Sequence[Path]) -> dict[str, Rule]:
    """Return the rules of the pages by id.

    Raises PageError for a page that can't be used.
    """
    rules: dict[str, Rule] = {}
    for path in files:
        rule = _Reader(path, with_examples=False).page().rule
        if rule.id in rules:
            raise _error(path, 1, f"{rule.id} er brukt av {rules[rule.id].path}")
        rules[rule.id] = rule
    return rules


def load_page(path: Path) -> Page:
    """Read one page.

    Raises PageError with file and line when something is missing or unknown.
    """
    return _Reader(path, with_examples=True).page()


class _Reader:
    """Reads one page, keeping track of lines."""

    def __init__(self, path: Path, *, with_examples: bool) -> None:
        self.path = path
        self.with_examples = with_examples
        text = path.read_text(encoding="utf-8")
        if not with_examples:  # they are most of a page, and no run needs them
            text = text.partition(EXAMPLES)[0]
        parts = sections(text)
        self.headings, self.paragraphs, self.fences = parts.headings, parts.paragraphs, parts.fences
        self.toml_line = 1

    def page(self) -> Page:
        """Return the page."""
        title, line = self.headings[0] if self.headings else ("", 1)
        rule_id, _, name = title.partition(" ")
        if rule_id != self.path.stem or not _ID.fullmatch(rule_id):
            raise _error(self.path, line, f"overskriften må begynne med {self.path.stem}")
        facts = self._facts()
        sql, sql_line = self._sql(facts)
        sentence = " ".join(self.paragraphs.get(title, [""])[0].split())
        severity = self._word(facts, "alvorlighet", SEVERITY_OR_VARIES)
        ending = ENDINGS[facts["alvorlighet"]]
        if not sentence.replace("*", "").rstrip(".").endswith(f"så {ending}"):
            raise _error(self.path, line + 2, f"setningen må slutte med «så {ending}»")
        rule = Rule(
            id=rule_id,
            theme=rule_id.partition("-")[0],
            severity=severity,
            consequence=self._word({"konsekvens": "ingen", **facts}, "konsekvens", CONSEQUENCE),
            certainty=self._word({"sikkerhet": "dokumentert", **facts}, "sikkerhet", CERTAINTY),
            fields=tuple(self._required(facts, "felt")),
            since=facts.get("gjelder_fra"),
            until=facts.get("gjelder_til"),
            origin=self._word(facts, "opphav", ORIGIN),
            cause=self._word(facts, "årsak", CAUSE),
            sources=tuple(self._required(facts, "hjemmel")),
            say=partial(self._texts, name),
            why="\n\n".join(self.paragraphs.get("Hvorfor", ())).strip(),
            sentence=sentence,
            sql=sql,
            source=facts.get("kilde", "regel"),
            needs=tuple(facts.get("krever", ())),
            parameters=self._parameters(),
            follows_from=tuple(facts.get("følger_av", ())),
            path="/".join(self.path.parts[-3:]),
        )
        if not rule.sources or not rule.why:
            raise _error(self.path, line, "siden mangler hjemmel eller «Hvorfor»")
        examples = self._examples() if self.with_examples else ()
        return Page(rule, tuple(examples), sql_line)

    def _facts(self) -> dict[str, Any]:
        """Return the single facts of the page; its tables are read when somebody asks."""
        found = [fence for fence in self.fences if fence.words[:1] == ("toml",)]
        if len(found) != 1:
            raise _error(self.path, 1, "siden må ha én toml-blokk")
        self.toml_line = found[0].line
        self.facts, opens, tables = found[0].text.partition(_FIRST_TABLE)
        self.tables = opens + tables
        return self._toml(self.facts, _FACTS)

    def _tables(self) -> dict[str, Any]:
        return self._toml(self.tables, _TABLES)

    def _toml(self, text: str, keys: frozenset[str]) -> dict[str, Any]:
        try:
            values = toml.loads(_NORWEGIAN_KEY.sub(r'"\1"', text))
        except toml.TOMLDecodeError as error:
            raise _error(self.path, self.toml_line, f"toml: {error}") from error
        if unknown := sorted(values.keys() - keys):
            raise _error(self.path, self._line_of(unknown[0]), f"ukjent nøkkel {unknown}")
        return values

    def _texts(self, name: str) -> Texts:
        tables = self._tables()
        return Texts(
            title=self._text({"nb": name, **tables.get("tittel", {})}, "tittel"),
            message=self._text(tables.get("melding", {}), "melding"),
            fix=self._text(tables.get("retting", {}), "retting"),
        )

    def _line_of(self, word: str) -> int:
        for fence in self.fences:
            for number, line in enumerate(fence.text.splitlines(), fence.line + 1):
                if re.search(rf"\b{re.escape(word)}\b", line):
                    return number
        return self.toml_line

    def _required(self, facts: Mapping[str, object], key: str) -> Sequence[str]:
        value = facts.get(key)
        if not isinstance(value, list):
            raise _error(self.path, self.toml_line, f"{key} mangler")
        return value

    def _word(self, facts: Mapping[str, object], key: str, words: Mapping[str, _T]) -> _T:
        value = facts.get(key)
        if value not in words:
            raise _error(self.path, self._line_of(key), f"{key} må være en av {', '.join(words)}")
        return words[str(value)]

    def _text(self, texts: object, key: str) -> Text:
        if not isinstance(texts, dict) or any(not texts.get(language) for language in LANGUAGES):
            raise _error(self.path, self._line_of(key), f"{key} må finnes på nb, nn og en")
        return Text(*(str(texts[language]) for language in LANGUAGES))

    def _parameters(self) -> dict[str, dict[int, Value]]:
        _, opens, rest = self.tables.partition(_PARAMETERS)
        if not opens:
            return {}
        return {
            name: {int(year): value for year, value in values.items()}
            for name, values in self._toml(opens + rest, _TABLES)["parametre"].items()
        }

    def _sql(self, facts: Mapping[str, object]) -> tuple[str | None, int]:
        found = [fence for fence in self.fences if fence.words[:1] == ("sql",)]
        if len(found) != ("kilde" not in facts):
            raise _error(self.path, self.toml_line, "siden må ha én sql-blokk, eller kilde")
        return (found[0].text, found[0].line) if found else (None, 0)

    def _examples(self) -> list[Example]:
        examples: list[Example] = []
        for fence in self.fences:
            if fence.words[:1] not in {("xml",), ("csv",)}:
                continue
            kind, *words = fence.words[1:] or ("",)
            parts = (word.partition("=") for word in words)
            options = {name: value for name, _, value in parts}
            if kind in EXTRA_KINDS and examples:
                examples[-1].extra[kind] = (fence.text, options)  # type: ignore[index]
            elif kind in EXAMPLE_KINDS:
                count = next((int(word) for word in words if word.isdigit()), 1)
                expected = count if kind == "brudd" else 0
                examples.append(Example(kind, expected, fence.text, options, {}, fence.line))
            else:
                raise _error(self.path, fence.line, f"ukjent eksempel «{kind}»")
        kinds = {example.kind for example in examples}
        if missing := [kind for kind in EXAMPLE_KINDS if kind not in kinds]:
            raise _error(self.path, 1, f"siden mangler eksempel: {', '.join(missing)}")
        return examples


def _error(path: Path, line: int, why: str) -> PageError:
    return PageError(f"{path.parent.name}/{path.name}:{line}: {why}")
