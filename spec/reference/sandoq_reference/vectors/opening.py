"""Vectors of section 55: the box of a share, requests, partial decryptions, combination, the opening policy."""

import copy

from .. import opening
from .. import ceremony as rules
from ..aead import open_box, seal
from ..elgamal import encode_pair, encrypt
from ..equations import Failed, culprits
from ..group import GENERATOR_BYTES, decode, encode, multiply, multiply_generator
from ..hashing import scalar_bytes
from ..items import DKG_ABSENCE, DKG_COMPLAINT, PARTIAL, REQUEST
from ..layout import Value
from ..making.closing import make_partial
from ..making.journals import quorum
from ..making.mutating import flipped, setting, shifted, swapped, to
from ..policy import lists_problem, policy_problem
from .section import add_structure


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
    """A request over ciphertexts of known counts, all partials, and combinations of several quorums.

    `ceremony_id` names the vector with manifest and keys.
    """
    counts = [12, 0, 5]
    texts = [encrypt(maker.keys.key_table, m, stream.nonzero()) for m in counts]
    trivial = encode_pair((decode(bytes(32)), multiply_generator(3)))
    for comment, ciphertexts, values in (("three counts", texts, counts), ("one ciphertext", texts[:1], counts[:1]),
                                         ("an alpha that is the identity", [texts[0], trivial], [12, 3]),
                                         ("every alpha the identity", [trivial], [3])):
        request = Value(e1=maker.e1, domain=2, number=1, previous=bytes(32), contest=0,
                        nodes=[Value(node=node, hash=stream.bytes(32)) for node in ((0,), (2, 6))[len(ciphertexts) == 2]],
                        ballots=12, ciphertexts=ciphertexts, closings=stream.bytes(32))
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


def _policy(section):
    """sets: the branches of every request of a contest, the total first; counts: branch, ballots of the contest."""
    def case(comment, floor, counts, sets, base=None):
        numbers = dict(counts)
        problem = policy_problem(floor, numbers, sets)
        assert (problem is None) == (base is None), (comment, problem)
        expect, fails = ("accept", None) if base is None else ("reject", "opening.policy")
        return section.add(comment, "policy", expect, base, fails, floor=floor, counts=[list(pair) for pair in counts],
                           sets=[list(s) for s in sets])

    town = [(4, 9), (5, 1), (6, 2), (8, 7), (9, 30)]
    everyone = [4, 5, 6, 8, 9]
    base = case("the total and nothing else", 3, town, [everyone])
    case("the total of a contest whose floor is 0", 0, town, [everyone])
    case("a total below the floor, alone", 50, town, [everyone])
    case("one branch", 3, town, [everyone, [9]])
    case("small branches together with a sibling", 3, town, [everyone, [5, 6]])
    case("a district, in it one branch and the small ones together", 3, town, [everyone, [4, 5, 6], [4], [5, 6]])
    case("the same in another order of requests", 3, town, [everyone, [5, 6], [4], [4, 5, 6]])
    case("every branch alone or with siblings: no residual of the total", 3, town, [everyone, [4], [5, 6], [8], [9]])
    case("three levels", 3, town, [everyone, [4, 5, 6, 8], [4, 5, 6], [5, 6]])
    case("exactly the floor", 7, town, [everyone, [8], [4, 5, 6, 9]])
    case("a branch of one ballot where the floor is 1", 1, town, [everyone, [5]])
    case("nothing but the total where the floor is 0", 0, town, [everyone, [9]], base)
    case("a branch below the floor", 3, town, [everyone, [5]], base)
    case("one ballot below the floor", 8, town, [everyone, [8]], base)
    case("the rest of the total below the floor", 3, town, [everyone, [4, 6, 8, 9]], base)
    case("the rest of an inner set below the floor", 3, town, [everyone, [4, 5], [4]], base)
    case("two inner sets leave too little together", 3, town, [everyone, [4, 5, 6, 8], [4, 6], [8]], base)
    case("a total below the floor, and something else", 50, town, [everyone, [9]], base)
    case("sets that overlap", 3, town, [everyone, [4, 8], [8, 9]], base)
    case("the same set twice", 3, town, [everyone, [4, 5], [5, 4]], base)
    case("the total again, under other names", 3, town, [everyone, everyone], base)
    halves = [(1, 5), (2, 100), (3, 100)]
    case("A of 5, B and C of 100 ballots: A with B, then C", 50, halves, [[1, 2, 3], [1, 2], [3]])
    case("A with B, A with C, B with C: every difference is large, and A is half of what they add up to", 50, halves,
         [[1, 2, 3], [1, 2], [1, 3], [2, 3]], base)
    case("the same where the total is not asked for: the first of the sets stands for it", 50, halves,
         [[1, 2], [1, 3], [2, 3]], base)


