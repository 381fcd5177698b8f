"""Vectors of section 55: a whole ceremony from secrets, its mutations, an opening with missing trustees."""

import copy

from .. import ceremony as rules
from .. import opening
from ..aead import open_box, seal
from ..elgamal import encode_pair, encrypt
from ..equations import Failed, culprits
from ..group import GENERATOR_BYTES, decode, encode, multiply, multiply_generator
from ..hashing import scalar_bytes
from ..items import DKG_COMMIT, DKG_CONFIRM, DKG_DEAL, DKG_REVEAL, ELECTION_KEY, MANIFEST, PARTIAL, REQUEST
from ..layout import Value
from ..making.election import Maker
from ..making.journals import quorum
from ..making.keys import hold
from ..making.mutations import flipped, setting, shifted, swapped, to
from ..making.closing import make_partial
from ..random_stream import RandomStream
from ..verify.setup import check_ceremony
from ..verify.verdict import Findings
from .section import Section

LAYOUTS = (("commits", DKG_COMMIT), ("reveals", DKG_REVEAL), ("deals", DKG_DEAL), ("confirms", DKG_CONFIRM))


def _items(held):
    out = {name: [layout.encode(item) for item in getattr(held, name)] for name, layout in LAYOUTS}
    out["election_key"] = ELECTION_KEY.encode(held.election_key)
    return out


class _Record:
    """As much of a record as the checks of the ceremony read."""

    def __init__(self, held):
        self.items = {layout.name: getattr(held, name) for name, layout in LAYOUTS}
        self.items["election_key"] = [held.election_key]


def _failing(held, election):
    """Failing checks of the ceremony, all before being taken as passed."""
    findings = Findings()
    findings.finish("record.head", "record.files", "record.items", "record.elements", "manifest.rules", "record.binding",
                    "manifest.roster", "record.signatures")
    check_ceremony(_Record(held), findings, election)
    return [entry["id"] for entry in findings.report()[0]
            if entry["status"] == "fail" and entry["id"].startswith("ceremony.")]


def _ceremony(section, maker):
    election, held, keys = maker.election, maker.ceremony, maker.derived
    manifest = MANIFEST.encode(election.manifest)
    assert _failing(held, election) == []
    secrets = [{"board": t.board, "trustee": t.number, "signing_key": scalar_bytes(t.signing),
                "encryption_key": scalar_bytes(t.encryption), "polynomial": [scalar_bytes(a) for a in t.polynomial],
                "salt": t.salt, "share": scalar_bytes(t.share)} for board in maker.trustees for t in board]
    return section.add(
        "two boards of two out of three", "ceremony", manifest=manifest, e0=election.e0, attempt=held.attempt,
        secrets=secrets, **_items(held), commitments_hash=held.hcom(election.e0), board_keys=keys.boards,
        share_keys=keys.shares, key=keys.key,
        transcript_hash=rules.transcript_hash(held, election.e0, held.attempt, keys.boards, keys.key), e1=maker.e1)


BAD = [
    ("ceremony.complete", "a commit missing", lambda c, m: c.commits.pop()),
    ("ceremony.complete", "commits in another order", lambda c, m: setattr(c, "commits", swapped(c.commits))),
    ("ceremony.complete", "one attempt number differs", lambda c, m: setattr(c.deals[2], "attempt", 2)),
    ("ceremony.complete", "a reveal of another trustee", lambda c, m: setattr(c.reveals[3], "trustee", 2)),
    ("ceremony.complete", "a coefficient missing", lambda c, m: (c.reveals[1].coefficients.pop(), c.reveals[1].proofs.pop())),
    ("ceremony.complete", "a coefficient too many", lambda c, m: (c.reveals[1].coefficients.append(GENERATOR_BYTES),
                                                                  c.reveals[1].proofs.append(bytes(64)))),
    ("ceremony.complete", "an entry missing in a deal", lambda c, m: c.deals[0].entries.pop()),
    ("ceremony.complete", "a share key missing in election_key", lambda c, m: c.election_key.boards[0].share_keys.pop()),
    ("ceremony.complete", "a board missing in election_key", lambda c, m: c.election_key.boards.pop()),
]


