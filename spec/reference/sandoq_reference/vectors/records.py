"""Whole made records below spec/80-record/vectors/records, and the verdict on each."""

import json
import os
import shutil

from ..making.election import make_small
from ..making.everything import everything
from ..making.forms import forms
from ..making.mixed import mixed
from ..verify.report import as_json
from ..verify.run import verify_record

# As in the report of 90.5.
TOLD = ("subtotals", "ties", "outcomes", "groups", "write_ins", "allocations", "exclusions", "recoveries", "absences", "shut_out")
# name -> how it is made, and how it is written
RECORDS = {
    "town": (lambda name: make_small(name, 4), {}),
    "town-real": (lambda name: make_small(name, 3, domain=1, everyone=False, attempt=2, sizes=((1, 1), (3, 4))),
                  {"ballot_file_bytes": 2000}),
    "nobody-voted": (lambda name: make_small(name, 0, options=2, most=1, sizes=((2, 2),)), {}),
    "everything": (lambda name: everything(name).run(), {"ballot_file_bytes": 12000}),
    "open-ties": (lambda name: everything(name, resolved=False).run(), {}),
    "mixed": (lambda name: mixed(name).run(), {"ballot_file_bytes": 12000}),
    "forms": (lambda name: forms(name).run(), {"ballot_file_bytes": 12000}),
    "mixed-open": (lambda name: mixed(name, settled=False).run(), {}),
}


def write(folder):
    """Writes every record and NAME.json, the verdict (without times and places)."""
    for name, (making, writing) in RECORDS.items():
        path = os.path.join(folder, name)
        shutil.rmtree(path, ignore_errors=True)
        maker = making(name)
        maker.write(path, **writing)
        outcome = verify_record(path)
        assert outcome.accepted, name
        report = json.loads(as_json(outcome, None, name))
        expected = {"verdict": "accept", "manifest": maker.election.e0.hex(),
                    "statuses": {entry["id"]: entry["status"] for entry in outcome.checks},
                    "counts": outcome.counts, "ballots": outcome.ballots,
                    "told": {told: report[told] for told in TOLD}}
        with open(path + ".json", "w", encoding="ascii") as stream:
            json.dump(expected, stream, indent=1)
            stream.write("\n")
