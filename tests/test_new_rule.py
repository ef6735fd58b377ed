"""`make rule` begins a page that works, beside its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpr_validator.rules import load_page
from tools.new_rule import USAGE, NotPossibleError, new_rule

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return a folder of rules with one theme, of which there is one page."""
    folder = tmp_path / "rules" / "individuell-plan"
    folder.mkdir(parents=True)
    folder.joinpath("IP-01.md").touch()
    return folder.parent


def test_a_new_page_stands_beside_the_others_of_its_theme(rules: Path) -> None:
    page = new_rule("IP-90", "Plan uten dato", rules)

    assert rules / "individuell-plan" / "IP-90.md" == page


def test_a_new_page_can_be_loaded_as_it_is(rules: Path) -> None:
    rule = load_page(new_rule("IP-90", "Plan uten dato", rules)).rule

    assert ("IP-90", "Plan uten dato") == (rule.id, rule.title.nb)


@pytest.mark.parametrize(
    ("rule_id", "title", "expected"),
    [
        ("", "", USAGE),
        ("IP-90", "", USAGE),
        ("ip-90", "Plan uten dato", USAGE),
        ("IP-100", "Plan uten dato", USAGE),
        ("IP-01", "Plan uten dato", "IP-01 finnes. Siste i temaet er IP-01."),
        (
            "QQ-01",
            "Plan uten dato",
            "Ingen regel begynner på QQ. Et nytt tema begynner med en mappe i rules/.",
        ),
    ],
    ids=["nothing", "no title", "small letters", "three digits", "taken", "unknown theme"],
)
def test_a_page_that_cannot_be_begun_says_why(
    rule_id: str, title: str, expected: str, rules: Path
) -> None:
    with pytest.raises(NotPossibleError) as raised:
        new_rule(rule_id, title, rules)

    assert expected == str(raised.value)
