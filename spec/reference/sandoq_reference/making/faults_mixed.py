"""Changes of the election with a contest of every encoding: its manifest, its ballots, what is opened and what follows."""

import copy

from .. import allocation, packed, slots
from ..ballots import contest_ballot, packed_number
from ..elgamal import add_pairs, decode_pair, encode_pair, encrypt
from ..group import IDENTITY_BYTES
from ..hashing import hash32
from ..items import BALLOT, CHALLENGE, KIND_OF, LIST_REQUEST, split_proof
from ..layout import Value
from ..random_stream import RandomStream
from ..segments import SegmentReader, item_bytes
from . import settling
from .choices import codes, marks, ranking, subset
from .election import FIRST_MIX
from .faults_attacks import earlier_ballots
from .faults_wire import _Bytes
from .journals import quorum
from .keys import Plan
from .mixed import ASSEMBLY, CHAIR, COUNCIL, MOTTO, NORTH, NORTH_1, NORTH_2, SOUTH, WARD
from .mutating import (NOT_AN_ELEMENT, all_trustees, dropped, flipped, in_manifest, plus, remove_kind, setting, shifted, swapped, to,
                       unreduced)
from .mutating import mixed as M

OPENING_FILE = "opening.pb"


# The manifest

def _law(contest, field, value):
    """Another value in the rule of a contest, in the manifest alone."""
    return in_manifest(setting(f"contests.{contest}.law.{field}", to(value)))


def _second_method(manifest, maker):
    manifest.contests[CHAIR].law.plurality = [Value(threshold=[], runoff=0)]


def _lists_under_irv(manifest, maker):
    manifest.contests[CHAIR].lists = [Value(id=b"L", labels=[], options=[0])]


def _stv_with_ten_seats(manifest, maker):
    chair = manifest.contests[CHAIR]
    chair.options = [Value(id=b"o%d" % i, labels=[]) for i in range(12)]
    chair.seats, chair.law.ranking[0].method, chair.law.ranking[0].quota = 10, 2, 1


def _many_options(contest, count, most):
    def change(manifest, maker):
        entry = manifest.contests[contest]
        entry.options, entry.max = [Value(id=b"o%d" % i, labels=[]) for i in range(count)], most
        if entry.law:
            entry.law.ballot.max = most
    return change


RULES = "manifest.rules"
MANIFESTS = [
    M("rule-without-method", "T30", "record.items", "the rule of a contest has no method", "files",
      in_manifest(setting(f"contests.{CHAIR}.law.ranking", to([])))),
    M("rule-of-two-methods", "T30", "record.items", "the rule of a contest has two methods", "files",
      in_manifest(_second_method)),
    M("rule-format-2", "T30", "record.items", "the rule of a contest is of another format", "files", _law(CHAIR, "format", 2)),
    M("unknown-rule", "T4", RULES, "a contest has rule 3", "files", in_manifest(setting(f"contests.{COUNCIL}.rule", to(3)))),
    M("option-invalid", None, RULES, "an option is called invalid", "manifest.keys",
      setting(f"contests.{MOTTO}.options.0.id", to(b"invalid"))),
    M("text-241", "T30", RULES, "a write-in has room for 241 bytes", "manifest.keys", setting(f"contests.{MOTTO}.text", to(241))),
    M("ranking-under-plurality", "T28", RULES, "ballots that are rankings, and seats to whoever has most votes",
      "files", in_manifest(lambda manifest, maker: manifest.contests[CHAIR].__dict__.update(rule=1, law=None, lists=[]))),
    M("votes-under-irv", "T28", RULES, "a rule for rankings, and ballots that are none", "files",
      in_manifest(lambda manifest, maker: manifest.contests[CHAIR].__dict__.update(encoding=3))),
    M("slots-65", "T30", RULES, "a contest has 65 slots", "files", in_manifest(_many_options(WARD, 70, 65))),
    M("subset-of-65", "T30", RULES, "packed subsets of 65 options", "files", in_manifest(_many_options(MOTTO, 70, 65))),
    M("ranking-of-129", "T30", RULES, "rankings of 129 options", "files", in_manifest(_many_options(CHAIR, 129, 3))),
    M("options-1025", "T30", RULES, "a bit vector of 1,025 options", "files", in_manifest(_many_options(ASSEMBLY, 1025, 6))),
    M("irv-two-seats", "T28", RULES, "two seats for the single-seat rule", "files",
      in_manifest(setting(f"contests.{CHAIR}.seats", to(2)))),
    M("stv-ten-seats", "T28", RULES, "ten seats by single transferable vote", "files", in_manifest(_stv_with_ten_seats)),
    M("rule-no-seats", None, RULES, "a contest with a rule of its own has no seats", "files",
      in_manifest(setting(f"contests.{ASSEMBLY}.seats", to(0)))),
    M("rule-alternates", None, RULES, "more alternates than options", "files",
      in_manifest(setting(f"contests.{ASSEMBLY}.alternates", to(7)))),
    M("rule-min", "T28", RULES, "the rule has another minimum than the contest", "manifest.keys",
      setting(f"contests.{ASSEMBLY}.law.ballot.min", to(0))),
    M("rule-max", "T28", RULES, "the rule has another maximum than the contest", "manifest.keys",
      setting(f"contests.{ASSEMBLY}.law.ballot.max", to(5))),
    M("rule-each", "T28", RULES, "the rule lets one ballot give an option more votes than it has", "files",
      _law(ASSEMBLY, "ballot.each", 7)),
    M("rule-overvote", "T28", RULES, "the rule reads the first ranks of an over-full ranking", "files",
      _law(CHAIR, "ballot.overvote", 2)),
    M("rule-list-code", "T28", RULES, "the rule counts list codes apart beside options, which no bit vector shows", "files",
      _law(ASSEMBLY, "ballot.list_code", 3)),
    M("rule-form", "T28", RULES, "the rule lets voters take options of one list only, which no bit vector shows", "files",
      _law(ASSEMBLY, "ballot.form", 2)),
    M("rule-code", "T30", RULES, "a method that there is none of", "files", _law(ASSEMBLY, "proportional.0.method", 9)),
    M("rule-fraction", "T15", RULES, "a fraction that is not in lowest terms", "files",
      _law(ASSEMBLY, "proportional.0.jump", Value(numerator=0, denominator=2))),
    M("rule-field-without-meaning", "T15", RULES, "a field that has no meaning is not 0", "files",
      _law(CHAIR, "ranking.0.quota", 1)),
    M("option-on-two-lists", "T28", RULES, "an option stands on two lists", "files",
      in_manifest(setting(f"contests.{ASSEMBLY}.lists.1.options", to([3, 4, 0])))),
    M("list-of-no-option", "T28", RULES, "a list names an option that there is none of", "files",
      in_manifest(setting(f"contests.{ASSEMBLY}.lists.1.options", to([3, 6])))),
    M("lists-under-irv", "T28", RULES, "lists under a rule that knows none", "files", in_manifest(_lists_under_irv)),
    M("list-twice", None, RULES, "two lists have one id", "files", in_manifest(setting(f"contests.{ASSEMBLY}.lists.1.id", to(b"P")))),
]

