"""Begins a rule page: `make rule ID=IP-90 TITLE="Individuell plan uten koordinator"`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
USAGE = 'Skriv make rule ID=IP-90 TITLE="Individuell plan uten koordinator".'
_ID = re.compile(r"([A-Z]{2,3})-[0-9]{2}")


class NotPossibleError(Exception):
    """The page cannot be begun; the message says why, and what to write instead."""


def new_rule(rule_id: str, title: str, rules: Path) -> Path:
    """Write a page that works and is marked «FYLL UT», beside the others of its theme.

    Raises NotPossibleError when the id is malformed, taken, or of an unknown theme.
    """
    known = _ID.fullmatch(rule_id)
    if not known or not title:
        raise NotPossibleError(USAGE)
    neighbours = sorted(rules.glob(f"*/{known[1]}-[0-9][0-9].md"))
    if not neighbours:
        message = (
            f"Ingen regel begynner på {known[1]}. Et nytt tema begynner med en mappe i rules/."
        )
        raise NotPossibleError(message)
    page = neighbours[0].with_name(f"{rule_id}.md")
    if page.exists():
        message = f"{rule_id} finnes. Siste i temaet er {neighbours[-1].stem}."
        raise NotPossibleError(message)
    form = Template((ROOT / "tools" / "rule.md").read_text(encoding="utf-8"))
    page.write_text(form.substitute(id=rule_id, title=title), encoding="utf-8")
    return page


def main() -> int:
    """Begin the page that the command line asks for; return the exit code."""
    rule_id, title, *_ = [*sys.argv[1:], "", ""]
    try:
        page = new_rule(rule_id, title, ROOT / "rules")
    except NotPossibleError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{page.relative_to(ROOT)}: bytt ut alt som er merket FYLL UT\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
