"""tools/demo/compare.py says "equal" only of what is equal."""

import copy
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

COMPARE = Path(__file__).resolve().parents[3] / "tools" / "demo" / "compare.py"

VERDICT = {
    "verdict": "accept",
    "checks": [{"id": "record.files", "status": "pass", "place": "", "reason": ""},
               {"id": "ballot.proof", "status": "not-run", "place": "", "reason": "none there"}],
    "counts": {"park": {"A": 3, "B": 0, "blank": 1}},
    "ballots": 4,
    "seconds": {"read": 0.1},
}


def run(mode: str, *documents) -> subprocess.CompletedProcess:
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, document in enumerate(documents):
            path = Path(folder) / f"{number}.json"
            path.write_text(document if isinstance(document, str) else json.dumps(document))
            names.append(str(path))
        return subprocess.run([sys.executable, str(COMPARE), mode, *names], capture_output=True, text=True)


def changed(change) -> dict:
    verdict = copy.deepcopy(VERDICT)
    change(verdict)
    return verdict


class Compare(unittest.TestCase):
    def test_equal(self):
        other = changed(lambda v: v.update(seconds={"read": 9}))
        self.assertEqual(run("verdicts", VERDICT, other).returncode, 0)
        self.assertEqual(run("counts", {"counts": VERDICT["counts"]}, VERDICT).returncode, 0)
        self.assertEqual(run("accepted", VERDICT).returncode, 0)

    def test_each_difference_is_named(self):
        for change, named in (
                (lambda v: v.update(verdict="reject"), "verdict"),
                (lambda v: v.update(ballots=5), "ballots"),
                (lambda v: v["counts"]["park"].update(B=1), "park, B"),
                (lambda v: v["counts"]["park"].pop("B"), "park, B"),
                (lambda v: v["counts"].update(mayor={"X": 1}), "mayor, X"),
                (lambda v: v["checks"][0].update(status="fail"), "record.files"),
                (lambda v: v["checks"].pop(), "ballot.proof"),
                (lambda v: v["checks"].append({"id": "new", "status": "pass"}), "new")):
            result = run("verdicts", VERDICT, changed(change))
            self.assertEqual(result.returncode, 1, named)
            self.assertIn(named, result.stderr)
            self.assertEqual(run("verdicts", changed(change), VERDICT).returncode, 1, named)

    def test_nothing_is_not_equal(self):
        self.assertEqual(run("counts", {}, {}).returncode, 1)
        self.assertEqual(run("verdicts", {}, {}).returncode, 1)
        self.assertEqual(run("accepted", {}).returncode, 1)
        self.assertEqual(run("accepted", {"verdict": "accept", "checks": []}).returncode, 1)

    def test_failed_check_is_no_acceptance(self):
        bad = changed(lambda v: v["checks"][0].update(status="fail", place="ballot 3", reason="proof"))
        result = run("accepted", bad)
        self.assertEqual(result.returncode, 1)
        self.assertIn("ballot 3: proof", result.stderr)

    def test_unreadable(self):
        self.assertEqual(run("accepted", "{").returncode, 2)
        self.assertEqual(run("counts", VERDICT).returncode, 2)


if __name__ == "__main__":
    unittest.main()
