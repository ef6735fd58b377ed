"""Reports with cases, and workbooks read back, for the tests of the work list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from kpr_validator.model import Case, Finding, Report
from kpr_validator.report.as_xlsx import write_xlsx
from kpr_validator.report.texts import texts
from kpr_validator.report.worklist import Task
from tests.report_samples import PLAN, finding, report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from kpr_validator.report.carried import Carried

HOME = Case(
    age="84",
    since="20190101",
    until="99991231",
    decision="V-0071",
    service="15",
    started="20180312",
    unit="310002003",
    unit_name="Hjemmetjenesten",
)
WARD = HOME._replace(service="21", unit="310001007", unit_name="Solbakken sykehjem")
NOWHERE = Case()

Line = dict[str, Any]


def with_cases(*lines: tuple[Finding, Case], **changes: Any) -> Report:  # noqa: ANN401  any field
    """Return a report whose findings have these cases."""
    found = [one for one, _ in lines]
    return report(found, cases=lambda: iter(lines), **changes)


def plan(line: int, case: Case = HOME, **changes: Any) -> tuple[Finding, Case]:  # noqa: ANN401
    """Return a finding of IP-01 at a line, and its case."""
    return finding(PLAN, line, **changes), case


def written(
    made: Report, folder: Path, language: str = "nb", carried: Carried | None = None
) -> Path:
    """Return the file of a report's work list."""
    path = folder / "liste.xlsx"
    write_xlsx(path, made, language, carried)
    return path


def opened(made: Report, folder: Path, language: str = "nb") -> Workbook:
    """Return a report's work list, written and read back."""
    return load_workbook(written(made, folder, language))


def lines(book: Workbook, sheet: str) -> list[Line]:
    """Return the lines of a sheet by the names of our columns, whatever the language."""
    called = {
        texts(language)(f"worklist.column.{name}"): name
        for language in ("nb", "nn", "en")
        for name in Task._fields
    }
    rows = book[sheet].iter_rows(values_only=True)
    names = [called[str(heading)] for heading in next(rows)]
    return [dict(zip(names, map(_as_excel, row), strict=True)) for row in rows]


def _as_excel(value: object) -> object:
    """Return a cell as Excel reads it: a sign that the file format escapes is itself again."""
    return value.replace("x005F_", "") if isinstance(value, str) else value


def column(told: Iterable[Line], name: str) -> list[Any]:
    """Return one column of some lines."""
    return [line[name] for line in told]
