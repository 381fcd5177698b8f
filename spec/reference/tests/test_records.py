"""Made records: good ones are accepted, damaged ones are not."""

import os
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from sandoq_reference.ballots import marked  # noqa: E402
from sandoq_reference.items import BIT_VECTOR, KIND_OF  # noqa: E402
from sandoq_reference.layout import Value  # noqa: E402
from sandoq_reference.making.choices import random_choices  # noqa: E402
from sandoq_reference.making.election import make_small  # noqa: E402
from sandoq_reference.making.everything import everything  # noqa: E402
from sandoq_reference.making.forms import EAST, WEST, forms  # noqa: E402
from sandoq_reference.making.mixed import mixed  # noqa: E402
from sandoq_reference.making.mutations import CORPUS, expected_statuses, make_mutated  # noqa: E402
from sandoq_reference.random_stream import RandomStream  # noqa: E402
from sandoq_reference.segments import SegmentReader  # noqa: E402
from sandoq_reference.vectors.corpus import HEAVY  # noqa: E402
from sandoq_reference.verify import ballot_batch  # noqa: E402
from sandoq_reference.verify.run import verify_record  # noqa: E402


def committed(directory):
    """How many ballots the record holds, cast or not."""
    count = 0
    for name in filter(lambda name: name.startswith("ballots-"), os.listdir(directory)):
        with open(os.path.join(directory, name), "rb") as stream:
            count += sum(kind == KIND_OF["ballot"] for _, kind, _ in SegmentReader(stream))
    return count


def failing(outcome):
    return [entry["id"] for entry in outcome.checks if entry["status"] == "fail"]