# Ballots; the void one is the fifth, and in no sum and no mix

VOID = 4


def void(name, threats, fails, what, change):
    return M(name, threats, fails, what, "ballot", change, nth=VOID)


def _part(contest, field, function):
    return setting(f"contests.{contest}.{field}", function)


def _other_encoding(ballot, maker):
    ballot.contests[CHAIR].encoding = 3


def _marks_for_slots(ballot, maker):
    ballot.contests[COUNCIL] = copy.deepcopy(ballot.contests[ASSEMBLY])


def slots_of(ballot, maker, values, blank, nonces=None, claimed=None):
    """The council's slots with these codes; claimed: what the device proves instead."""
    keys, shape, stream = maker.keys, maker.election.shapes[COUNCIL], RandomStream("attack/slots")
    nonces = nonces or [stream.nonzero() for _ in range(shape.ciphertexts)]
    pairs = slots.encrypt(keys.key_table, shape, list(values), blank, nonces)
    told, told_blank = claimed or (values, blank)
    proof = slots.prove(keys.context(ballot, COUNCIL), shape, keys.slot_bases, keys.key_table, pairs, list(told), told_blank, nonces,
                        stream.bytes(32))
    ballot.contests[COUNCIL] = Value(encoding=2, ciphertexts=pairs, **split_proof(2, proof))


def lying_slots(values, blank, claimed=None):
    return lambda ballot, maker: slots_of(ballot, maker, values, blank, claimed=claimed)


def _one_nonce_twice(ballot, maker):
    stream = RandomStream("mutation/slot nonces")
    first, last = stream.nonzero(), stream.nonzero()
    slots_of(ballot, maker, [1, 5], 0, [first, first, last])


def _one_nonce_for_both_parts(ballot, maker):
    stream = RandomStream("mutation/packed nonces")
    nonce = stream.nonzero()
    ballot.contests[MOTTO] = contest_ballot(maker.keys, ballot, MOTTO, subset(2), stream.bytes(32), [nonce, nonce])


def _chair_copied(ballot, maker):
    """The ranking of the first ballot, with its proof."""
    ballot.contests[CHAIR] = copy.deepcopy(earlier_ballots(maker)[0].contests[CHAIR])


def _altered(contest, function):
    """What stands in another ballot's contest is changed so that its alphas are new, and its proof is kept."""
    def change(ballot, maker):
        part = copy.deepcopy(earlier_ballots(maker)[0].contests[contest])
        stream = RandomStream("attack/related")
        part.ciphertexts = [function(pair, maker, stream) for pair in part.ciphertexts]
        ballot.contests[contest] = part
    return change


def _anew(pair, maker, stream):
    return encode_pair(add_pairs(decode_pair(pair), decode_pair(encrypt(maker.keys.key_table, 0, stream.nonzero()))))


def _twice(pair, maker, stream):
    return encode_pair(add_pairs(decode_pair(pair), decode_pair(pair)))


CHOSEN = {COUNCIL: codes(5), MOTTO: subset(4), CHAIR: ranking(2, 1)}


def proved_elsewhere(which, /, **fields):
    """A contest whose proof belongs to a context in which these fields are others."""
    def change(ballot, maker):
        keys = copy.copy(maker.keys)
        own = keys.context

        def altered(of_ballot, index):
            context = own(of_ballot, index)
            for name, function in fields.items():
                setattr(context, name, function(getattr(context, name)))
            return context
        keys.context = altered
        ballot.contests[which] = contest_ballot(keys, ballot, which, CHOSEN[which], bytes(32))
    return change


def _other_slot_bases(ballot, maker):
    keys = copy.copy(maker.keys)
    keys.slot_bases = slots.Bases(bytes(32))
    ballot.contests[COUNCIL] = contest_ballot(keys, ballot, COUNCIL, codes(1, 2), bytes(32))


def _final_scalar(index, value):
    def change(old):
        return old[:32 * index] + value + old[32 * index + 32:]
    return change


