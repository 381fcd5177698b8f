#!/usr/bin/env python3
"""Plants the faults of the lists in faults/, one at a time, and sees whether the suite notices each of them.

Works on copies of the tree below build/planted. A fault is caught if a test fails that passes without it; that it no
longer compiles does not count, except where the list says so. Exit code 0: all were caught; 1: one was not, or no
longer fits the tree; 2: the suite does not pass without a fault, or the arguments are wrong.
"""

import argparse
import fcntl
import os
import queue
import random
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from fault import BadFault, check
from trees import ROOT, Broken, Tree

OUT = ROOT / "build" / "planted"
TABLE = ROOT / "tests" / "planted" / "table.md"


def say(text):
    print(text, file=sys.stderr, flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--only", nargs="+", metavar="ID", help="these faults, or all whose id begins so")
    what.add_argument("--sample", type=int, metavar="N", help="N of them by lot; SANDOQ_TEST_SEED draws the same again")
    what.add_argument("--list", action="store_true", help="say what there is, and plant nothing")
    what.add_argument("--check", action="store_true", help="only see whether every fault still fits the tree")
    parser.add_argument("--write", action="store_true", help="write what was found into tests/planted/table.md")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), metavar="N",
                        help="copies of the tree to work in at the same time (default: one a core)")
    return parser.parse_args()


