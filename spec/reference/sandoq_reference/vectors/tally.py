"""Vectors of section 70: trees of a few branches over ciphertexts without meaning."""

from ..elgamal import decode_pair
from ..hashing import MerkleAccumulator
from ..items import TALLY_NODE
from ..random_stream import RandomStream
from ..tally import LEAF_TAG, Totals, Tree, ballot_leaf, tally_node
from .section import Section


def _make(section, comment, branches, per_branch, empty, deep, mixed=()):
    """mixed: contests without sums, which every branch has besides."""
    stream = RandomStream("70/" + comment)
    e1, domain = stream.bytes(32), 1 + stream.below(2)
    tree = Tree(e1, domain)
    # root 0, then (deep: an inner node 1 with the branches under it), then branches
    first = 2 if deep else 1
    parents = [None] + ([0] if deep else []) + [first - 1] * branches
    sizes_of = {first + i: {0: 2, **({1: 3} if i % 2 else {}), **{c: 0 for c in mixed}} for i in range(branches)}
    records, given, roots, lo = {}, [], {}, 0
    for index, (branch, sizes) in enumerate(sizes_of.items()):
        totals, merkle, ballots = Totals(sizes), MerkleAccumulator(LEAF_TAG), []
        for number in range(0 if index in empty else per_branch + index):
            contests = {c: n for c, n in sizes.items() if c == 0 or number % 3 != 2}
            texts = {c: [stream.element() + stream.element() for _ in range(n)] for c, n in contests.items()}
            code = stream.bytes(32)
            merkle.add(ballot_leaf(e1, domain, branch, number, code))
            for contest, ciphertexts in texts.items():
                totals.add(contest, 1, [decode_pair(data) for data in ciphertexts])
            ballots.append({"code": code, "contests": [{"contest": c, "ciphertexts": t} for c, t in texts.items()]})
        hi = lo + len(ballots)
        roots[branch] = merkle.root()
        records[branch] = tree.branch(branch, lo, hi, totals, roots[branch])
        given.append({"node": branch, "ciphertexts_of": [{"contest": c, "ciphertexts": n} for c, n in sizes.items()],
                      "ballots": ballots})
        lo = hi
    for index in range(first - 1, -1, -1):
        children = [i for i, parent in enumerate(parents) if parent == index]
        records[index] = tree.fold(index, [records[child] for child in children])
    nodes = [tally_node(records[i], roots.get(i, bytes(32))) for i in range(len(parents))]
    section.add(comment + (", one level deeper" if deep else ""), "tree", e1=e1, domain=domain, parents=parents,
                branches=given, tally_nodes=[TALLY_NODE.encode(node) for node in nodes])


def make():
    section = Section("70", "70-tally/vectors/tally.json")
    for comment, branches, per_branch, empty in (
            ("one branch", 1, 3, ()), ("one branch without ballots", 1, 0, (0,)), ("two branches", 2, 2, ()),
            ("two branches, the first empty", 2, 1, (0,)), ("three branches", 3, 1, ()),
            ("three branches, the middle one empty", 3, 2, (1,)), ("five branches, two empty", 5, 1, (1, 4)),
            ("five branches without ballots", 5, 0, (0, 1, 2, 3, 4))):
        for deep in (False, True):
            _make(section, comment, branches, per_branch, empty, deep)
    for deep in (False, True):
        _make(section, "three branches, the middle one empty, and a contest without sums", 3, 2, (1,), deep, (2,))
    stream = RandomStream("70/leaf")
    for _ in range(3):
        e1, branch, index, code = stream.bytes(32), stream.below(1000), stream.below(1 << 40), stream.bytes(32)
        section.add("a leaf", "leaf", e1=e1, domain=2, branch=branch, index=index, code=code,
                    leaf=ballot_leaf(e1, 2, branch, index, code))
    return section
