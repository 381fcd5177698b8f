"""The stored corpus: its vectors get the statuses that they tell, and its index and page are those of the declarations."""

import json
import os
import shutil
import sys
import tempfile
import unittest
from concurrent.futures import ProcessPoolExecutor

SPEC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(SPEC, "reference"))

from sandoq_reference.items import HEAD, KIND_OF  # noqa: E402
from sandoq_reference.segments import SegmentReader  # noqa: E402
from sandoq_reference.vectors import corpus  # noqa: E402
from sandoq_reference.vectors.corpus_page import page  # noqa: E402
from sandoq_reference.verify.run import verify_record  # noqa: E402
from sandoq_reference.verify.verdict import load_checks  # noqa: E402

FOLDER = os.path.join(SPEC, corpus.FOLDER)


def text_of(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as stream:
        return stream.read()


INDEX = json.loads(text_of(corpus.INDEX))
VECTORS = {vector["name"]: vector for vector in INDEX["vectors"]}
# All of them take a minute or two: SANDOQ_EVERY=1 asks for that.
SOME = corpus.STORED if os.environ.get("SANDOQ_EVERY") else corpus.sample(corpus.STORED, 9)
CHOSEN = [mutation.name for mutation in corpus.STORED if mutation in SOME or not mutation.fails]


def lay_out(vector, target):
    """Copy the base, put the vector's files over it, delete what it names as removed."""
    shutil.copytree(os.path.join(FOLDER, "bases", vector["base"]), target)
    for name in vector["files"]:
        shutil.copy(os.path.join(FOLDER, "vectors", vector["name"], name), target)
    for name in vector["removed"]:
        os.remove(os.path.join(target, name))


def verdict_of(name):
    """What the verifier says of a vector, in the words of the index; and what interrupted it."""
    options = VECTORS[name]["options"]
    with tempfile.TemporaryDirectory() as directory:
        record = os.path.join(directory, "record")
        lay_out(VECTORS[name], record)
        outcome = verify_record(record, bytes.fromhex(options["manifest_hash"]) if "manifest_hash" in options else None,
                                {"real": 1, "drill": 2, None: None}[options.get("domain")])
    said = {"verdict": "accept" if outcome.accepted else "reject", "ballots": outcome.ballots, "counts": outcome.counts,
            "statuses": {entry["id"]: entry["status"] for entry in outcome.checks}}
    return said, outcome.interrupted


class Vectors(unittest.TestCase):
    def test_each_gets_the_statuses_it_tells(self):
        with ProcessPoolExecutor() as pool:
            for name, (said, interrupted) in zip(CHOSEN, pool.map(verdict_of, CHOSEN, chunksize=5)):
                with self.subTest(name):
                    self.assertEqual(said, {key: VECTORS[name][key] for key in said})
                    self.assertIsNone(interrupted)

    def head(self, directory):
        with open(os.path.join(directory, "head.pb"), "rb") as stream:
            (_, kind, data), = SegmentReader(stream)
        self.assertEqual(kind, KIND_OF["head"])
        return HEAD.decode(data)

    def test_pairs(self):
        """Equal elections, different heads; who only resolves ties changes nothing that was said before."""
        for pair in INDEX["pairs"]:
            with self.subTest(pair["name"]), tempfile.TemporaryDirectory() as directory:
                records = [os.path.join(directory, name) for name in pair["vectors"]]
                for name, record in zip(pair["vectors"], records):
                    self.assertEqual(VECTORS[name]["verdict"], "accept")
                    self.assertIn(name, CHOSEN)
                    lay_out(VECTORS[name], record)
                first, second = (self.head(record) for record in records)
                self.assertEqual((first.e0, first.e1, first.domain), (second.e0, second.e1, second.domain))
                self.assertNotEqual(first, second)
                before, after = (corpus.read_files(record) for record in records)
                for files in (before, after):
                    del files["head.pb"]
                earlier, later = before.pop("opening.pb"), after.pop("opening.pb")
                only_ties = before == after and later.startswith(earlier) and first.cast == second.cast
                self.assertEqual(only_ties, not pair["fork"])


class Index(unittest.TestCase):
    def test_is_that_of_the_declarations(self):
        self.assertEqual(text_of(corpus.INDEX), corpus.as_text(corpus.index_of(INDEX["bases"], VECTORS)),
                         "make_vectors.py corpus writes it anew")
        self.assertEqual(text_of(corpus.PAGE), page(INDEX))

    def test_tells_what_lies_there(self):
        self.assertEqual({*os.listdir(FOLDER)}, {"bases", "vectors", corpus.INDEX, corpus.PAGE})
        bases = {name: corpus.read_files(os.path.join(FOLDER, "bases", name)) for name in INDEX["bases"]}
        self.assertEqual(sorted(os.listdir(os.path.join(FOLDER, "bases"))), sorted(bases))
        self.assertEqual(sorted(os.listdir(os.path.join(FOLDER, "vectors"))),
                         sorted(vector["name"] for vector in INDEX["vectors"] if vector["files"]))
        for name, base in INDEX["bases"].items():
            self.assertEqual(list(bases[name]), base["files"])
        for vector in INDEX["vectors"]:
            files = corpus.read_files(os.path.join(FOLDER, "vectors", vector["name"])) if vector["files"] else {}
            self.assertEqual(list(files), vector["files"])
            for name, data in files.items():
                self.assertNotEqual(data, bases[vector["base"]].get(name), (vector["name"], name))
            self.assertLessEqual({*vector["removed"]}, bases[vector["base"]].keys() - files.keys())
            self.assertTrue(files or vector["removed"] or vector["options"] or not vector["fails"], vector["name"])

    def test_has_vectors_for_every_check(self):
        checks = [check["id"] for check in load_checks()]
        self.assertEqual(INDEX["checks"], checks)
        failed = {check for vector in INDEX["vectors"] for check in vector["fails"]}
        self.assertEqual(failed, set(checks))

    def test_says_of_every_threat_what_stands_against_it(self):
        self.assertEqual([threat["id"] for threat in INDEX["threats"]], [f"T{number}" for number in range(1, 34)])
        for threat in INDEX["threats"]:
            self.assertTrue(threat["vectors"] or threat["elsewhere"], threat["id"])
            for place in threat["elsewhere"]:
                self.assertEqual(place["path"] is None, place["kind"] == "not applicable yet", place)
                if place["path"]:
                    self.assertTrue(os.path.exists(os.path.join(SPEC, "..", place["path"])), place["path"])
        known = {threat["id"] for threat in INDEX["threats"]}
        for vector in INDEX["vectors"]:
            self.assertLessEqual({*vector["threats"]}, known, vector["name"])

    def test_weighs_little(self):
        size = sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(FOLDER) for name in names)
        self.assertLess(size, 16 << 20, "move vectors to a smaller base")


if __name__ == "__main__":
    unittest.main()