def _list_policy(section):
    """sets: of every sum of a mixed contest, the total first, if it has sums; lists: of every mixed list, all of them."""
    def case(comment, floor, counts, sets, lists, base=None):
        numbers = dict(counts)
        problem = policy_problem(floor, numbers, sets, lists) or lists_problem(numbers, lists)
        assert (problem is None) == (base is None), (comment, problem)
        expect, fails = ("accept", None) if base is None else ("reject", "opening.policy")
        return section.add(comment, "list-policy", expect, base, fails, floor=floor, counts=[list(pair) for pair in counts],
                           sets=[list(s) for s in sets], lists=[list(s) for s in lists])

    town, everyone = [(4, 9), (5, 1), (6, 2), (8, 7), (9, 30)], [4, 5, 6, 8, 9]
    base = case("one list of everybody, and the sum of blanks over the same branches", 3, town, [everyone], [everyone])
    case("one list of everybody, and no sums", 3, town, [], [everyone])
    case("one list of everybody where the floor is 0", 0, town, [everyone], [everyone])
    case("one list of everybody, below the floor", 50, town, [everyone], [everyone])
    case("two lists that share the branches among themselves", 3, town, [everyone], [[4, 5, 6], [8, 9]])
    case("the same without sums", 3, town, [], [[4, 5, 6], [8, 9]])
    case("lists, and the blanks of one of them", 3, town, [everyone, [8, 9]], [[4, 5, 6], [8, 9]])
    case("lists, and blanks over two of three lists", 3, town, [everyone, [4, 5, 6, 8]], [[4, 5, 6], [8], [9]])
    case("a list, and blanks of a part of it", 3, town, [everyone, [9]], [[4, 5, 6], [8, 9]])
    case("lists of exactly the floor", 7, town, [everyone], [[8], [4, 5, 6, 9]])
    case("lists in another order than the branches", 3, town, [everyone], [[9], [4, 8], [5, 6]])
    case("two lists where the floor is 0", 0, town, [everyone], [[4, 5, 6], [8, 9]], base)
    case("the same without sums", 0, town, [], [[4, 5, 6], [8, 9]], base)
    case("a list below the floor", 3, town, [everyone], [[4, 6, 8, 9], [5]], base)
    case("a list one ballot below the floor, and no sums", 8, town, [], [[8], [4, 5, 6, 9]], base)
    case("lists that overlap", 3, town, [everyone], [[4, 5, 6, 8], [8, 9]], base)
    case("a list inside another one", 3, town, [everyone], [everyone, [4, 5, 6]], base)
    case("the same list twice", 3, town, [everyone], [everyone, everyone], base)
    case("a branch that is in no list", 3, town, [everyone], [[4, 5, 6], [9]], base)
    case("blanks over branches that overlap a list", 3, town, [everyone, [6, 8]], [[4, 5, 6], [8, 9]], base)
    case("blanks of a part of a list, and too few others in it", 3, town, [everyone, [4, 6]], [[4, 5, 6], [8, 9]], base)
    case("blanks of too few", 3, town, [everyone, [5]], [everyone], base)
    case("the blanks of one set twice", 3, town, [everyone, [8, 9], [8, 9]], [[4, 5, 6], [8, 9]], base)


def structure(section, stream):
    signers = [Value(trustee=1, signature=stream.bytes(64))]
    places = [Value(node=1, hash=stream.bytes(32))]
    request = Value(e1=stream.bytes(32), domain=2, number=7, previous=stream.bytes(32), contest=1, nodes=places, ballots=5,
                    ciphertexts=[stream.bytes(64)], closings=stream.bytes(32), quorum=[signers])
    add_structure(section, REQUEST, request, {
        "domain 3": {"domain": 3}, "no places": {"nodes": []}, "no ciphertexts": {"ciphertexts": []}})
    complaint = Value(attempt=1, board=0, trustee=3, dealer=1, shared=stream.bytes(32), proof=stream.bytes(96),
                      signature=stream.bytes(64))
    add_structure(section, DKG_COMPLAINT, complaint, {})
    absence = Value(attempt=2, board=1, trustee=2, remark="سفر".encode(), quorum=[signers, signers])
    add_structure(section, DKG_ABSENCE, absence, {
        "a remark of 1,025 bytes": {"remark": b"a" * 1025}, "a remark that is not UTF-8": {"remark": b"\xff"},
        "no quorum": {"quorum": []}})


def make(section, maker, stream, ceremony):
    _shares(section, maker, stream)
    _opening(section, maker, stream, ceremony)
    _policy(section)
    _list_policy(section)
