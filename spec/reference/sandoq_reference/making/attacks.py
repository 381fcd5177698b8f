"""Forged proofs. Each convinces a verifier that leaves out one rule, which is asserted while it is made."""

import copy

from ..ballots import contest_ballot
from ..bit_vector import equations, statement_transcript
from ..elgamal import add_pairs, decode_pair, encode_pair, encrypt
from ..equations import failing
from ..group import GENERATOR_BYTES, ORDER, add, decode, encode, multiply, multiply_generator, subtract
from ..hashing import scalar_bytes, u32
from ..items import proof_bytes, split_proof
from ..layout import Value
from ..opening import folded, partial_transcript, request_hash
from ..random_stream import RandomStream
from ..sigma import CHAUM_PEDERSEN
from ..transcript import Transcript, weight
from .choices import marks


def one_choice(shape):
    return marks([1] + [0] * (shape.ciphertexts - 1))


def first_contest(maker, ballot):
    contest = maker.keys.contests_of(ballot)[0]
    return contest, maker.election.shapes[contest]


def proved_for(maker, ballot, context):
    """Replaces the first contest by an honest one whose proof belongs to another context; context(fields) changes it."""
    keys, (contest, shape) = copy.copy(maker.keys), first_contest(maker, ballot)
    own = keys.context

    def altered(of_ballot, index):
        fields = own(of_ballot, index)
        context(fields)
        return fields
    keys.context = altered
    ballot.contests[0] = contest_ballot(keys, ballot, contest, one_choice(shape), bytes(32))


class KnownBases:
    """Bases H and G_i whose logarithms the prover has chosen."""

    def __init__(self, stream, count):
        self.log_blind, self.logs = stream.nonzero(), [stream.nonzero() for _ in range(count)]
        self.blind = multiply_generator(self.log_blind)
        self.points = [multiply_generator(log) for log in self.logs]

    def vector(self, index):
        return self.points[index - 1]

    def multiply_vector(self, index, scalar):
        return multiply(scalar, self.points[index - 1])

    def multiply_blind(self, scalar):
        return multiply(scalar, self.blind)


def forge_with_known_bases(maker, ballot, votes):
    """A contest with any integers as votes, proved over bases with known logarithms: B, A, T1 and T0 bind nothing then."""
    contest, shape = first_contest(maker, ballot)
    keys, context = maker.keys, maker.keys.context(ballot, contest)
    stream = RandomStream("attack/known-bases")
    bases, q, n = KnownBases(stream, shape.bits), ORDER, shape.ciphertexts
    randomness = [stream.nonzero() for _ in range(n)]
    ciphertexts = [encrypt(keys.key_table, vote, r) for vote, r in zip(votes, randomness)]
    log_b, log_a, log_t1, log_t0, masked, sigma = (stream.nonzero() for _ in range(6))
    transcript = statement_transcript(context, shape, ciphertexts)
    first = [encode(multiply_generator(log)) for log in (log_b, log_a)]
    transcript.append_elements("commit", first)
    y, w = transcript.challenge("y"), transcript.challenge("w")
    second = [encode(multiply_generator(log)) for log in (log_t1, log_t0, sigma)]
    second.append(encode(add(keys.key_table.multiply(sigma), multiply_generator(masked))))
    transcript.append_elements("commit-2", second)
    x = transcript.challenge("x")
    # f_3 ... at will; f_1 is implied, and f_2 such that Σ w^i f_i is what (3) asks for.
    u = shape.weights
    f = [0, 0] + [stream.nonzero() for _ in range(shape.bits - 2)]
    wanted = x * sum(pow(w, i, q) * vote for i, vote in enumerate(votes, 1)) + masked
    rest = shape.most * x - sum(a * b for a, b in zip(u[2:], f[2:]))
    known = sum(pow(w, i, q) * value for i, value in enumerate(f[:n], 1))
    f[1] = (wanted - known - w * rest) * pow(w * w - w * u[1], -1, q) % q
    f[0] = (rest - u[1] * f[1]) % q
    quadratic = sum(pow(y, i, q) * value * (x - value) for i, value in enumerate(f, 1))
    unblind = pow(bases.log_blind, -1, q)
    z_b = (x * log_b + log_a - sum(value * log for value, log in zip(f, bases.logs))) * unblind
    z_t = (x * log_t1 + log_t0 - quadratic) * unblind
    z_e = x * sum(pow(w, i, q) * r for i, r in enumerate(randomness, 1)) + sigma
    proof = (b"".join(first + second) + u32(shape.bits - 1) + b"".join(map(scalar_bytes, f[1:]))
             + b"".join(map(scalar_bytes, (z_b, z_t, z_e))))
    ballot.contests[0] = Value(encoding=1, ciphertexts=ciphertexts, **split_proof(1, proof))
    assert _convinces(keys, ballot, context, bases)