def chosen(everything, asked):
    if asked.only:
        out = [f for f in everything if any(f.id.startswith(name) for name in asked.only)]
        if unknown := [name for name in asked.only if not any(f.id.startswith(name) for f in everything)]:
            raise BadFault(f"no fault is called {', '.join(unknown)}")
        return out
    if asked.sample is not None:
        seed = int(os.environ.get("SANDOQ_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)
        say(f"planted: the sample is that of SANDOQ_TEST_SEED={seed}")
        picked = random.Random(seed).sample(range(len(everything)), min(asked.sample, len(everything)))
        return [everything[i] for i in sorted(picked)]
    return everything


class Outcome:
    def __init__(self, fault, line, caught_by, seconds, trouble=""):
        self.fault, self.line, self.caught_by, self.seconds, self.trouble = fault, line, caught_by, seconds, trouble

    @property
    def text(self):
        return self.caught_by or f"NOT CAUGHT: {self.trouble or 'every test passes'}"

    @property
    def short(self):
        return self.text.splitlines()[0]


def try_fault(where, fault):
    start, line, caught, trouble = time.monotonic(), 0, "", ""
    try:
        line = where.plant(fault)
        try:
            where.make(fault.targets)
        except Broken as problem:
            if fault.by != "build":
                raise
            caught = "the compiler"
        if not caught:
            caught = ", ".join(where.test(fault.tests, fault.cases))
    except (Broken, BadFault) as problem:
        trouble = str(problem)
    finally:
        where.restore()
    return Outcome(fault, line, caught, time.monotonic() - start, trouble)


def prove_clean(trees, wanted):
    """Without a fault everything passes that is to notice one. The other copies are built meanwhile."""
    targets = sorted({target for fault in wanted for target in fault.targets})
    cases = {}
    for fault in wanted:
        for test in fault.tests:
            cases.setdefault(test, set()).add(fault.cases)
    for tree in trees:
        tree.prepare()
    say(f"planted: building {len(targets)} targets in {len(trees)} copies of the tree")
    # One after the other, with all cores: the compiler's cache has everything when the second comes.
    for tree in trees:
        tree.jobs = max(len(os.sched_getaffinity(0)), 1)
        tree.make(targets)
        tree.jobs = max(len(os.sched_getaffinity(0)) // len(trees), 1)
    with ThreadPoolExecutor(len(trees)) as pool:
        tests = sorted(cases)
        shares = [tests[i::len(trees)] for i in range(len(trees))]
        for failed in pool.map(lambda tree, share: [
                line for test in share for line in tree.test([test], ":".join(sorted(cases[test])))], trees, shares):
            if failed:
                raise Broken("without any fault these fail: " + ", ".join(failed))
    say(f"planted: without a fault {len(tests)} tests pass")


def plant_all(trees, wanted):
    """Outcomes in the order of the list."""
    free, done, start, lock = queue.SimpleQueue(), {}, time.monotonic(), threading.Lock()
    for tree in trees:
        free.put(tree)

    def one(fault):
        tree = free.get()
        try:
            outcome = try_fault(tree, fault)
        finally:
            free.put(tree)
        with lock:
            done[fault.id] = outcome
            left = (time.monotonic() - start) / len(done) * (len(wanted) - len(done))
            say(f"[{len(done)}/{len(wanted)}, {left:.0f} s left] {fault.id}: {outcome.short}")

    with ThreadPoolExecutor(len(trees)) as pool:
        # Faults that the same programs notice follow each other, so that fewer programs are linked again.
        for future in [pool.submit(one, fault) for fault in sorted(wanted, key=lambda f: (f.targets, f.file))]:
            future.result()
    return [done[fault.id] for fault in wanted]


def write_text(outcomes):
    rows = [("fault", "place", "caught by", "seconds")]
    rows += [(o.fault.id, f"{o.fault.file}:{o.line}", o.short, f"{o.seconds:.1f}") for o in outcomes]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    lines = ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[3].rjust(7)]) for row in rows]
    caught = sum(1 for o in outcomes if o.caught_by)
    lines.append(f"{caught} of {len(outcomes)} planted faults were caught")
    (OUT / "table.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def write_markdown(outcomes, everything):
    """The rows of these faults anew; those of others stay, as long as they are in the list."""
    rows = {}
    if TABLE.exists():
        for line in TABLE.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"\| ([\w.-]+) \|", line):
                rows[match[1]] = line
    for o in outcomes:
        rows[o.fault.id] = f"| {o.fault.id} | {o.fault.breaks} | {o.fault.threat} | `{o.fault.file}` | {o.short} |"
    known = [rows[fault.id] for fault in everything if fault.id in rows]
    lines = [
        "# Planted faults", "",
        f"{len(known)} one-line faults, each put alone into prover, verifier, parser or the commands of people apart, and what then failed. "
        "`tests/planted/run.py --write` makes this table from [the lists](faults/), where the lines stand; "
        "`./dev check` plants them all. The threats are numbered as in [the threat model](../../docs/threat_model.md).", "",
        "| fault | what it breaks | threat | in | caught by |", "|---|---|---|---|---|"]
    TABLE.write_text("\n".join(lines + known) + "\n", encoding="utf-8")


def main():
    asked = arguments()
    try:
        everything = check(ROOT)
        wanted = chosen(everything, asked)
    except BadFault as problem:
        say(f"planted: {problem}")
        return 1
    if asked.check:
        print(f"{len(everything)} faults fit the tree")
        return 0
    if asked.list:
        for fault in everything:
            print(f"{fault.id:32} {fault.file}: {fault.breaks}")
        return 0
    OUT.mkdir(parents=True, exist_ok=True)
    lock = open(OUT / "lock", "w", encoding="utf-8")  # until this program ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say(f"planted: another run works in {OUT}")
        return 2
    trees = [Tree(OUT / str(i + 1), 1) for i in range(max(min(asked.jobs, len(wanted)), 1))]
    try:
        prove_clean(trees, wanted)
    except Broken as problem:
        say(f"planted: {problem}")
        return 2
    outcomes = plant_all(trees, wanted)
    write_text(outcomes)
    for outcome in outcomes:
        if not outcome.caught_by and "\n" in outcome.trouble:
            say(f"\n{outcome.fault.id}: {outcome.trouble}")
    if asked.write:
        write_markdown(outcomes, everything)
    return 0 if all(o.caught_by for o in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
