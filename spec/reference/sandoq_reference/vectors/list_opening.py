"""Vectors of 55.11 and 60.6: requests for mixed lists, answers, combination, and reading what was opened."""

import copy

from .. import list_opening as rules
from .. import packed
from ..elgamal import encode_pair
from ..equations import Failed, culprits
from ..group import (GENERATOR_BYTES, IDENTITY_BYTES, ORDER, FixedBase, add, decode, encode, multiply, multiply_generator,
                     subtract)
from ..hashing import scalar_bytes
from ..items import LIST_PARTIAL, LIST_REQUEST
from ..layout import Value
from ..making.mutating import flipped, shifted, swapped
from ..opening import folded, partial_prove, partial_transcript
from ..random_stream import RandomStream
from ..shuffle import list_hash
from ..sigma import chaum_pedersen_prove
from ..signature import sign
from ..transcript import weight
from .packed import limits
from .section import Section, add_structure

BOARDS = ((2, 3), (1, 1))  # threshold, trustees


class Trustee:
    def __init__(self, board, number, share, stream):
        self.board, self.number, self.share, self.stream = board, number, share, stream
        self.share_key = encode(multiply_generator(share))
        self.signing = stream.nonzero()
        self.signing_key = encode(multiply_generator(self.signing))


class Case:
    """A list of known plaintexts, whoever may open it, and the request. Nothing was mixed: that cannot be seen."""

    def __init__(self, label, plaintexts, width):
        stream = self.stream = RandomStream(f"55/list/{label}")
        self.width, self.e1, self.domain = width, stream.bytes(32), 1 + stream.below(2)
        self.boards, self.trustees, key = [Value(threshold=t) for t, _ in BOARDS], [], 0
        for board, (threshold, count) in enumerate(BOARDS):
            polynomial = [stream.nonzero() for _ in range(threshold)]
            key += polynomial[0]
            for j in range(1, count + 1):
                share = sum(a * j ** power for power, a in enumerate(polynomial)) % ORDER
                self.trustees.append(Trustee(board, j, share, stream.fork(f"{board}/{j}")))
        table = FixedBase(multiply_generator(key % ORDER))
        self.plaintexts = plaintexts
        pairs = []
        for plaintext in plaintexts:
            nonce = stream.nonzero()
            pairs.append(encode_pair((multiply_generator(nonce), add(table.multiply(nonce), decode(plaintext)))))
        self.ciphertexts = [b"".join(pairs[i:i + width]) for i in range(0, len(pairs), width)]
        self.request = Value(
            e1=self.e1, domain=self.domain, number=2 + stream.below(9), previous=stream.bytes(32), group=1 + stream.below(5),
            contest=stream.below(9), stages=2 + stream.below(3), ciphertexts=len(self.ciphertexts),
            list=list_hash(self.ciphertexts), closings=stream.bytes(32), quorum=[[], []])
        self.digest = rules.request_hash(self.request)
        for trustee in self.trustees:
            signature = sign(trustee.signing, trustee.signing_key, "open", self.domain, self.e1, self.digest,
                             trustee.stream.bytes(32))
            entry = self.request.quorum[trustee.board]
            if len(entry) < self.boards[trustee.board].threshold:
                entry.append(Value(trustee=trustee.number, signature=signature))
        self.pairs = rules.pairs_of(self.request, width, self.ciphertexts)
        self.alphas = [pair[:32] for pair in self.pairs]

    def factors(self, share):
        return [encode(multiply(share, decode(alpha))) for alpha in self.alphas]

    def answer(self, trustee, factors=None, digest=None, prove=partial_prove, **fields):
        """(partial, factors), signed by the trustee whatever it says."""
        digest = digest or self.digest
        if factors is None:
            factors = self.factors(trustee.share)
        partial = Value(**{"number": self.request.number, "board": trustee.board, "trustee": trustee.number,
                           "factors": rules.factors_hash(factors), **fields})
        if not hasattr(partial, "proof"):
            partial.proof = prove(digest, trustee.board, trustee.number, trustee.share, trustee.share_key, self.alphas,
                                  factors, trustee.stream.bytes(32))
        partial.signature = sign(trustee.signing, trustee.signing_key, "partial", self.domain, self.e1,
                                 rules.partial_digest(digest, partial), trustee.stream.bytes(32))
        return partial, factors

    def problem(self, partial, factors):
        """None, or which condition fails: a word."""
        who = {(t.board, t.number): t for t in self.trustees}[partial.board, partial.trustee]
        try:
            items = rules.partial_items(partial, factors, self.request, self.pairs, self.digest, who.share_key,
                                        who.signing_key, self.domain, self.e1, "answer")
        except Failed as error:
            words = {"answers request": "number", " factors for ": "count", "another hash": "hash", "but not both": "identity"}
            return next(word for part, word in words.items() if part in error.what)
        wrong = [item.name.split(": ")[1] for item, _ in culprits(items, self.e1)]
        return wrong[0] if wrong else None


