"""After the polls: tally tree, opening of the totals, result."""

from .. import opening as rules
from ..group import decode, encode, multiply
from ..elgamal import decode_pair, small_log
from ..hashing import ZERO32, MerkleAccumulator
from ..items import CLOSE
from ..journal import closings_hash
from ..layout import Value
from ..result import seats
from ..signature import sign
from ..tally import LEAF_TAG, Totals, Tree, ballot_leaf, tally_node
from .journals import quorum


class BranchTally:
    """Running totals of the cast ballots of one branch."""

    def __init__(self, maker, branch):
        sizes = {c: maker.election.shapes[c].ciphertexts for c in maker.election.contest_sets[branch]}
        self.maker, self.branch = maker, branch
        self.totals, self.merkle = Totals(sizes), MerkleAccumulator(LEAF_TAG)

    def add(self, ballot):
        maker = self.maker
        self.merkle.add(ballot_leaf(maker.e1, maker.election.domain, self.branch, self.merkle.count, ballot.code))
        for contest, part in zip(maker.keys.contests_of(ballot), ballot.contests):
            self.totals.add(contest, 1, [decode_pair(data) for data in part.ciphertexts])


def make_tally(maker, branch_tallies):
    """NodeRecords and published nodes, by node index."""
    election = maker.election
    tree = Tree(maker.e1, election.domain)
    records, roots, lo = {}, {}, 0
    for branch in election.branches:
        tally = branch_tallies[branch]
        hi = lo + tally.merkle.count
        roots[branch] = tally.merkle.root()
        records[branch] = tree.branch(branch, lo, hi, tally.totals, roots[branch])
        lo = hi
    for index in range(len(election.children) - 1, -1, -1):
        if election.children[index]:
            records[index] = tree.fold(index, [records[child] for child in election.children[index]])
    nodes = [tally_node(records[index], roots.get(index, ZERO32)) for index in range(len(election.children))]
    for node in nodes:
        maker.hook("tally_node", node)
    return nodes


def make_partial(maker, request, digest, trustee):
    alphas = [ciphertext[:32] for ciphertext in request.ciphertexts]
    factors = [encode(multiply(trustee.share, decode(alpha))) for alpha in alphas]
    share_key = maker.ceremony.election_key.boards[trustee.board].share_keys[trustee.number - 1]
    partial = Value(number=request.number, board=trustee.board, trustee=trustee.number, factors=factors)
    maker.hook("partial.factors", partial)
    partial.proof = rules.partial_prove(digest, partial.board, partial.trustee, trustee.share, share_key, alphas,
                                        partial.factors, trustee.stream.bytes(32))
    maker.hook("partial", partial)
    partial.signature = sign(trustee.signing, trustee.signing_key, "partial", maker.election.domain, maker.e1,
                             rules.partial_digest(digest, partial), trustee.stream.bytes(32))
    maker.hook("partial.signed", partial)
    return partial


def make_openings(maker, nodes, closes, everyone):
    """(request, partials, decoded counts) for every contest with ballots; everyone: all trustees answer, or only quorums."""
    out, previous = [], ZERO32
    closings = closings_hash(maker.e1, [CLOSE.encode(close) for close in closes])
    for index, contest in enumerate(maker.election.contests):
        node = nodes[contest.scope]
        total = next((total for total in node.totals if total.contest == index), None)
        if total is None or not total.ballots:
            continue
        request = Value(e1=maker.e1, domain=maker.election.domain, number=len(out) + 1, previous=previous, contest=index,
                        node=contest.scope, lo=node.lo, hi=node.hi, node_hash=node.hash, ballots=total.ballots,
                        ciphertexts=list(total.ciphertexts), closings=closings)
        maker.hook("request", request)
        previous = digest = rules.request_hash(request)
        request.quorum = quorum(maker, "open", maker.e1, digest)
        maker.hook("request.signed", request)
        partials = [make_partial(maker, request, digest, trustee)
                    for board, members in zip(maker.election.boards, maker.trustees)
                    for trustee in (members if everyone else members[-board.threshold:])]
        values = rules.combine(maker.election.boards, request, partials)
        counts = [small_log(value, total.ballots) for value in values]
        out.append((request, partials, [0 if count is None else count for count in counts]))
    return out


def make_results(maker, openings):
    found = {request.contest: (request.ballots, counts) for request, _, counts in openings}
    out = []
    for index, contest in enumerate(maker.election.contests):
        ballots, counts = found.get(index, (0, [0] * maker.election.shapes[index].ciphertexts))
        result = Value(contest=index, ballots=ballots, counts=list(counts))
        maker.hook("result.counts", result)
        result.elected, result.alternates, result.ties = seats(
            result.counts[:len(contest.options)], contest.seats, contest.alternates)
        maker.hook("result", result)
        out.append(result)
    return out
