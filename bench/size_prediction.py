"""Does `sandoq size` foretell a drill? Three rounds of: measure the machine, hold the drill, measure again.

usage: size_prediction.py SANDOQ [--profile village] [--voters 10000] [--rounds 3] [--threads 0]

The prediction of a round is the mean of both measurements around its drill. Prints one table: of each phase the median
over the rounds of predicted over real time, and of the record's size. Ends with 1 if the whole time or the
size is off by more than a quarter.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

PHASES = ("ceremony", "voting", "tally", "mixing", "opening", "verify")
TOLERANCE = 0.25


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return json.loads(done.stdout)


def predict(args, election):
    found = run([args.sandoq, "size", *election, "--json"])
    seconds = dict(found["seconds"])
    seconds["voting"] = found["drill_voting_seconds"]
    return seconds | {"whole": sum(seconds.values()), "bytes": found["disk_bytes"]}


def hold(args, election):
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "record")
        found = run([args.sandoq, "drill", *election, "--out", record, "--json"])
        seconds = {phase: found["seconds"].get(phase, 0) for phase in PHASES}
        seconds["mixing"] += found["seconds"].get("preparing", 0)
        octets = sum(os.path.getsize(os.path.join(record, name)) for name in os.listdir(record))
    return seconds | {"whole": sum(seconds.values()), "bytes": octets}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sandoq")
    parser.add_argument("--profile", default="village")
    parser.add_argument("--voters", default="10000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", default="0")
    args = parser.parse_args()
    election = ["--profile", args.profile, "--voters", args.voters, "--threads", args.threads]
    rounds = []
    for _ in range(args.rounds):
        before, real, after = predict(args, election), hold(args, election), predict(args, election)
        rounds.append({key: ((before[key] + after[key]) / 2, real[key]) for key in real})
    print(f"{args.profile}, {args.voters} voters, median of {args.rounds} rounds")
    print(f"{'':10} {'predicted':>14} {'real':>14} {'ratio':>7}")
    ratios = {}
    for key in (*PHASES, "whole", "bytes"):
        predicted, real = (statistics.median(each[key][i] for each in rounds) for i in (0, 1))
        if real == 0:  # nothing is mixed
            continue
        ratios[key] = statistics.median(each[key][0] / each[key][1] for each in rounds)
        digits = 0 if key == "bytes" else 3
        print(f"{key:10} {predicted:14,.{digits}f} {real:14,.{digits}f} {ratios[key]:7.2f}")
    return 1 if any(abs(ratios[key] - 1) > TOLERANCE for key in ("whole", "bytes")) else 0


if __name__ == "__main__":
    sys.exit(main())
