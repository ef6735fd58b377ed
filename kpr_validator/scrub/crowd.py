"""The fewest persons that together show a finding about the municipality as a whole.

It takes many runs on large files, and many persons stay. So it is done only for rules
that the user names.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.pipeline import check_file
from kpr_validator.scrub import reduce
from kpr_validator.scrub.judge import Sight
from kpr_validator.scrub.tree import Node, written

if TYPE_CHECKING:
    from kpr_validator.pipeline import Options
    from kpr_validator.scrub.cut import Original

CHUNKS = 16


def crowd(original: Original, sight: Sight, options: Options) -> list[int]:
    """Return the places among the original's cuts of persons that show the finding together."""
    everyone = Node("", "", children=tuple(Node(str(n), "") for n in range(len(original.cuts))))
    tops = [replace(original.root, children=nodes) for nodes in (original.before, original.after)]
    before, after = ("".join(written(n, original.root.namespace) for n in t.children) for t in tops)

    def does(tree: Node) -> bool:
        people = (original.cuts[int(node.name)].text for node in tree.children)
        text = "\n".join((original.tag, before, *people, after, original.end))
        asked = replace(options, select=(sight.rule,), ignore=(), stdin=io.BytesIO(text.encode()))
        with check_file("-", asked) as report:
            return any(Sight(f.rule, f.field) == sight for f in report.findings())

    asking = {0: reduce.smaller(everyone, reduce.persons, CHUNKS)}
    left = reduce.together(asking, lambda asked: [does(tree) for _, tree in asked])[0]
    return [int(node.name) for node in left.children] if left else []
