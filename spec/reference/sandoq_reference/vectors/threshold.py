"""Vectors of section 55: whole ceremonies from secrets, attempts that fail, complaints, and what must be rejected."""

import copy

from .. import ceremony as rules
from ..blame import judge_complaint
from ..group import GENERATOR_BYTES, encode, multiply_generator
from ..hashing import frame, scalar_bytes
from ..items import DKG_COMMIT, DKG_COMPLAINT, DKG_CONFIRM, DKG_DEAL, DKG_REVEAL, ELECTION_KEY, KIND_OF, MANIFEST
from ..layout import Value
from ..making.election import Maker
from ..making.journals import quorum
from ..making.keys import Plan, hold, no_scalar, receive, wrong_box, wrong_share
from ..making.mutating import flipped, setting, shifted, swapped, to
from ..random_stream import RandomStream
from ..verify.setup import check_ceremony
from ..verify.verdict import Findings
from . import opening
from .section import Section

LAYOUTS = (("commits", DKG_COMMIT), ("reveals", DKG_REVEAL), ("deals", DKG_DEAL), ("confirms", DKG_CONFIRM))
BEFORE = ("record.head", "record.files", "record.items", "record.elements", "manifest.rules", "record.binding",
          "manifest.roster", "record.signatures")


def _items(held):
    out = {name: [layout.encode(item) for item in getattr(held.last, name)] for name, layout in LAYOUTS}
    out["election_key"] = ELECTION_KEY.encode(held.election_key)
    return out


def _stream(held):
    """The items of ceremony.pb in order."""
    items = [{"kind": KIND_OF[layout.name], "bytes": layout.encode(item)} for attempt in held.attempts
             for _, layout, item in attempt.items()]
    return items + [{"kind": KIND_OF["election_key"], "bytes": ELECTION_KEY.encode(held.election_key)}]


def _failing(held, election):
    """Failing checks of the ceremony, all before being taken as passed."""
    findings = Findings()
    findings.finish(*BEFORE)
    check_ceremony(held, findings, election)
    return [entry["id"] for entry in findings.report()[0]
            if entry["status"] == "fail" and entry["id"].startswith("ceremony.")]


def _held(maker, plans, hook=None, known={}):
    """A ceremony of the maker's election with these attempts; hook(name, value, trustees, maker) may change items."""
    key = maker.seed, repr([vars(plan) for plan in plans])
    if not hook and key in known:
        return copy.deepcopy(known[key])
    out = _held_anew(maker, plans, hook)
    if not hook:
        known[key] = copy.deepcopy(out)
    return out


def _held_anew(maker, plans, hook):
    trustees = copy.deepcopy(maker.trustees)

    def signatures(participants, purpose, election_id, digest):
        return quorum(maker, purpose, election_id, digest, participants)

    def call(name, value):
        if hook:
            hook(name, value, trustees, maker)
    return hold(maker.election, trustees, plans, call, signatures)


def _ceremony(section, maker):
    election, held, keys = maker.election, maker.ceremony, maker.derived
    manifest = MANIFEST.encode(election.manifest)
    assert _failing(held, election) == []
    assert all(receive(election, held, t) == t.share for board in maker.trustees for t in board)
    secrets = [{"board": t.board, "trustee": t.number, "signing_key": scalar_bytes(t.signing),
                "encryption_key": scalar_bytes(t.encryption), "polynomial": [scalar_bytes(a) for a in t.polynomial],
                "salt": t.salt, "share": scalar_bytes(t.share)} for board in maker.trustees for t in board]
    return section.add(
        "two boards of two out of three", "ceremony", manifest=manifest, e0=election.e0, attempt=held.last.number,
        secrets=secrets, **_items(held), commitments_hash=held.hcom(election.e0, held.last), board_keys=keys.boards,
        share_keys=keys.shares, key=keys.key,
        transcript_hash=rules.transcript_hash(held, election.e0, keys.boards, keys.key), e1=maker.e1)