FORMS = [
    void("slot-missing", "T21", "ballot.form", "a ballot lacks a slot", _part(COUNCIL, "ciphertexts", dropped)),
    void("slot-too-many", "T21", "ballot.form", "a ballot has a slot too many",
         _part(COUNCIL, "ciphertexts", lambda old: old + old[:1])),
    void("slot-rounds", "T30", "ballot.form", "a slot proof lacks a round", _part(COUNCIL, "rounds", dropped)),
    void("slot-rounds-more", "T30", "ballot.form", "a slot proof has a round too many",
         _part(COUNCIL, "rounds", lambda old: old + old[:1])),
    void("packed-part-missing", "T21", "ballot.form", "a packed choice lacks its text", _part(MOTTO, "ciphertexts", dropped)),
    void("packed-part-too-many", "T21", "ballot.form", "a packed ranking has a second ciphertext",
         _part(CHAIR, "ciphertexts", lambda old: old * 2)),
    void("subset-for-ranking", "T4 T15", "ballot.form", "a contest ballot says that its ranking is a subset", _other_encoding),
    void("marks-for-slots", "T4", "ballot.form", "a bit vector stands where slots must be", _marks_for_slots),
    void("slot-no-element", "T1", "ballot.elements", "a slot holds bytes that are no element",
         _part(COUNCIL, "ciphertexts.0", lambda old: old[:32] + NOT_AN_ELEMENT)),
    void("slot-alpha-identity", "T1", "ballot.elements", "the alpha of a slot is the identity",
         _part(COUNCIL, "ciphertexts.1", lambda old: IDENTITY_BYTES + old[32:])),
    void("slot-proof-no-element", "T1", "ballot.elements", "a round of a slot proof holds bytes that are no element",
         _part(COUNCIL, "rounds.1", lambda old: old[:32] + NOT_AN_ELEMENT)),
    void("slot-scalar", "T1", "ballot.elements", "an answer of a slot proof is not reduced",
         _part(COUNCIL, "final", unreduced)),
    void("packed-no-element", "T1", "ballot.elements", "a packed choice holds bytes that are no element",
         _part(CHAIR, "ciphertexts.0", lambda old: old[:32] + NOT_AN_ELEMENT)),
    void("packed-alpha-identity", "T1", "ballot.elements", "the alpha of a packed choice is the identity",
         _part(MOTTO, "ciphertexts.1", lambda old: IDENTITY_BYTES + old[32:])),
    void("packed-proof-no-element", "T1", "ballot.elements", "the proof of a packed choice holds bytes that are no element",
         _part(MOTTO, "proof", lambda old: NOT_AN_ELEMENT + old[32:])),
    void("packed-scalar", "T1", "ballot.elements", "the answer of the proof of a packed choice is not reduced",
         _part(CHAIR, "proof", unreduced)),
    void("slot-nonce-twice", "T6 T24", "ballot.unique", "two slots of a ballot are made with one nonce", _one_nonce_twice),
    void("packed-nonce-twice", "T6 T24", "ballot.unique", "choice and text of a ballot are made with one nonce",
         _one_nonce_for_both_parts),
    void("slots-proof", "T3", "ballot.proof", "the last answer of a slot proof is another one", _part(COUNCIL, "final", shifted)),
    void("slots-first-answer", "T3", "ballot.proof", "the first answer of a slot proof is another one",
         _part(COUNCIL, "final", _final_scalar(0, bytes(32)))),
    void("slots-rounds-swapped", "T3", "ballot.proof", "two rounds of a slot proof change places",
         _part(COUNCIL, "rounds", swapped)),
    void("slots-swapped", "T2", "ballot.proof", "two slots change places under their proof",
         _part(COUNCIL, "ciphertexts", swapped)),
    void("slots-blank-swapped", "T2", "ballot.proof", "a slot stands where the blank is counted", _part(
        COUNCIL, "ciphertexts", lambda old: [old[2], old[1], old[0]])),
    void("slots-one-option-twice", "T18", "ballot.proof", "one option stands in both slots", lying_slots([2, 2], 0)),
    void("slots-descending", None, "ballot.proof", "the codes of a ballot descend", lying_slots([5, 2], 0)),
    void("slots-code-0", None, "ballot.proof", "a slot holds code 0", lying_slots([0, 2], 0)),
    void("slots-beyond-the-dummies", "T22", "ballot.proof", "a slot holds a code behind the last dummy", lying_slots([1, 8], 0)),
    void("slots-negative", "T22", "ballot.proof", "a slot holds a negative number, which nobody can count", lying_slots([-4, 2], 0)),
    void("slots-empty-and-not-blank", None, "ballot.proof", "no option is chosen, and the ballot is not counted as blank",
         lying_slots([6, 7], 0)),
    void("slots-blank-and-an-option", None, "ballot.proof", "a blank ballot has an option all the same", lying_slots([3, 7], 1)),
    void("slots-blank-twice", None, "ballot.proof", "a ballot counts as two blank ones", lying_slots([6, 7], 2)),
    void("slots-blank-taken-off", None, "ballot.proof", "a ballot takes a blank one away", lying_slots([1, 2], -1)),
    void("slots-other-codes-proved", "T2", "ballot.proof", "other codes are encrypted than are proved",
         lying_slots([2, 2], 0, ([1, 2], 0))),
    void("slots-over-other-bases", "T5", "ballot.proof", "a slot proof over the bases of another election", _other_slot_bases),
    void("slots-of-another-branch", "T6", "ballot.proof", "a slot proof speaks of another branch",
         proved_elsewhere(COUNCIL, branch=lambda branch: NORTH_1)),
    void("slots-of-another-election", "T29", "ballot.proof", "a slot proof speaks of another election",
         proved_elsewhere(COUNCIL, e1=flipped)),
    void("slots-of-another-contest", "T4", "ballot.proof", "a slot proof speaks of another contest",
         proved_elsewhere(COUNCIL, contest=lambda name: b"another")),
    void("slots-of-another-manifest", "T4", "ballot.proof", "a slot proof speaks of other limits",
         proved_elsewhere(COUNCIL, descriptor=flipped)),
    void("slots-anew", "T7", "ballot.proof", "slots of another ballot, encrypted anew", _altered(COUNCIL, _anew)),
    void("packed-proof", "T3", "ballot.proof", "the answer of the proof of a packed choice is another one",
         _part(MOTTO, "proof", shifted)),
    void("packed-parts-swapped", "T2", "ballot.proof", "choice and text change places under their proof",
         _part(MOTTO, "ciphertexts", swapped)),
    void("packed-anew", "T7", "ballot.proof", "a packed ranking of another ballot, encrypted anew", _altered(CHAIR, _anew)),
    void("packed-doubled", "T7", "ballot.proof", "twice what another ballot holds, to look for it when all are opened",
         _altered(CHAIR, _twice)),
    void("packed-of-another-serial", "T6", "ballot.proof", "the proof of a packed ranking speaks of another serial",
         proved_elsewhere(CHAIR, serial=lambda serial: serial + 1)),
    void("packed-of-another-domain", "T29", "ballot.proof", "the proof of a packed choice speaks of the real election",
         proved_elsewhere(MOTTO, domain=lambda domain: 3 - domain)),
    M("packed-copied", "T6 T7", "ballot.unique ballot.proof", "a packed ranking of another ballot, with its proof", "ballot",
      _chair_copied, nth=VOID),
]


