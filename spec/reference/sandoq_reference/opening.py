"""Opening of sums: requests, partial decryptions, combination (spec 55.7 to 55.9)."""

from .equations import Failed, Item
from .group import GENERATOR, GENERATOR_BYTES, IDENTITY_BYTES, ORDER, decode_cached, encode, subtract
from .hashing import hash32, sha512
from .items import PARTIAL, REQUEST
from .msm import multi_multiply
from .sigma import chaum_pedersen_equations, chaum_pedersen_prove
from .signature import signature_item
from .transcript import Transcript, weight


def request_hash(request):
    return hash32("request", REQUEST.before(request, "quorum"))


def partial_transcript(request_digest, board, trustee, share_key, alphas, factors):
    out = Transcript("sandoq-1/partial")
    out.append_bytes("request", request_digest)
    out.append_integer("board", board)
    out.append_integer("trustee", trustee)
    out.append_element("share key", share_key)
    out.append_elements("alphas", alphas)
    out.append_elements("factors", factors)
    return out


def folded(transcript, share_key, alphas, factors):
    """Ā = G + Σ ω_i α_i and D̄ = Y + Σ ω_i D_i as bytes; the weights are drawn after both lists."""
    digest = transcript.fork("weights")
    weights = [weight(digest, i) for i in range(len(alphas))]
    return (encode(multi_multiply([(1, GENERATOR)] + [(w, decode_cached(a)) for w, a in zip(weights, alphas)])),
            encode(multi_multiply([(1, decode_cached(share_key))] + [(w, decode_cached(d)) for w, d in zip(weights, factors)])))


def partial_prove(request_digest, board, trustee, share, share_key, alphas, factors, seed):
    transcript = partial_transcript(request_digest, board, trustee, share_key, alphas, factors)
    alpha, factor = folded(transcript, share_key, alphas, factors)
    return chaum_pedersen_prove(transcript, [GENERATOR_BYTES, alpha, share_key, factor], share, seed)


def partial_digest(request_digest, partial):
    return hash32("partial", request_digest, PARTIAL.before(partial, "signature"))


def answer_equations(request_digest, answer, share_key, alphas, factors, name):
    """Equations of the proof of an answer of either kind; Failed if its factors have not the form of 55.8."""
    if len(factors) != len(alphas):
        raise Failed(f"{name}: {len(factors)} factors for {len(alphas)} ciphertexts")
    for alpha, factor in zip(alphas, factors):
        if (alpha == IDENTITY_BYTES) != (factor == IDENTITY_BYTES):
            raise Failed(f"{name}: a factor is the identity, or its alpha is, but not both")
    transcript = partial_transcript(request_digest, answer.board, answer.trustee, share_key, alphas, factors)
    alpha, factor = folded(transcript, share_key, alphas, factors)
    try:
        return chaum_pedersen_equations(transcript, [GENERATOR_BYTES, alpha, share_key, factor], answer.proof)
    except Failed as error:
        raise Failed(f"{name}: proof: {error.what}") from None


def partial_items(partial, request, request_digest, share_key, signing_key, domain, e1, name):
    """Proof and signature of one partial decryption, as items; Failed if its form is wrong."""
    if partial.number != request.number:
        raise Failed(f"{name}: answers request {partial.number}")
    alphas = [ciphertext[:32] for ciphertext in request.ciphertexts]
    terms = answer_equations(request_digest, partial, share_key, alphas, partial.factors, name)
    covered = sha512(request_digest, PARTIAL.encode(partial))[:32]
    return [Item(covered, terms, name + ": proof"),
            signature_item(signing_key, "partial", domain, e1, partial_digest(request_digest, partial),
                           partial.signature, name + ": signature")]


def lagrange(indices, j):
    """λ_j at 0 over the index set."""
    top = bottom = 1
    for i in indices:
        if i != j:
            top, bottom = top * i % ORDER, bottom * (i - j) % ORDER
    return top * pow(bottom, -1, ORDER) % ORDER


def combine(boards, request, partials):
    """m_i G for every ciphertext; partials: valid ones of one request. Failed if a quorum is missing."""
    return combine_factors(boards, [ciphertext[32:] for ciphertext in request.ciphertexts],
                           [(partial.board, partial.trustee, partial.factors) for partial in partials])


def combine_factors(boards, betas, answers):
    """β_i − Σ λ D_i for every β; answers: (board, trustee, factors), valid ones of one request."""
    terms = []
    for number, board in enumerate(boards):
        given = {}
        for of_board, trustee, factors in answers:
            if of_board == number:
                given.setdefault(trustee, factors)
        chosen = sorted(given)[:board.threshold]
        if len(chosen) < board.threshold:
            raise Failed(f"board {number}: {len(chosen)} of {board.threshold} answers")
        terms += [(lagrange(chosen, j), given[j]) for j in chosen]
    out = []
    for index, beta in enumerate(betas):
        mask = multi_multiply([(scalar, decode_cached(factors[index])) for scalar, factors in terms])
        out.append(subtract(decode_cached(beta), mask))
    return out
