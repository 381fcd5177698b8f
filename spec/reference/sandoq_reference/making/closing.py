"""After the polls: eligibility logs, tally tree, commitments to the lot, opening of sums, results, ties."""

from .. import list_opening as lists
from .. import opening as rules
from .. import ties as lot
from ..elgamal import decode_pair, small_log
from ..group import decode_cached, encode, multiply
from ..hashing import ZERO32, MerkleAccumulator
from ..items import ELIGIBILITY, KINDS, LOT_COMMIT
from ..journal import board_digest, closing_record, closings_hash, lot_record, token_hash
from ..layout import Value
from ..policy import ballots_of
from ..result import seats
from ..signature import sign
from ..tally import LEAF_TAG, Totals, Tree, ballot_leaf, tally_node
from . import mixing
from .journals import board_signatures, quorum


class BranchTally:
    """Running totals of the cast ballots of one branch."""

    def __init__(self, maker, branch):
        sizes = {c: maker.election.sum_size(c) for c in maker.election.contest_sets[branch]}
        self.maker, self.branch = maker, branch
        self.totals, self.merkle = Totals(sizes), MerkleAccumulator(LEAF_TAG)

    def add(self, ballot):
        maker = self.maker
        self.merkle.add(ballot_leaf(maker.e1, maker.election.domain, self.branch, self.merkle.count, ballot.code))
        for contest, part in zip(maker.keys.contests_of(ballot), ballot.contests):
            self.totals.add(contest, 1, [decode_pair(data) for data in maker.election.summed(contest, part.ciphertexts)])


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
    factors = [encode(multiply(trustee.share, decode_cached(alpha))) for alpha in alphas]
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


def make_eligibility(maker, branch):
    """The log of a branch over (token, style) of everyone who voted there."""
    tokens = [Value(hash=token_hash(maker.e1, maker.election.domain, token), style=style)
              for token, style in maker.tokens[branch]]
    log = Value(branch=branch, tokens=sorted(tokens, key=lambda token: token.hash))
    maker.hook("eligibility", log)
    log.quorum = quorum(maker, "eligibility", maker.e1, board_digest(ELIGIBILITY, log))
    maker.hook("eligibility.signed", log)
    return log


def make_lot_commits(maker):
    """Every board commits to a value before anything is opened, if the manifest has a beacon."""
    out, maker.lot_values = [], []
    if not maker.election.has_beacon:
        return out
    for number in range(len(maker.election.boards)):
        value = maker.stream.fork(f"lot/{number}").bytes(32)
        maker.lot_values.append(value)
        commit = Value(board=number, commitment=lot.commitment(maker.e1, maker.election.domain, number, value))
        maker.hook("lot_commit", commit)
        commit.signers = board_signatures(maker, number, "lot/commit", maker.e1, lot.commit_digest(commit))
        maker.hook("lot_commit.signed", commit)
        out.append(commit)
    return out


def _sum(maker, contest, nodes):
    """The request's fields for the sum of a contest over nodes."""
    totals, places = Totals({}), []
    for index in nodes:
        node = maker.nodes[index]
        totals.merge(Totals.decoded([total for total in node.totals if total.contest == contest]))
        places.append(Value(node=index, hash=node.hash))
    value = totals.values()
    return {"contest": contest, "nodes": places, "ballots": value[0].ballots if value else 0,
            "ciphertexts": value[0].ciphertexts if value else []}


def make_openings(maker, everyone, sets=()):
    """[Opened]: the totals of contests with sums and ballots, then the mixed lists, then the sets, (contest, nodes) each.

    everyone: all trustees answer, or only as many of the last ones as are needed.
    """
    closings = closings_hash(maker.e1, [closing_record(kind, KINDS[kind].encode(value)) for kind, value in
                                        (device.closing() for device in maker.devices)],
                             [lot_record(LOT_COMMIT.encode(commit)) for commit in maker.lot_commits])
    grouped = {cascade.group.contest for cascade in maker.cascades}
    plan = [("request", entry) for entry in maker.totals
            if _sum(maker, *entry)["ballots"] and (entry[0] in grouped or not maker.election.is_mixed(entry[0]))]
    plan += [("list_request", cascade) for cascade in maker.cascades] + [("request", entry) for entry in sets]
    maker.hook("plan", plan)
    out, previous = [], ZERO32
    for kind, entry in plan:
        number = len(out) + 1
        if kind == "request":
            request = Value(e1=maker.e1, domain=maker.election.domain, number=number, previous=previous, **_sum(maker, *entry),
                            closings=closings)
        else:
            request = mixing.list_request(maker, entry, number, previous, closings)
        maker.hook(kind, request)
        previous = digest = (rules if kind == "request" else lists).request_hash(request)
        others = maker.lists_signed_by if kind == "list_request" else None
        request.quorum = quorum(maker, "open", maker.e1, digest, others and others(maker))
        maker.hook(kind + ".signed", request)
        maker.request = request  # the one being answered
        out.append(_answered(maker, kind, request, digest, entry, everyone))
    return out


def _answered(maker, kind, request, digest, entry, everyone):
    partials = []
    for number, board in enumerate(maker.election.boards):
        members = [trustee for trustee in maker.participants() if trustee.board == number]
        for trustee in members if everyone else members[-board.threshold:]:
            partials.append(make_partial(maker, request, digest, trustee) if kind == "request"
                            else mixing.make_list_partial(maker, request, digest, trustee, entry))
    out = mixing.Opened(kind, request, partials)
    if kind == "request":
        values = rules.combine(maker.election.boards, request, partials)
        out.counts = [small_log(value, request.ballots) or 0 for value in values]
    else:
        out.cascade, out.opened = entry, mixing.opened_list(maker, entry, partials)
    return out


def _totals_opened(maker):
    """How many of the openings of sums are totals: each contest's first one is."""
    return len({opened.request.contest for opened in maker.openings if opened.kind == "request"})


def _sums(maker):
    return [opened for opened in maker.openings if opened.kind == "request"]


def make_results(maker):
    """Results in order; also maker.choices: contest -> permitted choices of its opened lists."""
    election, out = maker.election, []
    totals = {opened.request.contest: opened for opened in _sums(maker)[:_totals_opened(maker)]}
    maker.choices = {index: [] for index in range(len(election.contests))}
    for index, contest in enumerate(election.contests):
        counts = [0] * election.count_places(index)
        if index in totals:
            counts[len(counts) - election.sum_size(index):] = totals[index].counts
        for opened in maker.openings:
            if opened.kind == "list_request" and opened.cascade.group.contest == index:
                more, choices = mixing.safe_counts(maker, opened)
                counts[:len(more)] = [a + b for a, b in zip(counts, more)]
                maker.choices[index] += choices
        ballots = ballots_of(maker.nodes[contest.scope], index)
        result = Value(contest=index, ballots=ballots, counts=counts)
        maker.hook("result.counts", result)
        result.elected, result.alternates, result.ties = [], [], []
        if contest.law is None:
            result.elected, result.alternates, result.ties = seats(
                result.counts[:len(contest.options)], contest.seats, contest.alternates)
        maker.hook("result", result)
        out.append(result)
    return out


def make_subtotals(maker):
    out = []
    for opened in _sums(maker)[_totals_opened(maker):]:
        out.append(Value(number=opened.request.number, ballots=opened.request.ballots, counts=list(opened.counts)))
        maker.hook("subtotal", out[-1])
    return out
