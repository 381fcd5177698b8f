"""Attacks of the threat table that need more than one changed field."""

import copy

from .. import journal as journal_rules
from ..ballots import contest_ballot
from ..bit_vector import Bases, encryption_nonces
from ..elgamal import add_pairs, decode_pair, encode_pair, encrypt
from ..hashing import hash32
from ..items import HEAD, KIND_OF, OPENING
from ..layout import Value
from ..random_stream import RandomStream
from ..signature import sign
from . import closing
from .attacks import first_contest, forge_factors, forge_statement_last, forge_with_known_bases, one_choice, proved_for
from .choices import marks
from .election import FIRST_BALLOTS
from .journals import board_signatures
from .mutating import Mutation as M
from .mutating import rich


def earlier_ballots(maker):
    return [value for device in maker.devices for kind, value in device.items if kind == KIND_OF["ballot"]]


def copied(source):
    """All contests are those of an earlier ballot."""
    def change(ballot, maker):
        ballot.contests = copy.deepcopy(earlier_ballots(maker)[source].contests)
    return change


def _copied_contest(ballot, maker):
    ballot.contests[1] = copy.deepcopy(earlier_ballots(maker)[0].contests[1])


def _copied_ciphertext(ballot, maker):
    ballot.contests[0].ciphertexts[1] = earlier_ballots(maker)[0].contests[0].ciphertexts[1]


def _encrypted_anew(ballot, maker):
    copied(0)(ballot, maker)
    stream = RandomStream("attack/anew")
    for part in ballot.contests:
        part.ciphertexts = [encode_pair(add_pairs(decode_pair(data), decode_pair(
            encrypt(maker.keys.key_table, 0, stream.nonzero())))) for data in part.ciphertexts]


def _challenged(maker):
    """The challenged ballot, its choices and the nonces that its challenge tells everybody."""
    device = maker.devices[0]
    ballot, challenge = next((ballot, resolution) for (_, ballot), (kind, resolution) in zip(device.items, device.items[1:])
                             if kind == KIND_OF["challenge"])
    seeds = [challenge.device_seed.value] + [seed.value for seed in challenge.board_seeds]
    seed = journal_rules.ballot_seed(maker.e1, maker.election.domain, ballot.branch, ballot.device, ballot.serial, seeds)
    contest, _ = first_contest(maker, ballot)
    choices = challenge.choices[0]
    return choices, encryption_nonces(maker.keys.context(ballot, contest), choices.marks, seed)


def _challenged_proved_anew(ballot, maker):
    choices, nonces = _challenged(maker)
    contest, _ = first_contest(maker, ballot)
    ballot.contests[0] = contest_ballot(maker.keys, ballot, contest, choices, bytes(32), nonces)


def _nonces_of_another_device(ballot, maker):
    """The same randomness for another choice: the difference of two ciphertexts tells the difference of two votes."""
    choices, nonces = _challenged(maker)
    contest, shape = first_contest(maker, ballot)
    other = one_choice(shape)
    other = other if other != choices else marks(other.marks[1:] + other.marks[:1])
    ballot.contests[0] = contest_ballot(maker.keys, ballot, contest, other, bytes(32), nonces)


def _other_bases(ballot, maker):
    keys, (contest, shape) = copy.copy(maker.keys), first_contest(maker, ballot)
    keys.bases = Bases(bytes(32))
    ballot.contests[0] = contest_ballot(keys, ballot, contest, one_choice(shape), bytes(32))


def _five_votes(ballot, maker):
    _, shape = first_contest(maker, ballot)
    forge_with_known_bases(maker, ballot, [5] + [0] * (shape.ciphertexts - 1))


def _doubled(ballot, maker):
    pair = decode_pair(ballot.contests[0].ciphertexts[0])
    ballot.contests[0].ciphertexts[0] = encode_pair(add_pairs(pair, pair))


def _two_swapped(ballot, maker):
    values = ballot.contests[0].ciphertexts
    values[0], values[1] = values[1], values[0]


def another(**fields):
    """A proof that belongs to a context in which these fields are others."""
    def change(ballot, maker):
        def altered(context):
            for name, value in fields.items():
                setattr(context, name, value(getattr(context, name)) if callable(value) else value)
        proved_for(maker, ballot, altered)
    return change


def flipped_byte(data):
    return bytes([data[0] ^ 1]) + data[1:]


def one_more(number):
    return number + 1


def _add_to_sums(maker, ballot):
    maker.tallies[ballot.branch].add(ballot)


def _challenged_is_counted(challenge, maker):
    _add_to_sums(maker, earlier_ballots(maker)[-1])