def shown(name, what, contest, choices, nth=0, threats="T25"):
    return M(name, threats, "ballot.challenge", what, "challenge", setting(f"choices.{contest}", to(choices)), nth=nth)


def _other_dummy(ballot, maker):
    """The unused slot holds the first dummy: it means the same, and nobody can recompute it."""
    slots_of(ballot, maker, [3, 6], 0)


def _vote_for_another(contest, choices):
    """The device encrypts other choices than it shows."""
    def change(ballot, maker):
        ballot.contests[contest] = contest_ballot(maker.keys, ballot, contest, choices, bytes(32))
    return change


def _nothing_readable(ballot, maker):
    shape, context = maker.election.shapes[CHAIR], maker.keys.context(ballot, CHAIR)
    stream = RandomStream("attack/unreadable")
    parts = packed.parts_of(shape, shape.values + packed_number(shape, ranking(3, 1, 2)))
    nonces = [stream.nonzero() for _ in parts]
    pairs = packed.encrypt(maker.keys.key_table, parts, nonces)
    ballot.contests[CHAIR] = Value(encoding=4, ciphertexts=pairs, proof=packed.prove(context, pairs, nonces, stream.bytes(32)))


CHALLENGES = [
    shown("challenge-codes", "a challenge shows another code", COUNCIL, codes(4)),
    shown("challenge-codes-descending", "a challenge shows codes that descend", COUNCIL, codes(3, 1)),
    shown("challenge-code-twice", "a challenge shows a code twice", COUNCIL, codes(3, 3)),
    shown("challenge-code-0", "a challenge shows code 0", COUNCIL, codes(0)),
    shown("challenge-dummy", "a challenge shows the code of a dummy", COUNCIL, codes(3, 7)),
    shown("challenge-too-many-codes", "a challenge shows more codes than slots", COUNCIL, codes(1, 2, 3)),
    shown("challenge-blank-for-codes", "a challenge shows a blank ballot where an option was encrypted", COUNCIL, codes()),
    shown("challenge-codes-for-blank", "a challenge shows an option where a blank ballot was encrypted", COUNCIL, codes(1), nth=1),
    shown("challenge-marks-for-codes", "a challenge shows marks where codes must be", COUNCIL, marks([0, 0, 1, 0, 0, 0])),
    shown("challenge-text", "a challenge shows another text", MOTTO, subset(2, 4, text="صلہ")),
    shown("challenge-without-text", "a challenge shows no text where one was encrypted", MOTTO, subset(2, 4)),
    shown("challenge-text-long", "a challenge shows a text that there is no room for", MOTTO, subset(2, 4, text="صلح صلح"),
          threats="T25 T30"),
    shown("challenge-text-no-utf8", "a challenge shows a text that is not UTF-8", MOTTO,
          Value(encoding=3, codes=[2, 4], text=b"\xd8"), threats="T30"),
    shown("challenge-text-zeros", "a challenge shows a text with a zero byte behind it", MOTTO,
          Value(encoding=3, codes=[2, 4], text="صلح".encode() + b"\0"), threats="T15"),
    shown("challenge-subset", "a challenge shows another subset", MOTTO, subset(2, 3, text="صلح")),
    shown("challenge-subset-as-ranking", "a challenge shows a ranking where a subset must be", MOTTO, ranking(2, 4, text="صلح"),
          threats="T15"),
    shown("challenge-ranking", "a challenge shows another order of ranks", CHAIR, ranking(3, 2, 1)),
    shown("challenge-option-in-two-ranks", "a challenge shows an option in two ranks", CHAIR, ranking(3, 1, 1)),
    shown("challenge-empty-ranking", "a challenge shows an empty ranking where there must be one", CHAIR, ranking()),
    shown("challenge-text-without-room", "a challenge shows a text where none can be written in", CHAIR, ranking(3, 1, 2, text="x")),
    M("challenge-other-dummy", "T25", "ballot.challenge", "a device has left a slot empty by another dummy than it must",
      "ballot", _other_dummy, nth=1),
    M("challenge-slots-false", "T25", "ballot.challenge", "a device has encrypted another code than it showed",
      "ballot", _vote_for_another(COUNCIL, codes(4)), nth=1),
    M("challenge-packed-false", "T25", "ballot.challenge", "a device has packed another ranking than it showed",
      "ballot", _vote_for_another(CHAIR, ranking(1, 3, 2)), nth=1),
    M("challenge-unreadable", "T22 T25", "ballot.challenge", "a device has packed what is no choice, and a challenge catches it",
      "ballot", _nothing_readable, nth=1),
    M("challenge-blank-false", "T25", "ballot.challenge", "a device has encrypted a vote where it showed a blank ballot",
      "ballot", _vote_for_another(MOTTO, subset(1)), nth=6),
]

