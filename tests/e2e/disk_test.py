"""A disk that fails once while a record is verified gives an error and no verdict, whichever file it is."""

import os
import subprocess
import sys
import tempfile
import unittest

from programs import SANDOQ, sandoq

LIBRARY = os.environ["FAILING_DISK"]


class FailingDisk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.record = os.path.join(cls.folder.name, "record")
        code, _, err = sandoq("drill", "--profile", "village", "--voters", "20", "--out", cls.record)
        assert code == 0, err

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def verify(self, **environment):
        return subprocess.run([SANDOQ, "verify", self.record], capture_output=True, text=True, check=False,
                              env={**os.environ, "LD_PRELOAD": LIBRARY, **environment})

    def test_is_no_fault_of_the_record(self):
        names = sorted(os.listdir(self.record))
        self.assertIn("tally.pb", names)
        self.assertEqual(self.verify().returncode, 0)
        for name in names:
            for call in ("read", "lstat", "stat"):
                if (call, name) == ("stat", "head.pb"):  # its size is in no list
                    continue
                with self.subTest(file=name, call=call):
                    done = self.verify(FAILING_CALL=call, FAILING_FILE="/" + name)
                    self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                    self.assertIn(name, done.stderr)
                    self.assertIn("Input/output error", done.stderr)
                    self.assertNotIn("verdict: reject", done.stdout)


if __name__ == "__main__":
    sys.exit(unittest.main())
