"""The findings that are to be shown, and the persons of the original that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.scrub.judge import Sight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpr_validator.model import Finding
    from kpr_validator.scrub.tree import Node

EXAMPLES = 4
OF_READING = ("LES",)
OF_SCHEMA = ("XSD", "LES")


class Example(NamedTuple):
    """A finding of the original: how it is known again, and on which line it stood."""

    sight: Sight
    line: int


@dataclass(slots=True)
class Part:
    """A finding on its way into the file: the persons that show it, as far as they are changed.

    `days` are those that may not stand in each person: in a few persons those of all of them,
    in a crowd each one's own. `faults` are the schema's findings that may be there.
    """

    example: Example
    tree: Node
    days: tuple[frozenset[str], ...]
    faults: frozenset[Sight] = frozenset()

    @property
    def sight(self) -> Sight:
        """Return how the finding is known again."""
        return self.example.sight

    def does(self, seen: Iterable[Sight]) -> bool:
        """Tell whether these findings are the part's own, and no new ones of the schema."""
        found = set(seen)
        return self.sight in found and schema_faults(found) <= self.faults


def schema_faults(seen: Iterable[Sight]) -> frozenset[Sight]:
    """Return the findings of reading and schema among these."""
    return frozenset(sight for sight in seen if sight.rule.startswith(OF_SCHEMA))


def pick(findings: Iterable[Finding], select: Sequence[str]) -> dict[str, list[Example]]:
    """Return some findings of each rule that is chosen, of different persons, as they stand.

    `select` holds rule ids or the beginnings of them; none means all.
    """
    chosen = tuple(select) or ("",)
    found: dict[str, list[Example]] = {}
    met: set[tuple[str, str | None]] = set()
    for finding in findings:
        examples = found.setdefault(finding.rule, []) if finding.rule.startswith(chosen) else None
        whose = (finding.rule, finding.person)
        if examples is None or len(examples) >= EXAMPLES or whose in met:
            continue
        met.add(whose)
        examples.append(Example(Sight(finding.rule, finding.field), finding.line))
    return found
