"""Records that are wrong in one point, re-hashed and re-signed around it; each fails exactly one check."""

from ..ballots import contest_ballot
from ..group import (GENERATOR, IDENTITY_BYTES, ORDER, add, decode, encode, multiply_generator, subtract)
from ..hashing import scalar_bytes
from ..items import KIND_OF
from ..random_stream import RandomStream
from .election import make_small

NOT_AN_ELEMENT = b"\x01" + bytes(31)


def flipped(data, at=0):
    out = bytearray(data)
    out[at] ^= 1
    return bytes(out)


def shifted(proof):
    """The last scalar plus one: still a scalar, no longer a proof."""
    return proof[:-32] + scalar_bytes(int.from_bytes(proof[-32:], "little") + 1)


def unreduced(proof):
    return proof[:-32] + (int.from_bytes(proof[-32:], "little") + ORDER).to_bytes(32, "little")


class Mutation:
    """change(value, maker) is called once: the `nth` time (from 0) that hook NAME comes by and `when` holds."""

    def __init__(self, name, check, hook, change, nth=0, when=None, **options):
        self.name, self.check, self.on, self.change = name, check, hook, change
        self.nth, self.when, self.options = nth, when, options

    def hook(self):
        left = [self.nth]

        def call(name, value, maker):
            if name == self.on and left[0] >= 0 and (self.when is None or self.when(value, maker)):
                if left[0] == 0:
                    self.change(value, maker)
                left[0] -= 1
        return call


def setting(field, function):
    """A change that replaces one field by a function of it; dots and [i] walk down."""
    def change(value, maker):
        *path, last = field.split(".")
        for step in path:
            value = value[int(step)] if step.isdigit() else getattr(value, step)
        if last.isdigit():
            value[int(last)] = function(value[int(last)])
        else:
            setattr(value, last, function(getattr(value, last)))
    return change


def to(constant):
    return lambda old: constant


def plus(number):
    return lambda old: old + number


def swapped(values):
    return [values[1], values[0]] + values[2:]


def dropped(values):
    return values[:-1]


def in_branch(value, maker):
    return value.node in maker.election.branches and value.lo < value.hi


def inner(value, maker):
    return value.node not in maker.election.branches


def of_empty_branch(value, maker):
    return value.branch == maker.election.branches[1]


def _move_vote(result, maker):
    source = next(i for i, count in enumerate(result.counts) if count)
    target = next(i for i, count in enumerate(result.counts) if i != source and count < result.ballots
                  and i < len(result.counts) - 1)
    result.counts[source] -= 1
    result.counts[target] += 1


def _same_nonce_twice(ballot, maker):
    """A valid proof over two ciphertexts with one alpha."""
    stream = RandomStream("mutation/nonces")
    contest = maker.keys.contests_of(ballot)[0]
    shape = maker.election.shapes[contest]
    nonces = [stream.nonzero() for _ in range(shape.ciphertexts)]
    nonces[1] = nonces[0]
    choices = bytes([1] + [0] * (shape.ciphertexts - 1))
    ballot.contests[0] = contest_ballot(maker.keys, ballot, contest, choices, stream.bytes(32), nonces)


def _other_choices(challenge, maker):
    old = challenge.choices[0]
    challenge.choices[0] = bytes([1] + [0] * (len(old) - 1)) if old[0] == 0 or sum(old) > 1 else \
        bytes([0, 1] + [0] * (len(old) - 2))


def _too_many_choices(challenge, maker):
    challenge.choices[0] = bytes([1] * len(challenge.choices[0]))


def _remove_kind(file, kind, nth):
    def change(files, maker):
        at = [i for i, (k, _) in enumerate(files[file]) if k == KIND_OF[kind]][nth]
        del files[file][at]
    return change


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


