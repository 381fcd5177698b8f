#!/usr/bin/env python3
"""Writes records that are wrong in one point each, and what every check must say about them."""

import argparse
import json
import os
import sys


def main():
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from sandoq_reference.making.mutations import MUTATIONS, make_mutated
    from sandoq_reference.verify.run import verify_record
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", help="gets a record NAME and an expected verdict NAME.json for each mutation")
    parser.add_argument("names", nargs="*", help="only these")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - {mutation.name for mutation in MUTATIONS}
    if unknown:
        parser.error("no such mutation: " + ", ".join(sorted(unknown)))
    for mutation in MUTATIONS:
        if arguments.names and mutation.name not in arguments.names:
            continue
        path = os.path.join(arguments.directory, mutation.name)
        make_mutated(mutation, path)
        outcome = verify_record(path)
        expected = {"verdict": "accept" if outcome.accepted else "reject", "fails_check": mutation.check,
                    "statuses": {entry["id"]: entry["status"] for entry in outcome.checks}}
        with open(path + ".json", "w", encoding="ascii") as stream:
            json.dump(expected, stream, indent=1)
            stream.write("\n")
        print(mutation.name, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
