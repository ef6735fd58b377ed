"""The site: every rule, concept and code list has its page, and every link leads somewhere."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser

import pytest

from kpr_validator import assets, concepts
from kpr_validator.rules import all_rules
from tools.docs.markdown import linked, markdown, parts
from tools.docs.readme import README, with_table
from tools.docs.site import pages


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """Return every file of the site by its path."""
    return dict(pages())


class _Reader(HTMLParser):
    """Gathers the links of a page, and the names that links may lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: set[str] = set()
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.names |= {given["id"]} if "id" in given else set()
        self.links += [given["href"]] if "href" in given else []
        self.scripts += [given.get("src", "")] if tag == "script" else []


def test_everything_has_a_page(site: dict[str, str]) -> None:
    lists = [path.stem for path in (assets.schemas() / "codelists").glob("*.csv")]

    expected = {f"regel/{rule}.html" for rule in all_rules()}
    expected |= {f"begrep/{name}.html" for name in concepts.selects()}
    expected |= {f"kodeverk/{number}.html" for number in lists}
    indexes = {"index.html", "begrep/index.html", "kodeverk/index.html"}
    assert expected | indexes | {"stil.css"} == site.keys()


def test_every_link_leads_to_a_page_of_the_site(site: dict[str, str]) -> None:
    read = {name: _Reader(text) for name, text in site.items() if name.endswith(".html")}

    missing = []
    for name, page in read.items():
        for link in page.links:
            path, _, place = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path or name))
            target = name if not path else target
            if target not in site or (place and place not in read[target].names):
                missing.append((name, link))
    assert [] == missing


def test_nothing_is_fetched_and_only_the_index_has_a_script(site: dict[str, str]) -> None:
    scripts = {name: _Reader(text).scripts for name, text in site.items() if name[-5:] == ".html"}

    assert {"index.html": [""]} == {name: found for name, found in scripts.items() if found}


def test_what_a_page_says_is_never_html_of_its_own() -> None:
    text = "<b>x</b> & ```\n```xml brudd\n<A>&amp;</A>\n```\n"

    assert "<b>x" not in markdown(text)
    assert "&lt;A&gt;&amp;amp;&lt;/A&gt;" in markdown(f"\n{text.partition(chr(10))[2]}")
    assert "a &lt; b" in linked("SELECT a < b FROM t")


def test_an_example_says_what_it_expects() -> None:
    page = "# X\n\nGitt.\n\n```toml\n```\n\n```sql\nSELECT 1 FROM gjeldende\n```\n\n"
    page += "```xml brudd 2 år=2018\n<A/>\n```\n\n```xml utenfor\n<A/>\n```\n"

    sentence, rest = parts(page)

    assert "<p>Gitt.</p>\n" == sentence
    assert '<a href="../begrep/gjeldende.html">gjeldende</a>' in rest
    assert "<figcaption><b>Brudd</b> · 2 funn · år 2018</figcaption>" in rest
    assert "<figcaption><b>Utenfor</b></figcaption>" in rest


def test_the_list_of_rules_in_the_readme_is_that_of_the_pages() -> None:
    """Run `make docs` when this fails."""
    text = README.read_text(encoding="utf-8")
    assert text == with_table(text)