# What is opened


def plan(function):
    """Other openings than planned, numbered and answered like any others."""
    def change(entries, maker):
        entries[:] = function(entries)
    return change


def _lists_by_shut_out(value, maker):
    """The first trustee of the second board was absent from the key ceremony, and signs the requests for lists all the same."""
    maker.plans = [Plan(1, absent={(1, 1): "ill"})]
    maker.lists_signed_by = all_trustees


def _signed_as_sum(request, maker):
    request.quorum = quorum(maker, "open", maker.e1, hash32("request", LIST_REQUEST.before(request, "quorum")))


R, P = "opening.requests", "opening.policy"
REQUESTS = [
    M("list-not-opened", "T19", R, "a mixed list is not opened", "plan", plan(lambda entries: entries[:3] + entries[4:])),
    M("list-opened-twice", "T19", R, "a mixed list is opened a second time", "plan", plan(lambda entries: entries + entries[2:3])),
    M("lists-swapped", "T19", R, "two lists are opened in another order", "plan",
      plan(lambda entries: entries[:2] + [entries[3], entries[2]] + entries[4:])),
    M("list-before-total", "T19", R, "a list is opened before the total of its blanks", "plan",
      plan(lambda entries: [entries[2]] + entries[:2] + entries[3:])),
    M("list-after-another-sum", "T19", R, "a list is opened after a sum that is no total", "plan",
      plan(lambda entries: entries[:-2] + [entries[-1], entries[-2]])),
    M("blank-of-one-ballot", "T10", R, "the blanks of a contest with one ballot are opened", "plan",
      plan(lambda entries: entries[:2] + [("request", (WARD, [SOUTH]))] + entries[2:])),
    M("blanks-not-opened", "T19", R, "the blanks of a contest with slots are not opened", "plan", plan(
        lambda entries: entries[1:-1])),
    M("list-request-number", "T19", R, "the request for a list has another number", "list_request", setting("number", plus(1)), nth=3),
    M("list-request-previous", "T19", R, "the request for a list does not name the request before it", "list_request",
      setting("previous", flipped)),
    M("list-request-e1", "T29", R, "the request for a list names another election", "list_request", setting("e1", flipped), nth=1),
    M("list-request-domain", "T29", R, "the request for a list says that the election is real", "list_request",
      setting("domain", to(1)), nth=1),
    M("list-request-group", "T19", R, "the request for a list names another group", "list_request", setting("group", to(2))),
    M("list-request-contest", "T19", R, "the request for a list names another contest", "list_request",
      setting("contest", to(MOTTO)), nth=3),
    M("list-request-stages", "T19", R, "the request for a list names a stage less", "list_request", setting("stages", plus(-1))),
    M("list-request-length", "T19", R, "the request for a list names another number of ciphertexts", "list_request",
      setting("ciphertexts", plus(1)), nth=2),
    M("list-request-list", "T19", R, "the request for a list names another list", "list_request", setting("list", flipped), nth=2),
    M("list-request-earlier-list", "T19", R, "the boards order a list opened that only one of them has mixed", "list_request",
      lambda request, maker: setattr(request, "list", maker.cascades[0].stages[0][0].list)),
    M("list-request-closings", "T27", R, "the request for a list binds other closings", "list_request",
      setting("closings", flipped), nth=1),
    M("list-request-signature", "T19", R, "a signature under the request for a list is wrong", "list_request.signed",
      setting("quorum.1.0.signature", shifted), nth=1),
    M("list-request-short", "T26", R, "one board has a signature too few under the request for a list", "list_request.signed",
      setting("quorum.0", dropped), nth=2),
    M("list-request-signed-as-sum", "T19", R, "the boards have signed a request for a sum, not for a list", "list_request.signed",
      _signed_as_sum, nth=3),
    M("list-request-by-shut-out", "T19", R, "a trustee who was shut out has signed the requests for lists", "manifest",
      _lists_by_shut_out),
    M("total-previous-of-list", "T19", R, "a sum after the lists does not name the request before it", "request",
      setting("previous", flipped), nth=2),
    M("list-below-floor", "T10", P, "a list of fewer ballots than the floor is opened", "groups",
      lambda groups, maker: groups.__setitem__(slice(0, 2), [(COUNCIL, [NORTH_1, SOUTH]), (COUNCIL, [NORTH_2])])
      or setattr(maker, "sets", ())),
    M("lists-without-floor", "T10", P, "a contest with floor 0 is opened in two lists", "groups",
      lambda groups, maker: groups.__setitem__(slice(2, 3), [(MOTTO, [NORTH]), (MOTTO, [SOUTH])])),
    M("blanks-overlap-a-list", "T10", P, "the blanks of some branches of one list and some of another are opened", "groups",
      lambda groups, maker: setattr(maker, "sets", ((COUNCIL, [NORTH_1, SOUTH]),))),
    M("blanks-in-a-list", "T10", P, "blanks are opened that leave a list with fewer ballots than the floor", "groups",
      lambda groups, maker: setattr(maker, "sets", ((COUNCIL, [NORTH_1]),))),
    M("blanks-twice", "T10", P, "the blanks of the same branches are opened twice", "groups",
      lambda groups, maker: setattr(maker, "sets", ((COUNCIL, [NORTH]), (COUNCIL, [NORTH_1, NORTH_2])))),
]

# What follows from it


