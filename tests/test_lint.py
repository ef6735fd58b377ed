"""The loader refuses what would go wrong or be misread, and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpr_validator.lint import lint
from kpr_validator.rules import PageError, all_rules, load_rules, rule_files

SOUND = Path(__file__).parent / "data" / "IP-01.md"


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
def test_every_page_of_the_product_is_sound(path: Path) -> None:
    """Every page passes the checks that a new page must pass."""
    assert lint(path).id == path.stem


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("{poErnRisiko}", "{poErnRisko}", "ukjent plassholder {poErnRisko}"),
        ('en = "The question', 'fr = "The question', "melding må finnes på nb, nn og en"),
        ("# IP-01 ", "# IP-02 ", "overskriften må begynne med IP-01"),
        ('["poIndPlan"]', '["poIndividPlan"]', "ukjent felt poIndividPlan"),
        ("gi en advarsel", "gi en feil", "setningen må slutte med «så gi en advarsel»"),
        ('"advarsel"', '"kritisk"', "alvorlighet må være en av"),
        ("opphav", "opprinnelse", "ukjent nøkkel ['opprinnelse']"),
        ('"egen"', '"fantasi"', "opphav må være en av"),
        ("SELECT g.rad", "DELETE FROM person; SELECT g.rad", "sql:"),
        (
            "FROM gjeldende",
            "FROM (WITH RECURSIVE x(n) AS (SELECT 1 FROM x) SELECT n FROM x), gjeldende",
            "rekursive",
        ),
        ("FROM gjeldende", "FROM gjeldene", "sql: no such table: gjeldene"),
        ("NOT g.poIndPlan_besvart AS brudd", "1 AS feil", "SELECT må gi brudd"),
        ("NOT g.poIndPlan_besvart", 'g."poIndPlan" = 1', "dobbelt anførselstegn"),
        ("NOT g.poIndPlan_besvart", "g.poIndPlan IS NULL", "IS NULL på en kolonne i meldingen"),
        ("NOT g.poIndPlan_besvart", "g.poIndPlan LIKE 'a'", "LIKE"),
        ("NOT g.poIndPlan_besvart", "g.poIndPlan GLOB '[^1]'", "GLOB"),
        ("NOT g.poIndPlan_besvart", "g.rad / g.person_rad", "heltallsdeling"),
        (
            "FROM gjeldende AS g",
            "FROM gjeldende AS g JOIN aktiv_tjeneste AS t ON type = 16",
            "tjenestekoden",
        ),
        ("FROM gjeldende AS g", "FROM gjeldende AS g GROUP BY g.person_rad", "GROUP BY"),
        ("```xml utenfor", "```xml borte", "ukjent eksempel «borte»"),
        ("```xml utenfor", "```text", "siden mangler eksempel: utenfor"),
        ("## Hvorfor", "## Derfor", "mangler hjemmel eller «Hvorfor»"),
        ("Alvorlighet: ", "Alvoret: ", "«Hvorfor» mangler «Alvorlighet: …"),
    ],
)
def test_a_page_that_is_not_sound_is_refused(
    tmp_path: Path, before: str, after: str, why: str
) -> None:
    """Each kind of fault is met by its own words and the page's name."""
    text = SOUND.read_text(encoding="utf-8")
    assert before in text
    page = tmp_path / "rules" / "individuell-plan" / "IP-01.md"
    page.parent.mkdir(parents=True)
    page.write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(PageError, match=r"individuell-plan/IP-01\.md:\d+: ") as error:
        lint(page)
    assert why in str(error.value)


def test_the_page_that_the_faults_are_made_from_is_sound(tmp_path: Path) -> None:
    """Without a fault the same page is accepted."""
    page = tmp_path / "rules" / "individuell-plan" / "IP-01.md"
    page.parent.mkdir(parents=True)
    page.write_text(SOUND.read_text(encoding="utf-8"), encoding="utf-8")
    assert lint(page).fields == ("poIndPlan",)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    """Two pages with one id are refused."""
    pages = [tmp_path / "rules" / folder / "IP-01.md" for folder in ("a", "b")]
    for page in pages:
        page.parent.mkdir(parents=True)
        page.write_text(SOUND.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PageError, match="IP-01 er brukt av"):
        load_rules(pages)


def test_causes_are_rules_and_lead_nowhere_back() -> None:
    """Following causes from any page ends at a page without one."""
    causes = {rule.id: set(rule.follows_from) for rule in all_rules().values()}
    assert set().union(*causes.values()) - causes.keys() == set()
    reached = {rule: set(above) for rule, above in causes.items()}
    for _ in causes:
        reached = {
            rule: above.union(*(reached[cause] for cause in above))
            for rule, above in reached.items()
        }
    assert [rule for rule, above in reached.items() if rule in above] == []