def _bad_ceremonies(section, base, maker):
    def add(comment, held, check):
        found = _failing(held, maker.election)
        assert found and found[0] == check, (comment, found)
        section.add(comment, "ceremony", "reject", base, check, fails_all=found, **_items(held))

    for check, comment, change in BAD:
        held = copy.deepcopy(maker.ceremony)
        change(held, maker)
        add(comment, held, check)
    held = copy.deepcopy(maker.ceremony)
    held.reveals[4].signature = shifted(held.reveals[4].signature)
    add("a wrong signature on a reveal", held, "ceremony.signatures")
    held = copy.deepcopy(maker.ceremony)
    held.confirms[0].signature = maker.ceremony.commits[0].signature
    add("the signature of a commit on a confirm", held, "ceremony.signatures")
    for check, comment, hook, nth, change in (
            ("ceremony.commitments", "another salt than committed", "dkg_reveal", 1, setting("salt", flipped)),
            ("ceremony.commitments", "another h", "dkg_commit", 2, setting("h", flipped)),
            ("ceremony.possession", "a wrong proof of possession", "dkg_reveal", 2, setting("proofs.1", shifted)),
            ("ceremony.possession", "proofs of possession swapped", "dkg_reveal", 5, setting("proofs", swapped)),
            ("ceremony.possession", "c1 is the identity", "dkg_deal", 1, setting("entries.2.c1", to(bytes(32)))),
            ("ceremony.confirmations", "another transcript confirmed", "dkg_confirm", 3, setting("transcript", flipped)),
            ("ceremony.key", "share keys swapped", "ceremony", 0, setting("election_key.boards.1.share_keys", swapped)),
            ("ceremony.key", "board keys swapped", "ceremony", 0, setting("election_key.boards", swapped)),
            ("ceremony.key", "another e1", "election_key", 0, setting("e1", flipped))):
        left = [nth]

        def call(name, value, hook=hook, change=change, left=left):
            if name == hook:
                if left[0] == 0:
                    change(value, maker)
                left[0] -= 1
        trustees = copy.deepcopy(maker.trustees)
        held, _ = hold(maker.election, trustees, 1, call)
        add(comment, held, check)
    trustees = copy.deepcopy(maker.trustees)
    held, _ = hold(maker.election, trustees, 1, _copying(trustees, maker.election.e0))
    add("the first coefficient of trustee 1 repeated by trustee 2", held, "ceremony.possession")


def _copying(trustees, e0):
    """Trustee 2 of board 0 commits to the coefficients of trustee 1, whose logarithms it is given."""
    def call(name, value):
        if name == "dkg_commit" and (value.board, value.trustee) == (0, 2):
            first, second = trustees[0][:2]
            second.polynomial, second.coefficients = list(first.polynomial), list(first.coefficients)
            value.h = rules.commitment(e0, 1, 0, 2, second.coefficients, second.salt)
    return call


def _shares(section, maker, stream):
    e0, hcom = stream.bytes(32), stream.bytes(32)
    for board, dealer, receiver in ((0, 1, 1), (1, 3, 2)):
        secret, ephemeral, share = stream.nonzero(), stream.nonzero(), stream.scalar()
        public, c1 = encode(multiply_generator(secret)), encode(multiply_generator(ephemeral))
        shared = encode(multiply(ephemeral, decode(public)))
        key = rules.share_key(e0, hcom, board, dealer, receiver, c1, public, shared)
        box = seal(key, scalar_bytes(share))
        fields = {"e0": e0, "commitments_hash": hcom, "board": board, "dealer": dealer, "receiver": receiver, "c1": c1,
                  "encryption_key": public, "secret": scalar_bytes(secret)}
        base = section.add("the box of a share", "share-box", **fields, ephemeral=scalar_bytes(ephemeral), shared=shared,
                           key=key, box=box, share=scalar_bytes(share))
        for wrong, comment in ((flipped(box), "a changed byte"), (flipped(box, 47), "a changed tag")):
            assert open_box(key, wrong) is None
            section.add(comment, "share-box", "reject", base, "authenticity", box=wrong, **fields)


