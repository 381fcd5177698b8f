#!/usr/bin/env python3
"""Verifies a record of an election, check by check: the second verifier, independent of the first.

Exit code 0: accepted; 1: rejected; 2: no verdict, since DIR is no readable directory or a file in it cannot be read, the arguments are wrong,
or standard output takes no verdict.
"""

import argparse
import os
import sys


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", metavar="DIR", help="the record")
    pin = parser.add_mutually_exclusive_group()
    pin.add_argument("--manifest", metavar="FILE", help="the manifest that was agreed on: its canonical bytes, or manifest.pb")
    pin.add_argument("--manifest-hash", metavar="HEX", help="the manifest hash that was agreed on")
    parser.add_argument("--domain", choices=("drill", "real"), help="what the record must be")
    parser.add_argument("--json", action="store_true", help="the verdict as JSON on standard output, and nothing else there")
    parser.add_argument("--sample", type=int, metavar="N", help="verify the proofs of N ballots only, drawn by the head's hash")
    parser.add_argument("--sample-stages", type=int, metavar="N", help="verify the proofs of N stages of mixes only, drawn likewise")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes (default: all cores)")
    parsed = parser.parse_args()
    try:
        with os.scandir(parsed.directory):
            pass
    except (OSError, ValueError):
        parser.error(f"{parsed.directory} is no readable directory")
    if any(number is not None and number < 0 for number in (parsed.sample, parsed.sample_stages)) or \
            parsed.jobs is not None and parsed.jobs < 1:
        parser.error("--sample, --sample-stages and --jobs take numbers of at least 0, 0 and 1")
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
        return manifest_file_hash(parser, parsed.manifest)
    return None


def manifest_file_hash(parser, path):
    from sandoq_reference.hashing import hash32
    from sandoq_reference.items import MANIFEST
    from sandoq_reference.layout import StructureError
    from sandoq_reference.segments import MOST
    try:
        with open(path, "rb") as stream:
            data = stream.read(MOST + 64)  # and the framing of an item
        data = manifest_of_segment(data) if data[:1] > b"\x7f" else data
        if len(data) > MOST:
            raise StructureError("more than 16 MiB")
        MANIFEST.decode(data)
    except StructureError as error:
        parser.error(f"--manifest: {path} holds neither the canonical bytes of a manifest nor a manifest.pb ({error}); if it "
                     "is the JSON form, write them with `sandoq manifest check FILE --write OUT` and give OUT")
    except (OSError, ValueError) as error:
        parser.error(f"--manifest: {error}")
    return hash32("manifest", data)


def manifest_of_segment(data):
    """A segment begins with a length, of several bytes where the item is as long as a manifest (80.2)."""
    import io
    from sandoq_reference.items import KINDS, MANIFEST
    from sandoq_reference.layout import StructureError
    from sandoq_reference.segments import SegmentReader
    items = [(kind, canonical) for _, kind, canonical in SegmentReader(io.BytesIO(data))]
    if len(items) != 1 or KINDS.get(items[0][0]) is not MANIFEST:
        raise StructureError("it must hold one item, a manifest")
    return items[0][1]


def main():
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from sandoq_reference.verify.report import as_json, as_text
    from sandoq_reference.verify.run import verify_record
    from sandoq_reference.verify.streams import message, occupy_closed, output
    from sandoq_reference.verify.verdict import Unreadable, load_checks
    lost = sys.stdout is None
    occupy_closed()
    if lost:
        message("verify.py: standard output is closed, so no verdict can be given")
        return 2
    parser, parsed = arguments()
    pinned = pinned_hash(parser, parsed)
    jobs = parsed.jobs or len(os.sched_getaffinity(0))

    def progress(done):
        message(f"{done} ballots")

    domain = {"real": 1, "drill": 2, None: None}[parsed.domain]
    try:
        outcome = verify_record(parsed.directory, pinned, domain, jobs, parsed.sample, progress, parsed.sample_stages)
    except Unreadable as error:
        message(f"verify.py: no verdict: {error}")
        return 2
    if outcome.interrupted is not None:
        message(outcome.interrupted)
    if parsed.json:
        text = as_json(outcome, pinned, parsed.directory)
    else:
        text = as_text(outcome, pinned, {check["id"]: check["sentence"] for check in load_checks()})
    try:
        output(text)
    except OSError as error:
        message(f"verify.py: the verdict could not be written to standard output: {error.strerror}")
        return 2
    return 0 if outcome.accepted else 1


if __name__ == "__main__":
    sys.exit(main())
