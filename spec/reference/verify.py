#!/usr/bin/env python3
"""Verifies a record of an election, check by check: the second verifier, independent of the first.

Exit code 0: accepted; 1: rejected; 2: DIR is no readable directory, or the arguments are wrong.
"""

import argparse
import os
import sys


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", metavar="DIR", help="the record")
    pin = parser.add_mutually_exclusive_group()
    pin.add_argument("--manifest", metavar="FILE", help="canonical bytes of the manifest that was agreed on")
    pin.add_argument("--manifest-hash", metavar="HEX", help="the manifest hash that was agreed on")
    parser.add_argument("--domain", choices=("drill", "real"), help="what the record must be")
    parser.add_argument("--json", action="store_true", help="the verdict as JSON on standard output, and nothing else there")
    parser.add_argument("--sample", type=int, metavar="N", help="verify the proofs of N ballots only, drawn by the head's hash")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes (default: all cores)")
    parsed = parser.parse_args()
    if not os.path.isdir(parsed.directory) or not os.access(parsed.directory, os.R_OK | os.X_OK):
        parser.error(f"{parsed.directory} is no readable directory")
    if parsed.sample is not None and parsed.sample < 0 or parsed.jobs is not None and parsed.jobs < 1:
        parser.error("--sample and --jobs take numbers of at least 0 and 1")
    return parser, parsed


def pinned_hash(parser, parsed):
    from sandoq_reference.hashing import hash32
    if parsed.manifest_hash is not None:
        try:
            value = bytes.fromhex(parsed.manifest_hash)
        except ValueError:
            value = b""
        if len(value) != 32:
            parser.error("--manifest-hash takes 64 hexadecimal digits")
        return value
    if parsed.manifest is not None:
        try:
            with open(parsed.manifest, "rb") as stream:
                return hash32("manifest", stream.read())
        except OSError as error:
            parser.error(f"--manifest: {error}")
    return None


def main():
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from sandoq_reference.verify.report import as_json, as_text
    from sandoq_reference.verify.run import verify_record
    from sandoq_reference.verify.verdict import load_checks
    parser, parsed = arguments()
    pinned = pinned_hash(parser, parsed)
    jobs = parsed.jobs or len(os.sched_getaffinity(0))

    def progress(done):
        print(f"{done} ballots", file=sys.stderr)

    domain = {"real": 1, "drill": 2, None: None}[parsed.domain]
    outcome = verify_record(parsed.directory, pinned, domain, jobs, parsed.sample, progress)
    if parsed.json:
        text = as_json(outcome, pinned, parsed.directory)
    else:
        text = as_text(outcome, pinned, {check["id"]: check["sentence"] for check in load_checks()})
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
    return 0 if outcome.accepted else 1


if __name__ == "__main__":
    sys.exit(main())