BAD = [
    ("a commit missing", lambda c: c.last.commits.pop()),
    ("commits in another order", lambda c: setattr(c.last, "commits", swapped(c.last.commits))),
    ("one attempt number differs", lambda c: setattr(c.last.deals[2], "attempt", 2)),
    ("a reveal of another trustee", lambda c: setattr(c.last.reveals[3], "trustee", 2)),
    ("a coefficient missing", lambda c: (c.last.reveals[1].coefficients.pop(), c.last.reveals[1].proofs.pop())),
    ("a coefficient too many", lambda c: (c.last.reveals[1].coefficients.append(GENERATOR_BYTES),
                                          c.last.reveals[1].proofs.append(bytes(64)))),
    ("an entry missing in a deal", lambda c: c.last.deals[0].entries.pop()),
    ("no confirmations", lambda c: c.last.confirms.clear()),
    ("no deals", lambda c: c.last.deals.clear()),
    ("a share key missing in election_key", lambda c: c.election_key.boards[0].share_keys.pop()),
    ("a board missing in election_key", lambda c: c.election_key.boards.pop()),
]


def _on(hook, nth, change):
    """A hook that changes the nth item (from 0) that comes by under this name."""
    left = [nth]

    def call(name, value, trustees, maker):
        if name == hook:
            if left[0] == 0:
                change(value, maker)
            left[0] -= 1
    return call


def _bad_ceremonies(section, base, maker):
    def add(comment, held, check):
        found = _failing(held, maker.election)
        assert found and found[0] == check, (comment, found)
        section.add(comment, "ceremony", "reject", base, check, fails_all=found, **_items(held))

    for comment, change in BAD:
        held = copy.deepcopy(maker.ceremony)
        change(held)
        add(comment, held, "ceremony.complete")
    held = copy.deepcopy(maker.ceremony)
    held.last.reveals[4].signature = shifted(held.last.reveals[4].signature)
    add("a wrong signature on a reveal", held, "ceremony.signatures")
    held = copy.deepcopy(maker.ceremony)
    held.last.confirms[0].signature = maker.ceremony.last.commits[0].signature
    add("the signature of a commit on a confirm", held, "ceremony.signatures")
    for check, comment, hook, nth, change in (
            ("ceremony.commitments", "another salt than committed", "dkg_reveal", 1, setting("salt", flipped)),
            ("ceremony.commitments", "another h", "dkg_commit", 2, setting("h", flipped)),
            ("ceremony.possession", "a wrong proof of possession", "dkg_reveal", 2, setting("proofs.1", shifted)),
            ("ceremony.possession", "proofs of possession swapped", "dkg_reveal", 5, setting("proofs", swapped)),
            ("ceremony.possession", "c1 is the identity", "dkg_deal", 1, setting("entries.2.c1", to(bytes(32)))),
            ("ceremony.confirmations", "another transcript confirmed", "dkg_confirm", 3, setting("transcript", flipped)),
            ("ceremony.key", "share keys swapped", "ceremony", 0, setting("election_key.boards.1.share_keys", swapped)),
            ("ceremony.key", "a share key that is the identity", "ceremony", 0,
             setting("election_key.boards.1.share_keys.2", to(bytes(32)))),
            ("ceremony.key", "board keys swapped", "ceremony", 0, setting("election_key.boards", swapped)),
            ("ceremony.key", "another e1", "election_key", 0, setting("e1", flipped))):
        held, _ = _held(maker, [Plan(1)], _on(hook, nth, change))
        add(comment, held, check)
    add("the first coefficient of trustee 1 repeated by trustee 2", _held(maker, [Plan(1)], _conspiring)[0],
        "ceremony.possession")


def _conspiring(name, value, trustees, maker):
    """Trustee 2 of board 0 commits to the coefficients of trustee 1, whose logarithms it is given."""
    if name == "dkg_commit" and (value.attempt, value.board, value.trustee) == (1, 0, 2):
        first, second = trustees[0][:2]
        second.polynomial, second.coefficients = list(first.polynomial), list(first.coefficients)
        value.h = rules.commitment(maker.election.e0, 1, 0, 2, second.coefficients, second.salt)


def _late_copy(thief, victim):
    """The thief reveals the coefficients that the victim reveals, which it had not committed to."""
    def call(name, value, trustees, maker):
        if name == "dkg_reveal" and (value.attempt, value.board, value.trustee) == (1, *thief):
            value.coefficients = list(trustees[victim[0]][victim[1] - 1].coefficients)
    return call


