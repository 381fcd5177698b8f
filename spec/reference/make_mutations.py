#!/usr/bin/env python3
"""Writes records that are wrong in one point each (or two), and what every check must say about them."""

import argparse
import json
import os
import random
import shutil
import sys


def pairs(mutations, count, seed):
    """Random pairs for different checks."""
    source, out = random.Random(seed), []
    while len(out) < count:
        pair = source.sample(mutations, 2)
        if pair[0].check != pair[1].check:
            out.append(pair)
    return out


def write(group, directory):
    """The record of a group of mutations and NAME.json beside it; False if the two cannot be made together."""
    from sandoq_reference.making.mutations import make_mutated
    from sandoq_reference.verify.run import verify_record
    path = os.path.join(directory, "+".join(mutation.name for mutation in group))
    try:
        make_mutated(group, path)
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
        if len(group) == 1:
            raise
        shutil.rmtree(path, ignore_errors=True)
        return False
    outcome = verify_record(path)
    expected = {"verdict": "accept" if outcome.accepted else "reject", "mutations": [m.check for m in group],
                "statuses": {entry["id"]: entry["status"] for entry in outcome.checks}}
    with open(path + ".json", "w", encoding="ascii") as stream:
        json.dump(expected, stream, indent=1)
        stream.write("\n")
    return True


def main():
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
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
    for number, group in enumerate(chosen, 1):
        made = write(group, arguments.directory)
        print(f"{number}/{len(chosen)} " + "+".join(m.name for m in group) + ("" if made else ": not together"),
              file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
