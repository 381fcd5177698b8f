"""Tally tree of a record; then mix, openings and results, each in its turn."""

from ..elgamal import ZERO_BYTES
from ..hashing import ZERO32
from ..tally import NodeRecord, Totals, Tree
from .mixing import MixPass
from .openings import OpeningPass
from .resolving import Resolving
from .results import ResultPass


class TotalsPass:
    def __init__(self, record, findings, election, keys, journals, jobs=1, sample_stages=None):
        self.record, self.findings, self.election, self.keys = record, findings, election, keys
        self.journals = journals
        self.nodes = record.items.get("tally_node", [])
        mixes = self.mixes = MixPass(record, election, keys, journals, self.nodes, jobs, sample_stages)
        openings = self.openings = OpeningPass(record, election, keys, journals, self.nodes, mixes)
        results = self.results = ResultPass(record, election, self.nodes, openings)
        self.resolving = Resolving(record, election, keys, results.choices_of)

    def run(self):
        judge, openings, results = self.findings.judge, self.openings, self.results
        judge("tally.nodes", "tally.pb", self._nodes)
        judge("tally.branches", "tally.pb", self._branches)
        judge("tally.tree", "tally.pb", self._tree)
        judge("mix.groups", "mix files", self.mixes.groups)
        judge("mix.stages", "mix files", self.mixes.stages)
        judge("mix.proofs", "mix files", self.mixes.proofs)
        judge("lot.commitments", "opening.pb", openings.lot_commitments)
        judge("opening.requests", "opening.pb", openings.requests)
        judge("opening.policy", "opening.pb", openings.policy)
        judge("opening.partials", "opening.pb", openings.partials)
        judge("opening.quorum", "opening.pb", openings.quorum)
        judge("result.counts", "opening.pb", results.counts)
        judge("result.seats", "opening.pb", results.seats)
        judge("result.subtotals", "opening.pb", results.subtotals)
        judge("result.ties", "opening.pb", self.resolving.problem)
        judge("result.allocations", "opening.pb", self.resolving.allocations_problem)

    def _nodes(self):
        if [node.node for node in self.nodes] != list(range(len(self.election.children))):
            return "not one tally_node for every node, in order"
        for node in self.nodes:
            if [total.contest for total in node.totals] != self.election.contest_sets[node.node]:
                return f"node {node.node}: not its contest set"
            for total in node.totals:
                if len(total.ciphertexts) != self.election.sum_size(total.contest):
                    return f"node {node.node}, contest {total.contest}: number of ciphertexts"
        return None

    def _branches(self):
        tree = Tree(self.keys.e1, self.election.domain)
        for branch in self.election.branches:
            node, sums = self.nodes[branch], self.journals.branches[branch]
            if (node.lo, node.hi) != (sums.lo, sums.hi):
                return f"branch {branch}: ballots {node.lo}..{node.hi} instead of {sums.lo}..{sums.hi}"
            for total in node.totals:
                ballots, encoded = sums.encoded[total.contest]
                if not ballots:
                    encoded = [ZERO_BYTES] * self.election.sum_size(total.contest)
                if total.ballots != ballots or total.ciphertexts != encoded:
                    return f"branch {branch}, contest {total.contest}: not the sum of its cast ballots"
            root = sums.merkle.root() if sums.lo < sums.hi else ZERO32
            if node.root != root:
                return f"branch {branch}: not the Merkle root of its cast ballots"
            if tree.branch(branch, node.lo, node.hi, _Published(node), root).hash != node.hash:
                return f"branch {branch}: its hash is not that of its record"
        return None

    def _tree(self):
        tree = Tree(self.keys.e1, self.election.domain)
        records = {}
        for index in range(len(self.nodes) - 1, -1, -1):
            node, children = self.nodes[index], self.election.children[index]
            if not children:
                records[index] = NodeRecord(index, node.lo, node.hi, Totals.decoded(node.totals), node.hash)
                continue
            record = records[index] = tree.fold(index, [records.pop(child) for child in children])
            if (node.lo, node.hi) != (record.lo, record.hi):
                return f"node {index}: ballots {node.lo}..{node.hi} instead of {record.lo}..{record.hi}"
            if node.totals != record.totals.values():
                return f"node {index}: not the sum of its children"
            if node.root != ZERO32 or node.hash != record.hash:
                return f"node {index}: root not zero, or its hash is not that of its record"
        if not self.nodes[0].hi == self.journals.closed_cast == self.record.head.cast:
            return (f"{self.nodes[0].hi} ballots in the tree, {self.journals.closed_cast} in the closings, "
                    f"{self.record.head.cast} in the head")
        return None

class _Published:
    """Totals that are bytes already."""

    def __init__(self, node):
        self.node = node

    def values(self):
        return self.node.totals
