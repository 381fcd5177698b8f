"""The two programs under test, and what they must agree on."""

import csv
import gzip
import io
import json
import os
import re
import resource
import subprocess
import sys

SOURCE = os.environ["SANDOQ_SOURCE_DIR"]
SANDOQ = os.environ["SANDOQ"]
VERIFY_PY = os.path.join(SOURCE, "spec", "reference", "verify.py")
REAL_BALLOTS = os.path.join(SOURCE, "data", "cvr", "minneapolis-2013-park.csv.gz")

MEMORY_BYTES = 1048576 * 1024  # `ulimit -v 1048576`
SECONDS = 120
SANITIZED = os.environ.get("SANDOQ_SANITIZED") == "1"  # a sanitizer's shadow needs address space


def run(args, limited=False, cwd=None, seconds=SECONDS):
    """Runs a program; returns (exit code, standard output, standard error)."""

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))

    done = subprocess.run(args, capture_output=True, timeout=seconds, cwd=cwd, check=False,
                          preexec_fn=limit if limited else None)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def sandoq(*args, limited=False, cwd=None):
    return run([SANDOQ, *args], limited and not SANITIZED, cwd)


def subcommands(*words):
    """The commands that the help names below these words."""
    code, out, err = sandoq(*words, "--help")
    assert code == 0, err
    return re.findall(r"^  (\w+) ", out.split("Subcommands:")[1], re.MULTILINE) if "Subcommands:" in out else []


def all_commands():
    """All commands, by the words that one types."""
    return {f"{word} {below}".strip() for word in subcommands() for below in (subcommands(word) or [""])}


def verify_cpp(directory, *args, limited=False):
    return sandoq("verify", directory, "--json", "--threads", "2", *args, limited=limited)


def verify_py(directory, *args, limited=False):
    return run([sys.executable, "-B", VERIFY_PY, directory, "--json", *args], limited)


def agreed(report):
    """What two verifiers must say alike."""
    return {"verdict": report["verdict"], "counts": report["counts"], "ballots": report["ballots"],
            "checks": [(c["id"], c["status"]) for c in report["checks"]]}


def count_csv(path, limit):
    """A plain count that shares no code with the tool."""
    data = read(path)
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    no_option = {"", "undervote", "overvote", "UWI"}
    counts = {name: 0 for row in rows for name in row[1:] if name not in no_option}
    counts["blank"] = 0
    for row in rows[:limit]:
        names = set(row[1:]) - no_option
        for name in names:
            counts[name] += 1
        counts["blank"] += not names
    contest = os.path.basename(path)
    for suffix in (".gz", ".csv"):
        contest = contest.removesuffix(suffix)
    return {contest: counts}


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def files_of(directory):
    return {name: read(os.path.join(directory, name)) for name in os.listdir(directory)}


def load(text):
    """JSON and nothing else on standard output."""
    return json.loads(text)
