#!/usr/bin/env python3
"""No object of the verifier, or of the public halves it links, refers to a secret or to randomness.

Usage: verify_symbols.py build/PRESET/public_libraries.txt

The list is written by CMake: the archives of all public halves. Defined and undefined symbols are
both looked at, since a template instantiated here is defined here.
"""

import re
import sys
from pathlib import Path

from archives import members_and_lines, symbols_of

FORBIDDEN = re.compile(
    r"\brandombytes|\bgetrandom\b|\bgetentropy\b|\barc4random|std::random_device"
    r"|\bsandoq::(?:\w+::)*(?:secret(?:_ops)?\s*<|random_source\b|prove\w*\s*[<(]|\w+_witness\b)")


def problems_in(name: str, listing: str) -> list[str]:
    """Findings in the output of `nm --demangle` for one archive."""
    found = []
    for member, line in members_and_lines(listing):
        if match := FORBIDDEN.search(line):
            found.append(f"{name}({member}): refers to {match.group().strip()}...: {line.strip()}")
    return found


def check(libraries: Path) -> list[str]:
    problems = []
    for archive in filter(None, libraries.read_text().splitlines()):
        if not Path(archive).exists():
            problems.append(f"{archive}: not built")
            continue
        problems += problems_in(Path(archive).name, symbols_of(Path(archive)))
    return problems


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = check(Path(sys.argv[1]))
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"verify_symbols: {'clean' if not found else f'{len(found)} found'}", file=sys.stderr)
    sys.exit(1 if found else 0)
