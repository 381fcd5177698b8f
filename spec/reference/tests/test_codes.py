#!/usr/bin/env python3
"""Codes of ballots (spec 50.10) by brute force: what devices make of all short entries, against the definition and 76.2."""

import os
import sys
import unittest
from itertools import combinations, product

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from sandoq_reference.ballots import choices_problem  # noqa: E402
from sandoq_reference.bit_vector import slack_bits  # noqa: E402
from sandoq_reference.codes import Codes  # noqa: E402
from sandoq_reference.items import BIT_VECTOR, SLOTS  # noqa: E402
from sandoq_reference.layout import Value  # noqa: E402
from sandoq_reference.making.choices import of_codes, random_choices  # noqa: E402
from sandoq_reference.manifest import MOST_BINOMIALS, rule_problem, shape_of  # noqa: E402
from sandoq_reference.random_stream import RandomStream  # noqa: E402
from sandoq_reference.rules.choices import LIST, OPTION, STRIKE, read_choices  # noqa: E402
from sandoq_reference.vectors import codes as vectors  # noqa: E402

LISTS = ([1, 0], [2])  # of four options, the last one independent


def every_contest():
    """All ballot rules with limits of at most 3 over four options and two lists that a manifest carries, in every encoding."""
    for form, code, exclusive, strike in product(("closed", "open", "free"), ("none", "members", "separate"), (0, 1), (0, 1)):
        if strike and code != "members" or code == "none" and (exclusive or form == "closed"):
            continue
        for overvote, (least, most), blank, each, encoding in product(
                ("reject", "truncate", "void"), ((0, 2), (1, 1), (1, 3), (2, 3)), (0, 1), (1, 2), (1, 2, 3)):
            if each > most or blank and not least:
                continue
            contest = vectors._contest(4, most, least, blank, encoding, LISTS, form=form, list_code=code,
                                       exclusive=bool(exclusive), strike=bool(strike), overvote=overvote, each=each)
            if vectors.refusal(contest) is None:
                yield contest


CONTESTS = list(every_contest())


def every_entries(longest, options=4):
    """All sequences of entries; an option, a list and a strike-out that do not exist are among them."""
    alphabet = ([(OPTION, option) for option in range(options)] + [(LIST, 0), (LIST, 1), (LIST, 2), (STRIKE, 0), (STRIKE, 1),
                                                                   (STRIKE, 2), (OPTION, 4)])
    for length in range(longest + 1):
        yield from product(alphabet, repeat=length)


SHORT, LONGER = list(every_entries(2)), list(every_entries(3))


def permitted(contest):
    """The sets of codes that 76.2 can come to, counted out option by option and list by list."""
    ballot, out = contest.law.ballot, set()
    wholly = ballot.form == 1 and not ballot.strike  # a list and nothing else is on the ballot
    each = 1 if ballot.form == 1 else ballot.each
    place = {option: index for index, entry in enumerate(contest.lists) for option in entry.options}
    if contest.blank or not contest.min:
        out.add(frozenset())
    if wholly:
        return out | {frozenset({index + 1}) for index in range(len(contest.lists))}
    for votes in product(range(each + 1), repeat=4):
        homes = {place.get(option, "nowhere") for option, number in enumerate(votes) if number}
        if sum(votes) > contest.max or ballot.form != 3 and len(homes) > 1 or ballot.form == 1 and "nowhere" in homes:
            continue
        codes = frozenset(option * each + nth for option, number in enumerate(votes) for nth in range(1, number + 1))
        if sum(votes) >= contest.min:
            out.add(codes)
        for index in range(len(contest.lists) if ballot.list_code == 3 else 0):
            if not (ballot.exclusive and codes) and (ballot.form == 3 or homes <= {index}):
                out.add(codes | {4 * each + index + 1})
    return out


def device(contest, entries):
    """What a device does with entries, from what 76.2 makes of them under another treatment of over-votes."""
    ballot = contest.law.ballot
    if contest.blank and not entries:
        return "blank", {}, None
    status, votes, chosen = read_choices(ballot, contest.lists, 4, entries)
    without = read_choices(Value(**{**vars(ballot), "overvote": 1}), contest.lists, 4, entries)[0]
    if without == "refused" and ballot.overvote == 3:
        return "blank", {}, None
    return ("codes" if status in ("counted", "blank") else "refused"), votes, chosen


