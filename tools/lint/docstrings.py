#!/usr/bin/env python3
"""Every type, alias, function and macro of the public headers has a docstring, and Doxygen understands all of them.

Writes build/docs/html. Without a docstring go those whose names say all there is to say: data members, accessors
(member functions without parameters), special members and operators, and decode, encode, read, write, of which
docs/reference.md speaks.
"""

import re
import subprocess
from pathlib import Path

import tree

HERE = Path(__file__).resolve().parent
DOXYFILE = HERE.parents[1] / "docs" / "Doxyfile"
UNDOCUMENTED = re.compile(r"(?:warning|error): Member (?P<what>.*) \((?P<kind>\w[\w ]*)\) of .* is not documented\.$")
SPEAKS_FOR_ITSELF = (
    re.compile(r"^[^()]*\(\)"),                                 # no parameters
    re.compile(r"\boperator\b|~|=default|=delete"),
    re.compile(r"^(\w+)\((?:const )?\1(?:< .* >)? &&?\w*\)"),  # copy and move
    re.compile(r"^(?:decode|encode|read|write)\("),
)


def needs_none(line: str) -> bool:
    found = UNDOCUMENTED.search(line)
    return bool(found) and (found["kind"] == "variable" or any(p.search(found["what"]) for p in SPEAKS_FOR_ITSELF))


def check(root: Path) -> list[str]:
    (root / "build").mkdir(exist_ok=True)
    config = DOXYFILE.read_text(encoding="utf-8") + f'\nINPUT_FILTER = "python3 {HERE / "doxygen_filter.py"}"\n'
    done = subprocess.run(["doxygen", "-"], cwd=root, input=config, capture_output=True, text=True, check=False)
    lines = dict.fromkeys(line.replace(f"{root}/", "") for line in done.stderr.splitlines() if line.strip())
    found = [line for line in lines if not needs_none(line)]
    if done.returncode != 0:
        found.append(f"doxygen left with {done.returncode}")
    return found


if __name__ == "__main__":
    tree.main(check)
