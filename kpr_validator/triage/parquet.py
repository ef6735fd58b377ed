"""Parquet: the tables that a run leaves, for DuckDB, Polars or Spark."""

from __future__ import annotations

import io
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from kpr_validator.rendering import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kpr_validator.triage.calendar import Calendar
    from kpr_validator.triage.model import Delivery, Settled

Columns = tuple[tuple[str, str], ...]

FINDINGS: Columns = (
    ("rule", "string"),
    ("field", "string"),
    ("severity", "string"),
    ("consequence", "string"),
    ("certainty", "string"),
    ("line", "int64"),
    ("element", "string"),
    ("person", "string"),
    ("record", "string"),
    ("fingerprint", "string"),
    ("cause", "string"),
)
_WHOSE: Columns = (
    ("sha256", "string"),
    ("municipality", "string"),
    ("district", "string"),
    ("county", "string"),
)
_DELIVERIES: Columns = (
    ("file", "string"),
    *_WHOSE,
    ("role", "string"),
    ("reason", "string"),
    ("year", "int64"),
    ("sending", "string"),
    ("extracted", "string"),
    ("arrived", "string"),
    ("system", "string"),
    ("version", "string"),
    ("verdict", "string"),
    ("persons", "int64"),
    ("records", "int64"),
    ("fatal", "int64"),
    ("error", "int64"),
    ("warning", "int64"),
    ("info", "int64"),
    ("lost_rows", "int64"),
    ("lost_values", "int64"),
)
_TALLIES: Columns = (
    *_WHOSE,
    ("system", "string"),
    ("version", "string"),
    ("rule", "string"),
    ("field", "string"),
    ("status", "string"),
    ("population", "int64"),
    ("violations", "int64"),
    ("own", "int64"),
)
_INDICATORS: Columns = (
    *_WHOSE,
    ("indicator", "string"),
    ("part", "string"),
    ("is_teller", "bool_"),
    ("sent", "int64"),
    ("received", "int64"),
    ("last_year", "int64"),
)
_ROWS = 50_000  # in memory at a time


class NoArrowError(Exception):
    """The extra that writes Parquet is not installed."""


def require_arrow() -> None:
    """Raise NoArrowError when Parquet can't be written here."""
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415  an extra
    except ImportError as error:
        raise NoArrowError from error


def table_bytes(columns: Columns, rows: Iterable[tuple[object, ...]]) -> bytes:
    """Return rows as a Parquet file."""
    made = io.BytesIO()
    _write(made, columns, rows)
    return made.getvalue()


def _write(target: io.BytesIO | Path, columns: Columns, rows: Iterable[tuple[object, ...]]) -> None:
    import pyarrow as pa  # noqa: PLC0415  an extra, and slow to import
    from pyarrow import parquet  # noqa: PLC0415

    schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in columns])
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        given = iter(rows)
        while some := tuple(islice(given, _ROWS)):
            told = zip(schema.names, zip(*some, strict=True), strict=True)
            writer.write_table(pa.table(dict(told), schema=schema))


def gather(
    settled: Settled, calendar: Calendar, findings: Callable[[str], bytes], folder: Path
) -> None:
    """Write the four tables, each whole or not at all; `findings` gives those of a result."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    tables: dict[str, tuple[Columns, Iterable[tuple[object, ...]]]] = {
        "deliveries": (_DELIVERIES, (_delivery(one, calendar) for one in settled.deliveries)),
        "tallies": (_TALLIES, chain.from_iterable(map(_tallies, settled.standing))),
        "indicators": (_INDICATORS, chain.from_iterable(map(_indicators, settled.standing))),
    }
    for name, (columns, rows) in tables.items():
        with whole(folder / f"{name}.parquet") as temporary:
            _write(temporary, columns, rows)
    with whole(folder / "findings.parquet") as temporary:
        _gather_findings(settled.standing, findings, temporary)


def _gather_findings(
    standing: Iterable[Delivery], findings: Callable[[str], bytes], target: Path
) -> None:
    import pyarrow as pa  # noqa: PLC0415  an extra, and slow to import
    from pyarrow import parquet  # noqa: PLC0415

    schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in (*_WHOSE, *FINDINGS)])
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for one in standing:
            kept = parquet.ParquetFile(io.BytesIO(findings(one.key or "")))
            for batch in kept.iter_batches(_ROWS):
                same = (pa.array([text] * len(batch), "string") for text in _whose(one))
                told = dict(zip(schema.names, (*same, *batch.columns), strict=True))
                writer.write_table(pa.table(told, schema=schema))


def _whose(one: Delivery) -> tuple[str, str, str, str]:
    place = one.place
    return one.found.sha256, place.municipality, place.district, place.municipality[:2]


def _delivery(one: Delivery, calendar: Calendar) -> tuple[object, ...]:
    known, result = one.known, one.result
    counts: Mapping[str, int] = result.counts if result else {}
    numbers: Sequence[Any] = (
        (
            result.verdict, result.persons, result.records,
            *(counts.get(name, 0) for name in ("fatal", "error", "warning", "info")),
            result.lost_rows, result.lost_values,
        )
        if result
        else (None,) * 9
    )  # fmt: skip
    return (
        one.found.name, *_whose(one), one.role.value, one.reason, known.year, known.sending,
        known.extracted, calendar.arrival(one), known.system, known.version, *numbers,
    )  # fmt: skip


def _tallies(one: Delivery) -> Iterator[tuple[object, ...]]:
    whose = _whose(one)
    for hit in one.result.hits if one.result else ():
        yield (
            *whose, one.known.system, one.known.version, hit.rule, hit.field, hit.status,
            hit.population, hit.violations, hit.own,
        )  # fmt: skip


def _indicators(one: Delivery) -> Iterator[tuple[object, ...]]:
    whose = _whose(one)
    for part in one.result.parts if one.result else ():
        yield (
            *whose,
            part.of,
            part.part,
            part.is_teller,
            part.sent,
            part.received,
            part.before,
        )
