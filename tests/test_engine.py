"""Both SQLites give the same: the one that apsw brings, and Python's own."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kpr_validator import engine, gather
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_json import as_json

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
TOGETHER = Options(
    ident=str(EXAMPLES / "typiske-feil-ident.xml"),
    last_year=str(EXAMPLES / "fjoraaret.xml"),
    previous=str(EXAMPLES / "feilfri.xml"),
    units=str(EXAMPLES / "enheter.csv"),
)
_ASKED_OF_SUBMISSIONS = (
    "check", "consequence", "database", "indicators", "lint", "rules", "shrink", "tables"
)  # fmt: skip


def told() -> str:
    """Return all that is told of the examples, without how long it took."""
    reports = []
    for path in sorted(EXAMPLES.glob("*.xml")):
        with check_file(str(path), TOGETHER) as report:
            reports.append("".join(as_json(report, "nb")))
    return re.sub(r'"seconds": [0-9.e-]+', "", "\n".join(reports))


def test_the_newer_one_is_used_where_it_is() -> None:
    """What is measured, and what nearly all have."""
    assert engine.Connection.__module__ == "kpr_validator.engine.newer"


def test_pythons_own_tells_the_same_of_every_example() -> None:
    """A browser has no other."""
    own = (
        "import sys; sys.modules['apsw'] = None; from tests import test_engine as t;"
        " assert t.engine.Connection.__module__.endswith('.own'); print(t.told(), end='')"
    )
    alone = subprocess.run(
        [sys.executable, "-c", own], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    assert told() == alone.stdout


@pytest.mark.slow
def test_pythons_own_passes_the_tests_of_concepts_rules_and_figures() -> None:
    """Every example of every page, and what is counted of them."""
    files = [
        *(f"tests/test_{name}.py" for name in _ASKED_OF_SUBMISSIONS),
        *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/test_begreper*.py")),
    ]
    traced = ("statements_stay_ready", "indexed_on_what_it_is_searched_by")  # by apsw alone
    chosen = ("-m", "not slow", "-k", " and ".join(f"not {name}" for name in traced))
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.own_engine", *chosen, *files],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert tested.returncode == 0, tested.stdout[-3000:]


def test_threads_judge_beside_each_other() -> None:
    """As a library's users may: no thread's database is in another's way."""
    path = str(EXAMPLES / "typiske-feil.xml")
    gather.published.cache_clear()

    def judged(_number: int) -> tuple[object, ...]:
        with check_file(path, TOGETHER) as report:
            figures = report.figures()
            return report.tallies, list(report.findings()), figures and figures.tables

    with ThreadPoolExecutor(4) as threads:
        several = list(threads.map(judged, range(8)))
    assert several == [judged(0)] * 8