def _signed_by_all(absence, maker, trustees):
    absence.quorum = quorum(maker, "dkg/absence", maker.election.e0, rules.absence_digest(absence),
                            [trustee for board in trustees for trustee in board])


class _Attempts:
    """Ceremonies of several attempts: boards of two out of four and two out of three."""

    def __init__(self, section):
        self.section = section
        self.maker = Maker("55/attempts", sizes=((2, 4), (2, 3))).run(until="ceremony")
        self.manifest = section.add("the election of the ceremonies with several attempts", "manifest-of-attempts",
                                    manifest=MANIFEST.encode(self.maker.election.manifest), e0=self.maker.election.e0)

    def good(self, comment, plans, hook=None):
        election = self.maker.election
        held, keys = _held(self.maker, plans, hook)
        assert _failing(held, election) == [], (comment, _failing(held, election))
        return self.section.add(
            comment, "attempts", manifest_id=self.manifest, items=_stream(held),
            commitments_hashes=[held.hcom(election.e0, attempt) for attempt in held.attempts],
            shut_out=[list(name) for name in sorted(held.shut_out(election))], key=keys.key, e1=held.election_key.e1)

    def bad(self, comment, check, base, plans, hook=None, change=None):
        held, _ = _held(self.maker, plans, hook)
        if change:
            change(held)
        found = _failing(held, self.maker.election)
        assert found and found[0] == check, (comment, found)
        self.section.add(comment, "attempts", "reject", base, check, manifest_id=self.manifest, fails_all=found,
                         items=_stream(held))


CHEAT = {"faults": {(0, 1, 3): wrong_share}, "complaints": [(0, 3, 1)]}
LIE = {"complaints": [(1, 3, 1)]}


def _attempts(section):
    """Good ones; the first is the base of the bad ones."""
    a = _Attempts(section)
    base = a.good("a wrong share, a false accuser, a gap, an absence", [
        Plan(1, **CHEAT), Plan(2, **LIE), Plan(4, absent={(0, 4): "ill"})])
    for comment, plans, hook in (
            ("a box that does not open", [Plan(3, faults={(1, 2, 1): wrong_box}, complaints=[(1, 1, 2)]), Plan(9)], None),
            ("a box that holds no scalar", [Plan(1, faults={(1, 2, 1): no_scalar}, complaints=[(1, 1, 2)]), Plan(2)], None),
            ("two complaints, one true and one false",
             [Plan(1, faults={(0, 2, 1): wrong_box}, complaints=[(0, 1, 2), (0, 4, 3)]), Plan(2)], None),
            ("a complaint with a wrong proof", [Plan(1, faults={(0, 2, 1): wrong_box}, complaints=[(0, 1, 2)]), Plan(2)],
             _on("dkg_complaint", 0, setting("proof", shifted))),
            ("a reveal that does not open its commitment", [Plan(1, reveals=True), Plan(2)],
             _on("dkg_reveal", 4, setting("salt", flipped))),
            ("a reveal with a wrong proof", [Plan(1, reveals=True), Plan(2)],
             _on("dkg_reveal", 0, setting("proofs.1", shifted))),
            ("a reveal with a coefficient less", [Plan(1, reveals=True), Plan(2)],
             _on("dkg_reveal", 1, setting("coefficients", lambda old: old[:-1]))),
            ("a reveal with the identity among its coefficients", [Plan(1, reveals=True), Plan(2)], _to_identity),
            ("a deal with an entry too few", [Plan(1), Plan(2)],
             _on("dkg_deal", 2, setting("entries", lambda old: old[:-1]))),
            ("a deal with the identity as c1, and a complaint about it that changes nothing",
             [Plan(1, complaints=[(0, 1, 3)]), Plan(2)], _on("dkg_deal", 2, setting("entries.0.c1", to(bytes(32))))),
            ("absent from the first attempt", [Plan(1, absent={(0, 1): "", (1, 2): "مسافرت"})], None),
            ("two reveals with one first coefficient: the second of them is guilty", [Plan(1, reveals=True), Plan(2)],
             _conspiring),
            ("a copy of a later reveal, not committed to: only the copier is guilty", [Plan(1, reveals=True), Plan(2)],
             _late_copy((0, 1), (1, 2))),
            ("a copy of an earlier reveal, not committed to", [Plan(1, reveals=True), Plan(2)], _late_copy((1, 2), (0, 1)))):
        a.good(comment, plans, hook)
    _bad_complete(a, base)
    _bad_blame(a, base)
    return a