def result(name, threats, what, contest, change, fails="result.counts", hook="result.counts"):
    return M(name, threats, fails, what, hook, change, nth=contest)


def move(source, target):
    def change(value, maker):
        value.counts[source] -= 1
        value.counts[target] += 1
    return change


def _opening(function):
    """A change of the list of (kind, value) of opening.pb."""
    def change(files, maker):
        files[OPENING_FILE] = function(list(files[OPENING_FILE]), maker)
    return change


def without(*kinds):
    return _opening(lambda items, maker: [entry for entry in items if entry[0] not in [KIND_OF[kind] for kind in kinds]])


def _swap(kind, nth=0):
    def change(items, maker):
        at = [i for i, (k, _) in enumerate(items) if k == KIND_OF[kind]][nth]
        items[at], items[at + 1] = items[at + 1], items[at]
        return items
    return _opening(change)


def _again(kind):
    """The first item of a kind stands there twice."""
    def change(items, maker):
        at = [i for i, (k, _) in enumerate(items) if k == KIND_OF[kind]][0]
        return items[:at] + [items[at]] + items[at:]
    return _opening(change)


def _subtotal_of_a_list(items, maker):
    request = maker.openings[2].request
    at = [i for i, (k, _) in enumerate(items) if k == KIND_OF["subtotal"]][0]
    return items[:at] + [(KIND_OF["subtotal"], Value(number=request.number, ballots=3, counts=[2, 2, 1, 0, 0, 1]))] + items[at:]


def _ranked(change):
    """A change of the attributes of the assembly, signed anew."""
    def changed(files, maker):
        entry = next(value for kind, value in files[OPENING_FILE] if kind == KIND_OF["attributes"] and value.contest == ASSEMBLY)
        change(entry)
        settling.sign_attributes(maker, entry)
    return changed


def no_ties_of_results(manifest):
    manifest.contests[COUNCIL].seats, manifest.contests[COUNCIL].alternates = 3, 1
    manifest.contests[MOTTO].alternates = 2


def _lot_hidden(manifest, maker):
    """Only an allocation needs the lot, and it is not there."""
    no_ties_of_results(manifest)
    maker.lot_hidden = True


def _lot_nobody_needs(manifest, maker):
    no_ties_of_results(manifest)
    maker.attributes = {**maker.attributes, ASSEMBLY: {0: [30], 1: [31], 2: [45]}}
    maker.lot_anyway = True


def other_allocation(attributes=None, seed=True):
    """The allocation as it would be with other attributes (option -> values), or without a lot; None: without any."""
    def change(item, maker):
        contest, own = maker.election.contests[item.contest], maker.results[item.contest]
        rankings = allocation.rankings_of(maker.choices[item.contest])
        made, _ = allocation.allocation_of(contest, own, rankings, attributes, maker.lot_seed if seed else None)
        item.__dict__.update(vars(made))
    return change


def _with_counts(change_counts):
    """The allocation that other counts would give."""
    def change(item, maker):
        contest, own = maker.election.contests[item.contest], copy.deepcopy(maker.results[item.contest])
        change_counts(own.counts)
        made, _ = allocation.allocation_of(contest, own, [], maker.attributes[item.contest], maker.lot_seed)
        item.__dict__.update(vars(made))
    return change


def _of_plurality(items, maker):
    """An allocation for a contest that has none."""
    at = [i for i, (k, _) in enumerate(items) if k == KIND_OF["allocation"]][0]
    return items[:at] + [(KIND_OF["allocation"], Value(contest=COUNCIL, elected=[0], alternates=[], runoff=[], transcript=[]))] \
        + items[at:]


def _one_vote_more(counts):
    counts[3] += 2


