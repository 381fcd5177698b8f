"""Two ciphertexts of one plaintext; a ciphertext encrypted anew (spec 43), in any group."""

from . import sigma
from .disjunction import absorb_ciphertext, check_key_and_alpha, halves, less
from .equations import Failed
from .groups import RISTRETTO255

EQUALITY = sigma.Relation(2, 6, [(3, [(0, 0)]), (4, [(1, 0)]), (5, [(0, 1), (1, 2)])])
EQUALITY_IDENTITY = frozenset([5])


def _equality_elements(group, key, ciphertext, other_key, other_ciphertext):
    alpha, beta = halves(ciphertext, group)
    other_alpha, other_beta = halves(other_ciphertext, group)
    return [group.encode(group.generator), key, other_key, alpha, group.encode(group.negate(group.decode_cached(other_alpha))),
            less(group, beta, [(1, group.decode_cached(other_beta))])]


def _equality_absorb(group, transcript, key, ciphertext, other_key, other_ciphertext):
    transcript.append_element("K", key)
    absorb_ciphertext(transcript, "ciphertext", ciphertext, group)
    transcript.append_element("other K", other_key)
    absorb_ciphertext(transcript, "other ciphertext", other_ciphertext, group)


def prove(transcript, key, ciphertext, other_key, other_ciphertext, nonce, other_nonce, seed, group=RISTRETTO255):
    statement = key, ciphertext, other_key, other_ciphertext
    _equality_absorb(group, transcript, *statement)
    elements = _equality_elements(group, *statement)
    return sigma.prove(EQUALITY, transcript, elements, [nonce, -other_nonce], seed, group)


def equations(transcript, key, ciphertext, other_key, other_ciphertext, proof, group=RISTRETTO255):
    check_key_and_alpha(group, key, ciphertext)
    check_key_and_alpha(group, other_key, other_ciphertext)
    statement = key, ciphertext, other_key, other_ciphertext
    _equality_absorb(group, transcript, *statement)
    elements = _equality_elements(group, *statement)
    return sigma.equations(EQUALITY, transcript, elements, proof, EQUALITY_IDENTITY, group)


def _difference(group, key, ciphertext, reencrypted):
    return [group.encode(group.generator), key] + [
        less(group, new, [(1, group.decode_cached(old))])
        for new, old in zip(halves(reencrypted, group), halves(ciphertext, group))]


def _reencryption_absorb(group, transcript, key, ciphertext, reencrypted):
    transcript.append_element("K", key)
    absorb_ciphertext(transcript, "ciphertext", ciphertext, group)
    absorb_ciphertext(transcript, "re-encrypted", reencrypted, group)


def reencryption_prove(transcript, key, ciphertext, reencrypted, factor, seed, group=RISTRETTO255):
    _reencryption_absorb(group, transcript, key, ciphertext, reencrypted)
    return sigma.chaum_pedersen_prove(transcript, _difference(group, key, ciphertext, reencrypted), factor, seed, group)


def reencryption_equations(transcript, key, ciphertext, reencrypted, proof, group=RISTRETTO255):
    check_key_and_alpha(group, key, ciphertext, reencrypted)
    if halves(ciphertext, group)[0] == halves(reencrypted, group)[0]:
        raise Failed("identity: nothing was encrypted anew")
    _reencryption_absorb(group, transcript, key, ciphertext, reencrypted)
    return sigma.chaum_pedersen_equations(transcript, _difference(group, key, ciphertext, reencrypted), proof, group)