def _cancelling(case, trustee):
    """Factors with two errors that cancel under the weights of the honest ones, and those weights."""
    honest = case.factors(trustee.share)
    transcript = partial_transcript(case.digest, trustee.board, trustee.number, trustee.share_key, case.alphas, honest)
    digest = transcript.fork("weights")
    shift = decode(trustee.stream.element())
    wrong = list(honest)
    wrong[0] = encode(add(decode(honest[0]), multiply(weight(digest, 1), shift)))
    wrong[1] = encode(subtract(decode(honest[1]), multiply(weight(digest, 0), shift)))
    sums = folded(transcript, trustee.share_key, case.alphas, honest)

    def prove_with_old_weights(request_digest, board, number, share, share_key, alphas, factors, seed):
        now = partial_transcript(request_digest, board, number, share_key, alphas, factors)
        return chaum_pedersen_prove(now, [GENERATOR_BYTES, sums[0], share_key, sums[1]], share, seed)
    return wrong, prove_with_old_weights


def _bad_answers(case):
    """(comment, condition, partial, factors); condition: what fails."""
    trustee, other = case.trustees[0], case.trustees[1]
    partial, factors = case.answer(trustee)

    def changed(**fields):
        return Value(**{**vars(copy.copy(partial)), **fields})

    def put(place, element):
        return factors[:place] + [element] + factors[place + 1:]
    yield "another number", "number", *case.answer(trustee, number=case.request.number + 1)
    yield "a factor less", "count", *case.answer(trustee, factors[:-1], proof=partial.proof)
    yield "a factor more", "count", *case.answer(trustee, factors + [GENERATOR_BYTES], proof=partial.proof)
    yield "no factors", "count", *case.answer(trustee, [], proof=partial.proof)
    yield "other factors than the hash covers", "hash", partial, put(1, trustee.stream.element())
    yield "factors swapped beside the list", "hash", partial, swapped(factors)
    yield "another hash", "hash", changed(factors=flipped(partial.factors)), factors
    yield "a factor that is the identity", "identity", *case.answer(trustee, put(2, IDENTITY_BYTES))
    yield "another factor", "proof", *case.answer(trustee, put(3, trustee.stream.element()))
    yield "factors swapped, with their hash", "proof", *case.answer(trustee, swapped(factors))
    wrong, old_weights = _cancelling(case, trustee)
    yield "two errors that cancel under the weights of the honest factors", "proof", *case.answer(trustee, wrong)
    yield "the same with sums of weights fixed before the factors", "proof", *case.answer(trustee, wrong, prove=old_weights)
    yield "an answer to another request", "proof", *case.answer(trustee, digest=flipped(case.digest))
    yield "another trustee's factors and proof", "proof", *case.answer(
        trustee, case.factors(other.share), proof=case.answer(other)[0].proof)
    yield "another trustee's name", "proof", changed(trustee=other.number), factors
    yield "another board's name", "proof", changed(board=1), factors
    yield "another share", "proof", *case.answer(trustee, case.factors(trustee.share + 1))
    yield "a wrong proof", "proof", *case.answer(trustee, proof=shifted(partial.proof))
    yield "a wrong signature", "signature", changed(signature=shifted(partial.signature)), factors
    yield "a signature that covers another proof", "signature", changed(proof=case.answer(trustee)[0].proof), factors


