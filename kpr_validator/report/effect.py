"""What the receiver does, in words and numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Loss, Outcome
    from kpr_validator.report.phrase import Phrases


def lost(outcome: Outcome, phrases: Phrases) -> Iterator[str]:
    """Yield one sentence for each thing that the receiver is documented to do."""
    words = phrases.words
    rows: Counter[str] = Counter()
    for loss in outcome.rows:
        rows[str(loss.element)] += loss.lost
    for element, count in rows.items():
        total = words.number(outcome.sent[element])
        yield words("outcome.rows", n=words.number(count), total=total, element=element)
    if outcome.persons_without_info:
        persons = words.count("persons", outcome.persons_without_info)
        yield words("outcome.without_info", persons=persons)
    if outcome.persons_without_services:
        persons = words.count("persons", outcome.persons_without_services)
        yield words("outcome.without_services", persons=persons)
    if outcome.values:
        values = words.count("values", sum(loss.lost for loss in outcome.values))
        yield words("outcome.values", values=values)


def kept(outcome: Outcome, phrases: Phrases) -> Iterator[tuple[str, str, str, str]]:
    """Yield for each class its name, and how many rows are sent, kept and deleted.

    Nothing of a message that is refused: there is then nothing to keep.
    """
    number = phrases.words.number
    for element, sent in outcome.sent.items() if outcome.received else ():
        left = outcome.kept[element]
        yield element, number(sent), number(left), number(sent - left)


def disputed(outcome: Outcome, phrases: Phrases) -> Iterator[str]:
    """Yield what the sources disagree on, which is in none of the other numbers."""
    words = phrases.words
    counts = {"rows": outcome.disputed_rows, "values": outcome.disputed_values}
    parts = [words.count(noun, count) for noun, count in counts.items() if count]
    if parts:
        yield words("outcome.disputed", what=f" {words('and')} ".join(parts))


def by_field(outcome: Outcome, phrases: Phrases) -> Iterator[tuple[Loss, str]]:
    """Yield each loss and what it says: the field, how many, and how many by it alone."""
    words = phrases.words
    for loss in outcome.rows:
        said = {
            "element": loss.element,
            "field": phrases.field_name(loss.field),
            "rows": words.count("rows", loss.lost),
            "sole": words.number(loss.sole),
        }
        sole = "all" if loss.sole == loss.lost else "some" if loss.sole else "none"
        yield loss, words(f"outcome.row_{sole}", **said)
    for loss in outcome.values:
        values = words.count("values", loss.lost)
        yield loss, words("outcome.value", field=phrases.field_name(loss.field), values=values)
