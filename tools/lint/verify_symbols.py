#!/usr/bin/env python3
"""No object of the verifier, or of the public halves it links, refers to a secret or to randomness.

Usage: verify_symbols.py build/PRESET/public_libraries.txt

The list is written by CMake: the archives of all public halves. Defined and undefined symbols are
both looked at, since a template instantiated here is defined here.
"""

import re
import subprocess
import sys
from pathlib import Path

FORBIDDEN = re.compile(
    r"\brandombytes|\bgetrandom\b|\bgetentropy\b|\barc4random|std::random_device"
    r"|\bsandoq::(?:\w+::)*(?:secret(?:_ops)?\s*<|random_source\b|prove\w*\s*[<(]|\w+_witness\b)")


def problems_in(name: str, listing: str) -> list[str]:
    """Findings in the output of `nm --demangle` for one archive."""
    found = []
    member = ""
    for line in listing.splitlines():
        if line.endswith(":") and " " not in line:
            member = line[:-1]
        elif match := FORBIDDEN.search(line):
            found.append(f"{name}({member}): refers to {match.group().strip()}...: {line.strip()}")
    return found


def check(libraries: Path) -> list[str]:
    problems = []
    for archive in filter(None, libraries.read_text().splitlines()):
        if not Path(archive).exists():
            problems.append(f"{archive}: not built")
            continue
        listing = subprocess.run(["nm", "--demangle", archive], check=True, capture_output=True, text=True)
        problems += problems_in(Path(archive).name, listing.stdout)
    return problems


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = check(Path(sys.argv[1]))
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"verify_symbols: {'clean' if not found else f'{len(found)} found'}", file=sys.stderr)
    sys.exit(1 if found else 0)