def _list(section, case, comment):
    base = section.add(
        comment, "list", e1=case.e1, domain=case.domain, width=case.width, ciphertexts=case.ciphertexts,
        request=LIST_REQUEST.encode(case.request), request_hash=case.digest,
        boards=[{"threshold": board.threshold,
                 "trustees": [{"share": scalar_bytes(t.share), "share_key": t.share_key, "signing_key": t.signing_key}
                              for t in case.trustees if t.board == number]} for number, board in enumerate(case.boards)])
    neutral = IDENTITY_BYTES + case.ciphertexts[1][32:]
    for why, ciphertexts, exact in (("a ciphertext missing", case.ciphertexts[:-1], False),
                                    ("two ciphertexts swapped", swapped(case.ciphertexts), False),
                                    ("an alpha that is the identity", case.ciphertexts[:1] + [neutral] + case.ciphertexts[2:], True)):
        request = copy.copy(case.request)
        if exact:
            request.list = list_hash(ciphertexts)
        try:
            rules.pairs_of(request, case.width, ciphertexts)
        except Failed:
            section.add(f"{comment}: {why}", "list", "reject", base, "opening.requests", width=case.width,
                        ciphertexts=ciphertexts, request=LIST_REQUEST.encode(request))
        else:
            raise AssertionError(why)
    return base


def _answers(section, case, base, comment):
    good = {}
    for trustee in case.trustees:
        partial, factors = good[trustee] = case.answer(trustee)
        assert case.problem(partial, factors) is None
        section.add(f"{comment}: trustee {trustee.number} of board {trustee.board}", "list-partial", list_id=base,
                    partial=LIST_PARTIAL.encode(partial), factors=factors)
    accepted = section.vectors[-len(good)]["id"]
    for why, condition, partial, factors in _bad_answers(case):
        assert case.problem(partial, factors) == condition, (why, case.problem(partial, factors))
        section.add(f"{comment}: {why}", "list-partial", "reject", accepted, "opening.partials", list_id=base,
                    condition=condition, partial=LIST_PARTIAL.encode(partial), factors=factors)
    answers = list(good.values())
    for chosen in ([0, 1, 3], [1, 2, 3], [0, 2, 3], [0, 1, 2, 3]):
        given = [answers[i] for i in chosen]
        opened = rules.combine(case.boards, case.pairs, given)
        assert opened == case.plaintexts
        section.add(f"{comment}: answers {chosen}", "list-combine", list_id=base,
                    partials=[LIST_PARTIAL.encode(p) for p, _ in given], factors=[f for _, f in given], opened=opened)
    for chosen in ([0, 1, 2], [0, 3]):
        given = [answers[i] for i in chosen]
        try:
            rules.combine(case.boards, case.pairs, given)
        except Failed:
            section.add(f"{comment}: only answers {chosen}", "list-combine", "reject", base, "opening.quorum", list_id=base,
                        partials=[LIST_PARTIAL.encode(p) for p, _ in given], factors=[f for _, f in given])
        else:
            raise AssertionError("a board was not missed")


def _code(c):
    return encode(multiply_generator(c))


def _read_slots(section, stream):
    """Lists of rows of two, so that an odd number of slots needs one filling."""
    base = None
    for comment, size, held in (
            ("five slots and a filling", 5, [3, 0, 7, 7, 1, 2]), ("six slots", 6, [3, 4, 7, 7, 1, 2]),
            ("a filling missing", 5, [3, 4, 7, 7, 1, 2]), ("a slot that holds nothing", 6, [3, 4, 0, 7, 1, 2]),
            ("two fillings for one", 5, [3, 0, 0, 7, 1, 2]), ("a code above n + k", 6, [3, 4, 7, 8, 1, 2]),
            ("a code below 0", 6, [3, 4, 7, 7, 1, ORDER - 2])):
        opened = [_code(c) for c in held]
        fields = {"codes": 7, "size": size, "opened": opened}
        try:
            counts = rules.count_codes(7, size, [[element] for element in opened])
        except Failed:
            section.add(comment, "list-slots", "reject", base, "result.counts", **fields)
        else:
            base = section.add(comment, "list-slots", **fields, counts=counts)
    opened = [_code(c) for c in (3, 4, 7)] + [stream.element()] + [_code(c) for c in (1, 2)]
    section.add("an element that nobody knows", "list-slots", "reject", base, "result.counts", codes=7, size=6, opened=opened)


