"""The programs as programs: exit codes, what goes to which stream, bounded memory, vectors that do not change."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def run(program, *arguments, memory=None):
    limit = (lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory))) if memory else None
    return subprocess.run([sys.executable, os.path.join(PROGRAMS, program), *arguments], capture_output=True, text=True,
                          preexec_fn=limit, check=False, timeout=300)


class Programs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.record = os.path.join(cls.temporary.name, "record")
        made = run("make_record.py", cls.record, "--ballots", "3", "--seed", "programs")
        cls.e0 = made.stdout.split()[-1]

    def test_json(self):
        done = run("verify.py", self.record, "--json", "--manifest-hash", self.e0, "--domain", "drill", memory=1 << 30)
        self.assertEqual(done.returncode, 0, done.stderr)
        verdict = json.loads(done.stdout)
        self.assertEqual((verdict["verdict"], verdict["ballots"], verdict["manifest"]), ("accept", 3, self.e0))
        self.assertTrue(all(set(entry) == {"id", "status", "place", "reason"} for entry in verdict["checks"]))
        self.assertTrue(all(entry["status"] == "pass" for entry in verdict["checks"]))
        self.assertEqual(set(verdict["counts"]), {"council", "bridge"})
        self.assertIn("blank", verdict["counts"]["council"])
        self.assertNotIn("blank", verdict["counts"]["bridge"])
        self.assertNotIn("sampled", verdict)

    def test_text(self):
        done = run("verify.py", self.record)
        self.assertEqual(done.returncode, 0)
        first, second = done.stdout.splitlines()[:2]
        self.assertIn("drill", first)
        self.assertIn("only inner consistency was checked", first)
        self.assertIn(self.e0, second)
        self.assertEqual(done.stdout.count("signing key"), 6)
        self.assertIn("every ballot is proved to hold a permitted choice", done.stdout)
        self.assertTrue(done.stdout.endswith("verdict: accept\n"))
        pinned = run("verify.py", self.record, "--manifest-hash", self.e0)
        self.assertNotIn("inner consistency", pinned.stdout)
        sampled = run("verify.py", self.record, "--sample", "1")
        self.assertIn("sampled", sampled.stdout.splitlines()[-1])

    def test_rejections(self):
        for arguments in (("--manifest-hash", "00" * 32), ("--domain", "real"),
                          ("--manifest", os.path.join(self.record, "head.pb"))):
            done = run("verify.py", self.record, *arguments)
            self.assertEqual((done.returncode, done.stderr.count("Traceback")), (1, 0))
            self.assertTrue(done.stdout.endswith("verdict: reject\n"))
        with tempfile.TemporaryDirectory() as empty:
            done = run("verify.py", empty, "--json")
            self.assertEqual(done.returncode, 1)
            verdict = json.loads(done.stdout)
            self.assertEqual((verdict["verdict"], verdict["counts"], verdict["ballots"]), ("reject", {}, 0))
            self.assertEqual([entry["id"] for entry in verdict["checks"] if entry["status"] == "fail"], ["record.head"])

    def test_wrong_arguments(self):
        for arguments in ((), ("/nonexistent",), (os.path.join(self.record, "head.pb"),), (self.record, "--domain", "x"),
                          (self.record, "--manifest-hash", "12"), (self.record, "--manifest", "/nonexistent"),
                          (self.record, "--jobs", "0"), (self.record, "--sample", "-1"),
                          (self.record, "--manifest", "a", "--manifest-hash", self.e0)):
            done = run("verify.py", *arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertNotIn("Traceback", done.stderr)

    def test_vectors_are_those_committed(self):
        done = run("make_vectors.py", "--check")
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