def _convinces(keys, ballot, context, bases):
    """Is the first contest's proof valid over these bases and in this context?"""
    contest, part = keys.contests_of(ballot)[0], ballot.contests[0]
    return not failing(equations(context, keys.election.shapes[contest], bases, keys.key_point, part.ciphertexts,
                                 proof_bytes(part)))


class Forgetful(Transcript):
    """A transcript in which the statement leaves no trace."""

    def append_elements(self, label, elements):
        if label != "statement":
            super().append_elements(label, elements)


class WeakContext:
    """A ballot context whose challenges do not bind the ciphertexts."""

    def __init__(self, context):
        self.context, self.key = context, context.key

    def transcript(self, label):
        out = self.context.transcript(label)
        out.__class__ = Forgetful
        return out


def forge_statement_last(maker, ballot):
    """Two ciphertexts are altered when the challenge w is known, which did not bind them, so that Σ w^i C_i stays the same:
    the first holds one vote more than was proved, the second what nobody can count."""
    contest, shape = first_contest(maker, ballot)
    keys, weak = copy.copy(maker.keys), WeakContext(maker.keys.context(ballot, contest))
    keys.context = lambda of_ballot, index: weak
    part = contest_ballot(keys, ballot, contest, one_choice(shape), bytes(32))
    transcript = statement_transcript(weak, shape, part.ciphertexts)
    transcript.append_elements("commit", [part.commitments[:32], part.commitments[32:64]])
    transcript.challenge("y")
    w = transcript.challenge("w")
    nonce = RandomStream("attack/statement-last").nonzero()
    for index, message in ((0, 1), (1, -pow(w, -1, ORDER))):
        more = encrypt(keys.key_table, message, nonce * message)
        part.ciphertexts[index] = encode_pair(add_pairs(decode_pair(part.ciphertexts[index]), decode_pair(more)))
    ballot.contests[0] = part
    assert _convinces(keys, ballot, weak, keys.bases)


def forge_factors(partial, maker):
    """A factor is altered under a challenge that binds neither factors nor their sum, by a trustee who knows its share."""
    request, trustee = maker.request, maker.trustees[partial.board][partial.trustee - 1]
    share_key = maker.ceremony.election_key.boards[partial.board].share_keys[partial.trustee - 1]
    alphas = [ciphertext[:32] for ciphertext in request.ciphertexts]
    weak = partial_transcript(request_hash(request), partial.board, partial.trustee, share_key, alphas, [])
    base, honest = (decode(data) for data in folded(weak, share_key, alphas, partial.factors))
    first = weight(weak.fork("weights"), 0)
    stream = RandomStream("attack/factors")
    k, error = stream.nonzero(), multiply_generator(stream.nonzero())
    commitments = [multiply_generator(k), add(multiply(k, base), error)]
    CHAUM_PEDERSEN.absorb(weak, [GENERATOR_BYTES, encode(base), share_key])
    weak.append_elements("commitments", list(map(encode, commitments)))
    c = weak.challenge("c")
    shift = multiply(pow(c, -1, ORDER), error)
    partial.factors[0] = encode(subtract(decode(partial.factors[0]), multiply(pow(first, -1, ORDER), shift)))
    z = (k + c * trustee.share) % ORDER
    partial.proof = b"".join(map(encode, commitments)) + scalar_bytes(z)
    assert encode(multiply(z, base)) == encode(add(commitments[1], multiply(c, subtract(honest, shift))))
