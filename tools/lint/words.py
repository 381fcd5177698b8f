#!/usr/bin/env python3
"""Words that must not stand in the tree: paths of one machine, marks of unfinished work, vague names, careless printing."""

import re
from pathlib import Path

import tree

# Brackets around one letter keep the patterns from finding themselves.
LINE_RULES = (
    (re.compile(r"(?<![\w.$}])/(?:[h]ome|[r]oot|[w]ork|[f]arm|[U]sers)/\w|/[t]mp/[w]t\b"),
     "a path of one machine"),
    (re.compile(r"\b(?:[d]eb\.debian|[r]egistry\.\w+|[p]ypi|[i]ndex\.crates)\.(?:org|com|io)\b"),
     "the name of a registry"),
    (re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK)\b"), "a mark of unfinished work; open an issue"),
)
# What people on other machines have written must not reach a screen as it is.
PLACE_RULES = (
    (re.compile(r"^tools/sandoq/office/"), re.compile(r"\bfmt::print\(|\bstd::f?printf\(|\bstd::f?puts\("),
     "prints what it gets; say() (tools/sandoq/say.hpp) shows it"),
)
VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common|stuff)(_|$)")
SKIPPED = re.compile(r"^(LICENSE|data/|spec/[^/]+/vectors/)|\.(gz|bin|pb|png|svg)$")


def check(root: Path) -> list[str]:
    problems = []
    for path in tree.files(root):
        if VAGUE.search(Path(path).name.split(".")[0]):
            problems.append(f"{path}: the name says nothing; name the concept")
        if SKIPPED.search(path):
            continue
        try:
            text = tree.read(root, path)
        except UnicodeDecodeError:
            problems.append(f"{path}: not UTF-8")
            continue
        rules = LINE_RULES + tuple((pattern, reason) for place, pattern, reason in PLACE_RULES if place.search(path))
        for number, line in enumerate(text.splitlines(), 1):
            for pattern, reason in rules:
                if match := pattern.search(line):
                    problems.append(f"{path}:{number}: '{match.group()}': {reason}")
    return problems


if __name__ == "__main__":
    tree.main(check)
