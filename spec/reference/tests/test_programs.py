"""The programs as programs: exit codes, what goes to which stream, bounded memory, vectors that do not change."""

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, PROGRAMS)

from sandoq_reference.segments import SegmentReader  # noqa: E402


def run(program, *arguments, memory=None, before=None):
    """before: called in the new process before the program starts."""
    if memory:
        def before():
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    return subprocess.run([sys.executable, os.path.join(PROGRAMS, program), *arguments], capture_output=True, text=True,
                          encoding="utf-8", preexec_fn=before, check=False, timeout=300)


def run_shell(script, program, *arguments):
    """script: starts "$@", the program, with other streams."""
    return subprocess.run(["sh", "-c", script, "sh", sys.executable, os.path.join(PROGRAMS, program), *arguments],
                          capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)


class Programs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.record = os.path.join(cls.temporary.name, "record")
        made = run("make_record.py", cls.record, "--ballots", "3", "--seed", "programs")
        cls.e0 = made.stdout.split()[-1]

    def manifest(self):
        """The canonical bytes of the record's manifest."""
        with open(os.path.join(self.record, "manifest.pb"), "rb") as stream:
            return next(SegmentReader(stream))[2]

    def written(self, name, data):
        path = os.path.join(self.temporary.name, name)
        with open(path, "wb") as stream:
            stream.write(data)
        return path

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

    def test_what_no_check_decides(self):
        """Exclusions, recoveries, absences, who was shut out, open ties: in words and as JSON."""
        path = os.path.join(self.temporary.name, "everything")
        made = run("make_record.py", path, "--everything", "--open-ties", "--seed", "programs")
        self.assertEqual(made.returncode, 0, made.stderr)
        text = run("verify.py", path).stdout
        for told in ("absent from attempt 4 of the key ceremony: trustee 4 of board executive", "the share is wrong",
                     "the share is good", "recovered by the boards", "device 1 of branch north-2", "excluded by the boards",
                     "2 cast ballots in its evidence; reason 2", "subtotal of contest council in north-2, north-3: 3 ballots",
                     "still open: tie of contest council", "still open: tie of contest mayor"):
            self.assertIn(told, text)
        verdict = json.loads(run("verify.py", path, "--json").stdout)
        self.assertEqual([len(verdict[name]) for name in ("subtotals", "exclusions", "recoveries", "absences", "shut_out",
                                                          "ties")], [4, 1, 1, 1, 3, 2])

    def test_rejections(self):
        for arguments in (("--manifest-hash", "00" * 32), ("--domain", "real"),
                          ("--manifest", self.written("other.bin", self.manifest().replace(b"council", b"Council")))):
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
                          (self.record, "--manifest", os.path.join(self.record, "head.pb")),
                          (self.record, "--manifest", "/dev/zero"),
                          (self.record, "--manifest", "a", "--manifest-hash", self.e0)):
            done = run("verify.py", *arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertNotIn("Traceback", done.stderr)

    def test_manifest_file(self):
        done = run("verify.py", self.record, "--manifest", self.written("agreed.bin", self.manifest()))
        self.assertEqual((done.returncode, done.stderr.count("error")), (0, 0), done.stderr)
        for data in (b"", b'{"format": 1}', self.manifest()[:-1], self.manifest() + b"\0"):
            done = run("verify.py", self.record, "--manifest", self.written("wrong.bin", data))
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn("canonical bytes of a manifest", done.stderr)
            self.assertIn("sandoq manifest check FILE --write OUT", done.stderr)

    def test_directory_that_cannot_be_searched(self):
        """Without search permission nothing of the record can be reached, for which it is not to blame: no verdict."""
        def without_override():
            libc = ctypes.CDLL(None)
            for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: who has no such thing drops nothing
                libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP, in force from the next exec

        with tempfile.TemporaryDirectory() as folder:
            copy = os.path.join(folder, "record")
            shutil.copytree(self.record, copy)
            for mode, code in ((0o644, 2), (0o311, 2), (0o000, 2), (0o755, 0)):
                os.chmod(copy, mode)
                done = run("verify.py", copy, "--json", before=without_override)
                self.assertEqual(done.returncode, code, (oct(mode), done.stderr))
                if mode == 0o644:
                    self.assertEqual(done.stdout, "")
                    self.assertIn("no verdict: head.pb cannot be read: Permission denied", done.stderr)

    def test_lost_output(self):
        """No verdict can be given, so the exit code must not look like one."""
        for stream in (">/dev/full", ">&-", "1</dev/null", ">&- <&-"):
            for arguments in ((self.record,), (self.record, "--json"), (self.record, "--domain", "real")):
                done = run_shell(f'exec "$@" {stream}', "verify.py", *arguments)
                self.assertEqual((done.returncode, done.stdout), (2, ""), (stream, done.stderr))
                self.assertIn("standard output", done.stderr)
                self.assertNotIn("Traceback", done.stderr)
                self.assertNotIn("Exception ignored", done.stderr)
        done = run_shell('exec "$@" >&- 2>&-', "verify.py", self.record)
        self.assertEqual(done.returncode, 2)

    def test_lost_messages(self):
        """Progress that nobody can read changes no verdict and goes nowhere else."""
        for stream in ("2>/dev/full", "2>&-", "2>&- <&-"):
            for jobs in ("1", "2"):
                done = run_shell(f'exec "$@" {stream}', "verify.py", self.record, "--json", "--jobs", jobs)
                self.assertEqual((done.returncode, json.loads(done.stdout)["verdict"]), (0, "accept"), stream)
        done = run_shell('exec "$@" 2>&-', "verify.py", "/nonexistent")
        self.assertEqual((done.returncode, done.stdout), (2, ""))

    def test_progress_says_each_count_once(self):
        done = run("verify.py", self.record, "--json")
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertRegex(lines[0], r"^\d+ ballots$")

    def test_hostile_file_name(self):
        name = "x\nverdict: accept\r\x1b[2J\x9b1A\u2028\u202e\u2067".encode() + b"\xff"
        with tempfile.TemporaryDirectory() as folder:
            copy = os.path.join(folder, "record")
            shutil.copytree(self.record, copy)
            with open(os.path.join(os.fsencode(copy), name), "wb"):
                pass
            done = run("verify.py", copy)
            self.assertEqual(done.returncode, 1)
            self.assertIn(r"at x\x0averdict: accept\x0d\x1b[2J\x9b1A\u2028\u202e\u2067\xff: ", done.stdout)
            self.assertEqual([line for line in done.stdout.split("\n") if line.startswith("verdict")], ["verdict: reject"])
            self.assertTrue(all(ord(c) == 10 or c.isprintable() for c in done.stdout))
            done = run("verify.py", copy, "--json")
            self.assertEqual((done.returncode, json.loads(done.stdout)["verdict"]), (1, "reject"))

    def test_vectors_are_those_committed(self):
        """Of two sections; `./dev vectors` makes all of them."""
        done = run("make_vectors.py", "--check", "notation", "record")
        self.assertEqual(done.returncode, 0, done.stderr)
        with tempfile.TemporaryDirectory() as folder:
            done = run("make_vectors.py", "--out", folder, "notation")
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(os.path.join(folder, "00-notation", "vectors", "notation.json"), "a", encoding="ascii") as stream:
                stream.write(" ")
            done = run("make_vectors.py", "--out", folder, "--check", "notation", "record")
            self.assertEqual(done.returncode, 1)
            for path in ("00-notation/vectors/notation.json", "80-record/vectors/record.json"):
                self.assertIn(f"{path}: differs from what would be made", done.stderr)


if __name__ == "__main__":
    unittest.main()
