#!/usr/bin/env python3
"""Writes records that are wrong in one point each (or two), and what every check must say about them."""

import argparse
import json
import os
import random
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sandoq_reference.equations import Failed  # noqa: E402


def pairs(mutations, count, seed):
    """Random pairs for different checks of one election."""
    source, out = random.Random(seed), []
    while len(out) < count:
        pair = source.sample(mutations, 2)
        if pair[0].fails != pair[1].fails and pair[0].base == pair[1].base:
            out.append(pair)
    return out


def write(task):
    """The record of a group of mutations and NAME.json beside it; False if the two cannot be made together."""
    from sandoq_reference.making.mutations import MUTATIONS, expected_statuses, make_mutated
    from sandoq_reference.verify.run import verify_record
    names, directory = task
    group = [next(mutation for mutation in MUTATIONS if mutation.name == name) for name in names]
    path = os.path.join(directory, "+".join(names))
    try:
        make_mutated(group, path)
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError, Failed):
        if len(group) == 1:
            raise
        shutil.rmtree(path, ignore_errors=True)
        return False
    if len(group) == 1:
        statuses = expected_statuses(group[0].fails)
    else:
        statuses = {entry["id"]: entry["status"] for entry in verify_record(path).checks}
    expected = {"verdict": "reject", "statuses": statuses, "mutations": [
        {"id": m.name, "threats": m.threats, "fails": m.fails, "what": m.what, "base": m.base} for m in group]}
    with open(path + ".json", "w", encoding="ascii") as stream:
        json.dump(expected, stream, indent=1)
        stream.write("\n")
    return True


def main():
    from sandoq_reference.making.mutations import MUTATIONS
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", help="gets a record NAME and an expected verdict NAME.json for each mutation")
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--pairs", type=int, default=0, metavar="N", help="instead: N random pairs, as far as they can be made")
    parser.add_argument("--seed", default="1", help="of the pairs")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - {mutation.name for mutation in MUTATIONS}
    if unknown:
        parser.error("no such mutation: " + ", ".join(sorted(unknown)))
    chosen = [[mutation] for mutation in MUTATIONS if not arguments.names or mutation.name in arguments.names]
    if arguments.pairs:
        chosen = pairs(MUTATIONS, arguments.pairs, arguments.seed)
    tasks = [([mutation.name for mutation in group], arguments.directory) for group in chosen]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for number, (task, made) in enumerate(zip(tasks, pool.map(write, tasks)), 1):
            print(f"{number}/{len(tasks)} " + "+".join(task[0]) + ("" if made else ": not together"), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
