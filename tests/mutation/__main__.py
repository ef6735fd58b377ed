"""`python -m tests.mutation IP DAT-01`: show the changes of the SQL that no example notices."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kpr_validator.rules import load_page, rule_files
from tests.mutation.judge import Judged, UnsoundError, judge
from tests.mutation.survivors import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpr_validator.rules import Page


def main(asked: tuple[str, ...]) -> int:
    """Try the pages whose ids begin as asked for; return 1 when something unlisted got away."""
    files = [path for path in rule_files() if path.stem.startswith(asked or ("",))]
    pages = [page for page in map(load_page, files) if page.rule.sql]
    judged = list(_judged(pages))
    caught, total = sum(one.caught for one in judged), sum(one.total for one in judged)
    sys.stdout.write(f"{caught} of {total} caught ({caught / max(total, 1):.1%})\n")
    return int(any(_unlisted(one) for one in judged))


def _judged(pages: Sequence[Page]) -> Iterator[Judged]:
    for page in pages:
        try:
            yield _told(judge(page))
        except UnsoundError as error:
            sys.stdout.write(f"{error}\n")


def _told(judged: Judged) -> Judged:
    """Write what got away on one page, as it becomes known."""
    rule = judged.page.rule
    sys.stdout.write(f"{rule.id}  {judged.caught} of {judged.total}\n")
    unlisted = _unlisted(judged)
    for mutant in judged.survivors:
        listed = "" if mutant.change in unlisted else "  (listed)"
        line = judged.page.sql_line + mutant.line
        sys.stdout.write(f"    {rule.path}:{line}: {mutant.change}{listed}\n")
    sys.stdout.flush()
    return judged


def _unlisted(judged: Judged) -> set[str]:
    listed = {one.change for one in known() if one.rule == judged.page.rule.id}
    return {mutant.change for mutant in judged.survivors} - listed


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
