"""Records that the reference makes and breaks, in one point or two, and signs anew around it: the tool must give every
check the status that the reference expects."""

import json
import os
import shutil
import sys
import tempfile
import unittest

import programs as p

CORPUS = os.path.join(p.SOURCE, "spec", "90-verification", "corpus")
MAKE_MUTATIONS = os.path.join(p.SOURCE, "spec", "reference", "make_mutations.py")


class Agreement(unittest.TestCase):
    def statuses(self, record, *options):
        _, out, err = p.verify_cpp(record, *options, limited=True)
        self.assertTrue(out, err)
        return {check["id"]: check["status"] for check in p.load(out)["checks"]}

    def test_stored_corpus(self):
        """A sample through the tool, with the options that a vector gives; tests/negative has all of them in one process."""
        index = p.load(p.read(os.path.join(CORPUS, "corpus.json")))
        chosen = [vector for position, vector in enumerate(index["vectors"]) if position % 12 == 0 or vector["options"]]
        for vector in chosen:
            with self.subTest(vector["name"]), tempfile.TemporaryDirectory(prefix="sandoq-e2e-") as folder:
                record = os.path.join(folder, "record")
                shutil.copytree(os.path.join(CORPUS, "bases", vector["base"]), record)
                for name in vector["files"]:
                    shutil.copy(os.path.join(CORPUS, "vectors", vector["name"], name), record)
                for name in vector["removed"]:
                    os.remove(os.path.join(record, name))
                options = [word for name, value in vector["options"].items() for word in ("--" + name.replace("_", "-"), value)]
                self.assertEqual(self.statuses(record, *options), vector["statuses"])

    def test_two_faults_at_once(self):
        seed = os.environ.get("SANDOQ_TEST_SEED", "1")
        with tempfile.TemporaryDirectory(prefix="sandoq-e2e-") as folder:
            code, _, err = p.run([sys.executable, "-B", MAKE_MUTATIONS, folder, "--pairs", "10", "--seed", seed], seconds=500)
            self.assertEqual(code, 0, err)
            names = sorted(n.removesuffix(".json") for n in os.listdir(folder) if n.endswith(".json"))
            self.assertGreaterEqual(len(names), 8, "pairs of this seed that cannot be made together: " + seed)
            for name in names:
                expected = json.loads(p.read(os.path.join(folder, name + ".json")))["statuses"]
                self.assertEqual(self.statuses(os.path.join(folder, name)), expected, name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