def _recounted(function):
    """The sums of the first branch are those of other ballots than its cast ones."""
    def change(_, maker):
        branch = maker.election.branches[0]
        cast = []
        for device in maker.devices:
            if device.branch == branch:
                cast += [ballot for (_, ballot), (kind, _) in zip(device.items, device.items[1:]) if kind == KIND_OF["cast"]]
        maker.tallies[branch] = closing.BranchTally(maker, branch)
        for ballot in function(cast):
            _add_to_sums(maker, ballot)
    return change


def _cut(close, maker):
    """The boards take the last ballot away, and count and sign everything without it; the device has closed already."""
    device = next(device for device in maker.devices if (device.branch, device.number) == (close.branch, close.device))
    del device.items[-2:]
    device.counts["cast"] -= 1
    _recounted(lambda cast: cast)(None, maker)


def in_journal(change):
    """change(items, position of the first ballot) of the ballot files."""
    def apply(files, maker):
        items = files[FIRST_BALLOTS]
        change(items, [kind for kind, _ in items].index(KIND_OF["ballot"]))
    return apply


def _take_out(items, at):
    del items[at:at + 2]


def _swap_ballots(items, at):
    items[at:at + 4] = items[at + 2:at + 4] + items[at:at + 2]


def _repeat(items, at):
    items[at + 2:at + 2] = items[at:at + 2]


def _insert_of_another(items, at):
    other = next(i for i, (kind, value) in enumerate(items) if kind == KIND_OF["ballot"] and value.device == 2)
    items[at:at] = items[other:other + 2]


def _resolved_twice(first, second):
    """A resolution of the kind `first` gets one of the kind `second` behind it."""
    def change(files, maker):
        items = files[FIRST_BALLOTS]
        at = [kind for kind, _ in items].index(KIND_OF[first])
        resolution = next(value for kind, value in items if kind == KIND_OF[second])
        items.insert(at + 1, (KIND_OF[second], Value(**{**vars(resolution), "serial": items[at][1].serial})))
    return change


def _serial_again(ballot, maker):
    ballot.serial -= 1


def _code_again(ballot, maker):
    ballot.code = earlier_ballots(maker)[0].code


def _one_key_in_two_boards(manifest, maker):
    """With valid proofs and signatures: one person sits in both boards."""
    first, second = maker.trustees[0][0], maker.trustees[1][0]
    second.signing, second.signing_key = first.signing, first.signing_key
    manifest.boards[1].trustees[0].signing_key = first.signing_key


def _signed_head(domain=None, election=None, boards=(0, 1)):
    """The head's signatures belong to another domain or election, or are those of other boards."""
    def change(head, maker):
        digest = hash32("head", HEAD.before(head, "quorum"))
        head.quorum = []
        for number in boards:
            board = maker.election.boards[number]
            head.quorum.append([Value(trustee=member.number, signature=sign(
                member.signing, member.signing_key, "head", domain or maker.election.domain, election or maker.e1, digest,
                bytes(32))) for member in maker.trustees[number][:board.threshold]])
    return change


def _opening_for_another_election(opening, maker):
    digest = journal_rules.board_digest(OPENING, opening)
    opening.quorum = [board_signatures(maker, number, "opening", bytes(32), digest)
                      for number in range(len(maker.election.boards))]


def _by_other_board(partial, maker):
    """The answer of a trustee of the first board is given out as one of the second board's trustee of the same number."""
    partial.board = 1


BINDS = (("serial", "T2", one_more), ("device", "T2", one_more), ("branch", "T2", one_more), ("style", "T2", one_more),
         ("digits", "T2", lambda digits: 1 if digits != 1 else 2), ("e1", "T2 T29", flipped_byte),
         ("domain", "T2 T29", lambda domain: 3 - domain), ("contest", "T2", lambda name: b"bridge"),
         ("descriptor", "T2 T4", flipped_byte))
NAMED = {"e1": "election", "descriptor": "form of the contest"}