def _opening(section, maker, stream, ceremony):
    """`ceremony_id` names the vector with manifest and keys. A request over ciphertexts of known counts, all partials, and combinations of several quorums."""
    counts = [12, 0, 5]
    texts = [encrypt(maker.keys.key_table, m, stream.nonzero()) for m in counts]
    trivial = encode_pair((decode(bytes(32)), multiply_generator(3)))
    for comment, ciphertexts, values in (("three counts", texts, counts), ("one ciphertext", texts[:1], counts[:1]),
                                         ("an alpha that is the identity", [texts[0], trivial], [12, 3]),
                                         ("every alpha the identity", [trivial], [3])):
        request = Value(e1=maker.e1, domain=2, number=1, previous=bytes(32), contest=0, node=0, lo=0, hi=12,
                        node_hash=stream.bytes(32), ballots=12, ciphertexts=ciphertexts, closings=stream.bytes(32))
        digest = opening.request_hash(request)
        request.quorum = quorum(maker, "open", maker.e1, digest)
        partials = [make_partial(maker, request, digest, trustee) for board in maker.trustees for trustee in board]
        fields = {"ceremony_id": ceremony, "request": REQUEST.encode(request)}
        section.add("a request: " + comment, "request", **fields, request_hash=digest)
        for partial in partials:
            base = _partial_vectors(section, maker, request, digest, partial, fields, comment)
        for chosen in ([0, 1, 3, 4], [1, 2, 3, 5], [0, 2, 4, 5], [0, 1, 2, 3, 4, 5]):
            points = opening.combine(maker.election.boards, request, [partials[i] for i in chosen])
            assert [encode(p) for p in points] == [encode(multiply_generator(m)) for m in values]
            section.add(f"partials {chosen}", "combine", **fields, partials=[PARTIAL.encode(partials[i]) for i in chosen],
                        values=[encode(point) for point in points], counts=values)
        try:
            opening.combine(maker.election.boards, request, [partials[i] for i in (0, 1, 2, 3)])
        except Failed:
            section.add("one board below its threshold", "combine", "reject", base, "opening.quorum", **fields,
                        partials=[PARTIAL.encode(partials[i]) for i in (0, 1, 2, 3)])
        else:
            raise AssertionError("a board was not missed")
    for indices in ([1], [1, 2], [1, 3], [2, 5, 7], [1, 2, 3, 4, 5]):
        section.add("Lagrange coefficients at 0", "lagrange", indices=indices,
                    coefficients=[scalar_bytes(opening.lagrange(indices, j)) for j in indices])


def _partial_vectors(section, maker, request, digest, partial, fields, comment):
    keys, boards = maker.ceremony.election_key.boards, maker.election.boards

    def problems(value):
        share_key = keys[value.board].share_keys[value.trustee - 1]
        signing_key = boards[value.board].trustees[value.trustee - 1].signing_key
        try:
            items = opening.partial_items(value, request, digest, share_key, signing_key, 2, maker.e1, "partial")
        except Failed as error:
            return [error.what]
        return [item.name for item, _ in culprits(items, maker.e1)]

    assert problems(partial) == []
    trustee = maker.trustees[partial.board][partial.trustee - 1]
    base = section.add(f"{comment}: trustee {partial.trustee} of board {partial.board}", "partial", **fields,
                       share=scalar_bytes(trustee.share), partial=PARTIAL.encode(partial))
    bad = [("a wrong proof", setting("proof", shifted)), ("a wrong signature", setting("signature", shifted)),
           ("another number", setting("number", to(2))),
           ("a factor more", setting("factors", lambda old: old + [GENERATOR_BYTES])),
           ("another trustee", setting("trustee", lambda old: old % 3 + 1)),
           ("another board", setting("board", lambda old: 1 - old)),
           ("a factor that is the identity, or is not when its alpha is", setting(
               "factors.0", lambda old: GENERATOR_BYTES if old == bytes(32) else bytes(32))),
           ("another factor", setting("factors.0", lambda old: encode(multiply(2, decode(old))) if old != bytes(32)
                                      else GENERATOR_BYTES))]
    if len(partial.factors) > 1:
        bad += [("a factor less", setting("factors", lambda old: old[:-1])),
                ("factors swapped", setting("factors", swapped))]
    if (partial.board, partial.trustee) == (0, 1):
        for why, change in bad:
            wrong = copy.deepcopy(partial)
            change(wrong, maker)
            assert problems(wrong), why
            section.add(f"{comment}: {why}", "partial", "reject", base, "opening.partials", **fields,
                        partial=PARTIAL.encode(wrong))
    return base


def make():
    section = Section("55", "55-threshold/vectors/ceremony.json")
    maker = Maker("55")
    maker.hold_ceremony()
    maker.derived = rules.Keys(maker.ceremony, maker.election)
    base = _ceremony(section, maker)
    _bad_ceremonies(section, base, maker)
    stream = RandomStream("55/opening")
    _shares(section, maker, stream)
    _opening(section, maker, stream, base)
    return section