M = Mutation
MUTATIONS = [
    M("head-format", "record.head", "head", setting("format", to(2))),
    M("head-domain-3", "record.head", "head", setting("domain", to(3))),
    M("head-names-swapped", "record.head", "head", setting("files", swapped)),
    M("head-name-missing", "record.head", "head", setting("files", dropped)),
    M("head-size", "record.files", "head", setting("files.2.bytes", plus(1))),
    M("head-hash", "record.files", "head", setting("files.3.hash", flipped)),
    M("head-item-count", "record.items", "head", setting("files.2.items", plus(1))),
    M("blank-2", "record.items", "files", lambda files, maker: setattr(
        files["manifest.pb"][0][1].contests[0], "blank", 2)),
    M("trailing-byte", "record.items", "bytes", lambda data, maker: data.update({"tally.pb": data["tally.pb"] + b"\0"})),
    M("journal-not-closed", "record.items", "files", lambda files, maker: files["ballots-000001.pb"].pop()),
    M("ballot-not-resolved", "record.items", "files", _remove_kind("ballots-000001.pb", "cast", 0)),
    M("partial-after-result", "record.items", "files", lambda files, maker: files["opening.pb"].append(
        next(entry for entry in files["opening.pb"] if entry[0] == KIND_OF["partial"]))),
    M("head-signature-no-element", "record.elements", "head.signed",
      setting("quorum.0.0.signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("partial-scalar-not-reduced", "record.elements", "partial", setting("proof", unreduced)),
    M("tally-no-element", "record.elements", "tally_node", setting("totals.0.ciphertexts.0",
                                                                   lambda old: old[:32] + NOT_AN_ELEMENT), nth=3),
    M("device-proof-not-reduced", "record.elements", "opening", setting("key_proof", unreduced)),
    M("no-seats", "manifest.rules", "manifest.keys", setting("contests.1.seats", to(0))),
    M("unknown-encoding", "manifest.rules", "manifest.keys", setting("contests.0.encoding", to(2))),
    M("node-twice", "manifest.rules", "manifest.keys", setting("nodes.4.id", to(b"north-1"))),
    M("trustee-twice", "manifest.rules", "manifest.keys", setting("boards.1.trustees.0.id", to(b"executive-1"))),
    M("option-blank", "manifest.rules", "manifest.keys", setting("contests.0.options.0.id", to(b"blank"))),
    M("style-of-another-place", "manifest.rules", "manifest.keys", setting("branch_styles.1", to([0, 1]))),
    M("head-e0", "record.binding", "head", setting("e0", flipped)),
    M("head-e1", "record.binding", "head", setting("e1", flipped)),
    M("head-domain", "record.binding", "head", setting("domain", lambda old: 3 - old)),
    M("roster-proof", "manifest.roster", "manifest", setting("boards.0.trustees.1.encryption_proof", shifted)),
    M("roster-key-twice", "manifest.roster", "manifest", lambda manifest, maker: setattr(
        manifest.boards[1].trustees[2], "encryption_key", manifest.boards[0].trustees[2].encryption_key)),
    M("roster-identity", "manifest.roster", "manifest", setting("boards.1.trustees.0.encryption_key", to(IDENTITY_BYTES))),
    M("head-signature", "record.signatures", "head.signed", setting("quorum.1.0.signature", shifted)),
    M("head-quorum-short", "record.signatures", "head.signed", setting("quorum.1", dropped)),
    M("head-quorum-surplus", "record.signatures", "head.signed", _extra_signature),
    M("head-board-missing", "record.signatures", "head.signed", setting("quorum", dropped)),
    M("confirm-missing", "ceremony.complete", "files", _remove_kind("ceremony.pb", "dkg_confirm", 4)),
    M("attempt-0", "ceremony.complete", "manifest", lambda manifest, maker: None, attempt=0),
    M("deal-entry-missing", "ceremony.complete", "ceremony", setting("deals.2.entries", dropped)),
    M("commits-swapped", "ceremony.complete", "ceremony", setting("commits", swapped)),
    M("deal-signature", "ceremony.signatures", "dkg_deal.signed", setting("signature", shifted), nth=3),
    M("commit-signature", "ceremony.signatures", "dkg_commit.signed", setting("signature", shifted), nth=5),
    M("salt", "ceremony.commitments", "dkg_reveal", setting("salt", flipped), nth=1),
    M("possession", "ceremony.possession", "dkg_reveal", setting("proofs.1", shifted), nth=2),
    M("possession-swapped", "ceremony.possession", "dkg_reveal", setting("proofs", swapped), nth=2),
    M("c1-identity", "ceremony.possession", "dkg_deal", setting("entries.0.c1", to(IDENTITY_BYTES)), nth=1),
    M("confirmation", "ceremony.confirmations", "dkg_confirm", setting("transcript", flipped), nth=4),
    M("share-keys-swapped", "ceremony.key", "ceremony", setting("election_key.boards.1.share_keys", swapped)),
    M("e1", "ceremony.key", "election_key", setting("e1", flipped)),
    M("journal-missing", "journal.order", "files", _remove_journal),
    M("journals-swapped", "journal.order", "files", _journals_swapped),
    M("device-number", "journal.order", "cast", setting("device", plus(1))),
    M("capacity-0", "journal.opening", "opening", setting("capacity", to(0)), when=of_empty_branch),
    M("device-proof", "journal.opening", "opening", setting("key_proof", shifted)),
    M("opening-device-signature", "journal.opening", "opening.boards", setting("device_signature", shifted)),
    M("opening-roots-missing", "journal.opening", "opening.boards", setting("board_roots", dropped)),
    M("opening-board-signature", "journal.opening", "opening.signed", setting("quorum.1.1.signature", shifted)),
    M("resolution-serial", "journal.serials", "cast", setting("serial", plus(1))),
    M("capacity-exceeded", "journal.serials", "opening", setting("capacity", to(1))),
    M("code", "journal.chain", "ballot.signed", setting("code", flipped)),
    M("previous", "journal.chain", "ballot", setting("previous", flipped), nth=1),
    M("ballot-time", "journal.chain", "ballot.signed", setting("time", plus(1))),
    M("close-counter", "journal.close", "close", setting("challenged", plus(1))),
    M("close-last-link", "journal.close", "close", setting("last_link", flipped)),
    M("close-device-signature", "journal.close", "close.boards", setting("device_signature", shifted)),
    M("close-board-signature", "journal.close", "close.signed", setting("quorum.0.0.signature", shifted)),
    M("digits", "ballot.form", "ballot", setting("digits", to(10001))),
    M("style-not-given", "ballot.form", "ballot", setting("style", to(1))),
    M("style-unknown", "ballot.form", "ballot", setting("style", to(7)), nth=4),
    M("response-missing", "ballot.form", "ballot", setting("contests.0.responses", dropped)),
    M("proof-no-element", "ballot.elements", "ballot", setting("contests.0.commitments",
                                                               lambda old: old[:160] + NOT_AN_ELEMENT)),
    M("proof-not-reduced", "ballot.elements", "ballot", setting("contests.0.final", unreduced)),
    M("alpha-identity", "ballot.elements", "ballot", setting("contests.0.ciphertexts.1",
                                                             lambda old: IDENTITY_BYTES + old[32:])),
    M("same-nonce-twice", "ballot.unique", "ballot", _same_nonce_twice),
    M("false-proof", "ballot.proof", "ballot", setting("contests.0.final", shifted), nth=2),
    M("vote-changed", "ballot.proof", "ballot", setting("contests.0.ciphertexts.0", lambda old: old[:32] + encode(
        multiply_generator(5))), nth=3),
    M("false-proof-of-void", "ballot.proof", "ballot", setting("contests.0.final", shifted), nth=4),
    M("challenge-choices", "ballot.challenge", "challenge", _other_choices),
    M("challenge-overvote", "ballot.challenge", "challenge", _too_many_choices),
    M("challenge-seed", "ballot.challenge", "challenge", setting("board_seeds.0.value", flipped)),
    M("challenge-path", "ballot.challenge", "challenge", setting("device_seed.path.0", flipped)),
    M("challenge-board-missing", "ballot.challenge", "challenge", setting("board_seeds", dropped)),
    M("tally-node-missing", "tally.nodes", "files", lambda files, maker: files["tally.pb"].pop()),
    M("tally-contest-missing", "tally.nodes", "tally_node", setting("totals", dropped), nth=6),
    M("branch-sum", "tally.branches", "tally_node", setting("totals.0.ciphertexts", swapped), when=in_branch),
    M("branch-root", "tally.branches", "tally_node", setting("root", flipped), when=in_branch),
    M("branch-hash", "tally.branches", "tally_node", setting("hash", flipped), when=in_branch),
    M("branch-hi", "tally.branches", "tally_node", setting("hi", plus(1)), when=in_branch),
    M("inner-sum", "tally.tree", "tally_node", setting("totals.0.ciphertexts", swapped), when=inner, nth=1),
    M("inner-root", "tally.tree", "tally_node", setting("root", flipped), when=inner),
    M("head-cast", "tally.tree", "head", setting("cast", plus(1))),
    M("request-number", "opening.requests", "request", setting("number", plus(1))),
    M("request-closings", "opening.requests", "request", setting("closings", flipped)),
    M("request-quorum", "opening.requests", "request.signed", setting("quorum.0.1.signature", shifted)),
    M("request-domain", "opening.requests", "request", setting("domain", lambda old: 3 - old)),
    M("partial-factors", "opening.partials", "partial", _compensated),
    M("partial-proof", "opening.partials", "partial", setting("proof", shifted), nth=2),
    M("partial-signature", "opening.partials", "partial.signed", setting("signature", shifted)),
    M("partial-trustee", "opening.partials", "partial", setting("trustee", to(9)), nth=2),
    M("partial-number", "opening.partials", "partial", setting("number", plus(1))),
    M("partial-twice", "opening.partials", "files", lambda files, maker: files["opening.pb"].insert(
        2, files["opening.pb"][1])),
    M("quorum-missed", "opening.quorum", "files", _one_partial_of_board_one),
    M("count-moved", "result.counts", "result.counts", _move_vote),
    M("ballots-of-result", "result.counts", "result.counts", setting("ballots", plus(1))),
    M("result-missing", "result.counts", "files", lambda files, maker: files["opening.pb"].pop()),
    M("elected", "result.seats", "result", setting("elected", lambda old: old[::-1] if len(old) > 1 else [3])),
    M("alternates", "result.seats", "result", setting("alternates", lambda old: [] if old else [0])),
]


def make_mutated(mutations, directory, seed="mutations", ballots=4):
    """Writes a record with these mutations together."""
    hooks, options = [mutation.hook() for mutation in mutations], {}
    for mutation in mutations:
        options.update(mutation.options)

    def call(name, value, maker):
        for hook in hooks:
            hook(name, value, maker)
    make_small(seed, ballots, hook=call, **options).write(directory)
