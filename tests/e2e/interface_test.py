"""What the command line promises: exit codes, streams, messages, manifests, inspection."""

import json
import os
import tempfile
import unittest

import programs as p


class Interface(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory(prefix="sandoq-e2e-")
        cls.addClassCleanup(cls.holder.cleanup)
        cls.folder = cls.holder.name
        cls.record = os.path.join(cls.folder, "record")
        code, _, err = p.sandoq("drill", "--voters", "4", "--out", cls.record, "--json")
        assert code == 0, err

    def test_version(self):
        code, out, _ = p.sandoq("--version")
        self.assertEqual(code, 0)
        self.assertIn("sandoq-1", out)
        self.assertIn("portable", out)

    def test_wrong_arguments_leave_with_2(self):
        for args in ([], ["drill", "--no-such-option"], ["verify"], ["verify", "/nonexistent"],
                     ["verify", self.record, "--manifest-hash", "xyz"], ["verify", self.record, "--manifest", "/nonexistent"],
                     ["drill", "--ballots", "/nonexistent.csv"], ["oracle", "--ballots", self.folder],
                     ["drill", "--profile", "atlantis"], ["drill", "--limit", "3"], ["inspect", "/nonexistent"],
                     ["manifest", "check", "/nonexistent"], ["verify", os.path.join(self.record, "head.pb")]):
            code, out, err = p.sandoq(*args)
            self.assertEqual(code, 2, args)
            self.assertEqual(out, "", args)
            self.assertNotEqual(err.strip(), "", args)

    def test_both_verifiers_use_the_same_exit_codes(self):
        for args, expected in ((["/nonexistent"], 2), ([self.folder], 1), ([self.record], 0),
                               ([self.record, "--manifest-hash", "00" * 32], 1), ([self.record, "--manifest-hash", "0"], 2),
                               ([self.record, "--domain", "drill"], 0), ([self.record, "--domain", "real"], 1)):
            self.assertEqual(p.verify_cpp(*args)[0], expected, args)
            self.assertEqual(p.verify_py(*args)[0], expected, args)

    def test_an_existing_directory_is_not_overwritten(self):
        before = p.files_of(self.record)
        code, _, err = p.sandoq("drill", "--voters", "3", "--out", self.record)
        self.assertEqual(code, 2)
        self.assertIn(self.record, err)
        self.assertEqual(before, p.files_of(self.record))

    def test_verify_in_words(self):
        code, out, _ = p.sandoq("verify", self.record)
        self.assertEqual(code, 0)
        self.assertIn("inner consistency", out.splitlines()[0])
        pinned = p.load(p.verify_cpp(self.record)[1])["manifest"]
        self.assertIn(pinned, out)
        code, out, _ = p.sandoq("verify", self.record, "--manifest-hash", pinned)
        self.assertEqual(code, 0)
        self.assertNotIn("inner consistency", out)

    def test_verify_py_in_words(self):
        code, out, _ = p.run([p.sys.executable, "-B", p.VERIFY_PY, self.record])
        self.assertEqual(code, 0)
        self.assertIn("inner consistency", out.splitlines()[0])
        code, out, _ = p.verify_py(self.record, "--sample", "2")
        self.assertEqual(code, 0)
        self.assertIn("sampled", out)

    def test_manifest_round_trip(self):
        canonical = os.path.join(self.folder, "manifest.bin")
        example = os.path.join(p.SOURCE, "examples", "manifest-village.json")
        code, out, err = p.sandoq("manifest", "check", example, "--write", canonical)
        self.assertEqual(code, 0, err)
        again = p.sandoq("manifest", "check", canonical)[1]
        self.assertEqual(out.splitlines()[0], again.splitlines()[0])
        code, out, err = p.sandoq("manifest", "plan", example)
        self.assertEqual(code, 0, err)
        self.assertIn("bytes", out)
        code, _, err = p.sandoq("manifest", "check", example, "--write", canonical)
        self.assertEqual(code, 2)  # never over an existing file

    def test_manifest_errors_name_the_place(self):
        example = p.load(p.read(os.path.join(p.SOURCE, "examples", "manifest-village.json")))
        example["contests"][0]["max"] = 99
        bad = os.path.join(self.folder, "bad.json")
        p.write(bad, json.dumps(example).encode())
        code, _, err = p.sandoq("manifest", "check", bad)
        self.assertEqual(code, 2)
        self.assertIn("contest 0", err)
        self.assertIn("max", err)

    def test_a_pinned_manifest_file(self):
        segment = p.read(os.path.join(self.record, "manifest.pb"))
        # 80.2: two varints and two tags stand before the canonical bytes.
        at = 0
        while segment[at] & 0x80:
            at += 1
        at += 4
        while segment[at] & 0x80:
            at += 1
        canonical = os.path.join(self.folder, "pinned.bin")
        p.write(canonical, segment[at + 1:])
        for verify in (p.verify_cpp, p.verify_py):
            code, out, err = verify(self.record, "--manifest", canonical)
            self.assertEqual(code, 0, err)
            self.assertIn({"id": "manifest.pin", "status": "pass"},
                          [{"id": c["id"], "status": c["status"]} for c in p.load(out)["checks"]])

    def test_inspect(self):
        code, out, _ = p.sandoq("inspect", self.record)
        self.assertEqual(code, 0)
        self.assertIn("ballots-000001.pb", out)
        code, out, _ = p.sandoq("inspect", os.path.join(self.record, "ballots-000001.pb"))
        self.assertEqual(code, 0)
        self.assertIn("ballot", out)


if __name__ == "__main__":
    unittest.main(verbosity=2)
