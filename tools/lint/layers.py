#!/usr/bin/env python3
"""Includes go one way down; the verifier reaches no secret; some constructs are not used at all."""

import re
from collections import deque
from pathlib import Path

import tree

# layer -> layers it may include, itself aside. Siblings (elgamal and transcript; ballot, threshold
# and mixnet) do not see each other; rules and tally are none, since a tally settles by the rules.
_L4 = ("core", "group", "elgamal", "transcript", "proofs")
_L5 = _L4 + ("ballot", "threshold", "mixnet")
_L6 = _L5 + ("tally", "rules")
_L7 = _L6 + ("record", "branch")
MAY_INCLUDE = {
    "core": (),
    "arith": ("core",),
    "kernels": ("core", "arith"),
    "group": ("core", "arith", "kernels"),
    "elgamal": ("core", "group"),
    "transcript": ("core", "group"),
    "proofs": ("core", "group", "elgamal", "transcript"),
    "ballot": _L4,
    "threshold": _L4,
    "mixnet": _L4,
    "tally": _L5 + ("rules",),
    "rules": _L5,
    "record": _L6,
    "branch": _L6,
    "verify": _L7,
    "interop": _L7,
}

# Private headers (lib/..., proofs/...) of these layers serve layers other than their own.
PRIVATE_TO = {"core": ("threshold", "mixnet"), "arith": ("kernels", "group"), "kernels": ("group",),
              "group": ("threshold", "mixnet"),
              "ballot": ("tally", "rules")}

# No file of these layers may come to any of these headers, by whatever chain of includes.
CLEAN_LAYERS = ("verify", "interop")
SECRET_HEADER = re.compile(r"(_prove|_secret)(\.core)?\.hpp$|(^|/)(random_source|secret|secret_ops)\.hpp$")

# Words of the language, and headers from outside, with where they may stand.
FORBIDDEN_WORD = re.compile(r"\b(throw|try|catch|dynamic_cast)\b")
OUTSIDE = (
    (re.compile(r"^(iostream|format|ranges|expected|regex)$"), r"^$", "is not used in the library"),
    (re.compile(r"^(sodium(\.h|/.*))$"), r"^lib/core/.*\.cpp$", "belongs in lib/core, in .cpp files"),
    (re.compile(r"^(tbb|oneapi)/"), r"^lib/core/executor\w*\.cpp$", "belongs in lib/core/executor*.cpp"),
    (re.compile(r"^boost/"), r"^lib/rules/", "belongs in lib/rules"),
    (re.compile(r"^fmt/"), r"\.cpp$", "is included in .cpp files only"),
    (re.compile(r"^CLI/"), r"^tools/", "belongs in tools/"),
)


def layer_of(path: str) -> str | None:
    """core, group, ..., or None for tools, tests and whatever else may include everything."""
    parts = path.split("/")
    if parts[0] == "proofs":
        return "proofs"
    if parts[0] == "lib" and len(parts) > 2:
        return parts[1]
    if parts[:2] == ["include", "sandoq"] and len(parts) > 3:
        return parts[2]
    return None


def _include_problem(path: str, target: str) -> str | None:
    layer, other = layer_of(path), layer_of(target)
    private = not target.startswith("include/")
    if path.startswith("include/") and private:
        return "a public header includes a private one"
    if other is None:
        return "a layer includes a file that belongs to none"
    if other != layer and other not in MAY_INCLUDE[layer]:
        return f"{layer} may not include {other}"
    if other != layer and private and layer not in PRIVATE_TO.get(other, ()):
        return f"this header is private to {other}"
    return None


def check_layers(root: Path) -> list[str]:
    problems = []
    for path in tree.cpp_files(root, "include", "lib", "proofs"):
        layer = layer_of(path)
        if layer is not None and layer not in MAY_INCLUDE:
            problems.append(f"{path}: '{layer}' is no layer known to tools/lint/layers.py")
            continue
        for line, name, quoted in tree.includes(tree.read(root, path)):
            target = tree.resolve(root, path, name)
            if target is None:
                if quoted:
                    problems.append(f"{path}:{line}: \"{name}\" is not in the tree; others' headers take <>")
                for pattern, allowed, reason in OUTSIDE:
                    if pattern.search(name) and not re.search(allowed, path):
                        problems.append(f"{path}:{line}: <{name}> {reason}")
            elif layer is not None and (problem := _include_problem(path, target)):
                problems.append(f"{path}:{line}: includes {target}: {problem}")
    return problems


def check_closure(root: Path) -> list[str]:
    """Walks all includes from the verifier's files, and gives the chain to each secret header."""
    problems = []
    for start in (p for p in tree.cpp_files(root, "include", "lib") if layer_of(p) in CLEAN_LAYERS):
        came_from: dict[str, str | None] = {start: None}
        queue = deque([start])
        while queue:
            path = queue.popleft()
            if SECRET_HEADER.search(path):
                chain, step = [path], came_from[path]
                while step is not None:
                    chain.append(step)
                    step = came_from[step]
                problems.append(f"{start}: reaches a secret header: {' <- '.join(chain)}")
                continue
            for _, name, _ in tree.includes(tree.read(root, path)):
                target = tree.resolve(root, path, name)
                if target is not None and target not in came_from:
                    came_from[target] = path
                    queue.append(target)
    return problems


def check_words(root: Path) -> list[str]:
    problems = []
    for path in tree.cpp_files(root, "include", "lib", "proofs"):
        for number, line in enumerate(tree.code_only(tree.read(root, path)).splitlines(), 1):
            for match in FORBIDDEN_WORD.finditer(line):
                problems.append(f"{path}:{number}: '{match.group()}' is not used in the library; "
                                "errors are result<T>, outcomes are verdicts")
    return problems


def check(root: Path) -> list[str]:
    return check_layers(root) + check_closure(root) + check_words(root)


if __name__ == "__main__":
    tree.main(check)
