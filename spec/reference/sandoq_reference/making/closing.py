"""After the polls: eligibility logs, tally tree, commitments to the lot, opening of sums, results, ties."""

from .. import opening as rules
from .. import ties as lot
from ..elgamal import decode_pair, small_log
from ..group import decode_cached, encode, multiply
from ..hashing import ZERO32, MerkleAccumulator
from ..items import ELIGIBILITY, KINDS, LOT_COMMIT
from ..journal import board_digest, closing_record, closings_hash, lot_record, token_hash
from ..layout import Value
from ..result import seats
from ..signature import sign
from ..tally import LEAF_TAG, Totals, Tree, ballot_leaf, tally_node
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
    """[(request, partials, decoded counts)]: the totals of contests with ballots, then the sets, (contest, nodes) each.

    everyone: all trustees answer, or only as many of the last ones as are needed.
    """
    closings = closings_hash(maker.e1, [closing_record(kind, KINDS[kind].encode(value)) for kind, value in
                                        (device.closing() for device in maker.devices)],
                             [lot_record(LOT_COMMIT.encode(commit)) for commit in maker.lot_commits])
    out, previous = [], ZERO32
    for index, (contest, nodes) in enumerate(maker.totals + list(sets)):
        fields = _sum(maker, contest, nodes)
        if index < len(maker.totals) and not fields["ballots"]:
            continue
        request = Value(e1=maker.e1, domain=maker.election.domain, number=len(out) + 1, previous=previous, **fields,
                        closings=closings)
        maker.hook("request", request)
        previous = digest = rules.request_hash(request)
        request.quorum = quorum(maker, "open", maker.e1, digest)
        maker.hook("request.signed", request)
        maker.request = request  # the one being answered
        partials = []
        for number, board in enumerate(maker.election.boards):
            members = [trustee for trustee in maker.participants() if trustee.board == number]
            partials += [make_partial(maker, request, digest, trustee)
                         for trustee in (members if everyone else members[-board.threshold:])]
        values = rules.combine(maker.election.boards, request, partials)
        counts = [small_log(value, request.ballots) for value in values]
        out.append((request, partials, [0 if count is None else count for count in counts]))
    return out


def _totals_opened(maker):
    """How many of the openings are totals: each contest's first one is."""
    return len({request.contest for request, _, _ in maker.openings})


def make_results(maker):
    found = {request.contest: (request.ballots, counts)
             for request, _, counts in maker.openings[:_totals_opened(maker)]}
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


def make_subtotals(maker):
    out = []
    for request, _, counts in maker.openings[_totals_opened(maker):]:
        out.append(Value(number=request.number, ballots=request.ballots, counts=list(counts)))
        maker.hook("subtotal", out[-1])
    return out


def _make_attributes(maker, result, values):
    """values: option -> attribute values; missing ones are 0."""
    count = len(maker.election.contests[result.contest].attributes)
    entry = Value(contest=result.contest, options=[Value(option=option, values=list(values.get(option, [0] * count)))
                                                   for option in lot.tied_options(result)])
    maker.hook("attributes", entry)
    sign_attributes(maker, entry)
    maker.hook("attributes.signed", entry)
    return entry


def sign_attributes(maker, entry):
    authority = maker.authority
    entry.signature = sign(authority.signing, authority.signing_key, "attributes", maker.election.domain, maker.e1,
                           lot.attributes_digest(entry), authority.stream.bytes(32))


def make_resolutions(maker, values, beacon):
    """The items that break the ties, as (kind name, value); values: contest -> option -> attribute values."""
    ties = [(result, index, tie) for result in maker.results for index, tie in enumerate(result.ties)]
    entries = {result.contest: _make_attributes(maker, result, values.get(result.contest, {}))
               for result, _, _ in ties if maker.election.contests[result.contest].attributes}
    out = [("attributes", entry) for entry in entries.values()]
    groups = []
    for result, _, tie in ties:
        entry = entries.get(result.contest)
        groups.append(lot.ranked_groups(tie.options, entry and {r.option: r.values for r in entry.options}))
    seed = None
    if any(map(lot.needs_lot, groups)) or maker.lot_anyway:
        seed = lot.lot_seed(maker.e1, maker.election.domain, maker.results, maker.lot_values, beacon)
        out += [("lot_reveal", Value(board=number, value=value)) for number, value in enumerate(maker.lot_values)]
        drawn = Value(value=beacon)
        drawn.quorum = quorum(maker, "lot/beacon", maker.e1, lot.beacon_digest(drawn))
        out.append(("lot_beacon", drawn))
    for (result, index, _), own in zip(ties, groups):
        out.append(("resolution", Value(contest=result.contest, tie=index,
                                        options=lot.final_order(own, seed, result.contest, index))))
    for name, value in out:
        if name != "attributes":
            maker.hook(name, value)
    return out