ATTACKS = [
    M("copy-whole", "T6 T9", "ballot.unique ballot.proof", "a ballot repeats one of the same device, with its proof",
      "ballot", copied(0), nth=2),
    M("copy-of-another-device", "T6 T9", "ballot.unique ballot.proof", "a ballot repeats one of another device, with its proof",
      "ballot", copied(0), nth=3),
    rich("copy-of-a-contest", "T6", "ballot.unique ballot.proof", "one contest of a ballot repeats that of another ballot",
         "ballot", _copied_contest, nth=1),
    M("copy-of-a-ciphertext", "T6", "ballot.unique ballot.proof", "one ciphertext of a ballot repeats that of another ballot",
      "ballot", _copied_ciphertext, nth=2),
    M("copy-encrypted-anew", "T6 T7", "ballot.proof", "a ballot holds the ciphertexts of another one encrypted anew, and its proof",
      "ballot", _encrypted_anew, nth=2),
    rich("copy-of-an-excluded", "T6", "ballot.proof", "a ballot repeats one of an excluded journal, with its proof",
         "ballot", copied(5), nth=7),
    M("challenged-then-cast", "T6 T23", "ballot.unique", "a challenged ballot is cast under the next serial, proved anew from "
      "what the challenge showed", "ballot", _challenged_proved_anew, nth=2),
    M("nonces-of-another-device", "T24 T8", "ballot.unique", "two devices encrypt with the same randomness, and both prove it well",
      "ballot", _nonces_of_another_device, nth=3),
    M("challenged-is-counted", "T23", "tally.branches", "a challenged ballot is added to the sums", "challenge",
      _challenged_is_counted),
    M("cast-not-counted", "T9", "tally.branches", "a cast ballot is left out of the sums", "step.tally",
      _recounted(lambda cast: cast[1:])),
    M("cast-counted-twice", "T9 T6", "tally.branches", "a cast ballot is added to the sums twice", "step.tally",
      _recounted(lambda cast: cast[:1] + cast)),
    M("cast-then-challenged", "T23", "record.items", "a cast ballot is challenged afterwards", "files",
      _resolved_twice("cast", "challenge")),
    M("challenged-then-resolved-cast", "T23", "record.items", "a challenged ballot is cast afterwards", "files",
      _resolved_twice("challenge", "cast")),
    M("serial-used-again", "T23 T9", "journal.serials", "the serial of a challenged ballot is used again", "ballot",
      _serial_again, nth=2),
    M("code-shown-twice", "T8", "journal.chain", "two ballots have one confirmation code", "ballot.signed", _code_again, nth=2),
    M("ballot-removed", "T9", "journal.serials", "a ballot and its resolution are gone", "files", in_journal(_take_out)),
    M("ballots-swapped", "T9", "journal.serials", "two ballots stand in another order", "files", in_journal(_swap_ballots)),
    M("ballot-repeated", "T8 T9", "journal.serials", "a ballot and its resolution stand there twice", "files",
      in_journal(_repeat)),
    M("ballot-inserted", "T9", "journal.order", "a ballot of another device stands in a journal", "files",
      in_journal(_insert_of_another)),
    M("journal-cut", "T9", "journal.close", "the boards took away the last ballot of a journal that its device had closed",
      "close", _cut),
    M("bases-of-another-election", "T5 T4", "ballot.proof", "a ballot is proved over the bases of another election", "ballot",
      _other_bases, nth=2),
    M("bases-with-known-logarithms", "T5", "ballot.proof", "a ballot with five votes for one option is proved over bases whose "
      "logarithms the device knows", "ballot", _five_votes, nth=2),
    M("statement-after-challenge", "T2 T22", "ballot.proof", "two ciphertexts are changed after the challenge, by a device that "
      "left them out of it", "ballot", lambda ballot, maker: forge_statement_last(maker, ballot), nth=2),
    M("factors-after-challenge", "T2", "opening.partials", "a factor is changed after the challenge, by a trustee who left the "
      "factors out of it", "partial", forge_factors, nth=1),
    M("ciphertext-doubled", "T7", "ballot.proof", "a ciphertext of a ballot is doubled", "ballot", _doubled, nth=2),
    M("ciphertexts-of-ballot-swapped", "T7 T2", "ballot.proof", "two ciphertexts of a ballot are swapped", "ballot",
      _two_swapped, nth=2),
    *[M(f"proof-for-another-{name}", threats, "ballot.proof",
        f"the proof of a ballot belongs to another {NAMED.get(name, name)}", "ballot", another(**{name: function}), nth=2)
      for name, threats, function in BINDS],
    M("one-key-in-two-boards", "T26 T12", "manifest.roster", "one signing key stands in both boards", "manifest.keys",
      _one_key_in_two_boards),
    M("head-by-one-board", "T26 T27", "record.signatures", "the first board has signed the head in the place of the second",
      "head.signed", _signed_head(boards=(0, 0))),
    M("partial-for-other-board", "T26 T13", "opening.partials", "a trustee's answer is given out as one of the other board",
      "partial.signed", _by_other_board),
    M("head-signed-in-other-domain", "T29", "record.signatures", "the head's signatures were made for a real election",
      "head.signed", _signed_head(domain=1)),
    M("head-signed-for-other-election", "T29", "record.signatures", "the head's signatures were made for another election",
      "head.signed", _signed_head(election=bytes(32))),
    M("opening-signed-for-other-election", "T29", "journal.opening", "the boards' signatures of a device's opening were made "
      "for another election", "opening.signed", _opening_for_another_election),
]