A = "result.allocations"
RESULTS = [
    result("slots-moved", "T28", "a vote of a mixed list is moved from one option to another", COUNCIL, move(0, 4)),
    result("slots-blank", "T28", "a blank ballot is counted that there is not", COUNCIL, setting("counts.5", plus(1))),
    result("slots-count-missing", "T28", "the count of the blanks is missing", COUNCIL, setting("counts", dropped)),
    result("slots-dummies-counted", "T21", "unused slots stand among the counts", COUNCIL,
           setting("counts", lambda old: old[:5] + [1, 1] + old[5:])),
    result("slots-ballots", "T28", "a result counts a ballot too many", COUNCIL, setting("ballots", plus(1))),
    result("invalid-as-vote", "T22", "an invalid vote is counted as a vote", MOTTO, move(5, 1)),
    result("invalid-as-blank", "T22", "an invalid vote is counted as a blank ballot", MOTTO, move(5, 4)),
    result("invalid-hidden", "T22", "an invalid vote is not counted", MOTTO, setting("counts.5", to(0))),
    result("invalid-missing", "T22", "the number of invalid votes is missing", MOTTO, setting("counts", dropped)),
    result("ranking-with-counts", "T28", "a ranking has counts of options", CHAIR, setting("counts", lambda old: [2, 2, 1] + old)),
    result("ranking-invalid", "T22", "an invalid ranking is counted that there is not", CHAIR, setting("counts.0", plus(1))),
    result("one-ballot-opened", "T10", "a contest is counted that was not opened, its only ballot", WARD, setting("counts.0", to(1))),
    result("one-ballot-ballots", "T28", "the ballots of a contest that was not opened are not told", WARD, setting("ballots", to(0))),
    result("rule-elects-in-result", "T28", "the result of a contest with a rule of its own elects somebody", CHAIR,
           setting("elected", to([0])), "result.seats", "result"),
    result("rule-alternate-in-result", "T28", "the result of a contest with a rule of its own names an alternate", ASSEMBLY,
           setting("alternates", to([1])), "result.seats", "result"),
    result("rule-tie-in-result", "T28", "the result of a contest with a rule of its own has a tie", ASSEMBLY,
           setting("ties", to([Value(seats=1, alternates=0, options=[0, 1])])), "result.seats", "result"),
    result("slots-elected", "T28", "somebody is elected in a tie", COUNCIL, setting("elected", to([0, 1])), "result.seats", "result"),
    M("blank-subtotal", "T28", "result.subtotals", "the blanks of a part are others than were opened", "subtotal",
      setting("counts.0", to(0))),
    M("blank-subtotal-ballots", "T28", "result.subtotals", "the blanks of a part are of more ballots", "subtotal",
      setting("ballots", plus(1))),
    M("blank-subtotal-with-options", "T28", "result.subtotals", "the blanks of a part stand beside counts of options", "subtotal",
      setting("counts", lambda old: [2, 2, 1, 0, 0] + old)),
    M("subtotal-of-a-list", "T28", "result.subtotals", "a mixed list has a subtotal", "files", _opening(_subtotal_of_a_list)),
    M("rule-attributes-missing", "T28", "result.ties", "the attributes that an allocation took are missing", "files",
      remove_kind(OPENING_FILE, "attributes", 1)),
    M("rule-attributes-option-missing", "T28", "result.ties", "the attributes lack an option of a tie in an allocation", "files",
      _ranked(lambda entry: entry.options.pop())),
    M("rule-attributes-of-others", "T28", "result.ties", "the attributes name an option that is in no tie of the allocation",
      "files", _ranked(lambda entry: entry.options.append(Value(option=3, values=[20])))),
    M("rule-attributes-signature", "T28", "result.ties", "the authority's signature of an allocation's attributes is wrong",
      "attributes.signed", setting("signature", shifted), nth=1),
    M("rule-resolution", "T28", "result.ties", "a tie of an allocation stands there as one of a result", "files",
      _opening(lambda items, maker: items[:-2] + [(KIND_OF["resolution"], Value(contest=ASSEMBLY, tie=0, options=[2, 0, 1]))]
               + items[-2:])),
    M("rule-lot-missing", "T27", "result.ties", "the lot that an allocation needs is missing", "manifest.keys", _lot_hidden),
    M("rule-lot-nobody-needs", "T27", "result.ties", "a lot is drawn where attributes decide every allocation", "manifest.keys",
      _lot_nobody_needs),
    M("allocation-missing", "T28", A, "a contest with a rule of its own has no allocation", "files",
      remove_kind(OPENING_FILE, "allocation", 1)),
    M("allocations-missing", "T28", A, "there are no allocations", "files", without("allocation")),
    M("allocations-swapped", "T28", A, "two allocations stand in another order", "files", _swap("allocation")),
    M("allocation-twice", "T28", A, "an allocation stands there twice", "files", _again("allocation")),
    M("allocation-of-plurality", "T28", A, "a contest without a rule of its own has an allocation", "files", _opening(_of_plurality)),
    M("allocation-contest", "T28", A, "an allocation names another contest", "allocation", setting("contest", to(COUNCIL))),
    M("allocation-elected", "T28", A, "somebody else is elected", "allocation", setting("elected.0", to(1)), nth=1),
    M("allocation-elected-order", "T28", A, "the elected stand in another order", "allocation", setting("elected", swapped), nth=1),
    M("allocation-winner", "T28", A, "another option wins the rankings", "allocation", setting("elected", to([1]))),
    M("allocation-alternates", "T28", A, "an alternate is missing", "allocation", setting("alternates", dropped), nth=1),
    M("allocation-runoff", "T28", A, "a run-off that the rule does not know", "allocation", setting("runoff", to([1]))),
    M("allocation-step-missing", "T28", A, "the last step of a transcript is missing", "allocation",
      setting("transcript", dropped), nth=1),
    M("allocation-step-kind", "T28", A, "a step of a transcript has another kind", "allocation",
      setting("transcript.2.kind", to(17)), nth=1),
    M("allocation-step-value", "T28", A, "a step of a transcript has another value", "allocation",
      setting("transcript.0.values.0", to(b"7")), nth=1),
    M("allocation-step-number", "T15", A, "a step of a transcript writes a number with a leading zero", "allocation",
      setting("transcript.0.values.0", to(b"06")), nth=1),
    M("allocation-step-subject", "T28", A, "a step of a transcript names another party", "allocation",
      setting("transcript.1.subjects.0", to(7)), nth=1),
    M("allocation-transcript-empty", "T28", A, "an allocation does not tell its steps", "allocation", setting("transcript", to([]))),
    M("allocation-of-other-counts", "T28", A, "an allocation follows from other counts, step by step", "allocation",
      _with_counts(_one_vote_more), nth=1),
    M("allocation-against-attributes", "T28", A, "an allocation follows from other attributes, step by step", "allocation",
      other_allocation({0: [40], 1: [50], 2: [0]})),
    M("allocation-by-lot-alone", "T27", A, "an allocation draws by lot what attributes decide", "allocation",
      other_allocation({}), nth=1),
    M("allocation-open-in-settled", "T27", A, "an allocation is open where the others are settled", "allocation",
      other_allocation(None, False), nth=1),
    M("allocation-settled-in-open", "T27", A, "allocations are settled by what the record does not have", "files",
      without("attributes", "lot_reveal", "lot_beacon", "resolution")),
]

# Files, kinds and their order


def _mix(function):
    def change(files, maker):
        files[FIRST_MIX] = function(list(files[FIRST_MIX]))
    return change


def _first(items, kind):
    return [i for i, (k, _) in enumerate(items) if k == KIND_OF[kind]][0]


def _moved(kind, other):
    """The first item of a kind goes before the first of another."""
    def change(items, maker=None):
        moved = items.pop(_first(items, kind))
        items.insert(_first(items, other), moved)
        return items
    return change


