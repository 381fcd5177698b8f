#!/usr/bin/env python3
"""No hand-written file over 800 lines: one concept a file. (Aim at 300, think at 500.)"""

from pathlib import Path
from fnmatch import fnmatch

import tree

LIMIT = 800
WRITTEN = (".cpp", ".hpp", ".h", ".py", ".sh", ".cmake", ".txt", ".md", ".toml", ".proto", ".yml", ".json")
# Generated, or data; each with its reason.
EXCEPTED = (
    "spec/*/vectors/*",   # written by the reference implementation
    "spec/*/corpus/*",    # the same
    "tests/*/data/*",     # recorded inputs
    "data/*",             # public records
)


def check(root: Path) -> list[str]:
    problems = []
    for path in tree.files(root):
        if not path.endswith(WRITTEN) and "." in Path(path).name:
            continue
        if any(fnmatch(path, pattern) for pattern in EXCEPTED):
            continue
        lines = (root / path).read_bytes().count(b"\n")
        if lines > LIMIT:
            problems.append(f"{path}: {lines} lines; split it by concept (the limit is {LIMIT})")
    return problems


if __name__ == "__main__":
    tree.main(check)
