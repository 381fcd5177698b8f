"""Changes of the election in which everything happens: manifest, key ceremony, head."""

import copy

from .. import ceremony as ceremony_rules
from ..group import GENERATOR_BYTES, IDENTITY_BYTES
from ..hashing import hash32
from ..items import HEAD, KIND_OF
from ..layout import Value
from .everything import CHEAT, LIE
from .journals import quorum
from .keys import Plan
from .mutating import NOT_AN_ELEMENT, all_trustees, by_shut_out, dropped, flipped, planned, setting, shifted, to
from .mutating import rich as M
from .parties import contest


def _absence_by_absent(absence, maker):
    absence.quorum = quorum(maker, "dkg/absence", maker.election.e0, ceremony_rules.absence_digest(absence),
                            all_trustees(maker))


def in_ceremony(change):
    """A change of the files that sees the ceremony attempt by attempt."""
    def apply(files, maker):
        held = copy.deepcopy(maker.ceremony)  # who signs the head is not to change
        change(held)
        files["ceremony.pb"] = [(KIND_OF[layout.name], value) for attempt in held.attempts
                                for _, layout, value in attempt.items()]
        files["ceremony.pb"].append((KIND_OF["election_key"], held.election_key))
    return apply


def _renumbered(number, names=ceremony_rules.LAYOUT):
    def change(held):
        for _, _, item in held.attempts[0].items(names):
            item.attempt = number
    return change


def _taken_out(attempt, name):
    """Takes a trustee out of an attempt."""
    def change(held):
        for kind in ("commits", "reveals", "deals", "confirms"):
            items = getattr(held.attempts[attempt], kind)
            setattr(held.attempts[attempt], kind, [item for item in items if (item.board, item.trustee) != name])
    return change


def _moved_up(held):
    """A complaint in the attempt that succeeded."""
    complaint = held.attempts[1].complaints[0]
    complaint.attempt, complaint.trustee, complaint.dealer = held.last.number, 1, 2
    held.last.complaints = [complaint]
    held.attempts[1].complaints = []


def _confirmed_early(held):
    held.attempts[0].confirms = [Value(**{**vars(held.last.confirms[0]), "attempt": 1, "board": board, "trustee": trustee})
                                 for board, trustee in held.attempts[0].participants]


def _late_copy(reveal, participants):
    """The reveal holds the coefficients of supervision's second trustee, who has committed to them."""
    victim = next(trustee for trustee in participants if (trustee.board, trustee.number) == (1, 2))
    reveal.coefficients = list(victim.coefficients)


def _wrong_salt(reveal, participants):
    reveal.salt = flipped(reveal.salt)


def _many_contests(manifest, maker):
    manifest.contests += [contest(f"extra-{i}", 0, [str(j) for j in range(1024)], 1, 1, False, 1, 0) for i in range(32)]