class GoodRecords(unittest.TestCase):
    def check(self, ballots, write=None, **options):
        with tempfile.TemporaryDirectory() as directory:
            maker = make_small("good", ballots, **options)
            maker.write(directory, **(write or {}))
            for jobs in (1, 2):
                outcome = verify_record(directory, maker.election.e0, maker.election.domain, jobs)
                self.assertEqual(failing(outcome), [])
                self.assertTrue(outcome.accepted)
                self.assertEqual(outcome.ballots, ballots)
                self.assertTrue(all(entry["status"] == "pass" for entry in outcome.checks))
            wanted = {c.id.decode(): maker.election.told(i, maker.results[i].counts)
                      for i, c in enumerate(maker.election.contests)}
            self.assertEqual(outcome.counts, wanted)
            sampled = verify_record(directory, sample=1)
            self.assertTrue(sampled.accepted and sampled.sampled == 1)
            wrong = verify_record(directory, bytes(32), 3 - maker.election.domain)
            self.assertEqual(failing(wrong), ["manifest.pin", "manifest.domain"])
            self.assertEqual((wrong.accepted, wrong.ballots, wrong.counts), (False, 0, {}))

    def test_usual(self):
        self.check(6)

    def test_no_ballots(self):
        self.check(0)

    def test_quorum_only_many_files(self):
        self.check(5, {"ballot_file_bytes": 2000}, everyone=False, domain=1, attempt=3)

    def test_one_holder_board(self):
        self.check(3, sizes=((1, 1), (3, 4)))

    def test_mixed(self):
        """The verifier counts what the maker has counted, and tells of a write-in and of an invalid vote."""
        with tempfile.TemporaryDirectory() as directory:
            maker = mixed("good").run()
            maker.write(directory, 9000)
            outcome = verify_record(directory, maker.election.e0, maker.election.domain)
            self.assertEqual(failing(outcome), [])
            self.assertTrue(outcome.accepted)
            self.assertEqual(outcome.ballots, 5)
            self.assertEqual(outcome.counts, {
                "council": {"a": 2, "b": 2, "c": 1, "d": 2, "e": 0, "blank": 1}, "chair": {"invalid": 0},
                "motto": {"bread": 2, "peace": 1, "land": 1, "water": 0, "blank": 1, "invalid": 1},
                "assembly": {"p1": 2, "p2": 2, "p3": 2, "q1": 2, "q2": 1, "free": 1, "blank": 1},
                "ward": {"m": 0, "n": 0, "blank": 0}})
            self.assertEqual(outcome.write_ins, {"motto": {"نان": 1}})
            self.assertEqual([entry["state"] for entry in outcome.allocations], ["decided", "decided"])

    def test_forms(self):
        """Counts of lists, of first and second votes, of lists beside options; a choice of two open lists is an invalid vote."""
        with tempfile.TemporaryDirectory() as directory:
            maker = forms("good").run()
            maker.write(directory, 9000)
            outcome = verify_record(directory, maker.election.e0, maker.election.domain)
            self.assertEqual(failing(outcome), [])
            self.assertTrue(outcome.accepted)
            self.assertEqual(outcome.counts, {
                "seats": {"a1": 4, "a2": 4, "a3": 4, "b1": 2, "b2": 2, "b3": 0, "list:A": 4, "list:B": 2, "blank": 1},
                "points": {"w": 7, "x": 5, "y": 3, "z": 2, "blank": 1},
                "parliament": {"p1": 2, "p2": 1, "p3": 0, "q1": 1, "q2": 1, "free": 0, "list:P": 1, "list:Q": 3, "blank": 1,
                               "invalid": 1},
                "council": {"r1": 3, "r2": 1, "s1": 3, "t": 1, "list:R": 2, "list:S": 0, "blank": 1}})
            self.assertEqual([(entry["state"], entry["elected"], entry["alternates"]) for entry in outcome.allocations], [
                ("decided", ["a3", "a1"], ["a2", "b1"]), ("decided", ["w", "x"], ["y"]), ("decided", ["q1", "q2"], ["p1"]),
                ("decided", ["r1", "r2"], ["t"])])
            self.assertEqual(outcome.allocations[2]["steps"][0]["values"], ["1", "3", "0"])

    def test_random_votes_in_every_form(self):
        """What is counted is what was drawn."""
        cast, stream = [], RandomStream("votes of every form")

        def polls(maker):
            device = maker.device(EAST, 1, 6)
            for action in ("cast", "challenge", "cast", "cast", "cast"):
                choices = [random_choices(contest, stream) for contest in maker.election.contests]
                device.vote(0, 10000, choices, action)
                if action == "cast":
                    cast.append(choices)
            maker.device(WEST, 1, 1)
        maker = forms("random")
        maker.at_polls = polls
        with tempfile.TemporaryDirectory() as directory:
            maker.run().write(directory)
            outcome = verify_record(directory)
        self.assertEqual(failing(outcome), [])
        for index, contest in enumerate(maker.election.contests):
            shape, counts = maker.election.shapes[index], [0] * maker.election.shapes[index].codes.count
            chosen = [marked(shape, own[index].marks) if contest.encoding == BIT_VECTOR else own[index].codes for own in cast]
            for code in [code for codes in chosen for code in codes]:
                counts[code - 1] += 1
            told = dict(outcome.counts[contest.id.decode()])
            self.assertEqual((told.pop("blank"), told.pop("invalid", 0)), (sum(not codes for codes in chosen), 0))
            votes, lists = shape.codes.votes(counts)
            own = lists if lists is not None else counts[shape.codes.of_options:]
            self.assertEqual(list(told.values()), votes + own)

    def test_everything(self):
        for resolved in (True, False):
            with tempfile.TemporaryDirectory() as directory:
                maker = everything("good", resolved=resolved).run()
                maker.write(directory, 9000)
                for jobs in (1, 2):
                    outcome = verify_record(directory, maker.election.e0, maker.election.domain, jobs)
                    self.assertEqual(failing(outcome), [])
                    self.assertTrue(outcome.accepted)
                self.assertEqual(outcome.ballots, 11)
                self.assertEqual(outcome.counts["council"], {"a": 6, "b": 3, "c": 3, "d": 3, "blank": 1})
                self.assertEqual([(entry["branch"], entry["device"], entry["reason"], entry["cast"])
                                  for entry in outcome.exclusions], [(3, 2, 2, 2)])
                self.assertEqual([(entry["branch"], entry["device"]) for entry in outcome.recoveries], [(4, 1)])
                self.assertEqual([(entry["board"], entry["trustee"]) for entry in outcome.absences], [(0, 4)])
                self.assertEqual([(entry["board"], entry["trustee"], entry["attempt"]) for entry in outcome.shut_out],
                                 [(0, 1, 1), (1, 3, 2), (0, 4, 4)])
                self.assertEqual([(entry["contest"], entry["state"]) for entry in outcome.ties],
                                 [("council", "resolved" if resolved else "open"),
                                  ("mayor", "resolved-with-lot" if resolved else "open")])
                self.assertEqual([entry["ballots"] for entry in outcome.subtotals], [7, 4, 3, 4])
                if resolved:
                    self.assertEqual(outcome.resolutions[0], ([2], [1]))

    def test_excluded_ballots_are_really_bad(self):
        """The excluded journal of that record, put in as if it were good, is rejected for more than one reason."""
        def included(files, maker):
            files["ballots-000001.pb"] = [entry for entry in files["ballots-000001.pb"] if entry[0] != KIND_OF["exclusion"]]
            at = [kind for kind, _ in files["ballots-000001.pb"]].index(KIND_OF["eligibility"])
            closing = next(value for kind, value in files["ballots-000001.pb"] if kind == KIND_OF["close"])
            files["ballots-000001.pb"].insert(at, (KIND_OF["close"], Value(**{**vars(closing), "device": 2})))

        with tempfile.TemporaryDirectory() as directory:
            maker = everything("good", lambda name, value, maker: included(value, maker) if name == "files" else None)
            maker.run().write(directory)
            self.assertLessEqual({"ballot.elements", "ballot.unique"}, set(failing(verify_record(directory))))

    def test_progress_goes_up_to_all(self):
        with tempfile.TemporaryDirectory() as directory:
            make_small("progress", 5).write(directory)
            for jobs in (1, 2):
                done = []
                with mock.patch.object(ballot_batch, "SIZE", 2):
                    outcome = verify_record(directory, jobs=jobs, progress=done.append)
                self.assertTrue(outcome.accepted)
                self.assertEqual(done, [*range(2, committed(directory), 2), committed(directory)])

    def test_one_board(self):
        self.check(3, sizes=((2, 2),), options=2, most=1)


