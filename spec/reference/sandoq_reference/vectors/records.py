"""Whole made records below spec/80-record/vectors/records, and the verdict on each."""

import json
import os
import shutil

from ..making.election import make_small
from ..verify.run import verify_record

RECORDS = {
    "town": (4, {}, {}),
    "town-real": (3, {"domain": 1, "everyone": False, "attempt": 2, "sizes": ((1, 1), (3, 4))}, {"ballot_file_bytes": 2000}),
    "nobody-voted": (0, {"options": 2, "most": 1, "sizes": ((2, 2),)}, {}),
}


def write(folder):
    """Writes every record and NAME.json, the verdict (without times and places)."""
    for name, (ballots, options, writing) in RECORDS.items():
        path = os.path.join(folder, name)
        shutil.rmtree(path, ignore_errors=True)
        maker = make_small(name, ballots, **options)
        maker.write(path, **writing)
        outcome = verify_record(path)
        assert outcome.accepted, name
        expected = {"verdict": "accept", "manifest": maker.election.e0.hex(),
                    "statuses": {entry["id"]: entry["status"] for entry in outcome.checks},
                    "counts": outcome.counts, "ballots": outcome.ballots}
        with open(path + ".json", "w", encoding="ascii") as stream:
            json.dump(expected, stream, indent=1)
            stream.write("\n")
