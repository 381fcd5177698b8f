#!/usr/bin/env python3
"""Compares what the programs say about one election, as JSON.

Usage: compare.py counts A B      every count of every contest is equal
       compare.py verdicts A B    verdict, counts, ballots and the status of every check are equal
       compare.py accepted A      the verdict is accept and no check failed

Exit code 0 if it is so, 1 with the differences on standard error if not, 2 if a file cannot be read.
"""

import json
import sys


def count_differences(a: dict, b: dict) -> list[str]:
    """One line for each count that is not the same in both, an absent one included."""
    differences = []
    left, right = a.get("counts", {}), b.get("counts", {})
    for contest in sorted(left.keys() | right.keys()):
        one, other = left.get(contest, {}), right.get(contest, {})
        for option in sorted(one.keys() | other.keys()):
            if one.get(option) != other.get(option):
                differences.append(f"{contest}, {option}: {one.get(option)} and {other.get(option)}")
    return differences


def statuses(verdict: dict) -> dict[str, str]:
    return {check["id"]: check["status"] for check in verdict.get("checks", [])}


def verdict_differences(a: dict, b: dict) -> list[str]:
    differences = [f"{key}: {a.get(key)} and {b.get(key)}" for key in ("verdict", "ballots")
                   if a.get(key) != b.get(key)]
    one, other = statuses(a), statuses(b)
    for name in list(one) + [n for n in other if n not in one]:
        if one.get(name) != other.get(name):
            differences.append(f"check {name}: {one.get(name)} and {other.get(name)}")
    return differences + count_differences(a, b)


def faults(verdict: dict) -> list[str]:
    """Why this is no clean acceptance; a verdict without checks is none either."""
    found = [] if verdict.get("verdict") == "accept" else [f"the verdict is {verdict.get('verdict')}"]
    if not verdict.get("checks"):
        found.append("no check was made")
    return found + [f"check {c['id']} {c['status']}: {c.get('place', '')}: {c.get('reason', '')}"
                    for c in verdict.get("checks", []) if c["status"] == "fail"]


def summary(a: dict) -> str:
    return f"{a.get('ballots', 'all')} ballots, {len(a.get('counts', {}))} contest(s)"


def main(arguments: list[str]) -> int:
    modes = {"counts": (2, count_differences, "the counts are equal"),
             "verdicts": (2, verdict_differences, "both verifiers agree in every check"),
             "accepted": (1, faults, "accepted")}
    if not arguments or arguments[0] not in modes or len(arguments) != 1 + modes[arguments[0]][0]:
        print(__doc__, file=sys.stderr)
        return 2
    _, compare, success = modes[arguments[0]]
    documents = []
    for name in arguments[1:]:
        try:
            with open(name, encoding="utf-8") as file:
                documents.append(json.load(file))
        except (OSError, ValueError) as fault:
            print(f"compare: {name}: {fault}", file=sys.stderr)
            return 2
    # Two empty documents are equal, and prove nothing.
    if arguments[0] != "accepted" and not any(d.get("counts") for d in documents):
        print("compare: there are no counts in either document", file=sys.stderr)
        return 1
    differences = compare(*documents)
    for line in differences:
        print(f"compare: {line}", file=sys.stderr)
    if not differences:
        print(f"{success} ({summary(documents[-1])})")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
