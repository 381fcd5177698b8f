"""Tally tree, opening and result of a record."""

from .. import opening as rules
from ..elgamal import ZERO_BYTES
from ..equations import culprits
from ..hashing import ZERO32
from ..result import counts_problem, seats_problem
from ..signature import quorum_items
from ..tally import NodeRecord, Totals, Tree


class TotalsPass:
    def __init__(self, record, findings, election, keys, journals):
        self.record, self.findings, self.election, self.keys = record, findings, election, keys
        self.journals = journals
        self.nodes = record.items.get("tally_node", [])
        self.opened = {}

    def run(self):
        judge = self.findings.judge
        judge("tally.nodes", "tally.pb", self._nodes)
        judge("tally.branches", "tally.pb", self._branches)
        judge("tally.tree", "tally.pb", self._tree)
        self._group_openings()
        judge("opening.requests", "opening.pb", self._requests)
        judge("opening.partials", "opening.pb", self._partials)
        judge("opening.quorum", "opening.pb", self._quorum)
        judge("result.counts", "opening.pb", self._counts)
        judge("result.seats", "opening.pb", self._seats)

    def _nodes(self):
        if [node.node for node in self.nodes] != list(range(len(self.election.children))):
            return "not one tally_node for every node, in order"
        for node in self.nodes:
            if [total.contest for total in node.totals] != self.election.contest_sets[node.node]:
                return f"node {node.node}: not its contest set"
            for total in node.totals:
                if len(total.ciphertexts) != self.election.shapes[total.contest].ciphertexts:
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
                    encoded = [ZERO_BYTES] * self.election.shapes[total.contest].ciphertexts
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

    def _group_openings(self):
        """[(request, partials)] and results, in the order of the file."""
        self.requests, self.results = [], self.record.items.get("result", [])
        for name, value in self.record.openings:
            if name == "request":
                self.requests.append((value, []))
            elif name == "partial" and self.requests:
                self.requests[-1][1].append(value)

    def _total(self, contest):
        """The tally_node and total that a contest's request opens; total is None without ballots."""
        node = self.nodes[self.election.contests[contest].scope]
        for total in node.totals:
            if total.contest == contest and total.ballots:
                return node, total
        return node, None

    def _requests(self):
        wanted = [contest for contest in range(len(self.election.contests)) if self._total(contest)[1]]
        if [request.contest for request, _ in self.requests] != wanted:
            return f"requests for contests {[request.contest for request, _ in self.requests]} instead of {wanted}"
        previous, items, closings = ZERO32, [], self.journals.closings_hash()
        e1, domain = self.keys.e1, self.election.domain
        for number, (request, _) in enumerate(self.requests, 1):
            node, total = self._total(request.contest)
            fields = {"e1": e1, "domain": domain, "number": number, "previous": previous, "node": node.node, "lo": node.lo,
                      "hi": node.hi, "node_hash": node.hash, "ballots": total.ballots, "ciphertexts": total.ciphertexts,
                      "closings": closings}
            for name, value in fields.items():
                if getattr(request, name) != value:
                    return f"request {number}: {name} is not what it must be"
            previous = rules.request_hash(request)
            items += quorum_items(self.election.boards, request.quorum, "open", domain, e1, previous, f"request {number}")
        return _first_culprit(items, e1)

    def _partials(self):
        items, e1 = [], self.keys.e1
        share_keys = [board.share_keys for board in self.record.items["election_key"][0].boards]
        for request, partials in self.requests:
            order = [(partial.board, partial.trustee) for partial in partials]
            if any(a >= b for a, b in zip(order, order[1:])):
                return f"request {request.number}: partials not strictly ascending by board and trustee"
            digest = rules.request_hash(request)
            for partial in partials:
                name = f"request {request.number}, trustee {partial.trustee} of board {partial.board}"
                if partial.board >= len(self.election.boards):
                    return name + ": no such board"
                trustees = self.election.boards[partial.board].trustees
                if not 1 <= partial.trustee <= len(trustees):
                    return name + ": no such trustee"
                items += rules.partial_items(partial, request, digest, share_keys[partial.board][partial.trustee - 1],
                                             trustees[partial.trustee - 1].signing_key, self.election.domain, e1, name)
        return _first_culprit(items, e1)

    def _quorum(self):
        for request, partials in self.requests:
            for number, board in enumerate(self.election.boards):
                present = {partial.trustee for partial in partials if partial.board == number
                           and 1 <= partial.trustee <= len(board.trustees)}
                if len(present) < board.threshold:
                    return f"request {request.number}: {len(present)} of {board.threshold} trustees of board {number}"
        return None

    def _counts(self):
        if [result.contest for result in self.results] != list(range(len(self.election.contests))):
            return "not one result for every contest, in order"
        opened = {request.contest: (request.ballots, rules.combine(self.election.boards, request, partials))
                  for request, partials in self.requests}
        for result in self.results:
            ballots, points = opened.get(result.contest, (0, None))
            contest = self.election.contests[result.contest]
            problem = counts_problem(result, self.election.shapes[result.contest], contest.min, ballots, points)
            if problem:
                return f"contest {result.contest}: {problem}"
        return None

    def _seats(self):
        for result in self.results:
            problem = seats_problem(result, self.election.contests[result.contest])
            if problem:
                return f"contest {result.contest}: {problem}"
        return None

    def counts(self):
        """{contest id: {option id: count}} of an accepted record."""
        out = {}
        for result in self.results:
            contest = self.election.contests[result.contest]
            out[contest.id.decode()] = dict(zip(self.election.option_names(result.contest), result.counts))
        return out


class _Published:
    """Totals that are bytes already."""

    def __init__(self, node):
        self.node = node

    def values(self):
        return self.node.totals


def _first_culprit(items, e1):
    for item, _ in culprits(items, e1):
        return f"{item.name} is not valid"
    return None
