#!/usr/bin/env python3
"""No object of a vector kernel defines a weak symbol or calls anything but the few functions listed here.

Usage: kernels.py build/PRESET/lib/kernels/libsandoq_kernels.a ...

Code of a kernel is compiled for processors that may not be there. The linker keeps one copy of each weak symbol, whichever
it meets first: a template or inline function that a kernel defines could replace everybody's.
"""

import re
import sys
from pathlib import Path

from archives import members_and_lines, symbols_of

VECTOR_KERNEL = re.compile(r"^(montgomery_)?avx")
WEAK = re.compile(r"^[0-9a-f]*\s*([VvWwu])\s+(.+)$")
UNDEFINED = re.compile(r"^\s*U\s+(.+)$")
MAY_CALL = re.compile(r"^(memcpy|memset|memmove|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail)$")


def problems_in(listing: str) -> list[str]:
    """Findings in the output of `nm --demangle` for an archive."""
    found = []
    for member, line in members_and_lines(listing):
        if not VECTOR_KERNEL.match(member):
            continue
        if match := WEAK.match(line):
            found.append(f"{member}: the symbol {match.group(2)} is weak")
        elif (match := UNDEFINED.match(line)) and not MAY_CALL.match(match.group(1)):
            found.append(f"{member}: calls {match.group(1)}, which is not in the list of tools/lint/kernels.py")
    return found


def check(archive: Path) -> list[str]:
    return problems_in(symbols_of(archive))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    found = [problem for archive in sys.argv[1:] for problem in check(Path(archive))]
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"kernels: {'clean' if not found else f'{len(found)} found'}", file=sys.stderr)
    sys.exit(1 if found else 0)
