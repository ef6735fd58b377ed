"""The facts of a submission, labelled, in the order that people ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.report.phrase import file_name, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Explanations, Report, Submission
    from kpr_validator.report.texts import Texts


class Fact(NamedTuple):
    """One labelled fact."""

    label: str
    value: str


def facts(submission: Submission, words: Texts) -> Iterator[Fact]:
    """Yield what is known of a submission; what the file does not say is left out."""
    yield Fact(words("label.file"), file_name(submission.file))
    yield Fact(words("label.format"), _format(submission, words))
    if submission.year is not None:
        yield Fact(words("label.year"), str(submission.year))
    if submission.municipality is not None:
        yield Fact(words("label.municipality"), _municipality(submission))
    if submission.district:
        yield Fact(words("label.district"), visible(submission.district))
    if submission.extracted is not None:
        yield Fact(words("label.extracted"), words.date(visible(submission.extracted)))
    if submission.status_day is not None:
        yield Fact(words("label.status_day"), words.date(visible(submission.status_day)))
    if submission.records:
        yield Fact(words("label.persons"), words.number(submission.persons))
        yield Fact(words("label.records"), _records(submission, words))


def chosen(report: Report, words: Texts) -> Iterator[Fact]:
    """Yield which file of the user's choices the report was made by."""
    if report.config:
        yield Fact(words("label.config"), file_name(report.config))


def subject(submission: Submission) -> str:
    """Return «1820 Alstahaug, 2019», as much of it as the file says."""
    parts = (_municipality(submission), str(submission.year or ""))
    return ", ".join(part for part in parts if part)


def remarks(submission: Submission, words: Texts) -> Iterator[str]:
    """Yield what a reader must know about how the submission was judged."""
    if submission.rules_year is not None and submission.rules_year != submission.year:
        yield words("note.rules_year", year=submission.rules_year)
    if not submission.persons and submission.format is not None:
        yield words("note.no_persons")
    if submission.exact_way_only:
        yield words("note.exact_way")


def explained(told: Explanations | None, words: Texts) -> Iterator[str]:
    """Yield what came of the user's list of accepted findings."""
    if told is None:
        return
    yield words("note.explained", n=words.number(sum(told.counts.values())))
    for why, fingerprints in (("unknown", told.unknown), ("refused", told.refused)):
        if fingerprints:
            yield words(f"note.explained_{why}", fingerprints=", ".join(fingerprints))


def known(report: Report, words: Texts) -> Iterator[str]:
    """Yield what came of the user's baseline."""
    told = report.baseline
    if told is None:
        return
    if not report.is_judged:
        yield words("note.known_unread")
        return
    yield words("note.known", n=words.number(sum(told.counts.values())))
    if told.gone:
        yield words("note.known_gone", n=words.number(told.gone))


def nothing(report: Report, words: Texts) -> str:
    """Return that nothing is found, or nothing new."""
    return words("note.no_new" if report.baseline else "note.no_findings")


def limited(most: int | None, report: Report, words: Texts) -> Iterator[str]:
    """Yield that not all findings are listed, when that is so."""
    if most is not None and report.total > most:
        yield words("note.limited", most=words.number(most))


def _format(submission: Submission, words: Texts) -> str:
    if submission.sha256 is None:
        return words("note.unreadable")
    return visible(submission.format) if submission.format else words("note.format_unknown")


def _municipality(submission: Submission) -> str:
    parts = (submission.municipality, submission.municipality_name)
    return " ".join(visible(part) for part in parts if part)


def _records(submission: Submission, words: Texts) -> str:
    total = words.number(sum(submission.records.values()))
    each = (f"{visible(name)} {words.number(n)}" for name, n in submission.records.items())
    return f"{total} ({', '.join(each)})"
