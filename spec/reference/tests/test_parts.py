"""The group against RFC 9496, the box against libsodium, multiplication against its definition, laws of the batch."""

import io
import json
import os
import random
import sys
import unittest
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))

from sandoq_reference import aead, bit_vector, group, hashing, msm, segments, signature, transcript  # noqa: E402
from sandoq_reference.equations import Failed, Item, culprits  # noqa: E402
from sandoq_reference.policy import policy_problem  # noqa: E402
from sandoq_reference.result import seats  # noqa: E402
from sandoq_reference.verify import streams  # noqa: E402
from sandoq_reference.verify.unique import UniqueValues, alphas as alphas_of  # noqa: E402
from sandoq_reference.layout import REMARK, U32, Struct, StructureError, Value  # noqa: E402

SEED = int(os.environ.get("SANDOQ_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)


def vectors(name):
    with open(os.path.join(HERE, "..", "..", "10-ristretto255", "vectors", name + ".json"), encoding="utf-8") as stream:
        return json.load(stream)["vectors"]


def vectors_of(family, branches):
    return [[Fraction(branch in one) for branch in branches] for one in family]


def rank_of(rows):
    """By Gaussian elimination over the rationals."""
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rows[rank:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(rank, pivot)
        for at in range(rank + 1, len(rows)):
            factor = rows[at][column] / pivot[column]
            rows[at] = [a - factor * b for a, b in zip(rows[at], pivot)]
        rank += 1
    return rank


class Parts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print(f"SANDOQ_TEST_SEED={SEED}", file=sys.stderr)

    def setUp(self):
        self.random = random.Random(SEED)

    def scalar(self):
        return self.random.randrange(group.ORDER)

    def element(self):
        return group.map_to_group(self.random.randbytes(64))

    def test_rfc_9496(self):
        for vector in vectors("multiples"):
            data = bytes.fromhex(vector["encoding"])
            self.assertEqual(group.encode(group.multiply_generator(vector["multiple"])), data)
            self.assertEqual(group.encode(group.decode(data)), data)
        for vector in vectors("decode_bad"):
            with self.assertRaises(group.InvalidElement):
                group.decode(bytes.fromhex(vector["encoding"]))
        for vector in vectors("map"):
            point = group.map_to_group(bytes.fromhex(vector["uniform_bytes"]))
            self.assertEqual(group.encode(point).hex(), vector["encoding"])

    def test_laws(self):
        for _ in range(10):
            a, b, point = self.scalar(), self.scalar(), self.element()
            left = group.add(group.multiply(a, point), group.multiply(b, point))
            self.assertTrue(group.equal(left, group.multiply(a + b, point)))
            self.assertTrue(group.is_identity(group.subtract(left, group.multiply((a + b) % group.ORDER, point))))
            self.assertTrue(group.equal(group.FixedBase(point).multiply(a), group.multiply(a, point)))
            self.assertTrue(group.equal(group.double(point), group.add(point, point)))
            self.assertTrue(group.equal(group.decode(group.encode(left)), left))
            self.assertFalse(group.equal(left, point))

    def test_identity_has_four_representatives(self):
        i = group.SQRT_M1
        for x, y in ((0, 1), (0, group.P - 1), (i, 0), (group.P - i, 0)):
            torsion = (x, y, 1, 0)
            self.assertTrue(group.is_identity(torsion))
            point = self.element()
            self.assertTrue(group.equal(point, group.add(point, torsion)))
            self.assertEqual(group.encode(point), group.encode(group.add(point, torsion)))

    def test_multi_scalar_multiplication(self):
        for count in (0, 1, 2, 3, 17, 200):
            terms = [(self.scalar() >> self.random.choice((0, 0, 124, 252)), self.element()) for _ in range(count)]
            terms += terms[:2] + [(0, self.element()), (5, group.IDENTITY)]
            expected = group.IDENTITY
            for scalar, point in terms:
                expected = group.add(expected, group.multiply(scalar, point))
            self.assertTrue(group.equal(msm.multi_multiply(terms), expected))

    def test_box(self):
        key, message = bytes(range(32)), bytes(range(100, 132))
        box = aead.seal(key, message)
        self.assertEqual(box.hex(), "7cdd2456c58fccba7f0c320edf323c548cc4858299d421279085826daab4f7df"
                                    "db84a98caf54250debb3c15c15b6e8fa")  # made with libsodium
        self.assertEqual(aead.open_box(key, box), message)
        for at in range(48):
            self.assertIsNone(aead.open_box(key, box[:at] + bytes([box[at] ^ 1]) + box[at + 1:]))

    def test_merkle_shapes(self):
        for count in range(1, 40):
            leaves = [self.random.randbytes(32) for _ in range(count)]

            def root(part):
                if len(part) == 1:
                    return part[0]
                k = hashing.split_point(len(part))
                return hashing.hash32("t", root(part[:k]), root(part[k:]))
            self.assertEqual(hashing.merkle_root("t", leaves), root(leaves))
            index = self.random.randrange(count) + 1
            path = hashing.merkle_path("t", leaves, index)
            self.assertEqual(hashing.root_from_path("t", leaves[index - 1], index, count, path), root(leaves))
            # An inner node is no leaf, and nothing stands above the root.
            for other in (path[1:], path[:-1], path + leaves[:1]):
                if other != path:
                    self.assertIsNone(hashing.root_from_path("t", leaves[index - 1], index, count, other))

    def test_slack(self):
        for difference in range(0, 70):
            weights = [1] * 3 + bit_vector.slack_weights(difference + 2, 2)
            self.assertEqual(sum(weights[3:]), difference)
            for marks in range(3):
                bits = bit_vector.slack_bits(weights, 3, [1] * marks + [0] * (3 - marks), difference + 2)
                expected = difference + 2 - marks
                if expected > difference:
                    self.assertIsNone(bits)
                else:
                    self.assertEqual(sum(u * b for u, b in zip(weights[3:], bits)), expected)

    def test_masks_differ_between_statements(self):
        """The same seed under two statements, or two witnesses, gives other nonces."""
        one, other = transcript.Transcript("t"), transcript.Transcript("t")
        other.append_bytes("statement", b"")
        nonces = {transcript.Nonces(t, witness, bytes(32))[0] for t in (one, other) for witness in (b"a", b"b")}
        self.assertEqual(len(nonces), 4)

    def test_errors_do_not_cancel(self):
        """Two items whose errors cancel under equal weights are both named."""
        point = self.element()
        items = [Item(self.random.randbytes(32), [[(0, point)]], number) for number in range(9)]
        self.assertEqual(culprits(items, bytes(32)), [])
        items[2].equations = [[(0, point)], [(5, point)]]
        items[7].equations = [[(0, point)], [(group.ORDER - 5, point)]]
        self.assertEqual([(item.name, wrong) for item, wrong in culprits(items, bytes(32))], [(2, [1]), (7, [1])])

    def test_unique_in_several_passes(self):
        alphas = [self.random.randbytes(32) for _ in range(100)]

        class Journals:
            def __init__(self, values):
                self.values = values

            def journals(self):
                for number, alpha in enumerate(self.values):
                    yield f"place {number}", 21, b"", Value(contests=[Value(ciphertexts=[alpha + bytes(32)])]), number == 101

        def repeated(values):
            record = Journals(values)
            unique = UniqueValues(record, len(values), "ballot", alphas_of, 7)
            for place, _, _, ballot, evidence in record.journals():
                if not evidence:
                    unique.add(place, ballot)
            return unique.finish()
        self.assertIsNone(repeated(alphas))
        for at in range(100):  # one of them is of the last part
            self.assertEqual(repeated(alphas + [alphas[at]]), "place 100")
        for at in (0, 13, 98):
            self.assertIsNone(repeated(alphas + [self.random.randbytes(32), alphas[at]]))  # evidence does not count

    def test_nothing_stands_behind_an_item(self):
        item = Struct("item", number=U32, remark=REMARK)
        data = item.encode(Value(number=3, remark=b"three"))
        self.assertEqual(item.decode(data), Value(number=3, remark=b"three"))
        for wrong in (data[:-1], data + b"\0", data + data):
            with self.assertRaises(StructureError):
                item.decode(wrong)

    def test_a_segment_has_one_form(self):
        good = segments.item_bytes(300, b"data")
        self.assertEqual(good, b"\x09\x08\xac\x02\x12\x04data")
        self.assertEqual(list(segments.SegmentReader(io.BytesIO(good + good))), [(0, 300, b"data"), (10, 300, b"data")])
        for wrong in (b"\x0a\x08\xac\x82\x00\x12\x04data", b"\x8a\x00\x08\xac\x02\x12\x04data",  # longer numbers
                      b"\x0a\x08\xac\x02\x12\x84\x00data", b"\x09\x12\x04data\x08\xac\x02",  # the fields the other way
                      b"\x0b\x08\xac\x02\x12\x04data\x18\x01", b"\x08\x08\x00\x12\x04data", good[:-1], b"\x0a" + good[1:]):
            with self.assertRaises(StructureError):
                list(segments.SegmentReader(io.BytesIO(wrong)))

    def test_a_quorum_is_of_so_many_different_trustees(self):
        public = group.encode(group.multiply_generator(7))
        board = Value(threshold=2, trustees=[Value(signing_key=public)] * 3)

        def items(numbers, shut_out=frozenset()):
            entry = [Value(trustee=n, signature=signature.sign(7, public, "p", 2, bytes(32), bytes(32), bytes([n] * 32)))
                     for n in numbers]
            return signature.quorum_items([board], [entry], "p", 2, bytes(32), bytes(32), "here", shut_out)
        self.assertEqual(culprits(items((1, 3)), bytes(32)), [])
        for numbers in ((1, 1), (3, 1), (1,), (1, 2, 3), (1, 4), (0, 1)):
            with self.assertRaises(Failed):
                items(numbers)
        with self.assertRaises(Failed):
            items((1, 3), frozenset([(0, 3)]))

    def test_policy_against_the_span(self):
        """Whatever a permitted family opens, no 0/1 combination of its sums (over the rationals) is below the floor."""
        permitted = 0
        for _ in range(400):
            branches = range(self.random.randrange(2, 6))
            counts = {branch: self.random.randrange(1, 9) for branch in branches}
            floor = self.random.randrange(1, 12)
            family = [frozenset(branches)]
            for _ in range(self.random.randrange(1, 5)):
                family.append(frozenset(branch for branch in branches if self.random.random() < 0.5) or family[0])
            if policy_problem(floor, counts, family):
                continue
            permitted += 1
            rank = rank_of(vectors_of(family, branches))
            for subset in range(1, 1 << len(branches)):
                wanted = frozenset(branch for branch in branches if subset >> branch & 1)
                if rank_of(vectors_of([*family, wanted], branches)) == rank:
                    self.assertGreaterEqual(sum(counts[branch] for branch in wanted), floor, (counts, family, wanted))
        self.assertGreater(permitted, 10)

    def test_printable(self):
        """Exactly the controls of terminal and direction are escaped; Persian with its joiners stays as it is."""
        controls = [chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F),
                                           *range(0x2066, 0x206A))]
        for control in controls:
            escape = f"\\x{ord(control):02x}" if ord(control) < 256 else f"\\u{ord(control):04x}"
            self.assertEqual(streams.printable(f"a{control}b"), f"a{escape}b")
        self.assertEqual(streams.printable(os.fsdecode(b"\xff\x9b")), "\\xff\\x9b")
        for harmless in ("a b\\", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u200d\u2027\u202f\u2065\u206a\xa0\u00e9"):
            self.assertEqual(streams.printable(harmless), harmless)

    def test_seats_by_another_rule(self):
        """Without ties: the highest counts in order of count, then option."""
        for _ in range(200):
            options = self.random.randrange(1, 9)
            counts = self.random.sample(range(0, 50), options)
            places = self.random.randrange(1, options + 1)
            reserves = self.random.randrange(0, options - places + 1)
            ranked = sorted((i for i in range(options) if counts[i]), key=lambda i: -counts[i])
            self.assertEqual(seats(counts, places, reserves), (ranked[:places], ranked[places:places + reserves], []))


if __name__ == "__main__":
    unittest.main()
