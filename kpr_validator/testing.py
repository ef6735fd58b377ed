"""A pytest plugin: `kpr_validate` checks a file that the vendor's own build has made.

The fixture gives Reports; `assert_ok` fails with what is wrong, where and in how many
places, without any person's values, so that the build's log can be shown to anyone.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.api import AnyPath, Report
    from kpr_validator.model import Severity


class Validate(Protocol):
    """What the fixture gives: `kpr_validator.validate` with all its options."""

    def __call__(self, source: AnyPath | bytes, **options: Any) -> Report:  # noqa: ANN401  validate's own
        """Return the report of one submission."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--kpr-year`."""
    parser.getgroup("kpr-validator").addoption(
        "--kpr-year",
        type=int,
        metavar="YEAR",
        help="the data year that every submission must be of",
    )


@pytest.fixture
def kpr_validate(request: pytest.FixtureRequest) -> Iterator[Validate]:
    """Check submissions; their reports are closed when the test ends.

    With `--kpr-year` a submission of another data year fails the test at once.
    """
    from kpr_validator.api import validate  # noqa: PLC0415  most tests of a build need no engine

    year = request.config.getoption("--kpr-year")
    with ExitStack() as open_reports:

        def check(source: AnyPath | bytes, **options: Any) -> Report:  # noqa: ANN401  validate's own
            report = open_reports.enter_context(validate(source, **options))
            told = report.submission.year
            if year is not None and told != year:
                pytest.fail(f"{report.submission.file}: data year {told}, expected {year}")
            return report

        yield check


def assert_ok(report: Report, fail_on: Severity | str = "error") -> None:
    """Fail unless the check was completed and nothing as serious as `fail_on` was found."""
    __tracebackhide__ = True
    if not report.ok(fail_on):
        raise AssertionError(report.explain(fail_on))
