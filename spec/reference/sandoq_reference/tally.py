"""The tally tree: leaves, node records, and their fold (spec 70)."""

from .elgamal import add_pairs, decode_pair, encode_pair
from .group import IDENTITY
from .hashing import ZERO32, hash32, split_point, u8, u32, u64
from .items import TOTALS
from .layout import Value, encode_one

LEAF_TAG = "ballot/node"
ZERO = (IDENTITY, IDENTITY)


def ballot_leaf(e1, domain, branch, index, code):
    return hash32("ballot/leaf", e1, u8(domain), u32(branch), u64(index), code)


class Totals:
    """contest -> [ballots, list of point pairs]."""

    def __init__(self, sizes):
        """sizes: contest -> n'."""
        self.entries = {contest: [0, [ZERO] * size] for contest, size in sizes.items()}

    def add(self, contest, ballots, pairs):
        if contest not in self.entries:
            self.entries[contest] = [ballots, list(pairs)]
            return
        entry = self.entries[contest]
        entry[0] += ballots
        entry[1] = [add_pairs(a, b) for a, b in zip(entry[1], pairs)]

    def merge(self, other):
        for contest, (ballots, pairs) in other.entries.items():
            self.add(contest, ballots, pairs)

    def values(self):
        return [Value(contest=contest, ballots=ballots, ciphertexts=[encode_pair(pair) for pair in pairs])
                for contest, (ballots, pairs) in sorted(self.entries.items())]

    @staticmethod
    def decoded(values):
        out = Totals({})
        for value in values:
            out.add(value.contest, value.ballots, [decode_pair(data) for data in value.ciphertexts])
        return out


class NodeRecord:
    """One record of the Merkle-sum tree with its hash."""

    def __init__(self, node, lo, hi, totals, digest):
        self.node, self.lo, self.hi, self.totals, self.hash = node, lo, hi, totals, digest


class Tree:
    """Hashes of one election's tree."""

    def __init__(self, e1, domain):
        self.prefix = e1 + u8(domain)

    def empty(self, node, lo, totals):
        return NodeRecord(node, lo, lo, totals, hash32("msum/empty", self.prefix, u32(node), u64(lo)))

    def branch(self, node, lo, hi, totals, root):
        if lo == hi:
            return self.empty(node, lo, totals)
        digest = hash32("msum/branch", self.prefix, u32(node), u64(lo), u64(hi), encode_one(TOTALS, totals.values()), root)
        return NodeRecord(node, lo, hi, totals, digest)

    def combine(self, node, left, right):
        if left.hi != right.lo:
            raise ValueError("children are not adjacent")
        totals = Totals({})
        totals.merge(left.totals)
        totals.merge(right.totals)
        if left.lo == right.hi:
            return self.empty(node, left.lo, totals)
        digest = hash32("msum/node", self.prefix, u32(node), u64(left.lo), u64(right.hi),
                        encode_one(TOTALS, totals.values()), left.hash, right.hash)
        return NodeRecord(node, left.lo, right.hi, totals, digest)

    def fold(self, node, children):
        """The record of a tree node over the records of its children."""
        if len(children) == 1:
            return self.combine(node, children[0], self.empty(node, children[0].hi, Totals({})))
        return self._fold(node, children)

    def _fold(self, node, children):
        if len(children) == 1:
            return children[0]
        k = split_point(len(children))
        return self.combine(node, self._fold(node, children[:k]), self._fold(node, children[k:]))


def tally_node(record, root=ZERO32):
    """The published form (70.4)."""
    return Value(node=record.node, lo=record.lo, hi=record.hi, totals=record.totals.values(),
                 root=root if record.lo < record.hi else ZERO32, hash=record.hash)
