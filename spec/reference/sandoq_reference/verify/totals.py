"""Tally tree, opening and result of a record."""

from .. import opening as rules
from ..elgamal import ZERO_BYTES
from ..equations import first_culprit
from ..hashing import ZERO32
from ..items import LOT_COMMIT
from ..journal import closings_hash, lot_record
from ..policy import ballots_of, opened_branches, policy_problem
from ..result import counts_problem, seats_problem
from ..signature import quorum_items, signer_items
from ..tally import NodeRecord, Totals, Tree
from ..ties import commit_digest
from .resolving import Resolving


class TotalsPass:
    def __init__(self, record, findings, election, keys, journals):
        self.record, self.findings, self.election, self.keys = record, findings, election, keys
        self.journals = journals
        self.nodes = record.items.get("tally_node", [])

    def run(self):
        judge = self.findings.judge
        judge("tally.nodes", "tally.pb", self._nodes)
        judge("tally.branches", "tally.pb", self._branches)
        judge("tally.tree", "tally.pb", self._tree)
        self._group_openings()
        judge("lot.commitments", "opening.pb", self._lot_commitments)
        judge("opening.requests", "opening.pb", self._requests)
        judge("opening.policy", "opening.pb", self._policy)
        judge("opening.partials", "opening.pb", self._partials)
        judge("opening.quorum", "opening.pb", self._quorum)
        judge("result.counts", "opening.pb", self._counts)
        judge("result.seats", "opening.pb", self._seats)
        judge("result.subtotals", "opening.pb", self._subtotals)
        resolving = self.resolving = Resolving(self.record, self.election, self.keys)
        judge("result.ties", "opening.pb", resolving.problem)

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

    def _group_openings(self):
        """[(request, partials)] and results, in the order of the file."""
        self.requests, self.results = [], self.record.items.get("result", [])
        for name, value in self.record.openings:
            if name == "request":
                self.requests.append((value, []))
            elif name == "partial" and self.requests:
                self.requests[-1][1].append(value)

    def _lot_commitments(self):
        commits = self.record.items.get("lot_commit", [])
        wanted = list(range(len(self.election.boards))) if self.election.has_beacon else []
        if [commit.board for commit in commits] != wanted:
            return f"lot_commits of boards {[commit.board for commit in commits]} instead of {wanted}"
        items = []
        for commit in commits:
            items += signer_items(self.election.boards[commit.board], commit.board, commit.signers, "lot/commit",
                                  self.election.domain, self.keys.e1, commit_digest(commit),
                                  f"lot_commit of board {commit.board}", self.keys.shut_out)
        return first_culprit(items, self.keys.e1)

    def _totals_wanted(self):
        """The contests with ballots: each has its total opened first."""
        return [index for index, contest in enumerate(self.election.contests)
                if ballots_of(self.nodes[contest.scope], index)]

    def _requests(self):
        wanted = self._totals_wanted()
        totals = [(request.contest, [place.node for place in request.nodes]) for request, _ in self.requests[:len(wanted)]]
        if totals != [(contest, [self.election.contests[contest].scope]) for contest in wanted]:
            return f"the first requests open {totals}, not the totals of contests {wanted}"
        e1, domain, previous, items = self.keys.e1, self.election.domain, ZERO32, []
        closings = closings_hash(e1, self.journals.closings, [lot_record(LOT_COMMIT.encode(commit))
                                                              for commit in self.record.items.get("lot_commit", [])])
        for number, (request, _) in enumerate(self.requests, 1):
            fields = {"e1": e1, "domain": domain, "number": number, "previous": previous, "closings": closings}
            problem = self._places_problem(request)
            if problem is None:
                fields["ballots"], fields["ciphertexts"] = self._sum(request)
            for name, value in fields.items():
                if getattr(request, name) != value:
                    problem = problem or f"{name} is not what it must be"
            if problem:
                return f"request {number}: {problem}"
            previous = rules.request_hash(request)
            items += quorum_items(self.election.boards, request.quorum, "open", domain, e1, previous, f"request {number}",
                                  self.keys.shut_out)
        return first_culprit(items, e1)

    def _places_problem(self, request):
        election, before = self.election, None
        if request.contest >= len(election.contests):
            return f"there is no contest {request.contest}"
        scope = election.contests[request.contest].scope
        for place in request.nodes:
            node = place.node
            if before is not None and (node <= before or election.is_under(node, before)):
                return f"node {node} is not above {before} in number, or lies below it"
            if node >= len(self.nodes) or not election.is_under(node, scope):
                return f"node {node} is not the contest's scope or below it"
            if not ballots_of(self.nodes[node], request.contest):
                return f"node {node} has no ballot of contest {request.contest}"
            if place.hash != self.nodes[node].hash:
                return f"the hash of node {node} is not that of the tally"
            before = node
        return None

    def _sum(self, request):
        """Ballots and ciphertexts of a request's nodes together."""
        if len(request.nodes) == 1:
            total = next(t for t in self.nodes[request.nodes[0].node].totals if t.contest == request.contest)
            return total.ballots, total.ciphertexts
        totals = Totals({})
        for place in request.nodes:
            totals.merge(Totals.decoded([t for t in self.nodes[place.node].totals if t.contest == request.contest]))
        value = totals.values()[0]
        return value.ballots, value.ciphertexts

    def _policy(self):
        families = {}
        for request, _ in self.requests:
            families.setdefault(request.contest, []).append(opened_branches(self.election, self.nodes, request))
        for contest, family in families.items():
            counts = {branch: ballots for opened in family for branch, ballots in opened.items()}
            problem = policy_problem(self.election.contests[contest].floor, counts, family)
            if problem:
                return f"contest {contest}: {problem}"
        return None

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
                if (partial.board, partial.trustee) in self.keys.shut_out:
                    return name + ": the trustee is shut out"
                items += rules.partial_items(partial, request, digest, share_keys[partial.board][partial.trustee - 1],
                                             trustees[partial.trustee - 1].signing_key, self.election.domain, e1, name)
        return first_culprit(items, e1)

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
                  for request, partials in self.requests[:len(self._totals_wanted())]}
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

    def _subtotals(self):
        further, subtotals = self._further(), self.record.items.get("subtotal", [])
        if [subtotal.number for subtotal in subtotals] != [request.number for request, _ in further]:
            return "not one subtotal for every request after the totals, in order"
        for subtotal, (request, partials) in zip(subtotals, further):
            opened = rules.combine(self.election.boards, request, partials)
            problem = counts_problem(subtotal, self.election.shapes[request.contest],
                                     self.election.contests[request.contest].min, request.ballots, opened)
            if problem:
                return f"subtotal {subtotal.number}: {problem}"
        return None

    def _further(self):
        """The requests after the totals."""
        return self.requests[len(self._totals_wanted()):]

    def subtotals_told(self):
        """The subtotals of an accepted record, for the report."""
        out = []
        for subtotal, (request, _) in zip(self.record.items.get("subtotal", []), self._further()):
            contest = self.election.contests[request.contest]
            out.append({"contest": contest.id.decode(), "ballots": subtotal.ballots,
                        "nodes": [self.election.manifest.nodes[place.node].id.decode() for place in request.nodes],
                        "counts": dict(zip(self.election.option_names(request.contest), subtotal.counts))})
        return out

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
