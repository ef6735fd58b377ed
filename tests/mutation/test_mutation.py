"""Every page's examples notice when its SQL is changed, but for what is listed with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpr_validator.rules import load_page, rule_files
from tests.mutation.judge import judge
from tests.mutation.mutants import mutants
from tests.mutation.survivors import known

if TYPE_CHECKING:
    from kpr_validator.rules import Page

PAGES = [page for page in map(load_page, rule_files()) if page.rule.sql]
KNOWN = known()
AT_LEAST = 0.95


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule.id)
def test_what_the_examples_do_not_notice_is_what_is_listed(page: Page) -> None:
    judged = judge(page)

    listed = {one.change for one in KNOWN if one.rule == page.rule.id}
    found = {one.change: f"{page.rule.path}:{page.sql_line + one.line}" for one in judged.survivors}
    assert {} == {change: place for change, place in found.items() if change not in listed}
    assert set() == listed - found.keys()


def test_what_is_listed_belongs_to_a_page_and_has_a_reason() -> None:
    ids = {page.rule.id for page in PAGES}

    assert [] == [one for one in KNOWN if one.rule not in ids or not one.reason]


def test_the_examples_notice_nearly_all_changes() -> None:
    total = sum(1 for page in PAGES for _ in mutants(page.rule.sql or ""))
    accepted = sum(not one.equivalent for one in KNOWN)

    assert total - accepted >= AT_LEAST * total