def _after_results(kind):
    def change(items, maker):
        moved = items.pop(_first(items, kind))
        items.insert(_first(items, "result") + 1, moved)
        return items
    return _opening(change)


def _byte(file, layout, at, value):
    """One byte of the first item of a kind in the files whose names begin so; at(value of the item): its offset."""
    def change(data, maker):
        for name in [name for name in data if name.startswith(file)]:
            for start, kind, canonical in SegmentReader(_Bytes(data[name])):
                if kind == KIND_OF[layout.name]:
                    place = at(layout.decode(canonical))
                    wrong = canonical[:place] + bytes([value]) + canonical[place + 1:]
                    size = len(item_bytes(kind, canonical))
                    data[name] = data[name][:start] + item_bytes(kind, wrong) + data[name][start + size:]
                    return
    return change


def _empty_mix_file(data, maker):
    last = max(name for name in data if name.startswith("mix-"))
    items = list(data.items())
    at = [name for name, _ in items].index(last) + 1
    items.insert(at, (f"mix-{int(last[4:10]) + 1:06}.pb", b""))
    data.clear()
    data.update(items)


def _mix_file_gone(data, maker):
    data.pop(max(name for name in data if name.startswith("mix-")))


def _mix_first(head, maker):
    mixes = [entry for entry in head.files if entry.name.startswith(b"mix-")]
    head.files = [entry for entry in head.files if not entry.name.startswith(b"mix-")]
    head.files[2:2] = mixes


def _gap(head, maker):
    entry = [entry for entry in head.files if entry.name.startswith(b"mix-")][-1]
    entry.name = b"mix-000009.pb"


ITEMS = "record.items"
FILES = [
    M("mix-files-first", "T30", "record.head", "the head lists the mix before the ballots", "head", _mix_first),
    M("mix-file-gap", "T30", "record.head", "a number of a mix file is left out", "head", _gap),
    M("mix-file-missing", "T9", "record.files", "a mix file that the head lists is not there", "all", _mix_file_gone),
    M("mix-file-empty", "T30 T9", ITEMS, "the last mix file has no items", "bytes", _empty_mix_file),
    M("mix-without-group", "T9", ITEMS, "the mix files begin with a stage", "files", _mix(lambda items: items[1:])),
    M("stage-without-list", "T9", ITEMS, "a stage has no list", "files", _mix(lambda items: items[:2] + items[3:])),
    M("list-without-stage", "T9", ITEMS, "a list belongs to no stage", "files", _mix(lambda items: items[:1] + items[2:])),
    M("factors-without-list", "T9", ITEMS, "factors are announced and not there", "files", _mix(lambda items: items[:-1])),
    M("factors-before-stage", "T9", ITEMS, "the factors of an answer stand before a stage", "files", _mix(
        lambda items: items[:3] + items[7:9] + items[3:7] + items[9:])),
    M("ballot-among-mix", "T9", ITEMS, "an opening stands among the mix", "files",
      lambda files, maker: files[FIRST_MIX].append(files["ballots-000001.pb"][0])),
    M("group-among-results", "T9", ITEMS, "a group stands among what was opened", "files",
      lambda files, maker: files[OPENING_FILE].append(files[FIRST_MIX][0])),
    M("answer-of-sum-to-list", "T9", ITEMS, "a partial decryption of a sum stands under a list", "files",
      _opening(lambda items, maker: _moved("list_request", "partial")(items))),
    M("answer-of-list-to-sum", "T9", ITEMS, "an answer to a list stands under a sum", "files",
      _opening(lambda items, maker: _moved("list_partial", "partial")(items))),
    M("list-request-after-result", "T9", ITEMS, "a list is ordered opened behind the first result", "files", _after_results("list_request")),
    M("allocation-before-resolution", "T9", ITEMS, "an allocation stands before a resolution", "files",
      _opening(lambda items, maker: _moved("allocation", "resolution")(items))),
    M("attributes-after-allocation", "T9", ITEMS, "attributes stand behind an allocation", "files",
      _opening(lambda items, maker: [entry for entry in items if entry[0] != KIND_OF["attributes"]]
               + [entry for entry in items if entry[0] == KIND_OF["attributes"]])),
    M("ballot-encoding-5", "T30", ITEMS, "a contest ballot has encoding 5", "bytes", _byte("ballots-", BALLOT, lambda value: 22, 5)),
    M("ballot-encoding-0", "T30", ITEMS, "a contest ballot has encoding 0", "bytes", _byte("ballots-", BALLOT, lambda value: 22, 0)),
    M("choices-encoding-7", "T30", ITEMS, "the choices of a challenge have encoding 7", "bytes",
      _byte("ballots-", CHALLENGE, lambda value: 24, 7)),
    M("mix-elements-none", "T30", ITEMS, "a part of a list has no elements", "files",
      lambda files, maker: setattr(files[FIRST_MIX][2][1], "elements", [])),
    M("list-request-no-element", "T1", "record.elements", "a signature under the request for a list holds no element",
      "list_request.signed", setting("quorum.0.0.signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("list-partial-no-element", "T1", "record.elements", "the proof of an answer to a list holds no element", "list_partial",
      setting("proof", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("list-partial-scalar", "T1", "record.elements", "the proof of an answer to a list holds a scalar that is not reduced",
      "list_partial", setting("proof", unreduced), nth=1),
    M("stage-signature-no-element", "T1", "record.elements", "the signature of a stage holds no element", "mix_stage.signed",
      setting("signature", lambda old: NOT_AN_ELEMENT + old[32:])),
]
MIXED = MANIFESTS + FORMS + CHALLENGES + REQUESTS + RESULTS + FILES