CEREMONY = [
    M("unknown-trustee", "T12", "ceremony.complete", "a commit of the last attempt names a trustee who does not exist",
      "files", in_ceremony(lambda held: setattr(held.last.commits[-1], "trustee", 9))),
    M("coefficient-missing", "T11", "ceremony.complete", "a reveal of the last attempt has a coefficient and a proof too few",
      "files", in_ceremony(lambda held: (held.last.reveals[0].coefficients.pop(), held.last.reveals[0].proofs.pop()))),
    M("board-key-missing", "T12", "ceremony.complete", "election_key lacks the key of one board",
      "files", in_ceremony(lambda held: held.election_key.boards.pop())),
    M("eligibility-2", "T30", "record.items", "the manifest asks for an eligibility log by 2",
      "manifest.keys", setting("eligibility", to(2)), base="small"),
    M("nine-attributes", "T30", "record.items", "a contest has nine attributes", "manifest.keys", setting(
        "contests.0.attributes", lambda old: [Value(id=b"a%d" % i, labels=[]) for i in range(9)]), base="small"),
    M("complaint-after-confirm", "T11", "record.items", "a complaint stands behind the confirmations", "files",
      lambda files, maker: files["ceremony.pb"].insert(-1, next(
          entry for entry in files["ceremony.pb"] if entry[0] == KIND_OF["dkg_complaint"]))),
    M("authority-no-element", "T1", "record.elements", "the authority's key is no element",
      "manifest", setting("authority.0.signing_key", to(NOT_AN_ELEMENT))),
    M("complaint-no-element", "T1", "record.elements", "a complaint shows a key that is no element",
      "dkg_complaint", setting("shared", to(NOT_AN_ELEMENT))),
    M("absence-no-element", "T1", "record.elements", "a signature under an absence holds no element",
      "dkg_absence.signed", setting("quorum.0.0.signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("attributes-without-authority", None, "manifest.rules", "a contest has attributes, and nobody who signs them",
      "manifest.keys", setting("authority", to([]))),
    M("attribute-twice", None, "manifest.rules", "two attributes of a contest have one id",
      "manifest.keys", setting("contests.0.attributes.1.id", to(b"age"))),
    M("too-many-ciphertexts", "T30", "manifest.rules", "all contests together have more than 32,768 ciphertexts",
      "manifest.keys", _many_contests),
    M("level-8", None, "manifest.rules", "a place has level 8", "manifest.keys", setting("nodes.2.level", to(8)),
      base="small"),
    M("authority-proof", "T12", "manifest.roster", "the authority's proof for its key is wrong",
      "manifest", setting("authority.0.signing_proof", shifted)),
    M("authority-identity", "T1", "manifest.roster", "the authority's key is the identity",
      "manifest", setting("authority.0.signing_key", to(IDENTITY_BYTES))),
    M("authority-is-trustee", "T12", "manifest.roster", "the authority has a trustee's key",
      "manifest", lambda manifest, maker: setattr(manifest.authority[0], "signing_key",
                                                  manifest.boards[0].trustees[0].signing_key)),
    M("attempts-descending", "T11", "ceremony.complete", "the first attempt has a higher number than the second",
      "files", in_ceremony(_renumbered(3))),
    M("attempt-of-two-numbers", "T11", "ceremony.complete", "the deals of an attempt have another number",
      "files", in_ceremony(_renumbered(2, ("deals",)))),
    M("trustee-comes-later", "T12", "ceremony.complete", "a trustee takes part in the second attempt and not in the first",
      "files", in_ceremony(_taken_out(0, (0, 2)))),
    M("absent-takes-part", "T11", "ceremony.complete", "an absence names a trustee who takes part",
      "files", in_ceremony(lambda held: setattr(held.last.absences[0], "trustee", 2))),
    M("absent-was-shut-out", "T11", "ceremony.complete", "an absence names a trustee who was shut out before",
      "files", in_ceremony(lambda held: setattr(held.last.absences[0], "trustee", 1))),
    M("absence-twice", "T11", "ceremony.complete", "an absence stands there twice",
      "files", in_ceremony(lambda held: held.last.absences.append(held.last.absences[0]))),
    M("too-few-of-a-board", "T13", "ceremony.complete", "one board has fewer trustees in the last attempt than its threshold",
      "files", in_ceremony(_taken_out(2, (1, 2)))),
    M("reveal-missing", "T11", "ceremony.complete", "an attempt that failed lacks a reveal",
      "files", in_ceremony(lambda held: held.attempts[1].reveals.pop())),
    M("deals-of-some", "T14", "ceremony.complete", "an attempt that failed lacks a deal",
      "files", in_ceremony(lambda held: held.attempts[1].deals.pop())),
    M("complaint-without-deals", "T14", "ceremony.complete", "an attempt with a complaint has no deals",
      "files", in_ceremony(lambda held: held.attempts[0].deals.clear())),
    M("complaint-twice", "T14", "ceremony.complete", "a complaint stands there twice",
      "files", in_ceremony(lambda held: held.attempts[0].complaints.append(held.attempts[0].complaints[0]))),
    M("complaint-against-oneself", "T14", "ceremony.complete", "a complaint's accuser and dealer are one trustee",
      "files", in_ceremony(lambda held: setattr(held.attempts[0].complaints[0], "dealer", 3))),
    M("complaint-against-nobody", "T14", "ceremony.complete", "a complaint names a dealer whom the board does not have",
      "files", in_ceremony(lambda held: setattr(held.attempts[1].complaints[0], "dealer", 4))),
    M("complaint-at-the-end", "T14", "ceremony.complete", "the last attempt has a complaint",
      "files", in_ceremony(_moved_up)),
    M("confirmed-early", "T11", "ceremony.complete", "an attempt that failed has confirmations",
      "files", in_ceremony(_confirmed_early)),
    M("last-without-deals", "T14", "ceremony.complete", "the last attempt has no deals",
      "files", in_ceremony(lambda held: held.last.deals.clear())),
    M("share-key-missing", "T12", "ceremony.complete", "election_key lacks the place of a trustee who was shut out",
      "files", in_ceremony(lambda held: held.election_key.boards[0].share_keys.pop())),
    M("head-by-shut-out", "T27", "record.signatures", "a trustee who was shut out has signed the head",
      "head.signed", by_shut_out("head", lambda head: hash32("head", HEAD.before(head, "quorum")))),
    M("complaint-signature", "T14", "ceremony.signatures", "the signature of a complaint is wrong",
      "dkg_complaint.signed", setting("signature", shifted)),
    M("early-deal-signature", "T14", "ceremony.signatures", "the signature of a deal of an attempt that failed is wrong",
      "dkg_deal.signed", setting("signature", shifted), nth=4),
    M("absence-signature", "T11", "ceremony.signatures", "a board's signature of an absence is wrong",
      "dkg_absence.signed", setting("quorum.1.0.signature", shifted)),
    M("absence-quorum-short", "T11", "ceremony.signatures", "an absence has a signature less than a board's threshold",
      "dkg_absence.signed", setting("quorum.0", dropped)),
    M("absence-by-shut-out", "T11", "ceremony.signatures", "a trustee who was shut out has signed an absence",
      "dkg_absence.signed", _absence_by_absent),
    M("nobody-guilty", "T11", "ceremony.blame", "the first attempt failed and proves nobody guilty",
      "manifest", planned(Plan(1), Plan(2)), base="small"),
    M("cheat-stays", "T14", "ceremony.blame", "a dealer who was proved guilty takes part in the next attempt",
      "manifest", planned(Plan(1, let_in=[(0, 1)], **CHEAT), Plan(2))),
    M("liar-stays", "T14", "ceremony.blame", "a false accuser takes part in the next attempt",
      "manifest", planned(Plan(1, let_in=[(1, 3)], **LIE), Plan(2))),
    M("victim-shut-out", "T14", "ceremony.blame", "the accuser is shut out, although the dealer is guilty",
      "manifest", planned(Plan(1, let_in=[(0, 1)], **CHEAT), Plan(2, missing=[(0, 3)]))),
    M("left-out", "T12", "ceremony.blame", "a trustee without guilt is left out of the second attempt",
      "manifest", planned(Plan(1, **CHEAT), Plan(2, missing=[(0, 4)]))),
    M("left-out-at-first", "T12", "ceremony.blame", "a trustee is left out of the first attempt without a statement",
      "manifest", planned(Plan(1, missing=[(0, 4)]))),
    M("on-after-a-fault", "T11", "ceremony.blame", "an attempt went on to the deals although a reveal is at fault",
      "manifest", planned(Plan(1, reveal_faults={(1, 1): _wrong_salt}), Plan(2, missing=[(1, 1)]))),
    M("stopped-without-fault", "T11", "ceremony.blame", "an attempt has no deals although no reveal is at fault",
      "manifest", planned(Plan(1, reveals=True), Plan(2, missing=[(0, 4)]))),
    M("copied-from-shut-out", "T11", "ceremony.blame", "a trustee is shut out since another repeated its coefficients late",
      "manifest", planned(Plan(1, reveals=True, reveal_faults={(0, 1): _late_copy}), Plan(2, missing=[(1, 2)]))),
    M("key-of-shut-out", "T12", "ceremony.key", "election_key gives a share key to a trustee who was shut out",
      "ceremony", setting("election_key.boards.0.share_keys.0", to(GENERATOR_BYTES))),
    M("key-missing", "T12", "ceremony.key", "election_key gives the identity as the share key of a trustee who took part",
      "ceremony", setting("election_key.boards.0.share_keys.1", to(IDENTITY_BYTES))),
]
