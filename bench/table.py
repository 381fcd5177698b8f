"""Runs the benchmarks and prints one table: our time, libsodium's in the same run, and the ratio.

usage: table.py FOLDER-OF-BENCH-PROGRAMS        (./dev bench --table)
"""

import json
import os
import subprocess
import sys

# What, ours, libsodium's.
ROWS = [
    ("decode an element, checked", "decode_batch", "decode_libsodium"),
    ("add two elements (libsodium: bytes to bytes)", "add", "add_libsodium"),
    ("fixed-base multiplication, secret scalar", "mul_base_secret", "mul_base_libsodium"),
    ("variable-base multiplication, secret scalar", "mul_secret", "mul_libsodium"),
    ("sum of n = 64 multiples, a term", "msm_vartime/n:64/bits:252", "msm_libsodium/n:64"),
    ("sum of n = 1,024 multiples, a term", "msm_vartime/n:1024/bits:252", "msm_libsodium/n:1024"),
    ("sum of n = 65,536 multiples, a term", "msm_vartime/n:65536/bits:252", "msm_libsodium/n:1024"),
    ("add a ciphertext to a sum, from wire", "aggregate_from_wire", "aggregate_libsodium"),
    ("verify that a ciphertext holds 0 or 1, alone", "disjunction_verify", "disjunction_libsodium"),
    ("verify that a ciphertext holds 0 or 1, in a batch of 1,024", "disjunction_verify_batched/proofs:1024",
     "disjunction_libsodium"),
    ("encrypt and prove a ballot, n = 10", "ballot_encrypt/n:10", "sodium_encrypt/n:10"),
    ("encrypt and prove a ballot, n = 20", "ballot_encrypt/n:20", "sodium_encrypt/n:20"),
    ("verify a ballot alone, n = 10", "ballot_verify/n:10/ballots:1", "sodium_verify/n:10"),
    ("verify a ballot in a batch of 256, n = 10", "ballot_verify/n:10/ballots:256", "sodium_verify/n:10"),
    ("verify a ballot in a batch of 256, n = 20", "ballot_verify/n:20/ballots:256", "sodium_verify/n:20"),
]
UNITS = {"ns": 1e-3, "us": 1.0, "ms": 1e3, "s": 1e6}


def item_us(entry):
    """CPU time of one item in microseconds: per item where the benchmark says so, else per iteration."""
    for counter in ("s/item", "per_ballot"):
        if counter in entry:
            return entry[counter] * 1e6
    return entry["cpu_time"] * UNITS[entry["time_unit"]]


def rounded(us):
    """Three digits that mean something, without exponents."""
    return f"{us:,.0f}" if us >= 100 else f"{us:.3g}"


def run(program):
    done = subprocess.run([program, "--benchmark_format=json", "--benchmark_min_time=0.3", "--benchmark_repetitions=3",
                           "--benchmark_report_aggregates_only=true"], capture_output=True, check=True)
    report = json.loads(done.stdout)
    medians = {}
    for entry in report["benchmarks"]:
        if entry.get("aggregate_name") == "median":
            medians[entry["run_name"]] = item_us(entry)
    return medians


def main():
    folder = sys.argv[1]
    found = {}
    for name in sorted(os.listdir(folder)):
        print("running", name, file=sys.stderr)
        found.update(run(os.path.join(folder, name)))
    print("| operation | sandoq, us | libsodium, us | ratio |\n|---|---|---|---|")
    missing = [n for _, *names in ROWS for n in names if n not in found]
    if missing:
        sys.exit(f"table.py: no such benchmark: {', '.join(missing)}; there are {', '.join(found)}")
    for what, ours, theirs in ROWS:
        a, b = found[ours], found[theirs]
        print(f"| {what} | {rounded(a)} | {rounded(b)} | {b / a:.1f} |")


if __name__ == "__main__":
    main()
