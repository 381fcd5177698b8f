"""Verifies elections of one question and six ciphertexts a ballot with Belenios's tool and with ours, process by process in turn.

usage: belenios.py BIN [--append compare.json]     (part of ./dev bench compare)

BIN holds our programs. Both elections are made here: theirs by belenios-tool (Debian's package, its 2048-bit group) with
200 ballots, ours by `sandoq drill` with 20,000. What is measured is the processor time of the whole process that checks
everything, on one thread, divided by the ballots: reading, parsing, signatures and the tally included, on both sides. The smallest of
three rounds counts.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

NAME = "verify_ballot_vs_belenios"
GROUP = "BELENIOS-2048"
THEIR_BALLOTS = 200
OUR_BALLOTS = 20000
ROUNDS = 3
GOALS = {"portable": 90, "avx2": 250}  # all others:
GOAL = 400
ANSWERS = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(args, **more):
    return subprocess.run(args, check=True, capture_output=True, text=True, **more).stdout


def processor_seconds(args):
    """Runs a program that must succeed; user and system time, and what it printed on both streams."""
    with tempfile.TemporaryFile("w+") as printed:
        child = subprocess.Popen(args, stdout=printed, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read()
    if child.returncode != 0:
        sys.exit(f"{args[0]} ended with {child.returncode}: {text}")
    return used.ru_utime + used.ru_stime, text


def belenios(*words, folder, **more):
    return run(["belenios-tool", *words], cwd=folder, **more)


def one_file(folder, ending):
    names = [name for name in os.listdir(folder) if name.endswith(ending)]
    assert len(names) == 1, names
    return os.path.join(folder, names[0])


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def make_theirs(folder):
    """A Belenios election in which everybody votes once."""
    uuid = "".join(random.choices("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", k=14))
    belenios("setup", "generate-credentials", "--uuid", uuid, "--group", GROUP, "--count", str(THEIR_BALLOTS), folder=folder)
    belenios("setup", "generate-trustee-key", "--group", GROUP, folder=folder)
    write(os.path.join(folder, "public_keys.jsons"), read(one_file(folder, ".pubkey")))
    belenios("setup", "make-trustees", folder=folder)
    template = os.path.join(folder, "template.json")
    question = {"answers": ANSWERS, "min": 1, "max": 1, "question": "Who?"}
    write(template, json.dumps({"description": "A measurement", "name": "Measured", "questions": [question],
                                "administrator": "a", "credential_authority": "c"}))
    belenios("setup", "make-election", "--uuid", uuid, "--group", GROUP, "--template", template, folder=folder)
    os.rename(one_file(folder, ".pubcreds"), os.path.join(folder, "public_creds.json"))
    belenios("archive", "init", folder=folder)
    credentials = [line.split()[1] for line in read(one_file(folder, ".privcreds")).splitlines()]
    choice, credential = os.path.join(folder, "choice.json"), os.path.join(folder, "credential")
    for i, private in enumerate(credentials):
        write(choice, json.dumps([[int(a == i % len(ANSWERS)) for a in range(len(ANSWERS))]]))
        write(credential, private)
        ballot = belenios("election", "generate-ballot", "--dir", ".", "--privcred", credential, "--ballot", choice, folder=folder)
        belenios("archive", "add-event", "--type", "Ballot", folder=folder, input=ballot)
        if (i + 1) % 50 == 0:
            say(f"belenios: {i + 1} of {len(credentials)} ballots made")


def make_ours(sandoq, folder):
    """The same with our tool: five candidates and the blank vote are six ciphertexts."""
    ballots = os.path.join(folder, "ballots.csv")
    rows = [f"P-{i % 40},{random.choice(ANSWERS[:5])}" for i in range(OUR_BALLOTS)]
    write(ballots, "\n".join(["precinct,choice1", *rows]) + "\n")
    record = os.path.join(folder, "record")
    run([sandoq, "drill", "--ballots", ballots, "--out", record])
    return record


def check_theirs(folder):
    seconds, text = processor_seconds(["belenios-tool", "election", "verify", "--dir", folder])
    assert "all checks passed" in text, text
    return seconds


def check_ours(verifier, record, kernel):
    seconds, text = processor_seconds([verifier, record, "--kernel", kernel, "--threads", "1"])
    found = json.loads(text)
    # Some more were challenged or void: those are checked as well, and not counted here.
    assert found["accepted"] and found["ballots"] == OUR_BALLOTS, text
    return seconds


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("bin")
    arguments.add_argument("--append", help="a list of rows that gets ours, too")
    arguments.add_argument("--kernel", default="", help="kernels whose name contains this")
    given = arguments.parse_args()
    verifier = os.path.join(given.bin, "verify_record")
    kernels = [name for name in run([verifier, "--list"]).split()
               if not name.startswith("emulated") and given.kernel in name]
    with tempfile.TemporaryDirectory() as folder:
        say(f"making an election of {OUR_BALLOTS:,} ballots")
        record = make_ours(os.path.join(given.bin, "sandoq"), folder)
        theirs = os.path.join(folder, "belenios")
        os.mkdir(theirs)
        make_theirs(theirs)
        best = {}
        for _ in range(ROUNDS):
            best["theirs"] = min(best.get("theirs", 1e9), check_theirs(theirs))
            for kernel in kernels:
                best[kernel] = min(best.get(kernel, 1e9), check_ours(verifier, record, kernel))
    rows = []
    for kernel in kernels:
        ours_ns, theirs_ns = best[kernel] / OUR_BALLOTS * 1e9, best["theirs"] / THEIR_BALLOTS * 1e9
        goal = GOALS.get(kernel, GOAL)
        rows.append({"name": NAME, "kernel": kernel, "ours_ns": ours_ns, "baseline": "belenios-tool 2.0, 2048 bits",
                     "baseline_ns": theirs_ns, "ratio": theirs_ns / ours_ns, "goal": goal})
        print(f"{NAME:<26} {kernel:<12} {ours_ns / 1e3:>7.3g} us {theirs_ns / 1e6:>7.3g} ms {theirs_ns / ours_ns:>7.1f}x "
              f"{goal:>6}x  {'reached' if theirs_ns / ours_ns >= goal else 'missed'}")
    if given.append:
        with open(given.append, encoding="utf-8") as file:
            rows = json.load(file) + rows
        write(given.append, json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
