"""Mixed contests in the verifier: policy with lists, groups, order of files, results, what settles questions, sampling."""

import os
import random
import shutil
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))

from sandoq_reference import allocation, grouping, mix  # noqa: E402
from sandoq_reference.group import GENERATOR_BYTES, IDENTITY_BYTES, multiply_generator  # noqa: E402
from sandoq_reference.items import KIND_OF, KINDS  # noqa: E402
from sandoq_reference.layout import StructureError, Value  # noqa: E402
from sandoq_reference.making.mixed import COUNCIL, MOTTO, NORTH, NORTH_1, NORTH_2, SOUTH, SOUTH_1, mixed  # noqa: E402
from sandoq_reference.making.mixing import mix_items  # noqa: E402
from sandoq_reference.policy import lists_problem, policy_problem  # noqa: E402
from sandoq_reference.result import OpenedGroup, counts_problem  # noqa: E402
from sandoq_reference.making.mutating import NOT_AN_ELEMENT  # noqa: E402
from sandoq_reference.verify.files import Order, expected_names  # noqa: E402
from sandoq_reference.verify.mixing import MixPass  # noqa: E402
from sandoq_reference.verify.pool import on_all_processes  # noqa: E402
from sandoq_reference.verify.report import as_json, as_text  # noqa: E402
from sandoq_reference.verify.run import verify_record  # noqa: E402
from sandoq_reference.verify.verdict import load_checks  # noqa: E402

