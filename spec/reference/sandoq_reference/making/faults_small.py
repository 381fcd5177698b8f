"""Changes of the small election, for the checks of what every election has."""

from ..ballots import contest_ballot
from ..ceremony import commitment, election_hash
from ..group import GENERATOR, IDENTITY_BYTES, add, decode, encode, multiply_generator, subtract
from ..items import KIND_OF
from ..random_stream import RandomStream
from .choices import marks
from .keys import Plan
from .mutating import Mutation as M
from .mutating import (NOT_AN_ELEMENT, dropped, flipped, in_manifest, move_vote, planned, plus, remove_kind, setting, shifted, swapped, to,
                       unreduced)


def in_branch(value, maker):
    return value.node in maker.election.branches and value.lo < value.hi


def inner(value, maker):
    return value.node not in maker.election.branches


def of_empty_branch(value, maker):
    return value.branch == maker.election.branches[1]


def _same_nonce_twice(ballot, maker):
    """A valid proof over two ciphertexts with one alpha."""
    stream = RandomStream("mutation/nonces")
    contest = maker.keys.contests_of(ballot)[0]
    shape = maker.election.shapes[contest]
    nonces = [stream.nonzero() for _ in range(shape.ciphertexts)]
    nonces[1] = nonces[0]
    choices = marks([1] + [0] * (shape.ciphertexts - 1))
    ballot.contests[0] = contest_ballot(maker.keys, ballot, contest, choices, stream.bytes(32), nonces)


def _other_choices(challenge, maker):
    old = challenge.choices[0].marks
    challenge.choices[0] = marks([1] + [0] * (len(old) - 1) if old[0] == 0 or sum(old) > 1 else
                                 [0, 1] + [0] * (len(old) - 2))


def _too_many_choices(challenge, maker):
    challenge.choices[0] = marks([1] * len(challenge.choices[0].marks))


def _remove_journal(files, maker):
    empty = maker.election.branches[1]
    files["ballots-000001.pb"] = [entry for entry in files["ballots-000001.pb"] if entry[1].branch != empty]


def _journals_swapped(files, maker):
    items, (first, second) = files["ballots-000001.pb"], maker.election.branches[:2]
    files["ballots-000001.pb"] = ([e for e in items if e[1].branch == second] + [e for e in items if e[1].branch == first]
                                  + [e for e in items if e[1].branch not in (first, second)])


def _one_partial_of_board_one(files, maker):
    seen, kept = set(), []
    for kind, value in files["opening.pb"]:
        if kind == KIND_OF["partial"] and value.board == 1:
            if value.number in seen:
                continue
            seen.add(value.number)
        kept.append((kind, value))
    files["opening.pb"] = kept


def _extra_signature(head, maker):
    head.quorum[0].append(head.quorum[0][-1])
    head.quorum[0][-1] = type(head.quorum[0][0])(trustee=3, signature=head.quorum[0][0].signature)


def _compensated(partial, maker):
    """Two factors altered so that their plain sum stays the same."""
    partial.factors[0] = encode(add(decode(partial.factors[0]), GENERATOR))
    partial.factors[1] = encode(subtract(decode(partial.factors[1]), GENERATOR))


def _copied_polynomial(commit, maker):
    """Trustee 2 of the first board commits to the coefficients of trustee 1, whose logarithms it is given."""
    first, second = maker.trustees[0][:2]
    second.polynomial, second.coefficients = list(first.polynomial), list(first.coefficients)
    commit.h = commitment(maker.election.e0, 1, 0, 2, second.coefficients, second.salt)


def _no_highest_coefficient(commit, maker):
    trustee = maker.trustees[commit.board][commit.trustee - 1]
    trustee.polynomial[-1], trustee.coefficients[-1] = 0, IDENTITY_BYTES
    commit.h = commitment(maker.election.e0, 1, commit.board, commit.trustee, trustee.coefficients, trustee.salt)


def _own_key(field):
    """Somebody who knows the logarithm of a key puts it into election_key, with the election hash that fits it."""
    def change(held, maker):
        setting(field, to(encode(GENERATOR)))(held.election_key, maker)
        key = held.election_key
        key.e1 = election_hash(held, maker.election.e0, [board.key for board in key.boards], key.key)
    return change


