"""Changed records: 200 seeded bytes, and files removed, truncated, duplicated or swapped. Both programs reject, alike, in bounds."""

import os
import random
import shutil
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

import programs as p

SEED = int(os.environ.get("SANDOQ_TEST_SEED", "20131105"))
CHANGES = 200


class Tamper(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("seed", SEED)
        cls.folder = tempfile.TemporaryDirectory(prefix="sandoq-e2e-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.record, cls.other = (os.path.join(cls.folder.name, n) for n in ("record", "other"))
        for directory in (cls.record, cls.other):
            code, _, err = p.sandoq("drill", "--voters", "3", "--out", directory, "--json")
            assert code == 0, err

    def rejected(self, change):
        """Copies the record, changes the copy, and has both programs look at it."""
        with tempfile.TemporaryDirectory(dir=self.folder.name) as folder:
            copy = os.path.join(folder, "record")
            shutil.copytree(self.record, copy)
            what = change(copy)
            first = p.verify_cpp(copy, limited=True)
            second = p.verify_py(copy, limited=True)
        for code, _, err in (first, second):
            if code != 1:
                return f"{what}: exit {code}: {err}"
        reports = [p.agreed(p.load(out)) for _, out, _ in (first, second)]
        if reports[0] != reports[1]:
            return f"{what}: the verifiers differ: {[c for c in zip(reports[0]['checks'], reports[1]['checks']) if c[0] != c[1]]}"
        return None if reports[0]["verdict"] == "reject" else f"{what}: accepted"

    def all_rejected(self, changes):
        with ThreadPoolExecutor(max_workers=2) as pool:
            for problem in pool.map(self.rejected, changes):
                self.assertIsNone(problem)

    def test_changed_bytes(self):
        rng = random.Random(SEED)
        sizes = {n: os.path.getsize(os.path.join(self.record, n)) for n in sorted(os.listdir(self.record))}
        places = [(name, at) for name, size in sizes.items() for at in range(size)]

        def change(place, mask):
            def apply(copy):
                name, at = place
                with open(os.path.join(copy, name), "r+b") as file:
                    file.seek(at)
                    byte = file.read(1)[0]
                    file.seek(at)
                    file.write(bytes([byte ^ mask]))
                return f"{name} byte {at} mask {mask}"
            return apply

        # Half of them in the head, which no hash protects.
        head = [(name, at) for name, at in places if name == "head.pb"]
        chosen = rng.sample(places, CHANGES // 2) + rng.sample(head, CHANGES // 2)
        self.all_rejected([change(place, rng.randrange(1, 256)) for place in chosen])

    def test_files_removed_truncated_duplicated_swapped(self):
        def removed(name):
            return lambda copy: os.remove(os.path.join(copy, name)) or f"{name} removed"

        def truncated(name):
            def apply(copy):
                path = os.path.join(copy, name)
                os.truncate(path, os.path.getsize(path) // 2)
                return f"{name} truncated"
            return apply

        def emptied(name):
            return lambda copy: os.truncate(os.path.join(copy, name), 0) or f"{name} emptied"

        def doubled(name):
            def apply(copy):
                path = os.path.join(copy, name)
                p.write(path, p.read(path) * 2)
                return f"{name} doubled"
            return apply

        def duplicated(name):
            def apply(copy):
                shutil.copy(os.path.join(copy, name), os.path.join(copy, "copy-of-" + name))
                return f"{name} duplicated"
            return apply

        def swapped(name):
            def apply(copy):
                shutil.copy(os.path.join(self.other, name), os.path.join(copy, name))
                return f"{name} of another record"
            return apply

        def replaced_by(kind, name):
            def apply(copy):
                path = os.path.join(copy, name)
                os.remove(path)
                if kind == "directory":
                    os.mkdir(path)
                elif kind == "pipe":
                    os.mkfifo(path)
                else:
                    os.symlink(os.path.join(self.record, name), path)
                return f"{name} replaced by a {kind}"
            return apply

        names = sorted(os.listdir(self.record))
        changes = [make(name) for make in (removed, truncated, emptied, doubled, duplicated, swapped) for name in names]
        changes += [replaced_by(kind, name) for kind in ("directory", "pipe", "link") for name in ("head.pb", "tally.pb")]
        self.all_rejected(changes)

    def test_the_other_records_ballots_with_their_tally(self):
        def swap(copy):
            for name in os.listdir(self.other):
                if name not in ("manifest.pb", "ceremony.pb", "head.pb"):
                    shutil.copy(os.path.join(self.other, name), os.path.join(copy, name))
            return "ballots, tally and opening of another record"
        self.all_rejected([swap])

    def test_a_pinned_manifest_of_another_election(self):
        code, out, _ = p.verify_cpp(self.other)
        other = p.load(out)["manifest"]
        for verify in (p.verify_cpp, p.verify_py):
            code, out, _ = verify(self.record, "--manifest-hash", other)
            self.assertEqual(code, 1)
            failed = [c["id"] for c in p.load(out)["checks"] if c["status"] == "fail"]
            self.assertEqual(failed, ["manifest.pin"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
