#!/usr/bin/env python3
"""Every declassify<"reason"> of the product stands in docs/side_channels.md, word for word, and none besides."""

import re
from pathlib import Path

import tree

PAGE = "docs/side_channels.md"
FOLDERS = ("include", "lib", "proofs", "tools")
DEFINED_IN = ("include/sandoq/core/secret.hpp", "include/sandoq/core/choice.hpp")
# Adjacent literals are one reason, as for the compiler.
USE = re.compile(r'\bdeclassify<\s*((?:"(?:\\.|[^"\\\n])*"\s*)+)>')
LITERAL = re.compile(r'"((?:\\.|[^"\\\n])*)"')
UNNAMED = re.compile(r"\bdeclassify<(?!\s*\")")
HEADING = "## Reasons, word for word"
LISTED = re.compile(r"^- `([^`]+)`: (.+)$", re.M)


def uses(root: Path) -> tuple[set[tuple[str, str]], list[str]]:
    found, problems = set(), []
    for path in tree.cpp_files(root, *FOLDERS):
        if path in DEFINED_IN:
            continue
        text = tree.read(root, path)
        for match in USE.finditer(text):
            found.add((path, "".join(LITERAL.findall(match.group(1)))))
        for match in UNNAMED.finditer(tree.code_only(text).replace('declassify< ', 'declassify<"')):
            line = text.count("\n", 0, match.start()) + 1
            problems.append(f"{path}:{line}: a declassify whose reason is no literal cannot be listed")
    return found, problems


def check(root: Path) -> list[str]:
    found, problems = uses(root)
    page = tree.read(root, PAGE) if (root / PAGE).is_file() else ""
    explained, _, listing = page.partition(HEADING)
    listed = set(LISTED.findall(listing))
    for path, reason in sorted(found - listed):
        problems.append(f"{PAGE}: missing under '{HEADING}': - `{path}`: {reason}")
    for path, reason in sorted(listed - found):
        problems.append(f"{PAGE}: no such declassify any more: - `{path}`: {reason}")
    for path in sorted({path for path, _ in found} - set(re.findall(r"[\w./]+\.[ch]pp", explained))):
        problems.append(f"{PAGE}: the table does not explain what {path} releases")
    return problems


if __name__ == "__main__":
    tree.main(check)
