"""`./dev bench compare` hands its options on to both programs that measure, in either way of writing them."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# What ./dev would set up and build is not wanted here: only what it calls, and how.
NOTHING_TO_BUILD = """
need() { :; }
build() { :; }
build_quietly() { :; }
python() { echo "$root/python"; }
"""
WRITES_ITS_ARGUMENTS = '#!/bin/sh\nprintf "%s\\n" "$@" >"$(dirname "$0")/${0##*/}.arguments"\n'


class BenchCompare(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="sandoq-dev-")
        self.addCleanup(holder.cleanup)
        self.root = Path(holder.name)
        shutil.copy(ROOT / "dev", self.root)
        shutil.copytree(ROOT / "tools" / "dev", self.root / "tools" / "dev")
        with open(self.root / "tools" / "dev" / "check.sh", "a", encoding="utf-8") as last_that_is_read:
            last_that_is_read.write(NOTHING_TO_BUILD)
        self.compare = self.root / "build" / "release" / "bin" / "compare"
        self.compare.parent.mkdir(parents=True)
        self.python = self.root / "python"  # it would run bench/belenios.py
        for program in (self.compare, self.python):
            program.write_text(WRITES_ITS_ARGUMENTS, encoding="utf-8")
            program.chmod(0o755)

    def called_with(self, *args):
        """The arguments of the one program and of the other; None if it was not called."""
        lists = [program.with_name(program.name + ".arguments") for program in (self.compare, self.python)]
        for each in lists:
            each.unlink(missing_ok=True)
        done = subprocess.run(["bash", str(self.root / "dev"), "bench", "compare", *args], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [each.read_text(encoding="utf-8").splitlines() if each.exists() else None for each in lists]

    def test_everything(self):
        ours, theirs = self.called_with()
        self.assertEqual(ours[2:], [])
        self.assertEqual(theirs[-2:], ["--kernel", ""])

    def test_only_one_comparison(self):
        for args in (["--only", "scalar"], ["--only=scalar"]):
            ours, theirs = self.called_with(*args)
            self.assertEqual(ours[2:], args)
            self.assertIsNone(theirs, args)
        for args in (["--only", "belenios"], ["--only=belenios"]):
            self.assertIsNotNone(self.called_with(*args)[1], args)

    def test_only_one_kernel(self):
        for args in (["--kernel", "avx2"], ["--kernel=avx2"]):
            ours, theirs = self.called_with(*args)
            self.assertEqual(ours[2:], args)
            self.assertEqual(theirs[-2:], ["--kernel", "avx2"])


if __name__ == "__main__":
    unittest.main()