def _to_identity(name, value, trustees, maker):
    """Trustee 1 of board 1 commits to a polynomial whose highest coefficient is 0."""
    if name == "dkg_commit" and (value.attempt, value.board, value.trustee) == (1, 1, 1):
        trustee = trustees[1][0]
        trustee.polynomial[1], trustee.coefficients[1] = 0, bytes(32)
        value.h = rules.commitment(maker.election.e0, 1, 1, 1, trustee.coefficients, trustee.salt)


def _without(name):
    """Takes a trustee out of the first attempt."""
    def change(held):
        attempt = held.attempts[0]
        for kind in ("commits", "reveals", "deals"):
            setattr(attempt, kind, [item for item in getattr(attempt, kind) if (item.board, item.trustee) != name])
    return change


def _bad_complete(a, base):
    def bad(comment, plans, change=None):
        a.bad(comment, "ceremony.complete", base, plans, change=change)

    bad("attempt numbers that do not ascend", [Plan(2, **CHEAT), Plan(2)])
    bad("attempt 0", [Plan(0)])
    bad("somebody new in the second attempt", [Plan(1, **CHEAT), Plan(2)], _without((0, 4)))
    bad("an absence of somebody who takes part", [Plan(1, absent={(0, 4): ""})],
        lambda held: setattr(held.last.absences[0], "trustee", 3))
    bad("an absence of somebody shut out before", [Plan(1, **CHEAT), Plan(2, **LIE), Plan(3, absent={(0, 4): ""})],
        lambda held: setattr(held.last.absences[0], "trustee", 1))
    bad("absences in another order", [Plan(1, absent={(0, 3): "", (0, 4): ""})], lambda held: held.last.absences.reverse())
    bad("confirmations of an attempt that failed", [Plan(1, confirmed=True, **CHEAT), Plan(2)])
    bad("deals of some only", [Plan(1, **CHEAT), Plan(2)], lambda held: held.attempts[0].deals.pop())
    bad("complaints without deals", [Plan(1, **CHEAT), Plan(2)], lambda held: held.attempts[0].deals.clear())
    bad("a complaint in the last attempt", [Plan(1, **LIE)])
    bad("complaints in another order", [Plan(1, complaints=[(0, 1, 2), (1, 3, 1)]), Plan(2)],
        lambda held: held.attempts[0].complaints.reverse())
    bad("a complaint twice", [Plan(1, **LIE), Plan(2)],
        lambda held: held.attempts[0].complaints.append(held.attempts[0].complaints[0]))
    bad("a complaint against oneself", [Plan(1, **LIE), Plan(2)],
        lambda held: setattr(held.attempts[0].complaints[0], "dealer", 3))
    bad("a complaint against nobody", [Plan(1, **LIE), Plan(2)],
        lambda held: setattr(held.attempts[0].complaints[0], "dealer", 4))
    bad("too few of a board", [Plan(1, absent={(1, 3): ""})],
        lambda held: [getattr(held.last, name).pop() for name in ("commits", "reveals", "deals", "confirms")])