class EveryBallotRule(unittest.TestCase):
    def test_there_are_contests_of_every_kind(self):
        self.assertGreater(len(CONTESTS), 200)
        self.assertEqual({Codes(contest).kind for contest in CONTESTS}, {1, 2, 3})
        self.assertEqual({contest.encoding for contest in CONTESTS}, {1, 2, 3})

    def test_permitted_codes(self):
        """A set of codes is permitted iff counting out the ballot rule comes to it, and in number within the proof's limits."""
        for contest in CONTESTS:
            codes, wanted = Codes(contest), permitted(contest)
            for size in range(min(codes.count, contest.max + 2) + 1):
                for own in combinations(range(1, codes.count + 1), size):
                    self.assertEqual(codes.problem(list(own)) is None, frozenset(own) in wanted, (vars(contest.law.ballot), own))
            weights = [sum(codes.most if code > codes.count - codes.heavy else 1 for code in own)
                       for own in wanted if own or not contest.blank]
            self.assertTrue(codes.least <= min(weights) <= max(weights) <= codes.most)

    def test_what_proofs_show(self):
        """In bit vectors and slots what is permitted but for the order of an option's codes is what the proofs show."""
        for contest in CONTESTS:
            shape = shape_of(contest)
            for size in range(min(shape.codes.count, contest.max + 2) + 1):
                for own in combinations(range(1, shape.codes.count + 1), size):
                    if contest.encoding == BIT_VECTOR:
                        marks = of_codes(contest, own).marks
                        shown = slack_bits(shape.weights, shape.ciphertexts, marks, shape.most) is not None
                    elif contest.encoding == SLOTS:
                        shown = shape.codes.least <= size <= shape.codes.most or contest.blank and not size
                    else:
                        continue
                    first = set()  # the same votes as their first codes
                    for code in own:
                        first.add(next(c for c in range(code - (code - 1) % shape.codes.each, code + 1) if c not in first)
                                  if code <= shape.codes.of_options else code)
                    self.assertEqual(shape.codes.problem(sorted(first)) is None, bool(shown), (vars(contest.law.ballot), own))
                    self.assertEqual(choices_problem(contest, shape, of_codes(contest, own)) is None,
                                     shape.codes.problem(list(own)) is None)

    def test_what_devices_make_of_entries(self):
        """It is permitted, everything permitted can be entered, and it says what 76.2 reads."""
        for number, contest in enumerate(CONTESTS):
            codes, reached = Codes(contest), set()
            for entries in SHORT if number % 4 else LONGER:
                outcome, own = codes.of_entries(entries)
                wanted, votes, chosen = device(contest, entries)
                self.assertEqual(outcome, wanted, (vars(contest.law.ballot), entries))
                if outcome == "refused":
                    continue
                reached.add(frozenset(own))
                counts = [int(code in own) for code in range(1, codes.count + 1)]
                told, lists = codes.votes(counts)
                self.assertEqual(told, [votes.get(option, 0) for option in range(4)], (vars(contest.law.ballot), entries))
                if contest.law.ballot.list_code == 3:
                    self.assertEqual(lists, [int(index == chosen) for index in range(2)])
                else:
                    self.assertIsNone(lists)
            wanted = permitted(contest)
            self.assertLessEqual(reached, wanted)
            self.assertEqual({own for own in wanted if len(own) <= 2} - reached, set(), vars(contest.law.ballot))

    def test_four_entries(self):
        """The same of longer entries, of some contests."""
        for contest in CONTESTS[::9]:
            codes, wanted = Codes(contest), permitted(contest)
            for entries in product([(OPTION, 0), (OPTION, 2), (OPTION, 3), (LIST, 0), (STRIKE, 1)], repeat=4):
                outcome, own = codes.of_entries(entries)
                self.assertEqual(outcome, device(contest, entries)[0])
                self.assertTrue(outcome == "refused" or frozenset(own) in wanted)

    def test_random_choices_are_permitted(self):
        stream = RandomStream("random choices")
        for contest in CONTESTS[::5]:
            for _ in range(5):
                self.assertIsNone(choices_problem(contest, shape_of(contest), random_choices(contest, stream)))


class Limits(unittest.TestCase):
    def test_binomials_of_all_packed_subsets(self):
        def refused(*options):
            contests = [vectors._contest(count, 64, 1, True, 3) for count in options]
            for number, contest in enumerate(contests):
                contest.id = b"c%d" % number
            place = vectors.node("hall", vectors.BRANCH, vectors.NO_PARENT)
            return rule_problem(Value(boards=[], nodes=[place], contests=contests, styles=[], authority=[], branch_styles=[[]]))
        self.assertEqual(2 * 8192 * 64, MOST_BINOMIALS)
        self.assertIsNone(refused(8192, 8192))
        self.assertIsNotNone(refused(8192, 8128, 65))

    def test_names(self):
        contest = vectors._contest(2, 3, 1, True, 3, ([1],), each=2, list_code="separate")
        self.assertEqual(Codes(contest).told([4, 1, 3, 0, 7]), {"o0": 5, "o1": 3, "list:list 0": 7})
        self.assertEqual([Codes(contest).stands_for(code) for code in (1, 2, 3, 5)],
                         [(OPTION, 0), (OPTION, 0), (OPTION, 1), (LIST, 0)])


if __name__ == "__main__":
    unittest.main()
