"""Sums that add up among themselves and are not those of the ballots; forms of ballots and trees beside the usual ones."""

from ..elgamal import decode_pair, encrypt
from ..group import ORDER, decode_cached, encode, multiply, multiply_generator
from ..hashing import MerkleAccumulator, scalar_bytes
from ..items import KIND_OF
from ..opening import partial_prove, request_hash
from ..random_stream import RandomStream
from ..tally import LEAF_TAG, ballot_leaf
from .election import FIRST_BALLOTS
from .mutating import Mutation as M
from .mutating import dropped, flipped, plus, rich, setting


def _add_vote(maker, branch, votes):
    """Adds so many votes for the first option of the first contest to the sums of a branch."""
    sums = maker.tallies[branch].totals
    nonces = RandomStream("attack/sums")
    more = [encrypt(maker.keys.key_table, votes if index == 0 else 0, nonces.nonzero())
            for index in range(maker.election.shapes[0].ciphertexts)]
    sums.add(0, 0, map(decode_pair, more))


def _votes_moved(_, maker):
    branches = maker.election.branches
    _add_vote(maker, branches[0], 1)
    _add_vote(maker, branches[2], ORDER - 1)


def _phantom_vote(_, maker):
    _add_vote(maker, maker.election.branches[1], 1)


def _leaves(maker, branch):
    out = []
    for device in maker.devices:
        for (_, ballot), (kind, _) in zip(device.items, device.items[1:]):
            if device.branch == branch and kind == KIND_OF["cast"]:
                out.append(ballot_leaf(maker.e1, maker.election.domain, branch, len(out), ballot.code))
    return out


def _other_order(_, maker):
    branch = maker.election.branches[0]
    maker.tallies[branch].merkle = MerkleAccumulator(LEAF_TAG)
    for leaf in reversed(_leaves(maker, branch)):
        maker.tallies[branch].merkle.add(leaf)


def _swapped_nodes(files, maker):
    nodes = files["tally.pb"]
    nodes[3], nodes[4] = nodes[4], nodes[3]


def _swapped_partials(files, maker):
    items = files["opening.pb"]
    at = [kind for kind, _ in items].index(KIND_OF["partial"])
    items[at], items[at + 1] = items[at + 1], items[at]


def _swapped_devices(files, maker):
    """The journal of the second device of a branch stands before that of the first."""
    items, branch = files[FIRST_BALLOTS], maker.election.branches[0]
    own = [entry for entry in items if entry[1].branch == branch]
    first = [entry for entry in own if entry[1].device == 1]
    files[FIRST_BALLOTS] = own[len(first):] + first + items[len(own):]


def inner(value, maker):
    return value.node not in maker.election.branches


def _doubled_share(partial, maker):
    """A share that is twice the trustee's own, well proved for a share key that is not in the record."""
    trustee, request = maker.trustees[partial.board][partial.trustee - 1], maker.request
    share = 2 * trustee.share % ORDER
    alphas = [ciphertext[:32] for ciphertext in request.ciphertexts]
    partial.factors = [encode(multiply(share, decode_cached(alpha))) for alpha in alphas]
    partial.proof = partial_prove(request_hash(request), partial.board, partial.trustee, share,
                                  encode(multiply_generator(share)), alphas, partial.factors, bytes(32))


SUMS = [
    M("votes-moved", "T9", "tally.branches", "a vote is moved from one branch to another, and the totals stay the same",
      "step.tally", _votes_moved),
    M("phantom-vote", "T9", "tally.branches", "a branch where nobody voted adds a vote", "step.tally", _phantom_vote),
    M("branch-root-of-another-order", "T9", "tally.branches", "a branch's Merkle root is over its ballots in another order",
      "step.tally", _other_order),
    M("tally-nodes-swapped", "T9", "tally.nodes", "the subtotals of two places stand in another order", "files", _swapped_nodes),
    M("inner-lo", "T9", "tally.tree", "an inner place begins a ballot later than its children", "tally_node",
      setting("lo", plus(1)), when=inner, nth=2),
    M("inner-hash", "T9", "tally.tree", "an inner place has another hash", "tally_node", setting("hash", flipped), when=inner),
    M("response-too-many", "T21", "ballot.form", "a contest ballot carries the response that is implied", "ballot",
      setting("contests.0.responses", lambda old: [scalar_bytes(0)] + old)),
    M("ciphertext-too-many", "T21", "ballot.form", "a contest ballot has a ciphertext too many", "ballot",
      setting("contests.0.ciphertexts", lambda old: old + old[:1]), nth=4),
    rich("contest-of-ballot-missing", "T21 T22", "ballot.form", "a ballot lacks a contest of its style", "ballot",
         setting("contests", dropped), nth=1),
    M("devices-swapped", "T9", "journal.order", "the journals of two devices of a branch are swapped", "files",
      _swapped_devices),
    M("partials-swapped", "T13", "opening.partials", "two partial decryptions stand in another order", "files",
      _swapped_partials),
    M("partial-of-another-share", "T12 T13", "opening.partials", "a partial decryption is well proved for a share key that is not "
      "the record's", "partial", _doubled_share, nth=1),
]