SEED = int(os.environ.get("SANDOQ_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)
SENTENCES = {check["id"]: check["sentence"] for check in load_checks()}
BASE = os.path.join(HERE, "..", "..", "90-verification", "corpus", "bases", "mixed")


def residuals(sets):
    """The atoms of a laminar family: every set without those strictly inside it."""
    return [one.difference(*(other for other in sets if other < one)) for one in set(sets)]


class Policy(unittest.TestCase):
    def setUp(self):
        print(f"SANDOQ_TEST_SEED={SEED}", file=sys.stderr)
        self.random = random.Random(SEED)

    def test_kinds_of_sets_count_alike(self):
        """Which sets are of sums and which of lists matters for equal sets and disjoint lists only."""
        permitted = 0
        for _ in range(500):
            branches = range(self.random.randrange(2, 6))
            counts = {branch: self.random.randrange(1, 9) for branch in branches}
            floor, everyone = self.random.randrange(0, 8), frozenset(branches)
            shuffled = self.random.sample(list(branches), len(branches))
            cut = self.random.randrange(1, len(branches))
            lists = self.random.choice(([everyone], [frozenset(shuffled[:cut]), frozenset(shuffled[cut:])]))
            sums = self.random.choice(([], [everyone], [everyone, frozenset(shuffled[:self.random.randrange(1, len(branches))])]))
            problem = policy_problem(floor, counts, sums, lists)
            sizes = [sum(counts[branch] for branch in rest) for rest in residuals(sums + lists)]
            laminar = all(not a & b or a <= b or b <= a for a in sums + lists for b in sums + lists)
            only_total = set(sums + lists) == {everyone}
            wanted = only_total and len(set(sums)) == len(sums) or (
                laminar and floor > 0 and all(not size or size >= floor for size in sizes) and len(set(sums)) == len(sums))
            self.assertEqual(problem is None, wanted, (floor, counts, sums, lists, problem))
            self.assertIsNone(lists_problem(counts, lists))
            permitted += problem is None
        self.assertGreater(permitted, 20)

    def test_lists_leave_nothing_out(self):
        self.assertIsNone(lists_problem({1: 3, 2: 4, 3: 0}, [{1}, {2}]))
        self.assertIsNotNone(lists_problem({1: 3, 2: 4}, [{1}]))
        self.assertIsNotNone(lists_problem({1: 3}, []))


class Files(unittest.TestCase):
    def test_names(self):
        before, after = ["manifest.pb", "ceremony.pb", "ballots-000001.pb", "tally.pb"], ["opening.pb"]
        mixes = ["mix-000001.pb", "mix-000002.pb"]

        def good(names):
            return expected_names([name.encode() for name in names])
        self.assertTrue(good(before + after) and good(before + mixes + after))
        for wrong in (before + mixes[1:] + after, before + mixes[::-1] + after, mixes + before + after, before + after + mixes,
                      before + ["mix-1.pb"] + after, before + ["mix-000000.pb"] + after, before[:2] + before[3:] + mixes + after):
            self.assertFalse(good(wrong), wrong)

    def taken(self, stream, names):
        """Are these kinds a whole stream?"""
        order = Order(stream)
        try:
            for name in names.split():
                order.take(KIND_OF[name], None)
            order.end()
        except StructureError:
            return False
        return True

    def test_order_of_a_mix(self):
        stage, factors = " mix_stage mix_elements", " mix_factors mix_elements"
        for good in ("mix_group", "mix_group" + stage * 2 + " mix_elements" + factors * 2 + " mix_group" + stage,
                     "mix_group" + factors, "mix_group mix_group"):
            self.assertTrue(self.taken("mix", good), good)
        for wrong in ("", "mix_elements", "mix_group mix_elements", "mix_group mix_stage", "mix_group mix_factors",
                      "mix_group mix_stage mix_stage mix_elements", "mix_group" + factors + stage, "mix_stage mix_elements"):
            self.assertFalse(self.taken("mix", wrong), wrong)

    def test_order_of_an_opening(self):
        answers = "request partial list_request list_partial list_partial request request"
        for good in ("", "lot_commit " + answers, answers + " result allocation allocation", "result subtotal attributes lot_reveal "
                     "lot_beacon resolution allocation", "lot_beacon allocation", "list_request"):
            self.assertTrue(self.taken("opening.pb", good), good)
        for wrong in ("list_partial", "request list_partial", "list_request partial", "allocation resolution", "lot_beacon lot_beacon",
                      "result list_request", "allocation result", "mix_group"):
            self.assertFalse(self.taken("opening.pb", wrong), wrong)


class OneElection(unittest.TestCase):
    """A mixed election up to its results."""

    @classmethod
    def setUpClass(cls):
        cls.maker = mixed("unit").run()
        cls.groups = [cascade.group for cascade in cls.maker.cascades]

    def problem(self, change=None):
        groups = [Value(**{**vars(group), "nodes": list(group.nodes)}) for group in self.groups]
        if change:
            groups = change(groups) or groups
        return grouping.groups_problem(groups, self.maker.election, self.maker.nodes)

    def place(self, node):
        return Value(node=node, hash=self.maker.nodes[node].hash)

    def group(self, number, contest, *nodes):
        ballots = sum(total.ballots for node in nodes for total in self.maker.nodes[node].totals if total.contest == contest)
        return Value(group=number, contest=contest, nodes=[self.place(node) for node in nodes], ballots=ballots,
                     size=ballots * mix.per_ballot(self.maker.election.shapes[contest]))

    def test_other_groups(self):
        def council(*sets):
            def change(groups):
                own = [self.group(0, COUNCIL, *nodes) for nodes in sets] + [g for g in groups if g.contest != COUNCIL]
                for number, group in enumerate(own, 1):
                    group.group = number
                return own
            return self.problem(change)
        self.assertIsNone(self.problem())
        for good in (([0],), ([NORTH, SOUTH],), ([NORTH_1], [NORTH_2, SOUTH]), ([NORTH_1, SOUTH_1], [NORTH_2])):
            self.assertIsNone(council(*good), good)
        for wrong in ((), ([NORTH],), ([SOUTH], [NORTH]), ([SOUTH, NORTH],), ([NORTH, NORTH_1],), ([NORTH], [NORTH_1], [SOUTH]),
                      ([0], [NORTH])):
            self.assertIsNotNone(council(*wrong), wrong)

    def test_fields_of_groups(self):
        for at in range(len(self.groups)):
            for field in ("group", "contest", "ballots", "size"):
                def change(groups, at=at, field=field):
                    setattr(groups[at], field, getattr(groups[at], field) + 1)
                self.assertIsNotNone(self.problem(change), field)
        self.assertIsNotNone(self.problem(lambda groups: groups[0].nodes.__setitem__(0, Value(node=NORTH, hash=bytes(32)))))
        self.assertIsNotNone(self.problem(lambda groups: groups + [self.group(len(groups) + 1, MOTTO, 0)]))

    def test_parts_but_the_last_are_full(self):
        part = Value(elements=[b""] * mix.FULL_PART)
        rest = Value(elements=[b""] * 3)
        items = [("mix_group", self.groups[0]), ("mix_stage", "s"), ("mix_elements", part), ("mix_elements", rest),
                 ("mix_factors", "f"), ("mix_elements", rest), ("mix_elements", part), ("mix_factors", "g"), ("mix_elements", rest)]
        cascade, = mix.gathered(items)
        self.assertEqual(cascade.misparted, {"mix_stage": set(), "mix_factors": {0}})
        self.assertEqual([len(elements) for _, elements in cascade.stages + cascade.factors], [mix.FULL_PART + 3] * 2 + [3])
        again = mix.gathered(mix_items(self.maker.cascades))
        self.assertEqual([c.stages for c in again], [c.stages for c in self.maker.cascades])
        self.assertEqual([c.factors for c in again], [c.factors for c in self.maker.cascades])

    def counted(self, contest):
        return [OpenedGroup(self.maker.election.contests[contest], self.maker.election.shapes[contest],
                            opened.cascade.group.size, opened.opened)
                for opened in self.maker.openings if opened.kind == "list_request" and opened.cascade.group.contest == contest]

    def test_counts_are_those_of_all_groups(self):
        election = self.maker.election
        for contest in (COUNCIL, MOTTO):
            groups, result = self.counted(contest), self.maker.results[contest]
            entry, shape = election.contests[contest], election.shapes[contest]
            points = None if contest == MOTTO else [self.maker_blank()]

            def problem(result, groups):
                return counts_problem(result, entry, shape, 5, points, groups)
            self.assertIsNone(problem(result, groups))
            self.assertIsNotNone(problem(result, groups[1:]))
            for at in range(len(result.counts)):
                counts = list(result.counts)
                counts[at] += 1
                self.assertIsNotNone(problem(Value(**{**vars(result), "counts": counts}), groups))

    def maker_blank(self):
        return multiply_generator(self.maker.results[COUNCIL].counts[-1])

    def test_an_open_allocation_elects_nobody(self):
        """Without what settles it the chair's tie stays open, and its item has no elected."""
        for contest, result in zip(self.maker.election.contests, self.maker.results):
            if contest.law is None:
                continue
            rankings = allocation.rankings_of(self.maker.choices[result.contest])
            item, outcome = allocation.allocation_of(contest, result, rankings)
            self.assertEqual(outcome.status, "open")
            self.assertEqual((item.elected, item.alternates, item.runoff), ([], [], []))
            tied = [ranked.option for name, entry in self.maker.resolving if name == "attributes" and
                    entry.contest == result.contest for ranked in entry.options]
            self.assertTrue(tied)
            self.assertLessEqual(set(allocation.tied_options(outcome)), set(tied))
            again = KINDS[KIND_OF["allocation"]].decode(KINDS[KIND_OF["allocation"]].encode(item))
            self.assertEqual(vars(again), vars(item))


class Records(unittest.TestCase):
    def test_reports(self):
        outcome = verify_record(BASE, jobs=2)
        self.assertTrue(outcome.accepted, [entry for entry in outcome.checks if entry["status"] == "fail"])
        for group in outcome.groups:
            self.assertNotIn("blank", group["counts"] if group["contest"] == "council" else {})
        for contest in {group["contest"] for group in outcome.groups}:
            summed = {}
            for group in outcome.groups:
                if group["contest"] == contest:
                    for name, count in group["counts"].items():
                        summed[name] = summed.get(name, 0) + count
            self.assertEqual(summed, {name: outcome.counts[contest][name] for name in summed})
        self.assertEqual(list(outcome.write_ins), ["motto"])
        text = as_text(outcome, None, SENTENCES)
        for said in ("group 1 of contest council", "written in, contest motto", "allocation of contest chair"):
            self.assertIn(said, text)
        self.assertIn('"allocations"', as_json(outcome, None, BASE))

    def test_a_sample_of_stages(self):
        """What is wrong with the proof of one stage is found if that stage is in the sample."""
        def hook(name, made, maker):
            if name == "mix_stage" and (made.stage.group, made.stage.stage) == (2, 1):
                made.stage.proof = made.stage.proof[:-32] + bytes(32)
        with tempfile.TemporaryDirectory() as directory:
            mixed("sample", hook).run().write(directory)
            found = []
            for count in (0, 1, 4, 8, 10**6):
                outcome = verify_record(directory, sample_stages=count)
                self.assertEqual(outcome.sampled_stages, count if count < 9 else None)
                self.assertEqual("stages of mixes" in as_text(outcome, None, SENTENCES), count < 9)
                found.append([entry["id"] for entry in outcome.checks if entry["status"] == "fail"])
            self.assertEqual((found[0], found[-1]), ([], ["mix.proofs"]))
            self.assertEqual(found, sorted(found))  # a larger sample has all of a smaller one

    def test_what_is_opened_decodes_also_outside_the_sample(self):
        def problem(elements):
            return MixPass._last_problem(None, Value(stages=[(None, elements)]))
        self.assertIsNone(problem([GENERATOR_BYTES] * 4 + [GENERATOR_BYTES, IDENTITY_BYTES]))
        self.assertIsNotNone(problem([GENERATOR_BYTES] * 4 + [IDENTITY_BYTES, GENERATOR_BYTES]))
        self.assertIsNotNone(problem([GENERATOR_BYTES] * 5 + [NOT_AN_ELEMENT]))

    def test_processes(self):
        self.assertEqual(on_all_processes(2, lambda number: number * number, list(range(20))), [n * n for n in range(20)])
        self.assertEqual(on_all_processes(1, str, [1, 2]), ["1", "2"])
        self.assertEqual(on_all_processes(2, str, []), [])

    def test_without_its_mix_files(self):
        with tempfile.TemporaryDirectory() as directory:
            record = os.path.join(directory, "record")
            shutil.copytree(BASE, record)
            os.remove(os.path.join(record, "mix-000001.pb"))
            outcome = verify_record(record)
            self.assertEqual([entry["id"] for entry in outcome.checks if entry["status"] == "fail"], ["record.files"])


if __name__ == "__main__":
    unittest.main()