def _bad_blame(a, base):
    def bad(check, comment, plans, hook=None):
        a.bad(comment, "ceremony." + check, base, plans, hook)

    absent = [Plan(1, absent={(0, 1): ""})]
    bad("signatures", "a wrong signature under a complaint", [Plan(1, **LIE), Plan(2)],
        _on("dkg_complaint.signed", 0, setting("signature", shifted)))
    bad("signatures", "a wrong signature under an absence", absent,
        _on("dkg_absence.signed", 0, setting("quorum.1.0.signature", shifted)))
    bad("signatures", "a signature too few under an absence", absent,
        _on("dkg_absence.signed", 0, setting("quorum.1", lambda old: old[:-1])))
    bad("signatures", "an absence signed by the absent one", absent,
        lambda name, value, trustees, maker: name == "dkg_absence.signed" and _signed_by_all(value, maker, trustees))
    bad("blame", "an attempt that proves nobody guilty", [Plan(1), Plan(2)])
    bad("blame", "a guilty dealer who stays", [Plan(1, let_in=[(0, 1)], **CHEAT), Plan(2)])
    bad("blame", "a false accuser who stays", [Plan(1, let_in=[(1, 3)], **LIE), Plan(2)])
    bad("blame", "the accuser shut out instead of the dealer",
        [Plan(1, let_in=[(0, 1)], **CHEAT), Plan(2, missing=[(0, 3)])])
    bad("blame", "somebody left out without proof", [Plan(1, **CHEAT), Plan(2, missing=[(0, 4)])])
    bad("blame", "somebody left out of the first attempt without a statement", [Plan(1, missing=[(0, 4)])])
    bad("blame", "deals after a reveal at fault", [Plan(1), Plan(2, missing=[(1, 1)])],
        _on("dkg_reveal", 4, setting("salt", flipped)))
    bad("blame", "no deals, and no reveal at fault", [Plan(1, reveals=True), Plan(2, missing=[(0, 4)])])
    bad("blame", "somebody shut out because its coefficients were copied", [Plan(1, reveals=True), Plan(2, missing=[(1, 2)])],
        _late_copy((0, 1), (1, 2)))
    bad("key", "a share key of somebody who is shut out", [Plan(1, **LIE), Plan(2)],
        _on("ceremony", 0, setting("election_key.boards.1.share_keys.2", to(GENERATOR_BYTES))))


def _complaints(section, a, stream):
    """One complaint at a time: the pieces that decide, and who is guilty."""
    maker, election = a.maker, a.maker.election
    cases = (("a wrong share", wrong_share, None, "dealer"), ("a box that does not open", wrong_box, None, "dealer"),
             ("a box that holds no scalar", no_scalar, None, "dealer"),
             ("a good share", None, None, "accuser"),
             ("a wrong proof", wrong_box, setting("proof", shifted), "accuser"),
             ("a proof for another key", wrong_box, setting("shared", to(encode(multiply_generator(stream.nonzero())))),
              "accuser"))
    for comment, fault, change, wanted in cases:
        plan = Plan(7, faults={(0, 2, 3): fault} if fault else {}, complaints=[(0, 3, 2)])
        held, _ = _held(maker, [plan, Plan(8)], _on("dkg_complaint", 0, change) if change else None)
        attempt = held.attempts[0]
        hcom, (complaint,) = held.hcom(election.e0, attempt), attempt.complaints
        who, _ = judge_complaint(election.e0, hcom, attempt, election, complaint)
        assert who == wanted, comment
        entry = next(d for d in attempt.deals if (d.board, d.trustee) == (0, 2)).entries[2]
        reveal = next(r for r in attempt.reveals if (r.board, r.trustee) == (0, 2))
        section.add(comment + ": " + who, "complaint", manifest_id=a.manifest, e0=election.e0, commitments_hash=hcom,
                    complaint=DKG_COMPLAINT.encode(complaint), c1=entry.c1, box=entry.box,
                    encryption_key=election.boards[0].trustees[2].encryption_key, coefficients=reveal.coefficients,
                    guilty=who)


def _commitment_hashes(section, stream):
    commits = [Value(board=b, trustee=t, h=stream.bytes(32)) for b, t in ((0, 2), (0, 3), (1, 1))]
    e0 = stream.bytes(32)
    for earlier in ([], [stream.bytes(77)], [stream.bytes(40), b"", stream.bytes(41)]):
        section.add(f"Hcom with {len(earlier)} earlier items", "commitments-hash", e0=e0, attempt=3, earlier=earlier,
                    commits=[{"board": c.board, "trustee": c.trustee, "h": c.h} for c in commits],
                    commitments_hash=rules.commitments_hash(e0, 3, b"".join(map(frame, earlier)), commits))


def make():
    section = Section("55", "55-threshold/vectors/ceremony.json")
    maker = Maker("55").run(until="polls")
    base = _ceremony(section, maker)
    _bad_ceremonies(section, base, maker)
    stream = RandomStream("55/opening")
    opening.make(section, maker, stream, base)
    _complaints(section, _attempts(section), stream)
    _commitment_hashes(section, stream)
    opening.structure(section, stream)
    return section
