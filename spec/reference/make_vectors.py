#!/usr/bin/env python3
"""Writes the deterministic test vectors of all sections into spec/NN-name/vectors/."""

import argparse
import importlib
import os
import sys

SECTIONS = ("notation", "elgamal", "transcript", "sigma", "bit_vector")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help="only these of: " + " ".join(SECTIONS))
    parser.add_argument("--out", default=os.path.dirname(here), help="the spec folder (default: the one beside)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    arguments = parser.parse_args()
    unknown = set(arguments.sections) - set(SECTIONS)
    if unknown:
        parser.error("no such section: " + ", ".join(sorted(unknown)))
    sys.path.insert(0, here)
    stale = []
    for name in arguments.sections or SECTIONS:
        section = importlib.import_module(f"sandoq_reference.vectors.{name}").make()
        path = os.path.join(arguments.out, section.path)
        text = section.text()
        if arguments.check:
            try:
                with open(path, encoding="ascii") as stream:
                    same = stream.read() == text
            except OSError:
                same = False
            if not same:
                stale.append(path)
        else:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="ascii") as stream:
                stream.write(text)
        print(f"{section.path}: {len(section.vectors)} vectors", file=sys.stderr)
    for path in stale:
        print(f"{path}: differs from what would be made", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
