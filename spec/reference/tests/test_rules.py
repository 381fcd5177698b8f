"""Seats by the rules of section 76 against second counts written another way, and what must always hold."""

import itertools
import json
import os
import random
import sys
import unittest
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))

from sandoq_reference.layout import Value  # noqa: E402
from sandoq_reference.result import seats as plurality_at_large  # noqa: E402
from sandoq_reference.rules import ranked  # noqa: E402
from sandoq_reference.rules.allocate import allocate  # noqa: E402
from sandoq_reference.rules.rule import RULE, RuleError, decode_rule, from_json, to_json  # noqa: E402
from sandoq_reference.vectors.rules import lists_of, plurality, proportional, ranking  # noqa: E402

SEED = int(os.environ.get("SANDOQ_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)


def lot(tie, subject):
    """Some fixed order, another one for each tie."""
    return (subject * 2654435761 + tie * 40503) % 2**32


def run(rule, votes, places, lists=(), **more):
    rule = from_json(rule)
    return allocate(rule, list(lists), Value(votes=votes, ballots=sum(votes), valid=sum(votes)), places, more.pop("others", 0),
                    ticket=lot, **more)


def seats_of(outcome, parties, options):
    held = {subject: len(chosen) for subject, chosen, _ in outcome.parties}
    return [held.get(options + index, 0) for index in range(parties)]


def elections(rng, count, most=9):
    """Votes of parties so unequal that no tie can arise, and lists of one member with all votes and many with one."""
    for _ in range(count):
        yield rng.sample(range(50, 4000), rng.randint(1, most)), rng.randint(1, 20)


def single_lists(votes, size=40):
    spread, members = [], []
    for index, total in enumerate(votes):
        members.append(list(range(index * size, index * size + size)))
        spread += [total - size + 1] + [1] * (size - 1)
    return spread, lists_of(*members)


def irv_again(rankings, options):
    """The winner, recounting whole ballots each round; None for a tie for the last place."""
    out = set(range(options)) - {o for ranks, _ in rankings for rank in ranks for o in rank}
    out = set(out)
    while True:
        tally = {o: Fraction(0) for o in range(options) if o not in out}
        for ranks, count in rankings:
            tops = next((here for here in ([o for o in rank if o in tally] for rank in ranks) if here), [])
            for option in tops:
                tally[option] += Fraction(count, len(tops))
        best = max(tally, key=tally.get)
        if 2 * tally[best] > sum(tally.values()):
            return best
        worst = min(tally.values())
        last = [o for o, value in tally.items() if value == worst]
        if len(last) > 1:
            return None
        out.update(last)


def schulze_again(rankings, options):
    """Who is unbeaten, over all simple paths."""
    place = [{o: at for at, rank in enumerate(ranks) for o in rank} for ranks, _ in rankings]
    named = [o for o in range(options) if any(o in p for p in place)]
    wins = {(a, b): sum(c for p, (_, c) in zip(place, rankings) if p.get(a, 99) < p.get(b, 99))
            for a in named for b in named if a != b}
    link = {(a, b): n if n > wins[b, a] else 0 for (a, b), n in wins.items()}

    def strongest(a, b):
        others = [o for o in named if o not in (a, b)]
        return max(min(link[x, y] for x, y in zip((a, *via, b), (*via, b)))
                   for size in range(len(others) + 1) for via in itertools.permutations(others, size))

    paths = {pair: strongest(*pair) for pair in wins}
    return [a for a in named if not any(paths[b, a] > paths[a, b] for b in named if b != a)]


class Lists(unittest.TestCase):
    def setUp(self):
        self.rng = random.Random(SEED)
        print(f"seed {SEED}", file=sys.stderr)

    def test_divisors_are_the_highest_quotients(self):
        for votes, places in elections(self.rng, 60):
            spread, lists = single_lists(votes)
            for method, divisor in (("d-hondt", lambda k: Fraction(k + 1)), ("sainte-lague", lambda k: Fraction(2 * k + 1)),
                                    ("sainte-lague-1.4", lambda k: Fraction(2 * k + 1) if k else Fraction(14, 10))):
                table = sorted(((v / divisor(k), -i) for i, v in enumerate(votes) for k in range(places)), reverse=True)
                if len(table) > places and table[places - 1][0] == table[places][0]:
                    continue
                expected = [sum(1 for _, i in table[:places] if -i == index) for index in range(len(votes))]
                out = run(proportional(method=method), spread, places, lists)
                self.assertEqual(seats_of(out, len(votes), len(spread)), expected)

    def test_largest_remainders_by_whole_numbers(self):
        for votes, places in elections(self.rng, 60):
            spread, lists = single_lists(votes)
            total = sum(votes)
            expected = [v * places // total for v in votes]
            rest = [v * places % total for v in votes]
            ranked_rest = sorted(range(len(votes)), key=lambda i: -rest[i])
            missing = places - sum(expected)
            if 0 < missing < len(votes) and rest[ranked_rest[missing - 1]] == rest[ranked_rest[missing]]:
                continue
            for index in ranked_rest[:missing]:
                expected[index] += 1
            out = run(proportional(), spread, places, lists)
            self.assertEqual(seats_of(out, len(votes), len(spread)), expected)
            for v, held in zip(votes, expected):
                self.assertLess(abs(held - Fraction(v * places, total)), 1)

    def test_a_larger_house_takes_no_seat_from_anybody(self):
        for votes, _ in elections(self.rng, 8, 5):
            spread, lists = single_lists(votes)
            for method in ("d-hondt", "sainte-lague"):
                before = [0] * len(votes)
                for places in range(1, 25):
                    now = seats_of(run(proportional(method=method), spread, places, lists), len(votes), len(spread))
                    self.assertTrue(all(a <= b for a, b in zip(before, now)))
                    self.assertEqual(sum(now), places)
                    before = now

    def test_a_threshold_that_is_just_reached(self):
        for strict, elected in ((False, [1, 0]), (True, [1])):
            fifth = {"share": "1/5", "base": "votes", "strict": strict, "applies": "all"}
            self.assertEqual(run(plurality(fifth), [20, 80], 2).elected, elected)
            self.assertEqual(run(plurality(fifth), [21, 79], 2).elected, [1, 0])
            self.assertEqual(run(plurality(fifth), [19, 81], 2).elected, [1])

    def test_plurality_is_that_of_75(self):
        for _ in range(200):
            votes = [self.rng.randint(0, 5) for _ in range(self.rng.randint(2, 9))]
            places = self.rng.randint(1, len(votes))
            others = self.rng.randint(0, len(votes) - places)
            elected, reserves, ties = plurality_at_large(votes, places, others)
            for number, tie in enumerate(ties):
                order = sorted(tie.options, key=lambda option: lot(number, option))
                elected, reserves = elected + order[:tie.seats], reserves + order[tie.seats:tie.seats + tie.alternates]
            out = run(plurality(), votes, places, others=others)
            self.assertEqual(sorted(out.elected), sorted(elected))
            self.assertEqual(sorted(out.alternates), sorted(reserves))


class Rankings(unittest.TestCase):
    def setUp(self):
        self.rng = random.Random(SEED)

    def some(self, options):
        out = []
        for _ in range(self.rng.randint(1, 15)):
            order = self.rng.sample(range(options), self.rng.randint(0, options))
            ranks = []
            while order:
                size = self.rng.choice((1, 1, 2))
                ranks.append(order[:size])
                order = order[size:]
            out.append(Value(count=self.rng.randint(1, 9), ranks=ranks))
        return out

    def test_irv_recounted(self):
        decided = 0
        for _ in range(200):
            options = self.rng.randint(2, 6)
            ballots = self.some(options)
            for batch in (True, False):
                rule = ranking("irv", overvote="equal", batch=batch)
                merged = ranked.merged(from_json(rule).ranking[0], ballots)
                expected = irv_again(merged, options) if merged else None
                if expected is not None:
                    decided += 1
                    self.assertEqual(run(rule, [0] * options, 1, rankings=ballots).elected, [expected])
        self.assertGreater(decided, 50)

    def test_schulze_over_all_paths(self):
        for _ in range(60):
            options = self.rng.randint(2, 5)
            ballots = self.some(options)
            rule = ranking("schulze", overvote="equal")
            merged = ranked.merged(from_json(rule).ranking[0], ballots)
            if merged:
                winner = run(rule, [0] * options, 1, rankings=ballots).elected
                self.assertTrue(set(winner) <= set(schulze_again(merged, options)) and winner)

    def test_stv_gives_what_was_cast_and_the_order_of_ballots_says_nothing(self):
        for _ in range(60):
            options = self.rng.randint(2, 7)
            ballots = self.some(options)
            for method in ("stv", "borda", "schulze"):
                rule = ranking(method, overvote="equal")
                places = self.rng.randint(1, min(options, 4))
                one = run(rule, [0] * options, places, rankings=ballots)
                self.rng.shuffle(ballots)
                two = run(rule, [0] * options, places, rankings=ballots)
                self.assertEqual(one.transcript, two.transcript)
                quota = None
                for step in one.steps:
                    values = [Fraction(value.decode()) for value in step.values]
                    if step.kind == 3:
                        quota = values[0]
                    if step.kind == 16:
                        cast = sum(b.count for b in ballots if b.ranks)
                        held = sum(values)
                        self.assertLessEqual(held, cast)
                        self.assertGreaterEqual(held + len(one.elected) * quota * 2, cast)


class Files(unittest.TestCase):
    def test_json_and_bytes_of_the_vectors(self):
        with open(os.path.join(HERE, "..", "..", "76-rules", "vectors", "rules.json"), encoding="ascii") as stream:
            vectors = json.load(stream)["vectors"]
        for vector in vectors:
            if vector["kind"] == "rule" and vector["expect"] == "accept":
                rule = decode_rule(bytes.fromhex(vector["bytes"]))
                self.assertEqual(from_json(json.loads(vector["json"])), rule)
                self.assertEqual(to_json(rule), json.loads(vector["json"]))

    def test_changed_bytes_are_refused_or_another_rule(self):
        rng = random.Random(SEED)
        for source in (plurality(), proportional(), ranking("stv")):
            data = RULE.encode(from_json(source))
            for at in range(len(data)):
                changed = bytearray(data)
                changed[at] ^= 1 << rng.randrange(8)
                try:
                    rule = decode_rule(bytes(changed))
                except RuleError as error:
                    self.assertTrue(error.check.startswith("rule."))
                else:
                    self.assertEqual(RULE.encode(rule), bytes(changed))

    def test_json_that_is_refused(self):
        for spoil in (lambda j: j.update(extra=1), lambda j: j.update(format=True), lambda j: j["ballot"].pop("max"),
                      lambda j: j["ballot"].update(strike=0), lambda j: j["proportional"].update(method="hondt"),
                      lambda j: j["proportional"].update(jump="01/4"), lambda j: j["proportional"].update(list_tie=1),
                      lambda j: j.update(ranking=5), lambda j: j["proportional"].update(threshold=None),
                      lambda j: j["proportional"].update(order="quota-jump", jump="2/4")):
            source = json.loads(json.dumps(proportional()))
            spoil(source)
            with self.assertRaises(RuleError):
                from_json(source)


if __name__ == "__main__":
    unittest.main()