class Mutations(unittest.TestCase):
    """Those that are stored are verified in test_corpus.py."""

    def test_names_differ(self):
        self.assertEqual(len({mutation.name for mutation in CORPUS}), len(CORPUS))

    def test_declarations(self):
        for mutation in CORPUS:
            self.assertTrue(mutation.what and mutation.what[-1] != ".", mutation.name)

    def test_too_heavy_to_be_stored(self):
        for name in HEAVY:
            mutation = next(mutation for mutation in CORPUS if mutation.name == name)
            with tempfile.TemporaryDirectory() as directory:
                make_mutated([mutation], directory)
                statuses = {entry["id"]: entry["status"] for entry in verify_record(directory).checks}
                self.assertEqual(statuses, expected_statuses(mutation.fails))


class Damage(unittest.TestCase):
    """Files missing, doubled, cut, linked; bytes flipped at random places."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.directory = os.path.join(self.temporary.name, "record")
        self.maker = make_small("damage", 3)
        self.maker.write(self.directory)

    def rejected(self, *checks):
        outcome = verify_record(self.directory)
        self.assertIsNone(outcome.interrupted)
        self.assertFalse(outcome.accepted)
        if checks:
            self.assertEqual(failing(outcome), list(checks))

    def path(self, name):
        return os.path.join(self.directory, name)

    def test_files(self):
        for name in sorted(os.listdir(self.directory)):
            check = "record.head" if name == "head.pb" else "record.files"
            with open(self.path(name), "rb") as stream:
                data = stream.read()
            for changed in (b"", data[:-1], data + b"\0", data[:len(data) // 2]):
                with open(self.path(name), "wb") as stream:
                    stream.write(changed)
                self.rejected(check)
            os.remove(self.path(name))
            self.rejected(check)
            os.symlink("/dev/zero", self.path(name))
            self.rejected(check)
            os.remove(self.path(name))
            os.mkdir(self.path(name))
            self.rejected(check)
            os.rmdir(self.path(name))
            with open(self.path(name), "wb") as stream:
                stream.write(data)
        with open(self.path("extra"), "wb"):
            pass
        self.rejected("record.files")
        os.remove(self.path("extra"))
        self.assertTrue(verify_record(self.directory).accepted)

    def test_bytes_of_the_head(self):
        with open(self.path("head.pb"), "rb") as stream:
            data = stream.read()
        for at in range(0, len(data), 7):
            with open(self.path("head.pb"), "wb") as stream:
                stream.write(data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:])
            self.rejected()


if __name__ == "__main__":
    unittest.main()