SMALL = [
    M("head-missing", "T9", "record.head", "there is no head", "all", lambda data, maker: data.pop("head.pb")),
    M("file-missing", "T9", "record.files", "a file that the head lists is not there",
      "all", lambda data, maker: data.pop("tally.pb")),
    M("file-extra", "T9", "record.files", "the directory holds a file that the head does not list",
      "all", lambda data, maker: data.update({"ballots-000009.pb": b""})),
    M("file-cut", "T9", "record.files", "the last byte of a file is gone",
      "all", lambda data, maker: data.update({"opening.pb": data["opening.pb"][:-1]})),
    M("coefficient-copied", "T11", "ceremony.possession", "two trustees have the same first coefficient",
      "dkg_commit", _copied_polynomial, nth=1),
    M("coefficient-identity", "T1", "ceremony.possession", "a coefficient is the identity",
      "dkg_commit", _no_highest_coefficient, nth=4),
    M("joint-key", "T12", "ceremony.key", "the election key names another joint key",
      "ceremony", setting("election_key.key", to(encode(GENERATOR)))),
    M("device-key-identity", "T1", "journal.opening", "a device's key is the identity",
      "opening", setting("key", to(IDENTITY_BYTES))),
    M("tally-ciphertext-missing", "T9", "tally.nodes", "a sum of a place lacks a ciphertext",
      "tally_node", setting("totals.0.ciphertexts", dropped), nth=4),
    M("partial-board", "T13", "opening.partials", "a partial decryption names a board that does not exist",
      "partial", setting("board", to(7)), nth=5),
    M("partial-factor-missing", "T13", "opening.partials", "a partial decryption lacks a factor",
      "partial", setting("factors", dropped), nth=2),
    M("partial-factor-identity", "T1", "opening.partials", "a factor is the identity where its alpha is not",
      "partial", setting("factors.0", to(IDENTITY_BYTES)), nth=2),
    M("head-format", "T30", "record.head", "the head says format 2",
      "head", setting("format", to(2))),
    M("head-domain-3", "T30", "record.head", "the head says domain 3",
      "head", setting("domain", to(3))),
    M("head-names-swapped", "T30", "record.head", "the head lists the ceremony before the manifest",
      "head", setting("files", swapped)),
    M("head-name-missing", "T9", "record.head", "the head does not list opening.pb",
      "head", setting("files", dropped)),
    M("head-size", "T9", "record.files", "the head gives a file one byte more than it has",
      "head", setting("files.2.bytes", plus(1))),
    M("head-hash", "T9", "record.files", "the head gives a file another hash",
      "head", setting("files.3.hash", flipped)),
    M("head-item-count", "T9", "record.items", "the head counts one item more than a file holds",
      "head", setting("files.2.items", plus(1))),
    M("blank-2", "T30", "record.items", "a contest says 2 where it says whether there is a blank",
      "manifest.keys", setting("contests.0.blank", to(2))),
    M("trailing-byte", "T30", "record.items", "a byte follows the last item of tally.pb",
      "bytes", lambda data, maker: data.update({"tally.pb": data["tally.pb"] + b"\0"})),
    M("journal-not-closed", "T9", "record.items", "the last journal has no close",
      "files", lambda files, maker: files["ballots-000001.pb"].pop()),
    M("ballot-not-resolved", "T9", "record.items", "a ballot has no resolution",
      "files", remove_kind("ballots-000001.pb", "cast", 0)),
    M("partial-after-result", "T9", "record.items", "a partial decryption stands after the results",
      "files", lambda files, maker: files["opening.pb"].append(
        next(entry for entry in files["opening.pb"] if entry[0] == KIND_OF["partial"]))),
    M("head-signature-no-element", "T1", "record.elements", "a signature of the head begins with bytes that are no element",
      "head.signed",
      setting("quorum.0.0.signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("partial-scalar-not-reduced", "T1", "record.elements", "the response of a partial decryption's proof is not reduced",
      "partial", setting("proof", unreduced)),
    M("tally-no-element", "T1", "record.elements", "a sum of the tally holds bytes that are no element",
      "tally_node", setting("totals.0.ciphertexts.0",
                                                                   lambda old: old[:32] + NOT_AN_ELEMENT), nth=3),
    M("device-proof-not-reduced", "T1", "record.elements", "the response of a device key's proof is not reduced",
      "opening", setting("key_proof", unreduced)),
    M("no-seats", None, "manifest.rules", "a contest has no seats",
      "manifest.keys", setting("contests.1.seats", to(0))),
    M("unknown-encoding", "T4", "manifest.rules", "a contest has encoding 5",
      "files", in_manifest(setting("contests.0.encoding", to(5)))),
    M("node-twice", None, "manifest.rules", "two places have one id",
      "manifest.keys", setting("nodes.4.id", to(b"north-1"))),
    M("trustee-twice", "T12", "manifest.rules", "one trustee id stands in both boards",
      "manifest.keys", setting("boards.1.trustees.0.id", to(b"executive-1"))),
    M("option-blank", None, "manifest.rules", "an option is called blank",
      "manifest.keys", setting("contests.0.options.0.id", to(b"blank"))),
    M("style-of-another-place", None, "manifest.rules", "a branch gives out a style with a contest of another district",
      "manifest.keys", setting("branch_styles.1", to([0, 1]))),
    M("head-e0", "T29", "record.binding", "the head names another manifest hash",
      "head", setting("e0", flipped)),
    M("head-e1", "T29", "record.binding", "the head names another election hash",
      "head", setting("e1", flipped)),
    M("head-domain", "T29", "record.binding", "the head says real, the manifest drill",
      "head", setting("domain", lambda old: 3 - old)),
    M("roster-proof", "T12", "manifest.roster", "a trustee's proof for its encryption key is wrong",
      "manifest", setting("boards.0.trustees.1.encryption_proof", shifted)),
    M("roster-key-twice", "T12", "manifest.roster", "two trustees have one encryption key",
      "manifest", lambda manifest, maker: setattr(
        manifest.boards[1].trustees[2], "encryption_key", manifest.boards[0].trustees[2].encryption_key)),
    M("roster-identity", "T1", "manifest.roster", "a trustee's encryption key is the identity",
      "manifest", setting("boards.1.trustees.0.encryption_key", to(IDENTITY_BYTES))),
    M("head-signature", "T27", "record.signatures", "a signature of the head is wrong",
      "head.signed", setting("quorum.1.0.signature", shifted)),
    M("head-quorum-short", "T27", "record.signatures", "the head has a signature less than one board's threshold",
      "head.signed", setting("quorum.1", dropped)),
    M("head-quorum-surplus", "T27", "record.signatures", "the head has a signature more than one board's threshold",
      "head.signed", _extra_signature),
    M("head-board-missing", "T27", "record.signatures", "one board has not signed the head",
      "head.signed", setting("quorum", dropped)),
    M("confirm-missing", "T11", "ceremony.complete", "a trustee has not confirmed the ceremony",
      "files", remove_kind("ceremony.pb", "dkg_confirm", 4)),
    M("attempt-0", "T11", "ceremony.complete", "the ceremony's attempt has number 0",
      "manifest", planned(Plan(0))),
    M("deal-entry-missing", "T14", "ceremony.complete", "a deal has no entry for the last receiver",
      "ceremony", setting("last.deals.2.entries", dropped)),
    M("commits-swapped", "T11", "ceremony.complete", "two commits stand in another order",
      "ceremony", setting("last.commits", swapped)),
    M("deal-signature", "T14", "ceremony.signatures", "the signature of a deal is wrong",
      "dkg_deal.signed", setting("signature", shifted), nth=3),
    M("commit-signature", "T11", "ceremony.signatures", "the signature of a commit is wrong",
      "dkg_commit.signed", setting("signature", shifted), nth=5),
    M("salt", "T11", "ceremony.commitments", "a reveal has another salt than it committed to",
      "dkg_reveal", setting("salt", flipped), nth=1),
    M("possession", "T12", "ceremony.possession", "a proof of possession is wrong",
      "dkg_reveal", setting("proofs.1", shifted), nth=2),
    M("possession-swapped", "T12", "ceremony.possession", "two proofs of possession are swapped",
      "dkg_reveal", setting("proofs", swapped), nth=2),
    M("c1-identity", "T1", "ceremony.possession", "a deal's c1 is the identity",
      "dkg_deal", setting("entries.0.c1", to(IDENTITY_BYTES)), nth=1),
    M("confirmation", "T11", "ceremony.confirmations", "a trustee confirms another transcript",
      "dkg_confirm", setting("transcript", flipped), nth=4),
    M("share-keys-swapped", "T12", "ceremony.key", "two share keys of a board are swapped",
      "ceremony", setting("election_key.boards.1.share_keys", swapped)),
    M("joint-key-own", "T12", "ceremony.key", "the election key names a joint key of somebody's own, and the election hash that fits it",
      "election_key.of", _own_key("key")),
    M("board-key-own", "T12", "ceremony.key", "the election key names another key of a board, and the election hash that fits it",
      "election_key.of", _own_key("boards.1.key")),
    M("e1", "T12", "ceremony.key", "the election key names another election hash",
      "election_key", setting("e1", flipped)),
    M("journal-missing", "T9", "journal.order", "a branch has no journal",
      "files", _remove_journal),
    M("journals-swapped", "T9", "journal.order", "the journals of two branches are swapped",
      "files", _journals_swapped),
    M("device-number", "T9", "journal.order", "a cast item names another device",
      "cast", setting("device", plus(1))),
    M("capacity-0", None, "journal.opening", "a device is opened with capacity 0",
      "opening", setting("capacity", to(0)), when=of_empty_branch),
    M("device-proof", "T12", "journal.opening", "a device key's proof is wrong",
      "opening", setting("key_proof", shifted)),
    M("opening-device-signature", "T9", "journal.opening", "the device's signature of its opening is wrong",
      "opening.boards", setting("device_signature", shifted)),
    M("opening-roots-missing", "T24", "journal.opening", "an opening has no seed root of one board",
      "opening.boards", setting("board_roots", dropped)),
    M("opening-board-signature", "T9", "journal.opening", "a board's signature of an opening is wrong",
      "opening.signed", setting("quorum.1.1.signature", shifted)),
    M("resolution-serial", "T9", "journal.serials", "a cast item resolves the serial after its ballot's",
      "cast", setting("serial", plus(1))),
    M("capacity-exceeded", "T9", "journal.serials", "a device goes on after its capacity",
      "opening", setting("capacity", to(1))),
    M("code", "T8", "journal.chain", "a ballot carries another confirmation code",
      "ballot.signed", setting("code", flipped)),
    M("previous", "T9", "journal.chain", "a ballot does not continue the chain",
      "ballot", setting("previous", flipped), nth=1),
    M("ballot-time", "T25", "journal.chain", "a ballot's time is not the one its code was made with",
      "ballot.signed", setting("time", plus(1))),
    M("close-counter", "T9", "journal.close", "a close counts a challenged ballot too many",
      "close", setting("challenged", plus(1))),
    M("close-last-link", "T9", "journal.close", "a close names another last link",
      "close", setting("last_link", flipped)),
    M("close-device-signature", "T9", "journal.close", "the device's signature of its close is wrong",
      "close.boards", setting("device_signature", shifted)),
    M("close-board-signature", "T9", "journal.close", "a board's signature of a close is wrong",
      "close.signed", setting("quorum.0.0.signature", shifted)),
    M("digits", "T30", "ballot.form", "a ballot's digits are 10001",
      "ballot", setting("digits", to(10001))),
    M("style-not-given", "T22", "ballot.form", "a ballot has a style that its branch does not give",
      "ballot", setting("style", to(1))),
    M("style-unknown", "T22", "ballot.form", "a ballot has a style that does not exist",
      "ballot", setting("style", to(7)), nth=4),
    M("response-missing", "T21", "ballot.form", "a contest ballot has a response too few",
      "ballot", setting("contests.0.responses", dropped)),
    M("proof-no-element", "T1", "ballot.elements", "a ballot's proof holds bytes that are no element",
      "ballot", setting("contests.0.commitments",
                                                               lambda old: old[:160] + NOT_AN_ELEMENT)),
    M("proof-not-reduced", "T1", "ballot.elements", "a response of a ballot's proof is not reduced",
      "ballot", setting("contests.0.final", unreduced)),
    M("alpha-identity", "T1", "ballot.elements", "an alpha of a ballot is the identity",
      "ballot", setting("contests.0.ciphertexts.1",
                                                             lambda old: IDENTITY_BYTES + old[32:])),
    M("same-nonce-twice", "T24", "ballot.unique", "two ciphertexts of a ballot have one alpha, and a valid proof",
      "ballot", _same_nonce_twice),
    M("false-proof", "T3", "ballot.proof", "a response of a ballot's proof is one too large",
      "ballot", setting("contests.0.final", shifted), nth=2),
    M("vote-changed", "T7", "ballot.proof", "a ciphertext's beta is replaced",
      "ballot", setting("contests.0.ciphertexts.0", lambda old: old[:32] + encode(
        multiply_generator(5))), nth=3),
    M("false-proof-of-void", "T32", "ballot.proof", "the proof of a ballot that was not cast is wrong",
      "ballot", setting("contests.0.final", shifted), nth=4),
    M("challenge-choices", "T25", "ballot.challenge", "a challenge shows other choices than the ballot holds",
      "challenge", _other_choices),
    M("challenge-overvote", "T25", "ballot.challenge", "a challenge shows more choices than are allowed",
      "challenge", _too_many_choices),
    M("challenge-seed", "T24", "ballot.challenge", "a challenge opens another seed of a board",
      "challenge", setting("board_seeds.0.value", flipped)),
    M("challenge-path", "T24", "ballot.challenge", "a challenge's path does not lead to the device's root",
      "challenge", setting("device_seed.path.0", flipped)),
    M("challenge-board-missing", "T24", "ballot.challenge", "a challenge has no seed of one board",
      "challenge", setting("board_seeds", dropped)),
    M("tally-node-missing", "T9", "tally.nodes", "a place has no subtotal",
      "files", lambda files, maker: files["tally.pb"].pop()),
    M("tally-contest-missing", "T9", "tally.nodes", "a place's subtotal lacks a contest",
      "tally_node", setting("totals", dropped), nth=6),
    M("branch-sum", "T9", "tally.branches", "two sums of a branch are swapped",
      "tally_node", setting("totals.0.ciphertexts", swapped), when=in_branch),
    M("branch-root", "T9", "tally.branches", "a branch has another Merkle root",
      "tally_node", setting("root", flipped), when=in_branch),
    M("branch-hash", "T9", "tally.branches", "a branch has another hash",
      "tally_node", setting("hash", flipped), when=in_branch),
    M("branch-hi", "T9", "tally.branches", "a branch covers a ballot more than it has",
      "tally_node", setting("hi", plus(1)), when=in_branch),
    M("inner-sum", "T9", "tally.tree", "two sums of an inner place are swapped",
      "tally_node", setting("totals.0.ciphertexts", swapped), when=inner, nth=1),
    M("inner-root", "T30", "tally.tree", "an inner place has a Merkle root",
      "tally_node", setting("root", flipped), when=inner),
    M("head-cast", "T9", "tally.tree", "the head counts a cast ballot too many",
      "head", setting("cast", plus(1))),
    M("request-number", "T19", "opening.requests", "a request has the number after its own",
      "request", setting("number", plus(1))),
    M("request-closings", "T19", "opening.requests", "a request binds other closings",
      "request", setting("closings", flipped)),
    M("request-quorum", "T19", "opening.requests", "a board's signature of a request is wrong",
      "request.signed", setting("quorum.0.1.signature", shifted)),
    M("request-domain", "T29", "opening.requests", "a request says real in a drill",
      "request", setting("domain", lambda old: 3 - old)),
    M("partial-factors", "T2", "opening.partials", "two factors are altered so that their plain sum stays the same",
      "partial", _compensated),
    M("partial-proof", "T13", "opening.partials", "the proof of a partial decryption is wrong",
      "partial", setting("proof", shifted), nth=2),
    M("partial-signature", "T13", "opening.partials", "the signature of a partial decryption is wrong",
      "partial.signed", setting("signature", shifted)),
    M("partial-trustee", "T13", "opening.partials", "a partial decryption names a trustee who does not exist",
      "partial", setting("trustee", to(9)), nth=2),
    M("partial-number", "T19", "opening.partials", "a partial decryption answers another request",
      "partial", setting("number", plus(1))),
    M("partial-twice", "T13", "opening.partials", "a trustee's partial decryption stands there twice",
      "files", lambda files, maker: files["opening.pb"].insert(
        2, files["opening.pb"][1])),
    M("quorum-missed", "T13", "opening.quorum", "one board answers with fewer trustees than its threshold",
      "files", _one_partial_of_board_one),
    M("count-moved", "T28", "result.counts", "a vote is moved from one option to another",
      "result.counts", move_vote),
    M("ballots-of-result", "T28", "result.counts", "a result counts a ballot too many",
      "result.counts", setting("ballots", plus(1))),
    M("result-missing", "T28", "result.counts", "a contest has no result",
      "files", lambda files, maker: files["opening.pb"].pop()),
    M("elected", "T28", "result.seats", "the elected are not those with the most votes",
      "result", setting("elected", lambda old: old[::-1] if len(old) > 1 else [3])),
    M("alternates", "T28", "result.seats", "the alternates are not the next ones",
      "result", setting("alternates", lambda old: [] if old else [0])),
]
