#!/usr/bin/env python3
"""Writes the deterministic test vectors of all sections into spec/NN-name/vectors/, and the corpus of section 90."""

import argparse
import importlib
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor

SECTIONS = ("notation", "integer_groups", "elgamal", "transcript", "sigma", "disjunction", "value_range",
            "plaintext_equality", "integer_value_proofs", "bit_vector", "slots", "packed", "shuffle", "manifest", "codes", "ballot",
            "threshold", "list_opening", "mix", "tally", "result", "mixed_result", "rules", "record")
RECORDS = os.path.join("80-record", "vectors", "records")


def contents(folder):
    """path -> bytes of every file below."""
    out = {}
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as stream:
                out[os.path.relpath(os.path.join(place, name), folder)] = stream.read()
    return out


def compare(made, kept, names):
    """Paths that differ between the folder just made and the one that is kept."""
    stale = []
    for name in names:
        for path in (made, kept):
            if not os.path.exists(os.path.join(path, name)):
                stale.append(name)
                break
        else:
            if os.path.isdir(os.path.join(made, name)):
                new, old = contents(os.path.join(made, name)), contents(os.path.join(kept, name))
                stale += [os.path.join(name, path) for path in sorted(new.keys() | old.keys())
                          if new.get(path) != old.get(path)]
            else:
                with open(os.path.join(made, name), "rb") as one, open(os.path.join(kept, name), "rb") as other:
                    if one.read() != other.read():
                        stale.append(name)
    return stale


def write_one(name, folder):
    """Writes one section below the folder; the path written, relative to it."""
    if name == "records":
        importlib.import_module("sandoq_reference.vectors.records").write(os.path.join(folder, RECORDS))
        return RECORDS
    section = importlib.import_module(f"sandoq_reference.vectors.{name}").make()
    path = os.path.join(folder, section.path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="ascii") as stream:
        stream.write(section.text())
    print(f"{section.path}: {len(section.vectors)} vectors", file=sys.stderr)
    return section.path


def write(folder, sections, kept):
    """Writes these sections, those that take long first; the paths. kept: the spec folder as it was."""
    ordered = sorted(sections, key=("threshold", "records").__contains__, reverse=True)
    ordered = [name for name in ordered if name != "corpus"]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        paths, more = pool.map(write_one, ordered, [folder] * len(ordered)), []
        if "corpus" in sections:
            corpus = importlib.import_module("sandoq_reference.vectors.corpus")
            every = bool(os.environ.get("SANDOQ_EVERY"))
            more = corpus.write(folder, kept, every, lambda function, tasks: list(pool.map(function, tasks)))
        return list(paths) + more


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    sections = SECTIONS + ("records", "corpus")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help="only these of: " + " ".join(sections) + "; of the corpus, a sample is made "
                        "anew, all of it with SANDOQ_EVERY=1 in the environment")
    parser.add_argument("--out", default=os.path.dirname(here), help="the spec folder (default: the one around this program)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    arguments = parser.parse_args()
    unknown = set(arguments.sections) - set(sections)
    if unknown:
        parser.error("no such section: " + ", ".join(sorted(unknown)))
    sys.path.insert(0, here)
    chosen = arguments.sections or sections
    if not arguments.check:
        write(arguments.out, chosen, arguments.out)
        return 0
    with tempfile.TemporaryDirectory() as made:
        stale = compare(made, arguments.out, write(made, chosen, arguments.out))
    for path in stale:
        print(f"{path}: differs from what would be made", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