def _read_packed(section, stream):
    shape = packed.Shape(9, 3, 1, False, text_bytes=8)
    assert shape.width == 2

    def ballot(codes, text=b""):
        return [packed.element_bytes(v + 1) for v in packed.parts_of(shape, packed.number_of_subset(9, codes), text)]
    nothing, ranked = [IDENTITY_BYTES] * 2, packed.Shape(5, 3, 1, True, ranked=True)
    odd = [stream.element(), ballot([1])[1]]
    base = None
    for comment, of, size, opened in (
            ("subsets with text, and an invalid vote", shape, 4, [ballot([2, 5], b"Name"), odd, ballot([9]), ballot([1, 2, 3])]),
            ("a filling", shape, 3, [ballot([2, 5]), nothing, ballot([9]), ballot([1])]),
            ("an identity more than fillings: an invalid vote", shape, 3, [ballot([2, 5]), nothing, nothing, ballot([1])]),
            ("identities without fillings", shape, 4, [nothing, ballot([9]), nothing, ballot([1])]),
            ("half an identity", shape, 4, [[IDENTITY_BYTES, ballot([1])[1]], ballot([9]), ballot([4]), ballot([1])]),
            ("rankings, one of them blank", ranked, 4, [
                [packed.element_bytes(packed.number_of_ranking(5, ranks) + 1)] for ranks in
                ([4, 2, 0], [0, 0, 0], [1, 0, 0], [3, 3, 0])]),
            ("a filling missing", shape, 3, [ballot([2, 5]), odd, ballot([9]), ballot([1])])):
        fields = {**limits(of), "size": size, "opened": [element for each in opened for element in each]}
        try:
            choices, invalid = rules.read_choices(of, size, opened)
        except Failed:
            section.add(comment, "list-packed", "reject", base, "result.counts", **fields)
        else:
            said = [{"codes": [code for code in codes if code], "text": text.encode()} for codes, text in choices]
            base = section.add(comment, "list-packed", **fields, choices=said, invalid=invalid)


def _structure(section, stream):
    signers = [Value(trustee=1, signature=stream.bytes(64))]
    request = Value(e1=stream.bytes(32), domain=2, number=7, previous=stream.bytes(32), group=1, contest=3, stages=2,
                    ciphertexts=20, list=stream.bytes(32), closings=stream.bytes(32), quorum=[signers, signers])
    add_structure(section, LIST_REQUEST, request, {"domain 3": {"domain": 3}, "no quorum": {"quorum": []}})
    partial = Value(number=7, board=1, trustee=3, factors=stream.bytes(32), proof=stream.bytes(96), signature=stream.bytes(64))
    add_structure(section, LIST_PARTIAL, partial, {})


def make():
    section = Section("55l", "55-threshold/vectors/list.json")
    stream = RandomStream("55/lists")
    slots = Case("slots", [_code(c) for c in (3, 1, 4, 1, 5)], 1)
    shape = packed.Shape(9, 3, 1, False, text_bytes=8)
    parts = [v for codes, text in (([2, 5], b"Name"), ([9], b""), ([1, 2, 3], b""))
             for v in packed.parts_of(shape, packed.number_of_subset(9, codes), text)]
    wide = Case("packed", [packed.element_bytes(v + 1) for v in parts], 2)
    for case, comment in ((slots, "five slots"), (wide, "three packed ballots of width 2")):
        _answers(section, case, _list(section, case, comment), comment)
    _read_slots(section, stream)
    _read_packed(section, stream)
    _structure(section, stream)
    return section
